"""`deskbreak config`: look at the settings and change them. Comments in the file survive."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from deskbreak.app.settings_file import Tuning, UnusableError, amend
from deskbreak.cli import complete
from deskbreak.cli.ask import FAILED, WRONG_WORDS, leave, places, print_json
from deskbreak.cli.echo import echo, echo_json
from deskbreak.cli.main import Group
from deskbreak.settings.files import UnreadableError, shipped
from deskbreak.settings.keys import all_keys, find_key, json_schema, parse_value
from deskbreak.settings.load import Loaded, NoPresetError, list_presets, preset_layers

_EDITORS = ("sensible-editor", "nano", "vim", "vi")


@click.group(cls=Group)
def config() -> None:
    """See and change settings. Without anything set, everything has a sensible default."""


def _tuning(file: Path | None = None) -> Tuning:
    """The settings of a file alone, or of all layers of this person."""
    if file is not None:
        return Tuning(file)
    where = places()
    return Tuning(where.config, where.site_configs)


def _report(loaded: Loaded) -> None:
    for problem in loaded.problems:
        echo(f"{problem.severity}: {problem}", err=True)


def _in_force() -> Loaded:
    """The settings of this person; exits with 2 where a mistake keeps their files from counting."""
    loaded = _tuning().read()
    if not loaded.ok:
        _report(loaded)
        leave(WRONG_WORDS, "until that is put right, the settings before it stay in force.")
    return loaded


@config.command()
def path() -> None:
    """Print where the settings file is."""
    echo(places().config)


@config.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.option("--all", "everything", is_flag=True, help="Every key, not only those that are set.")
def show(as_json: bool, everything: bool) -> None:
    """Print the settings in force and where each comes from."""
    loaded = _in_force()
    rows = [
        (key.path, key, key.of(loaded.settings), _source(loaded, key.path)) for key in all_keys()
    ]
    if as_json:
        table = {n: {"value": k.kind.plain(v), "from": f} for n, k, v, f in rows}
        print_json({"settings": table})
        _report(loaded)
        return
    chosen = [row for row in rows if everything or row[3] != "default"]
    for name, key, value, source in chosen:
        echo(f"{name} = {key.text(value)}  # {source}")
    if not chosen:
        echo("Everything is at its default; `deskbreak config show --all` lists all keys.")
    _report(loaded)


def _source(loaded: Loaded, name: str) -> str:
    """The file that sets a key, or the first that sets a part of it."""
    parts = [file for key, file in loaded.sources.items() if key.startswith(f"{name}.")]
    return loaded.sources.get(name) or (parts[0] if parts else "default")


@config.command()
@click.argument("key", shell_complete=complete.keys)
def get(key: str) -> None:
    """Print the value of KEY, such as breaks.sit_limit."""
    with _right_words():
        found = find_key(key)
    value = found.of(_in_force().settings)
    plain = "" if value is None else found.kind.plain(value)
    echo(plain if isinstance(plain, str) else found.text(value))  # as `config set` takes it


@config.command("set")
@click.argument("key", shell_complete=complete.keys)
@click.argument("value", shell_complete=complete.values)
def set_value(key: str, value: str) -> None:
    """Set KEY to VALUE, as in `config set breaks.sit_limit 45m`."""
    from deskbreak.settings.edit import set_key

    with _right_words():
        parsed = parse_value(key, value)
    change(lambda text: set_key(text, key, parsed))
    echo(f"{key} = {find_key(key).text(parsed)}")


@config.command()
@click.argument("key", shell_complete=complete.keys)
def reset(key: str) -> None:
    """Take KEY out of your file, so that its default counts."""
    from deskbreak.settings.edit import reset_key

    with _right_words():
        found = find_key(key)
    change(lambda text: reset_key(text, key))
    value = found.of(_tuning().read().settings)
    echo(f"{key} = {found.text(value)}" if value is not None else f"{key} is not set.")


@contextmanager
def _right_words() -> Iterator[None]:
    """Exit with 2 where a key is unknown or its value is none that it may have."""
    try:
        yield
    except ValueError as problem:
        leave(WRONG_WORDS, f"{problem}.")


def change(edit: Callable[[str], str]) -> None:
    """Change the person's file; a result that could not be used is not written."""
    from deskbreak.settings.edit import EditError

    file = places().config
    try:
        amend(file, edit)
    except UnusableError as trouble:
        _report(trouble.loaded)
        if trouble.already:
            leave(FAILED, "the file stays as it is until that is put right.")
        raise SystemExit(WRONG_WORDS) from None
    except UnreadableError as error:
        leave(FAILED, f"{error.problem}.")
    except ValueError as problem:
        leave(FAILED if isinstance(problem, EditError) else WRONG_WORDS, f"{problem}.")
    except OSError as error:
        leave(FAILED, f"{file} could not be written ({error.strerror}).")


