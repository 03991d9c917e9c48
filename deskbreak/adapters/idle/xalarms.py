"""The alarms on the X server's idle counter: the part of the SYNC extension that this needs.

Two alarms are enough: one for the counter reaching a value, one for its falling below another.
Both compare (rather than wait for a transition), so that what is true already fires at once.
"""

import math
import struct

from deskbreak.adapters.x11.link import XLink, rq

_POSITIVE_COMPARISON, _NEGATIVE_COMPARISON = 2, 3
_COUNTER, _VALUE_TYPE, _VALUE, _TEST_TYPE, _DELTA, _EVENTS = 1, 2, 4, 8, 16, 32
_EVERYTHING = _COUNTER | _VALUE_TYPE | _VALUE | _TEST_TYPE | _DELTA | _EVENTS
_ABSOLUTE = 0
_ALARM_NOTIFY = 1
_CREATE, _CHANGE = 8, 9


def _reply(*fields: rq.Field) -> rq.Struct:
    return rq.Struct(
        rq.ReplyCode(), rq.Pad(1), rq.Card16("sequence_number"), rq.ReplyLength(), *fields
    )


class _Initialize(rq.ReplyRequest):  # type: ignore[misc]  # python-xlib ships no types
    _request = rq.Struct(
        rq.Card8("opcode"), rq.Opcode(0), rq.RequestLength(),
        rq.Card8("major"), rq.Card8("minor"), rq.Pad(2),
    )  # fmt: skip
    _reply = _reply(rq.Card8("major"), rq.Card8("minor"), rq.Pad(22))


class _ListSystemCounters(rq.ReplyRequest):  # type: ignore[misc]
    _request = rq.Struct(rq.Card8("opcode"), rq.Opcode(1), rq.RequestLength())
    _reply = _reply(rq.Card32("count"), rq.Pad(20), rq.Binary("counters"))


class _QueryCounter(rq.ReplyRequest):  # type: ignore[misc]
    _request = rq.Struct(
        rq.Card8("opcode"), rq.Opcode(5), rq.RequestLength(), rq.Card32("counter")
    )  # fmt: skip
    _reply = _reply(rq.Int32("high"), rq.Card32("low"), rq.Pad(16))


class _SetAlarm(rq.Request):  # type: ignore[misc]
    """CreateAlarm and ChangeAlarm, which differ in one number."""

    _request = rq.Struct(
        rq.Card8("opcode"), rq.Card8("what"), rq.RequestLength(), rq.Card32("alarm"),
        rq.Card32("mask"), rq.List("values", rq.Card32Obj),
    )  # fmt: skip


class _AlarmNotify(rq.Event):  # type: ignore[misc]
    _code = None
    _fields = rq.Struct(
        rq.Card8("type"), rq.Card8("kind"), rq.Card16("sequence_number"), rq.Card32("alarm"),
        rq.Int32("counter_high"), rq.Card32("counter_low"),
        rq.Int32("alarm_high"), rq.Card32("alarm_low"),
        rq.Card32("timestamp"), rq.Card8("state"), rq.Pad(3),
    )  # fmt: skip


class IdleAlarms:
    """The idle counter of one server, and the two alarms on it.

    Every method may raise one of `x11.link.TROUBLE`.
    """

    __slots__ = ("_counter", "_fall", "_opcode", "_rise", "link")

    def __init__(self, link: XLink) -> None:
        self.link = link
        sync = link.extension("SYNC")
        self._opcode: int = sync.major_opcode
        link.learn_event(sync.first_event + _ALARM_NOTIFY, _AlarmNotify)
        _Initialize(display=link, opcode=self._opcode, major=3, minor=1)
        self._counter = self._idle_counter()
        self._rise: int | None = None
        self._fall: int | None = None

    def idle_s(self) -> float:
        """Seconds since the last input."""
        found = _QueryCounter(display=self.link, opcode=self._opcode, counter=self._counter)
        return float((found.high << 32) + found.low) / 1000

    def await_idle(self, seconds: float) -> None:
        """Tell once when idle has reached so many seconds, or has already."""
        self._rise = self._set(self._rise, _POSITIVE_COMPARISON, math.ceil(seconds * 1000))

    def await_input(self, idle_s: float) -> None:
        """Tell once when idle is less than that, or is already."""
        self._fall = self._set(self._fall, _NEGATIVE_COMPARISON, max(0, int(idle_s * 1000) - 1))

    def crossings(self) -> list[bool]:
        """What the alarms have told since the last call, in order: True for up, False for down."""
        ids = [event.alarm for event in self.link.events() if isinstance(event, _AlarmNotify)]
        return [alarm == self._rise for alarm in ids if alarm in (self._rise, self._fall)]

    def _set(self, alarm: int | None, test: int, milliseconds: int) -> int:
        what = _CREATE if alarm is None else _CHANGE
        alarm = self.link.allocate_resource_id() if alarm is None else alarm
        high, low = milliseconds >> 32, milliseconds & 0xFFFFFFFF
        values = [self._counter, _ABSOLUTE, high, low, test, 0, 0, True]
        _SetAlarm(
            self.link, opcode=self._opcode, what=what, alarm=alarm, mask=_EVERYTHING, values=values
        )
        self.link.flush()
        return alarm

    def _idle_counter(self) -> int:
        """The number of the counter IDLETIME. Raises OSError if this server does not have it."""
        found = _ListSystemCounters(display=self.link, opcode=self._opcode)
        data, at = bytes(found.counters), 0
        for _ in range(found.count):
            counter, _high, _low, length = struct.unpack_from("=IiIH", data, at)
            if data[at + 14 : at + 14 + length] == b"IDLETIME":
                return int(counter)
            at += (14 + length + 3) & ~3
        raise OSError("the X server has no idle counter")
