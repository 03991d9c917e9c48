"""One part that breaks silences neither the alarm clock nor any other part, and is not hidden."""

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest

from deskbreak.app.troubles import Troubles
from deskbreak.core.effects import Suggestion
from deskbreak.core.enums import Posture
from deskbreak.core.events import PostureSet
from deskbreak.core.state import Situation
from deskbreak.core.status import Status
from deskbreak.settings.model import Settings
from tests.app.indoors import Indoors
from tests.app.living import living
from tests.waiting import spin

SAID = "Something went wrong inside deskbreak at 09:30 on 02 March (the log has it): "


class BrokenAdviser:
    """Breaks in the middle of a fact, so many times: the engine is putting a prompt together."""

    def __init__(self, times: float) -> None:
        self.left = times

    def stretch(self, situation: Situation, settings: Settings) -> Suggestion | None:
        if self.left > 0:
            self.left -= 1
            raise RuntimeError("no such shelf")
        return None

    def named(self, routine: str, settings: Settings) -> Suggestion | None:
        return None


def desk(tmp_path: Path, times: float = 0) -> Indoors:
    calm = {"breaks.settle": "0s", "breaks.typing_gap": "0s", "breaks.walk_share": "0"}
    return Indoors(tmp_path / "config.toml", calm, BrokenAdviser(times))


def test_a_mistake_in_the_engine_does_not_silence_the_alarm(tmp_path: Path) -> None:
    here = desk(tmp_path, times=3)
    here.clock.advance(1800)
    assert here.troubles.last is not None
    assert here.prompts.shown == []
    here.clock.advance(1 + 2 + 4)
    assert len(here.prompts.shown) == 1


def test_after_a_mistake_nothing_is_half_done_and_no_time_is_lost(tmp_path: Path) -> None:
    here = desk(tmp_path, times=1)
    here.clock.advance(1800.5)
    assert here.troubles.last is not None
    assert here.prompts.shown == []
    here.clock.advance(0.5)
    assert [prompt.bout_s for prompt in here.prompts.shown] == [1801]
    here.says("stand")
    here.clock.advance(60)
    now = here.says("status")["status"]
    assert (now["posture"], now["bout_s"]) == ("standing", 60)
    assert now["today"]["unknown"] == 1861
    assert sum(now["today"][part] for part in LEDGER) == 5 * 3600 + 1861


LEDGER = (
    "sitting", "standing", "break", "away", "asleep", "paused", "off_hours", "unknown",
    "not_running",
)  # fmt: skip


def test_a_mistake_that_stays_is_tried_again_at_growing_intervals(tmp_path: Path) -> None:
    here = desk(tmp_path, times=float("inf"))
    pauses: list[float] = []
    here.clock.advance(1800)
    for _ in range(8):
        assert here.waker.armed_s is not None
        pauses.append(here.waker.armed_s)
        here.clock.advance(pauses[-1])
    assert pauses == pytest.approx([1, 2, 4, 8, 16, 32, 60, 60])
    assert here.says("stand")["ok"]
    assert here.says("status")["status"]["posture"] == "standing"