@config.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
def check(file: Path | None) -> None:
    """Check FILE, or your own settings, and name every mistake.

    Each comes with file, line, key, what was found and what is allowed.
    """
    if file is not None and not file.exists():
        leave(WRONG_WORDS, f"there is no file {file}.")
    loaded = _tuning(file).read()
    _report(loaded)
    if not loaded.ok:
        raise SystemExit(WRONG_WORDS)
    echo("The settings can be used." if loaded.problems else "The settings are fine.")


@config.command()
def edit() -> None:
    """Open the settings in $EDITOR and check them afterwards.

    Where there are none yet, the file begins as the commented list of all keys.
    """
    file = places().config
    if not file.exists():
        change(lambda _: (shipped("config") / "default.toml").read_text(encoding="utf-8"))
    editor = _editor()
    try:
        subprocess.run([*editor, str(file)], check=False)
    except OSError as error:
        leave(FAILED, f"{editor[0]} did not start ({error.strerror}); set EDITOR, or edit {file}.")
    _report(_in_force())
    echo(f"The settings in {file} can be used.")


def _editor() -> list[str]:
    wanted = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    try:
        if words := shlex.split(wanted or ""):
            return words
    except ValueError:
        leave(WRONG_WORDS, f"EDITOR is {wanted!r}, and a quote in it has no end.")
    found = next((name for name in _EDITORS if shutil.which(name)), None)
    if found is None:
        leave(FAILED, f"no editor was found; set EDITOR, or edit {places().config}.")
    return [found]


@config.command()
def schema() -> None:
    """Print the JSON Schema of the settings file, for editors."""
    echo_json(json_schema(), indent=2)


@config.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def presets(as_json: bool) -> None:
    """List the presets and where each comes from."""
    chosen = _in_force().settings.preset
    found = list_presets(shipped("config") / "presets")
    if as_json:
        names = ("id", "name", "description", "sources", "modifier")
        rows = [{name: getattr(preset, name) for name in names} for preset in found]
        print_json({"preset": chosen, "presets": rows})
        return
    in_use = chosen.split("+")
    for preset in found:
        mark = "*" if preset.id in in_use else " "
        title = f"+{preset.id}" if preset.modifier else preset.id
        echo(f"{mark} {title}: {preset.name}. {preset.description}")
        echo(f"    {'; '.join(preset.sources)}")


@config.command()
@click.argument("preset", shell_complete=complete.presets)
def use(preset: str) -> None:
    """Use PRESET, such as walker or hourly+gentle-start.

    Keys that you set yourself still count more.
    """
    from deskbreak.settings.edit import set_key

    try:
        preset_layers(preset, shipped("config") / "presets")
    except NoPresetError as problem:
        leave(WRONG_WORDS, f"found {preset!r}, allowed: {problem}.")
    except UnreadableError as error:
        leave(FAILED, f"{error.problem}.")
    change(lambda text: set_key(text, "preset", preset))
    echo(f"The preset is {preset} now.")


@click.command()
@click.option(
    "--config",
    "config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Another settings file.",
)
@click.option("--page", metavar="TABLE", help="The page to begin with, such as breaks.")
def settings(config: Path | None, page: str | None) -> None:
    """Change the settings in a window. Every change is saved at once, comments stay.

    A running deskbreak takes changes up by itself. Without a display there is `config edit`.
    """
    from deskbreak.windows.settings.__main__ import main

    if config is not None and not config.is_file():
        leave(WRONG_WORDS, f"there is no file {config}.")
    words = [] if config is None else ["--config", str(config)]
    if main([*words, *([] if page is None else ["--page", page])]):
        raise SystemExit(FAILED)
