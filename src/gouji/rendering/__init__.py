"""Reports of a check (报告): terminal, data, web page, workbook, comments in the Word file. Renderers arrange; they never judge.

Every output takes :class:`CheckedDocument`: ``terminal.print_check``, ``data.check_json``, ``data.dossier_json`` (of ``gouji read``),
``page.page``, ``workbook.workbook``, ``annotate.annotate``. Each is imported from its own module, because a run needs one of them.
"""

from gouji.rendering.checked import CheckedDocument, Failure

__all__ = ["CheckedDocument", "Failure"]
