"""What notifications look like on each kind of server, and what happens when servers misbehave."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from deskbreak.core.effects import Notice, NoticeKind
from deskbreak.core.enums import Answer
from deskbreak.core.events import Fact, LevelOfferAnswered, PromptAnswered
from deskbreak.struct import replace
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.notify.freedesktop import FreedesktopPrompts, Remembered
from tests.contracts.prompts import FOUR, WALK, break_prompt, sit_prompt, stand_prompt
from tests.fakes.notification_server import NAME, PATH, FakeNotificationServer
from tests.fakes.prompts import FakePrompts
from tests.servers import private_bus
from tests.text.test_display import EVIL, harmless
from tests.waiting import spin, spin_for

Loop = asyncio.AbstractEventLoop


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with private_bus() as address:
        yield address


class Corner:
    """The corner of the screen where notifications show, with all that stands behind them."""

    def __init__(self, loop: Loop, address: str) -> None:
        self.loop = loop
        self.address = address
        self.facts: list[Fact] = []
        self.remembered: list[Remembered | None] = []
        self.fallback = FakePrompts(self.facts.append)
        self.bus = Bus(loop, "session", address, first_retry_s=0.02)
        self.servers: list[FakeNotificationServer] = []
        self.prompts: FreedesktopPrompts = self.new_prompts()

    def new_prompts(self, remembered: Remembered | None = None) -> FreedesktopPrompts:
        return FreedesktopPrompts(
            self.bus,
            self.facts.append,
            self.fallback,
            remembered=remembered,
            remember=self.remembered.append,
            patience_s=2.0,
        )

    def serve(self, **kind: Any) -> FakeNotificationServer:
        server = FakeNotificationServer(self.loop, self.address, **kind)
        self.servers.append(server)
        return server

    def start(self) -> None:
        self.bus.start()
        spin(self.loop, lambda: self.bus.up)

    def shown_on(self, server: FakeNotificationServer) -> Any:
        spin(self.loop, lambda: len(server.banners) == 1, what="one banner")
        return server.only

    def end(self) -> None:
        self.prompts.close()
        self.bus.close()
        for server in self.servers:
            server.stop()
        spin_for(self.loop, 0)


@pytest.fixture
def corner(loop: Loop, address: str) -> Iterator[Corner]:
    corner = Corner(loop, address)
    yield corner
    corner.end()


class TestHowItLooks:
    def test_everything_a_break_prompt_carries(self, corner: Corner) -> None:
        server = corner.serve()
        corner.start()
        corner.prompts.show(break_prompt())
        banner = corner.shown_on(server)
        assert banner.title == "Time to move"
        assert banner.body == (
            "You have been sitting for 30 minutes. How about “Hips at the desk”, 2 minutes?"
        )
        assert banner.actions == (
            ("default", "Start the stretch"),
            ("stretch", "Stretch"),
            ("walk", "Walk"),
            ("snooze", "Snooze 5 min"),
            ("skip", "Skip"),
        )
        assert banner.hints == {
            "urgency": 1,
            "desktop-entry": "deskbreak",
            "category": "x-deskbreak.prompt",
        }
        assert banner.expire == -1

    def test_the_suggested_break_comes_first_and_is_the_click(self, corner: Corner) -> None:
        server = corner.serve()
        corner.start()
        order = (Answer.WALK, Answer.STRETCH, Answer.SNOOZE, Answer.SKIP)
        corner.prompts.show(break_prompt(suggestion=WALK, actions=order))
        banner = corner.shown_on(server)
        assert banner.keys == ["default", "walk", "stretch", "snooze", "skip"]
        server.act(banner.number, "default")
        spin(corner.loop, lambda: corner.facts)
        assert corner.facts == [PromptAnswered(Answer.WALK, 1)]

    @pytest.mark.parametrize(
        ("prompt", "keys", "default"),
        [
            (stand_prompt(), ["standing", "later", "walk"], Answer.STANDING),
            (sit_prompt(), ["sitting", "later", "walk"], Answer.SITTING),
        ],
    )
    def test_stand_and_sit_prompts(
        self, corner: Corner, prompt: Any, keys: list[str], default: Answer
    ) -> None:
        server = corner.serve()
        corner.start()
        corner.prompts.show(prompt)
        banner = corner.shown_on(server)
        assert banner.keys == ["default", *keys]
        assert banner.actions[-1] == ("walk", "Walk instead")
        server.act(banner.number, "default")
        spin(corner.loop, lambda: corner.facts)
        assert corner.facts == [PromptAnswered(default, 1)]

    def test_an_urgent_one_stays(self, corner: Corner) -> None:
        server = corner.serve()
        corner.start()
        corner.prompts.show(break_prompt(urgent=True, repeat=3))
        banner = corner.shown_on(server)
        assert (banner.hints["urgency"], banner.expire) == (2, 0)

    def test_xfce_would_draw_the_click_as_a_button(self, corner: Corner) -> None:
        server = corner.serve(name="Xfce Notify Daemon")
        corner.start()
        corner.prompts.show(break_prompt())
        assert corner.shown_on(server).keys == ["stretch", "walk", "snooze", "skip"]

    @pytest.mark.parametrize(
        ("name", "line"),
        [
            ("dunst", "Middle click to start the stretch. The other choices are in the tray menu."),
            ("mako", "Click to start the stretch. The other choices are in the tray menu."),
        ],
    )
    def test_where_no_buttons_are_drawn_the_text_says_what_a_click_does(
        self, corner: Corner, name: str, line: str
    ) -> None:
        server = corner.serve(name=name)
        corner.start()
        corner.prompts.show(break_prompt())
        banner = corner.shown_on(server)
        assert banner.body.splitlines()[1] == line
        assert "default" in banner.keys

    @pytest.mark.parametrize(
        ("prompt", "command"),
        [
            (break_prompt(), "deskbreak break"),
            (stand_prompt(), "deskbreak stand"),
            (sit_prompt(), "deskbreak sit"),
        ],
    )
    def test_without_actions_the_text_tells_the_way_out(
        self, corner: Corner, prompt: Any, command: str
    ) -> None:
        server = corner.serve(abilities=("body",))
        corner.start()
        corner.prompts.show(prompt)
        banner = corner.shown_on(server)
        assert banner.actions == ()
        last = banner.body.splitlines()[-1]
        assert last == f"To answer, use the tray menu or type: {command}"
        works = {c.name: c.works for c in corner.prompts.capabilities()}
        assert works == {"notifications": True, "actions": False}

    @pytest.mark.parametrize(
        ("abilities", "name"),
        [
            (("actions", "body", "body-markup"), "“&lt;b&gt;Arms &amp; legs&lt;/b&gt;”"),
            (("actions", "body"), "“<b>Arms & legs</b>”"),
        ],
    )
    def test_marks_in_names_are_shown_as_they_are(
        self, corner: Corner, abilities: tuple[str, ...], name: str
    ) -> None:
        server = corner.serve(abilities=abilities)
        corner.start()
        prompt = break_prompt()
        odd = replace(prompt.suggestion, routine_name="<b>Arms & legs</b>")  # type: ignore[type-var]
        corner.prompts.show(replace(prompt, suggestion=odd))
        assert name in corner.shown_on(server).body

    def test_what_a_bus_does_not_carry_is_replaced(self, corner: Corner) -> None:
        server = corner.serve()
        corner.start()
        prompt = break_prompt()
        odd = replace(prompt.suggestion, routine_name="A\0B\ud800C")  # type: ignore[type-var]
        corner.prompts.show(replace(prompt, suggestion=odd))
        assert "“A�B�C”" in corner.shown_on(server).body

    def test_a_name_does_nothing_to_the_server(self, corner: Corner) -> None:
        server = corner.serve()
        corner.start()
        corner.prompts.notice(Notice(NoticeKind.REMINDER, 0, f"<b>Tea</b> & {EVIL}"))
        shown = corner.shown_on(server)
        assert "Tea" in shown.title + shown.body
        assert harmless(shown.title)
        assert harmless(shown.body)
        assert "\n" not in shown.title
        assert "<b>" not in shown.body

    def test_no_snooze_left(self, corner: Corner) -> None:
        server = corner.serve()
        corner.start()
        corner.prompts.show(break_prompt(actions=FOUR[:2] + FOUR[3:], snooze_s=()))
        assert corner.shown_on(server).keys == ["default", "stretch", "walk", "skip"]


class TestSignals:
    def test_numbers_of_others_and_unknown_keys_count_for_nothing(self, corner: Corner) -> None:
        server = corner.serve()
        corner.start()
        corner.prompts.show(break_prompt())
        number = corner.shown_on(server).number
        server.act(number + 1, "walk")
        server.gone(number + 1, 2)
        server.act(number, "standing")
        server.act(number, "no such key")
        server.act(number, "")
        server.act(number, "walk")
        spin(corner.loop, lambda: corner.facts)
        assert corner.facts == [PromptAnswered(Answer.WALK, 1)]

    def test_the_second_click_does_not_count(self, corner: Corner) -> None:
        server = corner.serve()
        corner.start()
        corner.prompts.show(break_prompt())
        number = corner.shown_on(server).number
        for key in ("snooze", "skip", "skip"):
            server.act(number, key)
        server.gone(number, 2)
        spin(corner.loop, lambda: corner.facts)
        spin_for(corner.loop, 0.02)
        assert corner.facts == [PromptAnswered(Answer.SNOOZE, 1, 300.0)]

    def test_after_an_action_the_banner_is_closed_by_us(self, corner: Corner) -> None:
        """One server leaves it open after its menu was used."""
        server = corner.serve()
        corner.start()
        corner.prompts.show(break_prompt())
        number = corner.shown_on(server).number
        server.act(number, "walk")
        spin(corner.loop, lambda: not server.banners)
        assert ("CloseNotification", (number,)) in server.calls
        assert corner.facts == [PromptAnswered(Answer.WALK, 1)]

    @pytest.mark.parametrize("reason", [3, 4, 0, 99])
    def test_closed_for_a_reason_that_is_nobodys_answer(self, corner: Corner, reason: int) -> None:
        server = corner.serve()
        corner.start()
        corner.prompts.show(break_prompt())
        server.gone(corner.shown_on(server).number, reason)
        spin_for(corner.loop, 0.03)
        assert corner.facts == []
        corner.prompts.show(break_prompt(2))
        assert corner.shown_on(server).title == "Time to move"

    def test_signals_of_another_shape_are_let_pass(self, corner: Corner) -> None:
        server = corner.serve()
        corner.start()
        corner.prompts.show(break_prompt())
        number = corner.shown_on(server).number
        server.signal(PATH, NAME, "ActionInvoked", "s", ("walk",))
        server.signal(PATH, NAME, "NotificationClosed", "us", (number, "why"))
        server.act(number, "walk")
        spin(corner.loop, lambda: corner.facts)
        assert corner.facts == [PromptAnswered(Answer.WALK, 1)]


class TestServersThatMisbehave:
    def test_nobody_there(self, corner: Corner) -> None:
        corner.start()
        corner.prompts.show(break_prompt())
        spin(corner.loop, lambda: corner.fallback.live)
        corner.prompts.notice(Notice(NoticeKind.STILL_HERE))
        spin(corner.loop, lambda: corner.fallback.notices)
        capability, *rest = corner.prompts.capabilities()
        assert not capability.works
        assert capability.why == "no notification server runs"
        assert rest == corner.fallback.capabilities()

    def test_one_that_comes_later_takes_over(self, corner: Corner) -> None:
        corner.start()
        corner.prompts.show(break_prompt())
        spin(corner.loop, lambda: corner.fallback.live)
        server = corner.serve()
        assert corner.shown_on(server).title == "Time to move"
        spin(corner.loop, lambda: corner.fallback.withdrawn == [1])
        corner.prompts.show(break_prompt(2))
        spin(corner.loop, lambda: len(server.showed) == 2)
        assert len(corner.fallback.shown) == 1

    def test_one_that_refuses(self, corner: Corner) -> None:
        server = corner.serve()
        server.refuses = True
        corner.start()
        corner.prompts.show(break_prompt())
        spin(corner.loop, lambda: corner.fallback.live)
        corner.prompts.withdraw(1)
        assert corner.fallback.withdrawn == [1]
        server.refuses = False
        corner.prompts.show(break_prompt(2))
        corner.shown_on(server)
        assert len(corner.fallback.shown) == 1

    @pytest.mark.parametrize("late_s", [3, 60])
    def test_one_that_stops_answering_is_stood_in_for_until_its_banner_is_there(
        self, corner: Corner, late_s: float
    ) -> None:
        server = corner.serve()
        corner.start()
        corner.prompts.show(break_prompt())
        corner.shown_on(server)
        server.silent = True
        corner.prompts.show(break_prompt(2))
        spin(corner.loop, lambda: corner.fallback.live)
        assert corner.prompts.capabilities()[0].why == "the notification server does not answer"
        spin_for(corner.loop, late_s)
        server.speak()
        spin(corner.loop, lambda: corner.fallback.live is None)
        assert corner.fallback.withdrawn == [2]
        assert corner.prompts.capabilities()[0].works
        spin_for(corner.loop, 10)
        banner = corner.shown_on(server)
        assert "walk" in banner.keys, "it stays, with its buttons"
        server.act(banner.number, "walk")
        spin(corner.loop, lambda: corner.facts)
        assert corner.facts == [PromptAnswered(Answer.WALK, 2)]
        assert len(server.showed) == 2, "and nothing was shown twice"

    def test_a_late_banner_of_a_prompt_that_is_gone_goes_too(self, corner: Corner) -> None:
        server = corner.serve()
        corner.start()
        corner.prompts.show(break_prompt())
        corner.shown_on(server)
        server.silent = True
        corner.prompts.show(break_prompt(2))
        spin(corner.loop, lambda: corner.fallback.live)
        corner.prompts.withdraw(2)
        server.speak()
        spin(corner.loop, lambda: len(server.showed) == 2 and not server.banners)
        assert corner.fallback.live is None

    @pytest.mark.parametrize("late_s", [3, 60])
    def test_one_that_never_answered_and_then_does(self, corner: Corner, late_s: float) -> None:
        server = corner.serve()
        server.silent = True
        corner.start()
        corner.prompts.show(break_prompt())
        spin(corner.loop, lambda: corner.fallback.live)
        spin_for(corner.loop, late_s)
        server.speak()
        spin(corner.loop, lambda: corner.fallback.live is None)
        assert corner.shown_on(server).title == "Time to move"
        spin_for(corner.loop, 10)
        assert len(server.showed) == 1

    def test_one_that_is_slow_to_tell_its_name_is_known_by_it_later(self, corner: Corner) -> None:
        class Shy(FakeNotificationServer):
            def called(self, member: str, message: Any) -> None:
                if member == "GetServerInformation":
                    self._loop.call_later(40, super().called, member, message)
                else:
                    super().called(member, message)

        corner.servers.append(server := Shy(corner.loop, corner.address, name="dunst"))
        corner.start()
        corner.prompts.show(break_prompt())
        assert "Middle click" not in corner.shown_on(server).body
        assert corner.fallback.shown == [], "the name is not worth waiting for"
        spin_for(corner.loop, 60)
        corner.prompts.show(break_prompt(2))
        spin(corner.loop, lambda: len(server.showed) == 2)
        assert "Middle click to start" in server.showed[-1].body

    def test_a_slow_notice_replaces_its_stand_in(self, corner: Corner) -> None:
        server = corner.serve()
        corner.start()
        corner.prompts.show(break_prompt())
        corner.shown_on(server)
        server.silent = True
        corner.prompts.notice(Notice(NoticeKind.STILL_HERE))
        spin(corner.loop, lambda: corner.fallback.notices)
        server.speak()
        spin(corner.loop, lambda: not corner.fallback.notices)
        assert len(server.banners) == 2

    @pytest.mark.parametrize(
        "answer", [("s", ("yes",)), ("", ()), ("t", (1 << 40,)), ("i", (-1,)), ("b", (True,))]
    )
    def test_an_odd_number_costs_that_banner_alone(
        self, corner: Corner, answer: tuple[str, tuple[Any, ...]]
    ) -> None:
        class Riddles(FakeNotificationServer):
            odd = True

            def _notify(self, message: Any) -> None:
                if self.odd:
                    self.reply(message, *answer)
                else:
                    super()._notify(message)

        corner.servers.append(server := Riddles(corner.loop, corner.address))
        corner.start()
        corner.prompts.show(break_prompt())
        spin(corner.loop, lambda: corner.fallback.live)
        corner.prompts.withdraw(1)
        server.odd = False
        corner.prompts.show(break_prompt(2))
        assert corner.shown_on(server).title == "Time to move"

    def test_withdrawn_while_the_server_thinks(self, corner: Corner) -> None:
        server = corner.serve()
        corner.start()
        spin(corner.loop, lambda: corner.prompts.capabilities()[0].works)
        server.silent = True
        corner.prompts.show(break_prompt())
        spin_for(corner.loop, 0.02)
        corner.prompts.withdraw(1)
        server.speak()
        spin(corner.loop, lambda: server.showed and not server.banners)
        assert corner.fallback.shown == []


class TestRestarts:
    def test_a_restarted_server_shows_the_live_prompt_again(self, corner: Corner) -> None:
        first = corner.serve()
        corner.start()
        corner.prompts.show(break_prompt())
        corner.shown_on(first)
        first.stop()
        second = corner.serve(name="Xfce Notify Daemon", first_number=1)
        banner = corner.shown_on(second)
        assert "default" not in banner.keys, "it was asked anew who it is"
        second.act(banner.number, "skip")
        spin(corner.loop, lambda: corner.facts)
        assert corner.facts == [PromptAnswered(Answer.SKIP, 1)]

    def test_an_answered_prompt_does_not_come_back_with_the_server(self, corner: Corner) -> None:
        first = corner.serve()
        corner.start()
        corner.prompts.show(break_prompt())
        number = corner.shown_on(first).number
        first.act(number, "walk")
        spin(corner.loop, lambda: corner.facts)
        first.stop()
        second = corner.serve()
        spin(corner.loop, lambda: any(call[0] == "GetServerInformation" for call in second.calls))
        spin_for(corner.loop, 0.02)
        assert second.showed == []

    @pytest.mark.parametrize("on_its_way", [True, False])
    def test_a_notice_whose_time_is_over_goes(self, corner: Corner, on_its_way: bool) -> None:
        server = corner.serve()
        corner.start()
        corner.prompts.notice(Notice(NoticeKind.OPENING))
        if not on_its_way:
            spin(corner.loop, lambda: corner.prompts._notice.number is not None)
            corner.prompts.withdraw_notice(NoticeKind.REMINDER)
        corner.prompts.withdraw_notice(NoticeKind.OPENING)
        corner.prompts.show(break_prompt())
        corner.shown_on(server)
        assert corner.prompts._notice.number is None

    def test_numbers_of_the_server_that_died_mean_nothing(self, corner: Corner) -> None:
        first = corner.serve()
        corner.start()
        corner.prompts.show(break_prompt())
        number = corner.shown_on(first).number
        first.stop()
        spin(corner.loop, lambda: not corner.prompts.capabilities()[0].works)
        second = corner.serve(first_number=number + 10)
        second.silent = True
        second.act(number, "walk")
        second.gone(number, 2)
        spin_for(corner.loop, 0.02)
        assert corner.facts == []

    def test_a_restarted_bus(self, loop: Loop, tmp_path: Path) -> None:
        corner = Corner(loop, f"unix:path={tmp_path}/bus")
        corner.bus.start()
        for number in (1, 2):
            with private_bus(folder=tmp_path):
                server = corner.serve()
                spin(loop, lambda: corner.bus.up)
                corner.prompts.show(break_prompt(number))
                banner = corner.shown_on(server)
                server.act(banner.number, "skip")
                spin(loop, lambda n=number: len(corner.facts) == n)
                server.stop()
            spin(loop, lambda: not corner.bus.up)
        corner.prompts.show(break_prompt(3))
        spin(loop, lambda: corner.fallback.live)
        with private_bus(folder=tmp_path):
            assert corner.shown_on(corner.serve()).title == "Time to move"
            corner.end()

    def test_a_prompt_before_the_bus_is_up_waits_for_it(self, corner: Corner) -> None:
        server = corner.serve()
        corner.bus.start()
        corner.prompts.show(break_prompt())
        corner.shown_on(server)
        assert corner.fallback.shown == []


class TestWhatAnEarlierRunLeftBehind:
    def leave(self, corner: Corner, server: FakeNotificationServer) -> Remembered:
        corner.start()
        corner.prompts.show(break_prompt())
        corner.shown_on(server)
        spin(corner.loop, lambda: corner.remembered)
        left = corner.remembered[-1]
        assert left is not None
        return left

    def later_run(self, corner: Corner, left: Remembered) -> Callable[[], None]:
        bus = Bus(corner.loop, "session", corner.address)
        corner.bus, old = bus, corner.bus
        later = corner.new_prompts(left)
        corner.bus = old
        bus.start()
        spin(corner.loop, lambda: later.capabilities()[0].works)
        spin_for(corner.loop, 0.03)

        def end() -> None:
            later.close()
            bus.close()
            spin_for(corner.loop, 0)

        return end

    def test_is_closed_on_the_same_server(self, corner: Corner) -> None:
        server = corner.serve()
        left = self.leave(corner, server)
        end = self.later_run(corner, left)
        spin(corner.loop, lambda: not server.banners)
        end()

    def test_is_left_alone_on_another(self, corner: Corner) -> None:
        server = corner.serve()
        who, number = self.leave(corner, server)
        end = self.later_run(corner, (f"{who}0", number))
        assert len(server.banners) == 1
        end()

    def test_what_is_gone_is_forgotten(self, corner: Corner) -> None:
        server = corner.serve()
        assert self.leave(corner, server)
        corner.prompts.withdraw(1)
        assert corner.remembered[-1] is None


class TestNotices:
    def test_they_are_quiet_and_do_not_pile_up(self, corner: Corner) -> None:
        server = corner.serve()
        corner.start()
        corner.prompts.notice(Notice(NoticeKind.HEADS_UP, 120))
        first = corner.shown_on(server)
        assert first.hints["transient"] is True
        assert first.hints["suppress-sound"] is True
        assert first.hints["category"] == "x-deskbreak.notice"
        corner.prompts.notice(Notice(NoticeKind.REST_LEFT, 90))
        spin(corner.loop, lambda: len(server.showed) == 2 and len(server.banners) == 1)
        assert server.only.title == "Welcome back"

    @pytest.mark.parametrize(
        ("kind", "expire"), [(NoticeKind.IT_HURT, 0), (NoticeKind.TROUBLE, -1)]
    )
    def test_what_has_to_be_read_is_kept(
        self, corner: Corner, kind: NoticeKind, expire: int
    ) -> None:
        server = corner.serve()
        corner.start()
        corner.prompts.notice(Notice(kind))
        banner = corner.shown_on(server)
        assert banner.expire == expire
        assert banner.hints["urgency"] == 1
        assert "transient" not in banner.hints

    @pytest.mark.parametrize(("key", "yes"), [("take_level", True), ("stay", False)])
    def test_the_next_level_is_taken_or_declined_by_one_click(
        self, corner: Corner, key: str, yes: bool
    ) -> None:
        server = corner.serve()
        corner.start()
        corner.prompts.notice(Notice(NoticeKind.LEVEL_UP, text="It asks more.", level=2))
        banner = corner.shown_on(server)
        assert banner.title == "Ready for level 2?"
        assert banner.actions == (("take_level", "Try level 2"), ("stay", "Stay at level 1"))
        assert banner.expire == 0
        server.act(banner.number, "something else")
        server.act(banner.number, key)
        spin(corner.loop, lambda: corner.facts and not server.banners)
        assert corner.facts == [LevelOfferAnswered(2, yes)]

    def test_a_server_without_buttons_says_how_to_take_the_next_level(self, corner: Corner) -> None:
        server = corner.serve(abilities=("body",))
        corner.start()
        corner.prompts.notice(Notice(NoticeKind.LEVEL_UP, text="It asks more.", level=3))
        banner = corner.shown_on(server)
        assert banner.actions == ()
        assert "type: deskbreak level 3" in banner.body

    def test_the_prompt_takes_the_place_of_its_heads_up(self, corner: Corner) -> None:
        server = corner.serve()
        corner.start()
        corner.prompts.notice(Notice(NoticeKind.HEADS_UP, 120))
        corner.shown_on(server)
        corner.prompts.show(break_prompt())
        spin(corner.loop, lambda: len(server.showed) == 2 and len(server.banners) == 1)
        assert server.only.title == "Time to move"

    @pytest.mark.parametrize("late_s", [0, 0.02, 1.9, 2.1, 30])
    @pytest.mark.parametrize("meanwhile_s", [0, 0.02, 1.9, 2.1, 30])
    def test_the_heads_up_goes_however_late_the_server_says_where_it_is(
        self, corner: Corner, meanwhile_s: float, late_s: float
    ) -> None:
        server = corner.serve()
        corner.start()
        spin(corner.loop, lambda: corner.prompts.capabilities()[0].works)
        server.silent = True
        corner.prompts.notice(Notice(NoticeKind.HEADS_UP, 120))
        spin_for(corner.loop, meanwhile_s)
        corner.prompts.show(break_prompt())
        assert corner.fallback.notices == [], "nobody shows both"
        spin_for(corner.loop, late_s)
        server.speak()
        spin(corner.loop, lambda: len(server.showed) == 2 and len(server.banners) == 1)
        spin_for(corner.loop, 10)
        assert server.only.title == "Time to move"
        assert corner.fallback.notices == []

    def test_a_notice_leaves_the_prompt_alone(self, corner: Corner) -> None:
        server = corner.serve()
        corner.start()
        corner.prompts.show(break_prompt())
        number = corner.shown_on(server).number
        corner.prompts.notice(Notice(NoticeKind.REMINDER, 20, "Look out of the window"))
        spin(corner.loop, lambda: len(server.banners) == 2)
        server.gone(max(server.banners), 1)
        server.act(number, "walk")
        spin(corner.loop, lambda: corner.facts)
        assert corner.facts == [PromptAnswered(Answer.WALK, 1)]


class TestCapabilities:
    def test_waiting_until_it_is_known(self, loop: Loop, corner: Corner) -> None:
        corner.serve(name="mako")
        corner.start()
        loop.run_until_complete(corner.prompts.known())
        server, actions = corner.prompts.capabilities()
        assert server.backend == "mako 1.0"
        assert actions.works
        assert "click takes the suggestion" in actions.why

    def test_waiting_for_nobody(self, loop: Loop, corner: Corner) -> None:
        corner.start()
        loop.run_until_complete(corner.prompts.known())
        assert not corner.prompts.capabilities()[0].works
