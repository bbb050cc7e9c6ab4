"""How one finding is told (一条发现的说法), the same in every report: what it should be, by how much it is off, why, by which rule.

A law's message may name several places where one correction would do (以下任一处改正即可相符…); here they become a list with their places.
What a message has already said is not said a second time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from gouji.model.fact import Fact
from gouji.model.figure import Place
from gouji.model.finding import Finding, Suspect
from gouji.model.record import record
from gouji.model.regex import regex
from gouji.rendering import wording
from gouji.rendering.wording import plain

ROUNDING = "四舍五入可能造成这一差异"

_OPTIONS = regex(r"无法断定是哪一处：")
_MORE = regex(r"等\d+处$")
_NUMBER = regex(r"^(增加|减少|增长|下降|[≤≥])?\s*(-?[\d,，]+(?:\.\d+)?)\s*(.*)$")
_BARE = regex(r"-?\d+(?:\.\d+)?")
_ENDS = "。！？；：…”』」"
_TWICE = regex(r".+（\d+处）；.+（\d+处）")  # two readings of one fact, as the message of agreement begins
_SUM = ("whole",)


@record
class Message:
    """A finding's message: what is said, the corrections of which any one would do (each with its place), the next step.

    ``left``: suspects that the message does not name with their correction.
    """

    text: str
    options: tuple[str, ...] = ()
    tail: str = ""
    left: tuple[Suspect, ...] = ()

    @property
    def open(self) -> bool:
        """Whether several corrections would do, so that no single value is due."""
        return bool(self.options) or (len(self.left) > 1 and self.left[0].expected[:1] in ("≤", "≥"))


def title(rule: str, names: Mapping[str, str]) -> str:
    """The rule's Chinese title, its id where the standards do not name it."""
    return names.get(f"rule={rule}", rule)


def titles(rules: Sequence[str], names: Mapping[str, str]) -> str:
    """Several titles, each once: 占比等于部分除以所称基数、合计等于各项之和."""
    return "、".join(dict.fromkeys(title(rule, names) for rule in rules))


def message(finding: Finding, facts: Sequence[Fact], spots: bool = True) -> Message:
    """The message in parts; without a list of corrections it is one text. ``spots``: corrections begin with their place."""
    zh = plain(finding.zh).strip()
    left = [s for s in finding.suspects if s.fact < len(facts)]
    match = _OPTIONS.search(zh)
    listed, _, tail = zh[match.end() :].partition("。") if match else ("", "", "")
    options = [option.strip() for option in _MORE.sub("", listed).split("；") if option.strip()]
    if match is None or len(options) < 2:
        if left and left[0].expected == finding.expected and not finding.expected.startswith(("≤", "≥")):
            left.pop(0)
        return Message(_ended(zh), left=tuple(s for s in left if f"{facts[s.fact].figure.printed}应为{s.expected}" not in zh))
    told = []
    for option in options:
        suspect = next((s for s in left if facts[s.fact].figure.printed in option and s.expected in option), None)
        if suspect is not None:
            left.remove(suspect)
        told.append(f"{wording.spot(facts[suspect.fact].place)}　{option}" if suspect is not None and spots else option)
    return Message(zh[: match.end()], tuple(told), _ended(tail.strip()) if tail.strip() else "", tuple(left))


def whole_message(finding: Finding, facts: Sequence[Fact]) -> str:
    """The message as one text of several lines."""
    told = message(finding, facts)
    return "\n".join((told.text, *(f"· {option}" for option in told.options), *((told.tail,) if told.tail else ())))


def _ended(sentence: str) -> str:
    return sentence if not sentence or sentence[-1] in _ENDS else sentence + "。"


def due(finding: Finding) -> str:
    """What it should be: ``16.51%``, ``不超过 10人``."""
    return limit(finding.expected)


def limit(expected: str) -> str:
    """≤ and ≥ in words."""
    if expected.startswith("≤"):
        return f"不超过 {expected[1:].strip()}"
    if expected.startswith("≥"):
        return f"不少于 {expected[1:].strip()}"
    return expected


def off(finding: Finding) -> str:
    """By how much the print is off: ``文中少 0.57 个百分点``, or the difference alone where nothing says what it should be."""
    if not finding.difference:
        return ""
    found, expected = _NUMBER.match(finding.found), _NUMBER.match(finding.expected)
    if found and expected and found[3] == expected[3]:
        if expected[1] in ("增加", "减少", "增长", "下降") and found[1] != expected[1]:
            return ""
        gap = _decimal(found[2]) - _decimal(expected[2])
        if gap:
            return f"文中{'多' if gap > 0 else '少'} {_measured(abs(gap), found[3])}"
    if finding.difference in finding.zh:
        return ""
    if not _BARE.fullmatch(finding.difference):
        return f"相差 {finding.difference}"
    unit = found[3] if found else ""
    return f"相差 {_measured(abs(Decimal(finding.difference)), unit)}"


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", "").replace("，", ""))


