"""The order in which a disclosure is written (编制顺序): ``data/<pack>/disclosure.yaml`` as typed steps.

A step is a heading, a sentence of ``templates.yaml``, an author's text, a chart or a whole part (contents, glossary, forms, statements). A pack that
has the file replaces its parent's whole plan. Which wording is written follows from conditions over the facts, in one small notation::

    - write:
      - total.alone if unknown grand_total|change
      - total.level if grand_total|change = 0
      - total
      needs:
      - reason.total if grand_total|change > 0

=============================================  ==================================================================================
``ref = 0`` ``!=`` ``>`` ``<`` ``>=`` ``<=``   the figure as it will be printed, held against a number (false where it is not stated)
``known ref`` ``unknown ref``                  whether the dossier states the figure
``text slot`` ``no text slot``                 whether the author gave the text
``kind unit`` ``kind department``              what the disclosure is of
``withheld ref each 项``         whether every item that the figure is stated of is classified (``ref`` has ``function=*``; 类, 款 or 项)
``has forms`` ``no forms``                     whether there are self-evaluation forms or an evaluation of the whole
=============================================  ==================================================================================

Conditions are joined by `` and ``. Only writing loads this: a check never does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, cast

from gouji.model.record import record
from gouji.model.regex import regex
from gouji.standards.notation import NotationError, each_parts, parse_each, parse_ref
from gouji.standards.pack import Concept, Ref, Standards

StepKind = Literal["cover", "contents", "heading", "write", "author", "chart", "glossary", "forms", "statements", "list", "evaluation"]
KINDS: tuple[StepKind, ...] = ("cover", "contents", "heading", "write", "author", "chart", "glossary", "forms", "statements", "list", "evaluation")
_COMPARISON = regex(r"(?P<ref>\S+)\s+(?P<op>=|!=|>=|<=|>|<)\s+(?P<number>-?\d+(?:\.\d+)?)$")
_FIELDS = frozenset(("text", "if", "needs", "lists", "each", "numbered", "kind", "points", "number", "break", "style"))


@record
class Condition:
    """One condition: ``op`` is a comparison, ``known``, ``unknown``, ``text``, ``no text``, ``kind``, ``has`` or ``no``."""

    op: str
    ref: Ref | None = None
    number: Decimal = Decimal(0)
    word: str = ""


@record
class Case:
    """A name (of a sentence, of a text slot) that applies where all conditions hold."""

    name: str
    conditions: tuple[Condition, ...] = ()


@record
class Each:
    """For every value of a dimension that is stated: ``function@项`` is every 项 code."""

    dimension: str
    level: str = ""


@record
class Point:
    """A column or slice of a chart: its label (``{Y-1}年度``) and what it shows; with ``each`` one for every value, labelled by its name."""

    label: str
    ref: Ref
    each: Each | None = None


@record
class Step:
    """One step. ``name`` is the role of a heading, the slot of an author's text; ``text`` is what is printed, with ``{Y}``, ``{Y-1}``, ``{unit}``, ``{word}``."""

    kind: StepKind
    name: str = ""
    text: str = ""
    cases: tuple[Case, ...] = ()
    conditions: tuple[Condition, ...] = ()
    needs: tuple[Case, ...] = ()
    lists: tuple[tuple[str, str, Each], ...] = ()  # slot, sentence, for each
    each: Each | None = None
    numbered: bool = False
    chart: Literal["column", "pie"] = "column"
    points: tuple[Point, ...] = ()
    style: str = ""


def plan_of(standards: Standards) -> tuple[Step, ...]:
    """The steps of a jurisdiction and year. Raises :class:`NotationError` where the data are wrong (the packs are tested)."""
    return tuple(parse_step(each, standards.concepts) for each in standards.disclosure)


def parse_step(values: Mapping[str, Any], concepts: Mapping[str, Concept]) -> Step:
    """A step as YAML gives it."""
    kinds = [kind for kind in KINDS if kind in values]
    kind = kinds[0] if kinds else None
    if kind is None:
        raise NotationError(f"编制顺序的一步 {dict(values)!r} 应有 {'、'.join(KINDS)} 之一")
    unknown = sorted(set(values) - _FIELDS - {kind})
    if unknown:
        raise NotationError(f"编制顺序的一步有不认识的键 {'、'.join(unknown)}")
    head = values[kind]
    cases: tuple[Case, ...] = ()
    name, text = "", str(values.get("text", ""))
    if kind == "write":
        cases = tuple(_case(each, concepts) for each in ([head] if isinstance(head, str) else head))
    elif kind in ("heading", "author", "list"):
        name = str(head)
    else:
        text = text or str(head)
    points = tuple(_point(each, concepts) for each in values.get("points") or ())
    return Step(
        kind, name, text, cases, _conditions(str(values.get("if", "")), concepts),
        tuple(_case(each, concepts) for each in values.get("needs") or ()),
        tuple(_list(slot, of) for slot, of in (values.get("lists") or {}).items()),
        _each(values["each"]) if values.get("each") else None, bool(values.get("numbered")),
        cast(Literal["column", "pie"], values.get("kind", "column")), points, str(values.get("style", "")),
    )  # fmt: skip


def _case(text: str, concepts: Mapping[str, Concept]) -> Case:
    name, _, conditions = text.partition(" if ")
    return Case(name.strip(), _conditions(conditions, concepts))


def _conditions(text: str, concepts: Mapping[str, Concept]) -> tuple[Condition, ...]:
    return tuple(_condition(each.strip(), concepts) for each in text.split(" and ") if each.strip())


def _condition(text: str, concepts: Mapping[str, Concept]) -> Condition:
    if (match := _COMPARISON.match(text)) is not None:
        return Condition(match["op"], parse_ref(match["ref"], concepts), Decimal(match["number"]))
    if text.startswith("withheld "):
        ref, _, level = text.removeprefix("withheld ").partition(" each ")
        return Condition("withheld", parse_ref(ref, concepts), word=level.strip())
    for word in ("known", "unknown"):
        if text.startswith(word + " "):
            return Condition(word, parse_ref(text.removeprefix(word), concepts))
    for word in ("no text", "text", "kind", "has", "no"):
        if text.startswith(word + " "):
            return Condition(word, word=text.removeprefix(word).strip())
    raise NotationError(f"条件 {text!r} 读不懂")


def _each(text: str) -> Each:
    dimension, level, _ = each_parts(parse_each(text))
    return Each(dimension, level)


def _list(slot: str, of: str) -> tuple[str, str, Each]:
    sentence, found, each = of.partition(" each ")
    if not found:
        raise NotationError(f"列举 {of!r} 应写作 句式 each 维度")
    return slot, sentence.strip(), _each(each)


def _point(text: str, concepts: Mapping[str, Concept]) -> Point:
    label, found, ref = text.rpartition(": ")
    if not found:
        raise NotationError(f"图的数据点 {text!r} 应写作 名称: 指标")
    ref, _, each = ref.partition(" each ")
    return Point(label.strip(), parse_ref(ref, concepts), _each(each) if each else None)


def sentences_of(steps: Sequence[Step]) -> tuple[str, ...]:
    """The ids of all sentences that a plan may write."""
    names = [case.name for step in steps for case in step.cases] + [sentence for step in steps for _, sentence, _ in step.lists]
    return tuple(dict.fromkeys(names))
