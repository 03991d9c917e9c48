"""Statistics drawn in the terminal. The home of rich: colour where the terminal has it, letters
and blocks that tell themselves apart where it has none, plain text in a pipe."""

import sys
from collections.abc import Sequence
from datetime import date

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from deskbreak.core.enums import Activity
from deskbreak.stats.day import Day
from deskbreak.stats.lines import NOTHING, is_long, lines
from deskbreak.stats.period import Cell, Span, cells, months, years
from deskbreak.stats.report import Report
from deskbreak.stats.timeline import Part, Timeline
from deskbreak.struct import Struct
from deskbreak.text.display import one_line
from deskbreak.text.durations import digits
from deskbreak.text.stats import times

_WIDEST = 100
_LEFT = 5
_WEEKDAYS = ("Mon", "", "Wed", "", "Fri", "", "Sun")


class Signs(Struct):
    """The characters of a drawing; those of one drawing differ without their colours, too."""

    sitting: str = "█"
    standing: str = "▓"
    moving: str = "▒"
    paused: str = "░"
    nothing: str = "·"
    prompt: str = "▴"
    shades: str = "·░▒▓█"


PLAIN = Signs("#", "=", "+", "-", ".", "^", ".-+x#")
_STYLES = {
    "sitting": "#1f7f8c", "standing": "#7a5fb0", "moving": "#e08a1e", "paused": "bright_black",
    "nothing": "bright_black", "prompt": "bold",
}  # fmt: skip
_SHADES = ("bright_black", "#f2d3a4", "#eeb25c", "#e08a1e", "#b25400")
_PART = {
    Part.SITTING: "sitting", Part.STANDING: "standing", Part.WALK: "moving",
    Part.STRETCH: "moving", Part.PAUSED: "paused",
}  # fmt: skip
_SHOWN = (
    ("sitting", Activity.SITTING),
    ("standing", Activity.STANDING),
    ("moving", Activity.BREAK),
)


def show(made: Report) -> None:
    """Print a view; never coloured in a pipe or with NO_COLOR."""
    out = Console(highlight=False, markup=False, emoji=False)
    out.width = min(out.width, _WIDEST)
    if out.is_terminal:
        _show(made, out)
        return
    with out.capture() as captured:
        _show(made, out)
    for line in captured.get().splitlines():
        sys.stdout.write(line.rstrip() + "\n")


def _show(made: Report, out: Console) -> None:
    signs = Signs() if "utf" in out.encoding.lower() else PLAIN
    out.print(Text(made.period.label, style="bold"))
    if made.empty:
        out.print(NOTHING)
        return
    out.print()
    out.print(_picture(made, signs, out.width))
    out.print()
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    for name, text in lines(made):
        table.add_row(name, Text(one_line(text)))
    out.print(table)


def _picture(made: Report, signs: Signs, width: int) -> RenderableType:
    if made.timeline is not None and made.period.span is Span.DAY:
        return Group(*_day(made.timeline, signs, width), Text(), _legend(signs))
    if is_long(made):
        first, last = made.days[0].day, made.days[-1].day
        if made.period.span is Span.YEAR:
            first, last = made.period.first, made.period.last
        return Group(*(_year(*cut, made.days, signs, width) for cut in years(first, last)),
                     _shade_legend(signs))  # fmt: skip
    return Group(_bars(made, signs, width), Text(), _legend(signs))


# ------------------------------------------------------------------------------------- a day


