"""Standing-desk mode, reminders, and what never happens: B27 to B34."""

import socket

import pytest

from deskbreak.core.effects import Effect, NoticeKind, ShowNotice
from deskbreak.core.events import Sampled
from deskbreak.settings.files import shipped
from deskbreak.settings.load import load_settings
from deskbreak.struct import fields
from tests.desk import Desk

PRESET = {"preset": "sit-stand-build-up"}
ALTERNATE = ("standing.enabled=true", "standing.sit_for=20m", "breaks.sit_limit=1h")
EYES = 'reminder=[{name="eyes", every="20m", length="20s", text="Look far away"}]'


class TestB27Posture:
    def test_b27_only_from_the_person(self) -> None:
        desk = Desk(*ALTERNATE).works("30m")
        assert desk.status.posture.value == "sitting"
        assert desk.says("standing").status.posture.value == "standing"

    def test_b27_a_prompt_is_not_taken_for_obeyed(self) -> None:
        desk = Desk(*ALTERNATE).works("20m").leaves("90s").works("1m")
        assert desk.status.posture.value == "sitting"

    def test_b27_from_the_notification(self) -> None:
        desk = Desk(*ALTERNATE).works("20m").answers("standing").works("1m")
        assert (desk.state, desk.bout) == ("standing", 60)
        desk.finds(
            "20m stand_prompt bout_s=1200 actions=standing,later,walk",
            "20m bout_ended posture=sitting length_s=1200",
            "20m posture to=standing",
        )

    def test_b27_from_the_desk(self) -> None:
        desk = Desk(*ALTERNATE).senses("sitting").works("20m").senses("standing").works("1m")
        assert (desk.state, desk.bout) == ("standing", 60)
        desk.finds(
            "20m stand_prompt",
            "20m bout_ended posture=sitting length_s=1200",
            "20m prompt_withdrawn why=you_stood_up",
            "20m posture to=standing",
        )

    def test_b27_the_desk_is_believed_without_the_mode(self) -> None:
        assert Desk().senses("standing").works("1m").state == "standing"

    def test_b27_a_desk_that_repeats_itself_says_nothing(self) -> None:
        desk = Desk().senses("standing").works("5m").says("sitting").forgets()
        assert desk.senses("standing").works("5m").senses("standing").state == "sitting"
        desk.finds()
        assert desk.senses("sitting").senses("standing").state == "standing"

    def test_b27_nor_is_a_repetition_an_answer(self) -> None:
        desk = Desk(*ALTERNATE).senses("sitting").works("20m").senses("sitting")
        assert desk.status.prompt is not None

    def test_b27_a_desk_that_was_out_of_reach_has_to_move_to_be_news(self) -> None:
        desk = Desk().senses("standing").says("sitting").senses(None).works("5m")
        assert desk.senses("standing").state == "sitting"

    def test_b27_what_was_said_after_the_desk_stands_over_a_restart(self) -> None:
        desk = Desk().senses("standing").says("sitting").works("5m").restarts("30s")
        assert desk.senses("standing").state == "sitting"
        assert desk.senses("sitting").senses("standing").state == "standing"

    def test_b27_status_knows_whether_a_desk_tells(self) -> None:
        desk = Desk()
        assert not desk.status.standing.sensed
        assert desk.senses("sitting").status.standing.sensed
        assert not desk.senses(None).status.standing.sensed


