"""A day at the desk, end to end: real X server, bus, notification server, panel, mouse and keys."""

from collections.abc import Iterator
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from tests.desktop.person import Person
from tests.desktop.traymenu import chooses, open_menu, stands_on
from tests.servers import desktop, require, stop, xfce_notifyd, xfce_panel
from tests.waiting import until


@pytest.fixture
def person() -> Iterator[Person]:
    require("Xvfb", "dbus-daemon", "xfce4-panel", "xfce4-notifyd", "xdotool", "import", "xterm")
    with desktop(
        width=1000, height=600, notifications="xfce", panel=True, window_manager=True
    ) as here:
        person = Person(here)
        person.sets()
        yield person
        person.stops()


def events(person: Person) -> list[str]:
    return [event for event, _ in person.history()]


def test_a_click_on_stretch_plays_a_routine_to_the_end(person: Person) -> None:
    with person.running_deskbreak():
        person.types()
        assert person.status()["state"] == "sitting"
        person.waits_for("the prompt", due=True)
        assert len(person.buttons(4)) == 4
        person.looks("notification")
        person.presses(0)
        taken = until(lambda: person.status()["break"], what="the break begins")
        assert taken["kind"] == "stretch"
        person.accepts_the_notice()
        until(lambda: person.status()["break"]["passed_s"] >= 8, what="some of the routine")
        person.looks("player")
        person.waits_for("the end of the routine", timeout=60, **{"break": None})
        assert person.status()["today"]["breaks"] == 1
        assert person.status()["bout_s"] < 6
    ended = [data for event, data in person.history() if event == "break_ended"]
    assert [(e["outcome"], e["kind"]) for e in ended] == [("done", "stretch")]


def test_snooze_then_a_walk_that_is_verified_by_absence(person: Person) -> None:
    person.sets(walk_share=1, away_after="2s")
    with person.running_deskbreak():
        person.types()
        person.types_for(7)
        person.presses(2)
        assert person.waits_for("the snooze", prompt=None)["snoozed_until"] is not None
        person.types_for(5)
        person.presses(0)
        until(lambda: person.status()["break"], what="the walk begins")
        person.waits_for("five seconds of absence", state="break", timeout=60)
        until(lambda: (person.status()["break"] or {}).get("passed_s", 9) >= 5, what="the walk")
        person.types_for(3)
        person.waits_for("the walk is over", timeout=60, **{"break": None})
    assert ("break_ended", "done") in [(e, d.get("outcome")) for e, d in person.history()]
    assert "snoozed" in events(person)


def test_leaving_unasked_is_a_natural_break_and_takes_the_notification_away(person: Person) -> None:
    person.sets(away_after="4s")
    with person.running_deskbreak():
        person.types_for(6.5)
        person.banner()
        until(person.no_banner, what="the notification goes when the person has left")
        person.waits_for("away", state="away")
        until(lambda: "natural_break" in events(person), what="the natural break")
        assert "prompt_withdrawn" in events(person)
        assert person.status()["bout_s"] == 0


def test_the_tray_menu_does_it_too_and_a_new_panel_shows_the_icon_again(person: Person) -> None:
    with person.running_deskbreak():
        person.types()
        shown = open_menu(person)
        person.looks("tray-menu")
        person.here.click(shown.x + 60, shown.y + 67)  # the third line: Go for a walk
        until(lambda: person.status()["break"], what="the walk begins")
        person.says("done")
        stop(person.here.processes["panel"])
        with xfce_panel(person.here.env):
            open_menu(person)
            person.looks("tray-menu-after-restart")
            person.here.run("xdotool", "key", "Escape")


def test_the_tray_menu_says_that_you_stand(person: Person) -> None:
    with person.running_deskbreak():
        person.types()
        stands_on(person, "Standing")
        person.looks("tray-standing")
        person.here.run("xdotool", "key", "Return")
        person.waits_for("standing", state="standing", posture="standing", next="sit")
    assert ("posture", {"to": "standing"}) in person.history()


def test_the_tray_menu_has_it_start_at_login(person: Person) -> None:
    at_login = Path(person.here.env["XDG_CONFIG_HOME"], "autostart", "deskbreak.desktop")
    with person.running_deskbreak():
        person.types()
        chooses(person, "Start at login")
        until(at_login.is_file, what="the entry that starts it at login")
        stands_on(person, "Start at login")
        person.looks("tray-start-at-login")
        person.here.run("xdotool", "key", "Return")
        until(lambda: not at_login.exists(), what="no such entry any more")


def test_the_buttons_of_a_stand_prompt(person: Person) -> None:
    person.stands()
    with person.running_deskbreak():
        person.types()
        person.looks_at_buttons("stand-prompt", 3)
        person.presses(0, 3)
        person.waits_for("standing", state="standing")
        person.looks_at_buttons("sit-prompt", 3)
        person.presses(0, 3)
        person.waits_for("sitting again", state="sitting")
    changes = [data["to"] for event, data in person.history() if event == "posture"]
    assert changes == ["standing", "sitting"]


def test_a_new_notification_server_gets_the_prompt_again(person: Person) -> None:
    with person.running_deskbreak():
        person.types()
        person.banner()
        stop(person.here.processes["notifications"])
        with xfce_notifyd(person.here.env):
            assert len(person.buttons(4)) == 4
            assert events(person).count("prompt") == 1
            person.says("skip")
            until(person.no_banner, what="the answered prompt goes")


def test_kill_9_loses_nothing_that_was_promised(person: Person) -> None:
    person.sets(natural_break="30m")  # however slowly the next start comes, it is none
    person.starts()
    person.types()
    person.banner()
    person.says("snooze", "1h")
    before = person.status()
    person.kills()
    with pytest.raises(CalledProcessError) as failed:
        person.says("status")
    assert failed.value.returncode == 3
    person.starts()
    after = person.status()
    assert after["snoozed_until"][:16] == before["snoozed_until"][:16]
    assert abs(after["bout_s"] - before["bout_s"]) <= 3
    assert after["today"]["not_running"] >= before["today"]["not_running"]
