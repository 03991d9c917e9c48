"""Puts prompts and notices into words: kind, short, and plain about what is so."""

from deskbreak.content import safety
from deskbreak.core.effects import Notice, NoticeKind, Prompt, Suggestion
from deskbreak.core.enums import Answer, BreakKind, PromptKind
from deskbreak.core.events import LevelOfferAnswered, PromptAnswered
from deskbreak.struct import Struct
from deskbreak.text.durations import brief_exactly, exactly, spelled

_TAKE, _STAY = "take_level", "stay"
_WORTH_SAYING_S = 60.0  # a break that is due for less goes without saying so
_COMMANDS = {
    PromptKind.BREAK: "deskbreak break",
    PromptKind.STAND: "deskbreak stand",
    PromptKind.SIT: "deskbreak sit",
}
_BUTTONS = {
    Answer.WALK: "Walk",
    Answer.STRETCH: "Stretch",
    Answer.SHORTER: "Shorter walk",
    Answer.SNOOZE: "Snooze",
    Answer.SKIP: "Skip",
    Answer.STANDING: "Standing now",
    Answer.SITTING: "Sitting now",
    Answer.LATER: "Later",
}
_BEGINS = {
    Answer.WALK: "start the walk",
    Answer.STRETCH: "start the stretch",
    Answer.STANDING: "say that you stand",
    Answer.SITTING: "say that you sit",
}
# One server cuts a paragraph after six lines, and every word of these has to be seen.
_LONG = {
    text: text.replace(". ", ".\n")
    for text in (safety.RED_FLAGS, safety.NOTICE, safety.RECENT_PAIN, safety.LONGER_PAIN)
}
_RED_FLAGS = _LONG[safety.RED_FLAGS]
_ABOUT = "\n\n".join((_LONG[safety.NOTICE], safety.PRIVACY, safety.EVIDENCE))
_NOTICES = {
    NoticeKind.HEADS_UP: ("A break is coming up", "It is due in {length}."),
    NoticeKind.STILL_HERE: ("Your walk is waiting", "It counts as soon as you leave the desk."),
    NoticeKind.REST_LEFT: ("Welcome back", "Still {length} of your walk to go, if you like."),
    NoticeKind.REMINDER: ("A small reminder", ""),
    NoticeKind.OPENING: ("Opening the guide\N{HORIZONTAL ELLIPSIS}", ""),
    NoticeKind.PLAYER_FAILED: ("The guide is not on the screen", ""),
    NoticeKind.LEVEL_UP: ("Ready for level {level}?", safety.STRONGER),
    NoticeKind.IT_HURT: ("We leave this one out", f"{safety.IT_HURT}\n\n{_RED_FLAGS}"),
    NoticeKind.SET_UP: ("Your desk", safety.SET_UP),
    NoticeKind.SAFETY: ("Before you go on", ""),
    NoticeKind.DOCTOR: ("When to see a doctor", _RED_FLAGS),
    NoticeKind.CALL: ("In a call?", safety.CALL),
    NoticeKind.ABOUT: ("About deskbreak", _ABOUT),
    NoticeKind.STATUS: ("deskbreak is running", ""),
    NoticeKind.STANDING_NOTE: ("Standing mode is on", safety.STANDING),
    NoticeKind.WEEKLY: ("Your week", ""),
    NoticeKind.WINDOWS: ("For the windows, type in a terminal", ""),
    NoticeKind.TROUBLE: ("A word from deskbreak", "“deskbreak doctor” shows what works here."),
}


class Words(Struct):
    """A title of a few words, and a body of a few sentences (or none)."""

    title: str
    body: str


# prompts


def prompt_words(prompt: Prompt) -> Words:
    """What a prompt says, without a word about how to answer it."""
    if prompt.kind is PromptKind.STAND:
        title = "Still up for standing a while?" if prompt.repeat else "Stand up for a while?"
        return Words(title, f"{_sat(prompt)}{_for_how_long(prompt)}")
    if prompt.kind is PromptKind.SIT:
        return Words("Sit down, or move a little?", _stood(prompt))
    suggestion = prompt.suggestion
    does = [safety.STAND_UP] if suggestion is None else [_suggests(suggestion), suggestion.text]
    parts = [_sat(prompt), _due(prompt), *does]
    return Words(_time_to_move(prompt), " ".join(part for part in parts if part))


def button(answer: Answer, prompt: Prompt) -> str:
    """The label of a button."""
    if answer is Answer.SNOOZE and prompt.snooze_s:
        return f"Snooze {brief_exactly(prompt.snooze_s[0])}"
    if answer is Answer.WALK and prompt.kind is not PromptKind.BREAK:
        return "Walk instead"
    return _BUTTONS.get(answer, str(answer).capitalize())


