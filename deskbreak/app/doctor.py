"""What `doctor` says: every capability with the one thing to do where something is missing."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from deskbreak.app.settings_file import Tuning
from deskbreak.ports import Capability
from deskbreak.struct import replace

_ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "idle": "Nothing is lost: time at an unlocked screen counts as sitting.",
        "lock": "Nothing is lost: without input you count as away all the same. Locks are heard "
        "from logind (part of systemd, or elogind) or from a screen saver.",
        "sleep": "Nothing is lost: the clocks show how long the machine slept. The moment itself "
        "is heard from logind (part of systemd, or elogind).",
        "notifications": "Start the notification service of your desktop.",
        "plain notifications": "Install notify-send (package libnotify-bin).",
        "actions": "Answer from the tray menu or with commands such as `deskbreak break`.",
        "terminal": "To have prompts there, start `deskbreak run` in a terminal.",
        "tray": "Until then `deskbreak status` and the other commands do the same.",
        "desk": "Until then your posture is what you say: `deskbreak stand`, `deskbreak sit`.",
        "player": "`deskbreak routines play ID` plays a routine in a terminal.",
        "settings": "`deskbreak config check` names the place.",
    }
)
"""What to do where the backend itself names nothing."""

_SWITCHED_OFF = "switched off"


def advised(capabilities: Iterable[Capability], tuning: Tuning) -> list[Capability]:
    """These and the settings, each that does not work with something to do about it."""
    everything = (*capabilities, *_sound(), *_settings(tuning))
    return [_with_advice(found) for found in everything]


def _sound() -> Iterator[Capability]:
    from deskbreak.adapters.sound import speaker, voice  # only `doctor` asks

    yield speaker.capability()
    yield voice.capability()


def _settings(tuning: Tuning) -> Iterator[Capability]:
    error = tuning.error or ""
    why = f"the last good settings stay in force: {error}" if error else ""
    yield Capability("settings", str(tuning.person), not error, why)


def _with_advice(found: Capability) -> Capability:
    if found.works or found.advice:
        return found
    if found.name == "tray" and found.why == _SWITCHED_OFF:
        return replace(found, advice="Start `deskbreak run` without --no-tray and --console.")
    return replace(found, advice=_ADVICE.get(found.name, "`deskbreak doctor --json` says more."))
