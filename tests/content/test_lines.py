"""The places of problems: every key of the built-in files is found where it stands."""

import tomllib

from deskbreak.settings.lines import Lines
from tests.content.builtin import FOLDER


def test_every_key_of_the_built_in_files_is_found_where_it_stands() -> None:
    found = 0
    for file in [*FOLDER.glob("exercises/*.toml"), *FOLDER.glob("routines/*.toml")]:
        text = file.read_text("utf-8")
        rows, lines = text.splitlines(), Lines(text)
        for table, entries in tomllib.loads(text).items():
            for index, entry in enumerate(entries if isinstance(entries, list) else []):
                for key in entry:
                    row = rows[(lines.of((table, index, key)) or 0) - 1]
                    assert row.startswith((f"{key} =", f"[{table}.{key}", f"[[{table}.{key}"))
                    found += 1
    assert found > 1500
