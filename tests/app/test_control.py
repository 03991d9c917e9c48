"""What the control socket answers, from the real engine, and the document of `status --json`."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from deskbreak.app.control import picture
from deskbreak.core.effects import Suggestion
from deskbreak.core.enums import Activity, BreakKind, Posture, QuietReason, State
from deskbreak.core.status import BoutStatus, QuietStatus, StandingStatus, TodayStatus
from tests.app.indoors import Indoors
from tests.statuses import AT, hold, prompt, status, stretch, walk


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
        "notifications", "tray", "windows", "sound", "voice", "settings",
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


def test_what_is_going_on_can_be_shown_on_the_desktop(indoors: Indoors) -> None:
    assert indoors.says("notify")["ok"]
    assert indoors.notified == [indoors.says("status")["says"]]


def test_reload_and_quit_go_to_whoever_can(indoors: Indoors) -> None:
    assert indoors.says("reload")["status"]["config_error"] is None
    assert indoors.says("quit") == {"ok": True, "says": "deskbreak stops. Nothing is lost."}
    assert (indoors.reloads, indoors.quits) == (1, 1)


DOCS = Path(__file__).parent.parent.parent / "docs" / "json.md"
PROMISED = (
    "version", "state", "posture", "bout_s", "limit_s", "due_in_s", "prompt", "holds",
    "paused_until", "snoozed_until", "break", "presence", "standing", "today", "config_error",
    "trouble",
)  # fmt: skip


def test_it_has_what_scripts_were_promised() -> None:
    made = picture(status())
    assert made["version"] == 1
    assert not [key for key in PROMISED if key not in made]
    assert set(made["presence"]) >= {"state", "source", "idle_s"}
    assert set(made["standing"]) == {"enabled", "today_s", "target_s", "stand_for_s", "sensed"}


def test_lengths_are_whole_seconds_and_times_are_local() -> None:
    fine = BoutStatus(Posture.SITTING, 719.6, 1800.0, 1080.4, due=False)
    made = picture(status(bout=fine, snoozed_until=AT + timedelta(minutes=5)))
    assert (made["bout_s"], made["limit_s"], made["due_in_s"]) == (720, 1800, 1080)
    assert made["at"] == "2026-03-02T10:00:00+00:00"
    assert made["snoozed_until"] == "2026-03-02T10:05:00+00:00"


def test_what_is_not_there_is_null_and_not_zero() -> None:
    made = picture(status(bout=BoutStatus(Posture.SITTING, 60.0, 1800.0, None, due=False)))
    gone = ("due_in_s", "prompt", "paused_until", "snoozed_until", "break")
    assert [made[key] for key in (*gone, "config_error", "trouble")] == [None] * (len(gone) + 2)
    assert made["holds"] == []


def test_the_prompt_with_its_suggestion() -> None:
    made = picture(status(prompt=prompt()))["prompt"]
    assert (made["suggests"], made["routine"]) == ("stretch", "desk-reset")
    assert made["actions"] == ["stretch", "walk", "snooze", "skip"]
    assert made["snooze_s"] == [300, 600]
    assert picture(status(prompt=prompt(None)))["prompt"]["suggests"] is None


def test_a_walk_and_a_stretch() -> None:
    taken = picture(status(break_=walk(2, 5), state=State.BREAK))["break"]
    assert taken == {
        "kind": "walk", "routine": None, "routine_name": None,
        "length_s": 300, "passed_s": 120, "remaining_s": 180,
    }  # fmt: skip
    assert picture(status(break_=stretch()))["break"]["routine"] == "desk-reset"


def test_holds_name_their_reason() -> None:
    made = picture(status(holds=(hold(detail="Zoom"),)))["holds"]
    assert made == [{"reason": "call", "detail": "Zoom", "since": "2026-03-02T10:00:00+00:00"}]


def test_the_day_is_the_ledger_and_the_counts() -> None:
    today = TodayStatus(
        {"sitting": 60, "away": 5}, prompts=3, breaks=2, walks=1, natural=4, skips_left=2
    )
    made = picture(status(today=today))["today"]
    assert made == {
        "sitting": 60, "away": 5, "prompts": 3, "breaks": 2, "walks": 1, "natural_breaks": 4,
        "snoozes_left": None, "skips_left": 2,
    }  # fmt: skip


def everything() -> dict[str, Any]:
    full = status(
        prompt=prompt(),
        break_=stretch(),
        missed=Suggestion(BreakKind.WALK, 300.0),
        quiet=QuietStatus(QuietReason.HOLIDAY, AT),
        holds=(hold(),),
        paused_until=AT,
        snoozed_until=AT,
        standing=StandingStatus(True, 1.0, 2.0),
        today=TodayStatus(dict.fromkeys(map(str, Activity), 1)),
        level_offered=2,
        sore=("hips",),
    )
    return picture(full, "a mistake")


def keys_of(document: dict[str, Any]) -> set[str]:
    found = set()
    for key, value in document.items():
        first = value[0] if isinstance(value, list) and value else value
        names = (
            [f"{key}{'[]' if first is not value else ''}.{name}" for name in first]
            if isinstance(first, dict)
            else [key]
        )
        found.update(names)
    return found


def test_the_docs_name_every_key_and_no_other() -> None:
    made = everything()
    assert json.loads(json.dumps(made)) == made
    section = DOCS.read_text().split("## `deskbreak status --json`")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    documented = {key for row in rows for key in re.findall(r"`([^`]+)`", row)}
    assert documented == keys_of(made)
