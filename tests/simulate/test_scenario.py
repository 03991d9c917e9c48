import os
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.simulate.deeds import DEEDS
from deskbreak.simulate.scenario import ScenarioError, read_scenario, scenario_of

TOP = 'start = 2026-03-02T09:00:00\ntimezone = "Europe/Berlin"\nend = "1h"\n'


def one(event: str, top: str = TOP) -> str:
    """A scenario of one event at ten minutes; it begins in line 4."""
    return f'{top}[[event]]\nat = "10m"\n{event}\n'


def problems(text: str) -> list[str]:
    """What is the matter with a text, a line each; nothing if nothing is."""
    try:
        scenario_of(text, "day.toml")
    except ScenarioError as error:
        return str(error).split("\n")
    return []


def mistakes(text: str) -> list[str]:
    """The same without the name of the file."""
    said = problems(text)
    assert all(line.startswith("day.toml:") for line in said)
    return [line.removeprefix("day.toml:") for line in said]


def test_a_whole_scenario_is_read() -> None:
    scenario = scenario_of(
        "# A day\n" + one('do = "answer"\nwith = "snooze"\nfor = "5m"'), "a.toml"
    )
    assert scenario.title == "A day"
    assert scenario.start == datetime(2026, 3, 2, 9)  # noqa: DTZ001 - a local reading
    assert scenario.zone.key == "Europe/Berlin"
    assert scenario.end == 3600.0
    assert [(e.at, e.do, dict(e.values)) for e in scenario.events] == [
        (600.0, "answer", {"with": "snooze", "for": 300.0})
    ]


def test_what_is_not_said_is_utc_the_default_settings_and_the_name_of_the_file() -> None:
    scenario = scenario_of('start = 2026-03-02T09:00:00\nend = "1h"\n', "some/morning.toml")
    assert (scenario.zone.key, scenario.title, scenario.events) == ("UTC", "morning", ())
    assert scenario.settings.breaks.sit_limit == 1800


def test_a_preset_lies_under_the_settings_of_the_scenario() -> None:
    head = f'{TOP}[settings]\npreset = "hourly"\n'
    assert scenario_of(head, "a.toml").settings.breaks.sit_limit == 3000
    own = scenario_of(f'{head}[settings.breaks]\nsit_limit = "20m"\n', "a.toml").settings.breaks
    assert (own.sit_limit, own.natural_break) == (1200, 300)


def test_set_changes_one_setting_after_another() -> None:
    text = one('do = "set"\nkey = "breaks.walk"\nvalue = "7m"') + (
        '[[event]]\nat = "20m"\ndo = "set"\nkey = "standing.enabled"\nvalue = true\n'
    )
    first, second = (event.values["settings"] for event in scenario_of(text, "a.toml").events)
    assert (first.breaks.walk, first.standing.enabled) == (420, False)
    assert (second.breaks.walk, second.standing.enabled) == (420, True)


def test_a_preset_can_be_set_on_the_way() -> None:
    (event,) = scenario_of(one('do = "set"\nkey = "preset"\nvalue = "hourly"'), "a.toml").events
    assert event.values["settings"].breaks.sit_limit == 3000


@pytest.mark.parametrize("by", ["1h", "+1h", "-1h30m", "-90s", "20000d"])
def test_the_clock_goes_both_ways(by: str) -> None:
    (event,) = scenario_of(one(f'do = "clock"\nby = "{by}"'), "a.toml").events
    assert (event.values["by"] < 0) == by.startswith("-")


DURATION = 'a duration such as "30m", 1s to 1000d'
STEP = "a whole number, 1 to 1000"
ENTRIES = 'a list of entries such as { from = "10:00", to = "11:00", title = "Review" }'
EDGE = (
    'a time such as "12:30", 00:00 to 23:59, or a local date and time such as 2026-03-02T10:00:00'
)