class TestB28Alternate:
    def test_b28_stand_up_and_sit_down(self) -> None:
        desk = Desk(*ALTERNATE).works("20m").answers("standing").works("15m").answers("sitting")
        desk.works("20m")
        assert desk.events("stand_prompt", "sit_prompt") == [
            "20m stand_prompt",
            "35m sit_prompt",
            "55m stand_prompt",
        ]

    def test_b28_not_unless_switched_on(self) -> None:
        assert Desk("standing.sit_for=10m").works("30m").events("stand_prompt") == []

    @pytest.mark.parametrize("share", [0, 1])
    @pytest.mark.parametrize("call", [True, False])
    def test_b28_putting_it_off_is_among_the_first_three(self, share: int, call: bool) -> None:
        settings = (f"breaks.walk_share={share}", "standing.enabled=true", "hold.calls=false")
        desk = Desk(*settings)
        if call:
            desk.holds("call")
        actions = desk.works("30m").prompt.actions
        assert "snooze" in actions[:3]
        assert "standing" in actions
        desk = Desk(*ALTERNATE).works("20m")
        assert "later" in desk.prompt.actions[:3]

    def test_b28_says_how_long_to_stand(self) -> None:
        assert Desk(*ALTERNATE).works("20m").prompt.stand_for_s == 900
        assert Desk().works("30m").prompt.stand_for_s == 0

    def test_b28_later(self) -> None:
        desk = Desk(*ALTERNATE).works("20m").answers("later").works("5m")
        desk.finds("20m stand_prompt", "25m stand_prompt")
        assert desk.prompt.repeat == 0

    def test_b28_walk_instead(self) -> None:
        desk = Desk(*ALTERNATE).works("20m").answers("walk").leaves("5m").works("5s")
        desk.finds(
            "20m stand_prompt", "20m break_started kind=walk", "25m break_ended", "25m bout_ended"
        )

    def test_b28_no_answer(self) -> None:
        desk = Desk(*ALTERNATE).works("26m")
        desk.finds("20m stand_prompt", "25m ignored", "25m stand_prompt")

    def test_b28_dismissed(self) -> None:
        desk = Desk(*ALTERNATE).works("20m").answers("dismiss").works("5m")
        desk.finds("20m stand_prompt", "20m dismissed", "25m stand_prompt")

    def test_b28_the_limit_of_sitting_stands(self) -> None:
        desk = Desk(*ALTERNATE).works("1h")
        assert desk.events("prompt") == ["1h prompt"]
        assert "standing" in desk.prompt.actions

    @pytest.mark.parametrize(
        ("sit_for", "events"),
        [
            ("28m", ["30m prompt"]),
            ("27m59s", ["27m59s stand_prompt", "30m prompt"]),
            ("31m", ["30m prompt"]),
        ],
    )
    def test_b28_close_together_only_the_break(self, sit_for: str, events: list[str]) -> None:
        desk = Desk("standing.enabled=true", f"standing.sit_for={sit_for}").works("30m")
        assert desk.events("prompt", "stand_prompt") == events

    def test_b28_held_back_until_the_break_is_near(self) -> None:
        desk = Desk(*ALTERNATE).works("10m").holds().works("48m").releases().works("2m")
        assert desk.events("prompt", "stand_prompt") == ["1h prompt"]

    def test_b28_answered_with_a_snooze_it_stays_the_same_question(self) -> None:
        desk = Desk(*ALTERNATE).works("20m").answers("snooze").works("5m")
        assert desk.events("prompt", "stand_prompt") == ["20m stand_prompt", "25m stand_prompt"]

    def test_b28_a_skip_leaves_the_break_where_it_was(self) -> None:
        desk = Desk(*ALTERNATE).works("20m").answers("skip").works("40m")
        assert desk.events("prompt", "stand_prompt") == [
            "20m stand_prompt", "35m stand_prompt", "40m stand_prompt", "45m stand_prompt",
            "50m stand_prompt", "55m stand_prompt", "1h prompt",
        ]  # fmt: skip

    def test_b28_i_sit_means_later(self) -> None:
        desk = Desk(*ALTERNATE).works("20m").forgets().says("sitting").works("5m")
        desk.finds("25m stand_prompt")

    def test_b28_the_same_posture_again_says_nothing(self) -> None:
        desk = Desk().works("30m").forgets().says("sitting").finds()
        assert desk.status.prompt is not None

    def test_b28_switched_off_meanwhile(self) -> None:
        desk = Desk(*ALTERNATE).works("20m").forgets().sets("standing.enabled=false").works("40m")
        desk.finds("20m prompt_withdrawn why=the_settings_have_changed", "1h prompt")

    def test_b28_switched_on_says_how_to_begin(self) -> None:
        desk = Desk().works("5m").sets("standing.enabled=true").sets("standing.stand_for=10m")
        kinds = [effect.notice.kind for effect in desk.effects(ShowNotice)]
        assert kinds == [NoticeKind.STANDING_NOTE]

    def test_b28_standing_again_after_an_answer_that_was_late(self) -> None:
        desk = (
            Desk(*ALTERNATE).works("20m").says("standing").forgets().answers("standing", prompt=1)
        )
        desk.finds()


