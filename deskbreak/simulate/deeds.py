"""What a person, a machine or the world can do in a scenario, and the keys that go with it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from deskbreak.core.enums import Answer, HoldReason, Posture
from deskbreak.settings.problems import Note, Spot, nearest, shown
from deskbreak.settings.types import UNFIT, Choice, Number, Span, Words, YesNo
from deskbreak.settings.values import Duration
from deskbreak.simulate.values import Anything, Entries, Jump, Until, Value, Zone
from deskbreak.struct import Struct, field

LONGEST = Duration.parse("1000d")
"""A scenario runs for no longer than this."""

MOST_STEPS = 1000

SOME = Span(Duration(1), LONGEST, Duration(1))
SOME_OR_NONE = Span(Duration(0), LONGEST, Duration(0))
BACK_TO_1970 = Duration.parse("99999d")

_REASON = Choice(tuple(HoldReason))
_STEP = Number(1, MOST_STEPS)


class Deed(Struct):
    """One thing to do: the keys it takes besides `at` and `do`, and those it may have."""

    takes: Mapping[str, Value] = field(default_factory=dict)
    may_have: Mapping[str, Value] = field(default_factory=dict)

    @property
    def keys(self) -> Mapping[str, Value]:
        """All of them."""
        return {**self.takes, **self.may_have}


DEEDS: Mapping[str, Deed] = MappingProxyType(
    {
        "input_starts": Deed(),
        "input_stops": Deed(),
        "input": Deed({"for": SOME}),
        "lock": Deed(),
        "unlock": Deed(),
        "session": Deed({"state": Choice(("behind", "in_front"))}),
        "sleep": Deed({"for": SOME}),
        "clock": Deed({"by": Jump(BACK_TO_1970)}),
        "timezone": Deed({"to": Zone()}),
        "hold": Deed({"reason": _REASON}, {"why": Words("what it says of itself", 200, least=1)}),
        "release": Deed({"reason": _REASON}),
        "calendar": Deed({"entries": Entries()}),
        "answer": Deed({"with": Choice(tuple(Answer))}, {"for": SOME}),
        "player": Deed({"result": Choice(("done", "died"))}, {"at_step": _STEP, "of": _STEP}),
        "done": Deed(),
        "stand": Deed(),
        "sit": Deed(),
        "desk": Deed({"says": Choice((*Posture, "unknown"))}),
        "reading": Deed({"on": YesNo()}, {"for": SOME}),
        "pause": Deed({}, {"for": SOME, "until": Until()}),
        "resume": Deed(),
        "restart": Deed({"down": SOME_OR_NONE}),
        "set": Deed(
            {
                "key": Words("a setting's name, such as breaks.sit_limit", 100, least=1),
                "value": Anything("a value of that setting, as in config.toml"),
            }
        ),
        "idle_source": Deed({"state": Choice(("lost", "back"))}),
    }
)
"""What `do` may be."""

_EVERY: Mapping[str, Value] = MappingProxyType({"at": SOME_OR_NONE, "do": Choice(tuple(DEEDS))})


def read_deed(table: object, spot: Spot, notes: list[Note]) -> dict[str, Any] | None:
    """The values of one event by key, those that fit; None without a `do` to go by."""
    if not isinstance(table, dict):
        notes.append(Note(spot, shown(table), "a table with at, do and the keys of what is done"))
        return None
    values = read_keys(table, _EVERY, _EVERY, spot, notes)
    if "do" not in values:
        return None
    deed = DEEDS[values["do"]]
    values |= read_keys(table, deed.keys, deed.takes, spot, notes)
    note_surplus(table, (*_EVERY, *deed.keys), f'with do = "{values["do"]}"', spot, notes)
    _look_together(values, table, spot, notes)
    return values


def read_keys(
    table: Mapping[str, Any],
    keys: Mapping[str, Value],
    needed: Mapping[str, Value],
    spot: Spot,
    notes: list[Note],
) -> dict[str, Any]:
    """What fits of these keys, with a note of each that does not, or is `needed` and not there."""
    values = {}
    for name, kind in keys.items():
        if name in table:
            value = kind.read(table[name], (*spot, name), notes)
            if value is not UNFIT:
                values[name] = value
        elif name in needed:
            notes.append(Note((*spot, name), "nothing", kind.allowed))
    return values


def note_surplus(
    table: Mapping[str, Any], known: tuple[str, ...], where: str, spot: Spot, notes: list[Note]
) -> None:
    """Note each key that does not belong here, with the one that was probably meant."""
    for name in table:
        if name not in known:
            likely = nearest(name, known, notes)
            hint = f' (perhaps "{likely}")' if likely else ""
            notes.append(
                Note((*spot, name), "a key that has no place here", f"{_all(known)} {where}{hint}")
            )


def _all(names: tuple[str, ...]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _look_together(
    values: Mapping[str, Any], table: Mapping[str, Any], spot: Spot, notes: list[Note]
) -> None:
    """Keys that are fine one by one and do not go together."""
    match values["do"]:
        case "answer" if "for" in values and values.get("with", Answer.SNOOZE) != Answer.SNOOZE:
            allowed = 'no such key; only with = "snooze" takes a length'
            notes.append(Note((*spot, "for"), shown(table["for"]), allowed))
        case "reading" if "for" in values and values.get("on") is False:
            allowed = "no such key; only on = true takes a length"
            notes.append(Note((*spot, "for"), shown(table["for"]), allowed))
        case "pause" if "for" in values and "until" in values:
            allowed = "for or until, not both"
            notes.append(Note((*spot, "until"), shown(table["until"]), allowed))
        case "player":
            _look_at_step(values, table, spot, notes)


def _look_at_step(
    values: Mapping[str, Any], table: Mapping[str, Any], spot: Spot, notes: list[Note]
) -> None:
    for name, other in (("at_step", "of"), ("of", "at_step")):
        if name in table and other not in table:
            notes.append(Note((*spot, other), "nothing", f"a whole number, to go with {name}"))
    if values.get("at_step", 0) > values.get("of", MOST_STEPS):
        allowed = f"a whole number, 1 to {values['of']}, which is what of says"
        notes.append(Note((*spot, "at_step"), shown(table["at_step"]), allowed))
