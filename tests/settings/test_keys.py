from contextlib import suppress
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.settings.keys import (
    Key,
    UnfitValueError,
    UnknownKeyError,
    all_keys,
    find_key,
    parse_value,
)
from deskbreak.settings.model import Hours, Reminder, Settings
from deskbreak.settings.problems import Note
from deskbreak.settings.tables import kind_of, table_of
from deskbreak.settings.types import UNFIT
from deskbreak.settings.values import Duration
from tests.settings.values import keys_and_values

PROMISED = {
    "": "preset reminder hooks",
    "breaks": "sit_limit natural_break heads_up walk long_walk walk_share snooze snooze_limit "
    "after_skip repeat_every typing_gap polite_wait settle escalate",
    "presence": "away_after bump_filter count_inhibitors source",
    "hold": "calls camera screen_share fullscreen do_not_disturb calendar apps longest",
    "standing": "enabled sit_for stand_for warn_after daily_target forget_after sensor",
    "schedule": "day_starts meals hours",
    "routines": "places level weights avoid avoid_if sore recent_pain style sound voice seed",
    "goals": "walk breaks standing",
    "calendar": "files",
    "tray": "countdown icon",
    "ui": "theme text_scale reduce_motion",
}


def test_every_promised_key_is_there() -> None:
    promised = {
        f"{table}.{name}".removeprefix(".")
        for table, names in PROMISED.items()
        for name in names.split()
    }
    assert promised <= {key.path for key in all_keys()}


@pytest.mark.parametrize("key", all_keys(), ids=lambda key: key.path)
def test_every_key_says_what_it_is_and_its_default_fits(key: Key) -> None:
    assert key.sentence.endswith(".")
    assert key.kind.allowed
    assert key.of(Settings()) == key.default
    notes: list[Note] = []
    assert key.kind.read(key.kind.plain(key.default), (), notes) == key.default
    assert notes == []


def test_the_defaults_are_those_of_the_rules() -> None:
    found = {key.path: key.text(key.default) for key in all_keys()}
    assert found["breaks.sit_limit"] == '"30m"'
    assert found["breaks.snooze"] == '["5m", "10m", "15m"]'
    assert found["breaks.polite_wait"] == '"1m"'
    assert found["presence.away_after"] == '"1m"'
    assert found["hold.longest"] == '"2h"'
    assert found["standing.forget_after"] == '"4h"'
    assert found["schedule.day_starts"] == '"04:00"'


@pytest.mark.parametrize(
    ("path", "words", "value"),
    [
        ("breaks.sit_limit", "1h15m", 4500),
        ("breaks.snooze", "5m, 10m", (300, 600)),
        ("breaks.snooze", '["5m"]', (300,)),
        ("breaks.walk_share", "0.25", 0.25),
        ("routines.level", "2", 2),
        ("hold.calls", "off", False),
        ("hold.calls", "Yes", True),
        ("hold.apps", "", ()),
        ("hold.apps", "a b", ("a b",)),
        ("schedule.day_starts", "05:00", time(5)),
        ("breaks.escalate", "never", "never"),
        ("hooks.prompt", '["a", "b,c"]', ("a", "b,c")),
        ("routines.weights.hips", "1.5", 1.5),
        ("routines.weights", "{ hips = 1 }", {"hips": 1.0}),
        ("preset", "walker", "walker"),
        (
            "reminder",
            '[{ name = "x", every = "1h" }]',
            (Reminder(name="x", every=Duration(3600)),),
        ),
        (
            "schedule.hours",
            '[{ from = "09:00", to = "24:00" }]',
            (Hours(begins=time(9), ends=time(0)),),
        ),
    ],
)
def test_words_become_a_value(path: str, words: str, value: object) -> None:
    assert parse_value(path, words) == value


@pytest.mark.parametrize(
    ("path", "words", "sentence"),
    [
        ("breaks.sit_limit", "soon", 'breaks.sit_limit: found "soon", allowed: a duration such as'),
        ("routines.level", "9", "routines.level: found 9, allowed: a whole number, 1 to 3"),
        ("routines.level", "1" * 5000, "allowed: a whole number, 1 to 3"),
        ("breaks.walk_share", "nan", "allowed: a number, 0 to 1"),
        ("hold.calls", "maybe", 'hold.calls: found "maybe", allowed: true or false'),
        ("breaks.snooze", "5m,x", 'breaks.snooze: found "x", allowed: a duration'),
        ("breaks.snooze", "[" * 3000, "breaks.snooze: found"),
        ("breaks.escalate", "urgnt", 'perhaps "urgent"'),
        ("reminder", "eyes", "reminder: found"),
        (
            "routines.weights",
            "{ hips = 9 }",
            "routines.weights: found 9, allowed: a number, 0 to 3",
        ),
    ],
)
def test_words_that_do_not_fit_are_refused(path: str, words: str, sentence: str) -> None:
    with pytest.raises(UnfitValueError) as refused:
        parse_value(path, words)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("path", "likely"),
    [
        ("breaks.sit_limt", "breaks.sit_limit"),
        ("break.walk", "breaks.walk"),
        ("hooks.promt", "hooks.prompt"),
        ("routines.weights.hip", "routines.weights.hips"),
        ("zzz", None),
        ("breaks", None),
    ],
)
def test_an_unknown_key_names_the_nearest(path: str, likely: str | None) -> None:
    with pytest.raises(UnknownKeyError, match="there is no setting") as refused:
        find_key(path)
    if likely is not None:
        assert refused.value.nearest == likely
        assert likely in str(refused.value)


def test_a_key_of_a_map_that_is_not_set_has_no_value() -> None:
    assert find_key("hooks.prompt").of(Settings()) is None
    assert find_key("hooks.prompt").of(Settings(hooks={"prompt": ("a",)})) == ("a",)


@given(keys_and_values())
def test_every_value_survives_being_written_in_words(pair: tuple[Key, object]) -> None:
    key, value = pair
    words = key.text(value)
    assert parse_value(key.path, words.strip('"') if words.startswith('"') else words) == value


@given(st.data())
def test_no_words_at_all_do_harm(data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(all_keys()))
    words = data.draw(st.text(max_size=20))
    value = UNFIT
    with suppress(UnfitValueError):
        value = parse_value(key.path, words)
        assert value is not UNFIT
    if value is not UNFIT:
        assert parse_value(key.path, words) == value


def test_a_hint_without_a_kind_is_a_mistake_of_the_program() -> None:
    with pytest.raises(TypeError, match="no kind of setting"):
        kind_of(bytes, {})


def test_building_up_to_longer_standing() -> None:
    standing = table_of(Settings).build({}).standing
    assert [standing.stand_for_after(days) for days in (0, 400)] == [900, 900]
    values = {"standing": {"stand_for": Duration(600), "build_up": Duration(300)}}
    standing = table_of(Settings).build(values).standing
    grown = [standing.stand_for_after(days) / 60 for days in (0, 4, 5, 10, 19, 20, 25, 400)]
    assert grown == [10, 10, 15, 20, 25, 30, 30, 30]
