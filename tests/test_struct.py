"""Value classes: what they promise is what `dataclasses` promises."""

import copy
import pickle
from typing import ClassVar

import pytest

from deskbreak.struct import Struct, asdict, field, fields, replace


class Point(Struct, order=True):
    x: int
    y: int = 0


class Named(Point):
    name: str = "?"


class Window(Struct, kw_only=True):
    days: tuple[str, ...] = ()
    begins: int
    word: ClassVar = "window"


class Bag(Struct, frozen=False):
    things: list[int] = field(default_factory=list)
    total: int = field(init=False)

    def __post_init__(self) -> None:
        self.total = sum(self.things)


def test_fields_are_given_by_place_or_by_name_and_have_defaults() -> None:
    assert (Point(1).x, Point(1).y) == (1, 0)
    assert Point(y=2, x=1) == Point(1, 2)
    assert repr(Point(1)) == "Point(x=1, y=0)"


@pytest.mark.parametrize(
    ("given", "named", "what"),
    [
        ((), {}, "needs 'x'"),
        ((1, 2, 3), {}, "takes 2 by place, 3 given"),
        ((1,), {"x": 2}, "'x' twice"),
        ((1,), {"z": 2}, "no field 'z'"),
    ],
)
def test_what_does_not_fit_is_refused(
    given: tuple[int, ...], named: dict[str, int], what: str
) -> None:
    with pytest.raises(TypeError, match=what):
        Point(*given, **named)


def test_a_value_is_frozen_and_equal_to_its_like_alone() -> None:
    point = Point(1, 2)
    with pytest.raises(AttributeError, match="frozen"):
        point.x = 3  # type: ignore[misc]
    with pytest.raises(AttributeError, match="frozen"):
        del point.x
    assert point != Named(1, 2)
    assert len({point, Point(1, 2), Point(2, 1)}) == 2
    assert sorted([Point(2), Point(1, 5), Point(1)]) == [Point(1), Point(1, 5), Point(2)]


def test_one_that_may_change_has_no_hash_and_defaults_of_its_own() -> None:
    bag, other = Bag(), Bag([1, 2])
    bag.things.append(3)
    assert (bag.things, Bag().things, other.total) == ([3], [], 3)
    with pytest.raises(TypeError):
        hash(bag)


def test_a_subclass_has_the_fields_of_its_base_first() -> None:
    assert fields(Named) == ("x", "y", "name")
    assert Named(1, name="a") == Named(1, 0, "a")
    match Named(1, 2, "b"):
        case Named(x, y, name):
            assert (x, y, name) == (1, 2, "b")
    assert not hasattr(Named(1), "__dict__")


def test_fields_by_name_alone_may_stand_in_any_order() -> None:
    assert Window(begins=9) == copy.deepcopy(Window(begins=9, days=()))
    assert (fields(Window), Window.word) == (("days", "begins"), "window")
    with pytest.raises(TypeError, match="takes 0 by place, 1 given"):
        Window(9)  # type: ignore[call-arg, arg-type]


def test_a_field_tells_whether_it_has_to_be_given() -> None:
    needed = {name: one.needed for name, one in {**Window.fields_, **Bag.fields_}.items()}
    assert needed == {"days": False, "begins": True, "things": False, "total": False}
    assert (Window.fields_["begins"].make(), Bag.fields_["things"].make()) == (None, [])


def test_it_can_be_changed_taken_apart_and_copied() -> None:
    named = Named(1, 2, "c")
    assert replace(named, x=5) == Named(5, 2, "c")
    assert asdict(Bag([1])) == {"things": [1], "total": 1}
    assert copy.deepcopy(named) == pickle.loads(pickle.dumps(named)) == named