MISTAKES = {
    "nothing at all": (
        "",
        [
            "1: start: found nothing, allowed: a local date and time in whole seconds, without "
            "offset or quotes, such as 2026-03-02T09:00:00, in the years 1970 to 2199",
            f"1: end: found nothing, allowed: {DURATION}",
        ],
    ),
    "no TOML": ("start = \n", ["1: not TOML here: Invalid value"]),
    "an unknown key at the top": (
        TOP + 'tmezone = "UTC"\n',
        [
            "4: tmezone: found a key that has no place here, allowed: start, timezone, end, "
            'settings and event at the top of a scenario (perhaps "timezone")'
        ],
    ),
    "a zone that is none": (
        TOP.replace("Berlin", "Berln"),
        [
            '2: timezone: found "Europe/Berln", allowed: the IANA name of a time zone, such as '
            '"Europe/Berlin" (perhaps "Europe/Berlin")'
        ],
    ),
    "an end that is no length": (
        TOP.replace('"1h"', "[60]"),
        [f"3: end: found a list, allowed: {DURATION}"],
    ),
    "a setting out of its range": (
        TOP + '[settings.breaks]\nsit_limit = "2d"\n',
        ['5: settings.breaks.sit_limit: found "2d", allowed: a duration such as "30m", 1s to 24h'],
    ),
    "a setting that there is not": (
        TOP + '[settings.breaks]\nsit_limt = "20m"\n',
        ['5: settings.breaks.sit_limt: unknown key; the nearest known is "sit_limit"'],
    ),
    "a preset that there is not": (
        TOP + '[settings]\npreset = "walkr"\n',
        [
            '5: settings.preset: found "walkr", allowed: balanced, frequent, gentle-start, '
            'hourly, sit-stand-20-8-2, sit-stand-build-up, walker (perhaps "walker")'
        ],
    ),
    "settings that are no table": (
        TOP + "settings = 3\n",
        ["4: settings: found 3, allowed: a table with preset, "],
    ),
    "an event that is no table in a list": (
        TOP + '[event]\nat = "1m"\n',
        ["4: event: found a table, allowed: tables that begin with [[event]]"],
    ),
    "an event that is a number": (
        TOP + "event = [3]\n",
        ["4: event[1]: found 3, allowed: a table with at, do and the keys of what is done"],
    ),
    "an event without a word of what is done": (
        TOP + '[[event]]\nat = "1m"\n',
        ["4: event[1].do: found nothing, allowed: input_starts, input_stops, input, "],
    ),
    "an event without a time": (
        TOP + '[[event]]\ndo = "lock"\n',
        ['4: event[1].at: found nothing, allowed: a duration such as "30m", 0s to 1000d'],
    ),
    "something that cannot be done": (
        one('do = "input_stop"'),
        ['6: event[1].do: found "input_stop", allowed: input_starts, input_stops, input, '],
    ),
    "a key that is not there": (
        one('do = "sleep"'),
        [f"4: event[1].for: found nothing, allowed: {DURATION}"],
    ),
    "a key too many": (
        one('do = "lock"\nfor = "5m"'),
        [
            "7: event[1].for: found a key that has no place here, allowed: at and do "
            'with do = "lock"'
        ],
    ),
    "a key with a slip in it": (
        one('do = "hold"\nreson = "call"'),
        [
            "4: event[1].reason: found nothing, allowed: call, camera, screen_share, fullscreen, "
            "do_not_disturb, calendar, app or inhibitor",
            "7: event[1].reson: found a key that has no place here, allowed: at, do, reason and "
            'why with do = "hold" (perhaps "reason")',
        ],
    ),
    "a reason that there is not": (
        one('do = "hold"\nreason = "calls"'),
        [
            '7: event[1].reason: found "calls", allowed: call, camera, screen_share, fullscreen, '
            'do_not_disturb, calendar, app or inhibitor (perhaps "call")'
        ],
    ),
    "a length with an answer that takes none": (
        one('do = "answer"\nwith = "skip"\nfor = "5m"'),
        ['8: event[1].for: found "5m", allowed: no such key; only with = "snooze" takes a length'],
    ),
    "a length of no longer reading": (
        one('do = "reading"\non = false\nfor = "5m"'),
        ['8: event[1].for: found "5m", allowed: no such key; only on = true takes a length'],
    ),
    "two ends of a pause": (
        one('do = "pause"\nfor = "5m"\nuntil = "12:30"'),
        ['8: event[1].until: found "12:30", allowed: for or until, not both'],
    ),
    "a time that is none": (
        one('do = "pause"\nuntil = "25:00"'),
        [
            '7: event[1].until: found "25:00", allowed: a time such as "12:30", 00:00 to 23:59, '
            'or "today"'
        ],
    ),
    "entries that are no list": (
        one('do = "calendar"\nentries = "09:00"'),
        [f'7: event[1].entries: found "09:00", allowed: {ENTRIES}'],
    ),
    "an entry that is none": (
        one('do = "calendar"\nentries = ["Review", { form = "09:00", to = "10:00" }]'),
        [
            f'7: event[1].entries[1]: found "Review", allowed: {ENTRIES}',
            f"7: event[1].entries[2]: found a table, allowed: {ENTRIES}",
        ],
    ),
    "an entry without an end, and one with a time that is none": (
        one('do = "calendar"\nentries = [{ from = "09:00" }, { from = "9:", to = "10:00" }]'),
        [
            f"7: event[1].entries[1].to: found nothing, allowed: {EDGE}",
            f'7: event[1].entries[2].from: found "9:", allowed: {EDGE}',
        ],
    ),
    "an entry that ends before it begins, and one with half a date": (
        one(
            'do = "calendar"\nentries = [\n'
            "{ from = 2026-03-02T10:00:00, to = 2026-03-02T10:00:00 },\n"
            '{ from = 2026-03-02T10:00:00, to = "11:00" },\n]'
        ),
        [
            "8: event[1].entries[1].to: found 2026-03-02 10:00:00, allowed: a time after from",
            '9: event[1].entries[2].to: found "11:00", allowed: with a date if from has one',
        ],
    ),
    "half a step": (
        one('do = "player"\nresult = "died"\nat_step = 2'),
        ["4: event[1].of: found nothing, allowed: a whole number, to go with at_step"],
    ),
    "a step past the last": (
        one('do = "player"\nresult = "died"\nat_step = 9\nof = 8'),
        ["8: event[1].at_step: found 9, allowed: a whole number, 1 to 8, which is what of says"],
    ),
    "a step before the first": (
        one('do = "player"\nresult = "died"\nat_step = 0\nof = 8'),
        [f"8: event[1].at_step: found 0, allowed: {STEP}"],
    ),
    "yes instead of true": (
        one('do = "reading"\non = "yes"'),
        ['7: event[1].on: found "yes", allowed: true or false, without quotes'],
    ),
    "a time before the start": (
        TOP + '[[event]]\nat = "-1m"\ndo = "lock"\n',
        ['5: event[1].at: found "-1m", allowed: a duration such as "30m", 0s to 1000d'],
    ),
    "longer than a scenario may be": (
        TOP.replace("1h", "1001d"),
        [f'3: end: found "1001d", allowed: {DURATION}'],
    ),
    "after the end": (
        TOP + '[[event]]\nat = "61m"\ndo = "lock"\n',
        ['5: event[1].at: found "1h1m", allowed: 1h or earlier, which is the end'],
    ),
    "out of order": (
        one('do = "lock"') + '[[event]]\nat = "9m59s"\ndo = "unlock"\n',
        ['8: event[2].at: found "9m59s", allowed: 10m or later: events stand in the order of at'],
    ),
    "a clock that leaves the calendar": (
        one('do = "clock"\nby = "-21000d"'),
        ['7: event[1].by: found "-21000d", allowed: a step that stays in the years 1970 to 2199'],
    ),
    "a step that is no length": (
        one('do = "clock"\nby = "--1h"'),
        [
            '7: event[1].by: found "--1h", allowed: a length with or without a sign, such as '
            '"1h" or "-90s", up to 99999d'
        ],
    ),
    "an unknown setting to be set": (
        one('do = "set"\nkey = "breaks.sitlimit"\nvalue = "9m"'),
        [
            '7: event[1].key: found "breaks.sitlimit", allowed: the name of a setting '
            '(perhaps "breaks.sit_limit")'
        ],
    ),
    "a value that a setting cannot have": (
        one('do = "set"\nkey = "breaks.snooze_limit"\nvalue = "many"'),
        ['8: event[1].value: found "many", allowed: a whole number, 0 to 100'],
    ),
}


