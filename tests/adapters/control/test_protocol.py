"""What a request means, and what is said to whoever wrote one that means nothing."""

import json
from datetime import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.adapters.control.protocol import (
    Query,
    Request,
    RequestError,
    accepted,
    id_of,
    parse,
    refused,
)
from deskbreak.core.enums import Answer, BreakKind, Feedback, PauseKind, Posture
from deskbreak.core.events import (
    BreakAsked,
    DoneSaid,
    FeedbackGiven,
    LevelChosen,
    PauseAsked,
    PostureSet,
    PromptAnswered,
    ReadingSet,
    ResumeAsked,
    SoreDaySet,
)
from deskbreak.settings.values import AREAS

MEANINGS: list[tuple[dict[str, Any], Any]] = [
    ({"do": "status"}, Query.STATUS),
    ({"do": "subscribe"}, Query.SUBSCRIBE),
    ({"do": "reload"}, Query.RELOAD),
    ({"do": "doctor"}, Query.DOCTOR),
    ({"do": "quit"}, Query.QUIT),
    ({"do": "break"}, BreakAsked()),
    ({"do": "break", "kind": "walk"}, BreakAsked(BreakKind.WALK)),
    ({"do": "break", "kind": "stretch"}, BreakAsked(BreakKind.STRETCH)),
    ({"do": "break", "routine": "hips"}, BreakAsked(BreakKind.STRETCH, "hips")),
    ({"do": "break", "kind": None, "routine": None}, BreakAsked()),
    ({"do": "done"}, DoneSaid()),
    ({"do": "skip"}, PromptAnswered(Answer.SKIP)),
    ({"do": "snooze"}, PromptAnswered(Answer.SNOOZE)),
    ({"do": "snooze", "for": 5}, PromptAnswered(Answer.SNOOZE, snooze_s=300.0)),
    ({"do": "pause", "until": 12}, PauseAsked(PauseKind.UNTIL, until=time(12))),
    ({"do": "snooze", "for": "5m"}, PromptAnswered(Answer.SNOOZE, snooze_s=300.0)),
    ({"do": "stand"}, PostureSet(Posture.STANDING)),
    ({"do": "sit"}, PostureSet(Posture.SITTING)),
    ({"do": "reading"}, ReadingSet(True)),
    ({"do": "reading", "on": True}, ReadingSet(True)),
    ({"do": "reading", "on": False}, ReadingSet(False)),
    ({"do": "reading", "for": "45m"}, ReadingSet(True, 2700.0)),
    ({"do": "pause"}, PauseAsked(PauseKind.OPEN)),
    ({"do": "pause", "for": "1h15m"}, PauseAsked(PauseKind.FOR, for_s=4500.0)),
    ({"do": "pause", "until": "14:30"}, PauseAsked(PauseKind.UNTIL, until=time(14, 30))),
    ({"do": "pause", "until": "9:05"}, PauseAsked(PauseKind.UNTIL, until=time(9, 5))),
    ({"do": "break", "missed": True}, BreakAsked(missed=True)),
    ({"do": "break", "missed": False, "kind": "walk"}, BreakAsked(BreakKind.WALK)),
    ({"do": "pause", "today": True}, PauseAsked(PauseKind.TODAY)),
    ({"do": "pause", "today": False}, PauseAsked(PauseKind.OPEN)),
    ({"do": "pause", "today": False, "for": "5m"}, PauseAsked(PauseKind.FOR, for_s=300.0)),
    ({"do": "resume"}, ResumeAsked()),
    ({"do": "answer", "with": "walk"}, PromptAnswered(Answer.WALK)),
    ({"do": "answer", "with": "dismiss", "prompt": 7}, PromptAnswered(Answer.DISMISS, 7)),
    (
        {"do": "answer", "with": "snooze", "prompt": 7, "for": "10m"},
        PromptAnswered(Answer.SNOOZE, 7, 600.0),
    ),
    (
        {"do": "feedback", "routine": "hips", "feedback": "it_hurt", "exercise": "lunge"},
        FeedbackGiven("hips", Feedback.IT_HURT, "lunge"),
    ),
    ({"do": "level", "level": 2}, LevelChosen(2)),
    ({"do": "sore"}, SoreDaySet(True)),
    ({"do": "sore", "areas": ["hips", "neck", "hips"]}, SoreDaySet(True, ("hips", "neck"))),
    ({"do": "sore", "on": False}, SoreDaySet(False)),
]


