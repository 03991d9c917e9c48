"""A single value in TOML's notation, for showing; files are written by `edit`."""

from typing import Any


def toml_text(plain: Any) -> str:
    """Booleans, numbers, texts, lists and tables (inline) as they would stand in a file."""
    match plain:
        case bool():
            return "true" if plain else "false"
        case int() | float():
            return repr(plain)
        case str():
            return f'"{"".join(_escaped(c) for c in plain)}"'
        case list():
            return f"[{', '.join(toml_text(item) for item in plain)}]"
        case dict():
            inside = ", ".join(f"{name} = {toml_text(item)}" for name, item in plain.items())
            return f"{{ {inside} }}" if inside else "{}"
        case _:
            raise TypeError(f"no setting holds {type(plain).__name__}")


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    return f"\\U{ord(character):08x}"
