"""The three clocks (B8): whatever a clock does in whatever state, and the rule that explains it.

Every state meets every disturbance. Sleep moves the elapsed clock and the wall clock, a step of
the wall clock or a change of zone moves that one alone, and daylight saving only how it reads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.desk import BERLIN, Desk, when

Act = Callable[[Desk], object]

AFTER = 15 * 60
"""So many seconds after the disturbance are looked at; the person types."""


@dataclass(frozen=True)
class State:
    """How to get into a state; `bout` is its length then, `goes_on` what happens after."""

    name: str
    settings: tuple[str, ...]
    acts: tuple[Act, ...]
    lasts: int
    bout: int
    goes_on: Act = lambda desk: desk.works(AFTER)

    def enter(self, at: str = "2026-03-02 09:00", zone: ZoneInfo = BERLIN) -> Desk:
        """A desk in that state; office hours, if any, are relative to the start."""
        begins = datetime.fromisoformat(at)
        ends = begins + timedelta(minutes=20)
        settings = [text.format(begins=begins, ends=ends) for text in self.settings]
        desk = Desk(*settings, at=at, zone=zone)
        for act in self.acts:
            act(desk)
        assert desk.t == self.lasts
        assert desk.bout == self.bout
        return desk.forgets()


def _play_on(desk: Desk) -> None:
    desk.works(100).plays().works(AFTER - 100)


STATES = [
    State("counting", (), (lambda d: d.works("20m"),), 1200, 1200),
    State("heads-up", ("breaks.heads_up=5m",), (lambda d: d.works("27m"),), 1620, 1620),
    State("prompted", (), (lambda d: d.works("31m"),), 1860, 1860),
    State("held", (), (lambda d: d.works("25m").holds("fullscreen").works("10m"),), 2100, 2100),
    State("snoozed", (), (lambda d: d.works("30m").answers("snooze", "15m").works("1m"),),
          1860, 1860),
    State("walking", (), (lambda d: d.works("30m").answers("walk").works("20s"),), 1820, 1820),
    State("routine", (), (lambda d: d.works("30m").answers("stretch").waits("20s"),), 1820, 1800,
          _play_on),
    State("paused", (), (lambda d: d.works("10m").pauses("10m").works("2m"),), 720, 600),
    State("standing", ("standing.stand_for=1h",), (lambda d: d.says("standing").works("10m"),),
          600, 600),
    State("off hours", ('schedule.hours=[{{from="{begins:%H:%M}", to="{ends:%H:%M}"}}]',),
          (lambda d: d.works("30m"),), 1800, 1200),
]  # fmt: skip


# sleep: B7, and what else has a word in it

SLEEPS = [1, 119, 121, 8 * 3600]
NATURAL = 120


def after_sleep(state: State, slept: int) -> tuple[str, list[str]]:
    """The rule and what it says will happen, as seconds after falling asleep and an event."""
    long = slept > NATURAL
    if long and state.name in SPECIAL_LONG:
        return SPECIAL_LONG[state.name](state, slept)
    if long:
        return "B7: asleep for natural_break or longer is a natural break", [
            *(["0 prompt_withdrawn"] if state.name == "prompted" else []),
            "120 natural_break away_s=120",
            f"120 bout_ended length_s={state.bout}",
            *(["480 resumed"] if state.name == "paused" else []),  # B20: as promised
            *(["6600 hold_over"] if state.name == "held" and slept > 7200 else []),  # B14: longest
        ]
    return SHORT[state.name](state, slept)


def _goes_on(_: State, slept: int) -> tuple[str, list[str]]:
    return "B7: shorter, the bout is as it was", []


def _due_later(state: State, slept: int) -> tuple[str, list[str]]:
    first = slept + 1800 - state.bout
    again = range(first + 300, slept + AFTER + 1, 300)
    events = [f"{first} prompt bout_s=1800"]
    for at in again:
        events += [f"{at} ignored", f"{at} prompt"]
    return "B7: the bout is as it was, and becomes due (B11)", events


def _asked_again(state: State, slept: int) -> tuple[str, list[str]]:
    events = ["0 prompt_withdrawn", f"{slept + 30} prompt bout_s={state.bout + 30}"]
    for at in range(slept + 330, slept + AFTER + 1, 300):
        events += [f"{at} ignored", f"{at} prompt"]
    return "B15: away, so withdrawn; B7: one prompt, not within settle of waking", events


def _snooze_promised(state: State, slept: int) -> tuple[str, list[str]]:
    return "B17, B9: a snooze ends when it was promised", [
        f"840 prompt bout_s={state.bout + 840 - slept}"
    ]


def _walk_over(state: State, slept: int) -> tuple[str, list[str]]:
    events = [f"280 break_ended outcome=ignored length_s={slept}"]
    for at in range(580, slept + AFTER + 1, 300):
        events += [f"{at} prompt"] if at == 580 else [f"{at} ignored", f"{at} prompt"]
    return "B21: sleep is absence, and too little of it to be a walk", events


def _walk_partial(state: State, slept: int) -> tuple[str, list[str]]:
    if slept > 600:
        return "B21: sleep is absence; after twice its length a walk is over", [
            "600 break_ended outcome=done length_s=600",
            f"600 bout_ended length_s={state.bout}",
        ]
    return "B21, B7: early, but a natural break", [
        f"280 break_ended outcome=partial length_s={slept}",
        f"280 bout_ended length_s={state.bout}",
    ]


def _routine_done(state: State, slept: int) -> tuple[str, list[str]]:
    return "B22: the player owns its two minutes, awake ones", [
        f"{slept + 100} break_ended outcome=done length_s=120",
        f"{slept + 100} bout_ended length_s={state.bout}",
    ]


def _routine_slept_through(state: State, slept: int) -> tuple[str, list[str]]:
    return "B7: a natural break, and the player slept with the machine", [
        "120 natural_break away_s=120",
        "120 break_ended outcome=natural length_s=20",
        f"120 bout_ended length_s={state.bout}",
    ]


def _pause_promised(state: State, slept: int) -> tuple[str, list[str]]:
    return "B20, B9: a timed pause ends when it was promised", ["480 resumed"]


def _stood(state: State, slept: int) -> tuple[str, list[str]]:
    forgotten = [f"{slept + 3} posture to=sitting"] if slept > 4 * 3600 else []
    return "B7, B29: ends the standing bout; B31: after four hours nobody knows", [
        "120 natural_break away_s=120",
        f"120 bout_ended length_s={state.bout} posture=standing",
        *forgotten,
    ]


SHORT = {
    "counting": _due_later,
    "heads-up": _due_later,
    "prompted": _asked_again,
    "held": _goes_on,
    "snoozed": _snooze_promised,
    "walking": _walk_over,
    "routine": _routine_done,
    "paused": _pause_promised,
    "standing": _goes_on,
    "off hours": _goes_on,
}
SPECIAL_LONG = {
    "walking": _walk_partial,
    "routine": _routine_slept_through,
    "standing": _stood,
}


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "unannounced"])
@pytest.mark.parametrize("slept", SLEEPS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_sleep(state: State, slept: int, announced: bool) -> None:
    desk = state.enter()
    began = int(desk.t)
    desk.sleeps(slept, announced=announced)
    state.goes_on(desk)
    rule, events = after_sleep(state, slept)
    expected = [line.split(" ", 1) for line in events]
    try:
        desk.finds(*(when(began + int(at), event) for at, event in expected))
    except AssertionError as differs:
        raise AssertionError(f"{rule}\n{differs}") from None
    assert desk.ledger["asleep"] == slept


# the wall clock: B8, for all but the rules about the time of day

STEPS = {
    "a second on": 1, "a second back": -1, "an hour on": 3600, "an hour back": -3600,
    "a day on": 86400, "a day back": -86400,
}  # fmt: skip
OF_THE_DAY = {"day_closed"}


def _told(desk: Desk) -> list[tuple[int, str, dict[str, object]]]:
    """What happened, on the elapsed clock; without what is about the time of day (B10)."""
    return [
        (round(seen.t), seen.happening.event, seen.happening.as_dict())
        for seen in desk.log()
        if seen.happening.event not in OF_THE_DAY
    ]


def _undisturbed(state: State, at: str, zone: ZoneInfo = BERLIN) -> Desk:
    desk = state.enter(at, zone)
    state.goes_on(desk)
    return desk


def _agrees(state: State, desk: Desk, at: str, zone: ZoneInfo = BERLIN) -> None:
    """B8: only rules about the time of day follow the wall clock, none of which is at work here."""
    state.goes_on(desk)
    calm = _undisturbed(state, at, zone)
    assert _told(desk) == _told(calm)
    assert (desk.bout, desk.state) == (calm.bout, calm.state)


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "unannounced"])
@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_step_of_the_wall_clock(state: State, step: int, announced: bool) -> None:
    at = "2026-03-04 09:00"
    desk = state.enter(at)
    desk.world.step_wall(step, announced=announced)
    if state.name == "off hours" and step == -3600:  # B20: it is 08:30 again, half an hour to go
        desk.works("15m")
        assert desk.state == "off"
        assert desk.works("15m").state == "sitting"
        return
    _agrees(state, desk, at)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_from_1970_to_now(state: State) -> None:
    desk = state.enter("1970-01-01 09:00")
    now = datetime(2026, 3, 4, 9, 0, tzinfo=BERLIN)
    desk.world.step_wall(now.timestamp() + desk.t - desk.world.now.wall)
    _agrees(state, desk, "1970-01-01 09:00")
    assert desk.events("day_closed") == [when(desk.t - AFTER, "day_closed")]


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo", "Pacific/Kiritimati"])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_zone_change(state: State, zone: str) -> None:
    desk = state.enter()
    desk.world.move_to(ZoneInfo(zone))
    _agrees(state, desk, "2026-03-02 09:00")


DAYLIGHT = {
    "spring": ("2026-03-29", "2026-03-22", 115),
    "autumn": ("2026-10-25", "2026-10-18", 175),
}


@pytest.mark.parametrize("season", DAYLIGHT)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_daylight_saving(state: State, season: str) -> None:
    """Five minutes after the state was entered the clock on the wall jumps by an hour."""
    day, calm_day, minute = DAYLIGHT[season]
    start = datetime.fromisoformat(day) + timedelta(minutes=minute, seconds=-state.lasts)
    desk = state.enter(str(start))
    before = desk.world.now.local.utcoffset()
    _agrees(state, desk, f"{calm_day} {start:%H:%M:%S}")
    assert desk.world.now.local.utcoffset() != before


# the rules about the time of day, which do notice

HOURS = 'schedule.hours=[{from="09:00", to="10:00"}]'


class TestTheTimeOfDay:
    @pytest.mark.parametrize(
        ("step", "state"), [(-3600, "off"), (3600, "off"), (86400, "sitting"), (1, "sitting")]
    )
    def test_b20_hours(self, step: int, state: str) -> None:
        desk = Desk(HOURS).works("30m")
        desk.world.step_wall(step)
        assert desk.works("1s").state == state

    def test_b20_hours_follow_the_person_to_another_zone(self) -> None:
        desk = Desk(HOURS, zone=BERLIN, at="2026-03-02 09:50").works("5m")
        desk.world.move_to(ZoneInfo("Europe/London"))
        assert desk.state == "off"
        assert desk.works("5m1s").state == "sitting"

    def test_b20_a_pause_until_a_time(self) -> None:
        desk = Desk(zone=BERLIN).pauses("12:00").works("1h")
        desk.world.step_wall(3600)
        assert desk.works("59m").status.paused
        assert not desk.works("1m").status.paused

    def test_b20_follows_the_person_to_another_zone(self) -> None:
        desk = Desk(zone=BERLIN).pauses("12:00").works("1h")
        desk.world.move_to(ZoneInfo("Europe/London"))
        assert f"{desk.status.paused_until:%H:%M %Z}" == "12:00 GMT"
        assert desk.works("2h59m").status.paused
        assert not desk.works("1m").status.paused

    def test_b20_until_a_time_that_is_past_at_once(self) -> None:
        desk = Desk(zone=BERLIN).pauses("12:00").works("1h")
        desk.world.step_wall(4 * 3600)
        assert not desk.status.paused

    def test_b20_until_a_time_that_spring_skips(self) -> None:
        desk = Desk(zone=BERLIN, at="2026-03-29 01:00").pauses("02:30")
        assert f"{desk.status.paused_until:%H:%M}" == "03:00"
        assert desk.works("1h").events("resumed") == ["1h resumed"]

    @pytest.mark.parametrize(("at", "fires"), [("01:00", "1h30m"), ("02:40", "50m")])
    def test_b20_until_a_time_that_autumn_repeats(self, at: str, fires: str) -> None:
        desk = Desk(zone=BERLIN, at=f"2026-10-25 {at}").pauses("02:30").works("3h")
        assert desk.events("resumed") == [f"{fires} resumed"]

    def test_b10_a_day_that_is_set_forward_is_closed(self) -> None:
        desk = Desk(zone=BERLIN).works("1h")
        desk.world.step_wall(86400)
        (closed,) = [seen.happening.as_dict() for seen in desk.log()
                     if seen.happening.event == "day_closed"]  # fmt: skip
        assert closed["day"] == "2026-03-02"
        assert (closed["ledger"]["sitting"], sum(closed["ledger"].values())) == (3600, 86400)
        assert desk.works("1m").ledger == {"sitting": 60, "not_running": 6 * 3600}

    def test_b10_a_day_that_was_ahead_gets_its_right_name(self) -> None:
        desk = Desk(zone=BERLIN).works("1h")
        desk.world.step_wall(-86400)
        desk.works("1h")
        assert desk.ledger == {"sitting": 7200, "not_running": 5 * 3600}
        desk.rests("24h")
        days = [
            s.happening.as_dict()["day"] for s in desk.log() if s.happening.event == "day_closed"
        ]
        assert days == ["2026-03-01"]

    @pytest.mark.parametrize("step", [-1800, 1800])
    def test_b10_a_day_with_a_step_is_as_long_as_any(self, step: int) -> None:
        desk = Desk(zone=BERLIN).works("1h")
        desk.world.step_wall(step)
        desk.rests("24h")
        (closed,) = [seen.happening.as_dict() for seen in desk.log()
                     if seen.happening.event == "day_closed"]  # fmt: skip
        assert sum(closed["ledger"].values()) == 86400

    def test_b10_flying_west_makes_a_long_day(self) -> None:
        desk = Desk(zone=BERLIN, at="2026-03-02 04:30").works("30m")
        desk.world.move_to(ZoneInfo("America/New_York"))
        desk.works("1s").world.step_wall(-0.001)
        desk.rests("30h")
        closed = [s.happening.as_dict() for s in desk.log() if s.happening.event == "day_closed"]
        assert [day["day"] for day in closed] == ["2026-03-02"]
        assert sum(closed[0]["ledger"].values()) == 30 * 3600
