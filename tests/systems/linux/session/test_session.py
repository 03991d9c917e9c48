"""Sleep and locks, heard from a logind and screen savers that the test plays itself."""

import asyncio
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskbreak.core.events import Fact, Locked, Sleeping, Unlocked, Woke
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.dbus.types import Address, BusError
from deskbreak.systems.linux.session.choose import DesktopSession
from deskbreak.systems.linux.session.locks import Locks, ScreenSavers
from deskbreak.systems.linux.session.logind import Logind
from tests.fakes.logind import (
    MANAGER,
    MANAGER_PATH,
    NAME,
    OTHER_SESSION,
    FakeLogind,
    FakeScreenSaver,
)
from tests.servers import private_bus
from tests.waiting import spin, spin_for

Loop = asyncio.AbstractEventLoop
SAVERS = ["org.freedesktop", "org.gnome", "org.xfce", "org.mate", "org.cinnamon"]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """One private bus that is system bus and session bus."""
    with private_bus() as address:
        yield address


class Machine:
    """The buses of a machine, and what deskbreak hears of it."""

    def __init__(self, loop: Loop, address: str, **environ: str) -> None:
        self.loop = loop
        self.address = address
        self.facts: list[Fact] = []
        self.logind = FakeLogind(loop, address)
        self.savers: list[FakeScreenSaver] = []
        self.system = Bus(loop, "system", address, first_retry_s=0.02)
        self.session = Bus(loop, "session", address, first_retry_s=0.02)
        self.heard = DesktopSession(loop, self.facts.append, self.system, self.session, environ)

    def start(self) -> None:
        self.heard.start()
        self.heard._clock.close()  # somebody may set the real clock meanwhile, which says Woke
        self.system.start()
        self.session.start()

    def start_and_hear(self) -> None:
        """Start, and wait until nothing is missing."""
        self.start()
        spin(self.loop, lambda: self.says("sleep") == ("logind", "") and self.session.up)
        spin(self.loop, lambda: self.says("lock")[0])

    def saver(self, name: str, *, active: bool = False) -> FakeScreenSaver:
        saver = FakeScreenSaver(self.loop, self.address, f"{name}.ScreenSaver", active=active)
        self.savers.append(saver)
        return saver

    def says(self, name: str) -> tuple[str | None, str]:
        (found,) = [c for c in self.heard.capabilities() if c.name == name]
        assert found.works is (found.backend is not None)
        return found.backend, found.why

    def expect(self, *facts: Fact) -> None:
        spin(self.loop, lambda: len(self.facts) >= len(facts), what=f"{facts}")
        spin_for(self.loop, 0.01)
        assert self.facts == list(facts)

    def end(self) -> None:
        self.heard.close()
        self.system.close()
        self.session.close()
        self.logind.stop()
        for saver in self.savers:
            saver.stop()
        spin_for(self.loop, 0)


@pytest.fixture
def machine(loop: Loop, address: str) -> Iterator[Machine]:
    machine = Machine(loop, address)
    yield machine
    machine.end()


