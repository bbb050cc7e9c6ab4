"""A record is Python's own frozen dataclass with slots in everything that can be seen of it."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from typing import Any

import pytest

from gouji.model.record import record


class Ours:
    """Records."""

    @record
    class Span:
        """Two places, a remark that takes no part, names."""

        start: int
        end: int = 7
        remark: str = field(default="", compare=False, repr=False)
        names: list[str] = field(default_factory=list)
        seen: tuple[int, ...] = ()

        @property
        def length(self) -> int:
            return self.end - self.start

    @record
    class One:
        """A single field."""

        value: object

    @record
    class Nothing:
        """No field."""

    @record
    class Checked:
        """Looks at itself when it is made; compares in its own way."""

        value: int
        double: int = field(init=False, repr=False)

        def __post_init__(self) -> None:
            if self.value < 0:
                raise ValueError("negative")
            object.__setattr__(self, "double", self.value * 2)

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Ours.Checked) and self.value % 10 == other.value % 10

        def __hash__(self) -> int:
            return self.value % 10


class Pythons:
    """The same by Python's dataclasses."""

    @dataclass(frozen=True, slots=True)
    class Span:
        """Two places, a remark that takes no part, names."""

        start: int
        end: int = 7
        remark: str = field(default="", compare=False, repr=False)
        names: list[str] = field(default_factory=list)
        seen: tuple[int, ...] = ()

    @dataclass(frozen=True, slots=True)
    class One:
        """A single field."""

        value: object

    @dataclass(frozen=True, slots=True)
    class Nothing:
        """No field."""


MADE: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = [
    ("Span", (1,), {}), ("Span", (1, 2, "x"), {"names": ["a"]}), ("Span", (1, 2, "y"), {"names": ["a"]}), ("Span", (1, 2), {"seen": (3,)}),
    ("Span", (), {"start": 4, "end": 5}), ("One", (1,), {}), ("One", ((1,),), {}), ("One", (None,), {}), ("Nothing", (), {}),
]  # fmt: skip


def of(kinds: type, made: tuple[str, tuple[Any, ...], dict[str, Any]]) -> Any:
    name, given, named = made
    return getattr(kinds, name)(*given, **named)


@pytest.mark.parametrize("made", MADE, ids=str)
def test_it_shows_itself_and_its_fields_as_a_dataclass_does(made: tuple[str, tuple[Any, ...], dict[str, Any]]) -> None:
    ours, pythons = of(Ours, made), of(Pythons, made)
    assert repr(ours) == repr(pythons).replace("Pythons.", "Ours.")
    assert is_dataclass(ours)
    assert [(f.name, f.type, f.compare) for f in fields(ours)] == [(f.name, f.type, f.compare) for f in fields(pythons)]
    for name in ("__slots__", "__match_args__", "__doc__"):
        assert getattr(type(ours), name) == getattr(type(pythons), name)


@pytest.mark.parametrize("one", MADE, ids=str)
def test_two_are_equal_when_two_dataclasses_are(one: tuple[str, tuple[Any, ...], dict[str, Any]]) -> None:
    for other in MADE:
        assert (of(Ours, one) == of(Ours, other)) == (of(Pythons, one) == of(Pythons, other))
    assert of(Ours, one) != of(Pythons, one)


def test_equal_records_have_one_hash_and_what_holds_a_list_has_none() -> None:
    assert len({Ours.One(1), Ours.One(1), Ours.One((1,)), Ours.Nothing(), Ours.Nothing()}) == 3
    assert hash(Ours.One(3)) == hash(Pythons.One(3))
    with pytest.raises(TypeError):
        hash(Ours.Span(1))


def test_nothing_of_it_can_be_changed() -> None:
    span = Ours.Span(1)
    with pytest.raises(FrozenInstanceError, match="end"):
        span.end = 3  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="end"):
        del span.end
    with pytest.raises(FrozenInstanceError):
        span.other = 3  # type: ignore[attr-defined]
    assert span == Ours.Span(1)


def test_a_default_that_is_made_is_made_anew() -> None:
    assert Ours.Span(1).names is not Ours.Span(1).names


def test_it_is_replaced_copied_and_pickled() -> None:
    span = Ours.Span(1, 2, "said", ["a"])
    assert replace(span, end=9) == Ours.Span(1, 9, names=["a"])
    assert span.length == 1
    for again in (copy.copy(span), copy.deepcopy(span), pickle.loads(pickle.dumps(span))):
        assert again == span
        assert again.remark == "said"


def test_what_a_class_says_itself_stands() -> None:
    assert Ours.Checked(3) == Ours.Checked(13)
    assert Ours.Checked(3).double == 6
    assert len({Ours.Checked(3), Ours.Checked(13)}) == 1
    with pytest.raises(ValueError, match="negative"):
        Ours.Checked(-1)


@pytest.mark.parametrize(("given", "named"), [((), {}), ((1, 2, "", [], (), 3), {}), ((1,), {"start": 1}), ((1,), {"other": 1})], ids=str)
def test_wrong_arguments_are_refused_as_ever(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        Ours.Span(*given, **named)


def test_a_field_that_a_record_does_not_know_how_to_take_is_refused_at_once() -> None:
    class Odd:
        """Given by name only."""

        value: int = field(default=1, kw_only=True)

    with pytest.raises(TypeError, match="Odd"):
        record(Odd)
