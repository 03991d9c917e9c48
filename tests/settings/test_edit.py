"""One key changes; comments, order, unknown keys and line ends stay."""

import tomllib
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from deskbreak.settings.edit import EditError, reset_key, set_key
from deskbreak.settings.files import UnreadableError, shipped
from deskbreak.settings.keys import Key, UnknownKeyError, all_keys, parse_value
from deskbreak.settings.load import check_text
from tests.settings.values import keys_and_values
from tests.thorough import examples

PRESETS = shipped("config") / "presets"

MINE = """\
# my settings
preset = "balanced"  # for now

[breaks]  # the heart of it
sit_limit = "25m"   # half an hour was long
mine = "unknown"

# about the desk
[standing]
enabled = true
[standing.theirs]
x = [1,
  2]  # two

[schedule]
meals = [ "12:30", # lunch
]
# early
[[schedule.hours]]
days = ["mon"]  # only
from = "09:00"
to = "17:00"
note = "kept"

# late
[[schedule.hours]]
from = "20:00"
to = "22:00"

[[reminder]]
# dry eyes
name = "eyes"
every = "20m"  # often

[[reminder]]
name = "water"
every = "1h"
colour = "blue"
"""


def changed(path: str, words: str, text: str = MINE) -> str:
    return set_key(text, path, parse_value(path, words))


def difference(old: str, new: str) -> list[str]:
    """The lines that went (-) and came (+)."""
    from difflib import ndiff

    lines = ndiff(old.splitlines(), new.splitlines())
    return [line for line in lines if line[0] in "+-"]


@pytest.mark.parametrize(
    ("path", "words", "lines"),
    [
        (
            "breaks.sit_limit",
            "40m",
            [
                '- sit_limit = "25m"   # half an hour was long',
                '+ sit_limit = "40m"   # half an hour was long',
            ],
        ),
        ("breaks.walk", "4m", ['+ walk = "4m"']),
        ("standing.stand_for", "10m", ['+ stand_for = "10m"', "+ "]),
        (
            "preset",
            "walker",
            ['- preset = "balanced"  # for now', '+ preset = "walker"  # for now'],
        ),
        ("ui.text_scale", "1.5", ["+ ", "+ [ui]", "+ text_scale = 1.5"]),
        ("hooks.prompt", '["a"]', ["+ ", "+ [hooks]", '+ prompt = ["a"]']),
        (
            "routines.weights.hips",
            "2",
            ["+ ", "+ [routines.weights]", "+ hips = 2.0"],
        ),
        (
            "reminder",
            '[{name = "eyes", every = "30m"}, {name = "water", every = "1h"}]',
            ['- every = "20m"  # often', '+ every = "30m"  # often'],
        ),
        (
            "reminder",
            '[{name = "water", every = "1h", text = "Drink"}]',
            [
                "- [[reminder]]",
                "- # dry eyes",
                '- name = "eyes"',
                '- every = "20m"  # often',
                "- ",
                '+ text = "Drink"',
            ],
        ),
        (
            "reminder",
            '[{name = "eyes", every = "20m"}, {name = "water", every = "1h"}, '
            '{name = "feet", every = "2h"}]',
            ["+ ", "+ [[reminder]]", '+ name = "feet"', '+ every = "2h"'],
        ),
        (
            "schedule.hours",
            '[{from = "08:00", to = "17:00"}]',
            [
                '- days = ["mon"]  # only',
                '- from = "09:00"',
                '+ from = "08:00"',
                "- [[schedule.hours]]",
                '- from = "20:00"',
                '- to = "22:00"',
                "- ",
            ],
        ),
    ],
)
def test_only_the_lines_of_that_key_change(path: str, words: str, lines: list[str]) -> None:
    assert sorted(difference(MINE, changed(path, words))) == sorted(lines)


def test_a_new_key_stands_with_the_others_of_its_table() -> None:
    new = changed("breaks.walk", "4m").splitlines()
    assert new[new.index('mine = "unknown"') + 1] == 'walk = "4m"'


@pytest.mark.parametrize(
    ("old", "path", "words", "new"),
    [
        ("", "breaks.walk", "4m", '[breaks]\nwalk = "4m"\n'),
        ("", "preset", "walker", 'preset = "walker"\n'),
        ("# hello", "preset", "walker", '# hello\npreset = "walker"\n'),
        ("[ui]\n", "preset", "walker", 'preset = "walker"\n\n[ui]\n'),
        (
            'breaks.walk = "1m" # x\n[ui]\n',
            "breaks.settle",
            "1m",
            'breaks.walk = "1m" # x\nbreaks.settle = "1m"\n[ui]\n',
        ),
        (
            "breaks = { walk = '1m' } # x\n",
            "breaks.walk",
            "2m",
            'breaks = { walk = "2m" } # x\n',
        ),
        ("[breaks]\nwalk = '1m'", "breaks.walk", "2m", '[breaks]\nwalk = "2m"\n'),
        ("[breaks]\r\nwalk = '1m' # x\r\n", "breaks.walk", "2m", '[breaks]\r\nwalk = "2m" # x\r\n'),
        ("[ui]\nx = nan\n", "ui.theme", "dark", '[ui]\nx = nan\ntheme = "dark"\n'),
        (
            "reminder = [{name = 'a', every = '1h'}]\n",
            "reminder",
            "[]",
            "reminder = []\n",
        ),
        ("[[reminder]]\nname = 'a'\n[ui]\n", "reminder", "[]", "reminder = []\n[ui]\n"),
    ],
)
def test_small_files(old: str, path: str, words: str, new: str) -> None:
    assert changed(path, words, old) == new


