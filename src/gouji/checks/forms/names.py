"""Names of indicators and projects: when two prints name one thing.

>>> alike("规上工业增加值增速", "规模以上工业增加值增速")
True
>>> alike("办公设备数量", "办公家具数量")
False
"""

from __future__ import annotations

from functools import lru_cache

from gouji.model.records import Indicator, Project
from gouji.model.regex import regex
from gouji.standards.folding import fold

_SIGNS = regex(r"[\s,，。.;；:：、\"“”'‘’()（）《》<>\-—_/]")
_INNER_QUOTES = str.maketrans("“”", "‘’")
_SAME = (("规上", "规模以上"), ("附加值", "增加值"), ("满意率", "满意度"), ("经费费", "经费"))
_PROJECT_WORDS = regex(r"项目|专项|资金|经费|费用|工作|20\d\d年度?|20\d\d|年度|预算|支出|绩效|自评|评价|报告|关于|开展|的|费$")
#: Names that many projects share without speaking of one thing.
_COMMON = regex(r"^(?:项目|任务|工作)?(?:实施|总|资金)?(?:完成|拨付|支付|执行|使用|实施)?(?:时间|时限|率|进度|数量|质量|成本|费用|合格率|及时率|完成率|验收率|验收合格率)$|满意|成本|费用?$|经费$|时间$|时限$|影响")


@lru_cache(maxsize=65_536)
def bare(name: str) -> str:
    """A name without signs and blanks, abbreviations written out."""
    text = _SIGNS.sub("", fold(name))
    for short, long in _SAME:
        if long not in text:
            text = text.replace(short, long)
    return text


def widespread(name: str) -> bool:
    """Whether a name says too little to stand for one thing in two projects."""
    text = bare(name)
    return len(text) < 5 or _COMMON.search(text) is not None


@lru_cache(maxsize=65_536)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def likeness(first: str, second: str) -> float:
    """0 … 1: how many pairs of neighbouring characters two names share."""
    a, b = _pairs(bare(first)), _pairs(bare(second))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def alike(first: str, second: str, least: float = 0.85) -> bool:
    """Whether two names of indicators are the same, one lengthened, or all but the same."""
    a, b = bare(first), bare(second)
    if not a or not b:
        return False
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    return (len(short) >= 6 and short in long and len(short) * 10 >= len(long) * 6) or likeness(first, second) >= least


@lru_cache(maxsize=65_536)
def project_name(name: str) -> str:
    """What is left of a project's name without the words that all have."""
    return _PROJECT_WORDS.sub("", bare(name))


def same_project(first: str, second: str) -> bool:
    """Whether two names mean one project: 体检费 and 体检费用, 调查经费 and 调查专项经费."""
    a, b = project_name(first), project_name(second)
    return len(a) >= 2 and a == b


def form_name(project: Project) -> str:
    """The project's name, else its code; the overall form by what it is."""
    if project.overall:
        return "部门整体"
    name = "".join(fold(project.name.text or project.code.text or "").split())
    return name.translate(_INNER_QUOTES) or "项目"


def title(indicator: Indicator, at: int) -> str:
    """An indicator in a sentence."""
    name = "".join(fold(indicator.name).split()).translate(_INNER_QUOTES)
    return f"指标“{name if len(name) <= 30 else name[:29] + '…'}”" if name else f"第{at + 1}项指标"
