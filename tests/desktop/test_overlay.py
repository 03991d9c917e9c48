"""After the third prompt without an answer the whole screen asks, and Esc is enough (B19)."""

from pathlib import Path

from tests.desktop.person import Person
from tests.servers import desktop, require
from tests.waiting import until


def test_three_prompts_unanswered_then_the_overlay_and_escape() -> None:
    require("Xvfb", "dbus-daemon", "openbox", "xfce4-notifyd", "xdotool", "import")
    with desktop(width=1000, height=600, notifications="xfce", window_manager=True) as here:
        person = Person(here)
        settings = Path(here.env["XDG_CONFIG_HOME"], "deskbreak", "config.toml")
        settings.parent.mkdir(parents=True)
        settings.write_text(
            '[breaks]\nsit_limit = "1s"\nrepeat_every = "1s"\ntyping_gap = "0s"\nsettle = "0s"\n'
            'escalate = "overlay"\n[presence]\naway_after = "1m"\n'
        )
        with person.running_deskbreak():
            person.types()
            until(lambda: number(person) >= 4, what="three prompts are ignored")
            person.says("config", "set", "breaks.repeat_every", "1h")
            window = until(person.player, what="the overlay is on the screen")
            until(person.no_banner, what="and nothing else asks")
            person.looks("overlay")
            assert person.status()["holds"] == []  # our own full screen is nobody else's film
            here.run("xdotool", "windowactivate", "--sync", window[-1], "key", "Escape")
            until(lambda: not person.player(), what="the screen is the person's again")
            until(lambda: person.status()["prompt"] is None, what="the prompt is closed")
        assert "dismissed" in [event for event, _ in person.history()]


def number(person: Person) -> int:
    """The number of the live prompt; 0 while there is none."""
    return int((person.status()["prompt"] or {"id": 0})["id"])
