"""What a report says at the end, the same in every output: counts, coverage of the numbers, duties. Never a verdict without both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from gouji.model.figure import Place
from gouji.model.finding import Severity
from gouji.rendering import wording
from gouji.rendering.checked import CheckedDocument


def coverage_lines(checked: CheckedDocument) -> list[tuple[str, str]]:
    """Coverage of numbers and state of the duties, as (label, sentence): what stands beside every verdict."""
    coverage = checked.coverage()
    if coverage.numbers == 0:
        numbers = "文中没有读到数字，数字之间的关系无从核对"
    else:
        numbers = f"{coverage.numbers} 个：读懂 {coverage.bound}"
        if coverage.other:
            kinds = "、".join(f"{wording.TOKEN.get(kind, kind) or '未分类'} {count}" for kind, count in coverage.kinds())
            numbers += f"，其他 {len(coverage.other)}（{kinds}）"
        numbers += f"，未读懂 {len(coverage.unbound)}"
        if coverage.unbound:
            numbers += f"（{_spots(n.place for n in coverage.unbound)}）"
    duties = checked.report.duties
    if not duties:
        stated = "没有可适用的公开义务"
    else:
        parts = []
        for state, word in wording.DUTY.items():
            members = checked.duties(state)
            if members:
                named = "（" + "、".join(d.title or d.duty for d in members) + "）" if state == "failed" else ""
                parts.append(f"{word} {len(members)}{named}")
        stated = f"{len(duties)} 项：" + "，".join(parts)
    return [("数字", numbers), ("义务", stated)]


def notes_of(checked: CheckedDocument) -> list[str]:
    """What reading remarked, each once with how often: 年度目标的文字未能确定归属（7 处）."""
    often = Counter(checked.dossier.notes)
    return [f"{note}（{count} 处）" if count > 1 else note for note, count in often.items()]


def counts_line(checked: CheckedDocument) -> str:
    """错误 2，警告 2，提示 2 (and how many have a justification)."""
    counts = checked.counts()
    line = "，".join(f"{word} {counts[severity]}" for severity, word in _severities())
    accepted = len(checked.accepted_findings())
    return line + (f"；另有 {accepted} 项已有说明" if accepted else "")


def no_findings_line(checked: CheckedDocument) -> str:
    """The verdict where nothing was found: never without what was looked at."""
    coverage = checked.coverage()
    if not coverage.bound:
        return "没有可以核对的数字，因此不能说没有问题"
    failed = len(checked.duties("failed"))
    lacking = f"；{failed} 项公开义务未见公开" if failed else ""
    unread = f"，{len(coverage.unbound)} 个数字未读懂、未核对" if coverage.unbound else ""
    accepted = len(checked.accepted_findings())
    known = f"（另有 {accepted} 项已有说明）" if accepted else ""
    held = sum(1 for law in checked.report.laws if law.holds)
    return f"在读懂的 {coverage.bound} 个数字、{held} 条关系范围内没有发现问题{known}{unread}{lacking}"


def _severities() -> list[tuple[Severity, str]]:
    return [("error", wording.SEVERITY["error"]), ("warning", wording.SEVERITY["warning"]), ("note", wording.SEVERITY["note"])]


def _spots(places: Iterable[Place], most: int = 8) -> str:
    spots = list(dict.fromkeys(wording.spot(place) for place in places))
    return "、".join(spots[:most]) + (f"等 {len(spots)} 处" if len(spots) > most else "")
