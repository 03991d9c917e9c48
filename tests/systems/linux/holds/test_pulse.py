"""The microphone: which recordings count, and a sound server that comes, goes or hangs."""

import asyncio
import contextlib
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.adapters.stream import UNREADABLE
from deskbreak.core.enums import HoldReason
from deskbreak.core.events import Fact, HoldBegan, HoldEnded
from deskbreak.systems.linux.holds import pulse as tags
from deskbreak.systems.linux.holds.calls import CallProbe, may_be_call, name_of
from deskbreak.systems.linux.holds.pulse import Recording, cookie_of, socket_of
from tests.fakes.deaf import DeafServer
from tests.servers import private_environment
from tests.systems.linux.holds.conftest import Reasons
from tests.systems.linux.holds.servers import MONITOR, record, sound_server
from tests.waiting import spin, spin_for

BEGAN, ENDED = HoldBegan(HoldReason.CALL, "Zoom"), HoldEnded(HoldReason.CALL)


@pytest.fixture(scope="module")
def sound() -> Iterator[dict[str, str]]:
    with sound_server() as env:
        yield env


@pytest.fixture
def probe(
    loop: asyncio.AbstractEventLoop, reason: Reasons, sound: dict[str, str]
) -> Iterator[CallProbe]:
    made = CallProbe(loop, reason(HoldReason.CALL), sound)
    made.start()
    spin(loop, lambda: made.capabilities()[0].works)
    yield made
    made.close()


def test_what_is_played_is_no_call(
    loop: asyncio.AbstractEventLoop, sound: dict[str, str], probe: CallProbe, facts: list[Fact]
) -> None:
    with record(sound, source=MONITOR, name="Recorder"):
        spin_for(loop, 0.5)
        assert facts == []
        with record(sound):
            spin(loop, lambda: facts)
            assert facts == [BEGAN]
        spin(loop, lambda: len(facts) == 2)
        assert facts[1] == ENDED


def test_a_second_program_takes_over_without_a_gap(
    loop: asyncio.AbstractEventLoop, sound: dict[str, str], probe: CallProbe, facts: list[Fact]
) -> None:
    with record(sound):
        spin(loop, lambda: facts)
        with record(sound, name="Teams"):
            spin_for(loop, 0.3)
            assert facts == [BEGAN]


def test_a_sound_server_that_dies_ends_it_and_is_found_again(
    loop: asyncio.AbstractEventLoop, reason: Reasons, facts: list[Fact], tmp_path: Path
) -> None:
    env = private_environment(tmp_path)
    probe = CallProbe(loop, reason(HoldReason.CALL), env)
    probe.again.pauses.first_s = 0.05
    probe.start()
    (row,) = probe.capabilities()
    assert (row.works, row.why) == (False, "cannot reach the sound server: there is no such socket")
    with sound_server(tmp_path), record(env):
        spin(loop, lambda: facts)
    spin(loop, lambda: len(facts) == 2)
    assert facts == [BEGAN, ENDED]
    with sound_server(tmp_path), record(env):
        spin(loop, lambda: len(facts) == 3)
    probe.close()


