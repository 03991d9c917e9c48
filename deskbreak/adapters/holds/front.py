"""The window in front: what program it is of, and whether it fills the screen."""

from collections.abc import Callable, Iterable
from typing import Protocol

from deskbreak.struct import Struct

_OURS = "deskbreak"


class Front(Struct):
    """The window that has the focus. `names` are all by which people may call its program."""

    names: tuple[str, ...]
    fills_screen: bool

    @property
    def is_ours(self) -> bool:
        """Whether it is our own, which is no reason to keep quiet."""
        return any(name.casefold().startswith(_OURS) for name in self.names)

    def is_one_of(self, programs: Iterable[str]) -> str | None:
        """The first of these programs that it is of; None if of none."""
        names = {name.casefold() for name in self.names}
        names |= {name.rpartition(".")[2] for name in names}
        return next((program for program in programs if program.casefold() in names), None)


Changed = Callable[[Front | None], None]
"""Called with the window in front, None for none, whenever that may have changed."""


class FrontWatch(Protocol):
    """Tells which window is in front, for as long as its `lost` has not been called.

    `hopeless` means that trying again makes no sense in this session.
    """

    backend: str
    hopeless: bool

    def open(self) -> None:
        """Begin. Raises OSError where it cannot work here; it may also be lost later."""

    def close(self) -> None:
        """Stop."""
