"""What findings of the arithmetic laws say: names of figures, derivations with the real values, messages in Chinese and short English.

Every rate names its base; every message names the thing, both values, the likely cause and the next step.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from gouji.checks.blame import Cause
from gouji.checks.catalogue import LAWS
from gouji.checks.reading import Reading, Table
from gouji.checks.relation import Agreement, Implied, Linear, Ratio, Relation
from gouji.checks.repairs import Repair
from gouji.model import slips
from gouji.model.fact import Key
from gouji.model.regex import regex
from gouji.standards.pack import Standards

FUND = {"general_budget": "一般公共预算财政拨款", "government_fund": "政府性基金预算财政拨款", "state_capital": "国有资本经营预算财政拨款", "fiscal": "财政拨款", "other": "其他资金"}
KIND = {"administrative": "行政", "civil_service_like": "参公", "institution": "事业", "worker": "工勤", "law_enforcement": "行政执法专项", "special": "专项"}
PHASE = {"budget_initial": "年初预算", "budget_adjusted": "调整预算", "budget": "预算", "target": "目标"}
MEASURE = {
    "share": "占比", "change": "增减额", "change_rate": "增减率", "completion": "完成预算比例", "weight": "权重", "score": "得分", "deduction": "扣分",
}  # fmt: skip
LAW_ZH = {law.id: law.zh for law in LAWS}
_BASE = {"completion": "预算数"}  # what a base that is not printed is called
MANY_VALUES = 5  # from how many printable values on a range is told instead of one value
WIDEST = 10_000  # steps; beyond, the range says nothing
_NUMBER = regex(r"[-−－]?\d[\d,，]*(?:\.\d+)?")
_NOUN = regex(r"[一-鿿]{2,6}")
_BESIDE_NAME = regex(r"^(?:[和及与对共有为、,:]|(?:其中|包括|分别|合计|共计)(?=[:为是]?.))+[:为是]?|[:的为共有计]+$")


def _bare(said: str) -> str:
    """What a sentence calls a result, without the words that only lead to it or from it to the figure.

    >>> _bare("其中:行政单位"), _bare("共"), _bare("分别为良的")
    ('行政单位', '', '良')
    """
    return _BESIDE_NAME.sub("", _BESIDE_NAME.sub("", said))


class Words:
    """Names and sentences over one dossier's table."""

    def __init__(self, table: Table, standards: Standards) -> None:
        self.table = table
        self.standards = standards

    # --- names and values --------------------------------------------------------------------------------------------

    def thing(self, key: Key) -> str:
        """What a key is about, without its measure: 一般公共预算财政拨款基本支出, 2022年度收支总计, 行政运行（2010301）."""
        known = self.standards.concepts.get(key.concept)
        if key.concept == "outcome":
            said = _bare(dict(key.dimensions).get("indicator", ""))
            return f"“{said}”" if said else "所写的数"
        name = known.zh if known else key.concept
        inside: list[str] = []
        for dimension, value in key.dimensions:
            if dimension == "function" and value in self.standards.functions:
                name = f"{self.standards.functions[value].name}（{value}）"
            elif dimension == "economic" and value in self.standards.economics:
                name = f"{self.standards.economics[value].name}（{value}）"
            elif dimension == "function":
                name = f"功能分类{value}支出"
            elif dimension == "fund":
                prefix = FUND.get(value, value)
                if "function" not in dict(key.dimensions) and prefix not in name:
                    name = prefix + name.removeprefix("本年").removeprefix("财政拨款" if prefix.endswith("财政拨款") else "本年")
            else:
                inside.append(KIND.get(value, value))
        if inside:
            name += f"（{'、'.join(inside)}）"
        if key.phase != "executed":
            name += PHASE.get(key.phase, "")
        year = self.table.dossier.year
        if key.period.startswith("-"):
            name = f"上年{name}"
        elif key.period and year is not None and key.period != str(year):
            name = f"{key.period}年度{name}" if key.period.isdigit() else f"{key.period} {name}"
        return name

    def name(self, index: int) -> str:
        """A reading's name with its measure; shares and completions name their base."""
        x = self.table.readings[index]
        if x.key.measure == "share" and x.base is not None:
            return f"{self.thing(x.key)}占{self.thing(x.base)}的比重"
        if x.key.concept == "outcome" and not _bare(dict(x.key.dimensions).get("indicator", "")):
            behind = _NOUN.match(self.table.dossier.outline.text, x.figure.place.end)
            return f"“{behind[0]}”" if behind else "该处"  # 48个项目中…: only what stands behind the figure names it
        return self.thing(x.key) + MEASURE.get(x.key.measure, "")

    def printed(self, index: int, value: Decimal | None = None) -> str:
        """A reading as printed, or as it would be printed with another value (of the common unit)."""
        x = self.table.readings[index]
        if value is None:
            return x.figure.printed
        return self.as_print(x, value)

    def as_print(self, x: Reading, value: Decimal) -> str:
        shown = plain(x.magnitude(value), x.places, at_least=x.figure.decimals)
        match = _NUMBER.search(x.figure.printed)
        text = f"{x.figure.printed[: match.start()]}{shown}{x.figure.printed[match.end() :]}" if match else f"{shown}{x.figure.unit}"
        if x.key.measure in ("change", "change_rate") and value * x.point < 0:
            words = ("增加", "减少") if x.key.measure == "change" else ("增长", "下降")
            return f"{words[0] if value > 0 else words[1]}{text}"
        return text

    def number(self, index: int) -> str:
        """The bare printed number."""
        x = self.table.readings[index]
        return plain(x.figure.value, x.places, at_least=x.figure.decimals)

    def computed(self, value: Decimal, like: int) -> str:
        """A computed amount in the unit of a printed one."""
        x = self.table.readings[like]
        return plain(abs(value / x.scale), x.places, at_least=x.figure.decimals) + x.figure.unit

    def clause(self, index: int, value: Decimal) -> str:
        """The printed clause of the reading's first statement with the corrected figure: 占16.51%."""
        x = self.table.readings[index]
        new = self.as_print(x, value)
        text = self.table.dossier.outline.text
        place = x.figure.place
        if not text or text[place.start : place.end] != x.figure.printed:
            return new
        start = max(text.rfind(mark, max(0, place.start - 30), place.start) for mark in "，,。；;：:、\n（(") + 1
        lead = "".join(text[start : place.start].split()) if start > 0 else ""
        if new.startswith(("增加", "减少", "增长", "下降")):
            lead = lead.removesuffix("增加").removesuffix("减少").removesuffix("增长").removesuffix("下降")
        return (lead if len(lead) <= 24 else "") + new

    # --- derivations -------------------------------------------------------------------------------------------------

    def derivation(self, relation: Relation) -> str:
        """A relation with its values, one Chinese line."""
        if isinstance(relation, Ratio):
            return self._ratio(relation)
        if isinstance(relation, Implied):
            parts, whole = relation.points(self.table)
            items = "、".join(f"{self.thing(self.table.readings[a].key)} {self.number(a)}÷{self.printed(k)}" for a, k in relation.parts[:6])
            more = "等" if len(relation.parts) > 6 else ""
            a, k = relation.whole
            return (
                f"按完成率倒推预算：{items}{more}，合计 {self.computed(parts, a)}；"
                f"{self.thing(self.table.readings[a].key)} {self.number(a)}÷{self.printed(k)}，得 {self.computed(whole, a)}"
            )
        if isinstance(relation, Agreement):
            return "；".join(f"{self.name(r)} {self.printed(r)}（{len(self.table.readings[r].facts)}处）" for r in relation.pair)
        assert isinstance(relation, Linear)
        return self._linear(relation)

    def _ratio(self, relation: Ratio) -> str:
        table = self.table
        rate = relation.rate_of(table)
        over = self._side(relation.over)
        under = self._side(relation.under)
        if len(relation.under) > 1:
            under = f"{_BASE.get(relation.about.kind, '上年数')}（{under}）"
        if len(relation.over) > 1:
            over = f"（{over}）"
        if relation.factor == 1:
            each = "无法计算" if rate is None else self.computed(rate, relation.rate)
            return f"{over} ÷ {under} = {each}，文中为{self.printed(relation.rate)}"
        shown = "无法计算" if rate is None else plain(abs(rate), table.readings[relation.rate].places, table.readings[relation.rate].figure.decimals) + "%"
        # A rate of change without its direction would say nothing where only the direction is wrong.
        x = table.readings[relation.rate]
        directed = x.key.measure == "change_rate" and not x.unsigned and rate is not None and rate * x.point < 0
        grown = ("增长" if rate is not None and rate > 0 else "下降") if directed else ""
        return f"{over} ÷ {under} × 100% = {grown}{shown}，文中为{self._signed(relation.rate) if directed else self.printed(relation.rate)}"

    def _side(self, side: tuple[tuple[int, int], ...], units: bool = False) -> str:
        shown: list[str] = []
        mixed = len({self.table.readings[r].figure.unit for _, r in side}) > 1
        for coefficient, r in side:
            x = self.table.readings[r]
            positive = (coefficient > 0) == (x.point >= 0)
            sign = ("+ " if positive else "− ") if shown else ("" if positive or len(side) == 1 else "−")
            times = f"{abs(coefficient)}×" if abs(coefficient) != 1 else ""
            shown.append(f"{sign}{times}{self.thing(x.key)}{MEASURE.get(x.key.measure, '')} {self.printed(r) if units or mixed else self.number(r)}")
        return " ".join(shown)

    def _linear(self, relation: Linear) -> str:
        table = self.table
        if relation.constant:
            total = relation.gap(table) - relation.constant
            return f"{self._side(relation.terms)} = {plain(total, 2)}%，应为100%"
        left = tuple((c, r) for c, r in relation.terms if c > 0)
        right = tuple((-c, r) for c, r in relation.terms if c < 0)
        if relation.about.kind == "difference":
            this, last, change = (r for _, r in relation.terms)
            gap = table.readings[this].point - table.readings[last].point
            word = "增加" if gap > 0 else ("减少" if gap < 0 else "持平")
            return f"{self.name(this)} {self.number(this)} − {self.name(last)} {self.number(last)}：{word} {self.computed(gap, this)}，文中为{self._signed(change)}"
        if relation.about.kind == "from_nothing":
            this, change = (r for _, r in relation.terms)
            return f"上年没有这一项，增加额就是本年数：{self.name(this)} {self.printed(this)}，文中为{self._signed(change)}"
        a = sum((table.readings[r].point * c for c, r in left), Decimal(0))
        b = sum((table.readings[r].point * c for c, r in right), Decimal(0))
        like = min((r for _, r in relation.terms), key=lambda r: table.readings[r].step)
        sign = "=" if a == b else ("<" if a < b else ">")
        mixed = len({table.readings[r].figure.unit for _, r in relation.terms}) > 1
        lhs = self._side(left, mixed) + (f" = {self.computed(a, like)}" if len(left) > 1 else "")
        rhs = self._side(right, mixed) + (f" = {self.computed(b, like)}" if len(right) > 1 else "")
        line = f"{lhs}，{sign} {rhs}" if len(left) > 1 else f"{lhs} {sign} {rhs}"
        return line + (f"，相差 {self.computed(a - b, like)}" if a != b else "")

    def _signed(self, index: int) -> str:
        x = self.table.readings[index]
        if x.key.measure not in ("change", "change_rate") or x.unsigned or x.point == 0:
            return self.printed(index)
        words = ("增加", "减少") if x.key.measure == "change" else ("增长", "下降")
        return words[0 if x.point > 0 else 1] + self.printed(index)

    # --- messages ----------------------------------------------------------------------------------------------------

    def headline(self, relation: Relation) -> str:
        """What does not fit, first sentence of a message."""
        table = self.table
        if isinstance(relation, Agreement):
            a, b = relation.pair
            return f"{self.name(a)}前后不一：{self.printed(a)}（{len(table.readings[a].facts)}处）与{self.printed(b)}（{len(table.readings[b].facts)}处）"
        if relation.about.kind == "reckoning":
            turned = "，方向相反" if isinstance(relation, Ratio) and self._turned(relation) else ""
            return f"文中所列数字算不到一起：{self.derivation(relation)}{turned}"
        if isinstance(relation, Ratio):
            rate = relation.rate_of(table)
            x = table.readings[relation.rate]
            shown = plain(abs(rate), x.places, x.figure.decimals) + "%" if rate is not None else "无法计算"
            base = self._base_words(relation)
            if relation.about.kind == "change_rate":
                word = "" if rate is None or x.unsigned else ("增长" if rate > 0 else "下降" if rate < 0 else "")
                return f"{self.thing(x.key)}以{base}为基数，应{word or '为'}{shown}，文中印作{self._signed(relation.rate)}"
            verb = {"share": "的比重", "completion": "的完成率"}.get(relation.about.kind, "的比率")
            return f"{self.thing(x.key)}{verb}按{base}计算应为{shown}，文中印作{self.printed(relation.rate)}"
        if isinstance(relation, Linear) and relation.about.kind == "equation":
            return f"勾稽关系“{relation.about.title}”不成立：{self.derivation(relation)}"
        if isinstance(relation, Linear) and relation.about.kind == "whole":
            whole = relation.terms[-1][1] if relation.terms[-1][0] < 0 else relation.terms[0][1]
            parts = sum((table.readings[r].point * c for c, r in relation.terms if c > 0), Decimal(0))
            gap = relation.gap(table)
            return f"{self.name(whole)}为{self.printed(whole)}，所列各项之和为{self.computed(parts, whole)}，{'多' if gap > 0 else '少'}{self.computed(gap, whole)}"
        if isinstance(relation, Implied):
            return f"完成率前后不能同时成立：{self.derivation(relation)}"
        if isinstance(relation, Linear) and relation.about.kind == "changes-sum":
            return f"各项增减额之和与合计的增减额不符：{self.derivation(relation)}"
        if isinstance(relation, Linear) and relation.about.kind == "score":
            return f"得分大于权重：{self.derivation(relation)}"
        return f"数字不能同时成立：{self.derivation(relation)}"

    def _turned(self, relation: Ratio) -> bool:
        """Whether a rate is right but for its direction: 上年7920元，今年8460元，下降6.82%."""
        rate, x = relation.rate_of(self.table), self.table.readings[relation.rate]
        return rate is not None and rate * x.point < 0 and abs(abs(rate) - abs(x.point)) <= x.half

    def _base_words(self, relation: Ratio) -> str:
        table = self.table
        if len(relation.under) == 1:
            r = relation.under[0][1]
            return f"{self.name(r)}{self.printed(r)}"
        base = sum((table.readings[r].point * c for c, r in relation.under), Decimal(0))
        return f"{_BASE.get(relation.about.kind, '上年数')}{self.computed(base, relation.under[0][1])}"

    def cause(self, cause: Cause, first: Relation) -> str:
        """The likely cause, second sentence; ``first`` is the relation that the first sentence spoke of."""
        repair = cause.repair
        if repair.witness >= 0:
            return self._structural(repair)
        if not repair.changes:
            return "无法判断哪一个数字有误"
        if first.about.kind == "reckoning" and isinstance(first, Ratio) and self._turned(first):
            return f"可能是{self.name(first.rate)}{self.printed(first.rate)}的增减方向写反，也可能是所用基数弄反"
        if isinstance(first, Implied) and first.about.explain:
            return first.about.explain
        if cause.ties:
            options = (repair, *cause.ties)
            shown = "；".join(self._option(r) for r in options[:6])
            more = f"等{len(options)}处" if len(options) > 6 else ""
            return f"以下任一处改正即可相符，无法断定是哪一处：{shown}{more}"
        if len(repair.changes) > 1:
            (a, _), (b, _) = repair.changes
            return f"很可能是{self.name(a)}{self.printed(a)}与{self.name(b)}{self.printed(b)}写颠倒了"
        index = repair.reading
        also = "，改正后另外" + str(len(cause.relations) - 1) + "处勾稽关系也随之成立" if len(cause.relations) > 1 else ""
        also += self._or_else(cause)
        likely = "很可能" if repair.slip.name or not cause.others else "可能"
        return f"{likely}是{self.name(index)}{self._signed(index)}有误，{self.should_be(repair)}{also}"

    def should_be(self, repair: Repair) -> str:
        """What the figure should print and why: one value; where a rounded rate leaves many, their range."""
        index, value = repair.changes[0]
        span = self.range_of(repair)
        if span is None:
            return f"应为{self.printed(index, value)}" + (f"（{repair.slip.name}）" if repair.slip.name else "")
        between = f"{self.printed(index, span[0])}至{self.printed(index, span[1])}之间"
        return f"应为{self.printed(index, value)}（{repair.slip.name}；{between}都能相符）" if repair.slip.name else f"应在{between}"

    def range_of(self, repair: Repair) -> tuple[Decimal, Decimal] | None:
        """The least and the greatest printable value that would do, in order of magnitude; None where the other figures give one value."""
        if repair.exact or repair.allowed is None or len(repair.changes) != 1:
            return None
        step = self.table.readings[repair.reading].step
        low, high = (end / step for end in repair.allowed)
        if high - low > WIDEST:
            return None
        least, most = low.to_integral_value(rounding=ROUND_CEILING) * step, high.to_integral_value(rounding=ROUND_FLOOR) * step
        if (most - least) / step < MANY_VALUES:
            return None
        return (least, most) if abs(least) <= abs(most) else (most, least)

    def _or_else(self, cause: Cause) -> str:
        """What else it could be, a little less likely."""
        options = [self._option(r) for r in cause.others if set(cause.relations) <= r.covers][:3]
        return f"；也可能是{'；或'.join(options)}" if options else ""

    def _structural(self, repair: Repair) -> str:
        r = repair.witness
        if repair.slip.name == "漏列一项":
            return f"差额正好等于{self.name(r)}{self.printed(r)}，可能漏列了这一项"
        if repair.slip.name == "重复计列一项":
            return f"多出的数正好等于{self.name(r)}{self.printed(r)}，可能重复计列了这一项"
        if repair.slip is slips.COINCIDES:
            return f"差额正好等于{self.name(r)}{self.printed(r)}，可能一边包括了这一项而另一边没有，请核对口径"
        return f"若以{self.name(r)}{self.printed(r)}为基数则相符，可能所用基数与文字所写不同"

    def _option(self, repair: Repair) -> str:
        if repair.witness >= 0:
            return self._structural(repair)
        if len(repair.changes) == 1:
            return f"{self.name(repair.reading)}{self._signed(repair.reading)}{self.should_be(repair)}"
        pieces = [
            f"{self.name(i)}{self._signed(i)}应为{self.printed(i, v)}" + (f"（{repair.slip.name}）" if repair.slip.name else "")
            for i, v in repair.changes
        ]
        return "且".join(pieces)


def plain(value: Decimal, places: int, at_least: int = 0) -> str:
    """A decimal rounded half up to ``places``, trailing zeros dropped down to ``at_least`` digits."""
    rounded = value.scaleb(places).to_integral_value(rounding=ROUND_HALF_UP).scaleb(-places)
    text = format(rounded, "f")
    if "." in text:
        whole, _, fraction = text.partition(".")
        fraction = fraction.rstrip("0").ljust(min(at_least, places), "0")
        text = f"{whole}.{fraction}" if fraction else whole
    return text
