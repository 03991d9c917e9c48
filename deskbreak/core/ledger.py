"""The day's time, split so that its parts add up to the day (B10).

Time is credited as it passes, in spans. What may still turn out differently (the last minute
without input, the first seconds of a return) stays a span that can be moved; older spans are
folded into the sums.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from deskbreak.core.enums import Activity
from deskbreak.core.moment import Moment, local_datetime
from deskbreak.struct import Struct, field

IN_A_BOUT = frozenset({Activity.SITTING, Activity.STANDING, Activity.UNKNOWN})
"""What makes a bout grow; unknown presence counts as long as nothing shows an absence (B6)."""

# A wall clock that was stepped leaves more seconds than the day has; they come off the parts
# that were only inferred, in this order.
_LEAST_SURE = (
    Activity.NOT_RUNNING, Activity.ASLEEP, Activity.OFF_HOURS, Activity.PAUSED, Activity.AWAY,
    Activity.UNKNOWN, Activity.BREAK, Activity.STANDING, Activity.SITTING,
)  # fmt: skip


def day_of(moment: Moment, day_starts: time) -> date:
    """The local day a moment belongs to, when days begin at `day_starts`."""
    begun = moment.has_reached(start_of(moment.day, moment, day_starts))
    return moment.day if begun else moment.day - timedelta(days=1)


def start_of(day: date, moment: Moment, day_starts: time) -> float:
    """The wall time in seconds at which a local day begins, in the zone of the moment."""
    return local_datetime(datetime.combine(day, day_starts), moment.zone).timestamp()


class Span(Struct, frozen=False):
    """Time from one reading of the elapsed clock to another, spent on one activity."""

    begin: float
    end: float
    activity: Activity


class Ledger(Struct, frozen=False):
    """One local day: the wall time at which it began, its sums, and the spans still open.

    `stepped` is by how much the wall clock was set on this day, in seconds. `eve` is the end of
    the day before: closed, but it may still turn out that the person had left by then.
    """

    day: date
    start: float
    sums: dict[Activity, float] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    stepped: float = 0.0
    eve: list[Span] = field(default_factory=list)

    @classmethod
    def opened(cls, moment: Moment, day_starts: time, eve: list[Span] | None = None) -> "Ledger":
        """The ledger of the day of this moment; what came before it counts as not running."""
        day = day_of(moment, day_starts)
        start = start_of(day, moment, day_starts)
        before = max(0.0, moment.wall - start)
        return cls(day, start, {Activity.NOT_RUNNING: before}, eve=eve or [])

    def relabel(self, moment: Moment, day_starts: time) -> None:
        """The clock had been ahead: this is the ledger of the day that it really is."""
        self.day = day_of(moment, day_starts)
        self.start = start_of(self.day, moment, day_starts)
        self._end_at(moment.wall)

    def credit(self, activity: Activity, begin: float, end: float) -> None:
        """Add time that has passed."""
        last = self.spans[-1] if self.spans else None
        if last is not None and last.activity is activity and last.end == begin:
            last.end = end
        elif end > begin:
            self.spans.append(Span(begin, end, activity))

    def confirm(self, upto: float) -> None:
        """What lies before that reading of the elapsed clock can no longer turn out differently."""
        self.eve = [span for span in self.eve if span.end > upto]
        while self.spans and self.spans[0].begin < upto:
            span = self.spans[0]
            part = min(span.end, upto) - span.begin
            self.sums[span.activity] = self.sums.get(span.activity, 0.0) + part
            if span.end > upto:
                span.begin = upto
                return
            self.spans.pop(0)

    def move(self, since: float, of: frozenset[Activity], to: Activity) -> float:
        """Open time since then spent on one `of` these was really spent on another; how much."""
        self.eve, eve_s = _moved(self.eve, since, of, to)
        self.spans, today_s = _moved(self.spans, since, of, to)
        return eve_s + today_s

    def of(self, activity: Activity) -> float:
        """Seconds spent so on this day so far."""
        open_s = sum(s.end - s.begin for s in self.spans if s.activity is activity)
        return self.sums.get(activity, 0.0) + open_s

    def close(self, end: float) -> dict[str, int]:
        """The finished day, whose parts add up to its length up to the wall time `end`."""
        self._end_at(end)
        return self.whole_seconds()

    @property
    def spent(self) -> float:
        """Seconds of this day that have passed, by the clock that nobody sets."""
        return sum(self.of(activity) for activity in Activity)

    def _end_at(self, wall: float) -> None:
        self.stepped = wall - self.start - self.spent

    def whole_seconds(self) -> dict[str, int]:
        """Every part in whole seconds; together they are the day so far on the wall clock.

        What the clock was set forward was not running; what it was set back comes off that, and
        then off what was least sure.
        """
        parts = {activity: self.of(activity) for activity in Activity}
        owed = self.stepped
        for activity in _LEAST_SURE:
            owed += parts[activity]
            parts[activity] = max(0.0, owed)
            if owed >= 0.0:
                break
        return round_parts(parts)


def _moved(
    spans: list[Span], since: float, of: frozenset[Activity], to: Activity
) -> tuple[list[Span], float]:
    """The spans with that time moved, and how much of it there was."""
    kept, moved = list[Span](), 0.0
    for span in spans:
        cut = max(span.begin, since)
        if span.activity not in of or span.end <= cut:
            kept.append(span)
            continue
        if span.begin < cut:
            kept.append(Span(span.begin, cut, span.activity))
        kept.append(Span(cut, span.end, to))
        moved += span.end - cut
    return kept, moved


def round_parts(exact: Mapping[Activity, float]) -> dict[str, int]:
    """Round each part so that together they still make the rounded sum (largest remainder)."""
    total = round(sum(exact.values()))
    whole = {activity: int(seconds) for activity, seconds in exact.items()}
    by_remainder = sorted(exact, key=lambda a: (whole[a] - exact[a], a))
    for activity in by_remainder[: max(0, total - sum(whole.values()))]:
        whole[activity] += 1
    return {activity.value: seconds for activity, seconds in whole.items()}
