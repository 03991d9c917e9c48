"""The words of the control socket: a request in, a fact for the core or a question for the app out.

Pure and strict: a key that means nothing here is refused rather than passed over, so that a
script hears of its slip. Every refusal names the key, what was found and what is allowed.

| `do` | keys |
|---|---|
| `status` `doctor` `reload` `quit` `subscribe` | |
| `break` | `kind` (walk, stretch), `routine`; or `missed` (true) |
| `done` `skip` `stand` `sit` `resume` | |
| `snooze` | `for` (a length; a number alone is minutes) |
| `reading` | `on` (true unless said otherwise), `for` |
| `pause` | one of `for`, `until` (a time of day), `today` (true); without: until resumed |
| `answer` | `with` (what a notification's button would say), `prompt` (its number), `for` |
| `feedback` | `routine`, `feedback`, `exercise` |
| `level` | `level` (1 to 3), the one that the person chooses |
| `sore` | `on` (true unless said otherwise), `areas` (a list) |
"""

import json
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, Generic, TypeVar

from deskbreak.core import events
from deskbreak.core.enums import Answer, BreakKind, Feedback, PauseKind, Posture
from deskbreak.core.progress import HIGHEST
from deskbreak.settings.typed import UnclearError, time_of_day
from deskbreak.settings.values import AREAS, Duration
from deskbreak.struct import Struct

RequestId = int | str | None
T = TypeVar("T")

_LONGEST_TEXT = 200
_LONGEST_SHOWN = 60
_LARGEST = 2**63
_LONGEST = Duration(31 * 86_400)


class Query(StrEnum):
    """What is asked of the app itself rather than told to the core."""

    STATUS = "status"
    SUBSCRIBE = "subscribe"
    RELOAD = "reload"
    DOCTOR = "doctor"
    NOTIFY = "notify"
    QUIT = "quit"


class Request(Struct):
    """A request that was understood: `asks` is a fact for the core or a question for the app."""

    do: str
    asks: events.Fact | Query
    id: RequestId = None


class RequestError(ValueError):
    """A request that cannot be understood; its text is for whoever wrote it."""


def parse(said: Mapping[str, Any]) -> Request:
    """Understand one request. Raises RequestError."""
    keys = _Keys(said)
    request_id = keys.get("id", _ID)
    keys.get("do", _TEXT)
    asks = keys.need("do", _VERB)(keys)
    keys.finish()
    return Request(said["do"], asks, request_id)


def id_of(said: Mapping[str, Any]) -> RequestId:
    """The id of a request that need not be right otherwise; None where it has none."""
    try:
        return _Keys(said).get("id", _ID)
    except RequestError:
        return None


def accepted(request_id: RequestId, answer: Mapping[str, Any]) -> dict[str, Any]:
    """The reply to a request that was heard; an answer with `ok` in it says that itself."""
    return {"id": request_id, "ok": True, **answer}


def refused(request_id: RequestId, why: str) -> dict[str, Any]:
    """The reply to a request that changed nothing."""
    return {"id": request_id, "ok": False, "error": why}


class _Value(Generic[T]):
    """A kind of value: `read` raises ValueError or TypeError for what is not `allowed`."""

    def __init__(self, allowed: str, read: Callable[[Any], T], words: Iterable[str] = ()) -> None:
        self.allowed, self.read, self.words = allowed, read, tuple(words)


def _one_of(values: Mapping[str, T]) -> _Value[T]:
    """One of these words, for what it stands for."""

    def read(found: Any) -> T:
        if found not in values:
            raise ValueError(found)
        return values[found]

    return _Value(f"one of {', '.join(values)}", read, values)


def _text(found: Any) -> str:
    if not (isinstance(found, str) and 0 < len(found) <= _LONGEST_TEXT and found.isprintable()):
        raise ValueError(found)
    return found


def _switch(found: Any) -> bool:
    if not isinstance(found, bool):
        raise TypeError(found)
    return found


def _number(found: Any, least: int = 0, below: int = _LARGEST) -> int:
    if not isinstance(found, int) or isinstance(found, bool) or not least <= found < below:
        raise ValueError(found)
    return found


def _request_id(found: Any) -> RequestId:
    return _text(found) if isinstance(found, str) else _number(found, -_LARGEST + 1)


def _length(found: Any) -> Duration:
    length = Duration.parse(found)
    if not 0 < length <= _LONGEST:
        raise ValueError(found)
    return length


def _areas(found: Any) -> tuple[str, ...]:
    if not isinstance(found, list) or not set(map(str, found)) <= set(AREAS):
        raise ValueError(found)
    return tuple(dict.fromkeys(map(str, found)))


_TEXT = _Value(f"a text of at most {_LONGEST_TEXT} printable characters", _text)
_SWITCH = _Value("true or false", _switch)
_NUMBER = _Value("a whole number, zero or more", _number)
_ID = _Value("a whole number or a text", _request_id)
_LENGTH = _Value(f'a duration such as "90s", "30m" or "1h15m", at most {_LONGEST.text}', _length)
_TIME = _Value('a time of day such as "09:30"', time_of_day)
_AREAS = _Value(f"a list of {', '.join(AREAS)}", _areas)
_LEVEL = _Value(
    f"a whole number, 1 to {HIGHEST}", lambda found: _number(found, least=1, below=HIGHEST + 1)
)
_KIND = _one_of({kind.value: kind for kind in BreakKind})
_ANSWER = _one_of({answer.value: answer for answer in Answer if answer is not Answer.EXPIRE})
_FEEDBACK = _one_of({feedback.value: feedback for feedback in Feedback})


