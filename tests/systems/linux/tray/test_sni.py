"""The icon as a panel meets it: every call that real panels make, on a private bus."""

import xml.etree.ElementTree as ET
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from deskbreak.adapters.tray.menu import build
from deskbreak.adapters.tray.pixmap import SIZES, pixmaps
from deskbreak.core.enums import BreakKind, Posture, Presence, State
from deskbreak.core.events import BreakAsked, PostureSet, ReadingSet
from deskbreak.core.status import PresenceStatus
from deskbreak.systems.linux.dbus.bus import Bus
from deskbreak.systems.linux.tray.sni import CHANGES_PER_S, Icon
from tests.fakes.tray_host import ITEM, MENU, PROPERTIES, CallRefusedError
from tests.servers import private_bus
from tests.statuses import AT, Desk, bout, due, hold, status
from tests.systems.linux.tray.conftest import World
from tests.text.test_display import EVIL, harmless
from tests.waiting import spin_for

INTROSPECTABLE = "org.freedesktop.DBus.Introspectable"

# ------------------------------------------------------------------------ hosts come and go


def test_it_registers_its_unique_name(world: World) -> None:
    _, host = world.hosted()
    assert host.items[0].startswith(":1.")


def test_a_host_that_comes_late_gets_the_icon(world: World) -> None:
    tray = world.tray()
    world.until(lambda: tray._icon.watcher.has_host is False)
    host = world.host()
    world.until(lambda: host.items)
    assert host.properties()["Status"] == "Active"
    assert world.until(lambda: tray._icon.watcher.has_host)


def test_a_restarted_host_gets_it_again(world: World) -> None:
    tray, first = world.hosted()
    first.close()
    world.until(lambda: tray._icon.watcher.has_host is False)
    second = world.host()
    world.until(lambda: second.items == first.items)
    assert world.until(lambda: tray._icon.watcher.has_host)
    second.click("Go for a walk")
    assert world.desk.sent == [BreakAsked(BreakKind.WALK)]


def test_a_watcher_without_a_host_gets_it_as_well(world: World) -> None:
    host, tray = world.host(hosting=False), world.tray()
    world.until(lambda: host.items)
    world.until(lambda: tray._icon.watcher.has_host is False)
    host.begin_hosting()
    world.until(lambda: tray._icon.watcher.has_host)
    host.begin_hosting(hosting=False)
    world.until(lambda: tray._icon.watcher.has_host is False)


def test_a_watcher_that_refuses_at_first_is_asked_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("deskbreak.systems.linux.tray.sni._ONCE_MORE_S", 0.02)
    host = world.host(refuses=2)
    world.tray()
    assert world.until(lambda: host.items)


def test_a_restarted_bus_gets_it_again(world: World, tmp_path: Path) -> None:
    with private_bus(folder=tmp_path) as world.address:
        tray, host = world.hosted()
        host.close()
    world.until(lambda: not tray._bus.up)
    with private_bus(folder=tmp_path) as world.address:
        world.until(lambda: tray._bus.up)
        second = world.host()
        world.until(lambda: second.items)
        second.click("Quit")
        assert world.desk.done == [("quit", None)]


def test_closing_takes_the_icon_away(world: World) -> None:
    tray, host = world.hosted()
    tray.close()
    with pytest.raises(CallRefusedError):
        host.properties()
    tray.close()
    tray.show(due())


# ------------------------------------------------------------------------ the item


def test_its_properties_are_those_of_an_icon(world: World) -> None:
    _, host = world.hosted()
    found = host.properties()
    assert found["Id"] == found["Title"] == "deskbreak"
    assert found["Category"] == "ApplicationStatus"
    assert found["Status"] == "Active"
    assert found["ToolTip"] == ("", [], "deskbreak", "Sitting 12 min · break in 18 min")
    assert found["Menu"] == "/StatusNotifierItem/Menu"
    assert found["AttentionIconPixmap"] == []
    assert host.item_call(PROPERTIES, "Get", "ss", (ITEM, "Id")) == (("s", "deskbreak"),)
    menu = host.properties(MENU, found["Menu"])
    assert (menu["Version"], menu["Status"]) == (3, "normal")