@pytest.mark.parametrize(("said", "asks"), MEANINGS, ids=[json.dumps(s) for s, _ in MEANINGS])
def test_what_a_request_means(said: dict[str, Any], asks: Any) -> None:
    assert parse({"id": 3, **said}) == Request(said["do"], asks, 3)


WORDS = (
    "status, break, done, skip, snooze, stand, sit, reading, pause, resume, answer, feedback, "
    "level, sore"
)
ANSWERS = "walk, stretch, shorter, snooze, skip, standing, sitting, later, dismiss"
LENGTH = 'allowed is a duration such as "90s", "30m" or "1h15m", at most 31d'
REFUSALS: list[tuple[dict[str, Any], str]] = [
    (
        {"do": "break", "missed": True, "kind": "walk"},
        "missed and kind: only one of them can be said",
    ),
    ({}, f"do: nothing found; allowed is one of {WORDS}, reload, doctor, notify, quit, subscribe"),
    (
        {"do": "snoose"},
        f'do: found "snoose"; allowed is one of {WORDS}, reload, doctor, notify, quit, subscribe '
        "(did you mean snooze?)",
    ),
    ({"do": "level"}, "level: nothing found; allowed is a whole number, 1 to 3"),
    ({"do": "level", "level": 4}, "level: found 4; allowed is a whole number, 1 to 3"),
    ({"do": "level", "level": 0}, "level: found 0; allowed is a whole number, 1 to 3"),
    (
        {"do": "sore", "areas": ["tail"]},
        f'areas: found ["tail"]; allowed is a list of {", ".join(AREAS)}',
    ),
    (
        {"do": "sore", "on": False, "areas": ["hips"]},
        "areas: found with on false; allowed with on true",
    ),
    ({"do": 3}, "do: found 3; allowed is a text of at most 200 printable characters"),
    ({"do": ""}, 'do: found ""; allowed is a text of at most 200 printable characters'),
    ({"do": "done", "fro": 1}, '"fro" is not a key here; allowed is id, do'),
    (
        {"do": "snooze", "fro": "5m"},
        '"fro" is not a key here; allowed is id, do, for (did you mean for?)',
    ),
    ({"do": "snooze", "for": "soon"}, f'for: found "soon"; {LENGTH}'),
    ({"do": "snooze", "for": -5}, f"for: found -5; {LENGTH}"),
    (
        {"do": "snooze", "for": "1:30"},
        'for: found "1:30", allowed: "1h30m" or "1m30s", whichever you mean',
    ),
    ({"do": "snooze", "for": True}, f"for: found true; {LENGTH}"),
    ({"do": "snooze", "for": "0s"}, f'for: found "0s"; {LENGTH}'),
    ({"do": "snooze", "for": "32d"}, f'for: found "32d"; {LENGTH}'),
    ({"do": "snooze", "for": ["5m"]}, f'for: found ["5m"]; {LENGTH}'),
    ({"do": "pause", "until": "24:00"}, 'until: found "24:00"; allowed is a time of day such as'),
    ({"do": "pause", "until": "12:60"}, 'until: found "12:60"; allowed is a time of day such as'),
    ({"do": "pause", "until": "1230"}, 'until: found "1230"; allowed is a time of day such as'),
    ({"do": "pause", "until": [12]}, "until: found [12]; allowed is a time of day such as"),
    ({"do": "pause", "today": "yes"}, 'today: found "yes"; allowed is true or false'),
    (
        {"do": "pause", "for": "5m", "until": "12:00"},
        "for and until: only one of them can be said",
    ),
    (
        {"do": "pause", "until": "12:00", "today": True},
        "until and today: only one of them can be said",
    ),
    (
        {"do": "reading", "on": False, "for": "45m"},
        "for: found with on = false; allowed with true",
    ),
    ({"do": "reading", "on": 1}, "on: found 1; allowed is true or false"),
    (
        {"do": "break", "kind": "strech"},
        'kind: found "strech"; allowed is one of walk, stretch (did you mean stretch?)',
    ),
    ({"do": "break", "kind": ["walk"]}, 'kind: found ["walk"]; allowed is one of walk, stretch'),
    ({"do": "break", "routine": 5}, "routine: found 5; allowed is a text of at most 200"),
    ({"do": "break", "routine": "a\u0000b"}, 'routine: found "a\\u0000b"; allowed is a text'),
    ({"do": "break", "routine": "\ud800"}, 'routine: found "\\ud800"; allowed is a text'),
    ({"do": "break", "routine": "x" * 201}, f'routine: found "{"x" * 59}…; allowed is a text'),
    (
        {"do": "break", "kind": "walk", "routine": "hips"},
        "routine: a walk has none; allowed with kind stretch",
    ),
    ({"do": "answer"}, f"with: nothing found; allowed is one of {ANSWERS}"),
    ({"do": "answer", "with": "expire"}, f'with: found "expire"; allowed is one of {ANSWERS}'),
    ({"do": "answer", "with": "walk", "for": "5m"}, "for: found with walk; allowed with snooze"),
    (
        {"do": "answer", "with": "walk", "prompt": -1},
        "prompt: found -1; allowed is a whole number, zero or more",
    ),
    (
        {"do": "answer", "with": "walk", "prompt": True},
        "prompt: found true; allowed is a whole number, zero or more",
    ),
    (
        {"do": "feedback", "routine": "a"},
        "feedback: nothing found; allowed is one of good, too_easy, too_hard, it_hurt",
    ),
    ({"do": "feedback", "feedback": "good"}, "routine: nothing found; allowed is the name of a"),
    ({"do": "status", "id": 1.5}, "id: found 1.5; allowed is a whole number or a text"),
    ({"do": "status", "id": True}, "id: found true; allowed is a whole number or a text"),
    ({"do": "status", "id": {}}, "id: found {}; allowed is a whole number or a text"),
    ({"do": "status", "id": 2**63}, "id: found 9223372036854775808; allowed is a whole number"),
]


