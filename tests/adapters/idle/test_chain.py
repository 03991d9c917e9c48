"""One source after the other: those that die, hang, talk nonsense, and those that take over."""

import asyncio

import pytest

from deskbreak.adapters.idle import chain as module
from deskbreak.adapters.idle.chain import Fallback, IdleChain, Option
from deskbreak.core.events import (
    Fact,
    IdleSourceFound,
    IdleSourceLost,
    Locked,
    Sampled,
    Unlocked,
    Woke,
)
from deskbreak.ports import Capability, Send
from tests.waiting import spin, spin_for

NOTHING = Capability("idle", None, False, "nothing can tell")


class Played:
    """A source that does what the test says, and is made anew at each turn."""

    def __init__(self, name: str, *, found: bool = True, refuses: str = "") -> None:
        self.name = name
        self.remark = f"a remark on {name}"
        self.found = found
        self.refuses = refuses
        self.mistake: Exception | None = None
        self.hopeless = False
        self.answer: float | None = None
        self.made = 0
        self.open = 0
        self.threshold: float | None = None
        self.send: Send

    def turn(self, patience_s: float = 0.05) -> Option:
        def make(_loop: asyncio.AbstractEventLoop, send: Send) -> "Played":
            self.made += 1
            self.send = send
            return self

        return Option(self.name, make, patience_s)

    def start(self) -> None:
        self.open += 1
        if self.mistake is not None and self.found:
            self.send(IdleSourceFound(self.name))
        if self.mistake is not None:
            raise self.mistake
        if self.refuses:
            raise OSError(self.refuses)
        if self.found:
            self.send(IdleSourceFound(self.name))

    def watch(self, threshold_s: float) -> None:
        self.threshold = threshold_s

    def idle_s(self) -> float | None:
        return self.answer

    def close(self) -> None:
        self.open -= 1
        if self.mistake is not None:
            raise self.mistake


@pytest.fixture
def facts() -> list[Fact]:
    return []


def keep(loop: asyncio.AbstractEventLoop, facts: list[Fact], *sources: Played) -> IdleChain:
    turns = tuple(source.turn() for source in sources)
    made = IdleChain(loop, facts.append, turns, Fallback((), NOTHING))
    made.pauses.first_s = 0.03
    made.start()
    return made


@pytest.mark.parametrize("found", [False, True], ids=["before", "after it was found"])
def test_a_mistake_in_one_source_leaves_the_others_their_turn(
    loop: asyncio.AbstractEventLoop,
    facts: list[Fact],
    caplog: pytest.LogCaptureFixture,
    found: bool,
) -> None:
    broken, good = Played("broken", found=found), Played("good")
    broken.mistake = KeyError("a bug")
    keeper = keep(loop, facts, broken, good)
    spin(loop, lambda: keeper.name == "good")
    assert [type(fact) for fact in facts] == [
        *([IdleSourceFound, IdleSourceLost] if found else []), IdleSourceFound
    ]  # fmt: skip
    assert (broken.open, good.open) == (0, 1)
    spin_for(loop, 600)
    assert broken.made == 1, "not again in this session"
    assert "it broke" in next(row.why for row in keeper.capabilities() if row.backend == "broken")
    assert "a bug" in caplog.text
    keeper.close()


def test_one_that_finds_nothing_gives_way_to_the_next(
    loop: asyncio.AbstractEventLoop, facts: list[Fact]
) -> None:
    first, second = Played("first", found=False), Played("second")
    keeper = keep(loop, facts, first, second)
    keeper.watch(7)
    assert keeper.name == "none"
    assert keeper.capabilities()[0].why == "no answer yet"
    first.send(IdleSourceLost("no such service"))
    spin(loop, lambda: facts)
    assert facts == [IdleSourceFound("second")]
    assert (first.open, second.open) == (0, 1)
    assert second.threshold == 7
    assert [(row.backend, row.works, row.why) for row in keeper.capabilities()] == [
        ("first", False, "no such service"),
        ("second", True, "a remark on second"),
    ]


