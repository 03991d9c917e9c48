"""What a notification carries on a server that draws three buttons only (B16, B28)."""

import pytest

from deskbreak.core.effects import Prompt, Suggestion
from deskbreak.core.enums import BreakKind
from deskbreak.systems.linux.notify.banners import Profile, banner_of
from tests.contracts.prompts import break_prompt, stand_prompt
from tests.desk import Desk

ABLE = frozenset({"actions", "body", "body-markup"})

GNOME = Profile("gnome-shell", "46.0", frozenset({"actions", "body", "body-markup"}))
XFCE = Profile("Xfce Notify Daemon", "0.9", frozenset({"actions", "body"}))


def buttons(prompt: Prompt, profile: Profile) -> list[str]:
    return [key for key, _ in banner_of(prompt, profile).actions if key != "default"]


def of_a_day(*settings: str, hold: bool = False) -> Prompt:
    desk = Desk(*settings)
    if hold:
        desk.holds("call")
    prompt = desk.works("30m").status.prompt
    assert prompt is not None
    return prompt


@pytest.mark.parametrize(
    ("settings", "shown"),
    [
        (("breaks.walk_share=1",), ["walk", "stretch", "snooze"]),
        (("breaks.walk_share=0",), ["stretch", "walk", "snooze"]),
        (("breaks.walk_share=1", "standing.enabled=true"), ["walk", "snooze", "standing"]),
        (("breaks.walk_share=0", "standing.enabled=true"), ["stretch", "snooze", "standing"]),
        (("breaks.snooze_limit=0", "standing.enabled=true"), ["walk", "stretch", "standing"]),
    ],
)
def test_three_buttons_start_put_off_and_stand_up(
    settings: tuple[str, ...], shown: list[str]
) -> None:
    assert buttons(of_a_day(*settings), GNOME) == shown


def test_on_a_call_there_is_no_walk_to_leave_out() -> None:
    prompt = of_a_day("standing.enabled=true", "hold.calls=false", hold=True)
    assert buttons(prompt, GNOME) == ["stretch", "snooze", "standing"]


def test_whether_to_stand_up_has_three_answers_anyway() -> None:
    assert buttons(stand_prompt(), GNOME) == ["standing", "later", "walk"]


def test_a_server_with_room_shows_everything() -> None:
    prompt = of_a_day("standing.enabled=true")
    assert buttons(prompt, XFCE) == [str(answer) for answer in prompt.actions]


def test_the_click_on_the_notification_itself_needs_no_room() -> None:
    walk = break_prompt(suggestion=Suggestion(BreakKind.WALK, 300.0))
    assert banner_of(walk, GNOME).actions[0] == ("default", "Start the walk")


@pytest.mark.parametrize(
    ("server", "click"),
    [
        ("dunst", "Middle click"), ("mako", "Click"), ("quickshell", "Click"),
        ("Quickshell", "Click"), ("gnome-shell", None), ("Plasma", None), ("somebody", None),
    ],
)  # fmt: skip
def test_where_no_button_is_drawn_the_text_says_what_a_click_does(
    server: str, click: str | None
) -> None:
    body = banner_of(break_prompt(), Profile(server, "1.0", ABLE)).body
    said = f"{click} to start the stretch. The other choices are in the tray menu."
    assert body.endswith(said) if click else "lick" not in body


@pytest.mark.parametrize(
    ("server", "abilities", "known"),
    [
        ("Plasma", ABLE, True), ("quickshell", ABLE, True), ("somebody", ABLE, False),
        ("", ABLE, False), ("somebody", frozenset(), True),
    ],
)  # fmt: skip
def test_what_a_server_nobody_knows_does_with_buttons_is_not_certain(
    server: str, abilities: frozenset[str], known: bool
) -> None:
    assert Profile(server, "", abilities).is_known is known
