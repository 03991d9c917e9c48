"""No setting is an empty promise: each is read by something that acts upon it."""

import ast
from collections.abc import Iterator

import pytest

from deskbreak.settings.keys import all_keys
from deskbreak.settings.model import Settings
from deskbreak.struct import fields
from tests.test_architecture import PACKAGE

_SHOWN_ONLY = ("settings/", "windows/settings/", "cli/config.py")
"""These know every setting and act upon none."""

_LAYERS = {"preset"}
"""What `settings/load.py` acts upon: it says which file lies underneath."""


def _files() -> Iterator[ast.Module]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if not path.relative_to(PACKAGE).as_posix().startswith(_SHOWN_ONLY):
            yield ast.parse(path.read_text())


def _table_of_class() -> dict[str, str]:
    found = {type(getattr(Settings(), name)).__name__: name for name in fields(Settings)}
    return found | {"Settings": "", "Reminder": "reminder", "Hours": "schedule.hours"}


def _reads(tree: ast.Module) -> Iterator[str]:
    """The dotted keys that a module reads: `settings.breaks.walk`, or `breaks.walk` of a name that
    is annotated as that table or was given it."""
    classes = _table_of_class()
    tables = {"settings": ""} | {name: name for name in fields(Settings)}
    for node in ast.walk(tree):
        match node:
            case ast.arg(arg=name, annotation=ast.Name(id=kind)) if kind in classes:
                tables[name] = classes[kind]
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Attribute(attr=table)):
                if table in fields(Settings):
                    tables[name] = table
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value).rpartition(".")[2].strip("_()")
            if owner in tables:
                yield f"{tables[owner]}.{node.attr}".removeprefix(".")


def _worked_out(read: set[str]) -> Iterator[str]:
    """What a table works out from keys of its own, for somebody who reads that."""
    classes = _table_of_class()
    for table in ast.parse((PACKAGE / "settings" / "model.py").read_text()).body:
        if isinstance(table, ast.ClassDef) and table.name in classes:
            for method in table.body:
                name = classes[table.name]
                if isinstance(method, ast.FunctionDef) and f"{name}.{method.name}" in read:
                    yield from (key.replace("self.", f"{name}.") for key in _own(method))


def _own(method: ast.FunctionDef) -> Iterator[str]:
    found = (ast.unparse(node) for node in ast.walk(method) if isinstance(node, ast.Attribute))
    yield from (text for text in found if text.startswith("self."))


@pytest.fixture(scope="module")
def read() -> set[str]:
    directly = {key for tree in _files() for key in _reads(tree)}
    return directly | set(_worked_out(directly)) | _LAYERS


@pytest.mark.parametrize("key", [key.path for key in all_keys()])
def test_every_setting_is_read_by_something_that_acts_upon_it(key: str, read: set[str]) -> None:
    assert key in read


def test_a_key_that_is_only_named_like_another_is_not_read() -> None:
    module = ast.parse("def f(settings):\n    goals = settings.breaks\n    return goals.walk\n")
    assert set(_reads(module)) == {"breaks", "breaks.walk"}
