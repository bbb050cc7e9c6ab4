"""The clause grammar: name – amount – relation word – base – rate, read clause by clause, with what the sentence has open.

A clause's figures belong to the nearest name before them; a figure without one belongs to the subject that the sentence has open.
``其中`` and its like open a list under the last amount.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from gouji.extraction.lexicon import Lexicon
from gouji.extraction.numbering import number_of
from gouji.extraction.tokens import Number, numbers_of
from gouji.model.fact import Claim, Dimensions, Direction, Fact, Key, Listing, Measure, Phase
from gouji.model.figure import Figure, Place
from gouji.model.outline import FunctionPath, NumberToken, Outline, Paragraph
from gouji.standards import resolve_path
from gouji.standards.pack import Alias

_PROSE_REGIONS = ("narrative", "overview", "annex", "cover", "notes")
_STOPS = re.compile(r"[。;!]|,其中[:,]?|其中[:,]")
_OPENS = re.compile(r"其中|主要用于以下方面|具体内容包括|包括:|分别(?:为|是)")
_PATH = re.compile(r"(?P<class>[^,。;:()（）]{2,30})[（(]类[)）]?(?P<group>.{2,30}?)[（(]款[)）](?P<item>.{2,40}?)[（(]项[)）]")
_UP = re.compile(r"增加|增长|上升|提高|上涨|增幅|增速|新增|扩大")
_DOWN = re.compile(r"减少|下降|降低|降幅|减幅|缩减|下浮|压减")
_BOTH = re.compile(r"增加/减少|增长/下降|增加\(减少\)|减少\(增加\)|增长\(下降\)|下降\(增长\)|增\(减\)")
_CHANGED = re.compile(r"(?:各|分别|总体|同比|共)?(?:了|约)?(?:增加/减少|增长/下降|增加|增长|上升|提高|减少|下降|降低|增幅|降幅)(?:额)?(?:了|为|约)?$")
_FROM = re.compile(r"(?:比|较|与|同)(?:上年度?|去年|上一年度?|(20\d\d)年(?:度|末)?)")
_EXECUTES = re.compile(r"(?:完成|占)(?:了)?(?P<of>年初|全年|调整后?|年度)?预算(?:数)?(?:的)?(?:为)?$|执行率(?:为|达|达到)?$|预算执行(?:总体)?进度(?:为|达到|达)?$|完成率(?:为)?$|执行进度(?:为|达到)?$")
_SHARE = re.compile(r"占(?P<base>[^,。;:占]{0,24}?)(?:的)?(?:比重|比例)?(?:为)?$")
_PHASES: tuple[tuple[str, Phase], ...] = (
    ("年初预算", "budget_initial"), ("调整后预算", "budget_adjusted"), ("调整预算", "budget_adjusted"), ("全年预算", "budget_adjusted"), ("决算", "executed"), ("执行", "executed"),
)
_REASON = re.compile(r"(?:主要)?(?:变动)?(?:的)?(?:主要)?原因(?:一?是|为|:|是:)?")
_RATES = ("%", "个百分点")
_MONEY = ("元", "万元", "亿元", "千元", "百万元", "千万元")


@dataclass(slots=True)
class _Subject:
    concept: str
    dimensions: Dimensions
    phase: Phase = "executed"
    amount: int | None = None


@dataclass(slots=True)
class Binder:
    """Reads the paragraphs of one outline into facts, listings, claims, function paths and number tokens."""

    outline: Outline
    lexicon: Lexicon
    year: int | None
    facts: list[Fact] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    paths: list[FunctionPath] = field(default_factory=list)
    numbers: list[NumberToken] = field(default_factory=list)

    def run(self) -> None:
        section_subjects: dict[int, _Subject] = {}
        for paragraph in self.outline.paragraphs:
            if paragraph.kind == "marker":
                continue
            if paragraph.region in _PROSE_REGIONS and paragraph.kind == "prose":
                self._prose(paragraph, section_subjects)
            else:
                self._others(paragraph)

    # ------------------------------------------------------------------ places
    def _place(self, paragraph: Paragraph, start: int, end: int) -> Place:
        first, last = paragraph.span(start, end)
        section = self.outline.sections[paragraph.section].path if paragraph.section >= 0 else ""
        line = paragraph.line + self.outline.text.count("\n", paragraph.canonical(0), first)
        return Place(first, last, line, section, paragraph.page, paragraph.cell)

    def _others(self, paragraph: Paragraph) -> None:
        kind = {"heading": "list_number", "caption": "caption", "contents_line": "contents", "source_note": "code", "signature": "date"}.get(
            paragraph.kind, "form" if paragraph.region == "form" else "table" if paragraph.region in ("table", "statements") else "quotation"
        )
        for number in numbers_of(paragraph.text):
            self.numbers.append(NumberToken(paragraph.text[number.start : number.end], self._place(paragraph, number.start, number.end), "other", number.other or kind))

    # ------------------------------------------------------------------ prose
    def _prose(self, paragraph: Paragraph, section_subjects: dict[int, _Subject]) -> None:
        text = paragraph.text
        section = self.outline.section_of(paragraph)
        role = section.role if section else ""
        lead = found.length if (found := number_of(text)) else 0
        numbers = list(numbers_of(text, lead))
        bound: dict[int, int] = {}
        subject, opened, base_period = section_subjects.get(paragraph.section), None, None
        pending: list[int] = []
        for match in _PATH.finditer(text):
            subject = self._path(paragraph, match, lead)
        previous = 0
        phrase_at = self._phrases(paragraph, role, numbers)
        for number in numbers:
            before = text[previous : number.start]
            if any(mark in before for mark in "。"):
                base_period = None
                if opened is not None:
                    self._close(opened, pending, paragraph, text)
                    opened, pending = None, []
            if number.other:
                continue
            if paragraph.region == "glossary":
                continue
            if (slot := phrase_at.get(number.start)) is not None:
                fact_id = self._fact(paragraph, number, slot, None, None, None, False)
                bound[number.start] = fact_id
                if slot.measure in ("amount", "count"):
                    subject = _Subject(slot.concept, slot.dimensions, slot.phase, fact_id)
                previous = number.end
                continue
            reason = _REASON.search(before)
            if reason and "。" not in before[reason.end() :] and ";" not in before[reason.end() :]:
                previous = number.end
                bound.setdefault(number.start, self._outcome(paragraph, number, before))
                continue
            if (compared := _FROM.search(before)) is not None:
                base_period = compared[1] or (str(self.year - 1) if self.year else None)
            if _OPENS.search(before) and subject is not None and subject.amount is not None:
                if opened is not None:
                    self._close(opened, pending, paragraph, text)
                opened, pending = subject.amount, []
            aliases = self._name(before, role, opened)
            clause = before[max(before.rfind(m) for m in ",。;:") + 1 :]
            named = self._subject_of(aliases, before, subject, opened)
            bound_id = self._bind(paragraph, number, before, clause, named or subject, named is not None, base_period)
            fact_id = self._outcome(paragraph, number, before) if bound_id is None else bound_id
            fact = self.facts[fact_id]
            bound[number.start] = fact_id
            if fact.measure in ("amount", "count") and fact.concept != "outcome" and fact.key.period == str(self.year):
                subject = _Subject(fact.concept, fact.key.dimensions, fact.key.phase, fact_id)
                if opened is not None and fact_id != opened:
                    pending.append(fact_id)
                elif opened is None and paragraph.section not in section_subjects:
                    section_subjects[paragraph.section] = subject
            previous = number.end
        if opened is not None:
            self._close(opened, pending, paragraph, text)
        self._claims(paragraph, subject)
        for number in numbers:
            place = self._place(paragraph, number.start, number.end)
            printed = text[number.start : number.end]
            if number.start in bound:
                self.numbers.append(NumberToken(printed, place, "bound", "", bound[number.start]))
            elif number.other or paragraph.region == "glossary":
                self.numbers.append(NumberToken(printed, place, "other", number.other or "quotation"))
            else:
                self.numbers.append(NumberToken(printed, place, "unbound"))

    def _phrases(self, paragraph: Paragraph, role: str, numbers: list[Number]) -> dict[int, Key]:
        found: dict[int, Key] = {}
        starts = {n.start + (len(n.approximation) if n.approximation and paragraph.text.startswith(n.approximation, n.start) else 0): n.start for n in numbers if not n.other}
        for pattern, slots in self.lexicon.phrases(role):
            for match in pattern.finditer(paragraph.text):
                for index, slot in enumerate(slots):
                    at = match.start(index + 1)
                    if slot.ref is not None and slot.kind == "figure" and at in starts:
                        ref = slot.ref
                        measure: Measure = ref.measure
                        concept = self.lexicon.standards.concepts.get(ref.concept)
                        if measure == "amount" and concept is not None and concept.kind == "count":
                            measure = "count"
                        if measure == "amount" and concept is not None and concept.kind == "score":
                            measure = "score"
                        found.setdefault(starts[at], Key(ref.concept, measure, ref.phase, "", str(self.year or ""), ref.dimensions))
        return found

    def _path(self, paragraph: Paragraph, match: re.Match[str], lead: int) -> _Subject:
        start = max(match.start(), lead)
        names = (paragraph.text[start : match.end("class")], match["group"], match["item"])
        resolution = resolve_path(names, self.lexicon.standards.functions, self.lexicon.standards.old_names)
        code = resolution.best or resolution.code
        place = self._place(paragraph, start, match.end())
        self.paths.append(FunctionPath(names, resolution.code, resolution.certainty, resolution.problems, place, None, paragraph.region))
        function = code if len(code) == 7 else "/".join(names)
        return _Subject("expenditure.total", (("function", function), ("fund", self._fund(paragraph))) if self._fund(paragraph) else (("function", function),))

    def _fund(self, paragraph: Paragraph) -> str:
        section = self.outline.section_of(paragraph)
        role = section.role if section else ""
        for part, fund in (("government_fund", "government_fund"), ("state_capital", "state_capital")):
            if part in role:
                return fund
        return "general_budget"

    def _name(self, before: str, role: str, opened: int | None) -> tuple[str, list[Alias]] | None:
        found = list(self.lexicon.terms.finditer(before))
        if not found:
            return None
        last = found[-1]
        wholes = (self.facts[opened].concept,) if opened is not None else ()
        tail = before[last.end() :]
        if any(mark in tail for mark in "。;") or (len(tail) > 30 and "," in tail):
            return None
        return last[0], self.lexicon.aliases(last[0], role, wholes)

    def _subject_of(self, name: tuple[str, list[Alias]] | None, before: str, subject: _Subject | None, opened: int | None) -> _Subject | None:
        if name is None:
            return None
        text, aliases = name
        if aliases:
            alias = aliases[0]
            if alias.dimension_only:
                whole = self.facts[opened] if opened is not None else None
                if whole is None:
                    return None
                merged = {**dict(whole.key.dimensions), **dict(alias.dimensions)}
                return _Subject(whole.concept, tuple(sorted(merged.items())))
            return _Subject(alias.concept, alias.dimensions, alias.phase or "executed")
        code = self.lexicon.classes.get(text)
        if code and opened is not None and self.facts[opened].concept == "expenditure.total":
            merged = {**dict(self.facts[opened].key.dimensions), "function": code}
            return _Subject("expenditure.total", tuple(sorted(merged.items())))
        return None

    def _bind(self, paragraph: Paragraph, number: Number, before: str, clause: str, subject: _Subject | None, named: bool, compared: str | None) -> int | None:
        if subject is None:
            return None
        year = str(self.year or "")
        unresolved = bool(_BOTH.search(clause))
        changed = _CHANGED.search(clause)
        direction: Direction | None = None
        if changed and not unresolved:
            direction = "increase" if _UP.search(changed[0]) else "decrease"
        key = Key(subject.concept, "amount", subject.phase, "", year, subject.dimensions)
        last = Key(subject.concept, "amount", "executed", "", str((self.year or 1) - 1), subject.dimensions)
        if number.unit in _RATES:
            if changed:
                return self._fact(paragraph, number, key._replace(measure="change_rate"), direction, subject.amount, last, False, unresolved)
            if (executed := _EXECUTES.search(clause)) is not None:
                setting = self.lexicon.standards.settings.get("completion_base", "budget_adjusted")
                word = executed.groupdict().get("of") or ""
                phase: Phase = "budget_initial" if word == "年初" or (not word and setting == "budget_initial") else "budget_adjusted"
                return self._fact(paragraph, number, key._replace(measure="completion"), None, subject.amount, key._replace(phase=phase), bool(word))
            if (share := _SHARE.search(clause)) is not None:
                return self._share(paragraph, number, share["base"], key, subject)
            return None
        if number.unit in _MONEY:
            if changed:
                return self._fact(paragraph, number, key._replace(measure="change"), direction, subject.amount, last, False, unresolved)
            if not named and subject.amount is not None and not re.fullmatch(r"[^,。;]{0,8}", clause):
                return None
            if not named and clause and not re.search(r"(?:决算|预算|支出|收入|金额|共计|合计|总计|为)", clause) and subject.amount is not None:
                return None
            for word, phase in _PHASES:
                if word in clause:
                    key = key._replace(phase=phase)
                    break
            if compared and re.search(r"(?:比|较)(?:上年|20\d\d年)[^,]*$", clause):
                key = key._replace(period=compared)
            return self._fact(paragraph, number, key, None, None, None, False)
        concept = self.lexicon.standards.concepts.get(subject.concept)
        if named and concept is not None and concept.kind == "count" and number.unit in ("个", "辆", "台", "人", "名", "批次", "人次", "次", "批", ""):
            return self._fact(paragraph, number, key._replace(measure="count"), None, None, None, False)
        if number.unit == "分" and subject.concept.startswith("evaluation"):
            measure: Measure = "weight" if re.search(r"(?:权重|满分|分值|共计)$|^[^得自评扣]{0,8}$", clause) and not re.search(r"得分|评分|扣", clause) else "score"
            if re.search(r"扣(?:分)?$", clause):
                measure = "deduction"
            return self._fact(paragraph, number, key._replace(measure=measure), None, None, None, False)
        return None

    def _share(self, paragraph: Paragraph, number: Number, printed: str, key: Key, subject: _Subject) -> int:
        concepts = self.lexicon.standards.concepts
        base: Key | None = None
        if printed:
            section = self.outline.section_of(paragraph)
            name = self._name(printed, section.role if section else "", None)
            if name and name[1]:
                base = Key(name[1][0].concept, "amount", "executed", "", key.period, name[1][0].dimensions)
            elif printed.startswith("总支出"):
                base = Key("expenditure.total", "amount", "executed", "", key.period, ())
            else:
                return self._fact(paragraph, number, key._replace(measure="share"), None, subject.amount, None, True)
        elif "function" in dict(key.dimensions):
            base = key._replace(dimensions=tuple((k, v) for k, v in key.dimensions if k != "function"))
        else:
            concept = concepts.get(key.concept)
            if concept is not None and concept.base is not None:
                base = Key(concept.base.concept, "amount", "executed", "", key.period, concept.base.dimensions)
        return self._fact(paragraph, number, key._replace(measure="share"), None, subject.amount, base, bool(printed))

    def _outcome(self, paragraph: Paragraph, number: Number, before: str) -> int:
        clause = before[max(before.rfind(m) for m in ",。;:、") + 1 :]
        measure: Measure = "rate" if number.unit in _RATES else "amount" if number.unit in _MONEY else "count"
        key = Key("outcome", measure, "executed", "", str(self.year or ""), (("indicator", clause[-20:]),) if clause else ())
        return self._fact(paragraph, number, key, None, None, None, False)

    def _fact(self, paragraph: Paragraph, number: Number, key: Key, direction: Direction | None, about: int | None, base: Key | None, base_named: bool, unresolved: bool = False) -> int:
        printed = paragraph.text[number.start : number.end]
        figure = Figure(abs(number.value), printed, number.unit, self._place(paragraph, number.start, number.end), number.decimals, number.approximation, None)
        if number.value < 0:
            figure = replace(figure, value=number.value)
        self.facts.append(Fact(len(self.facts), key, figure, direction, about, base, base_named, unresolved))
        return len(self.facts) - 1

    def _close(self, whole: int, parts: list[int], paragraph: Paragraph, text: str) -> None:
        first = self.facts[whole]
        fitting = tuple(p for p in parts if self.facts[p].measure == first.measure and self.facts[p].key != first.key and self.facts[p].figure.is_money == first.figure.is_money)
        if len(fitting) >= 2:
            self.listings.append(Listing(whole, fitting, None, not paragraph.whole, first.place))

    def _claims(self, paragraph: Paragraph, subject: _Subject | None) -> None:
        if subject is None or paragraph.region != "narrative":
            return
        for match in re.finditer(r"决算数(小于|大于|等于|与预算数(?:基本)?持平)(?:预算数)?", paragraph.text):
            direction: Direction = "decrease" if match[1] == "小于" else "increase" if match[1] == "大于" else "none"
            self.claims.append(Claim("budget_comparison", subject.concept, self._place(paragraph, *match.span()), direction, about=subject.amount, dimensions=subject.dimensions))
        for match in _REASON.finditer(paragraph.text):
            self.claims.append(Claim("reason", subject.concept, self._place(paragraph, *match.span()), None, paragraph.text[match.end() : match.end() + 60], subject.amount, subject.dimensions))