class TestSleep:
    def test_going_to_sleep_and_waking(self, machine: Machine) -> None:
        machine.start_and_hear()
        machine.logind.sleep()
        machine.logind.wake()
        machine.expect(Sleeping(), Woke())

    def test_the_machine_waits_until_we_are_ready(self, machine: Machine) -> None:
        machine.start_and_hear()
        spin(machine.loop, lambda: machine.logind.held == 1)
        what, who, _why, mode = machine.logind.taken[0]
        assert (what, who, mode) == ("sleep", "deskbreak", "delay")
        machine.logind.sleep()
        spin(machine.loop, lambda: machine.logind.held == 0)
        assert machine.facts == [Sleeping()]
        machine.logind.wake()
        spin(machine.loop, lambda: machine.logind.held == 1)

    def test_what_was_posted_can_be_saved_before_the_machine_sleeps(
        self, loop: Loop, address: str
    ) -> None:
        machine = Machine(loop, address)
        seen: list[str] = []

        def send(_fact: Fact) -> None:
            loop.call_soon(seen.append, "saved")

        machine.heard = DesktopSession(loop, send, machine.system, machine.session, {})
        machine.start_and_hear()
        logind = machine.heard._logind
        assert logind is not None
        inhibitor = logind._inhibitor

        class Noting:
            def close(self) -> None:
                seen.append("let go")
                assert inhibitor is not None
                inhibitor.close()

        logind._inhibitor = Noting()
        machine.logind.sleep()
        spin(loop, lambda: len(seen) == 2)
        assert seen == ["saved", "let go"]
        machine.end()

    def test_an_inhibitor_that_comes_too_late_holds_nothing_up(self, machine: Machine) -> None:
        machine.start_and_hear()
        machine.logind.sleep()
        spin(machine.loop, lambda: machine.logind.held == 0)
        machine.logind.silent = True
        machine.logind.wake()
        machine.logind.sleep()
        machine.expect(Sleeping(), Woke(), Sleeping())
        machine.logind.speak()
        spin(machine.loop, lambda: len(machine.logind.taken) == 2 and machine.logind.held == 0)

    def test_without_leave_to_delay_it_still_hears(self, machine: Machine) -> None:
        machine.logind.refuses_inhibitors = True
        machine.start()
        spin(machine.loop, lambda: "not for you" in machine.says("sleep")[1])
        machine.logind.sleep()
        machine.expect(Sleeping())
        assert machine.says("sleep")[1].startswith("without a delay: ")

    def test_nothing_is_held_after_closing(self, machine: Machine) -> None:
        machine.start_and_hear()
        machine.heard.close()
        spin(machine.loop, lambda: machine.logind.held == 0)
        machine.logind.sleep()
        spin_for(machine.loop, 0.02)
        assert machine.facts == []

    def test_a_descriptor_that_nobody_waits_for_any_more_is_closed(self, machine: Machine) -> None:
        machine.start_and_hear()
        spin(machine.loop, lambda: machine.logind.held == 1)
        machine.logind.silent = True
        given_up: list[BusError] = []
        to = Address(NAME, MANAGER_PATH, MANAGER)
        what = ("sleep", "test", "", "delay")
        machine.system.call(to, "Inhibit", "ssss", what, timeout=0.01, on_error=given_up.append)
        spin(machine.loop, lambda: given_up)
        machine.logind.speak()
        spin(machine.loop, lambda: len(machine.logind.taken) == 2 and machine.logind.held == 1)


class TestLock:
    def test_a_locker_that_tells(self, machine: Machine) -> None:
        machine.start_and_hear()
        machine.logind.ask_lock()
        machine.logind.hint(True)
        machine.expect(Locked())
        machine.logind.ask_unlock()
        machine.logind.hint(False)
        machine.expect(Locked(), Unlocked())

    def test_a_hint_that_is_only_named(self, machine: Machine) -> None:
        machine.start_and_hear()
        machine.logind.hint(True, by_name=True)
        machine.expect(Locked())
        machine.logind.hint(False, by_name=True)
        machine.expect(Locked(), Unlocked())

    def test_locked_already_at_the_start(self, machine: Machine) -> None:
        machine.logind.locked_hint = True
        machine.start_and_hear()
        machine.expect(Locked())

    def test_a_locker_that_never_tells_how_it_went_counts_for_a_while(
        self, machine: Machine
    ) -> None:
        machine.start_and_hear()
        assert machine.heard._logind is not None
        machine.heard._logind.request_stands_s = 0.05
        machine.logind.ask_lock()
        machine.expect(Locked())
        spin(machine.loop, lambda: len(machine.facts) == 2)
        assert machine.facts == [Locked(), Unlocked()]

    def test_other_peoples_sessions_are_theirs(self, machine: Machine) -> None:
        machine.start_and_hear()
        machine.logind.ask_lock(OTHER_SESSION)
        machine.logind.hint(True, OTHER_SESSION)
        spin_for(machine.loop, 0.02)
        assert machine.facts == []

    def test_signals_of_somebody_else_who_plays_logind(self, machine: Machine) -> None:
        machine.start_and_hear()
        other = FakeScreenSaver(machine.loop, machine.address, "org.example.Impostor")
        machine.savers.append(other)
        other.signal(MANAGER_PATH, MANAGER, "PrepareForSleep", "b", (True,))
        machine.logind.wake()
        machine.expect(Woke())

    @pytest.mark.parametrize(
        ("auto", "environ"),
        [(None, {"XDG_SESSION_ID": "2"}), ("2", {}), ("2", {"XDG_SESSION_ID": "9"})],
    )
    def test_under_a_service_manager_the_session_is_found_all_the_same(
        self, loop: Loop, address: str, auto: str | None, environ: dict[str, str]
    ) -> None:
        machine = Machine(loop, address, **environ)
        machine.logind.knows_process = False
        machine.logind.auto = auto
        machine.start_and_hear()
        machine.logind.hint(True)
        machine.expect(Locked())
        machine.end()

    def test_no_session_at_all(self, machine: Machine) -> None:
        machine.logind.knows_process = False
        machine.logind.auto = None
        machine.start()
        spin(machine.loop, lambda: "no session of ours" in machine.says("lock")[1])
        machine.logind.sleep()
        machine.expect(Sleeping())