class TestB29Standing:
    def test_b29_has_its_own_limit_and_its_own_bout(self) -> None:
        desk = Desk(*ALTERNATE).works("19m").says("standing").works("15m")
        desk.finds(
            "19m bout_ended posture=sitting length_s=1140",
            "19m posture to=standing",
            "34m sit_prompt bout_s=900 actions=sitting,later,walk",
        )
        assert (desk.status.bout.limit_s, desk.status.bout.due) == (900, True)

    def test_b29_also_for_one_who_stands_without_the_mode(self) -> None:
        assert Desk().says("standing").works("15m").events("sit_prompt") == ["15m sit_prompt"]

    def test_b29_the_prompt_knows_for_how_long(self) -> None:
        desk = Desk().says("standing").works("45m")
        assert (desk.prompt.bout_s, desk.prompt.overdue_s) == (2700, 1800)

    def test_b29_only_past_its_length_the_prompt_says_so_plainly(self) -> None:
        desk = Desk("standing.warn_after=25m").says("standing")
        plain = [desk.works(span).prompt.stood_long for span in ("15m", "5m", "5m", "5m")]
        assert plain == [False, False, True, True]

    def test_b29_sitting_long_is_not_standing_long(self) -> None:
        assert not Desk("standing.warn_after=20m").works("30m").prompt.stood_long

    def test_b29_a_natural_break_ends_it_too(self) -> None:
        desk = Desk().says("standing").works("10m").forgets().leaves("3m")
        desk.finds("12m natural_break", "12m bout_ended posture=standing length_s=600")
        assert desk.works("10s").state == "standing"

    def test_b29_sitting_down_is_an_answer(self) -> None:
        desk = Desk().says("standing").works("15m").forgets().answers("sitting")
        desk.finds("15m bout_ended posture=standing length_s=900", "15m posture to=sitting")

    def test_b29_sat_down_by_word(self) -> None:
        desk = Desk().says("standing").works("15m").forgets().says("sitting")
        desk.finds(
            "15m bout_ended", "15m prompt_withdrawn why=you_sat_down", "15m posture to=sitting"
        )


class TestB30Balance:
    def test_b30_standing_counts_towards_the_day(self) -> None:
        desk = Desk("standing.enabled=true").works("10m").says("standing").works("12m")
        desk.says("sitting").works("5m").says("standing").works("3m")
        standing = desk.status.standing
        assert (standing.enabled, round(standing.today_s), standing.target_s) == (True, 900, 7200)


BUILD_UP = (
    "standing.stand_for=10m", "standing.build_up=5m", "standing.build_up_days=5",
    "standing.build_up_to=30m",
)  # fmt: skip


class TestBuildUp:
    """The preset sit-stand-build-up: five minutes more after every five days with standing."""

    @staticmethod
    def stands(desk: Desk, length: str = "5m") -> float:
        """A day from 9:00 on: so long on one's feet; how long the limit of standing was."""
        desk.works("1m").says("standing").works(length)
        limit: float = desk.status.bout.limit_s
        desk.says("sitting").leaves("16h").leaves("7h54m" if length == "5m" else "7h58m")
        return limit / 60

    def test_it_grows_from_ten_to_thirty_minutes_in_weeks(self) -> None:
        desk = Desk(*BUILD_UP)
        limits = [self.stands(desk) for _ in range(23)]
        assert limits == [10] * 5 + [15] * 5 + [20] * 5 + [25] * 5 + [30] * 3
        assert [self.stands(desk) for _ in range(6)] == [30] * 6

    def test_a_day_without_standing_is_none_of_the_five(self) -> None:
        desk = Desk(*BUILD_UP)
        for _ in range(4):
            self.stands(desk)
        desk.leaves("72h")
        assert [self.stands(desk) for _ in range(2)] == [10, 15]

    def test_nor_is_a_try(self) -> None:
        desk = Desk(*BUILD_UP)
        for _ in range(6):
            self.stands(desk, "30s")
        assert desk.status.standing.stand_for_s == 600

    def test_it_survives_restarts_and_nights_without_power(self) -> None:
        desk = Desk(*BUILD_UP)
        for _ in range(5):
            desk.works("1m").says("standing").works("5m").restarts("23h54m")
        assert desk.status.standing.stand_for_s == 900

    def test_a_clock_that_is_set_back_does_not_count_a_day_twice(self) -> None:
        desk = Desk(*BUILD_UP, "standing.build_up_days=1")
        desk.says("standing").works("5m")
        desk.world.step_wall(86400)
        desk.works("5m")
        assert desk.status.standing.stand_for_s == 900
        desk.world.step_wall(-86400)
        desk.works("5m")
        desk.world.step_wall(86400)
        assert desk.works("5m").status.standing.stand_for_s == 900

    def test_the_preset_says_so(self) -> None:
        loaded = load_settings(None, preset_dir=shipped("config") / "presets", overrides=PRESET)
        assert [loaded.settings.standing.stand_for_after(days) / 60 for days in (0, 5, 20, 99)] == [
            10, 15, 30, 30,
        ]  # fmt: skip

    def test_without_it_nothing_grows(self) -> None:
        desk = Desk()
        assert [self.stands(desk) for _ in range(7)] == [15] * 7


