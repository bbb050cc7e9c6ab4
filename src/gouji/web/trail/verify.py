"""Whether the record is as it was written: the chain of digests, its length, and that each row stands as its last change left it."""

from __future__ import annotations

from collections.abc import Iterator

from gouji.web.trail.models import Change, Head


def broken_links() -> Iterator[str]:
    """One Chinese sentence for every place where the chain does not hold; nothing where it does."""
    previous, expected = "", 1
    for change in Change.objects.order_by("id").iterator(chunk_size=2000):
        if change.id != expected:
            yield f"第 {expected} 条至第 {change.id - 1} 条记录不见了"
        elif change.previous != previous:
            yield f"第 {change.id} 条记录与前一条接不上"
        if change.digest != change.computed():
            yield f"第 {change.id} 条记录（{change.label}，{change.at:%Y-%m-%d %H:%M}）在写入之后被改动过"
        previous, expected = change.digest, change.id + 1
    head = Head.objects.get(pk=1)
    if head.last != expected - 1 or head.digest != previous:
        yield f"记录到第 {expected - 1} 条为止，账上应到第 {head.last} 条：末尾的记录不见了或被改动过"
