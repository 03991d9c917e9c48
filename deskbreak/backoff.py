"""How long to wait before the next attempt: what everything that tries again shares."""


class Backoff:
    """Pauses that grow: each twice the last, from `first_s` up to `longest_s` seconds."""

    __slots__ = ("_next_s", "first_s", "longest_s")

    def __init__(self, first_s: float, longest_s: float) -> None:
        self.first_s = first_s
        self.longest_s = longest_s
        self._next_s = 0.0

    def pause_s(self) -> float:
        """How many seconds to wait now; the next pause will be a longer one."""
        pause_s = max(self._next_s, self.first_s)
        self._next_s = min(2 * pause_s, self.longest_s)
        return min(pause_s, self.longest_s)

    def reset(self) -> None:
        """It worked: the next failure is a first one."""
        self._next_s = 0.0
