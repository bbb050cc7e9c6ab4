"""The binder (归属): the paragraphs of an outline into facts, lists, claims and number tokens.

Sentence by sentence, from left to right: a number that a local pattern of the standards claims is taken as it says; every other one is
read in its clause (:mod:`gouji.extraction.clauses`), with what its sentence has open: the subject, the lists under 其中, a reason that has begun.
Behind 原因 nothing is said of the subject any more. What is nobody's becomes an ``outcome``: stated, listed, judged by no law.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from gouji.extraction.brackets import Brackets
from gouji.extraction.carried import CODED_FIRST, carries_on
from gouji.extraction.claims import claims_of
from gouji.extraction.clauses import ClauseReader
from gouji.extraction.frames import Frames
from gouji.extraction.itemised import ItemReader, Shared, distributed, of_stated
from gouji.extraction.lexicon import Lexicon
from gouji.extraction.meanings import Bound, Sentence, Subject, same_kind, stated_otherwise
from gouji.extraction.numbering import lead_of, number_of
from gouji.extraction.paths import PathFound, paths_in
from gouji.extraction.programmes import ProgrammeReader, stands_alone, weighed_item
from gouji.extraction.reckonings import Reckoner
from gouji.extraction.relations import MASK, Gap, gap_of
from gouji.extraction.scores import ScoreReader
from gouji.extraction.section_money import fund_of
from gouji.extraction.sentences import SentenceFlow
from gouji.extraction.titles import BARE, of_the_whole
from gouji.extraction.tokens import MONEY, RATES, Number, numbers_of
from gouji.extraction.told import Told, project_of, projects_told
from gouji.model.declared import declared_unit
from gouji.model.fact import Claim, Fact, Key, Measure, dimensions
from gouji.model.figure import Figure, Place
from gouji.model.outline import FunctionPath, NumberToken, Outline, Paragraph, lines_between
from gouji.model.record import record
from gouji.model.regex import regex

_PROSE_REGIONS = ("narrative", "overview", "annex", "cover", "notes")
#: What an overview of duties and organisation states; its other figures are results of work.
_ORGANISATION = ("organisation.", "staff.")
#: What a section of the narrative speaks of; other names in it are remarks on something else.
_SENTENCE = regex(r"[,。;]")
_COLUMNS = regex(r"^[^,。;\d]*(?:\(\d\)|\d\.)?[^,。;:\d]{2,30}-?\d[\d,]*\.\d+(?:\s+-?\d[\d,]*\.\d+)+\s*$")  # a row without its heads: which column is the account's?
_CENTS = 2  # decimals by which an amount is known where the unit is said once for all
_STATES = (
    ("narrative.three_public", ("three_public.", "meeting", "training")),
    ("narrative.other.operating_cost", ("operating_cost", "expenditure.basic")),
    ("narrative.other.procurement", ("procurement.",)),
    ("narrative.other.assets", ("assets.",)),
    ("narrative.other.performance", ("performance.", "evaluation.", "projects.")),
)
_OTHER_KIND = {"heading": "list_number", "caption": "caption", "contents_line": "contents", "source_note": "code", "signature": "date"}
_OPENED = regex(r"(?:其中|包括|如下|方面|情况)[:,]?$|:$")
_SOME = regex(r"等(?:费用|支出|项目|方面|情况)?[。;,]?$")
#: 商品和服务支出190万元，主要包括：办公费、差旅费等。 What goes on there is the item's own list of words, not the list of amounts it stands in.
_OWN_LIST = regex(r"(?:包括|用于|是指|反映)[^\d]*$")
_OTHER_WORD = regex(r"科[目技学员长]|处[理置分]|股[份东权]|室[内外]")  # what a phrase must not end within
#: The sections on all income and on all expenditure, of whatever money.
_SIDES = ("narrative.income", "narrative.expenditure")
_MONEY_NAMED = regex(r"财政|公共预算|基金|国有资本")
_OVERVIEW = regex(r"机构|人员|职责|职能|概况|基本情况")
_INCLUDED = regex(r"(?:其中)?(?:包)?含|不含|另")


@record
class _Readers:
    """What reads the numbers of one paragraph: local patterns by number start, points, itemised receptions, 分别为."""

    slots: dict[int, Key]
    scores: ScoreReader
    items: ItemReader
    shared: dict[int, Bound | Shared]
    told: dict[int, Told]


class Binder:
    """Reads the paragraphs of one outline. ``year`` is the document's; results stand in the attributes."""

    def __init__(self, outline: Outline, lexicon: Lexicon, year: int | None) -> None:
        self.outline = outline
        self.lexicon = lexicon
        self.year = year
        self.reader = ClauseReader(lexicon, year, declared_unit(outline.text))
        self.facts: list[Fact] = []
        self.claims: list[Claim] = []
        self.paths: list[FunctionPath] = []
        self.numbers: list[NumberToken] = []
        self.frames = Frames(lexicon.standards, self.facts)
        self.reckoner = Reckoner(self.facts)
        self.flow = SentenceFlow(self.reader, self.frames, year, outline.text)
        self.roles = self._roles()
        self._printed: dict[str, tuple[Number, ...]] = {}  # the numbers of what is no prose, by its text
        self._alone = stands_alone(outline)  # one programme's report and nothing else
        self._told = 0  # projects told in sentences so far
        self._section: Subject | None = None  # what the last paragraph of this section spoke of
        self._latest: Subject | None = None  # whose amount it printed last: of that a line speaks that begins with 占
        self._at = -2  # that section
        self._above: Subject | None = None  # what the section before it spoke of: the 类 whose 款 stand under headings of their own

    def run(self) -> None:
        """Reads all paragraphs."""
        for paragraph in self.outline.paragraphs:
            if paragraph.kind == "marker":
                continue
            if paragraph.section != self._at:
                self.frames.close()
                self._above = self._section if paragraph.section > self._at else None
                self._section, self._latest, self._at = None, None, paragraph.section
            if paragraph.region in _PROSE_REGIONS and paragraph.kind == "prose":
                self._prose(paragraph)
            else:
                self._others(paragraph)
        self.frames.close(self.outline.truncated)
        self.reckoner.finish()

    def _roles(self) -> list[str]:
        """By section: its role, or that of the innermost section around it that has one."""
        roles: list[str] = []
        for section in self.outline.sections:
            around = roles[section.parent] if 0 <= section.parent < section.index else ""
            role = section.role or around
            if role == "narrative.fiscal" and "财政" not in section.path:
                role = "narrative.total"  # a title of the same words, without what makes it the fiscal one
            if around in _SIDES and role.startswith(("narrative.general.", "narrative.total")) and not _MONEY_NAMED.search(section.title):
                role = around  # 三、支出决算情况说明 › （一）支出决算总体情况: of all expenditure, as the title around it says
            roles.append(role)
        return roles

    def _fund(self, paragraph: Paragraph) -> str:
        return fund_of(self._role(paragraph), self.outline, self.roles, paragraph.section)

    def _titles(self, paragraph: Paragraph) -> list[str]:
        """The titles that a paragraph stands under, the innermost first."""
        titles, at = [], paragraph.section
        while at >= 0:
            titles.append(self.outline.sections[at].title)
            at = self.outline.sections[at].parent
        return titles

    # ------------------------------------------------------------------------------------------------ places
    def place(self, paragraph: Paragraph, start: int, end: int) -> Place:
        """The place of reading positions [start, end)."""
        first, last = paragraph.span(start, end)
        section = self.outline.sections[paragraph.section].path if paragraph.section >= 0 else ""
        line = paragraph.line
        if len(paragraph.runs) > 1:  # else all of it stands on one line: a reading holds no line's end
            line += lines_between(self.outline.text, paragraph.canonical(0), first)
        return Place(first, last, line, section, paragraph.page, paragraph.cell)

    def _role(self, paragraph: Paragraph) -> str:
        role = self.roles[paragraph.section] if paragraph.section >= 0 else ""
        if (not role or role.startswith("part.")) and paragraph.region in ("overview", "narrative"):
            title = self.outline.sections[paragraph.section].title if paragraph.section >= 0 else ""
            return "overview" if _OVERVIEW.search(title) else paragraph.region
        return role

    def _others(self, paragraph: Paragraph) -> None:
        explained = paragraph.region == "glossary" and paragraph.kind == "prose"
        if explained or (paragraph.kind == "heading" and paragraph.region in _PROSE_REGIONS):
            for path in paths_in(paragraph.text, self.lexicon.standards, lead_of(paragraph.text)):
                self._section = self._of_path(paragraph, path)
        numbers = self._printed.get(paragraph.text)
        if numbers is None:  # forms repeat their cells hundreds of times
            numbers = self._printed[paragraph.text] = tuple(n for n in numbers_of(paragraph.text) if not n.spoken)
        if not numbers:
            return
        kind = _OTHER_KIND.get(paragraph.kind, "form" if paragraph.region == "form" else "table" if paragraph.region in ("table", "statements") else "quotation")
        role = self._role(paragraph) if paragraph.kind == "heading" else ""
        for number in numbers:
            if number.unit == "分" and role.startswith("programme") and weighed_item(paragraph.text, lead_of(paragraph.text)):
                bound = ProgrammeReader(self.outline, paragraph, role, lead_of(paragraph.text), self.year, self._alone).read(number, gap_of(paragraph.text, 0, number.start), None)
                if bound is not None:
                    self._token(paragraph, number, "bound", "", self._fact(paragraph, number, bound, gap_of(paragraph.text, 0, number.start)).id)
                    continue
            self._token(paragraph, number, "other", number.other or kind)

    def _token(self, paragraph: Paragraph, number: Number, state: str, kind: str = "", fact: int | None = None) -> None:
        printed = paragraph.text[number.start : number.end]
        place = self.place(paragraph, number.start, number.end)
        self.numbers.append(NumberToken(printed, place, "bound" if state == "bound" else "other", kind, fact))

    def _of_path(self, paragraph: Paragraph, path: PathFound, above: Subject | None = None) -> Subject:
        """The expenditure that a printed 类款项 path names; the path is kept for the rules on names."""
        place = self.place(paragraph, path.start, path.end)
        code = dict(above.dimensions).get("function", "") if above is not None else ""
        if not path.names[0] and code[:3].isdigit():
            path = path.under(code, self.lexicon.standards)
        found = path.resolution
        self.paths.append(FunctionPath(path.names, found.code, found.certainty, found.problems, place, None, paragraph.region))
        return Subject("expenditure.total", dimensions(function=path.code, fund=self._fund(paragraph)), strong=True)

    # ------------------------------------------------------------------------------------------------ prose
    def _allowed(self, paragraph: Paragraph, role: str) -> tuple[str, ...] | None:
        """Concepts that this section can state: () all, None none (programmes and duties tell of work, not of the account)."""
        if paragraph.region in ("cover", "notes") or role.startswith("programme"):
            return None
        if paragraph.region == "overview" or role.startswith("overview"):
            return _ORGANISATION
        if paragraph.region == "annex" and not role.startswith("report"):
            return None
        return next((concepts for prefix, concepts in _STATES if role.startswith(prefix)), ())

    def _prose(self, paragraph: Paragraph) -> None:
        text, role = paragraph.text, self._role(paragraph)
        lead = lead_of(text)
        numbers = list(numbers_of(text, lead))
        if self.reader.unit and _SENTENCE.search(text):  # 金额单位：元, said once for all; a row of a table has its own
            numbers = [replace(n, unit=self.reader.unit) if not n.unit and not n.other and n.decimals == _CENTS else n for n in numbers]
        allowed = None if _COLUMNS.search(text) else self._allowed(paragraph, role)
        paths = list(paths_in(text, self.lexicon.standards, lead))
        spans = tuple(paths)
        brackets = Brackets(text)
        names = self.lexicon.names_in(text) if allowed is not None else []
        if names and role.startswith("report") and not of_the_whole(text, lead, self.outline.sections[paragraph.section].title):
            names = [n for n in names if not BARE.fullmatch(n.text)]
        around = [n for n in names if not brackets.enclosed(n.start)] if brackets.all else names
        state = Sentence(brackets.masked(), role, around, self.frames, allowed or (), self._fund(paragraph), lead)
        if not numbers:
            for path in paths:
                self._section = self._of_path(paragraph, path)
            self._claim(paragraph, state, self._section)
            return
        if not spans and CODED_FIRST.match(text):
            self._section = None  # an item of which the table knows nothing: what follows is not of the one before it
        above = self._section
        if above is not None and carries_on(above, text, lead):
            state.subject = state.main = state.money = state.lent = self._latest if text.startswith("占") and self._latest is not None else above
        begun = self.flow.begin(state, lead)
        project = project_of(self._titles(paragraph))
        readers = _Readers(
            self._phrases(paragraph, role, numbers, allowed),
            ScoreReader(self.lexicon, text, names, role, lead, self.year, self.outline.sections[paragraph.section].title if paragraph.section >= 0 else "", project),
            ItemReader(state, self.year),
            distributed(self.reader, state, numbers) if allowed is not None else {},
            projects_told(text, numbers, role, self.year, self._told, project, self._alone),
        )
        self._told += sum(told.unnamed for told in readers.told.values())
        programme = ProgrammeReader(self.outline, paragraph, role, lead, self.year, self._alone) if role.startswith("programme") else None
        joined = sum(len(f.parts) for f in self.frames.open)
        taken: list[tuple[Number, int]] = []
        previous = begun
        remark, remark_at = state, 0  # the state inside a remark in brackets, and how far that is read
        for number in numbers:
            coded = _holding(spans, number.digits)
            if number.other or coded or paragraph.region == "glossary":
                if number.other == "threshold" and number.unit in RATES and paragraph.region == "annex":
                    bound_to = self._fact(paragraph, number, None, gap_of(text, max(0, number.start - 20), number.start))
                    self._token(paragraph, number, "bound", "", bound_to.id)  # 结余率大于10%的项目: stated, and part of the name that follows
                elif not number.spoken:
                    self._token(paragraph, number, "other", number.other or ("code" if coded else "quotation"))
                continue
            while paths and paths[0].end <= number.start:
                previous = max(previous, paths[0].end)
                state.subject = state.main = state.money = self._of_path(paragraph, paths.pop(0), state.subject or self._section or self._above)
                state.lent = None
                state.reason = state.purpose = False
            opened = brackets.inside(number.start)
            if opened and remark_at < opened:
                remark, remark_at = self.flow.remark(state, gap_of(state.text, previous, opened - 1), number, text, names), opened
            here = remark if opened else state
            gap = gap_of(here.text, remark_at if opened else previous, number.start)
            self.flow.advance(here, gap, number)
            if number.start in readers.told:
                bound: Bound | None = readers.told[number.start].bound(self.facts)
            else:
                bound = self._bound(number, gap, here, readers) if allowed is not None else programme.read(number, gap, len(self.facts) - 1) if programme is not None else None
            if bound is not None and bound.lent and stated_otherwise(self.facts, bound, number):
                bound = state.subject = state.main = state.money = state.lent = None
            if bound is not None and opened and _INCLUDED.match(text, opened) and same_kind(bound, state):
                bound = None
            if bound is None and number.spoken:
                continue
            fact = self._fact(paragraph, number, bound, gap)
            self._token(paragraph, number, "bound", "", fact.id)
            taken.append((number, fact.id))
            if bound is not None and bound.also is not None:
                here.budget = self._fact(paragraph, number, replace(bound, key=bound.also), gap).key
            self.flow.after(here, bound, fact)
            if bound is not None and bound.states and bound.subject is not None and bound.subject.strong:
                self._of_last_path(fact)
            if opened:
                remark_at = number.end
                if bound is not None and bound.states and fact.key.period not in ("", str(self.year)) and fact.key.period.isdigit():
                    remark.period = int(fact.key.period)  # （2023年度支出为1051.43万元，年末结转5.30万元）
            else:
                previous = number.end
        for path in paths:
            state.main = state.subject = self._of_path(paragraph, path)
        self.reckoner.read(text, taken, paragraph.section, lambda at: self.place(paragraph, at, at + 1))
        self._finish(paragraph, state, joined)
        self._claim(paragraph, state, state.main)

    def _bound(self, number: Number, gap: Gap, state: Sentence, readers: _Readers) -> Bound | None:
        """What a number states, None where it is nobody's."""
        key = readers.slots.get(number.start)
        if key is not None and (not state.reason or gap.semicolon) and not readers.items.holds(number):
            period = self.reader.period(gap, state)
            if period is not None and key.measure in ("amount", "count"):
                key = key._replace(period=str(period))
            state.reason = False  # …，原因是减少1个团组；团组5个，17人次
            return Bound(key, Subject(key.concept, key.dimensions, key.phase), states=True)
        if (shared := readers.shared.get(number.start)) is not None:
            return of_stated(self.reader, state, number, shared) if isinstance(shared, Shared) else shared
        if number.unit == "分":
            return readers.scores.read(number, gap)
        if state.reason:
            return None
        item = readers.items.read(number, gap, state)
        if item is not None or (readers.items.holds(number) and number.unit in ("人次", "人", "批次", "批", "次")):
            return item
        return self.reader.read(number, gap, state)

    def _of_last_path(self, fact: Fact) -> None:
        """The amount that a printed path names."""
        if self.paths and self.paths[-1].fact is None and fact.key.phase == "executed" and fact.measure == "amount":
            self.paths[-1] = replace(self.paths[-1], fact=fact.id)

    def _finish(self, paragraph: Paragraph, state: Sentence, joined: int) -> None:
        """Lists go on into the next paragraph only where this one ends in an opener, or went on with one itself."""
        text = paragraph.text.rstrip()
        if _SOME.search(text) and not _OWN_LIST.search(text):
            for frame in self.frames.open:
                frame.open_ended = bool(frame.parts)
        carried = bool(number_of(text)) and sum(len(f.parts) for f in self.frames.open) > joined
        if _OPENED.search(text) and (state.main or state.subject) is not None:
            whole = state.subject if state.subject is not None and not state.subject.outcome else state.main
            self.frames.push(whole.amount if whole is not None else None)
        elif not carried and not text.endswith((";", ",", "、", ":")):
            self.frames.close(not paragraph.whole)
        self._section = state.main or state.subject or self._section
        self._latest = state.subject if state.subject is not None and state.subject.amount is not None else None

    # ------------------------------------------------------------------------------------------------ facts
    def _phrases(self, paragraph: Paragraph, role: str, numbers: list[Number], allowed: tuple[str, ...] | None) -> dict[int, Key]:
        """Numbers that a local pattern of the standards claims, by where they start; the longest match wins."""
        found: dict[int, tuple[int, Key]] = {}
        if allowed is None:
            return {}
        by_digits = {n.digits: n for n in numbers if not n.other}
        for pattern, slots in self.lexicon.phrases(role, paragraph.text):
            for match in pattern.finditer(paragraph.text):
                torn = not self.lexicon.begins(paragraph.text, match.start())
                if _OTHER_WORD.match(paragraph.text, match.end() - 1):
                    continue  # 等8个科目
                length = match.end() - match.start()
                for index, slot in enumerate(slots):
                    number, ref = by_digits.get(match.start(index + 1)), slot.ref
                    if number is None or ref is None or slot.kind != "figure" or (allowed and not ref.concept.startswith(allowed)):
                        continue
                    if torn and ref.concept.startswith("three_public."):
                        continue  # 双边谈判团组4个 is a part of the 团组
                    if number.start in found and found[number.start][0] >= length:
                        continue
                    kind = self.lexicon.standards.concepts[ref.concept].kind
                    measure: Measure = ref.measure
                    if measure == "amount" and kind == "count" and number.unit not in MONEY:
                        measure = "count"
                    elif measure == "amount" and kind == "score":
                        measure = "score"
                    found[number.start] = (length, Key(ref.concept, measure, ref.phase, "", str(self.year or ""), ref.dimensions))
        return {start: key for start, (_, key) in found.items()}

    def _fact(self, paragraph: Paragraph, number: Number, bound: Bound | None, gap: Gap) -> Fact:
        place = self.place(paragraph, number.start, number.end)
        unit = number.unit if bound is None or bound.unit is None else bound.unit
        doubt = bound.doubt if bound is not None else None
        figure = Figure(number.value, paragraph.text[number.start : number.end], unit, place, number.decimals, number.approximation, doubt)
        identifier = len(self.facts)
        if bound is None:
            measure: Measure = "rate" if number.unit in RATES else "amount" if number.unit in MONEY else "score" if number.unit == "分" else "count"
            said = re.sub(r"^[,。;:、\s]+|.*[=÷×].*", "", gap.clause.replace(MASK, ""))[-20:]  # 7.83÷9.50=82.42%: signs are no name
            fact = Fact(identifier, Key("outcome", measure, "executed", "", str(self.year or ""), dimensions(indicator=said)), figure)
        else:
            fact = Fact(identifier, bound.key, figure, bound.direction, bound.about, bound.base, bound.base_named, bound.unresolved)
        self.facts.append(fact)
        return fact

    def _claim(self, paragraph: Paragraph, state: Sentence, subject: Subject | None) -> None:
        if paragraph.region == "narrative" or (paragraph.region == "annex" and state.role.startswith("report")):
            self.claims.extend(
                claims_of(paragraph.text, self.reader, state, subject, lambda a, b: self.place(paragraph, a, b), paragraph.region == "narrative")
            )


def _start(path: PathFound) -> int:
    return path.start


def _holding(paths: Sequence[PathFound], position: int) -> bool:
    """Whether one of the paths, which stand in order, holds a reading position."""
    at = bisect_right(paths, position, key=_start) - 1
    return at >= 0 and position < paths[at].end
