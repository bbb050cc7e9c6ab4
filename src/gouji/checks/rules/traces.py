"""Hygiene of the file itself before publication: what it carries beside its text (文件痕迹)."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.checks.context import Context, Remark
from gouji.model.finding import Severity
from gouji.model.outline import Trace
from gouji.model.regex import regex

_LOCAL = regex(r"^(?:file:|[A-Za-z]:\\|\\\\|https?://(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|127\.|localhost))")


def traced(context: Context, kinds: tuple[str, ...], what: str, suggestion: str, severity: Severity) -> Iterator[Remark]:
    """One remark for all traces of these kinds, with the first of them quoted."""
    traces = [t for t in context.outline.traces if t.kind in kinds]
    if not traces:
        return
    shown = "、".join(f"“{detail(t)}”" for t in traces[:3] if t.detail) + ("等" if len(traces) > 3 else "")
    yield Remark(
        zh=f"{what}，共{len(traces)}处{'：' + shown if shown else ''}。",
        en=f"{len(traces)} trace(s): {', '.join(kinds)}.",
        places=tuple(t.place for t in traces if t.place is not None),
        key=tuple(sorted({f"{t.kind}:{t.detail[:60]}" for t in traces})),
        severity=severity,
        found=shown,
        suggestion=suggestion,
    )


def detail(trace: Trace) -> str:
    """What a trace says, on one line and cut to 40 characters."""
    text = " ".join(trace.detail.split())
    return text if len(text) <= 40 else text[:40] + "……"


def is_local(address: str) -> bool:
    """Whether a link leads to a local file or an address inside the office network."""
    return bool(_LOCAL.match(address.strip()))
