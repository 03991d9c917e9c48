"""Names can say anything and do nothing, on every surface that shows them."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.text.display import in_json, lines, markup, one_line
from tests.test_architecture import PACKAGE

EVIL = "\x1b]0;PWN\x07\x1b[31mRED\x1b[2J\u202eevil\u2066\x9b31m\u200f\r\nnext\x00\u2028\ufeff\x7f"
"""What a terminal, a panel or a reader would act upon."""


def harmless(text: str) -> bool:
    """Whether no character acts on what shows it; line breaks are looked for elsewhere."""
    return in_json(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Tea & <b>Cake</b>", "Tea & <b>Cake</b>"),
        ("Zażółć gęślą · 会議 · ישיבה · 👩\u200d💻", "Zażółć gęślą · 会議 · ישיבה · 👩\u200d💻"),
        ("two\nlines\r\nand\ta tab", "two lines and a tab"),
        ("\x1b[31mred\x1b[0m", "�[31mred�[0m"),
        ("\x9b31m", "�31m"),
        ("\u202etxt.exe", "txt.exe"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        ("half \ud83d a pair", "half � a pair"),
        ("", ""),
    ],
)
def test_a_line_is_shown_as_text(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_a_line_is_shortened() -> None:
    assert one_line("x" * 100_000, 10) == "xxxxxxxxx…"


def test_lines_stay_lines() -> None:
    assert lines("one\n\n two\x1b[2J\r\nthree\n") == "one\n\n two�[2J\nthree\n"


@given(st.text(st.characters(), max_size=60))
def test_no_text_acts(text: str) -> None:
    assert harmless(one_line(text))
    assert "\n" not in one_line(text)
    assert harmless(lines(text))
    assert one_line(one_line(text)) == one_line(text)


@given(st.text(st.characters(exclude_categories=()), max_size=60))
def test_json_is_the_same_and_harmless(text: str) -> None:
    document = in_json(json.dumps({"name": text}, ensure_ascii=False, indent=2))
    assert harmless(document)
    assert json.loads(document) == {"name": text}


def test_markup_is_text() -> None:
    assert markup('R&D <sync> "Q"') == 'R&amp;D &lt;sync&gt; "Q"'


# ------------------------------------------------------------------- the rims

PRINTS = {
    "click.echo": {"cli/echo.py", "cli/demo.py"},  # the second draws with colours of its own
    "print": {
        "text/display.py",
        "app/run.py",  # that it is ready, for whoever started it in a terminal
        "desks/__main__.py",  # answers a program
        "windows/stats/window.py",  # the path it was given
    },
    "sys.stdout.write": {"cli/plots.py"},
    "sys.stderr.write": set(),
}
"""Every way to print, and who may take it; all others go through those."""


SHOWS = {"setToolTip": "tooltip(", "setWindowTitle": "window_title("}
"""Where Qt would guess at markup or marks, and what makes text of a name before that."""


def calls() -> Iterator[tuple[str, int, str, str]]:
    """File, line, function and first argument of every call in the project."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                argument = ast.unparse(node.args[0]) if node.args else ""
                name = path.relative_to(PACKAGE).as_posix()
                yield name, node.lineno, ast.unparse(node.func), argument


def test_everything_is_printed_at_a_rim() -> None:
    strayed = [
        f"{name}:{line} {function}"
        for name, line, function, argument in calls()
        if name not in PRINTS.get(function, {name})
        and not argument.startswith("'")  # a sentence of our own, with nothing in it
    ]
    assert not strayed, "\n".join(strayed)


def test_every_label_tooltip_and_title_of_a_window_is_text() -> None:
    strayed = [
        f"{name}:{line} {function}({argument})"
        for name, line, function, argument in calls()
        if function == "QLabel"  # ours is Text
        or not argument.startswith((SHOWS.get(function.rpartition(".")[2], ""), "'"))
    ]
    assert not strayed, "\n".join(strayed)


def test_the_rims_are_there() -> None:
    assert all(Path(PACKAGE, name).exists() for names in PRINTS.values() for name in names)
