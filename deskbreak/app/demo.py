"""`deskbreak demo`: a real deskbreak of its own, with half an hour in eight seconds, for a minute.

It lives in a folder that goes away with it and shares nothing with the person's own deskbreak. The
guide says what is going on, waits for the person, and acts where they do not, by the requests that
commands make.
"""

import asyncio
import contextlib
import logging
import os
import tempfile
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from deskbreak.adapters.control.protocol import parse
from deskbreak.adapters.store.state import acknowledge
from deskbreak.adapters.waker import new_loop
from deskbreak.app.environment import Options, Places
from deskbreak.core.moment import Moment
from deskbreak.core.records import Happening
from deskbreak.struct import Struct
from deskbreak.systems import here
from deskbreak.text.durations import exactly

if TYPE_CHECKING:
    from deskbreak.app.application import Application

INTERRUPTED = 130
Said = dict[str, Any]

_LONGEST_FOLDER = 60
"""Bytes that leave room for a socket below the folder."""

_DESKTOP_ANSWERS_S = 0.4
"""By then a notification server and a panel have usually said what they can do."""

_DECIDE_S = 7
"""How long the person has to answer before the guide does."""

_GRACE_S = 15.0
"""How long something that comes by itself may be late before the guide goes on without it."""

_ANSWERS = frozenset(
    {"snoozed", "skipped", "dismissed", "ignored", "break_started", "paused", "prompt_withdrawn"}
)
_OFFERED = frozenset({"stretch", "walk", "snooze", "skip"})
_HOLDS = ("calls", "camera", "screen_share", "fullscreen", "do_not_disturb", "calendar")


class Pace(Struct):
    """How long everything takes in the demo, in seconds; `speed` makes all of it shorter."""

    speed: float = 1.0

    def of(self, seconds: float) -> float:
        """So many seconds at this pace."""
        return seconds / self.speed

    def whole(self, seconds: float) -> int:
        """So many seconds at this pace as a setting can say it: whole, and one at least."""
        return max(1, round(self.of(seconds)))

    @property
    def routine_speed(self) -> float:
        """How fast the routine plays: two minutes in twelve seconds."""
        return min(1000.0, 10 * self.speed)

    @property
    def sit(self) -> int:
        """The limit of a sitting bout."""
        return self.whole(8)

    @property
    def snooze(self) -> int:
        """The length of a snooze."""
        return self.whole(5)

    @property
    def walk(self) -> int:
        """The length of a walk."""
        return self.whole(10)

    def settings(self) -> dict[str, str]:
        """The settings of the demo, in words."""
        return {
            "breaks.sit_limit": f"{self.sit}s",
            "breaks.walk": f"{self.walk}s",
            "breaks.walk_share": "0",
            "breaks.snooze": f"{self.snooze}s",
            "breaks.after_skip": f"{self.snooze}s",
            "breaks.repeat_every": f"{self.whole(12)}s",
            "breaks.typing_gap": "0s",
            "breaks.polite_wait": "0s",
            "breaks.settle": "0s",
            "presence.away_after": f"{self.whole(3)}s",
            "presence.bump_filter": "0s",
            "routines.sound": "false",  # at ten times the speed it would be a rattle
            **{f"hold.{name}": "false" for name in _HOLDS},
        }


def run_demo(say: Callable[[str], None], pace: Pace, *, console: bool = False) -> int:
    """Show the whole loop; returns the exit code. `say` gets what is to be told, in paragraphs.

    With `console` everything happens in the terminal, even where there is a desktop.
    """
    from deskbreak.app.application import Application

    logging.getLogger().addHandler(logging.NullHandler())  # no log between the lines of the guide
    loop, system = new_loop(), here()
    interrupted = asyncio.Event()

    def stop() -> None:
        task.cancel()

    def interrupt() -> None:
        interrupted.set()
        stop()

    with _places() as places:
        options = Options(
            places.config,
            console=console,
            speed=pace.routine_speed,
            overrides=pace.settings(),
        )
        application = Application(loop, system, places, options, stop=stop)
        task = loop.create_task(_guide(application, say, pace, places))
        system.stop_on_signals(loop, interrupt)
        try:
            loop.run_until_complete(task)
        except asyncio.CancelledError:
            say("The demo ends here. Nothing of it is kept.")
        finally:
            application.close()
            loop.close()
    return INTERRUPTED if interrupted.is_set() else 0


async def _guide(
    application: "Application", say: Callable[[str], None], pace: Pace, places: Places
) -> None:
    application.open()
    acknowledge(places.acknowledged)  # the notice before a first routine waits for a person
    await Guide(ApplicationTalk(application), say, pace, application.end_player).go()


