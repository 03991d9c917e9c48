"""The microphone in use, as the sound server tells: somebody is on a call."""

import asyncio
import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from deskbreak.adapters.holds.again import Again
from deskbreak.adapters.holds.pulse import (
    Microphone,
    PulseLink,
    Recording,
    cookie_of,
    socket_of,
)
from deskbreak.adapters.holds.reason import Probe, Reason
from deskbreak.ports import Capability

NAME = "calls"
_TELLER = "sound server"
_INSTEAD = "Before a call: `deskbreak pause`, or Pause in the tray."
_PASSES_ON = frozenset({"easyeffects", "noisetorch", "pulseeffects", "jamesdsp", "cadmus"})
"""Programs that record always, and pass what they record on to those that want it."""


class CallProbe(Probe):
    """Listens to the sound server for programs that record from a microphone."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, reason: Reason, environ: Mapping[str, str]
    ) -> None:
        self._reason = reason
        self._environ = environ
        self._why = ""
        self._path: Path | None = None
        try:
            self._path = socket_of(environ)
        except OSError as error:
            self._why = str(error)
        self.again = Again(loop, self._connect, self._path)
        self._link = PulseLink(loop, self._changed, self._lost)
        self._round = 0

    def start(self) -> None:
        """Begin to listen, as soon as there is a sound server."""
        if self._path is not None:
            self._connect()

    def capabilities(self) -> list[Capability]:
        """Whether the sound server tells."""
        if self._why:
            return [Capability(NAME, None, False, self._why, _INSTEAD)]
        return [Capability(NAME, _TELLER, True)]

    def close(self) -> None:
        """Stop listening."""
        self.again.close()
        self._link.close()
        self._reason.close()

    def _connect(self) -> None:
        assert self._path is not None
        self._why = "the sound server has not answered yet"
        try:
            self._link.open(self._path, cookie_of(self._environ))
        except OSError as error:
            self._lost(str(error))

    def _lost(self, why: str) -> None:
        self._why = why
        self._round += 1
        self._reason.says(_TELLER, None)
        self.again.fail()

    def _changed(self, recordings: list[Recording]) -> None:
        """Ask for each where it gets its sound from, the rest of the news meanwhile excepted."""
        self._why = ""
        self.again.worked()
        self._round += 1
        open_ones = [recording for recording in recordings if may_be_call(recording)]
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


def may_be_call(recording: Recording) -> bool:
    """Whether a person may be talking into it: not a level meter, a filter or one of ours."""
    said = recording.properties
    meter = recording.resample == "peaks" or said.get("resample.peaks") == "true"
    ours = said.get("application.process.id") == str(os.getpid())
    binary = said.get("application.process.binary", "").lower()
    passes_on = {binary, name_of(recording).lower()} & _PASSES_ON
    return not (recording.client is None or recording.corked or meter or ours or passes_on)


def name_of(recording: Recording) -> str:
    """What to call the program."""
    said = recording.properties
    names = ("application.name", "application.process.binary", "media.name")
    return next((said[name] for name in names if said.get(name)), "")