class _Keys:
    """The keys of one request; whichever nobody has asked for at the end is one too many."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self._said = said
        self._asked: dict[str, None] = {}

    def get(self, key: str, value: _Value[T]) -> T | None:
        self._asked[key] = None
        found = self._said.get(key)
        if found is None:
            return None
        try:
            return value.read(found)
        except UnclearError as unclear:
            raise RequestError(f"{key}: {unclear}") from None
        except (ValueError, TypeError):
            shown = json.dumps(found)
            if len(shown) > _LONGEST_SHOWN:
                shown = shown[:_LONGEST_SHOWN] + "…"
            hint = _perhaps(found, value.words)
            raise RequestError(f"{key}: found {shown}; allowed is {value.allowed}{hint}") from None

    def need(self, key: str, value: _Value[T], allowed: str = "") -> T:
        found = self.get(key, value)
        if found is None:
            raise RequestError(f"{key}: nothing found; allowed is {allowed or value.allowed}")
        return found

    def at_most_one_of(self, *keys: str) -> None:
        found = [key for key in keys if self._said.get(key) not in {None, False}]
        if len(found) > 1:
            raise RequestError(f"{' and '.join(found)}: only one of them can be said")

    def finish(self) -> None:
        for key in self._said:
            if key not in self._asked:
                shown, known = json.dumps(key[:_LONGEST_SHOWN]), ", ".join(self._asked)
                hint = _perhaps(key, self._asked)
                raise RequestError(f"{shown} is not a key here; allowed is {known}{hint}")


def _perhaps(found: Any, words: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(str(found)[:_LONGEST_SHOWN], list(words), n=1)
    return f" (did you mean {near[0]}?)" if near else ""


def _break(keys: _Keys) -> events.BreakAsked:
    kind, routine = keys.get("kind", _KIND), keys.get("routine", _TEXT)
    if routine is not None and kind is BreakKind.WALK:
        raise RequestError("routine: a walk has none; allowed with kind stretch")
    if keys.get("missed", _SWITCH):
        keys.at_most_one_of("missed", "kind", "routine")
        return events.BreakAsked(missed=True)
    return events.BreakAsked(BreakKind.STRETCH if routine is not None else kind, routine)


def _snooze(keys: _Keys) -> events.PromptAnswered:
    return events.PromptAnswered(Answer.SNOOZE, snooze_s=keys.get("for", _LENGTH))


def _reading(keys: _Keys) -> events.ReadingSet:
    on, length = keys.get("on", _SWITCH) is not False, keys.get("for", _LENGTH)
    if length is not None and not on:
        raise RequestError("for: found with on = false; allowed with true")
    return events.ReadingSet(on, length)


def _pause(keys: _Keys) -> events.PauseAsked:
    length, until = keys.get("for", _LENGTH), keys.get("until", _TIME)
    today = keys.get("today", _SWITCH)
    keys.at_most_one_of("for", "until", "today")
    if length is not None:
        return events.PauseAsked(PauseKind.FOR, for_s=length)
    if until is not None:
        return events.PauseAsked(PauseKind.UNTIL, until=until)
    return events.PauseAsked(PauseKind.TODAY if today else PauseKind.OPEN)


def _answer(keys: _Keys) -> events.PromptAnswered:
    answer, length = keys.need("with", _ANSWER), keys.get("for", _LENGTH)
    if length is not None and answer is not Answer.SNOOZE:
        raise RequestError(f"for: found with {answer}; allowed with snooze")
    return events.PromptAnswered(answer, keys.get("prompt", _NUMBER), length)


def _feedback(keys: _Keys) -> events.FeedbackGiven:
    routine = keys.need("routine", _TEXT, "the name of a routine")
    return events.FeedbackGiven(
        routine, keys.need("feedback", _FEEDBACK), keys.get("exercise", _TEXT)
    )


def _sore(keys: _Keys) -> events.SoreDaySet:
    on, areas = keys.get("on", _SWITCH) is not False, keys.get("areas", _AREAS) or ()
    if areas and not on:
        raise RequestError("areas: found with on false; allowed with on true")
    return events.SoreDaySet(on, areas)


def _always(asks: events.Fact | Query) -> Callable[[_Keys], events.Fact | Query]:
    return lambda _keys: asks


_VERB: _Value[Callable[[_Keys], events.Fact | Query]] = _one_of(
    {
        "status": _always(Query.STATUS),
        "break": _break,
        "done": _always(events.DoneSaid()),
        "skip": _always(events.PromptAnswered(Answer.SKIP)),
        "snooze": _snooze,
        "stand": _always(events.PostureSet(Posture.STANDING)),
        "sit": _always(events.PostureSet(Posture.SITTING)),
        "reading": _reading,
        "pause": _pause,
        "resume": _always(events.ResumeAsked()),
        "answer": _answer,
        "feedback": _feedback,
        "level": lambda keys: events.LevelChosen(keys.need("level", _LEVEL)),
        "sore": _sore,
        "reload": _always(Query.RELOAD),
        "doctor": _always(Query.DOCTOR),
        "notify": _always(Query.NOTIFY),
        "quit": _always(Query.QUIT),
        "subscribe": _always(Query.SUBSCRIBE),
    }
)
