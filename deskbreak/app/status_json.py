"""`Status` as the JSON that users and their scripts rely on (docs/json.md)."""

from datetime import datetime
from typing import Any

from deskbreak.core.effects import Prompt, Suggestion
from deskbreak.core.status import BreakStatus, QuietStatus, Status

VERSION = 1


def picture(
    status: Status, config_error: str | None = None, trouble: str | None = None
) -> dict[str, Any]:
    """Everything `status --json` prints. Lengths are whole seconds, times are local ISO 8601."""
    return {
        "version": VERSION,
        "at": _time(status.at),
        "state": status.state.value,
        "posture": status.posture.value,
        "bout_s": round(status.bout.length_s),
        "limit_s": round(status.bout.limit_s),
        "due": status.bout.due,
        "due_in_s": _seconds(status.bout.due_in_s),
        "next": status.bout.next_prompt.value,
        "prompt": _prompt(status.prompt),
        "holds": [
            {"reason": hold.reason.value, "detail": hold.detail, "since": _time(hold.since)}
            for hold in status.holds
        ],
        "paused": status.paused,
        "paused_until": _time(status.paused_until),
        "quiet": _quiet(status.quiet),
        "snoozed_until": _time(status.snoozed_until),
        "can_snooze": status.can_snooze,
        "can_skip": status.can_skip,
        "missed": _missed(status.missed),
        "break": _break(status.break_),
        "presence": {
            "state": status.presence.state.value,
            "source": status.presence.source,
            "idle_s": _seconds(status.presence.idle_s),
            "why": status.presence.why,
            "locked": status.presence.locked,
            "reading": status.presence.reading,
            "reading_until": _time(status.presence.reading_until),
        },
        "standing": {
            "enabled": status.standing.enabled,
            "today_s": round(status.standing.today_s),
            "target_s": round(status.standing.target_s),
            "stand_for_s": round(status.standing.stand_for_s),
            "sensed": status.standing.sensed,
        },
        "today": {
            **status.today.ledger,
            "prompts": status.today.prompts,
            "breaks": status.today.breaks,
            "walks": status.today.walks,
            "natural_breaks": status.today.natural,
            "snoozes_left": status.today.snoozes_left,
            "skips_left": status.today.skips_left,
        },
        "level": {"now": status.level, "offered": status.level_offered},
        "sore": None if status.sore is None else list(status.sore),
        "config_error": config_error,
        "trouble": trouble,
    }


def _prompt(prompt: Prompt | None) -> dict[str, Any] | None:
    if prompt is None:
        return None
    suggestion = prompt.suggestion
    return {
        "id": prompt.id,
        "kind": prompt.kind.value,
        "bout_s": round(prompt.bout_s),
        "overdue_s": round(prompt.overdue_s),
        "actions": [action.value for action in prompt.actions],
        "suggests": suggestion.kind.value if suggestion else None,
        "routine": suggestion.routine if suggestion else None,
        "snooze_s": [round(seconds) for seconds in prompt.snooze_s],
        "urgent": prompt.urgent,
    }


def _quiet(quiet: QuietStatus | None) -> dict[str, Any] | None:
    return None if quiet is None else {"why": quiet.why.value, "until": _time(quiet.until)}


def _missed(missed: Suggestion | None) -> dict[str, Any] | None:
    if missed is None:
        return None
    return {
        "kind": missed.kind.value,
        "routine": missed.routine,
        "routine_name": missed.routine_name,
        "length_s": round(missed.length_s),
    }


def _break(taken: BreakStatus | None) -> dict[str, Any] | None:
    if taken is None:
        return None
    return {
        "kind": taken.kind.value,
        "routine": taken.routine,
        "routine_name": taken.routine_name,
        "length_s": round(taken.length_s),
        "passed_s": round(taken.passed_s),
        "remaining_s": round(taken.remaining_s),
    }


def _seconds(value: float | None) -> int | None:
    return None if value is None else round(value)


def _time(when: datetime | None) -> str | None:
    return None if when is None else when.isoformat(timespec="seconds")