class TestAnotherSessionInFront:
    @pytest.mark.parametrize("by_name", [False, True])
    def test_counts_as_a_lock_until_ours_is_back(self, machine: Machine, by_name: bool) -> None:
        machine.start_and_hear()
        machine.logind.put_in_front(False, by_name=by_name)
        machine.expect(Locked())
        machine.logind.put_in_front(True, by_name=by_name)
        machine.expect(Locked(), Unlocked())

    def test_in_front_already_at_the_start(self, machine: Machine) -> None:
        machine.logind.active = False
        machine.start_and_hear()
        machine.expect(Locked())

    def test_what_becomes_of_other_sessions_is_not_ours(self, machine: Machine) -> None:
        machine.start_and_hear()
        machine.logind.put_in_front(False, OTHER_SESSION)
        machine.logind.sleep()
        machine.expect(Sleeping())

    def test_a_screen_that_is_locked_as_well_stays_locked(self, machine: Machine) -> None:
        machine.start_and_hear()
        machine.logind.put_in_front(False)
        machine.logind.hint(True)
        machine.logind.put_in_front(True)
        machine.logind.sleep()
        machine.expect(Locked(), Sleeping())
        machine.logind.hint(False)
        machine.expect(Locked(), Sleeping(), Unlocked())

    def test_a_logind_that_does_not_tell_is_taken_to_show_ours(self, machine: Machine) -> None:
        machine.logind.tells_active = False
        machine.start_and_hear()
        machine.logind.hint(True)
        machine.expect(Locked())


@pytest.mark.parametrize("late_s", [1, 30, 120])
class TestASlowMachine:
    """A machine that is just coming up may take a minute for an answer; that is not a No."""

    def test_our_session_is_found_whenever_logind_answers(
        self, loop: Loop, bus: Bus, address: str, late_s: float
    ) -> None:
        facts: list[Fact] = []
        fake = FakeLogind(loop, address)
        fake.refuses_inhibitors, fake.silent = True, True
        logind = Logind(loop, facts.append, bus, Locks(facts.append), {})
        logind.start()
        spin_for(loop, late_s)
        assert logind.lock_trouble == "not asked yet"
        fake.speak()
        spin(loop, lambda: not logind.lock_trouble)
        fake.hint(True)
        spin(loop, lambda: facts == [Locked()])
        logind.close()
        fake.stop()
        spin_for(loop, 0)

    def test_a_lock_that_was_asked_about_counts_when_it_is_told(
        self, loop: Loop, bus: Bus, address: str, late_s: float
    ) -> None:
        facts: list[Fact] = []
        fake = FakeLogind(loop, address)
        fake.refuses_inhibitors = True
        logind = Logind(loop, facts.append, bus, Locks(facts.append), {})
        logind.start()
        spin(loop, lambda: not logind.lock_trouble)
        fake.silent = True
        fake.hint(True, by_name=True)
        spin_for(loop, late_s)
        fake.speak()
        spin(loop, lambda: facts == [Locked()])
        logind.close()
        fake.stop()
        spin_for(loop, 0)

    def test_a_screen_saver_may_answer_late(
        self, loop: Loop, bus: Bus, address: str, late_s: float
    ) -> None:
        facts: list[Fact] = []
        fake = FakeScreenSaver(loop, address, "org.gnome.ScreenSaver", active=True)
        fake.silent = True
        savers = ScreenSavers(bus, Locks(facts.append))
        savers.start()
        spin_for(loop, late_s)
        fake.speak()
        spin(loop, lambda: facts == [Locked()])
        savers.close()
        fake.stop()
        spin_for(loop, 0)


