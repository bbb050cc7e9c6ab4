"""Tables of a PDF that go on over pages.

A table at the foot of a page and one at the head of the next with the same edges are one table, whose rows are counted on; running headers
and page numbers may stand between. Rows of a head that is printed again stay where a person sees them (``tables.Table.repeated`` names
them). Where the second begins like the first although the page had room left, it is a table of its own: forms are printed one a page.

What the page's end has cut is put together: a row all of whose cells on the new page go on with full lines of the row above (its text then
stands with the row's beginning), and a merged cell that is empty on the new page. Anything less certain stays two rows.
"""

from __future__ import annotations

from dataclasses import replace

from gouji.documents.portable_glyphs import Line, goes_on
from gouji.documents.portable_pages import Page, PageTable

#: Edges of one table may differ so much (points) from page to page.
NEAR = 4.5
#: The margins of a page, in which running headers and page numbers stand (a title of the text stands below).
_MARGIN = 72.0
#: A table that ends above this part of its page, or so far above its foot, has not been broken by the page's end, if it begins anew on the next.
_FULL, _FOOT = 0.6, 105.0
_SLACK = 12.0

#: Where a piece of a table stands: page and index of its item.
At = tuple[int, int]
Chain = list[tuple[At, PageTable]]


def chains_of(pages: list[Page], captions: list[set[int]]) -> list[Chain]:
    """The tables of the document as lists of their pieces. Grids without any text are no tables. ``captions``: by page, the indices of running
    headers and page numbers."""
    chains: list[Chain] = []
    lowest: dict[tuple[int, int], float] = {}
    for page in pages:
        for item in page.lines:
            if isinstance(item, PageTable):
                size = round(page.width), round(page.foot - page.head)
                lowest[size] = max(lowest.get(size, 0.0), item.bottom - page.head)
    open_end: Chain | None = None  # the chain whose last piece ends the page before
    for number, page in enumerate(pages):
        body = [index for index, item in enumerate(page.lines) if _is_body(page, item, index in captions[number])]
        at_end: Chain | None = None
        for index in body:
            item = page.lines[index]
            if not isinstance(item, PageTable):
                continue
            chain: Chain = []
            if open_end is not None and index == body[0]:
                before = pages[number - 1]
                room = lowest[round(before.width), round(before.foot - before.head)] - (open_end[-1][1].bottom - before.head)
                if _continues(open_end[0][1], open_end[-1][1], item, before, room):
                    chain = open_end
            if not chain:
                chains.append(chain)
            chain.append(((number, index), item))
            if index == body[-1]:
                at_end = chain
        open_end = at_end
    found = [chain for chain in chains if any(any(piece.texts) for _, piece in chain)]
    for chain in found:
        for index in range(1, len(chain)):
            _mend(chain, index)
    return found


def _is_body(page: Page, item: str | Line | PageTable, is_caption: bool) -> bool:
    if isinstance(item, PageTable):
        return True
    if isinstance(item, str):
        return bool(item.strip())
    return not (is_caption and (item.bottom < page.head + _MARGIN or item.top > page.foot - _MARGIN))


def _continues(first: PageTable, last: PageTable, item: PageTable, page: Page, room: float) -> bool:
    if abs(last.xs[0] - item.xs[0]) > NEAR or abs(last.xs[-1] - item.xs[-1]) > NEAR:
        return False
    if not (_within(last.xs, item.xs) or _within(item.xs, last.xs)):
        return False
    head = _repeated_head(first, item)
    if head == 0:
        return True
    following = item.ys[min(head + 1, item.rows)] - item.ys[min(head, item.rows - 1)]
    full = last.bottom > page.head + _FULL * (page.foot - page.head) and page.foot - last.bottom <= _FOOT + following
    return full and room <= following + _SLACK


