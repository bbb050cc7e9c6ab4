"""What a paragraph says in words alone (断言): 与上年持平, 决算数小于预算数, a reason given, nothing of a kind spent."""

from __future__ import annotations

import re
from collections.abc import Callable

from gouji.extraction.clauses import ClauseReader
from gouji.extraction.lexicon import within
from gouji.extraction.meanings import Sentence, Subject
from gouji.extraction.relations import is_filler, levels_in, without_comparison
from gouji.model.fact import Claim, Direction
from gouji.model.figure import Place
from gouji.model.regex import regex

_COMPARED = regex(r"决算数?(?P<word>小于|大于|低于|高于|超过)(?:年初|全年)?预算数?")
_REASON = regex(r"(?:主要)?(?:变动)?(?:的)?(?:主要)?原因(?:一?是|为|:|是:)?|主要是由于|增减变动原因")
_ABSENT = regex(r"(?:没有|未发生|未使用|不涉及|无)(?P<what>[^,。;:的]{4,40}?)(?:收入|支出|经费|预算)+(?:和|及|、)?(?:收入|支出)*(?=[,。;]|$|的情况|安排)")
_EARLIER = regex(r"(?:上一?年度?|去年|前年|以前年度)[^,。;]{0,4}$")
_UNBUDGETED = regex(r"年初(?:部门)?(?:未安排|没有安排|无|未列)(?:该项|此项|相关)?预算|(?:未安排|没有安排|无)年初预算")
#: What a report says that it did not have, asked for by the formulas of schemes: 未发生绩效监控调整取消, 无预算结余注销.
_ABSENT_FORMULA = regex(
    r"(?:没有|未发生|不存在|无)(?:部门|预算|年末|年终)*(?:(?P<monitoring_cancelled>绩效(?:运行)?监控(?:调整|调减)?取消)|(?P<monitoring_written_off>结余(?:资金)?注销|注销(?:预算)?结余))(?:资金|预算)?(?:额|金额|情况)*(?=[,。;、]|$)"
)
#: Right behind a change: last year there was nothing.
_NO_BASE = regex(r"上年度?(?:(?:决算数?|支出数?)?(?:基数)?为(?:0|零)(?:万?元)?|(?:无|没有|未发生|未安排)(?:此项|该项)(?:支出|经费|收入)?)(?=[,。;)]|$)")
_BASE_OF = regex(r"占[^,。;:]{0,12}$")
_FAR = 2000  # characters: a name further before a word is not what it speaks of
_ABSENT_OF: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("政府性基金", "expenditure.total", (("fund", "government_fund"),)),
    ("国有资本经营", "expenditure.total", (("fund", "state_capital"),)),
    ("三公", "three_public.total", ()),
    ("因公出国", "three_public.abroad", ()),
    ("公务接待", "three_public.reception", ()),
    ("公务用车购置及", "three_public.vehicle", ()),
)


def claims_of(
    text: str, reader: ClauseReader, state: Sentence, subject: Subject | None, place: Callable[[int, int], Place], narrative: bool
) -> list[Claim]:
    """The claims of one paragraph. ``subject`` is what it mainly speaks of; ``place`` turns reading positions into a place."""
    found: list[Claim] = []

    def spoken_of(at: int) -> Subject | None:
        far = max(0, at - _FAR)
        begin = max(far, *(text.rfind(stop, far, at) + 1 for stop in "。;"))
        for name in reversed(within(state.names, begin, at)):
            if _BASE_OF.search(text, begin, name.start):
                continue  # 公务用车运行维护费6.2万元，占“三公”经费的84.01%，与上年持平
            between = re.sub(r"\d[\d.,]*(?:万元|%|元)?|[,:占]|完成|增长|下降|增加|减少", "", text[name.end : at])
            if not is_filler(without_comparison(between)):
                return subject
            meant = reader.meaning(name, state)
            if meant is not None:
                return meant
        return subject

    def add(kind: str, at: tuple[int, int], direction: Direction) -> None:
        about = spoken_of(at[0])
        if about is not None and not about.outcome:
            amount = about.amount if about.amount is not None else (subject.amount if subject is not None and about.same(subject) else None)
            found.append(Claim(kind, about.concept, place(*at), direction, about=amount, dimensions=about.dimensions))

    for level in levels_in(text):
        if re.search(r"剔除|扣除|不考虑|同口径", text[max(0, level.start - 16) : level.start]):
            continue
        if level.against == "budget" and "基本" in text[level.start : level.end]:
            continue  # 与预算基本一致: not quite
        add("budget_comparison" if level.against == "budget" else "change", (level.start, level.end), "none")
    for match in _COMPARED.finditer(text):
        add("budget_comparison", match.span(), "decrease" if match["word"] in ("小于", "低于") else "increase")
    for match in _UNBUDGETED.finditer(text):
        add("unbudgeted", match.span(), "none")
    for match in _NO_BASE.finditer(text):
        add("no_base", match.span(), "none")
    for match in _ABSENT_FORMULA.finditer(text) if not narrative else ():
        found.append(Claim("absent", (match.lastgroup or "").replace("_", ".", 1), place(*match.span()), "none"))
    if narrative:
        concept = subject.concept if subject is not None else ""
        for match in _REASON.finditer(text):
            words = text[match.end() : match.end() + 60]
            found.append(Claim("reason", concept, place(*match.span()), None, words, subject.amount if subject else None))
        for match in _ABSENT.finditer(text):
            if _EARLIER.search(text, max(0, match.start() - 12), match.start()):
                continue  # 主要原因是上年无政府性基金预算安排
            for word, concept, dims in _ABSENT_OF:
                if word in match["what"] and not re.search(r"境\)?外|国外|外事", match["what"]):
                    found.append(Claim("absent", concept, place(*match.span()), "none", dimensions=dims))
                    break
    return found
