"""Settings in the words of people: names, choices, units, and what one looks for."""

import re

LABELS = {
    "breaks.sit_limit": "Ask me after",
    "breaks.natural_break": "A break of your own is at least",
    "breaks.heads_up": "Announce it before",
    "breaks.walk": "A walk takes",
    "breaks.long_walk": "A long walk takes",
    "breaks.walk_share": "Share of walks",
    "breaks.snooze": "Snooze for",
    "breaks.snooze_limit": "Snoozes before one break",
    "breaks.after_skip": "A skip lasts",
    "breaks.repeat_every": "Ask again after",
    "breaks.typing_gap": "Wait for a gap in typing of",
    "breaks.polite_wait": "Wait for it no longer than",
    "breaks.settle": "Leave me alone after coming back",
    "breaks.escalate": "After three without an answer",
    "presence.away_after": "You are away after",
    "presence.bump_filter": "Ignore a nudged mouse up to",
    "presence.count_inhibitors": "A video means you are there",
    "presence.seated_longest": "Without any input, at most",
    "presence.source": "Where idle time is read",
    "hold.screen_share": "Shared screen",
    "hold.fullscreen": "Full screen",
    "hold.do_not_disturb": "Do not disturb",
    "hold.apps": "Programs to wait for",
    "hold.not_calls": "Programs that do not mean a call",
    "hold.longest": "Wait no longer than",
    "standing.enabled": "A desk that goes up and down",
    "standing.sit_for": "Sit for",
    "standing.stand_for": "Stand for",
    "standing.warn_after": "Too long on your feet",
    "standing.daily_target": "Standing a day",
    "standing.forget_after": "Back to sitting after an absence of",
    "standing.sensor": "A program that knows the desk",
    "standing.build_up": "Build up by",
    "standing.build_up_days": "Days for each step",
    "standing.build_up_to": "Build up to",
    "schedule.day_starts": "A new day begins",
    "schedule.hours": "Working hours",
    "schedule.pause": "Pauses every day",
    "schedule.holidays": "Days off",
    "routines.places": "Where you can move",
    "routines.level": "How hard",
    "routines.weights": "What matters to you",
    "routines.avoid": "Exercises to leave out",
    "routines.avoid_if": "Be careful with",
    "routines.sore": "Sore areas",
    "routines.recent_pain": "Back pain now",
    "routines.style": "Moving or holding",
    "routines.sound": "Chimes",
    "routines.voice": "Spoken cues",
    "routines.seed": "Shuffle",
    "goals.walk": "Walking a day",
    "goals.breaks": "Breaks a day",
    "goals.standing": "Standing a day",
    "history.keep": "Keep days for",
    "calendar.files": "Calendar files",
    "tray.countdown": "Minutes beside the icon",
    "tray.icon": "Colours of the icon",
    "ui.theme": "Light or dark",
    "ui.text_scale": "Size of text",
    "ui.reduce_motion": "Still pictures",
    "ui.set_up_tip": "Tip about chair and screen",
}
"""By the key; where it is not here its name makes a good label."""

_WORDS = {
    "never": "As quiet as before",
    "urgent": "More urgent",
    "overlay": "Over the screen",
    "desk": "On my chair",
    "standing": "Standing",
    "walk": "Walking",
    "stairs": "On stairs",
    "floor": "On a mat",
    "low_back": "Lower back",
    "wrist": "Wrists",
    "knee": "Knees",
    "shoulder": "Shoulders",
    "hip_replacement": "A new hip",
    "high_bp": "High blood pressure",
    "leg_symptoms": "Pain down a leg",
    "none": "No",
    "under_6_weeks": "Less than 6 weeks",
    "under_3_months": "Less than 3 months",
    "longer": "Longer",
    "dynamic": "Rather moving",
    "static": "Rather holding",
    "auto": "Automatic",
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday",
    "fri": "Friday", "sat": "Saturday", "sun": "Sunday",
}  # fmt: skip
"""What the words of a choice mean; the others are said as they are written."""

SOUGHT = {
    "breaks.sit_limit": "interval frequency how often every timer reminder minutes length of work",
    "breaks.walk": "duration length of break",
    "breaks.walk_share": "walking stretching more fewer exercise",
    "breaks.snooze": "postpone delay later put off remind",
    "breaks.snooze_limit": "postpone delay later strict",
    "breaks.snoozes_a_day": "postpone delay strict",
    "breaks.skips_a_day": "strict decline",
    "breaks.heads_up": "warning pre-notification in advance",
    "breaks.repeat_every": "nag remind ignore",
    "breaks.escalate": "strict nag ignore popup lock screen block",
    "presence.away_after": "idle inactive absent",
    "presence.count_inhibitors": "film movie youtube",
    "hold.calls": "meeting zoom teams mic",
    "hold.camera": "meeting video webcam",
    "hold.screen_share": "meeting presentation recording",
    "hold.fullscreen": "game film presentation",
    "hold.do_not_disturb": "dnd focus quiet mute",
    "hold.calendar": "meeting appointment",
    "hold.apps": "whitelist blacklist exceptions game ide",
    "standing.enabled": "sit-stand height adjustable",
    "schedule.hours": "weekend weekday monday friday saturday sunday start end evening night",
    "schedule.meals": "lunch dinner eat",
    "schedule.pause": "lunch school recess",
    "schedule.holidays": "vacation leave",
    "routines.places": "stairs mat floor chair yoga",
    "routines.level": "difficulty intensity easy strong",
    "routines.avoid": "exclude disable remove pictures dislike",
    "routines.avoid_if": "pregnant injury pain health knees limits",
    "routines.recent_pain": "injury health doctor",
    "routines.sound": "mute volume audio noise bell",
    "routines.voice": "speech speak audio mute",
    "routines.weights": "focus favourite prefer priority",
    "history.keep": "delete privacy retention data",
    "calendar.files": "ics ical appointments meetings",
    "reminder": "eyes water drink 20-20-20 blink posture",
    "hooks": "script command run automation",
    "tray.icon": "panel symbol monochrome",
    "tray.countdown": "panel timer",
    "ui.theme": "dark mode colour color appearance night",
    "ui.text_scale": "font zoom larger bigger",
    "ui.reduce_motion": "animation",
    "ui.weekly_note": "report summary email",
    "preset": "profile template strict gentle beginner",
    "login": "autostart start startup boot launch automatically",
}
"""Words that a person may look for, and that are in no label or sentence."""

_UNITS = {"d": "days", "h": "h", "m": "min", "s": "s"}
_LENGTH = re.compile(r"\b(?:\d+[dhms])+\b")
_UNIT = re.compile(r"(\d+)([dhms])")


def label(path: str) -> str:
    """What a setting, a table or a part of one is called: "Ask me after"."""
    return LABELS.get(path) or _as_written(path.rsplit(".", 1)[-1])


def word_label(word: str) -> str:
    """A word of a choice: `high_bp` is "High blood pressure"."""
    return _WORDS.get(word) or _as_written(word)


def sought_by(path: str) -> str:
    """More words that a setting is found by."""
    return " ".join(SOUGHT.get(part, "") for part in (path, path.rsplit(".", 1)[0]))


def with_units(said: str) -> str:
    """A text with its lengths of time as people write them: `1h15m` is "1 h 15 min"."""
    return _LENGTH.sub(lambda length: " ".join(map(_in_words, _UNIT.findall(length[0]))), said)


def _in_words(part: tuple[str, str]) -> str:
    count, unit = part
    return "1 day" if (count, unit) == ("1", "d") else f"{count} {_UNITS[unit]}"


def _as_written(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]
