"""Whether a document says that classified items are left out (涉密科目未单独列出): then what stands under a total is at most the total."""

from __future__ import annotations

from gouji.model.dossier import Dossier
from gouji.model.regex import regex

_SAID = regex(r"涉(?:密|及国家秘密)的?(?:支出)?(?:功能)?(?:科目|项目)(?!的?绩效)[^。；]{0,30}(?:未|不予|不再)(?:单独|逐项|予以)?(?:列|公开)", "涉及国家秘密", "涉密")
#: What may be classified: the items of a classification, and projects.
DIMENSIONS = frozenset(("function", "project"))


def leaves_out(dossier: Dossier) -> bool:
    """Whether the document or a remark under its statements says so."""
    return bool(_SAID.search("".join(dossier.outline.text.split()))) or any(_SAID.search(note) for each in dossier.statements for note in each.notes)
