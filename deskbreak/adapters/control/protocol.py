"""The words of the control socket: a request in, a fact for the core or a question for the app out.

Pure and strict: a key that means nothing here is refused rather than passed over, so that a
script hears of its slip. Every refusal names the key, what was found and what is allowed.

| `do` | keys |
|---|---|
| `status` `doctor` `reload` `quit` `subscribe` | |
| `break` | `kind` (walk, stretch), `routine`; or `missed` (true) |
| `done` `skip` `stand` `sit` `resume` | |
| `snooze` | `for` |
| `reading` | `on` (true unless said otherwise), `for` |
| `pause` | one of `for`, `until` (HH:MM), `today` (true); without: until resumed |
| `answer` | `with` (what a notification's button would say), `prompt` (its number), `for` |
| `feedback` | `routine`, `feedback`, `exercise` |
| `level` | `level` (1 to 3), the one that the person chooses |
| `sore` | `on` (true unless said otherwise), `areas` (a list) |
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import time
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from deskbreak.core.enums import Answer, BreakKind, Feedback, PauseKind, Posture
from deskbreak.core.events import (
    BreakAsked,
    DoneSaid,
    Fact,
    FeedbackGiven,
    LevelChosen,
    PauseAsked,
    PostureSet,
    PromptAnswered,
    ReadingSet,
    ResumeAsked,
    SoreDaySet,
)
from deskbreak.core.progress import HIGHEST
from deskbreak.settings.values import AREAS, Duration
from deskbreak.struct import Struct

RequestId = int | str | None
Word = TypeVar("Word", bound=StrEnum)

_LONGEST_TEXT = 200
_LONGEST_SHOWN = 60
_LONGEST_ID = 2**63
_LONGEST = Duration(31 * 86_400)
_LEVELS = f"a whole number, 1 to {HIGHEST}"
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_ANSWERS = tuple(answer for answer in Answer if answer is not Answer.EXPIRE)


class Query(StrEnum):
    """What is asked of the app itself rather than told to the core."""

    STATUS = "status"
    SUBSCRIBE = "subscribe"
    RELOAD = "reload"
    DOCTOR = "doctor"
    QUIT = "quit"


class Request(Struct):
    """A request that was understood: `asks` is a fact for the core or a question for the app."""

    do: str
    asks: Fact | Query
    id: RequestId = None


class RequestError(ValueError):
    """A request that cannot be understood; its text is for whoever wrote it."""


def parse(said: Mapping[str, Any]) -> Request:
    """Understand one request. Raises RequestError."""
    keys = _Keys(said)
    request_id = keys.request_id()
    do = keys.required("do", keys.text("do"), f"one of {', '.join(_VERBS)}")
    if do not in _VERBS:
        raise RequestError(_not_allowed("do", do, _one_of(do, _VERBS)))
    asks = _VERBS[do](keys)
    keys.finish()
    return Request(do, asks, request_id)


def id_of(said: Mapping[str, Any]) -> RequestId:
    """The id of a request that need not be right otherwise; None where it has none."""
    try:
        return _Keys(said).request_id()
    except RequestError:
        return None


def accepted(request_id: RequestId, answer: Mapping[str, Any]) -> dict[str, Any]:
    """The reply to a request that was heard; an answer with `ok` in it says that itself."""
    return {"id": request_id, "ok": True, **answer}


def refused(request_id: RequestId, why: str) -> dict[str, Any]:
    """The reply to a request that changed nothing."""
    return {"id": request_id, "ok": False, "error": why}


class _Keys:
    """The keys of one request; whichever nobody has asked for at the end is one too many."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self._said = said
        self._asked: list[str] = []

    def request_id(self) -> RequestId:
        found = self._take("id")
        if found is None or (isinstance(found, str) and _is_text(found)):
            return found
        if isinstance(found, int) and not isinstance(found, bool) and abs(found) < _LONGEST_ID:
            return found
        raise RequestError(_not_allowed("id", found, "a whole number or a text"))

    def text(self, key: str) -> str | None:
        found = self._take(key)
        if found is None or (isinstance(found, str) and _is_text(found)):
            return found
        allowed = f"a text of at most {_LONGEST_TEXT} printable characters"
        raise RequestError(_not_allowed(key, found, allowed))

    def word(self, key: str, words: Iterable[Word]) -> Word | None:
        found = self._take(key)
        if found is None:
            return None
        for word in words:
            if word == found:
                return word
        raise RequestError(_not_allowed(key, found, _one_of(found, words)))

    def duration(self, key: str) -> Duration | None:
        found = self._take(key)
        if found is None:
            return None
        try:
            length = Duration.parse(found)
        except (ValueError, TypeError):
            length = Duration(0)
        if not 0 < length <= _LONGEST:
            allowed = f'a duration such as "90s", "30m" or "1h15m", at most {_LONGEST.text}'
            raise RequestError(_not_allowed(key, found, allowed))
        return length

    def clock(self, key: str) -> time | None:
        found = self._take(key)
        if found is None:
            return None
        parts = _CLOCK.fullmatch(found) if isinstance(found, str) else None
        if parts is None or int(parts[1]) > 23 or int(parts[2]) > 59:
            raise RequestError(_not_allowed(key, found, 'a time of day such as "09:30"'))
        return time(int(parts[1]), int(parts[2]))

    def switch(self, key: str) -> bool | None:
        found = self._take(key)
        if found is None or isinstance(found, bool):
            return found
        raise RequestError(_not_allowed(key, found, "true or false"))

    def number(self, key: str) -> int | None:
        found = self._take(key)
        if found is None:
            return None
        if isinstance(found, int) and not isinstance(found, bool) and 0 <= found < _LONGEST_ID:
            return found
        raise RequestError(_not_allowed(key, found, "a whole number, zero or more"))

    def words(self, key: str, words: Iterable[str]) -> tuple[str, ...]:
        """A list of these words, each once; empty where there is none."""
        found = self._take(key)
        if found is None:
            return ()
        if not isinstance(found, list) or not set(map(str, found)) <= set(words):
            raise RequestError(_not_allowed(key, found, f"a list of {', '.join(words)}"))
        return tuple(dict.fromkeys(map(str, found)))

    def required(self, key: str, found: Word | str | int | None, allowed: str) -> Any:
        if found is None:
            raise RequestError(f"{key}: nothing found; allowed is {allowed}")
        return found

    def together(self, keys: Iterable[str]) -> None:
        """Refuse more than one of these."""
        found = [key for key in keys if self._said.get(key) not in {None, False}]
        if len(found) > 1:
            raise RequestError(f"{' and '.join(found)}: only one of them can be said")

    def finish(self) -> None:
        for key in self._said:
            if key not in self._asked:
                raise RequestError(_unknown_key(key, self._asked))

    def _take(self, key: str) -> Any:
        self._asked.append(key)
        return self._said.get(key)


