"""Layers, and every kind of mistake with its sentence."""

import codecs
import os
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.settings.files import LARGEST, shipped
from deskbreak.settings.load import Loaded, check_text, load_settings
from deskbreak.settings.model import Hours, Reminder, Settings

PRESETS = shipped("config") / "presets"


def checked(text: str) -> Loaded:
    return check_text(text, "config.toml", PRESETS)


def said(text: str) -> list[str]:
    return [str(problem) for problem in checked(text).problems]


def test_nothing_at_all_gives_the_defaults(tmp_path: Path) -> None:
    loaded = load_settings(tmp_path / "no" / "config.toml", preset_dir=tmp_path / "none")
    assert loaded == Loaded(Settings())
    assert loaded.ok


def test_an_empty_text_gives_the_defaults() -> None:
    assert checked("") == Loaded(Settings())


def test_every_kind_of_value_is_read() -> None:
    loaded = checked("""
        breaks = { sit_limit = "45m", snooze = ["1m", "2m"], walk_share = 1, escalate = "overlay" }
        hold.apps = ["mpv"]
        [schedule]
        day_starts = "05:30"
        meals = ["12:30", 18:00:00]
        [[schedule.hours]]
        days = ["mon", "fri"]
        from = "22:00"
        to = "06:15:30"
        [[schedule.hours]]
        from = "00:00"
        to = "24:00"
        [routines]
        level = 2
        weights = { hips = 2, neck = 0.5 }
        sore = ["low_back"]
        [[reminder]]
        name = "water"
        every = "1h"
        [hooks]
        prompt = ["notify", "--now"]
        """)
    assert loaded.problems == ()
    found = loaded.settings
    assert (found.breaks.sit_limit, found.breaks.snooze) == (2700, (60, 120))
    assert found.breaks.walk_share == 1.0
    assert isinstance(found.breaks.walk_share, float)
    assert found.breaks.escalate == "overlay"
    assert found.hold.apps == ("mpv",)
    assert found.schedule.meals == (time(12, 30), time(18))
    assert found.schedule.hours == (
        Hours(days=("mon", "fri"), begins=time(22), ends=time(6, 15, 30)),
        Hours(begins=time(0), ends=time(0)),
    )
    assert found.routines.weights == {"hips": 2, "neck": 0.5}
    assert found.reminder == (Reminder(name="water", every=found.reminder[0].every),)
    assert found.reminder[0].every == 3600
    assert found.hooks == {"prompt": ("notify", "--now")}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            '\n[breaks]\nsit_limit = "abc"',
            'config.toml:3: breaks.sit_limit: found "abc", '
            'allowed: a duration such as "30m", 1s to 24h',
        ),
        (
            "breaks.sit_limit = [30]",
            "config.toml:1: breaks.sit_limit: found a list, "
            'allowed: a duration such as "30m", 1s to 24h',
        ),
        (
            'breaks.sit_limit = "0s"',
            'config.toml:1: breaks.sit_limit: found "0s", '
            'allowed: a duration such as "30m", 1s to 24h',
        ),
        (
            'breaks.snooze = ["5m", "25h"]',
            'config.toml:1: breaks.snooze[2]: found "25h", '
            'allowed: a duration such as "30m", 1s to 4h',
        ),
        (
            "breaks.snooze = []",
            "config.toml:1: breaks.snooze: found an empty list, "
            'allowed: a list of 1 or more, each a duration such as "30m", 1s to 4h',
        ),
        (
            "breaks.snooze = {}",
            "config.toml:1: breaks.snooze: found a table, "
            'allowed: a list of 1 or more, each a duration such as "30m", 1s to 4h',
        ),
        (
            'breaks.escalate = "Urgnt"',
            'config.toml:1: breaks.escalate: found "Urgnt", '
            'allowed: never, urgent or overlay (perhaps "urgent")',
        ),
        (
            "breaks.escalate = true",
            "config.toml:1: breaks.escalate: found true, allowed: never, urgent or overlay",
        ),
        (
            "breaks.walk_share = 1.5",
            "config.toml:1: breaks.walk_share: found 1.5, allowed: a number, 0 to 1",
        ),
        (
            "breaks.walk_share = nan",
            "config.toml:1: breaks.walk_share: found nan, allowed: a number, 0 to 1",
        ),
        (
            "breaks.walk_share = true",
            "config.toml:1: breaks.walk_share: found true, allowed: a number, 0 to 1",
        ),
        (
            "routines.level = 1.0",
            "config.toml:1: routines.level: found 1.0, allowed: a whole number, 1 to 3",
        ),
        (
            "routines.level = 0x" + "f" * 5000,
            "config.toml:1: routines.level: found a number with very many digits, "
            "allowed: a whole number, 1 to 3",
        ),
        (
            'hold.calls = "yes"',
            'config.toml:1: hold.calls: found "yes", allowed: true or false, without quotes',
        ),
        (
            'hold.apps = ["a", "a"]',
            'config.toml:1: hold.apps[2]: found "a" a second time, allowed: each one once',
        ),
        (
            'hold.apps = [""]',
            'config.toml:1: hold.apps[1]: found "", '
            "allowed: a program's name, up to 200 characters",
        ),
        (
            'standing.sensor = ["a\\u0000"]',
            'config.toml:1: standing.sensor[1]: found "a\\u0000", '
            "allowed: an argument, up to 4096 characters",
        ),
        (
            'presence.source = "xsync\\n"',
            'config.toml:1: presence.source: found "xsync\\u000a", '
            "allowed: auto, or a source that `deskbreak doctor` names",
        ),
        (
            'schedule.meals = ["25:00"]',
            'config.toml:1: schedule.meals[1]: found "25:00", '
            'allowed: a time such as "12:30", 00:00 to 23:59',
        ),
        (
            "routines.weights.hips = 4",
            "config.toml:1: routines.weights.hips: found 4, allowed: a number, 0 to 3",
        ),
        (
            "presence = 1",
            "config.toml:1: presence: found 1, "
            "allowed: a table with away_after, bump_filter, count_inhibitors, seated_longest, "
            "source",
        ),
        (
            '[[reminder]]\nname = "eyes"\nevery = "1h"\n[[reminder]]\nname = "eyes"\nevery = "2h"',
            'config.toml:5: reminder[2].name: found "eyes" a second time, allowed: each one once',
        ),
        (
            '[[reminder]]\nname = "eyes"',
            "config.toml:1: reminder[1].every: found nothing, "
            'allowed: a duration such as "30m", 1s to 24h',
        ),
        (
            '[[schedule.hours]]\nfrom = "09:00"\nto = "09:00"',
            'config.toml:3: schedule.hours[1].to: found "09:00", '
            'allowed: another time than from; "00:00" to "24:00" is the whole day',
        ),
        (
            'preset = "walkr"',
            'config.toml:1: preset: found "walkr", allowed: balanced, frequent, gentle-start, '
            'hourly, sit-stand-20-8-2, sit-stand-build-up, walker (perhaps "walker")',
        ),
        (
            'preset = "../walker"',
            'config.toml:1: preset: found "../walker", '
            "allowed: a preset that `deskbreak config presets` lists",
        ),
        (
            "[breaks]\nsit_limit 3",
            "config.toml:2: not TOML here: Expected '=' after a key in a key/value pair",
        ),
        ("a = [\n1", "config.toml:2: not TOML here: Unclosed array"),
        ("a = 1\na = 2", "config.toml:2: not TOML here: Cannot overwrite a value"),
        ("\n" + ".".join(["a"] * 60_000) + " = 1", "config.toml:2: a name with very many dots"),
        ("\n[" + " . ".join(['"a"'] * 9000) + "]", "config.toml:2: a name with very many dots"),
        ("a = " + "[" * 5000, "config.toml: tables or lists nested too deeply"),
    ],
)
def test_a_mistake_is_an_error_with_its_place_and_what_is_allowed(text: str, sentence: str) -> None:
    loaded = checked(text)
    assert [str(problem) for problem in loaded.problems] == [sentence]
    assert not loaded.ok
    assert loaded.settings == Settings()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "\n\nbreaks.sit_limt = 1",
            "config.toml:3: breaks.sit_limt: unknown key, left out; "
            'the nearest known is "sit_limit"',
        ),
        (
            'ui.language = "de_AT"',
            "config.toml:1: ui.language: "
            "deskbreak speaks English only, for now: this line does nothing",
        ),
        (
            "[braks]\nx = 1",
            'config.toml:1: braks: unknown key, left out; the nearest known is "breaks"',
        ),
        (
            "[hooks]\npromt = []",
            'config.toml:2: hooks.promt: unknown key, left out; the nearest known is "prompt"',
        ),
        (
            "[tray]\nxyzzy = 1",
            "config.toml:2: tray.xyzzy: unknown key, left out; the keys here are countdown, icon",
        ),
        (
            '[breaks]\nsit_limit = "10s"',
            'config.toml:2: breaks.sit_limit: "10s" is very short; 5m or more is sensible',
        ),
        (
            '[breaks]\nwalk = "20m"',
            "config.toml:2: breaks.walk: long_walk is shorter than walk",
        ),
        (
            '[standing]\nwarn_after = "10m"',
            "config.toml:2: standing.warn_after: stand_for is longer than warn_after",
        ),
        (
            '[breaks]\nheads_up = "30m"',
            "config.toml:2: breaks.heads_up: heads_up is as long as sit_limit, so it comes at once",
        ),
        (
            '[presence]\naway_after = "3m"',
            "config.toml:2: presence.away_after: away_after is longer than natural_break, "
            "so absences between the two go unseen",
        ),
        (
            '[standing]\nbuild_up = "5m"\nbuild_up_to = "10m"',
            "config.toml:3: standing.build_up_to: "
            "build_up_to is shorter than stand_for, so nothing builds up",
        ),
    ],
)
def test_an_oddity_is_a_warning_and_changes_nothing_else(text: str, sentence: str) -> None:
    loaded = checked(text)
    assert [str(problem) for problem in loaded.problems] == [sentence]
    assert loaded.ok


