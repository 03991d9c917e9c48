import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.settings.lines import Lines
from deskbreak.settings.problems import Spot

TEXT = '''\
# a comment with a = 1 and [brackets]
preset = "walker"
breaks.walk = "5m"   # dotted, # twice

[breaks . "long" . 'x']
"odd \\"key\\"" = """
[not.a.table]
a = 1
"""
after = 1

[presence]
nested = { one = 1, two = { three = [1,
  2, { four = 4 }] } }
list = [
  "a",  # ] not the end
  # a comment
  "b", [
    "c" ] ]
end = 1

[[reminder]]
name = "eyes"

[[reminder]]
name = "water"
[reminder.sub]
key = 1
[[reminder.inner]]
key = 2
[[reminder.inner]]
key = 3
'''


@pytest.mark.parametrize(
    ("spot", "line"),
    [
        (("preset",), 2),
        (("breaks", "walk"), 3),
        (("breaks", "long", "x"), 5),
        (("breaks", "long", "x", 'odd "key"'), 6),
        (("breaks", "long", "x", "after"), 10),
        (("presence",), 12),
        (("presence", "nested", "one"), 13),
        (("presence", "nested", "two", "three", 0), 13),
        (("presence", "nested", "two", "three", 1), 14),
        (("presence", "nested", "two", "three", 2, "four"), 14),
        (("presence", "list"), 15),
        (("presence", "list", 0), 16),
        (("presence", "list", 1), 18),
        (("presence", "list", 2, 0), 19),
        (("presence", "end"), 20),
        (("reminder", 0), 22),
        (("reminder", 0, "name"), 23),
        (("reminder", 1, "name"), 26),
        (("reminder", 1, "sub", "key"), 28),
        (("reminder", 1, "inner", 0, "key"), 30),
        (("reminder", 1, "inner", 1, "key"), 32),
        (("reminder", 1, "every"), 25),
        (("presence", "list", 7, "deeper"), 15),
        (("nowhere",), None),
        ((), None),
    ],
)
def test_each_key_is_found_on_its_line(spot: Spot, line: int | None) -> None:
    tomllib.loads(TEXT)
    assert Lines(TEXT).of(spot) == line


def test_windows_line_ends_count_once() -> None:
    assert Lines("a = 1\r\n[b]\r\nc = 2\r\n").of(("b", "c")) == 3


_names = st.sampled_from(["a", "b", "c-d", "e_f", '"g h"', "'i.j'"])
_simple = st.sampled_from(
    ["1", '"x # [y]"', "true", "1979-05-27 07:32:00", "'''\n=\n'''", '"""\n[z]\\"\n"""', "-1.5e3"]
)
_values = st.recursive(
    _simple,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[\n" + ",\n".join(items) + "\n]"),
        st.dictionaries(_names, inner, max_size=3).map(
            lambda items: "{" + ", ".join(f"{k} = {v}" for k, v in items.items()) + "}"
        ),
    ),
    max_leaves=6,
)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[Spot, int]]:
    """A TOML text and the line of each key in it."""
    lines: list[str] = []
    places: dict[Spot, int] = {}
    counts: dict[str, int] = {}
    for header in [None, *draw(st.lists(_names, max_size=4))]:
        spot: Spot = ()
        if header is not None:
            counts[header] = counts.get(header, -1) + 1
            spot = (header.strip("\"'"), counts[header])
            lines.append(f"[[{header}]] # here")
            places[spot] = len("\n".join(lines).split("\n"))
        for name, value in draw(st.dictionaries(_names, _values, max_size=3)).items():
            if header is None:
                name = f"top_{len(lines)}"  # noqa: PLW2901
            lines.append(draw(st.sampled_from(["", "# comment = 1\n"])) + f"  {name} = {value}")
            first = len("\n".join(lines).split("\n")) - value.count("\n")
            places[(*spot, name.strip("\"'"))] = first
    return "\n".join(lines), places


@given(documents())
def test_of_any_text_every_key_has_its_line(made: tuple[str, dict[Spot, int]]) -> None:
    text, places = made
    tomllib.loads(text)
    found = Lines(text)
    assert {spot: found.of(spot) for spot in places} == places


def _spots(value: Any, spot: Spot) -> list[Spot]:
    inside = (
        list(value.items())
        if isinstance(value, dict)
        else list(enumerate(value))
        if isinstance(value, list)
        else []
    )
    return [spot, *(deeper for name, item in inside for deeper in _spots(item, (*spot, name)))]


@given(documents())
def test_no_line_is_past_the_end_and_nothing_inside_comes_before_its_table(
    made: tuple[str, dict[Spot, int]],
) -> None:
    text, _ = made
    found, last = Lines(text), text.count("\n") + 1
    for spot in _spots(tomllib.loads(text), ())[1:]:
        line = found.of(spot)
        above = found.of(spot[:-1]) or 1
        assert line is not None
        assert above <= line <= last


def test_very_deep_names_cost_little() -> None:
    text = ".".join(["a"] * 30_000) + " = 1\nlast = 2\n"
    assert Lines(text).of(("last",)) == 2