def _break(keys: _Keys) -> BreakAsked:
    kind, routine = keys.word("kind", BreakKind), keys.text("routine")
    if routine is not None and kind is BreakKind.WALK:
        raise RequestError("routine: a walk has none; allowed with kind stretch")
    if keys.switch("missed"):
        keys.together(("missed", "kind", "routine"))
        return BreakAsked(missed=True)
    return BreakAsked(BreakKind.STRETCH if routine is not None else kind, routine)


def _snooze(keys: _Keys) -> PromptAnswered:
    return PromptAnswered(Answer.SNOOZE, snooze_s=keys.duration("for"))


def _reading(keys: _Keys) -> ReadingSet:
    on, length = keys.switch("on") is not False, keys.duration("for")
    if length is not None and not on:
        raise RequestError("for: found with on = false; allowed with true")
    return ReadingSet(on, length)


def _pause(keys: _Keys) -> PauseAsked:
    length, until, today = keys.duration("for"), keys.clock("until"), keys.switch("today")
    keys.together(("for", "until", "today"))
    if length is not None:
        return PauseAsked(PauseKind.FOR, for_s=length)
    if until is not None:
        return PauseAsked(PauseKind.UNTIL, until=until)
    return PauseAsked(PauseKind.TODAY if today else PauseKind.OPEN)


def _answer(keys: _Keys) -> PromptAnswered:
    allowed = f"one of {', '.join(_ANSWERS)}"
    answer: Answer = keys.required("with", keys.word("with", _ANSWERS), allowed)
    length = keys.duration("for")
    if length is not None and answer is not Answer.SNOOZE:
        raise RequestError(f"for: found with {answer}; allowed with snooze")
    return PromptAnswered(answer, keys.number("prompt"), length)


def _feedback(keys: _Keys) -> FeedbackGiven:
    routine = keys.required("routine", keys.text("routine"), "the name of a routine")
    allowed = f"one of {', '.join(Feedback)}"
    feedback = keys.required("feedback", keys.word("feedback", Feedback), allowed)
    return FeedbackGiven(routine, feedback, keys.text("exercise"))


def _level(keys: _Keys) -> LevelChosen:
    level: int = keys.required("level", keys.number("level"), _LEVELS)
    if not 1 <= level <= HIGHEST:
        raise RequestError(_not_allowed("level", level, _LEVELS))
    return LevelChosen(level)


def _sore(keys: _Keys) -> SoreDaySet:
    on, areas = keys.switch("on") is not False, keys.words("areas", AREAS)
    if areas and not on:
        raise RequestError("areas: found with on false; allowed with on true")
    return SoreDaySet(on, areas)


def _says(asks: Fact | Query) -> Callable[[_Keys], Fact | Query]:
    return lambda _keys: asks


_VERBS: Mapping[str, Callable[[_Keys], Fact | Query]] = MappingProxyType(
    {
        "status": _says(Query.STATUS),
        "break": _break,
        "done": _says(DoneSaid()),
        "skip": _says(PromptAnswered(Answer.SKIP)),
        "snooze": _snooze,
        "stand": _says(PostureSet(Posture.STANDING)),
        "sit": _says(PostureSet(Posture.SITTING)),
        "reading": _reading,
        "pause": _pause,
        "resume": _says(ResumeAsked()),
        "answer": _answer,
        "feedback": _feedback,
        "level": _level,
        "sore": _sore,
        "reload": _says(Query.RELOAD),
        "doctor": _says(Query.DOCTOR),
        "quit": _says(Query.QUIT),
        "subscribe": _says(Query.SUBSCRIBE),
    }
)


def _is_text(found: str) -> bool:
    return 0 < len(found) <= _LONGEST_TEXT and found.isprintable()


def _not_allowed(key: str, found: Any, allowed: str) -> str:
    shown = json.dumps(found)
    if len(shown) > _LONGEST_SHOWN:
        shown = shown[:_LONGEST_SHOWN] + "…"
    return f"{key}: found {shown}; allowed is {allowed}"


def _one_of(found: Any, words: Iterable[str]) -> str:
    return f"one of {', '.join(words)}{_perhaps(found, words)}"


def _unknown_key(key: str, known: list[str]) -> str:
    shown = json.dumps(key[:_LONGEST_SHOWN])
    return f"{shown} is not a key here; allowed is {', '.join(known)}{_perhaps(key, known)}"


def _perhaps(found: Any, words: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(str(found)[:_LONGEST_SHOWN], list(words), n=1)
    return f" (did you mean {near[0]}?)" if near else ""