@pytest.mark.parametrize(("said", "why"), REFUSALS, ids=[json.dumps(s)[:60] for s, _ in REFUSALS])
def test_a_refusal_names_the_key_what_was_found_and_what_is_allowed(
    said: dict[str, Any], why: str
) -> None:
    with pytest.raises(RequestError) as refusal:
        parse(said)
    assert str(refusal.value).startswith(why)


@pytest.mark.parametrize("request_id", [0, 7, -1, "abc", None])
def test_an_id_is_given_back(request_id: Any) -> None:
    assert parse({"id": request_id, "do": "done"}).id == request_id
    assert id_of({"id": request_id, "do": "nonsense"}) == request_id


def test_an_id_that_is_none_is_not_given_back() -> None:
    assert id_of({"id": [1]}) is None
    assert id_of({}) is None


def test_a_reply_says_whether_it_was_heard() -> None:
    assert accepted(4, {"state": "sitting"}) == {"id": 4, "ok": True, "state": "sitting"}
    assert accepted(4, {"ok": False, "error": "no"}) == {"id": 4, "ok": False, "error": "no"}
    assert refused(None, "no") == {"id": None, "ok": False, "error": "no"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=5,
)
KEYS = st.sampled_from(
    ["id", "for", "until", "today", "kind", "routine", "with", "prompt", "on", "x"]
)
VERBS = st.sampled_from(sorted({said["do"] for said, _ in MEANINGS}))


@given(do=VERBS | JSON, keys=st.dictionaries(KEYS, JSON, max_size=4))
def test_whatever_is_said_it_is_understood_or_refused(do: Any, keys: dict[str, Any]) -> None:
    try:
        why = f"understood as {parse({**keys, 'do': do})}"
    except RequestError as refusal:
        why = str(refusal)
    assert 0 < len(why) < 500
    assert why.isprintable()