class TestScreenSavers:
    @pytest.mark.parametrize("name", SAVERS)
    def test_each_desktop(self, machine: Machine, name: str) -> None:
        saver = machine.saver(name)
        machine.start_and_hear()
        spin(machine.loop, lambda: f"{name}.ScreenSaver" in str(machine.says("lock")[0]))
        saver.turn(True)
        machine.expect(Locked())
        saver.turn(False)
        machine.expect(Locked(), Unlocked())

    def test_whatever_object_it_signals_from(self, machine: Machine) -> None:
        saver = machine.saver("org.freedesktop")
        machine.start_and_hear()
        spin(machine.loop, lambda: saver.calls)
        saver.turn(True, "/ScreenSaver")
        machine.expect(Locked())

    def test_active_already_when_it_is_found(self, machine: Machine) -> None:
        machine.saver("org.gnome", active=True)
        machine.start()
        machine.expect(Locked())

    def test_one_that_starts_later(self, machine: Machine) -> None:
        machine.start_and_hear()
        machine.saver("org.mate").turn(True)
        machine.expect(Locked())

    def test_one_that_goes_away_locked_no_longer_counts(self, machine: Machine) -> None:
        saver = machine.saver("org.xfce", active=True)
        machine.start()
        machine.expect(Locked())
        saver.stop()
        machine.expect(Locked(), Unlocked())

    def test_nonsense_is_let_pass(self, machine: Machine) -> None:
        saver = machine.saver("org.gnome")
        machine.start_and_hear()
        spin(machine.loop, lambda: saver.calls)
        saver.say("true")
        saver.say()
        saver.turn(True)
        machine.expect(Locked())

    def test_locked_as_long_as_anybody_says_so(self, machine: Machine) -> None:
        saver = machine.saver("org.gnome")
        machine.start_and_hear()
        spin(machine.loop, lambda: saver.calls)
        saver.turn(True)
        machine.logind.hint(True)
        machine.expect(Locked())
        spin_for(machine.loop, 1)
        saver.turn(False)
        spin_for(machine.loop, 1)
        machine.expect(Locked())
        machine.logind.hint(False)
        machine.expect(Locked(), Unlocked())


class TestOddAnswers:
    @pytest.mark.parametrize("path", ["", "session 2"])
    def test_a_session_that_is_no_object_is_not_listened_to(
        self, machine: Machine, path: str
    ) -> None:
        machine.logind.session_path = path
        machine.start()
        spin(machine.loop, lambda: machine.logind.calls)
        machine.logind.sleep()
        machine.expect(Sleeping())
        assert machine.system.up, "the bus would have turned us out for saying such a path"

    def test_an_inhibitor_that_is_no_descriptor_leaves_the_rest_at_work(
        self, machine: Machine
    ) -> None:
        machine.logind.gives_descriptors = False
        machine.start()
        spin(machine.loop, lambda: machine.says("lock")[0] == "logind")
        machine.logind.sleep()
        machine.logind.wake()
        machine.expect(Sleeping(), Woke())


class TestWhatIsMissing:
    def test_no_system_bus(self, loop: Loop, address: str, tmp_path: Path) -> None:
        machine = Machine(loop, address)
        nowhere = Bus(loop, "system", f"unix:path={tmp_path}/none")
        machine.system = nowhere
        machine.heard = DesktopSession(loop, machine.facts.append, nowhere, machine.session, {})
        saver = machine.saver("org.gnome")
        machine.start()
        spin(loop, lambda: saver.calls)
        saver.turn(True)
        machine.expect(Locked())
        backend, why = machine.says("sleep")
        assert backend == "timerfd"
        assert "cannot reach the system bus" in why
        assert machine.says("lock") == ("org.gnome.ScreenSaver", "")
        machine.end()

    def test_no_bus_at_all(self, loop: Loop) -> None:
        heard = DesktopSession(loop, lambda _fact: None, None, None, {})
        heard.start()
        sleep, lock = heard.capabilities()
        assert sleep.works
        assert "there is no system bus" in sleep.why
        assert not lock.works
        heard.close()

    def test_no_timer_either(self, loop: Loop) -> None:
        heard = DesktopSession(loop, lambda _fact: None, None, None, {})
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
        try:
            heard.start()
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        sleep = heard.capabilities()[0]
        assert not sleep.works
        assert sleep.why == "there is no system bus; Too many open files"
        heard.close()

    def test_logind_comes_later_and_is_restarted(self, machine: Machine) -> None:
        machine.logind.stop()
        machine.start()
        spin(machine.loop, lambda: machine.system.up)
        nobody = "no logind is on the system bus"
        spin(machine.loop, lambda: machine.says("sleep")[1].endswith(nobody))
        for round_ in (1, 2):
            machine.logind = FakeLogind(machine.loop, machine.address)
            spin(machine.loop, lambda: machine.says("lock")[0] == "logind")
            machine.logind.hint(True)
            spin(machine.loop, lambda n=round_: machine.facts.count(Locked()) == n)
            machine.logind.stop()
            spin(machine.loop, lambda n=round_: machine.facts.count(Unlocked()) == n)

    def test_a_lost_bus(self, loop: Loop, tmp_path: Path) -> None:
        with private_bus(folder=tmp_path) as address:
            machine = Machine(loop, address)
            machine.start_and_hear()
            machine.logind.stop()
        spin(loop, lambda: not machine.system.up)
        with private_bus(folder=tmp_path):
            machine.logind = FakeLogind(loop, address)
            spin(loop, lambda: machine.logind.held == 1)
            spin(loop, lambda: machine.says("lock")[0] == "logind")
            machine.logind.hint(True)
            machine.expect(Locked())
            machine.end()
