"""Values as the texts in controls and back, steps, pages and search; all of it without Qt."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from deskbreak.settings.keys import Key, all_keys, find_key
from deskbreak.settings.types import Number, Span, TimeOfDay
from deskbreak.text.settings import LABELS, SOUGHT, label, word_label
from deskbreak.windows.settings.pages import PRESET, Page, Section, Setting, all_pages, matching
from deskbreak.windows.settings.phrases import (
    Control,
    control_of,
    plain_of,
    refusal,
    shown,
    stepped,
    text_of,
)
from tests.settings.values import keys_and_values

BANNED = re.compile(
    r"\b(weak|damage|danger|injur\w*|wrong|bad|fail\w*|must|fragile|harm\w*|fix|lazy)\b",
    re.I,
)
WRITTEN = (Control.STEPS, Control.LINE, Control.LINES, Control.COMMAND)


def kind(path: str) -> Any:
    return find_key(path).kind


@given(keys_and_values())
def test_a_value_survives_its_text(key_and_value: tuple[Key, Any]) -> None:
    key, value = key_and_value
    plain = key.kind.plain(value)
    if control_of(key.kind) not in WRITTEN or _has_odd_spaces(plain):
        return
    assert plain_of(key.kind, text_of(key.kind, plain)) == plain
    assert refusal(key.kind, plain) == ""


def _has_odd_spaces(plain: Any) -> bool:
    """A list with an item a line has no way to write an empty item, or one of several lines."""
    if isinstance(plain, str):
        return plain != "" and not plain.strip()
    items = plain if isinstance(plain, list) else []
    return any(isinstance(one, str) and [one] != one.strip().splitlines() for one in items)


@pytest.mark.parametrize(
    ("path", "text", "plain"),
    [
        ("breaks.sit_limit", " 1H 15m ", "1h15m"),
        ("breaks.sit_limit", "", None),
        ("breaks.snooze", "5m,10m", ["5m", "10m"]),
        ("breaks.snooze", "", None),
        ("breaks.walk_share", "0,5", 0.5),
        ("breaks.snooze_limit", "many", "many"),
        ("schedule.meals", "", []),
        ("standing.sensor", "desk --port '/dev/my desk'", ["desk", "--port", "/dev/my desk"]),
        ("standing.sensor", "desk 'open", "desk 'open"),
        ("hooks.prompt", "  ", None),
        ("hold.apps", "gimp\n\n obs \n", ["gimp", "obs"]),
        ("presence.source", " ", None),
    ],
)
def test_texts_mean(path: str, text: str, plain: Any) -> None:
    assert plain_of(kind(path), text) == plain


@pytest.mark.parametrize(
    ("path", "plain", "said"),
    [
        ("hold.calls", True, "on"),
        ("breaks.walk_share", 1.0, "1"),
        ("routines.recent_pain", "under_6_weeks", "Less than 6 weeks"),
        ("routines.sore", ["low_back", "neck"], "Lower back, Neck"),
        ("routines.weights.hips", None, "not set"),
        ("reminder", [{"name": "eyes", "every": "20m"}], "eyes"),
        ("schedule.hours", [{"from": "09:00", "to": "17:00"}], "1 entry"),
        ("schedule.meals", [], "none"),
        ("hooks.prompt", ["say", "get up"], "say 'get up'"),
        ("hold.apps", ["a\u202eb", "c\nd"], "ab, c d"),
    ],
)
def test_values_are_said(path: str, plain: Any, said: str) -> None:
    assert shown(kind(path), plain) == said


@pytest.mark.parametrize(
    ("path", "plain", "part"),
    [
        ("breaks.sit_limit", "soon", 'found "soon", allowed: a duration such as "30 min"'),
        ("breaks.sit_limit", "2", 'allowed: "2 min" or "2 h", whichever you mean'),
        ("reminder", [{"name": "eyes"}], "entry 1, Every is still open: a duration"),
        ("reminder", [{"name": "a", "every": "x"}], 'entry 1, Every: found "x", allowed'),
        ("schedule.hours", [{"from": "09:00", "to": "09:00"}], "another time than from"),
    ],
)
def test_a_refusal_says_what_is_allowed(path: str, plain: Any, part: str) -> None:
    assert part in refusal(kind(path), plain)


@pytest.mark.parametrize(
    ("path", "plain", "up", "down"),
    [
        ("breaks.sit_limit", "30m", "35m", "25m"),
        ("breaks.sit_limit", "32m", "35m", "30m"),
        ("breaks.sit_limit", "10m", "15m", "9m"),
        ("breaks.sit_limit", "1m", "2m", "55s"),
        ("breaks.sit_limit", "1s", "2s", "1s"),
        ("breaks.sit_limit", "1d", "1d", "23h30m"),
        ("breaks.sit_limit", None, "1s", "1s"),
        ("breaks.sit_limit", "45", "50m", "40m"),
        ("breaks.sit_limit", "soon", "1s", "1s"),
        ("history.keep", "1d", "2d", "23h30m"),
        ("breaks.snooze_limit", 100, 100, 99),
        ("breaks.walk_share", 0.25, 0.3, 0.2),
        ("routines.weights.hips", None, 0.0, 0.0),
        ("schedule.day_starts", "23:50", "00:00", "23:45"),
        ("schedule.day_starts", "00:00", "00:15", "23:45"),
    ],
)
def test_steps_suit_the_size_and_stay_inside(path: str, plain: Any, up: Any, down: Any) -> None:
    assert stepped(kind(path), plain, 1) == up
    assert stepped(kind(path), plain, -1) == down


@given(keys_and_values())
def test_every_step_is_allowed(key_and_value: tuple[Key, Any]) -> None:
    key, value = key_and_value
    if isinstance(key.kind, Span | Number | TimeOfDay):
        for by in (1, -1):
            assert refusal(key.kind, stepped(key.kind, key.kind.plain(value), by)) == ""


def test_pages_have_titles_in_the_words_of_people() -> None:
    titles = [page.title for page in all_pages()]
    assert titles[:2] == ["Preset", "Breaks"]
    assert {"Standing desk", "Working day", "Reminders", "Holds", "Look"} <= set(titles)
    assert len(set(titles)) == len(titles)


def test_a_map_is_a_section_of_its_own() -> None:
    routines = next(page for page in all_pages() if page.name == "routines")
    weights = routines.sections[1]
    assert (weights.title, weights.settings[0].path) == (
        "What matters to you",
        "routines.weights.hips",
    )
    assert routines.sections[0].title == ""


def test_questions_of_health_say_that_the_answer_stays_here() -> None:
    notes = {one.path: one.note for page in all_pages() for one in page.settings}
    for path in ("routines.recent_pain", "routines.sore", "routines.avoid_if"):
        assert "stays on this computer" in notes[path]


def test_search_takes_all_words_in_any_order() -> None:
    pages = all_pages()
    assert matching(pages, "LIMIT sit") == {"breaks.sit_limit"}
    assert "routines.avoid_if" in matching(pages, "knee")
    assert "hooks.prompt" in matching(pages, "hooks prompt")
    assert not matching(pages, "zzz")


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("interval", "breaks.sit_limit"),
        ("how often", "breaks.sit_limit"),
        ("weekend", "schedule.hours"),
        ("monday", "schedule.hours"),
        ("postpone", "breaks.snooze"),
        ("lunch", "schedule.meals"),
        ("dark mode", "ui.theme"),
        ("blood pressure", "routines.avoid_if"),
        ("volume", "routines.sound"),
        ("meeting", "hold.calls"),
        ("script", "hooks.prompt"),
        ("water", "reminder"),
    ],
)
def test_search_knows_the_words_that_people_use(words: str, path: str) -> None:
    assert path in matching(all_pages(), words)


def test_what_a_setting_is_called_or_sought_by_is_about_a_setting_that_there_is() -> None:
    known = {key.path for key in all_keys()} | {"login"}
    assert set(LABELS) | set(SOUGHT) <= known


def test_no_two_settings_of_a_page_have_one_name_and_none_is_a_key() -> None:
    for page in all_pages():
        labels = [one.label for one in page.settings]
        assert len(set(labels)) == len(labels)
        for one in page.settings:
            assert "_" not in f"{one.label} {one.sentence}", one.path


@pytest.mark.parametrize("text", ["1 h 15", "1h15m", "75", "1 hour 15 minutes", "1 hr 15 mins"])
def test_a_length_is_understood_as_people_write_it(text: str) -> None:
    assert plain_of(kind("breaks.sit_limit"), text) == "1h15m"
    assert plain_of(kind("breaks.snooze"), f"5 min, {text}") == ["5m", "1h15m"]


def test_words_are_those_of_people() -> None:
    assert word_label("high_bp") == "High blood pressure"
    assert text_of(kind("history.keep"), "365d") == "365 days"
    assert shown(kind("breaks.snooze"), ["5m", "1h15m"]) == "5 min, 1 h 15 min"
    assert "1 s to 24 h" in refusal(kind("breaks.sit_limit"), "soon")


def test_a_page_of_a_table_that_nobody_has_named_yet_works_as_well() -> None:
    new = Setting("sleep.long_naps", label("sleep.long_naps"), "How.", kind("breaks.walk"))
    page = Page("sleep", label("sleep"), "", (Section("", "", (new,)),))
    assert (page.title, new.label, list(page.settings)) == ("Sleep", "Long naps", [new])
    assert matching((page,), "naps") == {"sleep.long_naps"}


def test_no_text_of_the_window_has_a_harsh_word() -> None:
    folder = Path(sys.modules[stepped.__module__].__file__ or "").parent
    for file in folder.glob("*.py"):
        shown_texts = re.findall(r'"([A-Z][^"\n]{8,})"', file.read_text())
        for text in shown_texts:
            assert not BANNED.search(text), f"{file.name}: {text}"
    for page in all_pages():
        for one in page.settings:
            assert one.path == PRESET or not BANNED.search(f"{one.sentence} {one.note}")


def test_the_pure_part_needs_no_qt() -> None:
    modules = "phrases, pages, document"
    script = f"""
import sys
from deskbreak.windows.settings import {modules}
print('PySide6' in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
