"""The microphone in use, as the sound server tells: somebody is on a call."""

import asyncio
import os
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path

from deskbreak.adapters.holds.probes import Probe
from deskbreak.adapters.holds.reason import Reason
from deskbreak.ports import Capability
from deskbreak.systems.linux.holds.listeners import Again
from deskbreak.systems.linux.holds.pulse import (
    Microphone,
    PulseLink,
    Recording,
    cookie_of,
    socket_of,
)

NAME = "calls"
_TELLER = "sound server"
_INSTEAD = "Before a call: `deskbreak pause`, or Pause in the tray."
_NAMES = ("application.name", "application.process.binary", "media.name")
_PASSES_ON = frozenset({"easyeffects", "noisetorch", "pulseeffects", "jamesdsp", "cadmus"})
"""Programs that record always, and pass what they record on to those that want it."""


class CallProbe(Probe):
    """Listens to the sound server for programs that record from a microphone."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        reason: Reason,
        environ: Mapping[str, str],
        not_calls: Callable[[], Collection[str]] = tuple,
    ) -> None:
        self._reason = reason
        self._not_calls = not_calls
        self._recordings: list[Recording] = []
        self._round = 0
        self._link = PulseLink(loop, self._changed, self._lost)
        self._nowhere = ""
        path = Path()
        try:
            path = socket_of(environ)
        except OSError as error:
            self._nowhere = str(error)
        self.again = Again(
            loop, lambda: self._link.open(path, cookie_of(environ)), path,
            "the sound server has not answered yet",
        )  # fmt: skip

    def start(self) -> None:
        """Begin to listen, as soon as there is a sound server."""
        if not self._nowhere:
            self.again.start()

    def capabilities(self) -> list[Capability]:
        """Whether the sound server tells."""
        if why := self._nowhere or self.again.why:
            return [Capability(NAME, None, False, why, _INSTEAD)]
        return [Capability(NAME, _TELLER, True)]

    def refresh(self) -> None:
        """Other programs may be no call from now on."""
        if not self._nowhere and not self.again.why:
            self._look()

    def close(self) -> None:
        """Stop listening."""
        self.again.close()
        self._link.close()
        self._reason.close()

    def _lost(self, why: str) -> None:
        self._round += 1
        self._reason.says(_TELLER, None)
        self.again.fail(why)

    def _changed(self, recordings: list[Recording]) -> None:
        self.again.worked()
        self._recordings = recordings
        self._look()

    def _look(self) -> None:
        """Ask for each where it gets its sound from, the rest of the news meanwhile excepted."""
        self._round += 1
        passed_over = self._not_calls()
        open_ones = [one for one in self._recordings if may_be_call(one, passed_over)]
        if not open_ones:
            self._reason.says(_TELLER, None)
            return
        found: dict[int, Microphone | None] = {}
        for source in {recording.source for recording in open_ones}:
            told = partial(self._source_is, self._round, open_ones, found, source)
            self._link.ask_source(source, told)

    def _source_is(
        self,
        number: int,
        recordings: list[Recording],
        found: dict[int, Microphone | None],
        source: int,
        microphone: Microphone | None,
    ) -> None:
        found[source] = microphone
        if number != self._round or len(found) < len({r.source for r in recordings}):
            return
        for recording in recordings:
            heard = found[recording.source]
            if heard is not None and not heard.is_monitor:
                self._reason.says(_TELLER, name_of(recording))
                return
        self._reason.says(_TELLER, None)


def may_be_call(recording: Recording, not_calls: Collection[str] = ()) -> bool:
    """Whether a person may be talking into it: not a level meter, a filter or one of ours.

    `not_calls` names programs that are none, as they or their files are called.
    """
    said = recording.properties
    meter = recording.resample == "peaks" or said.get("resample.peaks") == "true"
    ours = said.get("application.process.id") == str(os.getpid())
    names = {said.get(key, "").casefold() for key in _NAMES}
    none = names & {*_PASSES_ON, *(name.casefold() for name in not_calls)}
    return not (recording.client is None or recording.corked or meter or ours or none)


def name_of(recording: Recording) -> str:
    """What to call the program."""
    said = recording.properties
    return next((said[name] for name in _NAMES if said.get(name)), "")
