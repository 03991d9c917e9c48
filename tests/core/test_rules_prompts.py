"""When a prompt comes, what may be said to it, and what keeps it back: B11 to B20."""

import pytest

from deskbreak.core.effects import (
    Notice,
    NoticeKind,
    Prompt,
    ShowNotice,
    ShowPrompt,
    WithdrawPrompt,
)
from deskbreak.core.enums import PauseKind
from deskbreak.core.events import PauseAsked
from tests.desk import BERLIN, Desk, PlainAdviser, when

POLITE = "breaks.typing_gap=3s"
NINE_TO_FIVE = 'schedule.hours=[{days=["mon","tue","wed","thu","fri"], from="09:00", to="17:00"}]'


class TestB11Due:
    def test_b11_when_the_bout_reaches_the_limit(self) -> None:
        desk = Desk().works("30m")
        desk.finds(
            "30m prompt bout_s=1800 overdue_s=0 suggests=walk actions=walk,stretch,snooze,skip"
        )

    def test_b11_to_the_second_after_many_short_absences(self) -> None:
        desk = Desk()
        for _ in range(17):
            desk.works("100s").leaves("70s")
        desk.works("98s").finds()
        assert desk.works("2s").events("prompt") == ["49m50s prompt"]

    def test_b11_seconds_are_allowed(self) -> None:
        assert Desk("breaks.sit_limit=5s").works("5s").events("prompt") == ["5s prompt"]

    def test_b11_again_after_every_break(self) -> None:
        desk = Desk("routines.places=desk")
        for round_ in range(1, 11):
            desk.works("30m").answers("stretch").waits("120s").plays()
            assert desk.events("prompt")[-1] == when(f"{round_ * 32 - 2}m", "prompt")

    def test_b11_other_limits_plan_anew(self) -> None:
        desk = Desk().works("20m").sets("breaks.sit_limit=45m").works("25m")
        desk.finds("45m prompt bout_s=2700")
        desk.sets("breaks.sit_limit=1h").finds("45m prompt_withdrawn why=the_settings_have_changed")
        desk.works("15m").finds("1h prompt bout_s=3600")

    def test_b11_a_lower_limit_is_due_at_once(self) -> None:
        desk = Desk().works("20m").sets("breaks.sit_limit=10m")
        desk.finds("20m prompt bout_s=1200 overdue_s=600")

    def test_b11_a_higher_limit_while_it_is_held_back(self) -> None:
        desk = Desk().works("20m").holds().works("11m").sets("breaks.sit_limit=1h").releases()
        desk.forgets().works("10m").finds()
        assert not desk.status.bout.due

    def test_b11_a_higher_limit_after_a_skip(self) -> None:
        desk = Desk().works("30m").answers("skip").sets("breaks.sit_limit=1h").forgets()
        assert not desk.status.bout.due
        desk.works("30m").finds("1h prompt")

    def test_b11_settings_that_do_not_matter_leave_the_prompt_alone(self) -> None:
        desk = Desk().works("30m").forgets().sets("ui.theme=dark", "breaks.walk=7m").finds()
        assert desk.status.prompt is not None


