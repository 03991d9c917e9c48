"""What files, peers and the command line call things does nothing to the terminal."""

import json
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.typed import Machine, typed
from tests.text.test_display import EVIL, harmless

_CALENDAR = """\
BEGIN:VCALENDAR
BEGIN:VEVENT
UID:\x1b[31m1
DTSTART:{begin:%Y%m%dT%H%M%SZ}
DURATION:PT3H
SUMMARY:{evil}\\nsecond line
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART;TZID=\x1b[31mMars\x07:{begin:%Y%m%dT%H%M%S}
DURATION:PT3H
SUMMARY:x
END:VEVENT
END:VCALENDAR
"""
_LINE = "\x1b]0;PWN\x07\x1b[31mRED\x1b[2J\u202eevil\x9b31m"
_OURS = re.compile("\x1b\\[3[23]m[✓✗]\x1b\\[0m")  # the marks of doctor
_WORD = EVIL.replace("\x00", "")  # the system hands on no zero bytes
_NOW = datetime.now(UTC)


def _settings(home: Path) -> str:
    evil = json.dumps(EVIL)  # TOML takes the same escapes, but for halves of pairs
    return f"""\
[calendar]
files = [{json.dumps(str(home / "evil.ics"))}]
[hold]
apps = [{evil}]
[hooks]
prompt = [{json.dumps("/none" + EVIL)}]
[[reminder]]
name = {evil}
every = "1h"
text = {json.dumps(EVIL + " text")}
"""


def _history() -> str:
    facts = [
        ("prompt", {"bout_s": 1, "overdue_s": 0, "suggests": "stretch", "actions": [EVIL]}),
        ("break_started", {"kind": "stretch", "routine": EVIL}),
        ("break_ended", {"outcome": "done", "length_s": 120, "kind": "stretch", "routine": EVIL}),
        ("feedback", {"routine": EVIL, "feedback": "it_hurt", "exercise": EVIL}),
        ("reminder", {"name": EVIL}),
        ("hold", {"reason": EVIL}),
    ]
    rows = [
        {"wall": _NOW.timestamp() - 60 * back, "zone_s": 0, "day": f"{_NOW:%Y-%m-%d}"}
        | {"event": event, "data": data}
        for back, (event, data) in enumerate(facts, 1)
    ]
    head = {"format": "deskbreak-history", "version": 1}
    return "".join(json.dumps(row) + "\n" for row in (head, *rows))


@pytest.fixture
def evil(here: Machine, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A home full of hostile names."""
    home = here.home
    monkeypatch.chdir(home)
    here.sets(_settings(home))
    begin = _NOW - timedelta(minutes=10)
    (home / "evil.ics").write_text(_CALENDAR.format(begin=begin, evil=_LINE), newline="\r\n")
    (home / "history.jsonl").write_text(_history())
    (home / "\x1b[31mfile.toml").write_text("x =")
    quoted = json.dumps(_LINE)
    (home / "mine.toml").write_text(
        f'schema = 1\n{quoted} = 1\n[[routine]]\nid = "x"\nname = {quoted}\n{quoted} = 2\n'
    )
    (home / "day.toml").write_text(
        f"start = 2026-03-02T09:00:00\nend = '1h'\n{quoted} = 1\n[[event]]\nat='1m'\ndo={quoted}\n"
    )
    (home / "fine.toml").write_text(
        f"# {_LINE}\nstart = 2026-03-02T09:00:00\nend = '1h'\n"
        f"[[settings.reminder]]\nname = {quoted}\nevery = '5m'\n"
    )
    own = here.place("XDG_DATA_HOME", "microroutines")
    own.mkdir(parents=True, exist_ok=True)
    shutil.copy(home / "mine.toml", own / "\x1b[31mown.toml")
    return here


@pytest.mark.parametrize(
    "words",
    [
        ("calendar",),
        ("calendar", "--json"),
        *(("stats", *more) for more in (("day",), ("week",), ("month",), ("year",))),
        ("stats", "week", "--json"),
        ("stats", "week", "--csv"),
        ("stats", "--from", _WORD),
        ("export",),
        ("export", f"/none{_WORD}/x"),
        ("import", f"no{_WORD}"),
        ("import", "\x1b[31mfile.toml"),
        ("history", "erase", _WORD),
        ("routines", "list"),
        ("routines", "list", "--json"),
        ("routines", "check", "mine.toml", "\x1b[31mfile.toml"),
        ("routines", "check", _WORD),
        ("routines", "add", "\x1b[31mfile.toml"),
        ("routines", "show", _WORD),
        ("routines", "play", _WORD),
        ("routines", "export", _WORD),
        ("config", "show"),
        ("config", "show", "--json"),
        ("config", "get", "reminder"),
        ("config", "get", "hold.apps"),
        ("config", "get", _WORD),
        ("config", "check", "\x1b[31mfile.toml"),
        ("config", "set", "breaks.walk", _WORD),
        ("config", "set", _WORD, "5m"),
        ("config", "use", _WORD),
        ("simulate", "day.toml"),
        ("simulate", "fine.toml"),
        ("simulate", "fine.toml", "--json"),
        ("simulate", "\x1b[31mfile.toml"),
        ("snooze", _WORD),
        ("pause", _WORD),
        ("pause", "until", _WORD),
        ("break", _WORD),
        ("break", _WORD, _WORD),
        ("sore", _WORD),
        ("level", _WORD),
        ("desk", "use", _WORD),
        ("autostart", _WORD),
        ("status", f"--format={_WORD}"),
        (f"--{_WORD}",),
        ("status", f"--{_WORD}"),
        (_WORD,),
        ("config", _WORD),
        ("doctor",),
    ],
    ids=lambda words: ascii(" ".join(words))[:40],
)
def test_what_a_command_prints_is_text(
    evil: Machine, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    typed(capsys, "import", str(evil.home / "history.jsonl"))
    ran = typed(capsys, *words, color=True)
    assert ran.out or ran.err
    assert harmless(_OURS.sub("", ran.out))
    assert harmless(ran.err)
    assert "Traceback" not in ran.err
