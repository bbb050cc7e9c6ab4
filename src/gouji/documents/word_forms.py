"""Old form fields of Word (``w:ffData``): what a check box or a list shows."""

from __future__ import annotations

from lxml import etree

from gouji.documents.word_names import VAL, W, switch, value, whole


def form_field(element: etree._Element) -> str:
    """What an old form field shows: the box of a check box, the chosen entry of a list."""
    data = element.find(W + "ffData")
    if data is None:
        return ""
    box = data.find(W + "checkBox")
    if box is not None:
        checked = switch(box, W + "checked")
        return "☑" if (checked if checked is not None else switch(box, W + "default")) else "☐"
    choices = data.find(W + "ddList")
    if choices is not None:
        entries = [entry.get(VAL, "") for entry in choices.iterchildren(W + "listEntry")]
        at = whole(value(choices, W + "result"), whole(value(choices, W + "default"), 0)) or 0
        return entries[at] if 0 <= at < len(entries) else ""
    return ""
