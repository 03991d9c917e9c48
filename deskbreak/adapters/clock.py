"""What time it is, on three clocks at once: the one file of the daemon that reads a clock."""

import os
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

from deskbreak.core.moment import EARLIEST, LATEST, Moment

Counter = Callable[[], float]

_ZONE_CHECK_S = 60.0
_SIMULTANEOUS_S = 0.005
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a reading without a zone, to subtract from others


class SystemClock:
    """The clocks of this machine, and its time zone, looked up again at most once a minute.

    `awake` counts the seconds that the machine is awake, `elapsed` those of its sleep as well.
    """

    __slots__ = ("_awake", "_elapsed", "_zone")

    def __init__(self, awake: Counter, elapsed: Counter) -> None:
        self._awake, self._elapsed = awake, elapsed
        self._zone = SystemZone()

    def now(self) -> Moment:
        """This instant on all three clocks, taken within a few milliseconds of each other."""
        # A machine that falls asleep between two of these lines would look as if somebody had
        # set the wall clock, so such a reading is taken again.
        for _ in range(3):
            elapsed = self._elapsed()
            wall, awake = time.time(), self._awake()
            if self._elapsed() - elapsed < _SIMULTANEOUS_S:
                break
        return Moment(wall, awake, elapsed, self._zone.at(elapsed)).sensible


class SystemZone:
    """The time zone of this machine; notices when somebody changes it (on Windows at a restart)."""

    __slots__ = ("_checked_at", "_localtime", "_seen", "_zone")

    def __init__(self, localtime: str = "/etc/localtime") -> None:
        self._localtime = localtime
        self._checked_at = -_ZONE_CHECK_S
        self._seen: tuple[object, ...] = ()
        self._zone: tzinfo = UTC

    def at(self, elapsed: float) -> tzinfo:
        """The zone as of the last look, which is at most a minute ago on the elapsed clock."""
        if elapsed - self._checked_at >= _ZONE_CHECK_S or elapsed < self._checked_at:
            self._checked_at = elapsed
            seen = _zone_marks(self._localtime)
            if seen != self._seen:
                self._seen = seen
                self._zone = read_zone()
        return self._zone


def _zone_marks(localtime: str) -> tuple[object, ...]:
    """What changes when the zone does: the variable, the link, or the file it points to."""
    marks: list[object] = [os.environ.get("TZ")]
    for look in (os.lstat, os.stat):
        try:
            found = look(localtime)
        except OSError:
            marks.append(None)
        else:
            marks.append((found.st_dev, found.st_ino, found.st_mtime_ns))
    return tuple(marks)


def read_zone() -> tzinfo:
    """The zone by its name where there is one, so that its rules are known for all times.

    Otherwise (TZ=CET-1CEST, a file without a name, contradicting settings) what the C library
    makes of it, which is what every other program on this machine goes by.
    """
    if hasattr(time, "tzset"):  # not on Windows
        time.tzset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tzlocal's advice on /etc is not for this program's users
        try:
            zone = _named_zone()
        except (LookupError, ValueError, OSError):
            return CLibraryZone()
    return zone if _agrees(zone) else CLibraryZone()


def _named_zone() -> tzinfo:
    from zoneinfo import ZoneInfo

    import tzlocal

    ZoneInfo.clear_cache()  # the rules themselves may have been updated
    return tzlocal.reload_localzone()


def _agrees(zone: tzinfo) -> bool:
    """Whether the zone shows what the C library shows, now and half a year from now."""
    now = min(max(time.time(), EARLIEST), LATEST)
    return all(
        datetime.fromtimestamp(stamp, zone).utcoffset() == _offset(stamp)
        for stamp in (now, now + 182 * 86400)
    )


def _offset(stamp: float) -> timedelta:
    return timedelta(seconds=time.localtime(stamp).tm_gmtoff)


class CLibraryZone(tzinfo):
    """Local time as the C library has it, for a zone that has rules but no name."""

    __slots__ = ()

    def utcoffset(self, when: datetime | None) -> timedelta | None:
        """How far local time is ahead of UTC; in a gap or a fold as `when.fold` says."""
        if when is None:
            return None
        naive = when.replace(tzinfo=None)
        utc = round(naive.replace(microsecond=0).timestamp())
        return naive.replace(microsecond=0) - _EPOCH - timedelta(seconds=utc)

    def dst(self, when: datetime | None) -> timedelta | None:
        """How much of the offset is daylight saving."""
        if when is None:
            return None
        saving = self._fields(when).tm_isdst > 0
        return timedelta(seconds=time.timezone - time.altzone if saving else 0)

    def tzname(self, when: datetime | None) -> str | None:
        """The abbreviation, such as CEST."""
        return None if when is None else self._fields(when).tm_zone

    def fromutc(self, when: datetime) -> datetime:
        """From UTC (labelled with this zone, as the caller does) to local time."""
        stamp = (when.replace(tzinfo=None, microsecond=0) - _EPOCH).total_seconds()
        local = (when + _offset(stamp)).replace(fold=0)
        first = local.replace(tzinfo=None, microsecond=0).timestamp()
        return local if first == stamp else local.replace(fold=1)

    @staticmethod
    def _fields(when: datetime) -> time.struct_time:
        return time.localtime(when.replace(tzinfo=None).timestamp())

    def __repr__(self) -> str:
        return "CLibraryZone()"
