"""The document behind `status --json`: complete, whole seconds, local times, and as documented."""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from deskbreak.app.control import picture
from deskbreak.core.effects import Suggestion
from deskbreak.core.enums import Activity, BreakKind, Posture, QuietReason, State
from deskbreak.core.status import BoutStatus, QuietStatus, StandingStatus, TodayStatus
from tests.statuses import AT, hold, prompt, status, stretch, walk

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