def test_one_that_says_nothing_makes_room_and_goes_on_looking(
    loop: asyncio.AbstractEventLoop, facts: list[Fact]
) -> None:
    first, second = Played("first", found=False), Played("second")
    keeper = keep(loop, facts, first, second)
    keeper.watch(60)
    spin(loop, lambda: keeper.name == "second")
    first.send(Sampled(99))
    assert facts == [IdleSourceFound("second")], "it has found nothing yet"
    assert keeper.capabilities()[0].why == "no answer yet"
    first.send(IdleSourceFound("first"))
    assert facts[1:] == [IdleSourceFound("first")], "the better one takes over, however late"
    assert (keeper.name, first.open, second.open) == ("first", 1, 0)
    second.send(Sampled(99))
    first.send(Sampled(61))
    assert facts[2:] == [Sampled(61)]
    keeper.close()
    assert first.open == 0


def test_a_worse_one_never_takes_over(loop: asyncio.AbstractEventLoop, facts: list[Fact]) -> None:
    first, second = Played("first", found=False), Played("second", found=False)
    keeper = keep(loop, facts, first, second)
    spin(loop, lambda: second.open)
    first.send(IdleSourceFound("first"))
    second.send(IdleSourceFound("second"))
    assert (facts, keeper.name, second.open) == ([IdleSourceFound("first")], "first", 0)
    keeper.close()


def test_nobody_takes_over_during_an_absence_that_it_has_not_seen(
    loop: asyncio.AbstractEventLoop, facts: list[Fact]
) -> None:
    first, second = Played("first", found=False), Played("second")
    keeper = keep(loop, facts, first, second)
    keeper.watch(60)
    spin(loop, lambda: keeper.name == "second")
    second.send(Sampled(61))
    first.send(IdleSourceFound("first"))
    assert keeper.name == "second"
    second.send(Sampled(0))
    assert keeper.name == "first"
    assert facts[1:] == [Sampled(61), Sampled(0), IdleSourceFound("first")]
    keeper.close()


def test_what_waits_for_the_end_of_an_absence_is_there_when_the_other_is_lost(
    loop: asyncio.AbstractEventLoop, facts: list[Fact]
) -> None:
    first, second = Played("first", found=False), Played("second")
    keeper = keep(loop, facts, first, second)
    keeper.watch(60)
    spin(loop, lambda: keeper.name == "second")
    second.send(Sampled(61))
    first.send(IdleSourceFound("first"))
    second.send(IdleSourceLost("gone"))
    assert facts[2:] == [IdleSourceLost("gone"), IdleSourceFound("first")]
    keeper.close()


@pytest.mark.parametrize("occasion", [None, Woke(), Unlocked()])
def test_a_better_one_is_looked_for_every_minute_on_waking_and_on_unlocking(
    loop: asyncio.AbstractEventLoop,
    facts: list[Fact],
    monkeypatch: pytest.MonkeyPatch,
    occasion: Fact | None,
) -> None:
    assert module.LOOK_EVERY_S == 60
    if occasion is None:
        monkeypatch.setattr(module, "LOOK_EVERY_S", 0.02)
    first, second = Played("first", refuses="not yet"), Played("second")
    keeper = keep(loop, facts, first, second)
    assert keeper.name == "second"
    first.refuses = ""
    if occasion is not None:
        keeper.hear(occasion)
    spin(loop, lambda: keeper.name == "first")
    assert facts == [IdleSourceFound("second"), IdleSourceFound("first")]
    assert second.open == 0
    keeper.close()


def test_where_looking_makes_no_sense_nobody_looks(
    loop: asyncio.AbstractEventLoop, facts: list[Fact]
) -> None:
    first, second = Played("first", found=False), Played("second")
    keeper = keep(loop, facts, first, second)
    first.hopeless = True
    first.send(IdleSourceLost("this compositor cannot"))
    spin(loop, lambda: keeper.name == "second")
    keeper.hear(Woke())
    assert (first.made, keeper._timer.is_set) == (1, False), "and it costs no wake-up either"
    keeper.close()


def test_one_that_dies_is_replaced_and_until_then_presence_is_unknown(
    loop: asyncio.AbstractEventLoop, facts: list[Fact]
) -> None:
    first, second = Played("first"), Played("second")
    keeper = keep(loop, facts, first, second)
    keeper.watch(60)
    first.send(Sampled(61))
    first.send(IdleSourceLost("it is gone"))
    assert keeper.name == "none"
    assert keeper.idle_s() is None
    spin(loop, lambda: keeper.name == "second")
    assert facts == [
        IdleSourceFound("first"),
        Sampled(61),
        IdleSourceLost("it is gone"),
        IdleSourceFound("second"),
    ]
    assert second.threshold == 60


