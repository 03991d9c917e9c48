"""The safety texts."""

from deskbreak.content.safety import STAND_UP, by_id
from tests.content.builtin import builtin
from tools.catalogue_rules import unkind_word


def test_all_of_them_are_there() -> None:
    assert list(by_id()) == [f"T{number}" for number in range(1, 17)]
    assert all(text.strip() == text and text.isprintable() for text in by_id().values())


def test_only_two_may_use_strong_words() -> None:
    strong = {ident for ident, text in by_id().items() if unkind_word(text)}
    assert strong <= {"T2", "T7"}
    assert unkind_word(STAND_UP) is None


def test_they_say_what_they_are_there_for() -> None:
    texts = by_id()
    assert "not medical advice" in texts["T1"]
    assert "doctor" in texts["T2"]
    assert "means stop" in texts["T4"]
    assert "more than lying down" in texts["T5"]
    assert "Nothing is sent anywhere" in texts["T14"]


def test_every_note_of_a_routine_has_its_text() -> None:
    notes = {note for routine in builtin().routines.values() for note in routine.notes}
    assert notes == {"T8", "T9", "T11"}
    assert notes <= set(by_id())