def _measured(value: Decimal, unit: str) -> str:
    shown = format(value, "f")
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return f"{shown} 个百分点" if unit in ("%", "％") else f"{shown}{unit}"


def bounds(finding: Finding) -> str:
    """What stands beside the expected value: how far off, and what the unrounded amounts allow where that is more than one value."""
    parts = [off(finding)]
    if finding.allowed is not None and finding.allowed[0] != finding.allowed[1]:
        parts.append(f"允许 {wording.allowed(finding.allowed)}")
    return "，".join(part for part in parts if part)


def suspects(finding: Finding, facts: Sequence[Fact], spots: bool = True) -> list[str]:
    """Figures that may be wrong and that the message does not name with their correction: ``第21行　10名　应不少于 11名``."""
    listed = []
    for suspect in message(finding, facts).left:
        fact = facts[suspect.fact]
        why = f"（{suspect.slip}）" if suspect.slip else ""
        spot = f"{wording.spot(fact.place)}　" if spots else ""
        listed.append(f"{spot}{plain(fact.figure.printed)}　应{_due_words(suspect.expected)}{why}")
    return listed


def _due_words(expected: str) -> str:
    return limit(expected) if expected.startswith(("≤", "≥")) else f"为 {expected}"


def slip(finding: Finding) -> str:
    """What kind of slip explains the one suspect, where the message does not say so."""
    if len(finding.suspects) == 1 and finding.suspects[0].slip and finding.suspects[0].slip not in finding.zh:
        return finding.suspects[0].slip
    return ""


def reasons(finding: Finding) -> list[str]:
    """The derivations that the message does not contain."""
    said = [line for line in finding.derivation if line not in finding.zh]
    return [line for line in said if not (finding.rule == "agreement" and _TWICE.fullmatch(line))]


def suggestion(finding: Finding) -> str:
    """The advice, where it says more than what it should be."""
    said = finding.suggestion.strip()
    bare = said.removeprefix("应为").removeprefix("改为").rstrip("。").strip("“”")
    clause = bare.endswith(finding.expected) and "；" not in said and (said.startswith("应为“") or len(bare) <= len(finding.expected) + 2)
    if finding.expected and clause:
        return ""
    return said


def authority(finding: Finding, names: Mapping[str, str]) -> str:
    """The source of the rule; "" where it is the rule itself (an arithmetic law)."""
    itself = {title(rule, names) for rule in (finding.rule, *finding.explains)}
    return "" if finding.authority in itself else finding.authority


def short_authority(finding: Finding, names: Mapping[str, str]) -> str:
    """The source as a short line cites it, without what it says there: 《…》（财预〔2016〕143号）."""
    cited = authority(finding, names)
    head, colon, said = cited.partition("：")
    return head if colon and len(said) > 6 and ("》" in head or "〕" in head) else cited


def shown_places(finding: Finding, facts: Sequence[Fact], most: int = 4) -> list[Place]:
    """The places worth showing: the suspects first. Of a sum only the suspects and the whole, because its parts are written out as a sum."""
    places = list({(place.start, place.end): place for place in finding.places}.values())
    if len(places) > most + 1 and finding.rule.startswith(_SUM):
        named = {(facts[s.fact].place.start, facts[s.fact].place.end) for s in finding.suspects if s.fact < len(facts)}
        chief = sum((place.start, place.end) in named for place in places[:most])
        return places[: min(max(chief, 1) + 1, most)]
    return places if len(places) == most + 1 else places[:most]


def elsewhere(places: Sequence[Place], shown: Sequence[Place]) -> str:
    """The places that are not shown, runs of lines joined: 第71–83行、第63行 等."""
    seen = {wording.spot(place) for place in shown}
    rest = {wording.spot(place): place for place in places if wording.spot(place) not in seen}
    if any(place.page is not None or place.table is not None for place in rest.values()):
        spots = list(rest)
    else:
        spots = []
        lines = sorted(place.line for place in rest.values())
        at = 0
        while at < len(lines):
            end = at
            while end + 1 < len(lines) and lines[end + 1] == lines[end] + 1:
                end += 1
            spots.append(f"第{lines[at]}行" if at == end else f"第{lines[at]}–{lines[end]}行")
            at = end + 1
    return "、".join(spots[:8]) + (f"等 {len(spots)} 处" if len(spots) > 8 else "")
