"""The base of a share (占比的基数): what the sentence names behind 占, else the open list's whole, else the parent by the standards."""

from __future__ import annotations

from dataclasses import replace

from gouji.extraction.frames import Frames
from gouji.extraction.meanings import Meanings, Sentence, Subject
from gouji.extraction.relations import is_filler
from gouji.model.fact import Key, Measure

#: Words before a bare name that say of which money it is: 一般公共预算财政拨款总支出.
_FUNDS = (("一般公共", "general_budget"), ("政府性基金", "government_fund"), ("国有资本", "state_capital"), ("财政拨款", "fiscal"))
#: Where a section gives a bare name a narrower meaning, the base of a share is still the document's.
_WIDER = {"narrative.fiscal": "narrative.total"}
_FISCAL, _GENERAL = (("fund", "fiscal"),), (("fund", "general_budget"),)
_LATELY = 40  # figures
_NO_BASE = ("总", "总体", "合计", "总额", "总数", "全部", "其")


def share_base(meanings: Meanings, printed: str, share: Key, measure: Measure, state: Sentence) -> tuple[Key | None, bool]:
    """The base of the share ``share`` of something stated by ``measure``, and whether the words ``printed`` behind 占 name one."""
    standards, lexicon = meanings.standards, meanings.lexicon
    if printed and printed not in _NO_BASE:
        names = [n for n in lexicon.names_in(printed) if is_filler(printed[n.end :])]
        alone = replace(state, frames=Frames(standards, state.frames.facts), wholes=[], allowed=(), main=None, subject=None, role=_WIDER.get(state.role, state.role))
        found = meanings.of(names[-1], alone) if names else None
        if found is not None and not is_filler(printed[: names[-1].start]):
            fund = next((fund for word, fund in _FUNDS if word in printed[: names[-1].start]), None)
            found = Subject(found.concept, (("fund", fund),)) if fund is not None and not found.dimensions else None
        main = state.main
        if found is not None and main is not None and found.dimensions == _FISCAL and (main.concept, main.dimensions) == (found.concept, _GENERAL):
            told = any(f.concept == found.concept and f.measure == "amount" and f.key.dimensions == _FISCAL for f in state.frames.facts)
            found = found if told else main  # 一般公共预算财政拨款支出…：教育支出…，占财政拨款支出…: of what the sentence itself states
        return (share._replace(concept=found.concept, measure="amount", phase="executed", dimensions=found.dimensions) if found is not None else None), True
    frame = state.frames.whole_for(share._replace(measure=measure))
    if frame is not None:
        return frame.key, False
    if "function" in dict(share.dimensions):
        return share._replace(measure="amount", dimensions=tuple((k, v) for k, v in share.dimensions if k != "function")), False
    concept = standards.concepts.get(share.concept)
    if concept is None or concept.base is None:
        return None, False
    above = standards.concepts.get(concept.base.concept)
    if above is not None and above.base is not None and not _stated(state, concept.base.concept) and _stated(state, above.base.concept):
        concept = above  # “三公”经费…，其中：公务用车运行维护费…，占…: what lies between is not told
    assert concept.base is not None
    of_fund = tuple(d for d in share.dimensions if d[0] == "fund" and concept.base.concept.startswith("expenditure."))
    dims = concept.base.dimensions or (of_fund if concept.base.concept != share.concept else ())
    return share._replace(concept=concept.base.concept, measure="amount", phase="executed", dimensions=dims), False


def _stated(state: Sentence, concept: str) -> bool:
    """Whether an amount of a concept was read lately."""
    return any(fact.concept == concept and fact.measure == "amount" for fact in state.frames.facts[-_LATELY:])
