"""Patterns that wait: they answer as compiled ones do, are compiled when they are wanted, and the words that they wait for are needed by every match."""

from __future__ import annotations

import gc
import importlib
import pkgutil
import re
from collections.abc import Iterable, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import gouji
from gouji.model.regex import Regex, regex

TEXTS = ("", "原因", "主要原因是增加3人", "增加3人，减少2人", "没有", "原因a\n原因b")
PATTERNS = ((r"原因(?:是)?(?P<what>\w*)", ("原因",), 0), (r"(\d)人|^原因", ("人", "原因"), re.MULTILINE), (r"增?", (), 0), (r"[,，]", ("，", ","), 0))


@pytest.mark.parametrize("given", PATTERNS, ids=str)
@pytest.mark.parametrize("text", TEXTS)
def test_it_answers_as_a_compiled_pattern_does(given: tuple[str, tuple[str, ...], int], text: str) -> None:
    source, words, flags = given
    ours, pythons = regex(source, *words, flags=flags), re.compile(source, flags)
    for method in ("search", "match", "fullmatch"):
        for place in ((), (1,), (0, 3)):
            assert str(getattr(ours, method)(text, *place)) == str(getattr(pythons, method)(text, *place))
    assert [m.span() for m in ours.finditer(text)] == [m.span() for m in pythons.finditer(text)]
    assert [m.span() for m in ours.finditer(text, 2)] == [m.span() for m in pythons.finditer(text, 2)]
    assert ours.findall(text) == pythons.findall(text)
    assert ours.sub("-", text) == pythons.sub("-", text)
    assert ours.subn("-", text, 1) == pythons.subn("-", text, 1)
    assert ours.split(text) == pythons.split(text)
    assert (ours.pattern, ours.groups, ours.flags, ours.groupindex) == (pythons.pattern, pythons.groups, pythons.flags, pythons.groupindex)


def test_it_is_compiled_when_a_text_holds_one_of_its_words() -> None:
    words: Any = regex("(?:原因|由于)[^。]*", "原因", "由于")
    assert words.search("没有") is None
    assert words.sub("", "没有") == "没有"
    assert words.findall("没有") == []
    assert "compiled" not in vars(words)
    assert words.search("由于人员增加") is not None
    assert "compiled" in vars(words)


def test_a_pattern_that_is_none_is_told_of_when_it_is_wanted() -> None:
    with pytest.raises(re.error):
        regex("(").search("(")


def _of_the_program() -> list[Regex]:
    for module in pkgutil.walk_packages(gouji.__path__, "gouji."):
        if not module.name.startswith("gouji.web") and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return [each for each in gc.get_objects() if isinstance(each, Regex)]


def test_every_pattern_of_the_program_is_one_and_every_match_holds_one_of_its_words() -> None:
    every = _of_the_program()
    assert len(every) > 500
    for each in every:
        assert each.compiled.pattern == each.pattern
        assert not each.words or _needs(parser.parse(each.pattern, each.compiled.flags), each.words), f"{each.pattern} matches without any of {each.words}"


@pytest.mark.parametrize(
    ("source", "words", "needed"),
    [
        ("主要原因", ("原因",), True), ("(?:原因|由于).*", ("原因", "由于"), True), ("(?:原因|由于).*", ("原因",), False), ("(?:原因)?是", ("原因",), False),
        ("(?:原因)+是", ("原因",), True), ("[增减]少", ("增", "减"), True), ("[增减]少", ("增",), False), ("(?=原因).", ("原因",), True), ("(?!原因).", ("原因",), False),
        ("收入|收支", ("收",), True), ("收入|收支", ("收入", "收支"), True), ("(?i)a", ("a",), False), ("原.?因", ("原因",), False),
    ],
)  # fmt: skip
def test_the_proof_itself_tells_needed_words_from_others(source: str, words: tuple[str, ...], needed: bool) -> None:
    assert _needs(parser.parse(source), words) is needed


def _needs(parsed: Any, words: Sequence[str]) -> bool:
    """Whether every match of a parsed pattern holds one of the words. What cannot be told is no."""
    return not parsed.state.flags & re.IGNORECASE and all(any(word in run for run in runs for word in words) for runs in _ways(parsed))


def _ways(parsed: Iterable[Any]) -> list[list[str]]:
    """The ways through a pattern, each as the runs of characters that it certainly holds."""
    ways: list[list[str]] = [[""]]
    for kind, value in parsed:
        if kind is op.LITERAL:
            ways = [[*way[:-1], way[-1] + chr(value)] for way in ways]
            continue
        if kind is op.SUBPATTERN and not value[1] & re.IGNORECASE:
            inner = _ways(value[3])
        elif kind is op.BRANCH:
            inner = [way for branch in value[1] for way in _ways(branch)]
        elif kind is op.IN and len(value) <= 12 and all(item[0] is op.LITERAL for item in value):
            inner = [[chr(item[1])] for item in value]
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) and value[0] > 0:
            inner = [[*way, ""] for way in _ways(value[2])]
        elif kind is op.ASSERT:
            inner = [["", *way, ""] for way in _ways(value[1])]
        elif kind is op.AT:
            continue
        else:
            inner = [["", ""]]
        if len(ways) * len(inner) > 4000:  # too many to follow: what stands here is not counted
            inner = [["", ""]]
        ways = [[*way[:-1], way[-1] + more[0], *more[1:]] for way in ways for more in inner]
    return ways
