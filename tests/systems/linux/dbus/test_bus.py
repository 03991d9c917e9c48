"""The bus against real daemons: calls, signals, names, and what survives a restart."""

import asyncio
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageFlag,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import open_dbus_connection

from deskbreak.backoff import Backoff
from deskbreak.systems.linux.dbus.bus import PATIENCE_S, Bus
from deskbreak.systems.linux.dbus.types import (
    Address,
    Body,
    BusError,
    BusRefusal,
    Gone,
    Refused,
    Signal,
    TimedOut,
    Wanted,
)
from tests.fakes.service import Service
from tests.servers import private_bus
from tests.waiting import spin, spin_for

Loop = asyncio.AbstractEventLoop
NAME = "org.example.Kettle"
KETTLE = Address(NAME, "/kettle", "org.example.Kettle")
DRIVER = Address("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with private_bus() as address:
        yield address


@pytest.fixture
def connect(loop: Loop, address: str) -> Iterator[Callable[[], Bus]]:
    """Make connections that are up and are closed in the end."""
    buses = []

    def make() -> Bus:
        bus = Bus(loop, "session", address)
        buses.append(bus)
        bus.start()
        spin(loop, lambda: bus.up)
        return bus

    yield make
    for bus in buses:
        bus.close()
    spin_for(loop, 0)


def kettle(member: str, body: Body, sender: str) -> tuple[str, Body]:
    if member == "Boil":
        return "su", (f"boiled for {sender}", body[0] * 2)
    if member == "Steam":
        raise BusRefusal("org.example.NoSteam", "the lid is on")
    if member == "Whistle":
        return "", ()
    raise BusRefusal("org.freedesktop.DBus.Error.UnknownMethod", member)


def own(bus: Bus, got: Callable[[bool], None] = lambda _got: None) -> None:
    """Ask for the name of the kettle; where somebody else has it, do not wait for it."""
    bus.call(DRIVER, "RequestName", "su", (NAME, 4), on_reply=lambda answer: got(answer[0] == 1))


@pytest.fixture
def served(loop: Loop, connect: Callable[[], Bus]) -> Bus:
    """A connection that owns the kettle and serves it."""
    bus = connect()
    got: list[bool] = []
    bus.serve("/kettle", "org.example.Kettle", kettle)
    own(bus, got.append)
    spin(loop, lambda: got)
    assert got == [True]
    return bus


def ask(loop: Loop, bus: Bus, *call: Any, **how: Any) -> Body:
    """Call a method and wait for the answer. Raises BusError."""
    answer: asyncio.Future[Body] = loop.create_future()
    bus.call(*call, **how, on_reply=answer.set_result, on_error=answer.set_exception)
    return loop.run_until_complete(answer)


class TestCalls:
    def test_an_answer_comes_back(self, loop: Loop, connect: Any, served: Bus) -> None:
        bus = connect()
        assert ask(loop, bus, KETTLE, "Boil", "u", (21,)) == (f"boiled for {bus.unique_name}", 42)

    def test_an_error_is_told_with_its_name_and_text(
        self, loop: Loop, connect: Any, served: Bus
    ) -> None:
        with pytest.raises(Refused) as caught:
            ask(loop, connect(), KETTLE, "Steam")
        assert (caught.value.name, caught.value.text) == ("org.example.NoSteam", "the lid is on")
        assert not caught.value.nobody_there

    def test_a_service_that_is_not_there(self, loop: Loop, connect: Any) -> None:
        nobody = Address("org.example.Nobody", "/", "org.example.Nobody")
        with pytest.raises(Refused) as caught:
            ask(loop, connect(), nobody, "Any")
        assert caught.value.nobody_there

    def test_giving_up_in_time_and_the_late_answer(
        self, loop: Loop, address: str, connect: Any
    ) -> None:
        bus = connect()
        with open_dbus_connection(address) as slow:
            to = Address(slow.unique_name, "/", "org.example.Slow")
            said: list[object] = []
            bus.call(
                to, "Think",
                timeout=0.05,
                on_reply=lambda body: said.append(("reply", body)),
                on_error=said.append,
                on_late=lambda body: said.append(("late", body)),
            )  # fmt: skip
            spin(loop, lambda: said)
            assert isinstance(said[0], TimedOut)
            call = slow.receive(timeout=60)
            while call.header.message_type.name != "method_call":
                call = slow.receive(timeout=60)
            slow.send(new_method_return(call, "s", ("at last",)))
            spin(loop, lambda: len(said) == 2)
            assert said[1] == ("late", ("at last",))
            slow.send(new_method_return(call, "s", ("again",)))
            assert ask(loop, bus, DRIVER, "GetId")
            assert len(said) == 2

    def test_a_second_answer_to_one_call_is_dropped(
        self, loop: Loop, address: str, connect: Any
    ) -> None:
        bus = connect()
        with open_dbus_connection(address) as twice:
            said: list[object] = []
            to = Address(twice.unique_name, "/", "org.example.Twice")
            bus.call(to, "Any", on_reply=said.append, on_error=said.append)
            spin_for(loop, 0)
            call = twice.receive(timeout=60)
            while call.header.message_type.name != "method_call":
                call = twice.receive(timeout=60)
            twice.send(new_method_return(call, "u", (1,)))
            twice.send(new_error(call, "org.freedesktop.DBus.Error.UnknownMethod"))
            spin(loop, lambda: said)
            assert ask(loop, bus, DRIVER, "GetId")
        assert said == [(1,)]

    def test_nothing_is_said_at_once(self, loop: Loop, address: str) -> None:
        bus = Bus(loop, "session", address)
        said: list[BusError] = []
        bus.call(KETTLE, "Boil", "u", (1,), on_error=said.append)
        assert said == []
        spin(loop, lambda: said)
        assert isinstance(said[0], Gone)

    def test_open_calls_end_with_the_connection(self, loop: Loop, address: str) -> None:
        bus = Bus(loop, "session", address)
        bus.start()
        spin(loop, lambda: bus.up)
        with open_dbus_connection(address) as silent:
            said: list[BusError] = []
            to = Address(silent.unique_name, "/", "org.example.Silent")
            bus.call(to, "Any", timeout=None, on_error=said.append)
            bus.close()
            spin(loop, lambda: said)
        assert isinstance(said[0], Gone)
        assert not bus.up

    def test_a_body_that_does_not_fit_is_the_callers_mistake(self, connect: Any) -> None:
        with pytest.raises(TypeError):
            connect().call(KETTLE, "Boil", "s", (1,))


class TestServing:
    @pytest.mark.parametrize(
        ("to", "name"),
        [
            (Address(NAME, "/kettle", "org.example.Teapot"), "UnknownInterface"),
            (Address(NAME, "/pan", "org.example.Kettle"), "UnknownObject"),
        ],
    )
    def test_what_is_not_there_is_said(
        self, loop: Loop, connect: Any, served: Bus, to: Address, name: str
    ) -> None:
        with pytest.raises(Refused) as caught:
            ask(loop, connect(), to, "Boil", "u", (1,))
        assert caught.value.name == f"org.freedesktop.DBus.Error.{name}"

    def test_ping(self, loop: Loop, connect: Any, served: Bus) -> None:
        assert ask(loop, connect(), Address(NAME, "/", "org.freedesktop.DBus.Peer"), "Ping") == ()

    def test_who_wants_no_reply_gets_none(
        self, loop: Loop, address: str, connect: Any, served: Bus
    ) -> None:
        with open_dbus_connection(address) as client:
            where = DBusAddress("/kettle", NAME, "org.example.Kettle")
            quiet = new_method_call(where, "Whistle")
            quiet.header.flags = MessageFlag.no_reply_expected
            client.send(quiet, serial=70)
            client.send(new_method_call(where, "Boil", "u", (1,)), serial=71)
            spin_for(loop, 0.05)
            replies = [m.header.fields.get(5) for m in _until_reply(client, 71)]
        assert 70 not in replies

    def test_our_own_mistake_still_answers(self, address: str) -> None:
        loop = asyncio.SelectorEventLoop()
        lost: list[Any] = []
        loop.set_exception_handler(lambda _loop, context: lost.append(context["exception"]))

        def broken(member: str, body: Body, sender: str) -> tuple[str, Body]:
            raise ZeroDivisionError

        bus, client = (Bus(loop, "session", address) for _ in range(2))
        bus.serve("/", "org.example.Broken", broken)
        for each in (bus, client):
            each.start()
        spin(loop, lambda: bus.up and client.up)
        with pytest.raises(Refused) as caught:
            ask(loop, client, Address(str(bus.unique_name), "/", "org.example.Broken"), "Any")
        assert caught.value.name == "org.freedesktop.DBus.Error.Failed"
        assert [type(error) for error in lost] == [ZeroDivisionError]
        bus.close()
        client.close()
        spin_for(loop, 0)
        loop.close()

    def test_a_name_is_not_taken_from_another(self, loop: Loop, connect: Any, served: Bus) -> None:
        got: list[bool] = []
        second = connect()
        own(second, got.append)
        spin(loop, lambda: got)
        assert got == [False]


class TestSignals:
    def hear(self, bus: Bus, wanted: Wanted) -> list[Signal]:
        heard: list[Signal] = []
        bus.watch(wanted, heard.append)
        return heard

    def test_only_what_is_wanted_arrives(self, loop: Loop, connect: Any, served: Bus) -> None:
        bus = connect()
        by_member = self.hear(bus, Wanted(NAME, "Boiled", sender=NAME))
        by_arg = self.hear(bus, Wanted(NAME, "Boiled", arg0="tea"))
        by_path = self.hear(bus, Wanted(NAME, path="/pan"))
        ask(loop, bus, DRIVER, "GetId")
        served.emit("/kettle", NAME, "Boiled", "s", ("tea",))
        served.emit("/kettle", NAME, "Boiled", "s", ("coffee",))
        served.emit("/pan", NAME, "Boiled", "s", ("soup",))
        served.emit("/kettle", NAME, "Cooled")
        served.emit("/pan", NAME, "Cooled")
        spin(loop, lambda: len(by_path) == 2)
        assert [signal.body for signal in by_member] == [("tea",), ("coffee",), ("soup",)]
        assert [signal.body for signal in by_arg] == [("tea",)]
        assert [signal.member for signal in by_path] == ["Boiled", "Cooled"]
        assert by_path[0].sender == served.unique_name

    def test_the_very_first_signals_of_a_new_owner_count(self, loop: Loop, connect: Any) -> None:
        bus, kettle = connect(), connect()
        heard = self.hear(bus, Wanted(NAME, "Boiled", sender=NAME))
        ask(loop, bus, DRIVER, "GetId")
        own(kettle, lambda _got: kettle.emit("/kettle", NAME, "Boiled"))
        spin(loop, lambda: heard)
        assert len(heard) == 1

    def test_a_signal_sent_from_two_connections_counts_once(
        self, loop: Loop, connect: Any, served: Bus
    ) -> None:
        bus, other = connect(), connect()
        heard = self.hear(bus, Wanted(NAME, "Boiled", sender=NAME))
        everything = self.hear(bus, Wanted(NAME, "Boiled"))
        ask(loop, bus, DRIVER, "GetId")
        served.emit("/kettle", NAME, "Boiled")
        other.emit("/kettle", NAME, "Boiled")
        spin(loop, lambda: len(everything) == 2)
        assert [signal.sender for signal in heard] == [served.unique_name]

    def test_a_signal_addressed_to_us_by_an_impostor_is_dropped(
        self, loop: Loop, address: str, connect: Any, served: Bus
    ) -> None:
        """The bus delivers what is addressed to us whatever we asked for."""
        bus = connect()
        heard = self.hear(bus, Wanted(NAME, "Boiled", sender=NAME))
        everything = self.hear(bus, Wanted(NAME, "Boiled"))
        ask(loop, bus, DRIVER, "GetId")
        with open_dbus_connection(address) as impostor:
            forged = new_signal(DBusAddress("/kettle", interface=NAME), "Boiled")
            forged.header.fields[HeaderFields.destination] = bus.unique_name
            impostor.send(forged)
            spin(loop, lambda: everything)
        assert heard == []

    def test_a_closed_watch_hears_no_more(self, loop: Loop, connect: Any, served: Bus) -> None:
        bus = connect()
        heard: list[Signal] = []
        watch = bus.watch(Wanted(NAME, "Boiled", sender=NAME), heard.append)
        control = self.hear(bus, Wanted(NAME, "Boiled"))
        ask(loop, bus, DRIVER, "GetId")
        watch.close()
        watch.close()
        served.emit("/kettle", NAME, "Boiled")
        spin(loop, lambda: control)
        assert heard == []

    def test_one_bad_listener_does_not_silence_the_others(self, address: str) -> None:
        loop = asyncio.SelectorEventLoop()
        lost: list[Any] = []
        loop.set_exception_handler(lambda _loop, context: lost.append(context["exception"]))
        bus = Bus(loop, "session", address)
        bus.start()

        def bad(signal: Signal) -> None:
            raise ZeroDivisionError

        bus.watch(Wanted(NAME, "Boiled"), bad)
        heard = self.hear(bus, Wanted(NAME, "Boiled"))
        spin(loop, lambda: bus.up)
        bus.emit("/kettle", NAME, "Boiled")
        bus.emit("/kettle", NAME, "Boiled")
        spin(loop, lambda: len(heard) == 2)
        assert [type(error) for error in lost] == [ZeroDivisionError] * 2
        bus.close()
        spin_for(loop, 0)
        loop.close()


class TestOwners:
    def test_told_now_and_at_each_change(self, loop: Loop, connect: Any) -> None:
        bus, kettle = connect(), connect()
        told: list[tuple[str, str]] = []
        end = bus.owner_watch(NAME, lambda old, new: told.append((old, new)))
        spin(loop, lambda: told)
        own(kettle)
        spin(loop, lambda: len(told) == 2)
        kettle.call(DRIVER, "ReleaseName", "s", (NAME,))
        spin(loop, lambda: len(told) == 3)
        assert told == [("", ""), ("", kettle.unique_name), (kettle.unique_name, "")]
        end()
        own(kettle)
        ask(loop, kettle, DRIVER, "GetId")
        ask(loop, bus, DRIVER, "GetId")
        assert len(told) == 3

    def test_a_second_watcher_is_told_as_well(self, loop: Loop, connect: Any, served: Bus) -> None:
        bus = connect()
        told: list[tuple[str, str]] = []
        bus.owner_watch(NAME, lambda old, new: told.append((old, new)))
        spin(loop, lambda: told)
        bus.owner_watch(NAME, lambda old, new: told.append((old, new)))
        spin(loop, lambda: len(told) == 2)
        assert told == [("", served.unique_name)] * 2


class TestComingAndGoing:
    def test_everything_is_there_again_after_a_restart(self, loop: Loop, tmp_path: Path) -> None:
        ups: list[str | None] = []
        heard: list[Signal] = []
        owners: list[tuple[str, str]] = []
        bus = Bus(loop, "session", f"unix:path={tmp_path}/bus", first_retry_s=0.02)
        other = Bus(loop, "session", f"unix:path={tmp_path}/bus", first_retry_s=0.02)
        bus.on_up(lambda: ups.append(bus.unique_name))
        bus.watch(Wanted(NAME, "Boiled", sender=NAME), heard.append)
        bus.owner_watch(NAME, lambda old, new: owners.append((old, new)))
        other.serve("/kettle", "org.example.Kettle", kettle)
        other.on_up(lambda: own(other))
        for each in (bus, other):
            each.start()
        assert bus.why == "cannot reach the session bus (there is no such socket)"
        for round_ in (1, 2):
            with private_bus(folder=tmp_path):
                spin(loop, lambda n=round_: len(ups) == n and other.up)
                spin(loop, lambda: owners and owners[-1][1] == other.unique_name)
                ask(loop, bus, KETTLE, "Whistle")
                other.emit("/kettle", NAME, "Boiled")
                spin(loop, lambda n=round_: len(heard) == n)
            spin(loop, lambda: not bus.up and not other.up)
            spin(loop, lambda: owners[-1][1] == "")
        bus.close()
        other.close()
        spin_for(loop, 0)

    def test_the_times_between_the_tries_grow(self, loop: Loop, tmp_path: Path) -> None:
        tries: list[float] = []

        class Counting(Bus):
            def _connect(self) -> None:
                tries.append(loop.time())
                super()._connect()

        bus = Counting(loop, "session", f"unix:path={tmp_path}/nobody", first_retry_s=0.01)
        bus.start()
        spin(loop, lambda: len(tries) == 5)
        bus.close()
        gaps = [b - a for a, b in itertools.pairwise(tries)]
        for gap, step in zip(gaps, (0.01, 0.02, 0.04, 0.08), strict=True):
            assert gap >= step * 0.9

    def test_on_up_of_a_bus_that_is_up(self, loop: Loop, connect: Any) -> None:
        bus = connect()
        ups: list[str | None] = []
        bus.on_up(lambda: ups.append(bus.unique_name))
        assert ups == []
        spin(loop, lambda: ups)
        assert ups == [bus.unique_name]

    def test_after_close_nothing_comes_up_again(self, loop: Loop, address: str) -> None:
        bus = Bus(loop, "session", address, first_retry_s=0.01)
        ups: list[None] = []
        bus.on_up(lambda: ups.append(None))
        bus.start()
        bus.close()
        spin_for(loop, 0.05)
        assert not bus.up
        assert ups == []


def _until_reply(client: Any, serial: int) -> Iterator[Any]:
    while True:
        message = client.receive(timeout=60)
        yield message
        if message.header.fields.get(5) == serial:
            return


_ORACLE = "org.example.Oracle"
ORACLE = Address(_ORACLE, "/", _ORACLE)


class Oracle(Service):
    """Answers with the number of the question; refuses where `error` is set."""

    error = ""

    def called(self, member: str, message: Message) -> None:
        if self.error:
            self.refuse(message, self.error)
        else:
            self.reply(message, "u", (len(self.calls),))


@pytest.fixture
def oracle(loop: Loop, address: str, bus: Bus) -> Iterator[Oracle]:
    spin(loop, lambda: bus.up)
    oracle = Oracle(loop, address, _ORACLE)
    yield oracle
    oracle.stop()


def test_pauses_grow_to_an_end_and_begin_anew() -> None:
    again = Backoff(2, 10)
    assert [again.pause_s() for _ in range(5)] == [2, 4, 8, 10, 10]
    again.reset()
    assert again.pause_s() == 2


@pytest.mark.parametrize("late_s", [0, 1, PATIENCE_S + 1, 3600])
def test_an_answer_counts_whenever_it_comes(
    loop: Loop, bus: Bus, oracle: Oracle, late_s: float
) -> None:
    said: list[Body] = []
    oracle.silent = True
    bus.enquire(ORACLE, "Ask", on_reply=said.append)
    spin_for(loop, late_s)
    oracle.speak()
    spin(loop, lambda: said)
    spin_for(loop, 1)
    assert said == [(1,)], "once, however often it was asked"


def test_it_is_asked_again_and_ever_more_rarely(loop: Loop, bus: Bus, oracle: Oracle) -> None:
    oracle.silent = True
    bus.enquire(ORACLE, "Ask", on_reply=lambda _body: None)
    spin_for(loop, 600)
    assert 4 <= len(oracle._held) <= 8


@pytest.mark.parametrize("name", ["NoReply", "Timeout", "TimedOut"])
def test_a_bus_that_says_that_nobody_answered_has_not_heard_a_no(
    loop: Loop, bus: Bus, oracle: Oracle, name: str
) -> None:
    said: list[object] = []
    oracle.error = f"org.freedesktop.DBus.Error.{name}"
    bus.enquire(ORACLE, "Ask", on_reply=said.append, on_refused=said.append)
    spin(loop, lambda: oracle.calls)
    oracle.error = ""
    spin(loop, lambda: said)
    assert said == [(2,)]


def test_a_no_is_told_once(loop: Loop, bus: Bus, oracle: Oracle) -> None:
    said: list[Refused] = []
    oracle.error = "org.example.No"
    bus.enquire(ORACLE, "Ask", on_reply=lambda _body: None, on_refused=said.append)
    spin(loop, lambda: said)
    spin_for(loop, 600)
    assert [error.name for error in said] == ["org.example.No"]
    assert len(oracle.calls) == 1


def test_who_wants_no_answer_any_more_gets_none(loop: Loop, bus: Bus, oracle: Oracle) -> None:
    said: list[Body] = []
    oracle.silent = True
    bus.enquire(ORACLE, "Ask", on_reply=said.append).close()
    oracle.speak()
    spin(loop, lambda: oracle.calls)
    spin_for(loop, 600)
    assert (said, len(oracle.calls)) == ([], 1)
