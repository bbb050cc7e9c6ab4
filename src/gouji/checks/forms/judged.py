"""All forms of a dossier judged once; each rule takes its own remarks from here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from gouji.checks.context import Context, Remark
from gouji.checks.forms.form import JudgedForm
from gouji.checks.forms.judging import judge_form
from gouji.checks.forms.misgiving import with_misgivings
from gouji.checks.forms.telling import tell
from gouji.model.dossier import Dossier
from gouji.model.records import Project
from gouji.scoring import project_scheme
from gouji.standards.pack import Standards


def judge_forms(projects: Sequence[Project], dossier: Dossier, standards: Standards) -> list[JudgedForm]:
    """Each form with its relations and what is wrong with them. ``dossier`` gives the facts and the text that entries point into."""
    forms = [judge_form(project, dossier, project_scheme(project, standards)) for project in projects]
    with_misgivings(forms)
    return forms


class Forms:
    """The forms of a context. ``all`` in the order of the document."""

    def __init__(self, context: Context) -> None:
        self.context = context

    @cached_property
    def all(self) -> tuple[JudgedForm, ...]:
        return tuple(judge_forms(self.context.dossier.projects, self.context.dossier, self.context.standards))

    @cached_property
    def _told(self) -> dict[str, list[Remark]]:
        found: dict[str, list[Remark]] = {}
        for form in self.all:
            for rule, remark in tell(form):
                found.setdefault(rule, []).append(remark)
        return found

    def of(self, rule: str) -> list[Remark]:
        """What one rule says of single forms."""
        return self._told.get(rule, [])
