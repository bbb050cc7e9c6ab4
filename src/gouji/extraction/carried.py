"""What a paragraph goes on with of the one before it (承前): its subject, where its first words show that it has none of its own."""

from __future__ import annotations

from gouji.extraction.meanings import Subject
from gouji.model.regex import regex

CODED_FIRST = regex(r"[\s(]*2\d\d(?:\d\d){0,2}(?![\d.,])[\s)]*(?![万亿元年个人余多家名件项次%])[一-龥]")  # an item of its own, though the table of this year's codes may not know it
_CONTINUES = regex(
    r"^(?:[(（]?\d{1,2}[)）、.])?(?:其中|较|比|与|同|完成|,|决算数|支出决算|年初预算|全年预算|同比|下降|增长|增加|减少|占)"
)
#: A numbered item with words of its own before its first figure's name: another item, whatever it is called.
_OWN_NAME = regex(r"(?:(?<!^)|(?=[^,。;:]{2,20}\(类\)))(?!其中|本|该|全年|当年|上年|截至|主要|具体|较|比|与|同)[一-龥()]{4,40}:(?:20\d\d年度?)?(?:年初|全年|调整后?)?(?:预算|支出|决算)")
#: The lead of a list that parts what the paragraph before told of: 按科目类别分：公共安全支出….
_PARTED = regex(r"^(?:[(（]?\d{1,2}[)）、.])?(?:按[^,。;:]{2,12}(?:分|分类|划分|看)|(?:从|分)[^,。;:]{2,10}看)[,:]")


def carries_on(above: Subject, text: str, lead: int) -> bool:
    """Whether a paragraph whose number is ``lead`` long still tells of ``above``, the subject of the paragraph before it."""
    if (above.strong and not _OWN_NAME.match(text, lead)) or _CONTINUES.match(text):
        return True
    return not {"function", "economic"} & dict(above.dimensions).keys() and _PARTED.match(text) is not None