def test_all_problems_are_found_at_once_in_the_order_of_the_lines() -> None:
    text = 'hold.calls = 1\n[breaks]\nwalk = "x"\nwolk = 1\n[ui]\ntheme = "drak"\ntext_scale = 9\n'
    assert [(p.line, p.key, p.severity) for p in checked(text).problems] == [
        (1, "hold.calls", "error"),
        (3, "breaks.walk", "error"),
        (4, "breaks.wolk", "warning"),
        (6, "ui.theme", "error"),
        (7, "ui.text_scale", "error"),
    ]


def test_what_is_fine_beside_a_mistake_is_still_read() -> None:
    loaded = checked('[breaks]\nwalk = "x"\nsettle = "1m"\n')
    assert not loaded.ok
    assert (loaded.settings.breaks.walk, loaded.settings.breaks.settle) == (300, 60)


def test_long_texts_with_many_dots_are_fine() -> None:
    text = "# " + "." * 5000 + "\ncalendar.files = ['" + "../" * 300 + "', '" + "a" * 4000 + "']"
    assert checked(text).problems == ()


def test_nothing_in_a_sentence_can_act_on_a_terminal() -> None:
    (sentence,) = said('"a\\u001b[2J" = 1')
    assert sentence.isprintable()


@pytest.fixture
def person(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_a_later_layer_counts_more(tmp_path: Path, person: Path) -> None:
    near, far = tmp_path / "near.toml", tmp_path / "far.toml"
    far.write_text('preset = "frequent"\nbreaks.walk = "3m"\nhooks.prompt = ["far"]\n')
    near.write_text('breaks.walk = "4m"\nbreaks.settle = "1m"\nhooks.hold = ["near"]\n')
    person.write_text('breaks.settle = "2m"\nbreaks.after_skip = "20m"\nhooks.prompt = ["me"]\n')
    loaded = load_settings(
        person,
        site=[near, far],
        preset_dir=PRESETS,
        overrides={"breaks.after_skip": "25m", "tray.countdown": "on"},
    )
    breaks = loaded.settings.breaks
    assert loaded.problems == ()
    assert (breaks.sit_limit, breaks.walk) == (20 * 60, 4 * 60)
    assert (breaks.settle, breaks.after_skip) == (120, 25 * 60)
    assert loaded.settings.hooks == {"prompt": ("me",), "hold": ("near",)}
    assert loaded.settings.tray.countdown
    sources = loaded.sources
    assert sources["breaks.sit_limit"] == str(PRESETS / "frequent.toml")
    assert sources["breaks.walk"] == str(near)
    assert sources["breaks.settle"] == sources["hooks.prompt"] == str(person)
    assert sources["breaks.after_skip"] == "command line"
    assert "breaks.polite_wait" not in sources


def test_the_preset_named_last_is_the_only_one(tmp_path: Path, person: Path) -> None:
    site = tmp_path / "site.toml"
    site.write_text('preset = "frequent"\n')
    person.write_text('preset = "hourly"\n')
    loaded = load_settings(person, site=[site], preset_dir=PRESETS)
    assert loaded.settings.breaks.sit_limit == 50 * 60
    assert loaded.settings.reminder == ()


def test_a_list_of_tables_replaces_the_one_below(person: Path) -> None:
    person.write_text('preset = "frequent"\nreminder = []\n')
    assert load_settings(person, preset_dir=PRESETS).settings.reminder == ()


def test_mistakes_on_the_command_line_are_said(person: Path) -> None:
    loaded = load_settings(
        person, preset_dir=PRESETS, overrides={"breaks.wlk": "1m", "breaks.walk": "soon"}
    )
    assert [str(problem) for problem in loaded.problems] == [
        'command line: there is no setting "breaks.wlk"; perhaps "breaks.walk"',
        'command line: breaks.walk: found "soon", allowed: a duration such as "30m", 1s to 2h',
    ]


def test_a_preset_file_with_a_mistake_is_named(tmp_path: Path, person: Path) -> None:
    (tmp_path / "mine.toml").write_text("[breaks]\nwalk = 5\n[")
    person.write_text('preset = "mine"\n')
    (problem,) = load_settings(person, preset_dir=tmp_path).problems
    assert str(problem).startswith(f"{tmp_path / 'mine.toml'}:3: not TOML here:")


@pytest.mark.parametrize(
    ("raw", "line", "words"),
    [
        ('a = "ä"'.encode("utf-16"), 1, "found UTF-16 text, allowed: UTF-8 text"),
        ('a = "ä"'.encode("utf-16-be"), 1, "found the byte 0xe4, allowed: UTF-8 text"),
        (b'[breaks]\nwalk = "5\0m"\n', 2, "not TOML here: Illegal character '\\x00'"),
        ('\n\na = "ä"'.encode("latin-1"), 3, "found the byte 0xe4, allowed: UTF-8 text"),
        (b"# x\n" * LARGEST, None, "found 512 KiB, allowed: up to 128 KiB"),
    ],
)
def test_a_file_that_is_no_text_is_refused(
    person: Path, raw: bytes, line: int | None, words: str
) -> None:
    person.write_bytes(raw)
    loaded = load_settings(person, preset_dir=PRESETS)
    (problem,) = loaded.problems
    assert (problem.line, str(problem).partition(": ")[2]) == (line, words)
    assert not loaded.ok
    assert loaded.settings == Settings()


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_the_mark_and_line_ends_of_any_editor_are_read(
    person: Path, mark: bytes, end: bytes
) -> None:
    person.write_bytes(mark + end.join([b"[breaks]", b'sit_limit = "40m"', b""]))
    loaded = load_settings(person, preset_dir=PRESETS)
    assert (loaded.problems, loaded.settings.breaks.sit_limit) == ((), 2400.0)


def test_what_is_no_file_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path, pipe):
        (problem,) = load_settings(path, preset_dir=PRESETS).problems
        assert str(problem) == f"{path}: found not a regular file, allowed: a text file"


