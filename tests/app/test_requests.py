"""What the control socket answers, from the real engine."""

from pathlib import Path

import pytest

from tests.app.indoors import Indoors


@pytest.fixture
def indoors(tmp_path: Path) -> Indoors:
    return Indoors(tmp_path / "config.toml", {"breaks.settle": "0s", "breaks.typing_gap": "0s"})


def due(indoors: Indoors) -> None:
    indoors.clock.advance(1801)
    assert indoors.prompts.live is not None


def test_status_has_a_sentence_a_label_and_a_picture(indoors: Indoors) -> None:
    indoors.clock.advance(720)
    reply = indoors.says("status")
    assert reply["ok"]
    assert reply["says"] == "Sitting 12 min · break in 18 min"
    assert reply["label"] == "18 min"
    assert reply["status"]["bout_s"] == 720


def test_asking_brings_the_picture_up_to_date(indoors: Indoors) -> None:
    indoors.clock.advance(59)
    assert indoors.says("status")["status"]["bout_s"] == 59


@pytest.mark.parametrize(
    ("do", "reason"),
    [
        ("done", "There is no break to end right now."),
        ("skip", "There is no break to skip right now."),
        ("snooze", "There is no break to snooze right now."),
        ("resume", "deskbreak is not paused."),
    ],
)
def test_what_makes_no_sense_now_is_refused_with_the_reason(
    indoors: Indoors, do: str, reason: str
) -> None:
    before = indoors.says("status")["status"]
    assert indoors.says(do) == {"ok": False, "error": reason}
    assert indoors.says("status")["status"] == before


def test_an_answer_says_what_is_true_after_it(indoors: Indoors) -> None:
    due(indoors)
    assert indoors.says("snooze")["says"] == "Sitting 30 min · snoozed until 09:35"
    assert indoors.says("pause", **{"for": "1h"})["says"] == "Paused until 10:30"
    assert indoors.says("resume")["status"]["paused"] is False
    assert indoors.says("stand")["says"] == "Standing under 1 min · change in 15 min"
    assert indoors.says("sit")["status"]["posture"] == "sitting"
    assert indoors.says("reading")["status"]["presence"]["reading"] is True


def test_a_break_by_its_routine(indoors: Indoors) -> None:
    reply = indoors.says("break", routine="desk-hips")
    assert reply["status"]["break"]["routine"] == "desk-hips"
    assert indoors.player.started == [(1, "desk-hips")]
    refused = indoors.says("break", routine="xyzzy")
    assert refused == {"ok": False, "error": "There is no routine called xyzzy."}


def test_a_mistake_in_the_settings_is_part_of_every_answer(indoors: Indoors) -> None:
    indoors.tuning.person.write_text("[breaks\n")
    indoors.tuning.reload(indoors.complain)
    reply = indoors.says("status")
    assert reply["says"].endswith("· the settings have a mistake (deskbreak config check)")
    assert reply["status"]["config_error"] == indoors.complaints[0]


def test_doctor_gives_every_gap_something_to_do(indoors: Indoors) -> None:
    rows = indoors.says("doctor")["capabilities"]
    assert [row["name"] for row in rows] == [
        "notifications", "tray", "sound", "voice", "settings",
    ]  # fmt: skip
    assert rows[0]["advice"] == ""
    assert rows[1]["advice"]
    assert rows[-1] == {
        "name": "settings",
        "backend": str(indoors.tuning.person),
        "works": True,
        "why": "",
        "advice": "",
    }


def test_doctor_tells_of_a_mistake_in_the_settings(indoors: Indoors) -> None:
    indoors.tuning.person.write_text("[breaks\n")
    indoors.tuning.reload(indoors.complain)
    settings = indoors.says("doctor")["capabilities"][-1]
    assert not settings["works"]
    assert indoors.complaints[0] in settings["why"]
    assert "config check" in settings["advice"]


def test_reload_and_quit_go_to_whoever_can(indoors: Indoors) -> None:
    assert indoors.says("reload")["status"]["config_error"] is None
    assert indoors.says("quit") == {"ok": True, "says": "deskbreak stops. Nothing is lost."}
    assert (indoors.reloads, indoors.quits) == (1, 1)