def test_where_nobody_is_left_it_looks_again_and_says_so_once(
    loop: asyncio.AbstractEventLoop, facts: list[Fact]
) -> None:
    first, second = Played("first"), Played("second", refuses="not here")
    keeper = keep(loop, facts, first, second)
    first.refuses = "gone for now"
    first.send(IdleSourceLost("it is gone"))
    spin(loop, lambda: second.made >= 3, what="it has looked again more than once")
    assert facts == [IdleSourceFound("first"), IdleSourceLost("it is gone")]
    assert keeper.capabilities()[-1] == NOTHING
    first.refuses = ""
    spin(loop, lambda: keeper.name == "first")
    assert facts[2:] == [IdleSourceFound("first")]
    keeper.close()


def test_at_first_the_reasons_are_told_in_one_sentence(
    loop: asyncio.AbstractEventLoop, facts: list[Fact]
) -> None:
    keeper = keep(
        loop, facts, Played("one", refuses="no server"), Played("two", refuses="no server")
    )
    assert facts == [IdleSourceLost("nothing can tell (no server)")]
    keeper.close()
    spin_for(loop, 0.05)
    assert len(facts) == 1


def test_one_that_stands_still_is_set_aside(
    loop: asyncio.AbstractEventLoop, facts: list[Fact], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskbreak.adapters.idle.watchdog.APART_S", 0.0)
    first, second = Played("first"), Played("second")
    keeper = keep(loop, facts, first, second)
    first.answer = 12.5
    while keeper.name == "first":
        keeper.idle_s()
        spin_for(loop, 0.002)
    spin(loop, lambda: keeper.name == "second")
    assert facts[1:] == [
        IdleSourceLost("first was set aside: it stands still at 12.5 seconds"),
        IdleSourceFound("second"),
    ]
    assert "set aside" in keeper.capabilities()[0].why


def test_one_that_was_set_aside_has_another_chance_later(
    loop: asyncio.AbstractEventLoop, facts: list[Fact], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskbreak.adapters.idle.watchdog.AFTER_UNLOCK_S", 0.02)
    monkeypatch.setattr(module, "_DISTRUST_S", 0.15)
    only = Played("only")
    keeper = keep(loop, facts, only)
    keeper.watch(60)
    only.send(Sampled(61))
    keeper.hear(Locked())
    keeper.hear(Unlocked())
    spin(loop, lambda: isinstance(facts[-1], IdleSourceLost))
    assert facts[-1] == IdleSourceLost(
        "only was set aside: it saw no input though the screen was unlocked"
    )
    since = loop.time()
    spin(loop, lambda: keeper.name == "only")
    assert loop.time() - since > 0.1
    assert only.open == 1
    keeper.close()
    assert only.open == 0


def test_input_after_the_unlocking_keeps_it_in_place(
    loop: asyncio.AbstractEventLoop, facts: list[Fact], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskbreak.adapters.idle.watchdog.AFTER_UNLOCK_S", 0.03)
    only = Played("only")
    keeper = keep(loop, facts, only)
    keeper.watch(60)
    only.send(Sampled(61))
    keeper.hear(Locked())
    keeper.hear(Unlocked())
    only.send(Sampled(0))
    spin_for(loop, 0.06)
    assert keeper.name == "only"


def test_input_behind_the_lock_screen_is_not_believed_for_ever(
    loop: asyncio.AbstractEventLoop, facts: list[Fact], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskbreak.adapters.idle.watchdog.LOCKED_S", 0.01)
    first, second = Played("first"), Played("second")
    keeper = keep(loop, facts, first, second)
    keeper.watch(0.0)
    for _ in range(2):
        keeper.hear(Locked())
        spin_for(loop, 0.02)
        keeper.hear(Unlocked())
    spin(loop, lambda: keeper.name == "second")


def test_it_may_be_closed_at_any_time_by_whoever_hears_of_it(
    loop: asyncio.AbstractEventLoop,
) -> None:
    heard: list[Fact] = []
    only = Played("only")

    def send(fact: Fact) -> None:
        heard.append(fact)
        if isinstance(fact, IdleSourceLost):
            keeper.close()

    keeper = IdleChain(loop, send, (only.turn(),), Fallback((), NOTHING))
    keeper.pauses.first_s = 0.01
    keeper.start()
    only.send(IdleSourceLost("gone"))
    spin_for(loop, 0.05)
    assert heard == [IdleSourceFound("only"), IdleSourceLost("gone")]
    assert only.open == 0
