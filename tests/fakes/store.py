"""A state store in memory, which keeps what a TOML file would keep."""

import copy
from collections.abc import Mapping
from typing import Any


class MemoryStateStore:
    """Keeps the last state; `full` makes every save raise OSError, as a full disk does."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] | None = None
        self.saves = 0
        self.rejected: list[Exception] = []
        self.full = False

    def load(self) -> Mapping[str, Any] | None:
        return copy.deepcopy(self.kept)

    def reject(self, reason: Exception) -> None:
        self.rejected.append(reason)
        self.kept = None

    def save(self, state: Mapping[str, Any]) -> None:
        if self.full:
            raise OSError(28, "No space left on device")
        self.kept = _without_none(state)
        self.saves += 1


def _without_none(state: Any) -> Any:
    if isinstance(state, Mapping):
        return {key: _without_none(value) for key, value in state.items() if value is not None}
    if isinstance(state, list | tuple):
        return [_without_none(item) for item in state]
    return state