def test_a_path_through_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (problem,) = load_settings(tmp_path / "file" / "config.toml", preset_dir=PRESETS).problems
    assert "cannot be read: Not a directory" in str(problem)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_may_not_be_read_is_said(person: Path) -> None:
    person.write_text("")
    person.chmod(0)
    (problem,) = load_settings(person, preset_dir=PRESETS).problems
    assert "cannot be read: Permission denied" in str(problem)


_words = st.sampled_from(
    ["breaks", "reminder", "hooks", "schedule.hours", "[", "]", "[[", "]]", "=", "\n", '"', "'",
     ".", "name", "every", '"5m"', "1", "nan", "{", "}", ",", "#", "\r\n", "\\", "sit_limit", '"""',
     "é", "routines.weights", "hips", "-", "true", "12:30:00", " "]
)  # fmt: skip


@given(st.one_of(st.text(max_size=80), st.lists(_words, max_size=30).map("".join)))
def test_junk_gives_problems_and_nothing_else(text: str) -> None:
    loaded = checked(text)
    for problem in loaded.problems:
        assert str(problem).isprintable()
        assert problem.line is None or 1 <= problem.line <= text.count("\n") + 1
    assert isinstance(loaded.settings, Settings)


@given(st.binary(max_size=60))
def test_junk_bytes_give_problems_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "junk.toml"
    path.write_bytes(raw)
    assert isinstance(load_settings(path, preset_dir=PRESETS).settings, Settings)


_plain = st.recursive(
    st.one_of(
        st.booleans(), st.integers(-5, 10**6), st.floats(), st.text(max_size=6),
        st.sampled_from(["5m", "12:30", "urgent", "mon", "hips"]), st.times(),
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=5,
)  # fmt: skip


@given(data=st.data(), plain=_plain)
def test_whatever_stands_at_a_key_reading_never_raises(data: st.DataObject, plain: object) -> None:
    from deskbreak.settings.keys import all_keys
    from deskbreak.settings.problems import Note
    from deskbreak.settings.tables import table_of

    key = data.draw(st.sampled_from(all_keys()))
    document: object = plain
    for part in reversed(key.path.split(".")):
        document = {part: document}
    notes: list[Note] = []
    root = table_of(Settings)
    values = root.read(document, (), notes)
    assert isinstance(root.build(values), Settings)
    assert all(note.sentence.isprintable() for note in notes)
