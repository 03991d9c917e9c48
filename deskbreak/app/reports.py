"""Puts a view of the history together for whoever shows it: command line, window, weekly note."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from deskbreak.adapters.store.queries import Reader
from deskbreak.app import client
from deskbreak.app.environment import Places
from deskbreak.app.settings_file import Tuning
from deskbreak.content.load import load_catalogue
from deskbreak.core.ledger import day_of
from deskbreak.settings.files import shipped
from deskbreak.settings.model import Settings
from deskbreak.stats.period import Period, Span
from deskbreak.stats.report import Report, report, running_day, with_today
from deskbreak.stats.summary import Atlas, atlas
from deskbreak.stats.timeline import Part, Timeline, timeline
from deskbreak.struct import Struct
from deskbreak.systems import here

Now = Mapping[str, Any]
"""What the daemon says is going on (`status --json`)."""


class Lookback(Struct):
    """The files and settings that views are made from. Reads anew at every `look`."""

    places: Places
    settings: Settings
    atlas: Atlas

    @classmethod
    def of(cls, places: Places) -> "Lookback":
        """With the person's own settings and routines; what is amiss with these is left out."""
        settings = Tuning(places.config, places.site_configs).read().settings
        catalogue = load_catalogue([shipped("microroutines"), places.microroutines]).catalogue
        return cls(places, settings, atlas(catalogue))

    def today(self) -> date:
        """The local day that it is now, which begins at `schedule.day_starts`."""
        return day_of(here().clock().now(), self.settings.schedule.day_starts)

    def now(self) -> Now | None:
        """What the daemon says; None where it does not run."""
        try:
            status: Now = client.ask(self.places.listening, {"do": "status"})["status"]
        except (client.ControlError, KeyError):
            return None
        return status

    def look(self, period: Period, now: Now | None = None) -> Report:
        """The view of a period; with `now` the running day is as the daemon knows it.

        Raises UnreadableError where there is a history that cannot be read.
        """
        before = period.four_weeks_before()
        today = running_day(now) if now is not None else None
        if today is not None and not period.first <= today.day <= period.last:
            today = None
        with Reader(self.places.history) as reader:
            days = with_today(reader.days(period.first, period.last), today)
            earlier = reader.days(before.first, before.last)
            drawn = None
            if period.span is Span.DAY:
                drawn = timeline(reader.rows(period.first, period.last))
        if drawn is not None and today is not None and now is not None:
            _go_on(drawn, now)
        limit, goals = self.settings.breaks.sit_limit, self.settings.goals
        return report(period, days, earlier, self.atlas, limit, drawn, goals)

    def everything(self) -> Period | None:
        """From the first day with anything on it to the last; None of an empty history."""
        with Reader(self.places.history) as reader:
            found = reader.first_and_last()
        return None if found is None else Period.between(*found)


def _go_on(drawn: Timeline, now: Now) -> None:
    at = datetime.fromisoformat(now["at"])
    offset = at.utcoffset()
    part = Part.STANDING if now["posture"] == "standing" else Part.SITTING
    zone_s = round(offset.total_seconds()) if offset is not None else 0
    if now["state"] in ("sitting", "standing", "unknown"):
        drawn.goes_on(part, float(now["bout_s"]), at.timestamp(), zone_s)
