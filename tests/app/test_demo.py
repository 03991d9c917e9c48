"""The demo: its guide on a desk without a clock, and once in earnest on a private desktop."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deskbreak.app.demo import Guide, Pace
from tests.app.indoors import Indoors, IndoorTalk
from tests.cli.typed import ROOT
from tests.servers import desktop, require
from tests.waiting import until

STEPS = [
    "1. You sit.",
    "2. Time to move.",
    "3. Here it is again.",
    "4. ",
    "5. A walk",
    "6. The day",
]


class Desk(IndoorTalk):
    """A person at the demo: `acts` names what they do at which event; the player plays along."""

    def __init__(self, folder: Path, pace: Pace, acts: dict[str, Callable[[], object]]) -> None:
        super().__init__(Indoors(folder / "config.toml", pace.settings()))
        self.said: list[str] = []
        self.ended_players = 0
        self.routine_left: float | None = None
        self.player_dies = False
        self._pace = pace
        self._acts = acts
        self._seen = 0

    def act(self) -> None:
        self._play()
        while self._seen < len(self.indoors.events):
            name = self.indoors.events[self._seen]["event"]
            self._seen += 1
            number = sum(event["event"] == name for event in self.indoors.events[: self._seen])
            self._acts.get(f"{name} {number}", lambda: None)()

    def _play(self) -> None:
        player = self.indoors.player
        if player.open is None:
            self.routine_left = None
        elif self.player_dies:
            player.dies("the window did not open")
        elif self.routine_left is None:
            player.paints()
            self.routine_left = 120 / self._pace.routine_speed
        else:
            self.routine_left -= self.STEP
            if self.routine_left <= 0:
                player.ends()

    def end_player(self) -> None:
        self.ended_players += 1

    def goes(self) -> "Desk":
        """Run the whole guide; the seconds it took are on the clock."""
        guide = Guide(self, self.said.append, self._pace, self.end_player)
        asyncio.run(guide.go())
        return self

    def steps(self) -> list[str]:
        """Which of the numbered steps were told, in order."""
        return [step for line in self.said for step in STEPS if line.startswith(step)]

    def today(self) -> dict[str, int]:
        counts: dict[str, int] = self.indoors.says("status")["status"]["today"]
        return counts


@pytest.fixture
def sat_down(tmp_path: Path) -> Callable[..., Desk]:
    def make(pace: float = 1.0, **acts: Callable[[], object]) -> Desk:
        return Desk(tmp_path, Pace(pace), {key.replace("_", " "): act for key, act in acts.items()})

    return make


@pytest.mark.parametrize("pace", [0.5, 1, 4, 20])
def test_whoever_only_looks_on_sees_all_of_it(sat_down: Callable[..., Desk], pace: float) -> None:
    desk = sat_down(pace).goes()
    assert desk.steps() == STEPS
    today = desk.today()
    assert today["prompts"] >= 2
    assert (today["breaks"], today["walks"]) == (2, 1)
    assert desk.asked.count("snooze") == 1
    assert desk.ended_players == 1


def test_at_its_own_pace_it_takes_about_a_minute(sat_down: Callable[..., Desk]) -> None:
    desk = sat_down()
    began = desk.indoors.clock.awake
    desk.goes()
    assert 45 <= desk.indoors.clock.awake - began <= 70


def test_what_the_person_chooses_is_not_chosen_for_them(tmp_path: Path) -> None:
    desk = Desk(tmp_path, Pace(), {})
    desk._acts = {
        "prompt 1": lambda: desk.indoors.says("snooze"),
        "prompt 2": lambda: desk.indoors.says("break", kind="stretch"),
    }
    desk.goes()
    assert desk.steps() == STEPS
    assert not [line for line in desk.said if "You look on" in line]
    assert "snooze" not in desk.asked


def test_a_walk_chosen_first_is_taken_first_and_the_stretch_follows(tmp_path: Path) -> None:
    desk = Desk(tmp_path, Pace(), {})
    desk._acts = {"prompt 1": lambda: desk.indoors.says("break", kind="walk")}
    desk.goes()
    assert desk.steps() == ["1. You sit.", "2. Time to move.", "5. A walk", "4. ", "6. The day"]
    today = desk.today()
    assert (today["breaks"], today["walks"]) == (2, 1)


@pytest.mark.parametrize(
    ("answer", "said"),
    [("skip", "Skipped."), ("dismiss", "Closed without an answer"), ("expire", "Closed without")],
)
def test_a_prompt_that_is_declined_comes_again_and_the_guide_goes_on(
    tmp_path: Path, answer: str, said: str
) -> None:
    from deskbreak.core.enums import Answer

    desk = Desk(tmp_path, Pace(), {})
    desk._acts = {"prompt 1": lambda: desk.indoors.prompts.answer(Answer(answer))}
    desk.goes()
    assert desk.steps() == STEPS
    assert [line for line in desk.said if line.strip().startswith(said)]


def test_a_pause_is_taken_back(tmp_path: Path) -> None:
    desk = Desk(tmp_path, Pace(), {})
    desk._acts = {"prompt 1": lambda: desk.indoors.says("pause")}
    desk.goes()
    assert "resume" in desk.asked
    assert desk.steps() == STEPS


def test_a_player_that_cannot_open_is_said_and_the_walk_follows(tmp_path: Path) -> None:
    desk = Desk(tmp_path, Pace(), {})
    desk.player_dies = True
    desk.goes()
    assert desk.steps() == STEPS
    assert any("could not be shown here" in line for line in desk.said)
    assert desk.today()["walks"] == 1


def test_a_player_that_never_ends_is_ended(tmp_path: Path) -> None:
    desk = Desk(tmp_path, Pace(), {})
    desk._play = desk.indoors.player.paints  # type: ignore[method-assign]
    desk.goes()
    assert "done" in desk.asked
    assert desk.steps() == STEPS


def test_even_a_desk_without_a_single_prompt_is_shown_to_the_end(tmp_path: Path) -> None:
    desk = Desk(tmp_path, Pace(), {})
    desk.indoors.says("pause")
    desk.goes()
    assert [step for step in desk.steps() if step in STEPS[3:]] == STEPS[3:]


def test_every_setting_of_the_demo_is_one_that_can_be(tmp_path: Path) -> None:
    for speed in (0.25, 1, 20):
        indoors = Indoors(tmp_path / "config.toml", Pace(speed).settings())
        assert indoors.tuning.error is None
        assert not [p for p in indoors.tuning.read().problems if p.severity == "error"]


# ------------------------------------------------------------------------------ in earnest


def test_on_a_real_desktop_it_shows_notifications_and_leaves_nothing_behind() -> None:
    require("Xvfb", "dbus-daemon", "xfce4-notifyd", "xdotool")
    with desktop(width=900, height=600, notifications="xfce") as here:
        own = here.home / "own"
        process = subprocess.Popen(
            [sys.executable, "-m", "deskbreak", "demo", "--speed", "16"],
            env=here.env | {"PYTHONPATH": str(ROOT), "TMPDIR": str(own.parent)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        search = ["sh", "-c", "xdotool search --onlyvisible --class Xfce4-notifyd || true"]
        until(lambda: here.run(*search), what="a notification is on the screen")
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 0, said
        lines = said.splitlines()
        assert [step for line in lines for step in STEPS if line.startswith(step)] == STEPS
        assert "Prompts come as notifications (Xfce Notify Daemon" in " ".join(said.split())
        assert "Traceback" not in said
        assert not [path for path in here.home.rglob("*") if "deskbreak" in path.name]