class TestB31Forgotten:
    def test_b31_after_a_long_absence(self) -> None:
        desk = Desk(at="2026-03-02 12:00").says("standing").works("5m").leaves("4h").works("5m")
        assert (desk.state, desk.bout) == ("sitting", 300)
        assert desk.events("posture", "bout_ended") == [
            "0s posture", "7m bout_ended", "4h5m3s posture",
        ]  # fmt: skip

    def test_b31_not_after_a_shorter_one(self) -> None:
        desk = Desk(at="2026-03-02 12:00").says("standing").works("5m").leaves("3h59m").works("5m")
        assert desk.state == "standing"

    def test_b31_on_a_new_day(self) -> None:
        desk = Desk(at="2026-03-02 03:30").says("standing").works("31m")
        assert (desk.state, desk.bout) == ("sitting", 60)

    def test_b31_takes_back_what_was_asked_of_one_who_stands(self) -> None:
        desk = Desk(at="2026-03-02 03:40").says("standing").works("19m").forgets().works("2m")
        desk.finds(
            "20m day_closed",
            "20m bout_ended posture=standing length_s=1200",
            "20m prompt_withdrawn why=it_is_a_new_day",
            "20m posture to=sitting",
        )

    def test_b31_also_behind_the_lock(self) -> None:
        desk = Desk(at="2026-03-02 12:00").says("standing").works("5m").locks("5h").works("5m")
        assert desk.state == "sitting"

    def test_b31_in_the_middle_of_a_walk(self) -> None:
        desk = Desk(at="2026-03-02 03:58").says("standing").works("1m").asks("walk").leaves("5m")
        desk.works("5s").finds(
            "0s posture to=standing",
            "1m break_started",
            "2m day_closed",
            "2m bout_ended posture=standing length_s=60",
            "2m posture to=sitting",
            "6m break_ended outcome=done",
        )

    def test_b31_a_desk_that_is_heard_keeps_it(self) -> None:
        desk = Desk(at="2026-03-02 12:00").senses("standing").works("5m").leaves("5h").works("5m")
        assert (desk.state, desk.bout) == ("standing", 300)

    def test_b31_also_overnight(self) -> None:
        desk = Desk(at="2026-03-02 18:00").senses("standing").works("5m").leaves("14h").works("1m")
        assert desk.state == "standing"
        assert desk.senses("standing").works("1m").senses(None).state == "standing"

    def test_b31_a_desk_that_is_left_behind_does_not(self) -> None:
        """A laptop that was shut at the raised desk, and is opened at home."""
        desk = Desk(at="2026-03-02 18:00").senses("standing").works("5m").sleeps("14h").works("1m")
        assert desk.state == "standing"
        assert desk.senses(None).works("1m").state == "sitting"

    def test_b31_and_is_believed_when_it_is_heard_again(self) -> None:
        desk = Desk(at="2026-03-02 18:00").senses("standing").works("5m").senses(None)
        desk.leaves("14h").works("1m")
        assert desk.state == "sitting"
        assert desk.senses("standing").state == "standing"

    def test_b31_over_a_night_without_power_as_well(self) -> None:
        desk = Desk(at="2026-03-02 18:00").senses("standing").works("5m").restarts("14h")
        assert desk.works("10s").state == "sitting"
        assert desk.senses("standing").state == "standing"

    def test_b31_what_the_person_says_needs_no_desk(self) -> None:
        desk = Desk(at="2026-03-02 18:00").senses("standing").works("5m").leaves("14h").works("1m")
        assert desk.says("standing").senses(None).state == "standing"

    def test_b31_a_wall_clock_that_is_set_is_no_new_day(self) -> None:
        desk = Desk().says("standing").works("5m")
        desk.world.step_wall(86400)
        assert desk.works("1m").state == "standing"


