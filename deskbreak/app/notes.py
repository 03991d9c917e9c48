"""Small values that adapters keep over a restart, in the saved state beside the engine's own."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

log = logging.getLogger(__name__)

_LONGEST = 200


def _is_banner(value: Any) -> bool:
    match value:
        case [str(), int(number)]:
            return not isinstance(number, bool)
    return False


def _is_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


_FIT: Mapping[str, Callable[[Any], bool]] = {
    "banner": _is_banner,
    "weekly": lambda value: isinstance(value, str),
    "shown": _is_texts,
    "acknowledged": lambda value: isinstance(value, bool),
}
"""What each note looks like; one of another name is of another version, and nobody reads it."""


def with_sound_notes(
    saved: Mapping[str, Any] | None, problem: Callable[[str], None]
) -> Mapping[str, Any] | None:
    """The saved state without the notes that are not what they should be.

    The log keeps those, and `problem` is told; everything else of the state counts.
    """
    if saved is None:
        return None
    notes = saved.get("notes", {})
    if not isinstance(notes, Mapping):
        odd, sound = {"notes": notes}, {}
    else:
        odd = {name: notes[name] for name in notes if name in _FIT and not _FIT[name](notes[name])}
        sound = {name: notes[name] for name in notes if name not in odd}
    if odd:
        log.warning("left out of the saved state: %s", repr(odd)[:_LONGEST])
        names = " and ".join(sorted(odd))
        problem(f"A part of the saved state made no sense and was left out ({names}).")
    return {**saved, "notes": sound}
