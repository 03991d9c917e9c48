from typing import Any

import pytest

from deskbreak.adapters.tray.menu import build
from deskbreak.adapters.tray.toolkit import Menu, MenuItem
from deskbreak.core.enums import State
from deskbreak.systems.linux.tray.dbusmenu import Change, Snapshot
from tests.statuses import Desk, bout, due, every_status, status
from tests.text.test_display import EVIL, harmless


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def menu(desk: Desk) -> Any:
    return build(desk.sources())


@pytest.fixture
def snapshot(menu: Any) -> Snapshot:
    made = Snapshot()
    assert made.take(menu).layout
    return made


def numbers(snapshot: Snapshot) -> dict[str, int]:
    return {
        properties["label"][1]: number
        for number, properties in snapshot.properties([], [])
        if "label" in properties
    }


def test_the_same_menu_again_changes_nothing(snapshot: Snapshot, menu: Any) -> None:
    revision = snapshot.revision
    assert snapshot.take(menu) == Change()
    assert snapshot.revision == revision


def test_another_text_keeps_every_number(snapshot: Snapshot, menu: Any, desk: Desk) -> None:
    before = numbers(snapshot)
    desk.now = status(bout=bout(13))
    change = snapshot.take(menu)
    assert not change.layout
    assert change.updated == (
        (before["Sitting 12 min · break in 18 min"],
         {"label": ("s", "Sitting 13 min · break in 17 min")}),
    )  # fmt: skip
    assert change.removed == ()
    assert numbers(snapshot)["Quit"] == before["Quit"]


def test_what_is_enabled_again_loses_its_property() -> None:
    live = True
    menu = Menu(MenuItem("Walk", lambda: None, enabled=lambda _item: live))
    snapshot = Snapshot()
    snapshot.take(menu)
    number = numbers(snapshot)["Walk"]
    live = False
    assert (number, {"enabled": ("b", False)}) in snapshot.take(menu).updated
    live = True
    assert (number, ["enabled"]) in snapshot.take(menu).removed


def test_another_shape_has_no_number_of_the_old_one(
    snapshot: Snapshot, menu: Any, desk: Desk
) -> None:
    before = set(numbers(snapshot).values())
    desk.now = status(state=State.PAUSED, paused=True)
    assert snapshot.take(menu).layout
    assert before.isdisjoint(numbers(snapshot).values())
    assert all(snapshot.node(number) is None for number in before)


def test_other_words_in_the_same_places_are_another_shape(
    snapshot: Snapshot, menu: Any, desk: Desk
) -> None:
    desk.areas = [desk.areas[1], desk.areas[0]]
    assert snapshot.take(menu).layout


def test_an_underscore_is_not_a_shortcut(snapshot: Snapshot) -> None:
    assert "Hips__and__back" in numbers(snapshot)


def test_a_label_that_no_bus_carries_is_made_one_that_it_does(menu: Any, desk: Desk) -> None:
    desk.areas = [("Nack\0en\ud800", "neck-1")]
    snapshot = Snapshot()
    snapshot.take(menu)
    assert "Nack�en�" in numbers(snapshot)


def test_a_label_is_one_short_line_that_does_nothing(menu: Any, desk: Desk) -> None:
    desk.areas = [(EVIL * 20, "neck-1")]
    snapshot = Snapshot()
    snapshot.take(menu)
    (label,) = [name for name in numbers(snapshot) if "RED" in name]
    assert harmless(label)
    assert "\n" not in label
    assert len(label) <= 120


def test_depth_and_names_limit_what_is_given(snapshot: Snapshot) -> None:
    number, properties, below = snapshot.layout(0, 0, [])
    assert (number, properties, below) == (0, {"children-display": ("s", "submenu")}, [])
    _, _, below = snapshot.layout(0, 1, ["toggle-type"])
    assert below
    assert all(children == [] for _, (_, _, children) in below)
    assert {frozenset(found) for _, (_, found, _) in below} == {
        frozenset(), frozenset({"toggle-type"})
    }  # fmt: skip
    assert snapshot.layout(10_000, -1, []) is None


def test_no_menu_is_an_empty_one() -> None:
    snapshot = Snapshot()
    assert snapshot.take(None) == Change()
    assert snapshot.layout(0, -1, [])[2] == []


def test_properties_told_one_by_one_add_up_to_the_menu(menu: Any, desk: Desk) -> None:
    """A host that only follows the changes knows the same as one that asks afresh."""
    snapshot, known = Snapshot(), {}
    for now in (*every_status(), *every_status(), due()):
        desk.now = now
        change = snapshot.take(menu)
        if change.layout:
            known = dict(snapshot.properties([], []))
        for number, updated in change.updated:
            known[number] = {**known[number], **updated}
        for number, gone in change.removed:
            known[number] = {k: v for k, v in known[number].items() if k not in gone}
        assert known == dict(snapshot.properties([], []))