class TestB12HeadsUp:
    def test_b12_before_and_then_the_prompt(self) -> None:
        desk = Desk("breaks.heads_up=2m").works("30m")
        desk.finds("28m heads_up due_in_s=120", "30m prompt")
        (notice,) = desk.effects(ShowNotice)
        assert notice.notice == Notice(NoticeKind.HEADS_UP, 120.0)

    def test_b12_off_by_default(self) -> None:
        assert Desk().works("29m").effects(ShowNotice) == []

    def test_b12_once_although_the_person_left_for_a_moment(self) -> None:
        desk = Desk("breaks.heads_up=2m").works("29m").leaves("90s").works("2m30s")
        desk.finds("28m heads_up", "31m30s prompt")

    def test_b12_not_in_a_call_but_after_it(self) -> None:
        desk = Desk("breaks.heads_up=5m").works("20m").holds().works("7m").releases().works("3m")
        desk.finds("20m hold", "27m hold_over", "27m heads_up due_in_s=180", "30m prompt")

    def test_b12_not_for_what_was_put_off(self) -> None:
        desk = Desk("breaks.heads_up=2m").works("30m").answers("skip").forgets().works("15m")
        desk.finds("45m prompt")

    def test_b12_nor_after_a_pause_meanwhile(self) -> None:
        desk = Desk("breaks.heads_up=2m").works("30m").answers("skip").pauses("10m").forgets()
        desk.works("25m").finds("40m resumed", "55m prompt")

    def test_b12_snoozed_right_away(self) -> None:
        desk = Desk("breaks.heads_up=5m").works("25m").answers("snooze", "10m").works("10m")
        desk.finds("25m heads_up", "25m snoozed", "35m prompt overdue_s=300")

    def test_b12_a_snooze_that_ends_before_the_limit_waits_for_it(self) -> None:
        desk = Desk("breaks.heads_up=5m").works("25m").answers("snooze", "1m").works("5m")
        desk.finds("25m heads_up", "25m snoozed", "30m prompt")

    def test_b12_skipped_right_away(self) -> None:
        desk = Desk("breaks.heads_up=5m").works("25m").answers("skip").works("15m")
        desk.finds("25m heads_up", "25m skipped", "40m prompt bout_s=2400")

    def test_b12_another_limit_takes_it_back(self) -> None:
        desk = Desk("breaks.heads_up=2m").works("28m").sets("breaks.sit_limit=40m").works("12m")
        desk.finds("28m heads_up", "38m heads_up due_in_s=120", "40m prompt")

    def test_b12_a_little_later_is_announced_still(self) -> None:
        desk = Desk("breaks.heads_up=2m").works("29m").sets("breaks.sit_limit=30m30s").works("2m")
        desk.finds("28m heads_up", "30m30s prompt")


class TestB13Polite:
    def test_b13_waits_for_a_gap(self) -> None:
        desk = Desk(POLITE).works("30m20s").rests("10s")
        desk.finds("30m23s prompt bout_s=1823")

    def test_b13_but_not_for_ever(self) -> None:
        Desk(POLITE).works("32m").finds("31m prompt bout_s=1860 overdue_s=60")

    def test_b13_a_gap_that_is_there_already_will_do(self) -> None:
        Desk(POLITE).works("29m50s").rests("15s").finds("30m prompt bout_s=1800")

    def test_b13_or_one_that_is_almost_there(self) -> None:
        Desk(POLITE).works("29m58s").rests("15s").finds("30m1s prompt")

    def test_b13_zero_means_at_once(self) -> None:
        Desk("breaks.polite_wait=0s", POLITE).works("31m").finds("30m prompt")

    def test_b13_a_gap_longer_than_away_after_never_comes(self) -> None:
        desk = Desk("breaks.typing_gap=2m").works("29m").rests("2m")
        desk.finds("31m natural_break", "31m bout_ended")

    def test_b13_the_wait_begins_when_nothing_else_stands_in_the_way(self) -> None:
        desk = Desk(POLITE).works("20m").holds().works("15m").releases().works("5m")
        desk.finds("20m hold", "35m hold_over", "36m30s prompt")

    def test_b13_a_source_that_is_asked(self) -> None:
        desk = Desk(POLITE, poll_s=1.0).works("30m20s").rests("10s")
        desk.finds("30m23s prompt")