def test_the_pixmaps_are_argb_in_network_order(world: World) -> None:
    _, host = world.hosted()
    found = host.properties()["IconPixmap"]
    assert [(width, height) for width, height, _ in found] == [(size, size) for size in SIZES]
    assert found == pixmaps("sitting")
    _, _, argb = found[0]
    assert argb[0] == 0  # the corner: nothing
    head = argb[4 * (3 * 16 + 5) :][:4]
    assert head[0] == 255  # alpha comes first
    assert min(head[1:4]) > 230  # and the head is paper


def test_the_description_names_what_is_answered(world: World) -> None:
    _, host = world.hosted()
    for path, interface in ((("/StatusNotifierItem"), ITEM), ("/StatusNotifierItem/Menu", MENU)):
        xml = host.item_call(INTROSPECTABLE, "Introspect", path=path)[0]
        described = next(i for i in ET.fromstring(xml) if i.get("name") == interface)
        names = {p.get("name") for p in described.findall("property")}
        assert names == set(host.properties(interface, path))
    top = ET.fromstring(host.item_call(INTROSPECTABLE, "Introspect", path="/")[0])
    assert [child.get("name") for child in top] == ["StatusNotifierItem"]


@pytest.mark.parametrize(
    ("interface", "call", "error"),
    [
        (PROPERTIES, ("Get", "ss", (ITEM, "Shoe")), "UnknownProperty"),
        (PROPERTIES, ("Get", "ss", ("some.where", "Id")), "UnknownInterface"),
        (PROPERTIES, ("Set", "ssv", (ITEM, "Id", ("s", "x"))), "PropertyReadOnly"),
        (ITEM, ("Dance", "", ()), "UnknownMethod"),
        (ITEM, ("Activate", "i", (1,)), "InvalidArgs"),
        (ITEM, ("Activate", "ss", ("1", "2")), "InvalidArgs"),
        (ITEM, ("Scroll", "si", ("vertical", 120)), "InvalidArgs"),
        (PROPERTIES, ("Get", "sas", (ITEM, ["Id"])), "PropertyReadOnly"),
        (PROPERTIES, ("GetAll", "as", ([ITEM],)), "UnknownInterface"),
    ],
)
def test_nonsense_is_refused(
    world: World, interface: str, call: tuple[Any, ...], error: str
) -> None:
    _, host = world.hosted()
    with pytest.raises(CallRefusedError, match=error):
        host.item_call(interface, *call)


@pytest.mark.parametrize(
    ("member", "signature", "body"),
    [
        ("GetLayout", "sss", ("0", "1", "x")), ("GetLayout", "iis", (0, -1, "label")),
        ("GetLayout", "iiai", (0, -1, [1])), ("GetGroupProperties", "asas", (["1"], [])),
        ("GetProperty", "ss", ("1", "label")), ("Event", "ssss", ("1", "clicked", "", "")),
        ("Event", "isss", (1, "clicked", "", "")), ("EventGroup", "ai", ([1],)),
        ("EventGroup", "a(is)", ([(1, "clicked")],)), ("AboutToShow", "s", ("1",)),
        ("AboutToShow", "x", (1 << 40,)), ("AboutToShowGroup", "ax", ([1 << 40],)),
    ],
)  # fmt: skip
def test_a_menu_called_with_the_wrong_things_says_what_it_takes(
    world: World, member: str, signature: str, body: tuple[Any, ...]
) -> None:
    _, host = world.hosted()
    with pytest.raises(CallRefusedError, match="InvalidArgs"):
        host.menu_call(member, signature, body)


def test_what_it_has_no_use_for_is_answered_all_the_same(world: World) -> None:
    _, host = world.hosted()
    host.item_call(ITEM, "ProvideXdgActivationToken", "s", ("token",))
    host.item_call(ITEM, "Scroll", "is", (120, "vertical"))
    host.item_call(ITEM, "SecondaryActivate", "ii", (0, 0))
    assert world.desk.sent == []


