"""What happened in a replayed day, in plain words."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from deskbreak.settings.values import Duration
from deskbreak.simulate.scenario import Event

_REASONS = MappingProxyType(
    {
        "call": "a call",
        "camera": "the camera",
        "screen_share": "a shared screen",
        "fullscreen": "a full-screen window",
        "do_not_disturb": "do-not-disturb",
        "calendar": "a calendar entry",
        "app": "one of your programs in front",
        "inhibitor": "a film",
    }
)

_STATES = MappingProxyType(
    {"off": "off hours", "break": "on a break", "unknown": "presence unknown"}
)

_OUTCOMES = MappingProxyType(
    {
        "done": "done",
        "partial": "most of it done, and it counts",
        "natural": "the machine slept for the rest, a break all the same",
        "skipped": "ended early; the sitting goes on",
        "ignored": "not taken; the sitting goes on",
        "withdrawn": "the player went away; the sitting goes on",
    }
)

COUNT = frozenset({"done", "partial"})
"""Outcomes of a break that was taken."""

_PARTS = MappingProxyType(
    {"off_hours": "off hours", "not_running": "not running", "unknown": "presence unknown"}
)


def length(seconds: float) -> str:
    """`1h15m`, as in settings."""
    return Duration(seconds).text


def happened(event: Mapping[str, Any]) -> str:
    """One event of a replay as a sentence."""
    say = _HAPPENED.get(event["event"])
    return event["event"].replace("_", " ") if say is None else say(event)


def _prompt(event: Mapping[str, Any]) -> str:
    late = f", {length(event['overdue_s'])} over" if event["overdue_s"] else ""
    return f"Time to move: {length(event['bout_s'])} of sitting{late}. {_choice(event)}"


def _choice(event: Mapping[str, Any]) -> str:
    *most, last = event["actions"]
    return f"{', '.join(most).capitalize()} or {last}?"


def _question(words: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda event: f"{words} {length(event['bout_s'])} so far. {_choice(event)}"


def _break_ended(event: Mapping[str, Any]) -> str:
    what = _break(event)
    step = f" (step {event['at_step']} of {event['of']})" if event.get("at_step") else ""
    outcome = _OUTCOMES.get(event["outcome"], event["outcome"])
    return f"{what.capitalize()} over after {length(event['length_s'])}{step}: {outcome}"


def _break(event: Mapping[str, Any]) -> str:
    named = f' "{event["routine"]}"' if event.get("routine") else ""
    return f"{event.get('kind', 'break')}{named}"


def _paused(event: Mapping[str, Any]) -> str:
    return f"Paused for {length(event['for_s'])}" if "for_s" in event else "Paused until resumed"


def _end(event: Mapping[str, Any]) -> str:
    bout = f", {length(event['bout_s'])} into this bout" if event["bout_s"] else ""
    return f"The end: {_STATES.get(event['state'], event['state'])}{bout}"


_HAPPENED: Mapping[str, Callable[[Mapping[str, Any]], str]] = MappingProxyType(
    {
        "heads_up": lambda e: f"Heads-up: a break is due in {length(e['due_in_s'])}",
        "prompt": _prompt,
        "stand_prompt": _question("Stand up?"),
        "sit_prompt": _question("Sit down, or move?"),
        "prompt_withdrawn": lambda e: f"The question is taken back: {e['why']}",
        "hold": lambda e: f"Prompts wait: {_REASONS[e['reason']]}",
        "hold_over": lambda e: f"No longer waiting for {_REASONS[e['reason']]}",
        "snoozed": lambda e: f"Snoozed for {length(e['until_s'] - e['t'])}",
        "skipped": lambda _: "Skipped; the sitting goes on counting",
        "dismissed": lambda _: "Closed without an answer; it comes again",
        "ignored": lambda _: "No answer; it comes again",
        "break_started": lambda e: f"{_break(e).capitalize()} begins",
        "break_ended": _break_ended,
        "natural_break": lambda e: f"Away for {length(e['away_s'])}: a break nobody asked for",
        "bout_ended": lambda e: f"{length(e['length_s'])} of {e['posture']} come to an end",
        "posture": lambda e: f"Now {e['to']}",
        "reminder": lambda e: f"Reminder: {e['name']}",
        "paused": _paused,
        "resumed": lambda _: "Resumed",
        "day_closed": lambda e: f"The day {e['day']} is over: {sums(e['ledger'])}",
        "end": _end,
    }
)


def sums(ledger: Mapping[str, int]) -> str:
    """The parts of a day that are not nothing."""
    parts = ((_PARTS.get(part, part), seconds) for part, seconds in ledger.items() if seconds)
    return " · ".join(f"{part} {length(seconds)}" for part, seconds in parts)


def done(event: Event) -> str:
    """One event of the script as a sentence."""
    return _DONE[event.do](event.values)


def _answer(values: Mapping[str, Any]) -> str:
    for_s = f" for {length(values['for'])}" if "for" in values else ""
    return {
        "dismiss": "You close the question",
        "expire": "The question leaves the screen by itself",
        "later": "You say: later",
    }.get(values["with"], f"You choose: {values['with']}{for_s}")


def _calendar(values: Mapping[str, Any]) -> str:
    titles = ", ".join(f'"{entry.title}"' for entry in values["entries"] if entry.title)
    count = len(values["entries"])
    entries = "1 entry" if count == 1 else f"{count} entries"
    return f"The calendar has {entries}{f': {titles}' if titles else ''}"


def _player(values: Mapping[str, Any]) -> str:
    at = f" at step {values['at_step']} of {values['of']}" if "of" in values else ""
    return f"The player is {'done' if values['result'] == 'done' else 'gone'}{at}"


def _pause(values: Mapping[str, Any]) -> str:
    if "for" in values:
        return f"You pause for {length(values['for'])}"
    until = values.get("until")
    if until == "today":
        return "You pause for the rest of the day"
    return f"You pause until {until:%H:%M}" if until is not None else "You pause"


def _reading(values: Mapping[str, Any]) -> str:
    if not values["on"]:
        return "You read no longer"
    for_s = f" for {length(values['for'])}" if "for" in values else ""
    return f"You read on paper{for_s}"


def _clock(values: Mapping[str, Any]) -> str:
    way = "back" if values["by"] < 0 else "ahead"
    return f"The clock is set {way} by {length(abs(values['by']))}"


_DONE: Mapping[str, Callable[[Mapping[str, Any]], str]] = MappingProxyType(
    {
        "input_starts": lambda _: "You type again",
        "input_stops": lambda _: "You take your hands off",
        "input": lambda v: f"Input for {length(v['for'])}",
        "lock": lambda _: "The screen is locked",
        "unlock": lambda _: "The screen is unlocked",
        "session": lambda v: (
            "Another session is in front" if v["state"] == "behind" else "This session is in front"
        ),
        "sleep": lambda v: f"The machine sleeps for {length(v['for'])}",
        "clock": _clock,
        "timezone": lambda v: f"The time zone is {v['to'].key} now",
        "hold": lambda v: f"Begins: {v.get('why') or _REASONS[v['reason']]}",
        "release": lambda v: f"Ends: {_REASONS[v['reason']]}",
        "calendar": _calendar,
        "answer": _answer,
        "player": _player,
        "done": lambda _: "You say: done",
        "stand": lambda _: "You stand up",
        "sit": lambda _: "You sit down",
        "desk": lambda v: f"The desk says: {v['says']}",
        "reading": _reading,
        "pause": _pause,
        "resume": lambda _: "You resume",
        "restart": lambda v: f"deskbreak restarts, gone for {length(v['down'])}",
        "set": lambda _: "The settings change",
        "idle_source": lambda v: (
            "Nothing can tell of input any more" if v["state"] == "lost" else "Input is seen again"
        ),
    }
)