class TestB14Holds:
    def test_b14_defer_and_do_not_discharge(self) -> None:
        desk = Desk().works("24m").holds().works("37m")
        assert (desk.bout, desk.status.bout.due) == (3660, True)
        assert [hold.reason.value for hold in desk.status.holds] == ["call"]
        desk.releases().works("1m")
        desk.finds(
            "24m hold reason=call",
            "1h1m hold_over reason=call",
            "1h1m30s prompt bout_s=3690 overdue_s=1890",
        )

    def test_b14_all_must_be_gone(self) -> None:
        desk = Desk().works("24m").holds().holds("fullscreen").works("10m").releases().works("10m")
        desk.finds(
            "24m hold reason=call", "24m hold reason=fullscreen", "34m hold_over reason=call"
        )
        desk.releases("fullscreen").works("30s")
        desk.finds("44m hold_over reason=fullscreen", "44m30s prompt")

    def test_b14_takes_a_prompt_off_the_screen(self) -> None:
        desk = Desk().works("31m").forgets().holds("screen_share").works("10m")
        desk.finds("31m hold", "31m prompt_withdrawn why=a_hold_is_on")
        desk.releases("screen_share").works("30s").finds("41m hold_over", "41m30s prompt")

    @pytest.mark.parametrize(
        "reason",
        ["call", "camera", "screen_share", "fullscreen", "do_not_disturb", "calendar", "app"],
    )
    def test_b14_every_reason_holds(self, reason: str) -> None:
        desk = Desk().works("29m").holds(reason).works("5m")
        desk.finds(f"29m hold reason={reason}")

    @pytest.mark.parametrize(
        ("reason", "key"),
        [
            ("call", "calls"),
            ("camera", "camera"),
            ("screen_share", "screen_share"),
            ("fullscreen", "fullscreen"),
            ("do_not_disturb", "do_not_disturb"),
            ("calendar", "calendar"),
        ],
    )
    def test_b14_unless_switched_off(self, reason: str, key: str) -> None:
        desk = Desk(f"hold.{key}=false").works("29m").holds(reason).works("1m")
        desk.finds("30m prompt")
        assert desk.status.holds == ()

    def test_b14_an_inhibitor_is_none(self) -> None:
        Desk().works("29m").holds("inhibitor").works("1m").releases("inhibitor").finds("30m prompt")

    def test_b14_switched_off_while_it_is_on(self) -> None:
        desk = Desk().works("29m").holds().works("5m").sets("hold.calls=false").works("1m")
        desk.finds("29m hold", "34m hold_over", "34m30s prompt")
        desk.sets("hold.calls=true").finds("35m hold", "35m prompt_withdrawn")

    def test_b14_longest_ends_any_hold(self) -> None:
        desk = Desk().works("10m").holds().works("2h1m")
        desk.finds("10m hold", "2h10m hold_over", "2h10m30s prompt bout_s=7830")
        desk.releases().works("1m").finds()

    def test_b14_the_same_reason_later_is_a_new_hold(self) -> None:
        desk = Desk().works("10m").holds().works("2h").releases().forgets().holds().works("1m")
        desk.finds("2h10m hold")

    def test_b14_told_twice_it_is_one(self) -> None:
        Desk().works("10m").holds().holds().works("1m").releases().releases().finds(
            "10m hold", "11m hold_over"
        )

    def test_b14_due_a_moment_after_the_call_it_waits_as_well(self) -> None:
        Desk().works("10m").holds().works("19m50s").releases().works("1m").finds(
            "10m hold", "29m50s hold_over", "30m20s prompt"
        )

    def test_b14_comes_up_while_the_prompt_waits_for_a_gap(self) -> None:
        desk = Desk(POLITE).works("30m30s").holds().works("1m").releases().works("2m")
        desk.finds("30m30s hold", "31m30s hold_over", "33m prompt")

    def test_b14_leaving_in_a_call_is_leaving(self) -> None:
        desk = Desk().works("31m").holds("fullscreen").works("1m").forgets().rests("2m")
        desk.finds("34m natural_break", "34m bout_ended length_s=1920")