def test_a_left_click_opens_the_menu_and_never_begins_anything(world: World) -> None:
    tray, host = world.hosted()
    for now in (status(), due(), due(prompt=None)):
        world.now(tray, now)
        assert host.properties()["ItemIsMenu"] is True
        for call in ("Activate", "ContextMenu", "SecondaryActivate"):
            host.item_call(ITEM, call, "ii", (0, 0))
        assert world.desk.sent == []


def test_a_hidden_icon_is_passive(world: World) -> None:
    tray, host = world.hosted()
    tray._icon.visible = False
    world.until(lambda: ("NewStatus", ("Passive",)) in host.signals)
    assert host.properties()["Status"] == "Passive"


# ------------------------------------------------------------------------ what changes


def test_a_due_break_changes_the_picture_and_asks_for_attention(world: World) -> None:
    tray, host = world.hosted()
    world.now(tray, due())
    world.until(lambda: ("NewStatus", ("NeedsAttention",)) in host.signals)
    world.until(lambda: {"NewIcon", "NewAttentionIcon", "NewToolTip"} <= set(host.said()))
    found = host.properties()
    assert found["IconPixmap"] == found["AttentionIconPixmap"] == pixmaps("due")
    host.signals.clear()
    world.now(tray, due(holds=(hold(),)))
    world.until(lambda: ("NewStatus", ("Active",)) in host.signals)
    assert "NewIcon" not in host.said()
    assert host.properties()["ToolTip"][3].endswith("break due, waiting: call")


def test_a_name_does_nothing_to_the_panel(world: World) -> None:
    tray, host = world.hosted()
    world.now(tray, due(holds=(hold(detail=EVIL * 20),)))
    world.until(lambda: "NewToolTip" in host.said())
    shown = host.properties()["ToolTip"][3]
    assert harmless(shown)
    assert "\n" not in shown
    assert len(shown) < 120


def test_the_tooltip_is_text_and_no_markup(world: World) -> None:
    tray, host = world.hosted()
    world.now(tray, due(holds=(hold(detail="<b>Zoom</b> & co"),)))
    world.until(lambda: "NewToolTip" in host.said())
    assert host.properties()["ToolTip"][3].endswith("call (&lt;b&gt;Zoom&lt;/b&gt; &amp; co)")


def test_nothing_new_says_nothing(world: World) -> None:
    tray, host = world.hosted()
    for _ in range(20):
        tray.show(status())
    tray.show(status(at=AT + timedelta(seconds=30)))
    spin_for(world.loop, 0.25)
    assert host.signals == []


def test_a_storm_of_changes_is_let_out_at_a_bearable_pace(world: World) -> None:
    tray, host = world.hosted()
    began = world.loop.time()
    states = (status(), due())
    while (took := world.loop.time() - began) < 0.5:
        for now in (*states, *states, states[1]):
            world.now(tray, now)
        spin_for(world.loop, 0.005)
    assert 1 <= host.said().count("NewIcon") <= took * CHANGES_PER_S + 1
    world.until(lambda: not tray._icon._pace._names)
    assert host.properties()["Status"] == "NeedsAttention"
    assert host.properties()["IconPixmap"] == pixmaps("due")


def test_shade_and_countdown_take_effect_while_nothing_else_changes(world: World) -> None:
    tray, host = world.hosted()
    world.desk.shade, world.desk.countdown = "dark", True
    world.now(tray, world.desk.now)
    world.until(lambda: "XAyatanaNewLabel" in host.said() and "NewIcon" in host.said())
    assert host.properties()["IconPixmap"] == pixmaps("sitting-dark")
    assert host.properties()["XAyatanaLabel"] == "18 min"


