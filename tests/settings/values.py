"""Strategies for the values that each key may have."""

import re
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from deskbreak.settings import tables, types
from deskbreak.settings.keys import Key, all_keys, find_key
from deskbreak.settings.values import Dates, Duration


def _texts(kind: types.Words) -> st.SearchStrategy[str]:
    if kind.pattern is not None:
        known = ["walker", "frequent"] if "preset" in kind.what else ["auto", "de", "xsync"]
        fitting = [word for word in known if re.search(kind.pattern, word)]
        return st.sampled_from(fitting)
    characters = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
    return st.text(characters, min_size=kind.least, max_size=12)


def values_of(kind: types.Kind) -> st.SearchStrategy[Any]:
    """Values as code has them."""
    makers: dict[type[types.Kind], Callable[[Any], st.SearchStrategy[Any]]] = {
        types.YesNo: lambda _: st.booleans(),
        types.Number: _numbers,
        types.Span: lambda k: st.integers(int(k.least), int(k.most)).map(Duration),
        types.TimeOfDay: lambda _: st.times().map(lambda at: at.replace(microsecond=0)),
        types.Days: lambda _: st.tuples(st.dates(), st.dates()).map(lambda d: Dates(*sorted(d))),
        types.Choice: lambda k: st.sampled_from(k.words),
        types.Weekday: lambda k: st.sampled_from(k.words),
        types.Words: _texts,
        tables.Map: lambda k: st.dictionaries(st.sampled_from(k.names), values_of(k.item)),
        tables.Listed: _lists,
        tables.Table: _tables,
    }
    return makers[type(kind)](kind)


def _numbers(kind: types.Number) -> st.SearchStrategy[Any]:
    if kind.fractions:
        return st.floats(kind.least, kind.most)
    return st.integers(int(kind.least), int(kind.most))


def _lists(kind: tables.Listed) -> st.SearchStrategy[Any]:
    by: Any = None
    if kind.unique is True:
        by = _itself
    elif isinstance(kind.unique, str):
        by = _named(kind.unique)
    return st.lists(values_of(kind.item), min_size=kind.fewest, max_size=3, unique_by=by).map(tuple)


def _itself(value: Any) -> Any:
    return value


def _named(attribute: str) -> Any:
    return lambda value: getattr(value, attribute)


def _tables(kind: tables.Table) -> st.SearchStrategy[Any]:
    fields = {entry.attribute: values_of(entry.kind) for entry in kind.entries}
    built = st.builds(kind.struct, **fields)
    return built.filter(lambda value: not list(getattr(value, "contradictions", tuple)()))


@st.composite
def keys_and_values(draw: st.DrawFn) -> tuple[Key, Any]:
    """Any key, those of maps included, and a value that it may have."""
    keys = [*all_keys(), find_key("hooks.prompt"), find_key("routines.weights.hips")]
    key = draw(st.sampled_from(keys))
    return key, draw(values_of(key.kind))