class TestB15OnePrompt:
    def test_b15_left(self) -> None:
        desk = Desk().works("30m").forgets().rests("60s")
        desk.finds("31m prompt_withdrawn why=you_left_the_desk")
        assert desk.effects(WithdrawPrompt) == [WithdrawPrompt(1)]

    def test_b15_locked(self) -> None:
        desk = Desk().works("31m").forgets()
        desk.world.lock()
        desk.finds("31m prompt_withdrawn why=you_left_the_desk")

    def test_b15_paused(self) -> None:
        Desk().works("30m").forgets().pauses().finds(
            "30m paused", "30m prompt_withdrawn why=paused"
        )

    def test_b15_stood_up(self) -> None:
        desk = Desk().works("30m").forgets().says("standing")
        desk.finds(
            "30m bout_ended posture=sitting",
            "30m prompt_withdrawn why=you_stood_up",
            "30m posture to=standing",
        )

    def test_b15_off_hours(self) -> None:
        desk = Desk(NINE_TO_FIVE, at="2026-03-02 16:29").works("31m")
        desk.finds("30m prompt", "31m prompt_withdrawn why=off_hours")

    def test_b15_every_prompt_has_its_number(self) -> None:
        desk = Desk().works("1h")
        shown = [effect.prompt.id for effect in desk.effects(ShowPrompt)]
        assert shown == [1, 2, 3, 4, 5, 6, 7]
        assert [effect.prompt_id for effect in desk.effects(WithdrawPrompt)] == shown[:-1]


class TestB16Reactions:
    def test_b16_no_reaction_is_still_due(self) -> None:
        desk = Desk().works("35m")
        desk.finds("30m prompt", "35m ignored", "35m prompt bout_s=2100 overdue_s=300")
        assert desk.status.today.prompts == 2

    @pytest.mark.parametrize(("answer", "event"), [("dismiss", "dismissed"), ("expire", "ignored")])
    def test_b16_closed_comes_back_after_more_sitting(self, answer: str, event: str) -> None:
        desk = Desk().works("31m").answers(answer).works("2m").leaves("90s").works("3m")
        desk.finds("30m prompt", f"31m {event}", "37m30s prompt bout_s=2160")

    def test_b16_our_own_timer_decides(self) -> None:
        desk = Desk().works("34m59s").answers("expire", prompt=1).works("5m")
        desk.finds("30m prompt", "34m59s ignored", "39m59s prompt")

    @pytest.mark.parametrize("answer", ["dismiss", "expire"])
    def test_b16_of_a_prompt_that_is_gone_that_says_nothing(self, answer: str) -> None:
        desk = Desk().works("35m").forgets().answers(answer, prompt=1).finds()
        assert desk.status.prompt is not None
        assert desk.refusal is None

    def test_b16_an_answer_to_a_prompt_that_is_gone_may_make_sense(self) -> None:
        desk = Desk().works("35m").forgets().answers("stretch", prompt=1)
        desk.finds("35m break_started kind=stretch routine=reach")

    @pytest.mark.parametrize(
        ("answer", "why"),
        [
            ("snooze", "There is no break to snooze right now."),
            ("skip", "There is no break to skip right now."),
            ("later", "That question is no longer open."),
        ],
    )
    def test_b16_or_is_refused_with_a_plain_reason(self, answer: str, why: str) -> None:
        desk = Desk().works("30m").answers("walk").leaves("5m").works("1m").forgets()
        desk.answers(answer, prompt=1).finds()
        assert desk.refusal == why

    def test_b16_the_suggested_break_comes_first(self) -> None:
        assert Desk("breaks.walk_share=0").works("30m").prompt.actions[:2] == (
            "stretch",
            "walk",
        )

    def test_b16_standing_is_offered_when_standing_mode_is_on(self) -> None:
        prompt = Desk("standing.enabled=true").works("30m").prompt
        assert prompt.actions == ("walk", "stretch", "snooze", "standing", "skip")

    def test_b16_later_is_no_dismissal(self) -> None:
        desk = Desk().works("30m").answers("later").works("5m")
        desk.finds("30m prompt", "35m prompt")
        assert desk.prompt.repeat == 0

    def test_b16_nothing_is_said_to_a_question_in_the_air(self) -> None:
        desk = Desk().works("5m").answers("dismiss").answers("expire").finds()
        assert desk.refusal is None