class TestB32Reminders:
    def test_b32_on_time_at_the_desk(self) -> None:
        desk = Desk(EYES, "breaks.sit_limit=2h").works("10m").leaves("30m").works("40m")
        assert desk.events("reminder") == ["50m reminder", "1h10m reminder"]
        notice = desk.effects(ShowNotice)[0].notice
        assert (notice.kind, notice.seconds, notice.text) == (
            NoticeKind.REMINDER,
            20,
            "Look far away",
        )

    def test_b32_its_name_will_do_for_a_text(self) -> None:
        desk = Desk('reminder=[{name="water", every="10m"}]').works("10m")
        assert desk.effects(ShowNotice)[0].notice.text == "water"

    def test_b32_breaks_do_not_put_them_off(self) -> None:
        desk = Desk('reminder=[{name="water", every="1h"}]', "breaks.walk_share=0")
        for _ in range(3):
            desk.works("25m").asks("stretch").waits("2m").plays()
        assert desk.events("reminder") == ["1h4m reminder"]

    def test_b32_any_number_also_at_once(self) -> None:
        two = 'reminder=[{name="eyes", every="10m"}, {name="water", every="20m"}]'
        desk = Desk(two).works("20m")
        desk.finds("10m reminder name=eyes", "20m reminder name=eyes", "20m reminder name=water")

    def test_b32_polite(self) -> None:
        desk = (
            Desk(EYES, "breaks.typing_gap=3s", "breaks.sit_limit=2h").works("20m10s").rests("10s")
        )
        assert desk.events("reminder") == ["20m13s reminder"]
        desk.works("22m")
        assert desk.events("reminder")[1:] == ["41m13s reminder"]

    @pytest.mark.parametrize("silence", ["hold", "pause"])
    def test_b32_holds_and_pauses(self, silence: str) -> None:
        desk = Desk(EYES, "breaks.sit_limit=2h").works("19m")
        (desk.holds if silence == "hold" else desk.pauses)()
        desk.works("10m")
        assert desk.events("reminder") == []
        (desk.releases if silence == "hold" else desk.resumes)()
        desk.works("2m")
        at = "29m30s" if silence == "hold" else "30m"
        assert desk.events("reminder") == [f"{at} reminder"]

    def test_b32_give_way_to_a_prompt(self) -> None:
        desk = (
            Desk('reminder=[{name="eyes", every="29m"}]').works("30m").answers("skip").works("1m")
        )
        desk.finds("30m prompt", "30m skipped", "30m reminder")

    def test_b32_that_is_held_back(self) -> None:
        desk = Desk('reminder=[{name="eyes", every="31m"}]').works("29m").holds().works("5m")
        desk.releases().works("30s").answers("skip")
        desk.finds(
            "29m hold", "34m hold_over", "34m30s prompt", "34m30s skipped", "34m30s reminder"
        )

    def test_b32_not_right_after_coming_back(self) -> None:
        desk = Desk(EYES, "breaks.settle=2m").works("19m").leaves("10m").works("3m")
        assert desk.events("reminder") == ["31m reminder"]

    def test_b32_not_in_a_break(self) -> None:
        desk = Desk(EYES).works("19m59s").asks("walk").works("2m")
        assert desk.events("reminder") == []

    def test_b32_not_in_a_hold_that_ends_while_away(self) -> None:
        desk = Desk(EYES).works("19m").holds("fullscreen").works("2m").rests("5m")
        desk.releases("fullscreen").waits("5m")
        assert desk.events("reminder") == []

    def test_b32_survive_a_restart(self) -> None:
        desk = Desk(EYES, "breaks.sit_limit=2h").works("15m").restarts("1m").works("5m")
        assert desk.events("reminder") == ["21m reminder"]


class TestB33Privacy:
    def test_b33_input_is_known_only_as_how_long_ago(self) -> None:
        assert tuple(fields(Sampled)) == ("idle_s",)

    def test_b33_no_network(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*args: object) -> None:
            raise AssertionError("a connection")

        monkeypatch.setattr(socket.socket, "connect", refuse)
        assert len(Desk().works("1h").events("prompt")) == 7


class TestB34NothingIsLost:
    """Files are the store's; here is that the engine can end and go on at any moment."""

    def test_b34_the_day_with_an_end_at_every_minute(self) -> None:
        def day(desk: Desk, *, kill: bool) -> list[str]:
            for _ in range(60):
                desk.works("1m")
                if kill:
                    desk.restarts()
            return desk.events("prompt", "ignored")

        assert day(Desk(), kill=True) == day(Desk(), kill=False)

    def test_b34_effects_are_all_there_is(self) -> None:
        assert all(isinstance(effect, Effect) for _, effect in Desk().works("1h").world.effects)
