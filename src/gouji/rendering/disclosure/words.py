"""Names that a disclosure prints: functional paths, economic 款 of the basic expenditure, the entries of the glossary."""

from __future__ import annotations

from collections.abc import Sequence

from gouji.model.dossier import Dossier
from gouji.rendering.disclosure.figures import Figures
from gouji.standards.pack import Standards


def function_path(standards: Standards, code: str) -> str:
    """``一般公共服务支出（类）商贸事务（款）行政运行（项）``, the code itself where the table lacks it."""
    names = []
    for length, level in ((3, "类"), (5, "款"), (7, "项")):
        row = standards.functions.get(code[:length])
        if len(code) >= length:
            names.append(f"{row.name if row is not None else code[:length]}（{level}）")
    return "".join(names)


def function_short(standards: Standards, code: str) -> str:
    """The name of a 类 without its 支出."""
    row = standards.functions.get(code)
    return row.name.removesuffix("支出") if row is not None else code


def basic_names(dossier: Dossier, standards: Standards, part: str, figures: Figures) -> list[str]:
    """The economic 款 on which basic expenditure of the general budget was spent. ``part``: ``personnel`` or ``public``."""
    classes = tuple(standards.settings[f"{part}_economics"].split("、"))
    found = set()
    for fact in dossier.facts:
        if not fact.concept.startswith("expenditure.basic") or fact.key.period != str(figures.year) or fact.key.phase != "executed":
            continue
        dims = dict(fact.key.dimensions)
        code = dims.get("economic", "")
        if fact.measure == "amount" and dims.get("fund") == "general_budget" and len(code) == 5 and "function" not in dims and figures.value(fact) > 0:
            found.add(code)
    return [standards.economics[code].name for code in sorted(found) if code.startswith(classes) and code in standards.economics]


def explanation(standards: Standards, figures: Figures, code: str) -> str | None:
    """What a 项 is: the unit's own words, else the usual ones, else None."""
    name = standards.functions[code].name if code in standards.functions else code
    return figures.texts.get(f"glossary.{code}") or figures.texts.get(f"glossary.{name}") or standards.explanations.get(name)


def explanations(standards: Standards, figures: Figures, narrative: str, items: Sequence[str]) -> tuple[list[str], list[str]]:
    """The entries of the glossary in order, and the codes that nobody explains. Terms are explained where the text or the figures have them."""
    spent = {standards.concepts[fact.concept].zh for fact in figures.dossier.facts if fact.concept in standards.concepts and fact.figure.value}
    names = {standards.functions[code].name for code in items if code in standards.functions}
    every = {row.name for row in standards.functions.values() if row.level == "项"}
    entries: list[str] = []
    unexplained: list[str] = []

    def add_items() -> None:
        for code in items:
            own = explanation(standards, figures, code)
            if own is None:
                unexplained.append(code)
            else:
                entries.append(f"{function_path(standards, code)}：{own}")

    for term, text in standards.explanations.items():
        if term == "*":
            add_items()
        elif term not in every and (term in spent or term in narrative) and term not in names:
            entries.append(f"{term}：{figures.texts.get(f'glossary.{term}', text)}")
    return entries, unexplained
