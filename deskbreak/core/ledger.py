"""The day's time, split so that its parts add up to the day (B10).

Time is credited as it passes, in spans. What may still turn out differently (the last minute
without input, the first seconds of a return) stays a span that can be moved; older spans are
folded into the sums.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from deskbreak.core.moment import Moment, local_datetime
from deskbreak.core.words import Activity

IN_A_BOUT = frozenset({Activity.SITTING, Activity.STANDING, Activity.UNKNOWN})
"""What makes a bout grow; unknown presence counts as long as nothing shows an absence (B6)."""

# A wall clock that was stepped leaves more seconds than the day has; they come off the parts
# that were only inferred, in this order.
_LEAST_SURE = (
    Activity.NOT_RUNNING,
    Activity.ASLEEP,
    Activity.OFF_HOURS,
    Activity.PAUSED,
    Activity.AWAY,
    Activity.UNKNOWN,
    Activity.BREAK,
    Activity.STANDING,
    Activity.SITTING,
)


def day_of(moment: Moment, day_starts: time) -> date:
    """The local day a moment belongs to, when days begin at `day_starts`."""
    day = moment.local.date()
    return day if moment.wall >= start_of(day, moment, day_starts) else day - timedelta(days=1)


def start_of(day: date, moment: Moment, day_starts: time) -> float:
    """The wall time in seconds at which a local day begins, in the zone of the moment."""
    return local_datetime(datetime.combine(day, day_starts), moment.zone).timestamp()


@dataclass(slots=True)
class Span:
    """Time from one reading of the elapsed clock to another, spent on one activity."""

    begin: float
    end: float
    activity: Activity


@dataclass(slots=True)
class Ledger:
    """One local day: the wall time at which it began, its sums, and the spans still open."""

    day: date
    start: float
    sums: dict[Activity, float] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)

    @classmethod
    def opened(cls, moment: Moment, day_starts: time) -> "Ledger":
        """The ledger of the day of this moment; what came before it counts as not running."""
        day = day_of(moment, day_starts)
        start = start_of(day, moment, day_starts)
        return cls(day, start, {Activity.NOT_RUNNING: moment.wall - start})

    def credit(self, activity: Activity, begin: float, end: float) -> None:
        """Add time that has passed."""
        last = self.spans[-1] if self.spans else None
        if last is not None and last.activity is activity and last.end == begin:
            last.end = end
        elif end > begin:
            self.spans.append(Span(begin, end, activity))

    def confirm(self, upto: float) -> None:
        """What lies before that reading of the elapsed clock can no longer turn out differently."""
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
        moved, kept = 0.0, list[Span]()
        for span in self.spans:
            cut = max(span.begin, since)
            if span.activity not in of or span.end <= cut:
                kept.append(span)
                continue
            if span.begin < cut:
                kept.append(Span(span.begin, cut, span.activity))
            kept.append(Span(cut, span.end, to))
            moved += span.end - cut
        self.spans = kept
        return moved

    def of(self, activity: Activity) -> float:
        """Seconds spent so on this day so far."""
        open_s = sum(s.end - s.begin for s in self.spans if s.activity is activity)
        return self.sums.get(activity, 0.0) + open_s

    def total(self) -> float:
        """Seconds of this day so far, all parts together."""
        return sum(self.of(activity) for activity in Activity)

    def adjust(self, by: float) -> None:
        """The wall clock was set by so much: time not running makes up for it, or gives it back."""
        owed = self.sums.get(Activity.NOT_RUNNING, 0.0) + by
        self.sums[Activity.NOT_RUNNING] = max(0.0, owed)
        for activity in _LEAST_SURE[1:]:
            if owed >= 0.0:
                return
            owed += self.sums.get(activity, 0.0)
            self.sums[activity] = max(0.0, owed)

    def close(self, end: float) -> dict[str, int]:
        """The finished day, whose parts add up to its length up to the wall time `end`."""
        self.confirm(float("inf"))
        self.adjust(end - self.start - self.total())
        return self.whole_seconds()

    def whole_seconds(self) -> dict[str, int]:
        """Every part in whole seconds that add up to the rounded total."""
        return round_parts({activity: max(0.0, self.of(activity)) for activity in Activity})


def round_parts(exact: Mapping[Activity, float]) -> dict[str, int]:
    """Round each part so that together they still make the rounded sum (largest remainder)."""
    total = round(sum(exact.values()))
    whole = {activity: int(seconds + 1e-6) for activity, seconds in exact.items()}
    by_remainder = sorted(exact, key=lambda a: (whole[a] - exact[a], a))
    for activity in by_remainder[: max(0, total - sum(whole.values()))]:
        whole[activity] += 1
    return {activity.value: seconds for activity, seconds in whole.items()}
