"""Printed functional paths (类款项): ``一般公共服务支出（类）商贸事务（款）招商引资（项）``, whole or in part, with brackets torn or not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.extraction.path_names import item_behind, split_names, unmarked
from gouji.model.record import record
from gouji.model.regex import regex
from gouji.standards import fold, resolve_path
from gouji.standards.pack import Resolution, Standards

_NAME = r"[^,。;:()\d、.·•●◆■▪○◇—–\-*][^,。;:()]{0,29}?(?:\([^()类款项]{1,8}\)[^,。;:()]{0,20}?)?"
_PATH = regex(
    rf"(?:(?P<class>{_NAME})[(\[]\d{{0,7}}类[)\]]?(?:-|—|、|/)?)?(?:(?P<group>{_NAME})[(\[]\d{{0,7}}款[)\]]?(?:-|—|、|/)?)?(?P<item>{_NAME})[(\[]\d{{0,7}}项[)\]]?"
    rf"|(?:(?P<class2>{_NAME})[(\[]\d{{0,7}}类[)\]]?)?(?P<group2>{_NAME})[(\[]\d{{0,7}}款[)\]]?"
)

_DIGITS = "0123456789"
_AMOUNT_BEFORE = regex(r"[百千万亿]*元[、和及,](?=[一-龥]{2})")
_BEFORE_NAME = regex(r"(?:[百千万亿]*元[、和及])?(?:主要)?(?:用于|安排|反映|列支|支出|其中|包括|分别|全部|均)?(?:为|是|在|按|由|列)?(?=[一-龥]{2})")
_NEAR = 24  # of a paragraph's beginning, where the first mark of a path stands
_MARK = regex(r"[(\[]\d{0,7}[款项]")
_STEP = regex(r"[(\[]2\d\d[)\]][^\d]{2,50}[(\[]\d\d")
_CODE = regex(r"(?<!\d)(?P<open>[(\[])?(?P<code>2\d{6})(?!\d)(?(open)[)\]])")
#: Each name with its own step of the code behind it: 一般公共服务（201）人大事务（01）代表工作（08）, or with the code so far (20101)(2010108).
_WORDS = r"[^,。;:()\d、.][^,。;:()\d]{0,29}?(?:\([^()\d]{1,8}\)[^,。;:()\d]{0,20}?)?"
_STEPS = regex(
    rf"(?P<class>{_WORDS})[(\[](?P<first>2\d\d)[)\]](?:-|—|、|/)?(?P<group>{_WORDS})[(\[](?P<second>(?:(?P=first))?\d\d)[)\]](?:(?:-|—|、|/)?(?P<item>{_WORDS})[(\[](?P<third>(?:(?P=first)\d\d)?\d\d)[)\]])?"
)
#: What may stand between a code and the name behind it: a dash, the 类 in brackets.
_BETWEEN = regex(r"[-—－–:)\] ]{0,2}(?:\([^()\d]{2,30}\))?[-—－–: ]?")
_NAMED = regex(r"(?P<name>[一-龥]{2,30}?)(?=(?:支出)?(?:决算|年初预算|预算|为)?\d|[,。:(])")
_BEFORE = regex(r"[一-龥]{2,30}$")


@record
class PathFound:
    """A path at reading positions [start, end): the names as printed ("" where not printed) and what they resolve to."""

    start: int
    end: int
    names: tuple[str, str, str]
    resolution: Resolution

    @property
    def code(self) -> str:
        """The code that is most probably meant; the names themselves where the code would be shorter than what is printed."""
        code = self.resolution.best or self.resolution.code
        wanted = 7 if self.names[2] else 5
        return code if len(code) == wanted else "/".join(n for n in self.names if n)

    def under(self, code: str, standards: Standards) -> PathFound:
        """The path read under the 类 of ``code``, which a heading above it names."""
        above = standards.functions.get(code[:3])
        if above is None:
            return self
        group = standards.functions.get(code[:5]) if len(code) >= 5 and self.names[2] and not self.names[1] else None
        names = (above.name, group.name if group is not None else self.names[1], self.names[2])
        found = resolve_path(names, standards.functions, standards.old_names)
        if group is not None and (len(found.code) < 7 or found.problems):  # 财政事务（款）500万元，其中：行政运行（项）400万元
            found = resolve_path((above.name, "", self.names[2]), standards.functions, standards.old_names)
        if len(found.best or found.code) < len(self.resolution.best):
            return self  # 行政单位医疗（项） behind items of another 类: its own name says more than what stands before it
        return PathFound(self.start, self.end, self.names, found) if found.best or found.code else self


def paths_in(text: str, standards: Standards, lead: int) -> Iterator[PathFound]:
    """The paths in a reading text whose first ``lead`` characters are a list number."""
    if not _MARK.search(text):
        yield from _coded(text, standards, lead) if _CODE.search(text) or _STEP.search(text) else _without_marks(text, standards, lead)
        return
    for match in _PATH.finditer(text, lead):
        printed = (match["class"] or match["class2"] or "", match["group"] or match["group2"] or "", match["item"] or "")
        names = (printed[0].rstrip(_DIGITS), printed[1].rstrip(_DIGITS), printed[2].rstrip(_DIGITS))  # 行政运行01（项）
        first = next(at for at in range(3) if names[at])
        begin = match.start()
        if (amount := _AMOUNT_BEFORE.match(names[first])) is not None:  # 行政运行（项）4862.37万元、事业运行（项）: the unit of the amount before it
            begin += amount.end()
            names = (*names[:first], names[first][amount.end() :], *names[first + 1 :])  # type: ignore[assignment]
        found = resolve_path(names, standards.functions, standards.old_names)
        run_in = _BEFORE_NAME.match(names[first]) if found.problems else None
        if run_in is not None:  # 为彩票公益金安排的支出（款）: a word of the sentence that runs into the name
            bare = (*names[:first], names[first][run_in.end() :], *names[first + 1 :])
            plain = resolve_path((bare[0], bare[1], bare[2]), standards.functions, standards.old_names)
            if not plain.problems:
                yield PathFound(begin + run_in.end(), match.end(), (bare[0], bare[1], bare[2]), plain)
                continue
        end = match.end()
        if behind := item_behind(text, end, names, standards):
            names, end = (names[0], names[1], behind), end + len(behind)
            found = resolve_path(names, standards.functions, standards.old_names)
        if found.problems and (apart := split_names(names, standards)) is not None:
            run_together = resolve_path(apart, standards.functions, standards.old_names)
            names, found = (apart, run_together) if len(run_together.best or run_together.code) >= len(found.best or found.code) else (names, found)
        yield PathFound(begin, end, names, found)


def _without_marks(text: str, standards: Standards, lead: int) -> Iterator[PathFound]:
    """A path at the beginning of a numbered paragraph whose names are official and bear no mark at all."""
    found = unmarked(text, lead, standards) if lead or "(类)" in text[:_NEAR] else None
    if found is not None:
        end, names = found
        yield PathFound(lead, end, names, resolve_path(names, standards.functions, standards.old_names))


def _coded(text: str, standards: Standards, lead: int) -> Iterator[PathFound]:
    """Items given by their code; where each level has its own (``人大事务（01）代表工作（08）``) the names say what is meant if they are official."""
    stepwise = list(_stepwise(text, standards, lead)) if _STEP.search(text) else []
    yield from stepwise or _with_code(text, standards, lead)  # 社会保障和就业支出(208)…缴费支出(2080505): the item's code is whole


def _stepwise(text: str, standards: Standards, lead: int) -> Iterator[PathFound]:
    for match in _STEPS.finditer(text, lead):
        names = (match["class"], match["group"], match["item"] or "")
        found = resolve_path(names, standards.functions, standards.old_names)
        code = match["first"] + match["second"][-2:] + (match["third"] or "")[-2:]
        if found.problems and code in standards.functions:
            official = [standards.functions[code[:n]].name for n in (3, 5, 7) if n <= len(code) and code[:n] in standards.functions]
            by_code = resolve_path((official[0], official[1], official[2] if len(official) > 2 else ""), standards.functions, standards.old_names) if len(official) > 1 else found
            found = found if by_code.problems else by_code
        yield PathFound(match.start(), match.end(), names, found)


def _with_code(text: str, standards: Standards, lead: int) -> Iterator[PathFound]:
    """``2130201-行政运行``, ``2080801（社会保障和就业支出）死亡抚恤``, ``中医（民族）医院（2100202）``; only codes of the table."""
    for match in _CODE.finditer(text, lead):
        code = match["code"]
        row = standards.functions.get(code)
        span = None if row is None else _name_beside(text, match, fold(row.name), lead)
        if row is None or span is None:
            continue
        first, second = (standards.functions[code[:n]].name if code[:n] in standards.functions else "" for n in (3, 5))
        found = resolve_path((first, second, row.name), standards.functions, standards.old_names)
        start, end = span
        yield PathFound(min(start, match.start()), max(end, match.end()), (first, second, text[start:end]), found)


def _name_beside(text: str, code: re.Match[str], official: str, lead: int) -> tuple[int, int] | None:
    """Where the item's name stands, behind its code or before it in brackets: the official one, or one that begins alike."""
    between = _BETWEEN.match(text, code.end())
    at = between.end() if between is not None else code.end()
    for name in (official, official.removesuffix("支出")):
        if len(name) > 1 and text.startswith(name, at):
            return at, at + len(name)
        if len(name) > 1 and code["open"] and text.endswith(name, lead, code.start()):
            return code.start() - len(name), code.start()
    behind = None if code["open"] else _NAMED.match(text, at)
    if behind is not None and behind["name"][:2] == official[:2]:
        return behind.span("name")
    before = _BEFORE.search(text, max(lead, code.start() - 30), code.start()) if code["open"] else None
    if before is not None and before[0][:2] == official[:2]:
        return before.span()
    return None
