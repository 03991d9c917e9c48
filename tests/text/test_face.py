from datetime import timedelta

import pytest

from deskbreak.adapters.tray.pixmap import pixmaps
from deskbreak.core.enums import Posture, PromptKind, State
from deskbreak.core.status import Status
from deskbreak.text.tray import face
from tests.statuses import AT, bout, due, every_status, hold, prompt, status, unknown, walk


@pytest.mark.parametrize(
    ("now", "picture", "attention"),
    [
        (status(), "sitting", False),
        (due(), "due", True),
        (due(42, prompt=None), "due", True),
        (due(holds=(hold(),)), "due", False),
        (due(33, prompt=None, snoozed_until=AT + timedelta(minutes=5)), "due", False),
        (status(prompt=prompt(None, PromptKind.STAND)), "due", True),
        (status(state=State.BREAK, break_=walk()), "break", False),
        (status(state=State.PAUSED, paused=True), "paused", False),
        (status(state=State.STANDING, bout=bout(3, 15, Posture.STANDING)), "standing", False),
        (status(state=State.AWAY), "away", False),
        (status(state=State.OFF), "away", False),
        (unknown(), "unknown", False),
    ],
)
def test_each_state_has_its_picture(now: Status, picture: str, attention: bool) -> None:
    assert (face(now).picture, face(now).attention) == (picture, attention)


def test_every_picture_is_there() -> None:
    assert all(pixmaps(face(now).picture) for now in every_status())


def test_a_minute_changes_the_text_but_not_the_topic_nor_the_menu() -> None:
    before, after = face(status(bout=bout(12))), face(status(bout=bout(13)))
    assert before.text != after.text
    assert (before.topic, before.menu) == (after.topic, after.menu)


def test_what_happens_changes_the_topic() -> None:
    assert face(status()).topic != face(due()).topic
    assert face(due()).topic != face(due(holds=(hold(),))).topic
    assert face(unknown("one")).topic != face(unknown("two")).topic
