"""Where things stand in a TOML file: tomllib gives values but no line numbers.

Only made when there is a problem to report, so it may take its time. It never fails: of a text
that is not TOML it finds what it can.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

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


@dataclass(slots=True)
class _Key:
    line: int
    items: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Table:
    name: str
    line: int
    keys: dict[str, _Key] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    line: int


class Lines:
    """The lines of tables, keys and list items of one text, all counted from 1."""

    def __init__(self, text: str) -> None:
        self._tables = [_Table("", 1)]
        self._below = ""
        for statement in _statements(text):
            self._take(statement)

    def of(self, table: str, index: int = 0, key: str = "", item: int | None = None) -> int | None:
        """The line of a table (its `index`-th, from 0), of a key in it, or of an item of its list.

        What cannot be found falls back to what contains it; None if the table is not there.
        A key at the top of the file belongs to table "".
        """
        named = [entry for entry in self._tables if entry.name == table]
        if index >= len(named):
            return None
        entry = named[index]
        found = entry.keys.get(key)
        if found is None:
            return entry.line
        if item is not None and item < len(found.items):
            return found.items[item]
        return found.line

    def _take(self, statement: list[_Token]) -> None:
        first = statement[0]
        if first.kind == "open":
            self._take_header(statement)
            return
        names: list[str] = []
        for at, token in enumerate(statement):
            if token.kind == "equals":
                key = _Key(first.line, list(_item_lines(statement[at + 1 :])))
                self._tables[-1].keys.setdefault(self._below + "".join(names), key)
                return
            names.append(_bare(token))

    def _take_header(self, statement: list[_Token]) -> None:
        name = "".join(_bare(token) for token in statement if token.kind in ("word", "text"))
        owner, _, below = name.partition(".")
        if below and self._tables[-1].name == owner:
            self._below = below + "."
            self._tables[-1].keys.setdefault(below, _Key(statement[0].line))
            return
        self._below = ""
        self._tables.append(_Table(name, statement[0].line))


def _bare(token: _Token) -> str:
    return token.text.strip("\"'") if token.kind == "text" else token.text


def _statements(text: str) -> Iterator[list[_Token]]:
    """The text cut at each line end that is outside of brackets."""
    statement: list[_Token] = []
    depth, line = 0, 1
    for match in _TOKEN.finditer(text):
        kind, piece = match.lastgroup or "", match.group()
        line_here, line = line, line + piece.count("\n")
        if kind == "newline":
            if depth <= 0 and statement:
                yield statement
                statement, depth = [], 0
            continue
        depth += {"open": 1, "close": -1}.get(kind, 0)
        if kind != "comment":
            statement.append(_Token(kind, piece, line_here))
    if statement:
        yield statement


def _item_lines(value: list[_Token]) -> Iterator[int]:
    """The line on which each item of a list begins; nothing where the value is no list."""
    if not value or value[0].text != "[":
        return
    depth, expected = 0, False
    for token in value:
        if depth == 1 and expected and token.kind != "close":
            yield token.line
            expected = False
        if token.kind == "open":
            depth += 1
            expected = expected or depth == 1
        elif token.kind == "close":
            depth -= 1
        elif token.kind == "comma" and depth == 1:
            expected = True
