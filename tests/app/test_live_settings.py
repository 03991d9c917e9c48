"""Every key takes effect while deskbreak runs: what reads it sees the new value without a restart.

A new key needs a row: how its reader is looked at, in a real Application on a bus of its own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from deskbreak.adapters.hooks import Hooks
from deskbreak.app.housekeeping import Keeping, WeeklyNote
from deskbreak.settings.keys import all_keys, find_key
from deskbreak.settings.model import Settings
from tests.app.living import Running, living


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with living(tmp_path_factory.mktemp("home")) as made:
        yield made


Look = Callable[[Running], Any]


@dataclass(frozen=True, slots=True)
class Row:
    """What the person writes for a key, where its reader is seen, and what the file said before."""

    value: str
    look: Look
    before: str = ""


def _engine(path: str, value: str) -> Row:
    """A key that the engine, and its adviser, read at every fact from the settings told last."""
    return Row(value, lambda now: find_key(path).of(now.application._daemon.engine.settings))


def _doctor(name: str, value: str, before: str = "") -> Row:
    return Row(value, lambda now: now.doctor(name), before)


def _guide(word: str, value: str) -> Row:
    return Row(value, lambda now: now.guide(word))


def _weekly(value: str, read: Callable[[Settings], Any]) -> Row:
    """A key that the weekly note reads whenever it looks, as the statistics do when they start."""
    return Row(value, lambda now: read(now.part(WeeklyNote).settings()))


_TODAY = date.today()  # noqa: DTZ011 - the day of the person's own clock, as in their settings
_OTHER_DAY = f"{_TODAY + timedelta(days=3):%a}".lower()

ROWS: dict[str, Row] = {
    "preset": Row('"hourly"', lambda now: now.status.bout.limit_s),
    "breaks.sit_limit": Row('"47m"', lambda now: now.status.bout.limit_s),
    "breaks.snooze": Row('["7m"]', lambda now: now.tray().snoozes()),
    "breaks.escalate": _doctor("overlay", '"overlay"'),
    "presence.count_inhibitors": _doctor("inhibitors", "false"),
    "presence.source": _doctor("idle", '"none"'),
    "hold.calls": _doctor("calls", "false"),
    "hold.camera": _doctor("camera", "false"),
    "hold.screen_share": _doctor("screen share", "false"),
    "hold.fullscreen": _doctor("full screen", "false"),
    "hold.do_not_disturb": _doctor("do not disturb", "false"),
    "hold.calendar": _engine("hold.calendar", "false"),
    "hold.apps": _doctor("apps", '["mpv"]', "hold.fullscreen = false"),
    "hold.not_calls": Row('["talon"]', lambda now: now.probe("calls")._not_calls()),
    "standing.enabled": Row("true", lambda now: now.status.standing.enabled),
    "standing.stand_for": Row('"33m"', lambda now: now.status.standing.stand_for_s),
    "standing.daily_target": Row('"3h"', lambda now: now.status.standing.target_s),
    "standing.sensor": _doctor("desk", '["true"]'),
    "schedule.day_starts": Row('"05:30"', lambda now: now.application._history.day_starts),
    "schedule.hours": Row(
        f'[{{ days = ["{_OTHER_DAY}"], from = "00:00", to = "00:01" }}]',
        lambda now: now.status.quiet and now.status.quiet.why,
    ),
    "schedule.pause": Row('[{ from = "00:00", to = "24:00" }]', lambda now: now.status.paused),
    "schedule.holidays": Row(
        f'["{_TODAY - timedelta(days=2)}/{_TODAY + timedelta(days=2)}"]',
        lambda now: now.status.quiet and now.status.quiet.why,
    ),
    "routines.level": Row("2", lambda now: now.status.level),
    "routines.sound": _guide("--sound", "false"),
    "routines.voice": _guide("--voice", "true"),
    "goals.walk": _weekly('"40m"', lambda settings: settings.goals.walk),
    "goals.breaks": _weekly("6", lambda settings: settings.goals.breaks),
    "goals.standing": _weekly('"2h"', lambda settings: settings.goals.standing),
    "history.keep": Row('"365d"', lambda now: now.part(Keeping).keep()),
    "calendar.files": _doctor("calendar", '["/nowhere/at-all.ics"]'),
    "hooks": Row('{ prompt = ["true"] }', lambda now: dict(now.part(Hooks)._commands())),
    "tray.countdown": Row("true", lambda now: now.tray().countdown()),
    "tray.icon": Row('"light"', lambda now: now.tray().shade()),
    "ui.theme": _guide("--theme", '"dark"'),
    "ui.text_scale": _guide("--text-scale", "1.5"),
    "ui.reduce_motion": _guide("--still", "true"),
    "ui.weekly_note": _weekly("true", lambda settings: settings.ui.weekly_note),
    **{
        path: _engine(path, value)
        for path, value in {
            "breaks.natural_break": '"3m"',
            "breaks.heads_up": '"2m"',
            "breaks.walk": '"6m"',
            "breaks.long_walk": '"12m"',
            "breaks.walk_share": "0.25",
            "breaks.snooze_limit": "1",
            "breaks.snoozes_a_day": "4",
            "breaks.skips_a_day": "4",
            "breaks.after_skip": '"11m"',
            "breaks.repeat_every": '"6m"',
            "breaks.typing_gap": '"4s"',
            "breaks.polite_wait": '"50s"',
            "breaks.settle": '"20s"',
            "presence.away_after": '"2m"',
            "presence.bump_filter": '"4s"',
            "presence.seated_longest": '"3h"',
            "hold.longest": '"1h"',
            "standing.sit_for": '"29m"',
            "standing.warn_after": '"39m"',
            "standing.forget_after": '"3h"',
            "standing.build_up": '"2m"',
            "standing.build_up_days": "3",
            "standing.build_up_to": '"40m"',
            "schedule.meals": '["12:30"]',
            "routines.places": '["desk"]',
            "routines.weights": "{ hips = 2.0 }",
            "routines.avoid": '["plank"]',
            "routines.avoid_if": '["knee"]',
            "routines.sore": '["neck"]',
            "routines.recent_pain": '"under_6_weeks"',
            "routines.style": '"static"',
            "routines.seed": "7",
            "reminder": '[{ name = "eyes", every = "20m" }]',
            "ui.set_up_tip": "false",
        }.items()
    },
}


def test_every_key_has_its_row() -> None:
    assert set(ROWS) == {key.path for key in all_keys()}


@pytest.mark.parametrize("path", ROWS)
def test_a_key_takes_effect_while_deskbreak_runs(running: Running, path: str) -> None:
    row = ROWS[path]
    running.sets(row.before)
    before = row.look(running)
    running.sets(f"{row.before}\n{path} = {row.value}\n")
    assert running.application._tuning.error is None
    assert row.look(running) != before
    running.sets(row.before)
    assert row.look(running) == before
