"""Checking a dossier: laws, equations and judging rules, blame, coverage, duties, justified findings, second inputs.

``check(dossier, standards)`` gives the :class:`~gouji.model.finding.Report`. The room sees neither file formats nor extraction.
"""

from gouji.checks.accepted import Accepted, AcceptedError, read_accepted
from gouji.checks.check import check
from gouji.checks.coverage import Coverage, coverage
from gouji.checks.folder import Folder, judge_folder, recognise_folder

__all__ = ["Accepted", "AcceptedError", "Coverage", "Folder", "check", "coverage", "judge_folder", "read_accepted", "recognise_folder"]