@pytest.mark.parametrize(
    ("path", "lines"),
    [
        ("breaks.sit_limit", ['- sit_limit = "25m"   # half an hour was long']),
        ("preset", ['- preset = "balanced"  # for now']),
        ("breaks.walk", []),
        ("hooks.prompt", []),
        ("schedule.meals", ['- meals = [ "12:30", # lunch', "- ]"]),
    ],
)
def test_resetting_takes_the_key_out(path: str, lines: list[str]) -> None:
    assert difference(MINE, reset_key(MINE, path)) == lines


def test_a_text_that_is_no_toml_is_not_touched() -> None:
    with pytest.raises(UnreadableError, match="2: not TOML here"):
        changed("breaks.walk", "1m", "[breaks]\nwalk\n")


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(UnknownKeyError, match=r'perhaps "breaks\.walk"'):
        set_key("", "breaks.wolk", 1)


@pytest.mark.parametrize("old", ["breaks = 3\n", "[[breaks]]\n"])
def test_what_stands_in_the_way_is_told(old: str) -> None:
    with pytest.raises(EditError, match="breaks is not a table in this file"):
        changed("breaks.walk", "1m", old)


@pytest.mark.parametrize(
    "old",
    [
        "schedule.hours=[]\nhips=1\n",
        "schedule.hours=[]\nto='02:00'\n",
        "[breaks]\n[[schedule.hours]]\n[breaks.x]\n[schedule.hours.deep]\n",
    ],
)
def test_a_layout_that_would_not_survive_is_left_to_the_person(old: str) -> None:
    with pytest.raises(EditError, match=r'please set schedule\.hours = \[\{ from = "05:00"'):
        changed("schedule.hours", '[{ from = "05:00", to = "06:00" }]', old)


def comments(text: str) -> list[str]:
    return [line.partition("#")[2] for line in text.splitlines() if "#" in line]


def without(document: dict[str, Any], path: str) -> dict[str, Any]:
    """What a text says beside that key, without tables that are empty."""
    *above, name = path.split(".")
    inside = document
    for part in above:
        inside = inside.get(part, {})
    inside.pop(name, None)
    return pruned(document)


def pruned(table: dict[str, Any]) -> dict[str, Any]:
    inner = {k: pruned(v) if isinstance(v, dict) else v for k, v in table.items()}
    return {k: v for k, v in inner.items() if v != {}}


_files = st.sampled_from(
    [
        "",
        MINE,
        MINE.replace("\n", "\r\n"),
        MINE.rstrip(),
        "breaks.walk = '1m' # x\nhooks = {} # h\nroutines.weights = { hips = 1 } # w\n",
        "# c\n[ui] # u\ntheme = 'dark'\n[hooks] # k\nhold = ['x'] # y\n[breaks]\n\n\n# end\n",
        "[breaks]\nwalk='1m'\n[ui.sub]\na=1\n[breaks.more]\nb=2\n[ui]\ntheme='dark'\n",
        "[schedule]\nhours = [ { from = '01:00', to = '02:00' } ] # list\n",
        "[routines.weights]\nneck = 1 # n\n[routines.other] # o\n",
    ]
)


@settings(max_examples=examples(200))
@given(old=_files, pair=keys_and_values())
@example(old="hooks = {} # h\n", pair=(all_keys()[0], "walker"))
def test_any_key_in_any_file_takes_any_value_and_nothing_else_changes(
    old: str, pair: tuple[Key, Any]
) -> None:
    key, value = pair
    new = set_key(old, key.path, value)
    tables = key.path in ("reminder", "schedule.hours")
    found = key.of(check_text(new, "mine", PRESETS).settings)
    assert found == value
    assert without(tomllib.loads(new), key.path) == without(tomllib.loads(old), key.path)
    if not tables:
        inside_the_value = {" lunch", " n", " h", " w", " y"}
        assert set(comments(old)) - set(comments(new)) <= inside_the_value
    assert ("\r\n" in old) == ("\r\n" in new)
    again = reset_key(new, key.path)
    assert without(tomllib.loads(again), "") == without(tomllib.loads(old), key.path)


@settings(max_examples=examples(60))
@given(changes=st.lists(keys_and_values(), min_size=2, max_size=6))
def test_many_changes_one_after_the_other_all_hold(changes: list[tuple[Key, Any]]) -> None:
    text = MINE
    for key, value in changes:
        text = set_key(text, key.path, value)
    key, value = changes[-1]
    assert key.of(check_text(text, "mine", PRESETS).settings) == value
    assert check_text(text, "mine", PRESETS).ok
