"""The player with a clock that jumps: two minutes pass in no time."""

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskbreak.adapters.jsonlines import LONGEST_LINE
from deskbreak.content.playback import Frame, Part, timeline
from deskbreak.content.safety import IT_HURT, NOTICE, PRIVACY, RED_FLAGS
from deskbreak.core.effects import ALONE_S
from deskbreak.text.player import PageText
from deskbreak.windows.report import BEAT_S, Orders, Reporter
from deskbreak.windows.terminal.inputs import Event, Inputs, keys_in
from deskbreak.windows.terminal.player import Player
from deskbreak.windows.terminal.screen import PlainLines
from tests.content.builtin import builtin
from tests.windows.requests import Listener

CATALOGUE = builtin()


class Person:
    """Presses keys at certain seconds, on a clock that jumps to whatever comes next."""

    def __init__(self, *presses: tuple[float, str], keys: bool = True) -> None:
        self._presses = sorted(presses, key=lambda press: press[0])
        self._now = 0.0
        self.has_keys = keys

    def now(self) -> float:
        return self._now

    def obey(self, orders: int | None) -> None:
        """Nobody gives any."""

    def wait(self, timeout_s: float | None) -> list[str]:
        until = None if timeout_s is None else self._now + timeout_s
        if self._presses and (until is None or self._presses[0][0] <= until):
            at, key = self._presses.pop(0)
            self._now = max(self._now, at)
            return [key]
        assert until is not None, "nobody will ever press anything again"
        self._now = until
        return []


class Wall(PlainLines):
    """Remembers everything that was shown."""

    def __init__(self) -> None:
        super().__init__(None, "", ())
        self.frames: list[Frame] = []
        self.pages: list[PageText] = []
        self.suspended = 0
        self.resizes = 0

    def show(self, frame: Frame) -> None:
        self.frames.append(frame)

    def next_look_s(self, frame: Frame) -> float:
        return min(1.0, frame.left_s)

    def page(self, page: PageText, part: int) -> int:
        self.pages.append(page)
        return 1

    def resized(self) -> None:
        self.resizes += 1

    def suspend(self) -> None:
        self.suspended += 1


