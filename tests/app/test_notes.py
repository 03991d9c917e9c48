"""Notes of adapters in a saved state: of the right shape they count, all others cost themselves."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.app.housekeeping import with_sound_notes

SOUND = {"banner": [":1.7", 12], "weekly": "2026-W10", "shown": {"eyes": "2026-03-02"}}

ANYTHING = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=5,
)


def sound(notes: Any) -> tuple[Any, list[str]]:
    problems: list[str] = []
    saved = with_sound_notes({"boot": "b", "engine": {"a": 1}, "notes": notes}, problems.append)
    assert saved is not None
    assert (saved["boot"], saved["engine"]) == ("b", {"a": 1})
    return saved["notes"], problems


def test_what_was_noted_comes_back() -> None:
    assert sound(SOUND) == (SOUND, [])
    assert sound({"acknowledged": True, "of a later version": 1})[1] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("banner", 3),
        ("banner", "x"),
        ("banner", [1]),
        ("banner", ["a", "b"]),
        ("banner", {"a": 1}),
        ("banner", ["a", True]),
        ("weekly", 10),
        ("shown", ["eyes"]),
        ("shown", {"eyes": 1}),
        ("acknowledged", "yes"),
    ],
)
def test_a_note_of_another_shape_costs_itself_alone_and_is_said(name: str, value: Any) -> None:
    kept = {other: note for other, note in SOUND.items() if other != name}
    notes, (problem,) = sound({**SOUND, name: value})
    assert notes == kept
    assert problem == f"A part of the saved state made no sense and was left out ({name})."


@pytest.mark.parametrize("notes", [3, "x", [1, 2]])
def test_notes_that_are_none_are_left_out_and_said(notes: Any) -> None:
    assert sound(notes) == (
        {},
        ["A part of the saved state made no sense and was left out (notes)."],
    )


@given(
    ANYTHING | st.fixed_dictionaries({}, optional=dict.fromkeys((*SOUND, "acknowledged"), ANYTHING))
)
def test_no_notes_ever_stop_a_start(notes: Any) -> None:
    kept, _ = sound(notes)
    assert sound(kept) == (kept, [])


def test_without_a_saved_state_there_is_nothing_to_look_at() -> None:
    assert with_sound_notes(None, pytest.fail) is None