class TestB17Snooze:
    def test_b17_due_again_when_the_time_is_up(self) -> None:
        desk = Desk().works("30m").answers("snooze", "10m")
        assert desk.status.snoozed_until is not None
        desk.works("10m").finds("30m prompt", "30m snoozed until_s=600", "40m prompt bout_s=2400")
        assert desk.status.snoozed_until is None

    def test_b17_the_first_length_is_the_one_on_the_button(self) -> None:
        desk = Desk("breaks.snooze=7m, 20m").works("30m").answers("snooze").works("7m")
        desk.finds("30m prompt", "30m snoozed until_s=420", "37m prompt")
        assert desk.prompt.snooze_s == (420.0, 1200.0)

    def test_b17_is_time_and_not_sitting(self) -> None:
        desk = Desk().works("30m").answers("snooze", "10m").works("1m").leaves("90s").works("8m")
        desk.finds("30m prompt", "30m snoozed", "40m prompt bout_s=2310")

    def test_b17_if_still_at_the_desk(self) -> None:
        desk = Desk().works("30m").answers("snooze", "5m").works("4m").leaves("90s").works("1m")
        desk.finds("30m prompt", "30m snoozed", "36m prompt bout_s=2070")

    def test_b17_a_natural_break_ends_it(self) -> None:
        desk = Desk().works("30m").answers("snooze", "10m").leaves("5m").forgets().works("29m")
        desk.finds()

    def test_b17_not_without_end(self) -> None:
        desk = Desk().works("30m")
        for _ in range(3):
            assert "snooze" in desk.prompt.actions
            desk.answers("snooze").works("5m")
        assert desk.prompt.actions == ("walk", "stretch", "skip")
        assert (desk.prompt.snooze_s, desk.status.can_snooze) == ((), False)
        assert desk.answers("snooze").refusal == (
            "This bout was snoozed as often as your settings allow."
        )

    def test_b17_never_at_all(self) -> None:
        desk = Desk("breaks.snooze_limit=0", "breaks.heads_up=5m").works("25m").answers("snooze")
        assert desk.refusal == "This bout was snoozed as often as your settings allow."
        desk.finds("25m heads_up")

    def test_b17_the_next_bout_begins_anew(self) -> None:
        desk = (
            Desk("breaks.snooze_limit=1").works("30m").answers("snooze").leaves("5m").works("30m")
        )
        assert desk.status.can_snooze

    def test_b17_again_while_snoozed(self) -> None:
        desk = (
            Desk().works("30m").answers("snooze").works("2m").answers("snooze", "15m").works("16m")
        )
        assert desk.events("prompt") == ["30m prompt", "47m prompt"]

    def test_b17_after_a_skip(self) -> None:
        desk = Desk().works("30m").answers("skip").works("1m").answers("snooze").works("5m")
        assert desk.events("prompt") == ["30m prompt", "36m prompt"]

    @pytest.mark.parametrize("length", [0.0, -5.0, float("inf"), float("nan")])
    def test_b17_needs_a_length(self, length: float) -> None:
        desk = Desk().works("30m").forgets().answers("snooze", length)  # type: ignore[arg-type]
        assert desk.refusal == "A snooze needs a length above zero."
        desk.finds()

    def test_b17_a_pause_meanwhile_does_not_end_it(self) -> None:
        desk = Desk().works("30m").answers("snooze", "10m").pauses("5m").forgets().works("10m")
        desk.finds("35m resumed", "40m prompt bout_s=2100")

    def test_b17_nor_prolong_it(self) -> None:
        desk = Desk().works("30m").answers("snooze", "10m").pauses("20m").forgets().works("20m")
        desk.finds("50m resumed", "50m prompt bout_s=1800")

    def test_b17_is_not_on_offer_before_anything_is_due(self) -> None:
        assert not Desk().works("5m").status.can_snooze


