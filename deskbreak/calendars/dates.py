"""Dates and lengths as programs write them, and put right where the slip is plain."""

import re
from datetime import date

_DATED = re.compile(
    r"^(DTSTART|DTEND|RECURRENCE-ID|EXDATE|RDATE)([;:].*)$", re.MULTILINE | re.IGNORECASE
)
_DASHES = re.compile(r"(?<![0-9])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_COLONS = re.compile(
    r"(?<=[0-9]{8})[T ]([0-9]{2}):?([0-9]{2})(?::?([0-9]{2}))?(?:\.[0-9]+)?(?=Z?(?:[,/]|$))"
)
_UNQUOTED = re.compile(
    r";TZID=(?!\")([^\";\n]*[:,][^\";\n]*):(?=[0-9]{4}-?[0-9]{2})", re.IGNORECASE
)
_LENGTH = re.compile(r"^(DURATION[^:\n]*:)[ \t]*(.*?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_NO_T = re.compile(r"^([+-]?P)(?=[0-9]+[HMS])")
_LISTS = re.compile(r"^(EXDATE|RDATE)((?:;(?:\"[^\"\n]*+\"|[^\":\n])*+)?):(.*)$", re.M | re.I)
_ONE_DATE = re.compile(r"([0-9]{8})(T[0-9]{6}Z?)?(/.*)?")


def day_of(value: str | None) -> date | None:
    """The day that a value begins with; None where it begins with none."""
    try:
        return date.fromisoformat((value or "")[:8])
    except ValueError:
        return None


def put_right(text: str) -> tuple[str, list[str]]:
    """An entry with its dates as they should be written, and what of its lists is no date.

    Those dates are left out: each costs itself alone.
    """
    text = _DATED.sub(_straight, text)
    text = _LENGTH.sub(lambda line: line[1] + _NO_T.sub(r"\1T", line[2].upper()), text)
    odd: list[str] = []

    def sifted(line: re.Match[str]) -> str:
        said = [one.strip() for one in line[3].split(",") if one.strip()]
        kept = [one for one in said if _is_date(one)]
        odd.extend(f"{line[1].upper()}: {one!r} is not a date" for one in said if one not in kept)
        return f"{line[1]}{line[2]}:{','.join(kept)}" if kept else "X-EMPTY:"

    return _LISTS.sub(sifted, text), odd


def _straight(line: re.Match[str]) -> str:
    rest = _UNQUOTED.sub(r';TZID="\1":', line[2])
    rest = _DASHES.sub(r"\1\2\3", rest)
    rest = _COLONS.sub(lambda time: f"T{time[1]}{time[2]}{time[3] or '00'}", rest)
    return line[1] + rest


def _is_date(text: str) -> bool:
    match = _ONE_DATE.fullmatch(text)
    return match is not None and day_of(match[1]) is not None
