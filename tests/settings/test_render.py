"""What is made from the definition is what lies in the repository, and says what the code does."""

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from math import inf
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from deskbreak.settings.files import shipped
from deskbreak.settings.keys import Key, all_keys, json_schema, toml_text
from deskbreak.settings.load import check_text
from deskbreak.settings.model import Settings
from tests.settings.values import keys_and_values
from tools.settings_pages import default_toml, main, manual

CONFIG = shipped("config")
DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = {"schedule.hours", "schedule.pause", "reminder", "hooks"}


def switched_on(text: str) -> str:
    """default.toml with the # before each key taken away."""
    return re.sub(r"^#(?=\S)", "", text, flags=re.MULTILINE)


def test_the_files_in_the_repository_are_the_ones_made_from_the_definition() -> None:
    assert (CONFIG / "default.toml").read_text() == default_toml()
    assert (DOCS / "settings.md").read_text() == manual()


def test_default_toml_changes_nothing() -> None:
    loaded = check_text(default_toml(), "default.toml", CONFIG / "presets")
    assert loaded.problems == ()
    assert loaded.settings == Settings()


def test_every_key_of_default_toml_stands_there_at_its_default() -> None:
    loaded = check_text(switched_on(default_toml()), "default.toml", CONFIG / "presets")
    assert loaded.problems == ()
    set_there = {path.split(".prompt")[0] for path in loaded.sources}
    for key in all_keys():
        if key.path in EXAMPLES:
            assert key.of(loaded.settings) != key.default
        elif key.path != "routines.weights":
            assert key.path in set_there
            assert key.of(loaded.settings) == key.default


def test_the_manual_has_a_row_for_every_key() -> None:
    text = manual()
    for key in all_keys():
        table, _, name = key.path.rpartition(".")
        if key.path in EXAMPLES:
            assert f"[{key.path}]" in text
        else:
            section = text.partition(f"## `[{table}]`")[2] if table else text
            row = next(line for line in section.splitlines() if line.startswith(f"| `{name}` |"))
            assert key.sentence in row
            assert f"`{key.text(key.default)}`" in row


def schema_of(path: str) -> dict[str, Any]:
    found = json_schema()
    for part in path.split("."):
        found = found["properties"][part]
    return found


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """As much of JSON Schema as the settings need."""
    if "enum" in schema:
        return value in schema["enum"]
    if "anyOf" in schema:
        return any(fits(value, one) for one in schema["anyOf"])
    checks: dict[str, Callable[[Any, dict[str, Any]], bool]] = {
        "string": _fits_text,
        "boolean": lambda value, _: isinstance(value, bool),
        "integer": lambda value, schema: isinstance(value, int) and _fits_range(value, schema),
        "number": _fits_range,
        "array": _fits_array,
        "object": _fits_object,
    }
    return checks[schema["type"]](value, schema)


def _fits_text(value: Any, schema: dict[str, Any]) -> bool:
    return (
        isinstance(value, str)
        and re.search(schema.get("pattern", ""), value) is not None
        and schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", 10**6)
    )


def _fits_range(value: Any, schema: dict[str, Any]) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and schema["minimum"] <= value <= schema.get("maximum", inf)


def _fits_array(value: Any, schema: dict[str, Any]) -> bool:
    enough = isinstance(value, list) and len(value) >= schema.get("minItems", 0)
    return enough and all(fits(item, schema["items"]) for item in value)


def _fits_object(value: Any, schema: dict[str, Any]) -> bool:
    there = all(name in value for name in schema.get("required", ()))
    properties = schema["properties"]
    return there and all(fits(item, properties[name]) for name, item in value.items())


@given(keys_and_values())
def test_what_the_loader_takes_the_schema_takes(pair: tuple[Key, Any]) -> None:
    key, value = pair
    assert fits(key.kind.plain(value), schema_of(key.path))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("breaks.sit_limit", "30x"),
        ("breaks.sit_limit", True),
        ("breaks.escalate", "loud"),
        ("breaks.snooze", []),
        ("breaks.walk_share", 2),
        ("schedule.day_starts", "4 o'clock"),
        ("schedule.day_starts", "24:00"),
        ("hold.calls", "yes"),
        ("reminder", [{"name": "x"}]),
        ("routines.weights", {"hips": 9}),
    ],
)
def test_what_the_loader_refuses_the_schema_refuses(path: str, value: Any) -> None:
    assert not fits(value, schema_of(path))
    text = f"{path} = {toml_text(value)}"
    assert not check_text(text, "x", CONFIG / "presets").ok


def test_the_schema_tells_sentence_and_default_and_lets_unknown_keys_be() -> None:
    found = schema_of("breaks.sit_limit")
    assert found["default"] == "30m"
    assert found["description"] == "How long to sit before a break is due."
    assert "additionalProperties" not in json.dumps(json_schema())


def test_the_command_prints_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["default"]) == 0
    assert capsys.readouterr().out == default_toml()
    assert main(["manual"]) == 0
    assert capsys.readouterr().out == manual()
    assert main(["nonsense"]) == 2
    assert "default|manual" in capsys.readouterr().err


@pytest.mark.parametrize(
    "plain", ['a"b\\c\n\x00\x7fé\u2028\U0001f600', [1, [True, 0.5]], {"a": {"b": []}}, {}, 1e300]
)
def test_a_value_in_words_is_toml(plain: Any) -> None:
    assert tomllib.loads(f"x = {toml_text(plain)}")["x"] == plain


def test_no_setting_holds_anything_else() -> None:
    with pytest.raises(TypeError, match="no setting holds bytes"):
        toml_text(b"")


def test_reading_settings_loads_nothing_it_does_not_need(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('preset = "walker"\n[breaks]\nwalk = "3m"\n')
    code = (
        "import sys; from pathlib import Path\n"
        "from deskbreak.settings.load import load_settings\n"
        "mine, presets = map(Path, sys.argv[1:])\n"
        "found = load_settings(mine, preset_dir=presets)\n"
        "assert found.settings.breaks.walk == 180, found\n"
        "heavy = {'difflib', 'tomlkit', 'json', 'hypothesis', 'logging', 'asyncio',"
        " 'deskbreak.settings.lines', 'deskbreak.settings.edit'}\n"
        "print(*sorted(heavy & set(sys.modules)))\n"
    )
    command = [sys.executable, "-c", code, str(path), str(CONFIG / "presets")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == ""