class TestB18Skip:
    def test_b18_comes_again_after_more_sitting(self) -> None:
        desk = Desk().works("30m").answers("skip").works("5m").leaves("90s").works("10m")
        desk.finds("30m prompt", "30m skipped", "46m30s prompt bout_s=2700 overdue_s=900")

    def test_b18_does_not_pretend(self) -> None:
        desk = Desk().works("30m").answers("skip").works("1m")
        assert (desk.bout, desk.status.bout.due) == (1860, True)

    def test_b18_while_snoozed(self) -> None:
        desk = Desk().works("30m").answers("snooze").works("1m").answers("skip").works("15m")
        assert desk.events("prompt") == ["30m prompt", "46m prompt"]
        assert desk.status.snoozed_until is None

    def test_b18_while_held_back(self) -> None:
        desk = Desk().works("29m").holds().works("2m").answers("skip").releases().works("15m")
        assert desk.events("prompt") == ["46m prompt"]


class TestB19Escalation:
    def _prompts(self, desk: Desk) -> list[Prompt]:
        return [effect.prompt for effect in desk.works("50m").effects(ShowPrompt)]

    def test_b19_urgent_after_the_third_without_an_answer(self) -> None:
        prompts = self._prompts(Desk())
        assert [prompt.urgent for prompt in prompts] == [False, False, False, True, True]
        assert [prompt.repeat for prompt in prompts] == [0, 1, 2, 3, 4]
        assert not any(prompt.overlay for prompt in prompts)

    def test_b19_overlay(self) -> None:
        prompts = self._prompts(Desk("breaks.escalate=overlay"))
        assert [prompt.overlay for prompt in prompts] == [False, False, False, True, True]

    def test_b19_never(self) -> None:
        prompts = self._prompts(Desk("breaks.escalate=never"))
        assert not any(prompt.urgent or prompt.overlay for prompt in prompts)

    def test_b19_an_answer_is_no_silence(self) -> None:
        desk = Desk("breaks.snooze_limit=9").works("30m")
        for _ in range(5):
            desk.answers("snooze").works("5m")
        assert not desk.prompt.urgent

    def test_b19_of_a_bout(self) -> None:
        assert not Desk().works("50m").leaves("5m").works("30m").prompt.urgent