def _day(drawn: Timeline, signs: Signs, width: int) -> list[Text]:
    begin, end = drawn.hours
    if begin == end:
        return []
    hours = round((end - begin) / 3600)
    per_hour = max(1, width // hours)
    wide = per_hour * hours

    def column(wall: float) -> int:
        return min(wide - 1, max(0, int((wall - begin) / (end - begin) * wide)))

    names = ["nothing"] * wide
    for block in sorted(drawn.blocks, key=lambda b: (b.part in (Part.WALK, Part.STRETCH), b.begin)):
        if block.part in _PART:  # a break of two minutes is drawn over what lies beside it
            for at in range(column(block.begin), max(column(block.begin) + 1, column(block.end))):
                names[at] = _PART[block.part]
    line = Text()
    for name in names:
        line.append(getattr(signs, name), style=_STYLES[name])
    marks = [" "] * wide
    for wall in drawn.prompts:
        marks[column(wall)] = signs.prompt
    return [_hours(drawn, begin, hours, per_hour), line, Text("".join(marks).rstrip(), "bold")]


def _hours(drawn: Timeline, begin: float, hours: int, per_hour: int) -> Text:
    every = 1 if per_hour >= 3 else 2 if per_hour == 2 else 4
    text = ""
    for hour in range(0, hours, every):
        text += f"{drawn.local(begin + 3600 * hour):%H}".ljust(per_hour * every)
    return Text(text.rstrip(), style="bright_black")


def _legend(signs: Signs) -> Text:
    text = Text()
    for name, _ in _SHOWN:
        text.append(getattr(signs, name) * 2, style=_STYLES[name])
        text.append(f" {name}   ")
    text.rstrip()
    return text


# --------------------------------------------------------------------------- a week, a month


def _bars(made: Report, signs: Signs, width: int) -> Table:
    known = {day.day: day for day in made.days}
    longest = max(sum(day.of(activity) for _, activity in _SHOWN) for day in made.days)
    table = Table.grid(padding=(0, 1))
    room = max(10, width - len("Mon 02 Mar  00:00 sitting, 00 breaks") - 3)
    for when in made.period.days():
        day = known.get(when)
        if day is None and made.period.span is not Span.WEEK:
            continue
        table.add_row(Text(_short(when)), _bar(day, longest, room, signs), Text(_says(day)))
    return table


def _bar(day: Day | None, longest: int, room: int, signs: Signs) -> Text:
    bar = Text()
    if day is None or not longest:
        return bar
    drawn, passed = 0, 0
    for name, activity in _SHOWN:
        passed += day.of(activity)
        upto = round(passed / longest * room)
        bar.append(getattr(signs, name) * (upto - drawn), style=_STYLES[name])
        drawn = upto
    return bar


def _says(day: Day | None) -> str:
    if day is None:
        return ""
    minutes = round(day.of(Activity.SITTING) / 60)
    return f"{digits(minutes)} sitting, {times(day.breaks, 'break')}"


def _short(when: date) -> str:
    return f"{when:%a} {when.day:>2} {when:%b}"


# ------------------------------------------------------------------------------------ a year


def _year(first: date, last: date, days: Sequence[Day], signs: Signs, width: int) -> RenderableType:
    found = cells(first, last, days)
    wide = found[-1].column + 1
    step = 2 if _LEFT + 2 * wide <= width else 1
    rows = [_week_row(found, row, wide, step, signs) for row in range(7)]
    head = [*f"{first.year} ", *(" " * (wide * step + 3))]
    for column, name in months(found):
        at = _LEFT + column * step
        if all(letter == " " for letter in head[at - 1 : at + 3]):
            head[at : at + 3] = name
    return Group(Text("".join(head).rstrip(), style="bright_black"), *rows, Text())


def _week_row(found: Sequence[Cell], row: int, wide: int, step: int, signs: Signs) -> Text:
    text = Text(_WEEKDAYS[row].ljust(_LEFT))
    here = {cell.column: cell for cell in found if cell.row == row}
    for column in range(wide):
        cell = here.get(column)
        if cell is None:
            text.append(" " * step)
        else:
            text.append(signs.shades[cell.strength] * 1, style=_SHADES[cell.strength])
            text.append(" " * (step - 1))
    return text


def _shade_legend(signs: Signs) -> Text:
    text = Text("Breaks in a day: ")
    for strength in range(len(signs.shades)):
        text.append(signs.shades[strength], style=_SHADES[strength])
        text.append(" ")
    text.append(f"(fewer to more; {signs.shades[0]} not at the desk)")
    return text
