"""The merge of several opinions on whether the session is locked."""

from hypothesis import given
from hypothesis import strategies as st

from deskbreak.core.events import Fact, Locked, Unlocked
from deskbreak.systems.linux.session.locks import Locks

_WORDS = st.lists(st.tuples(st.sampled_from("abc"), st.booleans()))


@given(_WORDS)
def test_locked_is_whether_anybody_says_so_and_changes_are_told_once(
    words: list[tuple[str, bool]],
) -> None:
    facts: list[Fact] = []
    locks = Locks(facts.append)
    latest: dict[str, bool] = {}
    for source, locked in words:
        locks.told(source, locked)
        latest[source] = locked
        assert locks.locked is any(latest.values())
        told = [type(fact) for fact in facts]
        assert told == [Locked, Unlocked] * (len(told) // 2) + [Locked] * (len(told) % 2)
        assert locks.locked is (len(told) % 2 == 1)
