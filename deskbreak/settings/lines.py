"""On which line a key stands: tomllib gives values without places.

Only asked when there is a problem to report, of a text that tomllib has read.
"""

import re
import tomllib
from collections.abc import Iterator

from deskbreak.settings.problems import Spot
from deskbreak.struct import Struct, field

DEEPEST = 8
_INSIDE = {"[": "list", "{": "table"}

_TOKEN = re.compile(
    r"""
      (?P<comment> \#[^\n]* )
    | (?P<text>    \"\"\"(?:\\.|[^\\])*?\"{3,5} | '''.*?'{3,5}
                 | "(?:\\.|[^"\\\n])*" | '[^'\n]*' )
    | (?P<open>    [\[{] )
    | (?P<close>   [\]}] )
    | (?P<comma>   , )
    | (?P<equals>  = )
    | (?P<newline> \n )
    | (?P<word>    [^\s\#"'\[\]{},=]+ )
    """,
    re.VERBOSE | re.DOTALL,
)


class _Token(Struct):
    kind: str
    text: str
    line: int


class _Open(Struct, frozen=False):
    """A table or list that is being read; `name` gathers the tokens of a key."""

    kind: str  # "page", "table" or "list"
    spot: Spot
    name: list[_Token] = field(default_factory=list)
    in_value: bool = False
    index: int = 0


class Lines:
    """The line of every key, table and list item of a TOML text, counted from 1."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Spot, int] = {}
        self._counts: dict[Spot, int] = {}
        self._open = [_Open("page", ())]
        self._header: list[_Token] | None = None
        for token in _tokens(text):
            self._take(token)

    def of(self, spot: Spot) -> int | None:
        """The line of a key or of the nearest table around it; None for the whole text."""
        for length in range(len(spot), 0, -1):
            if spot[:length] in self._lines:
                return self._lines[spot[:length]]
        return None

    def _take(self, token: _Token) -> None:
        here = self._open[-1]
        if self._header is not None:
            if token.kind == "newline":
                self._end_header(self._header)
                self._header = None
            else:
                self._header.append(token)
        elif here.kind == "list":
            self._take_in_list(here, token)
        elif here.in_value:
            self._take_in_value(here, token)
        else:
            self._take_in_key(here, token)

    def _take_in_key(self, here: _Open, token: _Token) -> None:
        if token.kind == "open":
            self._header = [token]
        elif token.kind == "close":
            self._open.pop()
        elif token.kind == "equals":
            spot = here.spot
            for part in _parts(here.name):
                spot = (*spot, part)
                self._lines.setdefault(spot, here.name[0].line)
            here.in_value = True
        elif token.kind in ("word", "text"):
            here.name.append(token)

    def _take_in_value(self, here: _Open, token: _Token) -> None:
        if token.kind == "open":
            self._open.append(_Open(_INSIDE[token.text], (*here.spot, *_parts(here.name))))
        elif token.kind in (("newline",) if here.kind == "page" else ("comma", "close")):
            here.name, here.in_value = [], False
            if token.kind == "close":
                self._open.pop()

    def _take_in_list(self, here: _Open, token: _Token) -> None:
        spot = (*here.spot, here.index)
        if token.kind == "close":
            self._open.pop()
        elif token.kind == "comma":
            here.index += 1
        elif token.kind != "newline":
            self._lines.setdefault(spot, token.line)
            if token.kind == "open":
                self._open.append(_Open(_INSIDE[token.text], spot))

    def _end_header(self, header: list[_Token]) -> None:
        """`[a.b]` or `[[a.b]]`: what follows belongs there, in a list to its last item so far."""
        line, repeats = header[0].line, header[1:2] and header[1].kind == "open"
        spot: Spot = ()
        parts = _parts([token for token in header if token.kind in ("word", "text")])
        for place, part in enumerate(parts, start=1):
            spot = (*spot, part)
            self._lines.setdefault(spot, line)
            if repeats and place == len(parts):
                self._counts[spot] = self._counts.get(spot, -1) + 1
            if spot in self._counts:
                spot = (*spot, self._counts[spot])
                self._lines.setdefault(spot, line)
        self._open = [_Open("page", spot)]


def _tokens(text: str) -> Iterator[_Token]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind, piece = match.lastgroup or "", match.group()
        if kind != "comment":
            yield _Token(kind, piece, line)
        line += piece.count("\n")
    yield _Token("newline", "\n", line)


def _parts(name: list[_Token]) -> list[str]:
    """The names of a dotted key, without quotes; of one deeper than any of ours, the first few."""
    parts: list[str] = []
    for token in name:
        if token.kind == "text":
            parts.append(str(tomllib.loads(f"text = {token.text}")["text"]))
        else:
            parts.extend(part for part in token.text.split(".") if part)
    return parts[:DEEPEST]