def test_it_is_logged_with_its_trace_told_once_and_named_by_doctor_and_status(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    here = desk(tmp_path, times=2)
    assert here.says("status")["status"]["trouble"] is None
    assert here.troubles.capabilities() == []
    here.clock.advance(1800.5)
    reply = here.says("break")
    assert not reply["ok"]
    assert "deskbreak doctor" in reply["error"]

    told = "Something went wrong inside deskbreak (counting your time)."
    assert [said.startswith(told) for said in here.complaints] == [True]
    assert "no such shelf" not in here.complaints[0]
    traces = [record for record in caplog.records if record.exc_info]
    assert [str(record.exc_info[1]) for record in traces if record.exc_info] == ["no such shelf"]
    now = here.says("status")
    assert now["status"]["trouble"] == f"{SAID}counting your time: RuntimeError: no such shelf"
    assert now["says"].endswith("something went wrong inside (deskbreak doctor)")
    (found,) = here.troubles.capabilities()
    assert (found.works, found.why) == (False, now["status"]["trouble"])
    assert found.advice


def test_an_onlooker_that_breaks_takes_no_other_along(tmp_path: Path) -> None:
    here = desk(tmp_path)
    heard: list[Status] = []

    def broken(_status: Status) -> None:
        raise RuntimeError("no panel")

    here.daemon.watch(broken, "showing the icon")
    here.daemon.watch(heard.append)
    here.says("stand")
    assert [status.posture.value for status in heard][-1] == "standing"
    here.says("sit")
    here.clock.advance(1800)
    assert here.prompts.shown
    assert [said for said in here.complaints if "(showing the icon)" in said] == here.complaints
    assert len(here.complaints) == 1


@pytest.mark.parametrize("broken", ["history", "listener", "prompts"])
def test_a_port_that_breaks_takes_no_other_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    here = desk(tmp_path)
    heard: list[str] = []

    def fails(*_what: Any) -> None:
        raise KeyError("a hook")

    match broken:
        case "history":
            monkeypatch.setattr(here.history, "record", fails)
        case "listener":
            here.listeners.insert(0, fails)
        case "prompts":
            monkeypatch.setattr(here.prompts, "show", fails)
    here.listeners.append(lambda happening, _at: heard.append(happening.event))
    here.clock.advance(1800)
    assert "prompt" in heard
    assert len(here.complaints) == 1
    here.clock.advance(600)
    assert here.daemon.engine.status().bout.length_s == pytest.approx(2400)


def test_what_breaks_in_a_callback_of_the_loop_is_told_as_well(
    loop: asyncio.AbstractEventLoop, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    troubles = Troubles(told.append)
    loop.set_exception_handler(troubles.heard)
    loop.call_soon([].pop)
    spin(loop, lambda: told)
    assert "(taking in what came from outside)" in told[0]
    assert "IndexError" in str(troubles.last)
    assert any(record.exc_info for record in caplog.records)
    loop.call_exception_handler({"message": "a task was forgotten"})
    assert caplog.records[-1].getMessage() == "a task was forgotten"
    assert len(told) == 1


def test_whatever_breaks_in_a_running_house_ends_at_the_rim(tmp_path: Path) -> None:
    def fails(*_what: Any) -> None:
        raise RuntimeError("no panel")

    with living(tmp_path) as running:
        application = running.application
        application._daemon.watch(fails, "showing a second icon")
        application._daemon._ports.listeners.insert(0, fails)
        running.loop.call_soon(fails)
        application._send(PostureSet(Posture.STANDING))
        spin(running.loop, lambda: len(application._troubles._latest) == 3)
        assert running.status.posture is Posture.STANDING
        rows = running.doctor("deskbreak")
        assert len(rows) == 3
        assert all("RuntimeError: no panel" in why for _, why in rows)
        assert application._daemon.trouble in [why for _, why in rows]


PARTS = {
    "systems.linux.desktop.open_tray": "showing the icon",
    "app.application.WeeklyNote": "writing the weekly note",
    "app.application.ControlHandler": "listening to the command line",
    "app.application.Application._watch_settings": "watching your settings",
    "systems.linux.desktop.SessionEnd": "looking after the session",
    "app.application.Sources": "listening to this desktop",
    "systems.linux.desktop.choose_prompts": "opening the notifications",
    "systems.linux.desktop.LinuxDesktop.start": "reaching this desktop",
    "app.application.with_overlay": "opening the overlay",
    "systems.linux.desktop.choose_idle": "choosing the source of idle time",
    "systems.linux.desktop.DesktopSession": "listening to the session",
    "systems.linux.desktop.choose_holds": "looking for reasons to wait",
    "app.sources.CommandSensor": "listening to the desk",
    "app.sources.CalendarReader": "reading the calendar",
    "app.sources.CommandSensor.start": "listening to the desk",
    "app.sources.CalendarReader.start": "reading the calendar",
    "app.control.ControlServer.start": "listening to the command line",
}
"""What is broken, and what deskbreak was about to do."""


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_breaks_while_it_opens_is_done_without_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    def fails(*_what: Any, **_more: Any) -> None:
        raise RuntimeError("no panel")

    monkeypatch.setattr(f"deskbreak.{part}", fails)
    with living(tmp_path) as running:
        running.application._send(PostureSet(Posture.STANDING))
        assert running.status.posture is Posture.STANDING
        running.sets('breaks.sit_limit = "20m"\n')
        assert running.status.bout.limit_s > 0
        broken = [why for _, why in running.doctor("deskbreak")]
        assert len(broken) == 1
        assert broken[0].endswith(f"{PARTS[part]}: RuntimeError: no panel")
        names = {row.name for row in running.application.capabilities()}
        assert len(names & {"idle", "lock", "camera", "desk", "tray", "player", "history"}) >= 2
        assert running.application._daemon.save()


def test_a_tray_that_breaks_while_it_opens_is_one_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskbreak.systems.linux.desktop.open_tray", [].pop)
    with living(tmp_path) as running:
        assert running.doctor("tray") == [(None, "it could not be opened; the log says why")]


def test_a_way_of_telling_that_breaks_is_only_logged(caplog: pytest.LogCaptureFixture) -> None:
    def broken(_sentence: str) -> None:
        raise OSError("no bus")

    with caplog.at_level(logging.ERROR), Troubles(broken).during("showing a notification"):
        raise ValueError("no words")
    assert [str(r.exc_info[1]) for r in caplog.records if r.exc_info] == ["no words", "no bus"]