def test_a_server_that_hangs_is_given_up(
    loop: asyncio.AbstractEventLoop,
    reason: Reasons,
    facts: list[Fact],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("deskbreak.systems.linux.holds.pulse._PATIENCE_S", 0.05)
    deaf = DeafServer(tmp_path / "native")
    probe = CallProbe(loop, reason(HoldReason.CALL), {"PULSE_SERVER": f"unix:{deaf.path}"})
    probe.start()
    spin(loop, lambda: "does not answer" in probe.capabilities()[0].why)
    assert facts == []
    probe.close()
    deaf.close()


@pytest.mark.parametrize(
    "said",
    [b"HTTP/1.1 400 Bad Request\r\n\r\n", struct.pack(">5I", 3, 0xFFFFFFFF, 0, 0, 0) + b"L\0\0"],
    ids=["another protocol", "a value that is cut off"],
)
def test_nonsense_is_given_up(
    loop: asyncio.AbstractEventLoop, reason: Reasons, tmp_path: Path, said: bytes
) -> None:
    other = DeafServer(tmp_path / "native")
    probe = CallProbe(loop, reason(HoldReason.CALL), {"PULSE_SERVER": str(other.path)})
    probe.start()
    other.accept()
    other.say(said)
    spin(loop, lambda: "unreadable" in probe.capabilities()[0].why)
    probe.close()
    other.close()


def recording(**said: str) -> Recording:
    return Recording(7, 1, "", corked=False, properties={"application.name": "Zoom"} | said)


def test_a_program_that_records_may_be_on_a_call() -> None:
    assert may_be_call(recording())


@pytest.mark.parametrize(
    "not_a_call",
    [
        Recording(None, 1, "", False, {}),
        Recording(7, 1, "", True, {}),
        Recording(7, 1, "peaks", False, {"application.name": "Volume control"}),
        recording(**{"resample.peaks": "true"}),
        recording(**{"application.process.binary": "EasyEffects"}),
        recording(**{"application.name": "easyeffects"}),
    ],
    ids=[
        "a module",
        "corked",
        "a level meter",
        "a PipeWire meter",
        "a filter",
        "by name",
    ],
)
def test_what_is_no_call(not_a_call: Recording) -> None:
    assert not may_be_call(not_a_call)


@pytest.mark.parametrize("named", ["talon", "Talon Voice", "TALON"])
def test_a_program_that_is_named_is_no_call(named: str) -> None:
    said = {"application.name": "Talon Voice", "application.process.binary": "talon"}
    assert may_be_call(recording(**said), ["nerd-dictation"])
    assert not may_be_call(recording(**said), ["nerd-dictation", named])


def test_naming_a_program_works_at_once(
    loop: asyncio.AbstractEventLoop, reason: Reasons, sound: dict[str, str], facts: list[Fact]
) -> None:
    not_calls: list[str] = []
    probe = CallProbe(loop, reason(HoldReason.CALL), sound, lambda: not_calls)
    probe.start()
    with record(sound):
        spin(loop, lambda: facts)
        not_calls.append("zoom")
        probe.refresh()
        assert facts == [BEGAN, ENDED]
        not_calls.clear()
        probe.refresh()
        spin(loop, lambda: len(facts) == 3)
    probe.close()


def test_our_own_recordings_do_not_count() -> None:
    import os

    assert not may_be_call(recording(**{"application.process.id": str(os.getpid())}))


def test_a_program_is_called_by_the_first_name_it_gives() -> None:
    assert name_of(recording()) == "Zoom"
    assert name_of(Recording(7, 1, "", False, {"media.name": "a stream"})) == "a stream"
    assert name_of(Recording(7, 1, "", False, {})) == ""


@pytest.mark.parametrize(
    ("environ", "path"),
    [
        ({"XDG_RUNTIME_DIR": "/run/me"}, "/run/me/pulse/native"),
        ({"PULSE_RUNTIME_PATH": "/run/p", "XDG_RUNTIME_DIR": "/run/me"}, "/run/p/native"),
        ({"PULSE_SERVER": "unix:/run/x"}, "/run/x"),
        ({"PULSE_SERVER": "{0badcafe}unix:/run/x"}, "/run/x"),
        ({"PULSE_SERVER": "/run/x"}, "/run/x"),
    ],
)
def test_where_the_sound_server_listens(environ: dict[str, str], path: str) -> None:
    assert socket_of(environ) == Path(path)


@pytest.mark.parametrize(
    ("environ", "says"),
    [({"PULSE_SERVER": "tcp:music.example:4713"}, "another machine"), ({}, "XDG_RUNTIME_DIR")],
)
def test_where_it_cannot_be_reached(
    loop: asyncio.AbstractEventLoop, reason: Reasons, environ: dict[str, str], says: str
) -> None:
    probe = CallProbe(loop, reason(HoldReason.CALL), environ)
    probe.start()
    (row,) = probe.capabilities()
    assert not row.works
    assert says in row.why
    probe.close()


def test_the_cookie_is_found_and_may_be_missing(tmp_path: Path) -> None:
    assert cookie_of({"HOME": str(tmp_path)}) == b"\0" * 256
    folder = tmp_path / ".config" / "pulse"
    folder.mkdir(parents=True)
    (folder / "cookie").write_bytes(b"c" * 256)
    assert cookie_of({"HOME": str(tmp_path)}) == b"c" * 256
    (tmp_path / "mine").write_bytes(b"m" * 300)
    named = {"HOME": str(tmp_path), "PULSE_COOKIE": str(tmp_path / "mine")}
    assert cookie_of(named) == b"m" * 256


def test_every_kind_of_value_is_read() -> None:
    data = (
        tags.number(7) + tags.text("Zoom") + tags.text(None) + b"1" + b"0" + tags.blob(b"xyz")
        + b"a\1\2\0\0\xac\x44" + b"m\2\0\1" + b"v\2" + b"\0" * 8 + b"U" + b"\0" * 7 + b"\5"
        + tags.properties({"a": "b"}) + b"B\x09"
    )  # fmt: skip
    values = tags.Values(data)
    found = []
    while values.more:
        found.append(values.take())
    assert found == [
        7, "Zoom", None, True, False, b"xyz", b"\1\2\0\0\xac\x44", b"\0\1", b"\0" * 8, 5,
        {"a": b"b\0"}, 9,
    ]  # fmt: skip


@given(st.binary(max_size=200))
def test_no_bytes_upset_the_reader(data: bytes) -> None:
    values = tags.Values(data)
    with contextlib.suppress(*UNREADABLE):
        while values.more:
            values.take()


def test_a_frame_is_taken_when_it_is_all_there() -> None:
    whole = tags.frame(tags.number(1), tags.text("hello"))
    buffer = bytearray()
    for at in range(len(whole) - 1):
        buffer += whole[at : at + 1]
        assert tags.take_frame(buffer) is None
    buffer += whole[-1:] + b"more"
    payload = tags.take_frame(buffer)
    assert payload == tags.number(1) + tags.text("hello")
    assert buffer == b"more"