@contextlib.contextmanager
def _places() -> Iterator[Places]:
    """Places in a folder that goes away at the end; the player's window keeps its own there too."""
    short = "/tmp" if len(os.fsencode(tempfile.gettempdir())) > _LONGEST_FOLDER else None
    before = os.environ.copy()
    with tempfile.TemporaryDirectory(prefix="deskbreak-demo-", dir=short) as name:
        folder = Path(name)
        os.environ["XDG_STATE_HOME"] = name
        try:
            yield Places(
                config=folder / "config.toml",
                site_configs=(),
                microroutines=folder / "microroutines",
                state=folder / "state.toml",
                history=folder / "history.sqlite3",
                log=folder / "deskbreak.log",
                runtime=folder / "run",
                compiled=folder / "compiled",
            )
        finally:
            os.environ.clear()
            os.environ.update(before)


class Talk(Protocol):
    """The daemon that is shown, as the guide knows it: by requests and events."""

    async def ask(self, do: str, **words: Any) -> Said:
        """Make a request and wait for the reply."""

    async def wait(self, names: Collection[str], seconds: float) -> Said | None:
        """The next event of one of these names; None if there is none within that time."""


class ApplicationTalk:
    """Talks to an application as a command does, in the loop that they share."""

    def __init__(self, application: "Application") -> None:
        self._application = application
        self._events: asyncio.Queue[Said] = asyncio.Queue()
        application.listeners.append(self._heard)

    def _heard(self, happening: Happening, _at: Moment) -> None:
        self._events.put_nowait({"event": happening.event, **happening.as_dict()})

    async def ask(self, do: str, **words: Any) -> Said:
        """Make a request; the reply."""
        return self._application.handler.answer(parse({"do": do, **words}))

    async def wait(self, names: Collection[str], seconds: float) -> Said | None:
        """The next event of one of these names; None if there is none within that time."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while True:
                    event = await self._events.get()
                    if event["event"] in names:
                        return event
        return None


class Guide:
    """Guides through one loop: sitting, prompt, snooze, prompt, stretch, walk, the day's figures.

    `end_player` closes a player that still asks how its routine was.
    """

    def __init__(
        self, talk: Talk, say: Callable[[str], None], pace: Pace, end_player: Callable[[], None]
    ) -> None:
        self._talk, self._say, self._pace, self._end_player = talk, say, pace, end_player

    async def go(self) -> None:
        """Guide from the beginning to the end; takes about a minute whatever the person does."""
        await self._welcome()
        started = await self._first_prompt()
        if started is None:
            started = await self._second_prompt()
        kinds = ["stretch", "walk"] if started["kind"] == "stretch" else ["walk", "stretch"]
        for kind in kinds:
            if started is None:
                started = await self._start(kind)
            if started is not None:
                await (self._stretch() if kind == "stretch" else self._walk())
            started = None
        await self._look_back()

    # the steps

    async def _welcome(self) -> None:
        self._say(
            f"This is deskbreak with half an hour in {exactly(self._pace.sit)}. It is a separate "
            "one: nothing is kept, and nothing of yours is touched. Ctrl-C ends it at any time."
        )
        # People who look on neither type nor click, and would count as away.
        await self._talk.ask("reading", on=True)
        await self._pause(max(_DESKTOP_ANSWERS_S, self._pace.of(1)))
        self._say(await self._whereabouts())
        self._say(
            "1. You sit. deskbreak counts the time at the desk, not the typing; away from the "
            f"desk it stops counting. The first prompt comes after {exactly(self._pace.sit)}."
        )

    async def _whereabouts(self) -> str:
        found = (await self._talk.ask("doctor")).get("capabilities", [])
        works = {one["name"]: one["backend"] for one in found if one["works"]}
        where = [
            f"Prompts come as notifications ({works['notifications']})."
            if "notifications" in works
            else "Prompts come as text in this terminal.",
            "Its icon is in your panel; the menu can do all of this too."
            if "tray" in works
            else "No panel here shows icons; `deskbreak doctor` says what would help.",
        ]
        return " ".join(where)

    async def _first_prompt(self) -> Said | None:
        await self._prompt("2. Time to move.", "Snooze", "snooze")
        answer = await self._answer()
        if answer is None:
            self._say("   You look on, so I type: deskbreak snooze")
            reply = await self._talk.ask("snooze")
            answer = {"event": "snoozed"} if reply.get("ok") else {"event": "nothing"}
        return await self._taken(answer)

    async def _second_prompt(self) -> Said:
        await self._prompt("3. Here it is again.", "Stretch", "start the stretch")
        answer = await self._answer()
        if answer is None:
            self._say("   You look on, so I type: deskbreak break stretch")
            return await self._start("stretch") or {"kind": "walk"}
        started = await self._taken(answer)
        if started is not None:
            return started
        self._say("   To show you the rest I type: deskbreak break stretch")
        return await self._start("stretch") or {"kind": "walk"}

    async def _prompt(self, title: str, wanted: str, otherwise: str) -> None:
        prompt = await self._talk.wait({"prompt"}, self._pace.sit + _GRACE_S)
        if prompt is None:
            self._say(f"{title} (The prompt did not come; are you away? Going on without it.)")
            return
        offered = " · ".join(name.capitalize() for name in prompt["actions"] if name in _OFFERED)
        self._say(
            f"{title} You have been sitting for {exactly(prompt['bout_s'])}, and the prompt offers "
            f"{offered}. Choose {wanted}, or whatever you like; "
            f"in {exactly(self._pace.of(_DECIDE_S))} I {otherwise} myself."
        )

    async def _answer(self) -> Said | None:
        return await self._talk.wait(_ANSWERS, self._pace.of(_DECIDE_S))

    async def _taken(self, answer: Said) -> Said | None:
        """Say what that answer does; the break, if it was one."""
        match answer["event"]:
            case "break_started":
                return answer
            case "snoozed":
                self._say(
                    f"   Snoozed for {exactly(self._pace.snooze)}. Sitting goes on counting "
                    "meanwhile; three snoozes are the most in one go."
                )
            case "skipped":
                self._say("   Skipped. Usually it would come back after 15 more minutes.")
            case "paused":
                self._say("   Paused: no prompts until you resume. I type: deskbreak resume")
                await self._talk.ask("resume")
            case "prompt_withdrawn":
                self._say("   The prompt was taken back: it was no longer true.")
            case _:
                self._say("   Closed without an answer: it is still due and comes back in a while.")
        return None

    async def _start(self, kind: str) -> Said | None:
        reply = await self._talk.ask("break", kind=kind)
        if not reply.get("ok"):
            self._say(f"   deskbreak says: {reply.get('error')}")
            return None
        return {"event": "break_started", "kind": kind}

    async def _stretch(self) -> None:
        now = (await self._talk.ask("status")).get("status", {}).get("break") or {}
        name, length = now.get("routine_name") or "A routine", now.get("length_s") or 120
        takes = length / self._pace.routine_speed
        self._say(
            f"4. {name}: a guided routine of two minutes, here in {exactly(takes)}. It names each "
            "step, counts down and shows what comes next; pause, back, skip and quit are keys."
        )
        ended = await self._talk.wait({"break_ended"}, takes + _GRACE_S)
        if ended is None:
            await self._end_break()
        await self._pause(self._pace.of(3))
        self._end_player()  # before a word is said: it may have the terminal
        self._say(f"   {_of_routine(ended)}")

    async def _walk(self) -> None:
        self._say(
            f"5. A walk of {exactly(self._pace.walk)}. Nobody has to click when they are back: "
            "being away from the keyboard is what counts."
        )
        await self._talk.ask("reading", on=False)
        ended = await self._talk.wait({"break_ended"}, 0.85 * self._pace.walk)
        if ended is None:
            now = (await self._talk.ask("status")).get("status", {})
            away = now.get("presence", {}).get("state") == "away"
            why = "It sees that nobody types" if away else "In a demo nobody walks"
            self._say(f"   {why}, so I end the walk by hand: deskbreak done")
            await self._end_break()
        await self._talk.ask("reading", on=True)

    async def _end_break(self) -> None:
        await self._talk.ask("done")
        await self._talk.wait({"break_ended"}, 1)

    async def _look_back(self) -> None:
        today = (await self._talk.ask("status")).get("status", {}).get("today", {})
        self._say(
            f"6. The day so far: {exactly(today.get('sitting', 0))} sitting, "
            f"prompts {today.get('prompts', 0)}, breaks {today.get('breaks', 0)}, "
            f"walks {today.get('walks', 0)}. `deskbreak status` says so at any time."
        )
        self._say(
            "That was all of it. To go on:\n"
            "   deskbreak run            start it in earnest: 30 minutes, then a break\n"
            "   deskbreak autostart on   start it whenever you log in\n"
            "   deskbreak routines       see the routines\n"
            "   deskbreak config edit    change anything"
        )

    async def _pause(self, seconds: float) -> None:
        """Let time pass; what happens meanwhile is not lost on the person, only on us."""
        await self._talk.wait((), seconds)


def _of_routine(ended: Said | None) -> str:
    """What became of the routine."""
    if ended is None:
        return "That took long enough, so I typed: deskbreak done"
    match ended["outcome"]:
        case "done":
            return "Done: the bout is over, and counting begins anew."
        case "withdrawn":
            return "It could not be shown here. `deskbreak routines play` shows it any time."
        case _:
            return "Ended early. From 60 % on it counts; before, the prompt comes back."
