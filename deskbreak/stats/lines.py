"""A view in sentences: what stands beside a picture, and what a screen reader says instead."""

from collections import Counter
from collections.abc import Iterator

from deskbreak.core.enums import Activity
from deskbreak.stats.period import Span
from deskbreak.stats.report import Report
from deskbreak.stats.summary import Bouts, Summary
from deskbreak.text.durations import brief
from deskbreak.text.stats import BECAME_NAMES, share, times, word

_MOST = 6
_A_MINUTE = 60
_NO_CHANGE = 0.05

NOTHING = "Nothing on record for this time. It fills by itself while deskbreak runs."

Line = tuple[str, str]  # a heading of one or two words, and what is to be said under it


def lines(made: Report) -> list[Line]:
    """Everything that a view has to say, headings first."""
    if made.empty:
        return []
    one = made.summary
    days = [("Days", f"{one.days} at the desk")] if one.days > 1 else []
    goals = [("Goals", ", ".join(map(str, made.goals)))] if made.goals else []
    rest = (*_prompts(one), *_routines(made), *_rest(one), *_trend(made))
    return [*days, *_time(one), *_breaks(one), *goals, *rest]


def _time(one: Summary) -> Iterator[Line]:
    for heading, activity, bouts in (
        ("Sitting", Activity.SITTING, one.sitting),
        ("Standing", Activity.STANDING, one.standing),
    ):
        seconds = one.of(activity)
        if seconds or activity is Activity.SITTING:
            yield heading, "; ".join(filter(None, (_amount(one, seconds), _bouts(bouts))))
    yield "Moving", _amount(one, one.of(Activity.BREAK))
    if one.sitting.count:
        limit = brief(one.limit_s)
        yield (
            "Long bouts",
            f"{share(one.sitting.over_limit_share)} of sitting was in bouts well over {limit}",
        )
    if unknown := one.of(Activity.UNKNOWN):
        yield "Not known", f"{brief(unknown)} with nothing to tell whether you were there"


def _amount(one: Summary, seconds: int) -> str:
    if one.days <= 1:
        return brief(seconds)
    return f"{brief(one.a_day(seconds))} a day, {brief(seconds)} in all"


def _bouts(bouts: Bouts) -> str:
    if not bouts.count:
        return ""
    if bouts.count == 1:
        return f"1 bout of {brief(bouts.longest_s)}"
    usual, longest = brief(bouts.median_s), brief(bouts.longest_s)
    return f"{bouts.count} bouts, usually {usual}, the longest {longest}"


def _breaks(one: Summary) -> Iterator[Line]:
    breaks = one.breaks
    parts = []
    if breaks.walks:
        parts.append(f"{times(breaks.walks, 'walk')} ({brief(breaks.walk_s)})")
    other = breaks.routines - breaks.routines_on_feet - breaks.routines_seated
    for number, *names in (
        (breaks.routines_on_feet, "routine on your feet", "routines on your feet"),
        (breaks.routines_seated, "seated routine"),
        (other, "other routine"),
        (breaks.natural, "of your own accord", "of your own accord"),
    ):
        if number:
            parts.append(times(number, *names))
    if parts:
        yield "Breaks", f"{breaks.total}: {', '.join(parts)}"


def _prompts(one: Summary) -> Iterator[Line]:
    if one.shown:
        became = [f"{number} {BECAME_NAMES.get(what, what)}" for what, number in _most(one.prompts)]
        yield "Prompts", f"{one.shown}: {', '.join(became)}"


def _routines(made: Report) -> Iterator[Line]:
    one = made.summary
    if one.areas:
        yield "Areas", ", ".join(f"{word(area)} {number}" for area, number in _most(one.areas))
    if one.routines:
        names = [
            f"{made.atlas[ident].name if ident in made.atlas else ident} {number}"
            for ident, number in _most(one.routines)[:_MOST]
        ]
        more = len(one.routines) - len(names)
        yield "Routines", ", ".join(names) + (f" and {more} more" if more else "")
    if len(one.levels) > 1 or any(level > 1 for level in one.levels):
        found = sorted(one.levels.items())
        yield "Levels", ", ".join(f"level {level}: {number}" for level, number in found)
    if one.feedback:
        said = [f"{word(what)} {number}" for what, number in _most(one.feedback)]
        yield "You said", ", ".join(said)


def _rest(one: Summary) -> Iterator[Line]:
    if one.held:
        yield "Waited", ", ".join(f"{word(why)} {brief(s)}" for why, s in _most(one.held))
    if one.reminders:
        yield "Reminders", ", ".join(f"{name} {n}" for name, n in _most(one.reminders))


def _trend(made: Report) -> Iterator[Line]:
    """Only what changed by an amount that a person would notice, and without a verdict."""
    said = []
    for one in made.trend:
        if one.is_time and abs(one.change) >= _A_MINUTE:
            amount = brief(abs(one.change))
        elif not one.is_time and abs(one.change) >= _NO_CHANGE:
            amount = f"{abs(one.change):.1f}"
        else:
            continue
        said.append(f"{one.label.lower()}: {amount} {one.more if one.change > 0 else one.less}")
    if made.trend:
        yield "Trend", f"against the four weeks before: {'; '.join(said) or 'much the same'}"


def _most(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))


def spoken(made: Report) -> str:
    """The whole view as one text."""
    if made.empty:
        return f"{made.period.label}. {NOTHING}"
    return f"{made.period.label}. " + " ".join(f"{name}: {text}." for name, text in lines(made))


def is_long(made: Report) -> bool:
    """Whether the days are too many for a bar each, so that a year's map shows them better."""
    return made.period.span is Span.YEAR or made.period.length > 2 * 31
