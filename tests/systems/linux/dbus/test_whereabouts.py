import pytest

from deskbreak.systems.linux.dbus.types import sockets


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_the_session_bus_as_the_environment_says(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/my%20bus,guid=00ff")
    bare.setenv("XDG_RUNTIME_DIR", "/run/user/1")
    assert list(sockets("session")) == ["/run/my bus"]


def test_the_session_bus_in_the_runtime_folder(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("XDG_RUNTIME_DIR", "/run/user/1")
    assert list(sockets("session")) == ["/run/user/1/bus"]


def test_no_session_at_all(bare: pytest.MonkeyPatch) -> None:
    with pytest.raises(LookupError, match="neither"):
        list(sockets("session"))


def test_the_system_bus(bare: pytest.MonkeyPatch) -> None:
    assert list(sockets("system")) == ["/run/dbus/system_bus_socket"]
    bare.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/run/other")
    assert list(sockets("system")) == ["/run/other"]


def test_several_addresses_and_abstract_ones() -> None:
    address = "tcp:host=localhost,port=1;unix:abstract=/a;unix:path=/b"
    assert list(sockets("session", address)) == ["\0/a", "/b"]


@pytest.mark.parametrize("address", ["", "nonsense", "unix", "unix:path", "autolaunch:", "tcp:a=b"])
def test_an_address_without_sense(address: str) -> None:
    with pytest.raises(LookupError, match="makes no sense"):
        list(sockets("session", address))
