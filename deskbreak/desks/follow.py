"""Follows one desk for as long as it runs, and says a line whenever it has come to rest."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from deskbreak.backoff import Backoff
from deskbreak.desks.height import Judge, Reading
from deskbreak.desks.linak import Desk, DeskError

FIRST_PAUSE_S = 2.0
LONGEST_PAUSE_S = 300.0
"""Between attempts to reach the desk; each pause is twice the one before."""

STEADY_S = 60.0
"""A connection that has lasted so long was a good one: the next pause is a first one again."""

AT_REST_S = 3.0
"""A desk that said it moves and then says nothing for so long has come to rest all the same."""

Say = Callable[[str], None]
Connect = Callable[[str], AbstractAsyncContextManager[Desk]]


class Follower:
    """Says `sitting` or `standing` with the height, and `unknown` with the reason.

    One line for each place at which the desk comes to rest, the first after connecting included.
    """

    def __init__(
        self, say: Say, connect: Connect, judge: Judge, first_pause_s: float = FIRST_PAUSE_S
    ) -> None:
        self._say, self._connect, self._judge = say, connect, judge
        self._pauses = Backoff(first_pause_s, LONGEST_PAUSE_S)
        self._last = ""

    async def follow(self, address: str) -> None:
        """Go on for ever: a desk out of reach is tried again after a pause that grows."""
        loop = asyncio.get_running_loop()
        self._tell("unknown looking for the desk")
        while True:
            began = loop.time()
            heard = await self._once(address)
            if heard and loop.time() - began >= STEADY_S:
                self._pauses.reset()
            await asyncio.sleep(self._pauses.pause_s())

    async def _once(self, address: str) -> bool:
        """One connection, to its end; True if the desk was heard in it.

        A connection that breaks is no news: only an attempt that comes to nothing is.
        """
        heard = False
        try:
            async with self._connect(address) as desk:
                await desk.listen()
                reading = await desk.height()
                heard, self._last = True, ""
                while True:
                    reading = await self._at_rest(desk, reading)
                    self._tell(f"{self._judge.word(reading.height_cm)} {reading.height_cm:.0f} cm")
                    reading = await desk.next(None) or reading
        except DeskError as trouble:
            if not heard:
                self._tell(f"unknown {trouble}")
        return heard

    async def _at_rest(self, desk: Desk, reading: Reading) -> Reading:
        while reading.moving:
            following = await desk.next(AT_REST_S)
            if following is None:
                break
            reading = following
        return reading

    def _tell(self, line: str) -> None:
        if line != self._last:
            self._last = line
            self._say(line)
