"""What every StateStore keeps to: the TOML file, and the one in memory."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskbreak.adapters.store.state import TomlStateStore
from deskbreak.ports import StateStore
from tests.fakes.store import MemoryStateStore
from tests.thorough import examples


@pytest.fixture(params=["toml", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> StateStore:
    if request.param == "memory":
        return MemoryStateStore()
    return TomlStateStore(tmp_path / "state.toml", problem=pytest.fail)


VALUES = st.recursive(
    st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abc. \"'=#é\n", max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)
STATES = st.dictionaries(st.text("abcdefgh_", min_size=1, max_size=6), VALUES, max_size=5)


def test_there_is_nothing_before_the_first_save(store: StateStore) -> None:
    assert store.load() is None


def test_the_last_state_saved_is_the_one_that_loads(store: StateStore) -> None:
    store.save({"bout": {"length_s": 12.5}, "run": 1})
    store.save({"bout": {"length_s": 13.5}, "names": ["a", "b"]})
    assert store.load() == {"bout": {"length_s": 13.5}, "names": ["a", "b"]}


def test_an_empty_state_is_a_state(store: StateStore) -> None:
    store.save({})
    assert store.load() == {}


def test_a_key_without_a_value_is_left_out_at_any_depth(store: StateStore) -> None:
    store.save({"paused": None, "bout": {"since": None, "length_s": 1}, "all": [{"x": None}]})
    assert store.load() == {"bout": {"length_s": 1}, "all": [{}]}


def test_tuples_come_back_as_lists(store: StateStore) -> None:
    store.save({"snooze": (1, 2)})
    assert store.load() == {"snooze": [1, 2]}


def test_what_was_loaded_can_be_changed_without_changing_the_store(store: StateStore) -> None:
    store.save({"a": {"b": 1}})
    loaded: Any = store.load()
    loaded["a"]["b"] = 2
    assert store.load() == {"a": {"b": 1}}


@settings(max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(state=STATES)
def test_any_state_comes_back_as_it_was(store: StateStore, state: dict[str, Any]) -> None:
    store.save(state)
    assert store.load() == state