@pytest.mark.parametrize(("text", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_its_line_its_key_and_what_is_allowed(
    text: str, said: list[str]
) -> None:
    found = mistakes(text)
    assert [line[: len(begin)] for line, begin in zip(found, said, strict=True)] == said


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines() -> None:
    text = one('do = "lock"\nfor = "1m"') + (
        '[[event]]\nat = "5m"\ndo = "hold"\nreason = "tea"\n'
        '[[event]]\nat = "2h"\ndo = "answer"\nwith = "maybe"\n'
    )
    keys = [line.split(":")[0:2] for line in mistakes(text)]
    assert keys == [
        ["7", " event[1].for"],
        ["9", " event[2].at"],
        ["11", " event[2].reason"],
        ["13", " event[3].at"],
        ["15", " event[3].with"],
    ]


@pytest.mark.parametrize(
    "start",
    ["2026-03-02", '"2026-03-02T09:00:00"', "2026-03-02T09:00:00Z", "2026-03-02T09:00:00.5"],
)
def test_a_start_is_a_local_time_in_whole_seconds(start: str) -> None:
    (said,) = mistakes(f'start = {start}\nend = "1h"\n')
    assert said.startswith("1: start: found ")


@pytest.mark.parametrize("zone", ["", "Europe", "../etc/passwd", "/etc/localtime", "x" * 5000, "ü"])
def test_what_is_no_time_zone_is_told(zone: str) -> None:
    (said,) = mistakes(f'start = 2026-03-02T09:00:00\ntimezone = "{zone}"\nend = "1h"\n')
    assert said.startswith('2: timezone: found "')


def test_a_very_short_setting_is_no_mistake() -> None:
    text = f'{TOP}[settings.breaks]\nsit_limit = "3s"\n'
    assert mistakes(text) == []
    assert scenario_of(text, "a.toml").settings.breaks.sit_limit == 3


def test_events_at_the_same_time_and_at_both_ends_are_fine() -> None:
    event = '[[event]]\nat = "{}"\ndo = "lock"\n'
    assert mistakes(TOP + "".join(event.format(at) for at in ("0s", "0s", "1h", "1h"))) == []


# files


def told(path: Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        read_scenario(path)
    return str(caught.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    missing = tmp_path / "no.toml"
    assert told(missing) == f"{missing}: no such file"
    assert told(tmp_path).startswith(f"{tmp_path}: found not a regular file, allowed: a text file")
    os.mkfifo(tmp_path / "pipe")
    assert "not a regular file" in told(tmp_path / "pipe")
    assert "cannot be read" in told(Path("a\0b"))
    assert "cannot be read" in told(Path("x" * 300))
    below = tmp_path / "latin.toml"
    below.write_bytes(b"# caf\xe9\n")
    assert told(below) == f"{below}:1: found the byte 0xe9, allowed: UTF-8 text"
    (tmp_path / "vast.toml").write_bytes(b"#" * (16 * 1024 * 1024 + 1))
    assert "allowed: up to 16384 KiB" in told(tmp_path / "vast.toml")


# junk

VALUES = st.sampled_from(
    [
        '"5m"',
        '"-5m"',
        '"1h"',
        "true",
        "3",
        "-1",
        "1.5",
        "nan",
        "[]",
        "{}",
        '"call"',
        '"walk"',
        '"done"',
        '"lost"',
        '"12:30"',
        "12:30:00",
        "2026-03-02T09:00:00",
        '"breaks.walk"',
        '[{from="09:00",to="10:00"}]',
        "[{from=2026-03-02T09:00:00,to=1,title=2}]",
        '""',
    ]
)
KEYS = st.sampled_from(
    [
        "at",
        "do",
        "for",
        "with",
        "by",
        "to",
        "on",
        "key",
        "value",
        "until",
        "of",
        "at_step",
        "reason",
        "result",
        "down",
        "state",
        "entries",
        "a.b",
        '"ü"',
    ]
)
DEED = st.sampled_from([f'"{do}"' for do in DEEDS])
PAIRS = st.dictionaries(KEYS, VALUES | DEED, max_size=5)


@given(tops=st.dictionaries(st.sampled_from(["start", "end", "timezone", "settings"]), VALUES),
       events=st.lists(st.tuples(DEED | VALUES, PAIRS), max_size=4))  # fmt: skip
def test_no_mixture_of_keys_and_values_is_ever_more_than_a_mistake(
    tops: dict[str, str], events: list[tuple[str, dict[str, str]]]
) -> None:
    text = "".join(f"{key} = {value}\n" for key, value in tops.items())
    for do, pairs in events:
        pairs.setdefault("at", '"5m"')
        rest = "".join(f"{key} = {value}\n" for key, value in pairs.items() if key != "do")
        text += f"[[event]]\ndo = {do}\n{rest}"
    _read_or_told(text)


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda b: b.decode("latin-1")))
def test_no_text_is_ever_more_than_a_mistake(text: str) -> None:
    _read_or_told(TOP + text)
    _read_or_told(text)


def _read_or_told(text: str) -> None:
    assert all(line.isprintable() and ": " in line for line in problems(text))