def test_the_countdown_moves_the_tooltip_only_now_and_then(world: World) -> None:
    tray, host = world.hosted(text_every_s=0.4)
    began = world.loop.time()
    for minute in range(13, 20):
        world.now(tray, status(bout=bout(minute)))
        spin_for(world.loop, 0.01)
    assert world.loop.time() < began + 0.4
    assert "NewToolTip" not in host.said()
    world.until(lambda: "NewToolTip" in host.said())
    assert host.properties()["ToolTip"][3].startswith("Sitting 19 min")
    world.now(tray, due())
    host.signals.clear()
    world.until(lambda: "NewToolTip" in host.said())


def test_the_minutes_stand_beside_the_icon_where_that_is_wanted(world: World) -> None:
    world.desk.countdown = True
    tray, host = world.hosted()
    assert host.properties()["XAyatanaLabel"] == "18 min"
    world.now(tray, status(bout=bout(13)))
    world.until(lambda: ("XAyatanaNewLabel", ("17 min", "17 min")) in host.signals)
    assert "NewIcon" not in host.said()


# ------------------------------------------------------------------------ the menu


def test_the_menu_can_be_read_as_a_whole(world: World) -> None:
    _, host = world.hosted()
    labels = [entry.get("label", entry.get("type")) for entry in host.tree()["below"]]
    assert labels[:3] == ["Sitting 12 min · break in 18 min", "separator", "Take a break now"]
    assert host.entry("Choose a stretch")["children-display"] == "submenu"
    assert [e.get("label") for e in host.entry("Choose a stretch")["below"]] == [
        "Whatever suits", None, "Neck", "Hips__and__back"
    ]  # fmt: skip


def test_checks_are_told_as_such(world: World) -> None:
    _, host = world.hosted()
    reading = host.entry("I'm reading")
    assert (reading["toggle-type"], reading["toggle-state"]) == ("checkmark", 0)


def test_the_menu_can_be_read_level_by_level(world: World) -> None:
    _, host = world.hosted()
    number = host.entry("Pause")["id"]
    revision, (found, properties, below) = host.menu_call("GetLayout", "iias", (number, 1, []))
    assert (found, len(below)) == (number, 5)
    assert properties["label"] == ("s", "Pause")
    assert host.menu_call("GetLayout", "iias", (0, 0, ["label"])) == (revision, (0, {}, []))
    all_of_it = host.menu_call("GetGroupProperties", "aias", ([], ["label"]))[0]
    assert (number, {"label": ("s", "Pause")}) in all_of_it
    some = host.menu_call("GetGroupProperties", "aias", ([number, 99_999], []))[0]
    assert [n for n, _ in some] == [number]
    assert host.menu_call("GetProperty", "is", (number, "label")) == (("s", "Pause"),)
    for asked in ((number, "shoe"), (99_999, "label")):
        with pytest.raises(CallRefusedError, match="InvalidArgs"):
            host.menu_call("GetProperty", "is", asked)


def test_a_click_does_what_it_says(world: World) -> None:
    _, host = world.hosted()
    host.click("Choose a stretch", "Neck")
    host.click("Standing")
    assert world.desk.sent == [
        BreakAsked(BreakKind.STRETCH, "neck-1"),
        PostureSet(Posture.STANDING),
    ]


def test_only_clicks_on_what_is_enabled_count(world: World) -> None:
    _, host = world.hosted()
    host.click("Sitting 12 min · break in 18 min")
    host.click("Pause")
    host.send_event(host.entry("Go for a walk")["id"], "hovered")
    host.send_event(0, "opened")
    assert world.desk.sent == []


def test_opening_the_menu_brings_its_texts_up_to_date(world: World) -> None:
    _, host = world.hosted()
    world.desk.now = status(bout=bout(17))
    assert host.open_menu() is False
    assert host.entry("Sitting 17 min · break in 13 min")["enabled"] is False
    assert host.said() == ["ItemsPropertiesUpdated"]