def first_answer(prompt: Prompt) -> Answer | None:
    """What a click on the notification itself answers: the suggested break or change, if any."""
    if prompt.suggestion is not None:
        kind = prompt.suggestion.kind
        return Answer.WALK if kind is BreakKind.WALK else Answer.STRETCH
    if prompt.kind is PromptKind.BREAK or not prompt.actions:
        return None
    return prompt.actions[0]


def begin(prompt: Prompt) -> str:
    """What the first answer does, as a label that stands alone: "Start the walk"."""
    what = _BEGINS.get(first_answer(prompt) or Answer.WALK, "answer")
    return what[0].upper() + what[1:]


def way_out(prompt: Prompt) -> str:
    """How to answer where nothing can be clicked."""
    return f"To answer, use the tray menu or type: {_COMMANDS[prompt.kind]}"


def way_by_click(prompt: Prompt, click: str) -> str:
    """How to answer where there are no buttons but a click counts; `click` names it."""
    if first_answer(prompt) is None:
        return way_out(prompt)
    what = _BEGINS.get(first_answer(prompt) or Answer.WALK, "answer")
    return f"{click} to {what}. The other choices are in the tray menu."


def _time_to_move(prompt: Prompt) -> str:
    if prompt.repeat == 0:
        return "Time to move"
    if prompt.urgent or prompt.repeat > 2:
        return f"{spelled(prompt.bout_s).capitalize()} of sitting"
    return "Still a good time to move" if prompt.repeat == 1 else "Your break is waiting"


def _sat(prompt: Prompt) -> str:
    return f"You have been sitting for {spelled(prompt.bout_s)}."


def _stood(prompt: Prompt) -> str:
    stood = f"You have been standing for {spelled(prompt.bout_s)}."
    return f"{stood} Standing still for long is tiring too." if prompt.stood_long else stood


def _for_how_long(prompt: Prompt) -> str:
    return f" How about {exactly(prompt.stand_for_s)} on your feet?" if prompt.stand_for_s else ""


def _due(prompt: Prompt) -> str:
    if prompt.overdue_s < _WORTH_SAYING_S:
        return ""
    return f"A break has been due for {spelled(prompt.overdue_s)}."


def _suggests(suggestion: Suggestion) -> str:
    if suggestion.kind is BreakKind.WALK:
        return f"How about a walk of {exactly(suggestion.length_s)}?"
    length = exactly(_about(suggestion.length_s))
    if suggestion.routine_name:
        return f"How about “{suggestion.routine_name}”, {length}?"
    return f"How about a stretch of {length}?"


def _about(seconds: float) -> float:
    """A routine of 116 seconds takes two minutes to anybody who is asked to do it."""
    minutes = round(seconds / 60)
    return minutes * 60 if minutes and abs(seconds - minutes * 60) <= 10 else seconds


# notices


def notice_words(notice: Notice) -> Words:
    """What a notice says."""
    title, body = _NOTICES[notice.kind]
    if notice.kind is NoticeKind.REMINDER:
        return _reminder(notice, title)
    if notice.kind is NoticeKind.PLAYER_FAILED:
        return Words(title, _play_by_hand(notice.text))
    text = notice.text or body.format(length=spelled(notice.seconds))
    for long, broken in _LONG.items():
        text = text.replace(long, broken)
    return Words(title.format(level=notice.level), text)


def _reminder(notice: Notice, title: str) -> Words:
    """Its name above what it says; one of the two will do, where they are the same."""
    name = notice.name or notice.text or title
    parts = ("" if notice.text == name else notice.text, _for(notice.seconds))
    return Words(name[:1].upper() + name[1:], "\n".join(part for part in parts if part))


def offers(notice: Notice) -> tuple[tuple[str, str], ...]:
    """The answers to a notice that asks something: a key and a label each."""
    if notice.kind is not NoticeKind.LEVEL_UP:
        return ()
    return (_TAKE, f"Try level {notice.level}"), (_STAY, f"Stay at level {notice.level - 1}")


def answered(prompt: Prompt, answer: Answer) -> PromptAnswered:
    """What a button of a prompt tells the core: the one to snooze names a length."""
    snooze_s = prompt.snooze_s[0] if answer is Answer.SNOOZE and prompt.snooze_s else None
    return PromptAnswered(answer, prompt.id, snooze_s)


def offer_answered(notice: Notice, key: str) -> LevelOfferAnswered | None:
    """What that answer tells the core; None for a key that the notice does not have."""
    known = key in dict(offers(notice))
    return LevelOfferAnswered(notice.level, key == _TAKE) if known else None


def way_to_offer(notice: Notice) -> str:
    """How to answer such a notice where nothing can be clicked; empty for any other."""
    if not offers(notice):
        return ""
    return f"To try it, use the tray menu or type: deskbreak level {notice.level}"


def _for(seconds: float) -> str:
    return f"For {exactly(seconds)}." if seconds >= 1 else ""


def _play_by_hand(routine: str) -> str:
    command = f"deskbreak routines play {routine}".strip()
    return f"The routine also runs in a terminal: {command} --terminal"