class TestB20OffHoursAndPauses:
    def test_b20_nothing_prompts_and_no_bout_grows(self) -> None:
        desk = Desk().works("20m").pauses("30m").works("30m")
        assert desk.bout == 1200
        desk.works("10m")
        desk.finds("20m paused for_s=1800", "50m resumed", "1h prompt bout_s=1800")

    def test_b20_nor_by_coming_back_from_a_walk(self) -> None:
        desk = Desk().works("5m").asks("walk").pauses("30m").leaves("5m").works("5m")
        assert (desk.state, desk.bout) == ("paused", 0)

    def test_b20_outside_the_hours(self) -> None:
        desk = Desk(NINE_TO_FIVE, at="2026-03-02 16:50").works("1h")
        assert (desk.state, desk.bout, desk.ledger["off_hours"]) == ("off", 600, 3000)
        desk.finds()

    def test_b20_until_they_begin(self) -> None:
        desk = Desk(NINE_TO_FIVE, at="2026-03-02 08:50").works("41m")
        assert desk.events("prompt") == ["40m prompt"]

    def test_b20_over_midnight_they_belong_to_the_day_they_begin_on(self) -> None:
        hours = 'schedule.hours=[{days=["mon"], from="22:00", to="06:00"}]'
        desk = Desk(hours, at="2026-03-02 21:00")
        states = [desk.waits("2h").state for _ in range(5)]
        assert states == ["sitting", "sitting", "sitting", "sitting", "off"]
        assert Desk(hours, at="2026-03-02 01:00").state == "off"

    @pytest.mark.parametrize(
        ("until", "reads"),
        [("30m", "09:40"), ("17:00", "17:00"), ("08:00", "08:00"), ("today", "04:00")],
    )
    def test_b20_status_says_until_when(self, until: str, reads: str) -> None:
        desk = Desk(zone=BERLIN).works("10m").pauses(until)
        assert f"{desk.status.paused_until:%H:%M}" == reads
        assert desk.state == "paused"

    def test_b20_until_resumed(self) -> None:
        desk = Desk().works("10m").pauses().works("5h")
        assert (desk.status.paused, desk.status.paused_until) == (True, None)
        desk.resumes().works("20m")
        desk.finds("10m paused for_s=None", "5h10m resumed", "5h30m prompt")

    def test_b20_a_second_pause_replaces_the_first(self) -> None:
        desk = Desk().pauses("1h").works("10m").pauses("10m").works("15m")
        desk.finds("0s paused", "10m paused for_s=600", "20m resumed")

    def test_b20_rest_of_the_day(self) -> None:
        desk = Desk().pauses("today").rests("20h")
        assert desk.events("resumed", "day_closed") == ["19h resumed", "19h day_closed"]

    def test_b20_without_a_pause_there_is_nothing_to_resume(self) -> None:
        assert Desk().resumes().refusal == "deskbreak is not paused."

    @pytest.mark.parametrize(
        ("fact", "why"),
        [
            (PauseAsked(PauseKind.FOR), "A pause needs a length above zero."),
            (PauseAsked(PauseKind.FOR, for_s=0), "A pause needs a length above zero."),
            (PauseAsked(PauseKind.FOR, for_s=float("inf")), "A pause needs a length above zero."),
            (PauseAsked(PauseKind.UNTIL), "A pause until a time needs that time."),
        ],
    )
    def test_b20_a_pause_without_an_end_is_refused(self, fact: PauseAsked, why: str) -> None:
        desk = Desk()
        desk.world.tell(fact)
        assert (desk.refusal, desk.status.paused) == (why, False)

    def test_b20_while_paused_there_is_nothing_to_snooze(self) -> None:
        desk = Desk().works("30m").pauses().answers("snooze")
        assert desk.refusal == "There is no break to snooze right now."

    def test_b20_an_absence_counts_in_a_pause_too(self) -> None:
        desk = Desk().works("20m").pauses("30m").rests("10m")
        desk.finds("20m paused", "22m natural_break", "22m bout_ended length_s=1200")
        assert desk.ledger["paused"] == 600

    def test_b20_sleep_does_not_prolong_a_pause(self) -> None:
        desk = Desk().pauses("1h").sleeps("50m").works("30m")
        assert desk.events("resumed") == ["1h resumed"]

    def test_b20_pause_and_off_hours(self) -> None:
        desk = Desk(NINE_TO_FIVE, at="2026-03-02 16:50").pauses("20m").works("15m")
        assert desk.state == "off"
        desk.works("15m").finds("0s paused", "20m resumed")
        assert desk.status.prompt is None

    def test_b20_overdue_when_it_is_over(self) -> None:
        desk = Desk().works("31m").pauses("10m").works("5m")
        assert desk.status.bout.due_in_s is None
        desk.works("5m")
        assert desk.events("prompt") == ["30m prompt", "41m prompt"]

    def test_b20_hours_that_change_while_they_last(self) -> None:
        desk = Desk(NINE_TO_FIVE, at="2026-03-02 16:50").works("20m").sets("schedule.hours=[]")
        assert desk.state == "sitting"

    def test_b20_a_break_may_be_taken_in_a_pause(self) -> None:
        desk = Desk().works("20m").pauses().asks("stretch").waits("2m").plays().works("1h")
        desk.finds(
            "20m paused", "20m break_started", "22m break_ended outcome=done", "22m bout_ended"
        )


def test_nothing_to_suggest_is_a_walk() -> None:
    desk = Desk("breaks.walk_share=0", adviser=PlainAdviser(knows=False)).works("30m")
    desk.finds("30m prompt suggests=walk actions=walk,snooze,skip")