def test_opening_the_menu_says_when_its_layout_is_another(world: World) -> None:
    _, host = world.hosted()
    world.desk.now = status(state=State.PAUSED, paused=True)
    assert host.open_menu() is True
    assert host.said() == ["LayoutUpdated"]
    assert host.entry("Resume")
    world.desk.now = status()
    number = host.entry("Standing")["id"]
    below, gone = host.menu_call("AboutToShowGroup", "ai", ([0, number],))
    assert (below, gone) == ([0], [number])
    assert host.menu_call("AboutToShowGroup", "ai", ([0],)) == ([], [])


def test_a_change_of_state_updates_an_open_menu_in_place(world: World) -> None:
    tray, host = world.hosted()
    before = host.entry("I'm reading")["id"]
    reading = PresenceStatus(Presence.AT_DESK, "xsync", 1.0, reading=True)
    world.now(tray, status(presence=reading))
    world.until(lambda: "ItemsPropertiesUpdated" in host.said())
    updated, removed = dict(host.signals)["ItemsPropertiesUpdated"]
    assert (updated, removed) == ([(before, {"toggle-state": ("i", 1)})], [])
    host.click("I'm reading")
    assert world.desk.sent == [ReadingSet(False)]


def test_a_click_on_what_is_no_longer_there_is_refused(world: World) -> None:
    tray, host = world.hosted()
    walk, rest = host.entry("Go for a walk")["id"], host.entry("Quit")["id"]
    world.now(tray, status(state=State.PAUSED, paused=True))
    world.until(lambda: "LayoutUpdated" in host.said())
    for stale in (walk, rest):
        with pytest.raises(CallRefusedError, match="InvalidArgs"):
            host.send_event(stale)
    with pytest.raises(CallRefusedError, match="InvalidArgs"):
        host.menu_call("AboutToShow", "i", (walk,))
    resume = host.entry("Resume")["id"]
    events = [(number, "clicked", ("i", 0), 0) for number in (walk, resume)]
    assert host.menu_call("EventGroup", "a(isvu)", (events,)) == ([walk],)
    assert (len(world.desk.sent), world.desk.done) == (1, [])


# ------------------------------------------------------------------------ nobody there


def test_no_host_at_all_is_said_once(world: World) -> None:
    world.environ["XDG_CURRENT_DESKTOP"] = "ubuntu:GNOME"
    tray = world.tray(patience_s=0.05)
    world.until(lambda: world.advice)
    assert "AppIndicator" in world.advice[0]
    assert "deskbreak status" in world.advice[0]
    host = world.host()
    world.until(lambda: host.items)
    host.close()
    world.until(lambda: tray._icon.watcher.has_host is False)
    spin_for(world.loop, 0.1)
    assert len(world.advice) == 1


def test_a_host_in_time_needs_no_word(world: World) -> None:
    world.hosted(patience_s=0.1)
    spin_for(world.loop, 0.15)
    assert world.advice == []


def test_doctor_hears_what_was_found_on_the_way(world: World) -> None:
    world.environ["XDG_CURRENT_DESKTOP"] = "XFCE"
    tray = world.tray()
    [before] = tray.capabilities()
    assert not before.works
    assert "no bus" in before.why
    assert "Status Tray Plugin" in before.advice
    world.host()
    world.until(lambda: tray._icon.watcher.has_host)
    [after] = tray.capabilities()
    assert after.works
    assert after.advice == ""
    assert all(word in after.why for word in ("bus :1.", "watcher :1.", "host there", "XFCE"))


# ------------------------------------------------------------------------ as a pystray icon


def test_it_has_no_loop_of_its_own(world: World) -> None:
    desk = Desk()
    bus = Bus(world.loop, "session", world.address)
    icon = Icon(world.loop, bus, "t", "sitting", "", build(desk.sources()), lambda _there: None)
    with pytest.raises(RuntimeError, match="run_detached"):
        icon.run()
    seen: list[Icon] = []
    icon.run_detached(seen.append)
    icon.run_detached(seen.append)
    assert seen == [icon]
    assert not icon.visible
    icon.stop()
    world.until(lambda: not bus.up)