def _repeated_head(first: PageTable, item: PageTable) -> int:
    """How many rows of the piece print the first rows of the table again."""
    head = 0
    while head < min(first.rows, item.rows):
        texts = [first.texts[index] for index in first.row(head)]
        if not any(texts) or texts != [item.texts[index] for index in item.row(head)]:
            break
        head += 1
    return head


def _within(edges: list[float], others: list[float]) -> bool:
    return all(min(abs(edge - other) for other in others) <= NEAR for edge in edges)


def _mend(chain: Chain, index: int) -> None:
    """Puts together what the page's end has cut between a piece and the one before it."""
    (before_at, before), (at, piece) = chain[index - 1], chain[index]
    head = _repeated_head(chain[0][1], piece)
    if not before.rows or head >= piece.rows:
        return
    reaching = [cell for cell, span in enumerate(before.cells) if span.row + span.rows == before.rows]
    pairs: dict[int, int] = {}
    for cell in piece.row(head):
        left, right = piece.sides(cell)
        for above in reaching:
            over_left, over_right = before.sides(above)
            if abs(left - over_left) <= NEAR and abs(right - over_right) <= NEAR:
                pairs[cell] = above
                break
    joints = _joints(before, piece, head, pairs)
    if joints is not None:
        texts = list(before.texts)
        for cell, joint in joints.items():
            texts[pairs[cell]] += joint + piece.texts[cell]
        chain[index - 1] = before_at, replace(before, texts=texts)
        chain[index] = at, _without_row(piece, head, frozenset(pairs))
    elif head == 0 and any(piece.texts[cell] for cell in piece.row(0)):
        # A cell that is empty here continues the merged cell above; a row of nothing but empty cells is a row.
        continued = {
            cell
            for cell, above in pairs.items()
            if not piece.texts[cell] and (before.cells[above].rows > 1 or above in before.continued or piece.cells[cell].rows > 1)
        }
        chain[index] = at, replace(piece, continued=frozenset(continued))


def _joints(before: PageTable, piece: PageTable, row: int, pairs: dict[int, int]) -> dict[int, str] | None:
    """For a row that goes on with the last row of the piece before: what stands between the texts of its filled cells and those above. None
    where it is a row of its own: a text does not go on; or none goes on beyond doubt, and cells under figures are filled."""
    begun = piece.row(row)
    if any(cell not in pairs for cell in begun) or (row and any(piece.cells[cell].rows > 1 for cell in begun)):
        return None
    if any(span.row < row < span.row + span.rows for span in piece.cells):
        return None
    joints: dict[int, str] = {}
    figures = [cell for cell in begun if any(character.isdigit() for character in before.texts[pairs[cell]])]
    certain = bool(figures) and not any(piece.texts[cell] for cell in figures)
    for cell in begun:
        following, line = piece.lines[cell][0], before.lines[pairs[cell]][1]
        if not following:
            continue
        left, right = piece.sides(cell)
        found = goes_on(line, following, right - left) if line else None
        if found is None:
            return None
        joints[cell] = found[0]
        certain = certain or found[1]
    return joints if certain and joints else None


def _without_row(piece: PageTable, row: int, gone: frozenset[int]) -> PageTable:
    """The piece without a row; what of its cells reaches further down goes on with the cell above."""
    kept: list[int] = [cell for cell in range(len(piece.cells)) if cell not in gone or piece.cells[cell].rows > 1]
    cells, texts, lines = [], [], []
    for cell in kept:
        span = piece.cells[cell]
        if cell in gone:
            span = span._replace(rows=span.rows - 1)
        elif span.row > row:
            span = span._replace(row=span.row - 1)
        cells.append(span)
        texts.append("" if cell in gone else piece.texts[cell])
        lines.append(piece.lines[cell])
    continued = frozenset(at for at, cell in enumerate(kept) if cell in gone)
    ys = piece.ys[:row] + piece.ys[row + 1 :]
    return PageTable(piece.xs, ys, cells, texts, lines, continued)