class Told:
    """The daemon's end of a reporter."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        self.reporter = Reporter(self._write)

    def __iter__(self) -> Iterator[dict[str, object]]:
        os.close(self._write)
        with os.fdopen(self._read) as lines:
            yield from map(json.loads, lines)


def played(*presses: tuple[float, str], keys: bool = True) -> tuple[Wall, list[dict[str, object]]]:
    wall, told = Wall(), Told()
    routine = CATALOGUE.routines["stand-hips"]
    player = Player(wall, Person(*presses, keys=keys), told.reporter, Listener())
    last = player.play(timeline(routine, CATALOGUE.timing))
    player.ask(routine, last)
    return wall, list(told)


def test_two_minutes_pass_and_everything_is_shown() -> None:
    wall, told = played((130, "1"))
    parts = [frame.segment.part for frame in wall.frames]
    assert [parts.count(part) for part in (Part.LEAD_IN, Part.SWITCH)] == [5, 3]
    assert {frame.exercise.id for frame in wall.frames} == {
        "weight_shift", "standing_hip_flexor_stretch", "standing_march",
    }  # fmt: skip
    assert [event["event"] for event in told] == [
        "painted", "step", "step", "step", "ended", "feedback",
    ]  # fmt: skip
    assert told[-2] == {"event": "ended", "share": 1.0, "at_step": 3, "of": 3}


@pytest.mark.parametrize(("key", "feedback"), [("1", "good"), ("2", "too_easy"), ("3", "too_hard")])
def test_one_key_answers_the_question(key: str, feedback: str) -> None:
    wall, told = played((120, key))
    assert told[-1] == {"event": "feedback", "feedback": feedback, "exercise": None}
    assert len({page.heading for page in wall.pages}) == 1


@pytest.mark.parametrize("key", ["enter", "q", "esc"])
def test_no_answer_is_an_answer(key: str) -> None:
    _, told = played((120, key))
    assert told[-1]["event"] == "ended"


def test_a_question_nobody_answers_goes_away() -> None:
    person, wall, routine = Person(), Wall(), CATALOGUE.routines["stand-hips"]
    player = Player(wall, person, Reporter(None), Listener())
    last = player.play(timeline(routine, CATALOGUE.timing))
    ended_s = person.now()
    assert player.ask(routine, last) is None
    assert wall.pages
    assert person.now() == pytest.approx(ended_s + 60)


def test_what_hurt_can_be_named_and_the_texts_follow() -> None:
    wall, told = played((120, "x"), (121, "4"), (122, "2"), (123, "enter"))
    assert told[-1] == {
        "event": "feedback", "feedback": "it_hurt", "exercise": "standing_hip_flexor_stretch",
    }  # fmt: skip
    assert wall.pages[-1].paragraphs == (IT_HURT, RED_FLAGS)


def test_what_hurt_need_not_be_named() -> None:
    wall, told = played((120, "4"), (121, "enter"), (122, "enter"))
    assert told[-1] == {"event": "feedback", "feedback": "it_hurt", "exercise": None}
    assert wall.pages[-1].paragraphs == (IT_HURT, RED_FLAGS)


def test_only_what_was_begun_can_have_hurt() -> None:
    _, told = played((20, "q"), (21, "4"), (22, "enter"))
    assert told[-1] == {"event": "feedback", "feedback": "it_hurt", "exercise": "weight_shift"}


def test_ending_early_says_how_much_was_done() -> None:
    wall, told = played((17, "q"), (18, "enter"))
    assert told[-1] == {"event": "ended", "share": 0.12, "at_step": 1, "of": 3}
    assert wall.pages[0].heading == "Fine. See you later."


def test_where_nothing_was_done_nothing_is_asked() -> None:
    wall, told = played((2, "esc"))
    assert told[-1] == {"event": "ended", "share": 0.0, "at_step": 1, "of": 3}
    assert wall.pages == []


def test_of_what_was_ended_within_a_quarter_of_a_minute_nothing_is_asked() -> None:
    wall, told = played((14, "q"), (16, "4"))
    assert told[-1] == {"event": "ended", "share": 0.09, "at_step": 1, "of": 3}
    assert wall.pages == []


@pytest.mark.parametrize("event", [Event.STOP, Event.INTERRUPT, Event.HANG_UP])
def test_whoever_closes_it_is_not_asked(event: Event) -> None:
    wall, told = played((50, event))
    assert told[-1]["event"] == "ended"
    assert wall.pages == []


@pytest.mark.parametrize("event", [Event.STOP, Event.HANG_UP])
def test_a_question_can_be_closed_from_outside(event: Event) -> None:
    _, told = played((119, event))
    assert told[-1]["event"] == "ended"


def test_without_keys_nothing_is_asked() -> None:
    wall, told = played(keys=False)
    assert told[-1]["event"] == "ended"
    assert wall.pages == []


def test_pause_skip_back_and_easier() -> None:
    wall, told = played(
        (10, "space"), (500, "e"), (501, "space"), (502, "s"), (503, "b"), (504, "right"),
        (505, "left"), (640, "1"),
    )  # fmt: skip
    paused = [frame for frame in wall.frames if frame.paused]
    assert {frame.left_s for frame in paused} == {19.0}
    assert any(frame.easier for frame in wall.frames)
    assert told[-2]["share"] == 1.0
    assert [event["at_step"] for event in told if event["event"] == "step"] == [1, 2, 1, 2, 3]


def test_what_begins_can_be_heard() -> None:
    sounds, routine = Listener(), CATALOGUE.routines["stand-hips"]
    player = Player(Wall(), Person(), Reporter(None), sounds)
    player.play(timeline(routine, CATALOGUE.timing))
    each = [Part.TRANSITION, Part.WORK, Part.SWITCH, Part.WORK]
    assert sounds.heard == [Part.LEAD_IN, Part.WORK, *each, Part.TRANSITION, Part.WORK, None]


def test_whoever_closes_it_wants_no_sound() -> None:
    sounds, routine = Listener(), CATALOGUE.routines["stand-hips"]
    player = Player(Wall(), Person((3, Event.STOP)), Reporter(None), sounds)
    player.play(timeline(routine, CATALOGUE.timing))
    assert sounds.heard == [Part.LEAD_IN]


def test_an_order_makes_it_silent_and_it_goes_on() -> None:
    sounds, wall, person = Listener(), Wall(), Person((3, Event.HUSH))
    routine = CATALOGUE.routines["stand-hips"]
    last = Player(wall, person, Reporter(None), sounds).play(timeline(routine, CATALOGUE.timing))
    assert sounds.closed
    assert last.share == 1.0


def test_control_z_pauses() -> None:
    wall, _ = played((10, Event.SUSPEND), (900, "q"), (901, "1"))
    assert wall.suspended == 1
    assert wall.frames[-1].paused


def test_a_new_size_is_passed_on_during_the_run_and_the_question() -> None:
    wall, _ = played((10, Event.RESIZE), (119, Event.RESIZE), (120, "1"))
    assert wall.resizes == 2


def test_the_notice() -> None:
    for key, agreed in (("enter", True), ("q", False), (Event.STOP, False)):
        wall, told = Wall(), Told()
        player = Player(wall, Person((1, "x"), (2, key)), told.reporter, Listener())
        assert player.acknowledge() is agreed
        assert wall.pages[0].paragraphs == (NOTICE, RED_FLAGS, PRIVACY)
        said = "acknowledged" if agreed else "ended"
        assert [event["event"] for event in told] == ["painted", said]


def test_a_notice_nobody_can_accept_is_not_accepted() -> None:
    wall = Wall()
    assert not Player(wall, Person(keys=False), Reporter(None), Listener()).acknowledge()
    assert wall.pages


def test_time_can_run_faster() -> None:
    person, wall = Person((300, "1")), Wall()
    player = Player(wall, person, Reporter(None), Listener(), speed=10)
    player.play(timeline(CATALOGUE.routines["stand-hips"], CATALOGUE.timing))
    assert person.now() == pytest.approx(11.8)


def test_a_player_without_a_daemon_goes_in_the_end_though_nobody_presses_a_key(
    tmp_path: Path,
) -> None:
    person = Person((3, "space"))
    line = timeline(CATALOGUE.routines["stand-hips"], CATALOGUE.timing)
    player = Player(Wall(), person, Reporter(None, str(tmp_path / "nobody")), Listener())
    assert player.play(line).share < 0.1
    assert ALONE_S + line.total_s < person.now() < ALONE_S + line.total_s + 2 * BEAT_S + 3
    assert player.stopped


def test_a_player_whose_session_is_over_goes_at_once(tmp_path: Path) -> None:
    person, path = Person(), tmp_path / "session" / "deskbreak" / "player.sock"
    line = timeline(CATALOGUE.routines["stand-hips"], CATALOGUE.timing)
    player = Player(Wall(), person, Reporter(None, str(path)), Listener())
    assert player.play(line).share < 0.1
    assert (person.now() < 2 * BEAT_S, player.stopped) == (True, True)


def test_a_daemon_that_does_not_listen_any_more_is_no_trouble() -> None:
    read, write = os.pipe()
    os.close(read)
    reporter = Reporter(write)
    reporter.painted()
    assert reporter.fd is None
    reporter.ended(1.0, 3, 3)
    os.close(write)


def test_orders_come_in_pieces_and_junk_is_passed_over() -> None:
    orders = Orders()
    assert list(orders.feed(b'{"do": "st')) == []
    assert list(orders.feed(b'op"}\n{"do": 7}\nnull\n\xff\n[[[\n{"do":"stop"}\n')) == ["stop"] * 2
    assert list(orders.feed(b"x" * (LONGEST_LINE + 1))) == []
    assert list(orders.feed(b'\n{"do":"stop"}\n')) == ["stop"]
    assert list(orders.feed(b'{"do":"hush"}\n{"do":["hush"]}\n')) == ["hush"]
    assert list(orders.feed(b"[" * 50_000 + b"\n")) == []


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("\x1b[D\x1b[C\x1bOD", ["left", "right", "left"]),
        ("\x1b", ["esc"]),
        (" Sq\r\n", ["space", "s", "q", "enter", "enter"]),
        ("\x1b[15~\x1b[1;5Cx", ["x"]),
        ("\x1b[", []),
        ("\u00e9", ["\u00e9"]),
    ],
)
def test_the_names_of_keys(typed: str, keys: list[str]) -> None:
    assert list(keys_in(typed)) == keys


def test_keys_orders_and_signals_come_through_one_door() -> None:
    keys, typing = os.pipe()
    orders, ordering = os.pipe()
    before = signal.getsignal(signal.SIGTERM)
    with Inputs(time.monotonic, keys, orders) as inputs:
        assert inputs.wait(0.0) == []
        os.write(typing, b"s\x1b[D")
        assert inputs.wait(60.0) == ["s", "left"]
        os.write(ordering, b'{"do": "stop"}\n')
        assert inputs.wait(60.0) == [Event.STOP]
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGWINCH)
        assert inputs.wait(60.0) == [Event.STOP, Event.RESIZE]
        os.close(ordering)
        assert inputs.wait(60.0) == []
        os.close(typing)
        assert inputs.wait(60.0) == [Event.HANG_UP]
        assert not inputs.has_keys
        assert inputs.wait(0.0) == []
    assert signal.getsignal(signal.SIGTERM) is before
    os.close(keys)
    os.close(orders)


def test_a_lone_escape_is_told_from_an_arrow_that_comes_in_two_pieces() -> None:
    keys, typing = os.pipe()
    with Inputs(time.monotonic, keys) as inputs:
        os.write(typing, b"\x1b")
        assert inputs.wait(60.0) == ["esc"]
        assert inputs.now() > 0
    os.close(keys)
    os.close(typing)
