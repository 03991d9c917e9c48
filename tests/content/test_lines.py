"""Finding the line of a table, a key and an item."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from deskbreak.content.lines import Lines
from tests.content.builtin import FOLDER

TEXT = '''schema = 1  # [not.a.table]
title = "a # b [c]"

[[thing]] # the first
id = "one"
text = """
[[thing]]
id = "inside"
"""
list = [
  "x", # ]
  [1, 2],
  { a = [3], b = 4 }, "y",
]
[thing.below]
key = 1
  [[thing]]
"quoted key" = 'it''s'
id = "two"
deep.er = 1
list = ["x",
 "y"]
'''


def test_tables_keys_and_items() -> None:
    lines = Lines(TEXT)
    assert lines.of("", 0, "schema") == 1
    assert lines.of("", 0, "title") == 2
    assert lines.of("thing", 0) == 4
    assert lines.of("thing", 0, "id") == 5
    assert lines.of("thing", 0, "text") == 6
    assert lines.of("thing", 0, "list") == 10
    assert [lines.of("thing", 0, "list", item) for item in range(4)] == [11, 12, 13, 13]
    assert lines.of("thing", 0, "below.key") == 16
    assert lines.of("thing", 1) == 17
    assert lines.of("thing", 1, "id") == 19
    assert lines.of("thing", 1, "deep.er") == 20
    assert lines.of("thing", 1, "list", 1) == 22


def test_what_is_not_there_falls_back_to_what_contains_it() -> None:
    lines = Lines(TEXT)
    assert lines.of("thing", 0, "none") == 4
    assert lines.of("thing", 0, "list", 9) == 10
    assert lines.of("thing", 2) is None
    assert lines.of("nothing") is None


def test_every_key_of_the_built_in_files_is_found_where_it_stands() -> None:
    for file in [*FOLDER.glob("exercises/*.toml"), *FOLDER.glob("routines/*.toml")]:
        text = file.read_text("utf-8")
        rows, lines = text.splitlines(), Lines(text)
        for table, entries in tomllib.loads(text).items():
            for index, entry in enumerate(entries if isinstance(entries, list) else []):
                for key in entry:
                    row = rows[(lines.of(table, index, key) or 0) - 1]
                    assert row.startswith((f"{key} =", f"[{table}.{key}", f"[[{table}.{key}"))


@given(st.text(st.sampled_from("[]{}\"'=#,.\n\\ab1 \x00"), max_size=80))
def test_any_text_can_be_searched(text: str) -> None:
    found = Lines(text).of("a", 0, "b", 0)
    assert found is None or 1 <= found <= text.count("\n") + 1
