"""A tray that only remembers what it was asked to show."""

from deskbreak.core.status import Status
from deskbreak.ports import Capability
from deskbreak.text.tray import Face, face


class FakeTray:
    """`faces` holds every face that differed from the one before; `closed` whether it is gone."""

    def __init__(self, *, works: bool = True) -> None:
        self.works = works
        self.faces: list[Face] = []
        self.closed = False

    def show(self, status: Status) -> None:
        if self.closed:
            return
        new = face(status)
        if not self.faces or new != self.faces[-1]:
            self.faces.append(new)

    def capabilities(self) -> list[Capability]:
        if self.works:
            return [Capability("tray", "fake", True)]
        return [Capability("tray", None, False, "switched off")]

    def close(self) -> None:
        self.closed = True
