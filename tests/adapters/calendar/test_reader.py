"""The reader of calendar files on a loop, with the real program and real files."""

import asyncio
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from deskbreak.adapters.calendar import ask, reader
from deskbreak.adapters.calendar.ask import Reading, capabilities, command, look, place, reading_of
from deskbreak.adapters.calendar.reader import FRESH_S, CalendarReader
from deskbreak.core.events import AgendaRead, Fact, Woke
from deskbreak.settings.model import Settings
from deskbreak.struct import replace
from deskbreak.systems.linux.filewatch import watch_files
from tests.desk import settings_of
from tests.fakes.clock import ManualClock
from tests.waiting import Condition, spin, spin_for

ENTRY = "BEGIN:VEVENT\nUID:{0}\nDTSTART:{1}\nDURATION:PT1H\nSUMMARY:{0}\nEND:VEVENT\n"


def calendar(*titles: str, at: str = "20260302T100000Z") -> str:
    entries = "".join(ENTRY.format(title, at) for title in titles)
    return f"BEGIN:VCALENDAR\n{entries}END:VCALENDAR\n"


class Reads:
    """A reader, what it has told so far, and the settings it goes by."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.settings = Settings()
        self.clock = ManualClock()
        self.told: list[list[str]] = []
        watch = partial(watch_files, loop)
        self.reader = CalendarReader(loop, self._send, lambda: self.settings, self.clock, watch)

    def _send(self, fact: Fact) -> None:
        assert isinstance(fact, AgendaRead)
        self.told.append([entry.title for entry in fact.entries])

    def sets(self, *words: str) -> None:
        self.settings = settings_of(*words)
        self.reader.refresh()

    def waits_for(self, *titles: str) -> None:
        """Wait until this is the last that was told."""
        spin(self.loop, lambda: self.told[-1:] == [list(titles)], 10, f"{titles}, not {self.told}")

    def waits_until(self, condition: Condition) -> None:
        spin(self.loop, condition)

    @property
    def says(self) -> str:
        (row,) = self.reader.capabilities()
        return f"{'works' if row.works else 'not'} {row.backend}: {row.why}"


@pytest.fixture
def reads(loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reads]:
    monkeypatch.setattr(reader, "_CALM_S", 0.0)
    made = Reads(loop)
    yield made
    made.reader.close()


def test_without_files_nothing_happens(reads: Reads) -> None:
    reads.reader.start()
    reads.reader.hear(Woke())
    spin_for(reads.loop, 0.05)
    assert reads.told == []
    assert reads.reader.capabilities() == []


def test_files_are_read_watched_and_read_again(reads: Reads, tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    path.write_text(calendar("One"))
    reads.sets(f"calendar.files={path}")
    assert reads.says == "works files: being read"
    reads.waits_for("One")
    assert reads.says == "works 1 file: 1 busy entry around now"
    beside = tmp_path / "beside"
    beside.write_text(calendar("Two", "Three"))
    beside.replace(path)
    reads.waits_for("Three", "Two")
    path.unlink()
    reads.waits_for()
    assert reads.says == f"not 0 files: {path}: there is no such file or folder"


def test_a_folder_is_watched_with_all_below_it(reads: Reads, tmp_path: Path) -> None:
    team = tmp_path / "team"
    team.mkdir()
    reads.sets(f"calendar.files={tmp_path}")
    reads.waits_for()
    (team / "a.ics").write_text(calendar("One"))
    reads.waits_for("One")
    (tmp_path / "new" / "inner").mkdir(parents=True)
    reads.waits_until(lambda: len(reads.reader._folders) == 4)
    (tmp_path / "new" / "inner" / "b.ics").write_text(calendar("Two"))
    reads.waits_for("One", "Two")


def test_the_settings_say_whether_anything_is_read(reads: Reads, tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    path.write_text(calendar("One"))
    reads.sets(f"calendar.files={path}", "hold.calendar=false")
    reads.waits_for("One")  # walks fit in between
    reads.sets(f"calendar.files={path}", "hold.calendar=false", "routines.places=desk")
    assert reads.told[-1] == []
    assert reads.says == "not None: switched off in the settings (hold.calendar)"


def test_after_some_hours_and_a_sleep_it_reads_again(reads: Reads, tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    path.write_text(calendar("One"))
    reads.sets(f"calendar.files={path}")
    reads.waits_for("One")
    reads.reader.hear(Woke())
    assert reads.reader._asking is None
    reads.clock.advance(FRESH_S)
    reads.reader.hear(Woke())
    reads.waits_until(lambda: len(reads.told) == 2)


def test_a_wake_up_does_not_forget_a_file_that_has_just_changed(
    reads: Reads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_CALM_S", 0.2)
    path = tmp_path / "a.ics"
    path.write_text(calendar("One"))
    reads.sets(f"calendar.files={path}")
    reads.waits_for("One")
    path.write_text(calendar("Two"))
    reads.waits_until(lambda: reads.reader._soon is not None)
    reads.reader.hear(Woke())
    reads.waits_for("Two")


def test_what_did_not_work_is_tried_again_at_the_next_look(
    reads: Reads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.ics"
    path.write_text(calendar("One"))
    with monkeypatch.context() as broken:
        broken.setattr(reader, "command", lambda *_: ["false"])
        reads.sets(f"calendar.files={path}")
        reads.waits_until(lambda: reads.says.startswith("not"))
    reads.reader.hear(Woke())
    reads.waits_for("One")


def test_what_did_not_work_is_tried_again_by_itself_with_growing_pauses(
    reads: Reads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_TRY_AGAIN_S", 0.001)
    path = tmp_path / "a.ics"
    path.write_text(calendar("One"))
    asked: list[int] = []
    real = command

    def third_time_lucky(*words: Any) -> list[str]:
        asked.append(1)
        return real(*words) if len(asked) > 2 else ["false"]

    monkeypatch.setattr(reader, "command", third_time_lucky)
    made = Reads(reads.loop)
    made.sets(f"calendar.files={path}")
    made.waits_for("One")
    made.reader.close()
    assert len(asked) == 3


def test_only_the_hours_around_now_are_asked_for(reads: Reads, tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    path.write_text(calendar("One", at="20260305T100000Z"))
    reads.sets(f"calendar.files={path}")
    reads.waits_for()
    reads.clock.advance(2 * 86400.0)
    reads.reader.hear(Woke())
    reads.waits_for("One")


def test_a_program_that_dies_is_said_and_what_was_known_stays(
    reads: Reads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.ics"
    path.write_text(calendar("One"))
    reads.sets(f"calendar.files={path}")
    reads.waits_for("One")
    for words, said in (
        (["false"], "the reader ended with code 1"),
        (["true"], "the reader gave"),
        (["/no/such/program"], "the reader could not start"),
    ):
        monkeypatch.setattr(reader, "command", lambda *_, words=words: words)
        reads.clock.advance(FRESH_S)
        reads.reader.hear(Woke())
        reads.waits_until(lambda said=said: said in reads.says)
    assert reads.says.startswith("not files: ")
    assert reads.told == [["One"]]


def test_one_that_never_ends_is_ended(
    reads: Reads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "command", lambda *_: ["sleep", "60"])
    monkeypatch.setattr(reader, "LONGEST_S", 0.05)
    reads.sets(f"calendar.files={tmp_path}")
    reads.waits_until(lambda: reads.says == "not files: the reader was ended after 0.05 s")


# the program


def test_names_are_paths_of_this_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/anna")
    names = ["~/a.ics", "calendars/b.ics", "/srv/c.ics", "https://example.org/d.ics", "~no one/e"]
    assert [place(name) for name in names] == [
        "/home/anna/a.ics",
        "/home/anna/calendars/b.ics",
        "/srv/c.ics",
        "https://example.org/d.ics",
        "/home/anna/~no one/e",
    ]


@pytest.mark.parametrize("printed", [b"", b"[]", b"{}", b'{"entries": 3}', b"\xff"])
def test_no_answer_to_go_by(printed: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        reading_of(printed)


def test_a_name_in_no_encoding_can_still_be_said(tmp_path: Path) -> None:
    odd = tmp_path / "caf\udce9.ics"
    odd.write_text("")
    (problem,) = ask.ask([str(odd)], 0.0, 1.0).problems
    assert problem == f"{tmp_path}/caf?.ics: is empty"


def test_what_doctor_says(monkeypatch: pytest.MonkeyPatch) -> None:
    files = settings_of("calendar.files=/nowhere.ics")
    read = Reading((), ("a.ics: is empty", "b.ics: is empty"), 3, ())
    (row,) = capabilities(files, read)
    assert (row.backend, row.works) == ("3 files", True)
    assert row.why == "a.ics: is empty (and 1 more)"
    (row,) = capabilities(files, replace(read, more_problems=40))
    assert row.why == "a.ics: is empty (and 41 more)"
    assert "deskbreak calendar" in row.advice
    (empty,) = capabilities(files, Reading((), (), 0, (Path("/srv"),)))
    assert (empty.works, empty.why) == (False, "there are no .ics files in that folder")
    (missing,) = look(files, 0.0, 1.0)
    assert (missing.works, missing.why) == (
        False,
        "/nowhere.ics: there is no such file or folder",
    )
    assert look(Settings(), 0.0, 1.0) == []
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    (dead,) = look(files, 0.0, 1.0)
    assert (dead.works, dead.backend) == (False, "files")
    assert dead.why.startswith("the reader did not answer: ")
