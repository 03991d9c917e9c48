"""Opens the statistics window and runs it to its end; everything that belongs to the process."""

import argparse

from deskbreak.app.environment import NoPlaceError, Places
from deskbreak.app.reports import Lookback
from deskbreak.settings.files import shipped
from deskbreak.text.display import complain, one_line
from deskbreak.windows.qt.application import application, end_at_signals
from deskbreak.windows.qt.desktop import Watch, taste
from deskbreak.windows.qt.looks import chosen_looks, qt_palette
from deskbreak.windows.qt.sizes import Sizes
from deskbreak.windows.stats.charts import Areas
from deskbreak.windows.stats.picture import NoPictureError
from deskbreak.windows.stats.window import StatsWindow

_USUAL = (940, 760)


def open_window(options: argparse.Namespace) -> int:
    """Show the window until it closes, or save a picture; returns the exit code."""
    try:
        back = Lookback.of(Places.of_user())
    except NoPlaceError as trouble:
        return _say(str(trouble))
    app = application()
    ui = back.settings.ui
    theme = options.theme or ui.theme
    looks = chosen_looks(theme, taste())
    app.setPalette(qt_palette(looks))
    sizes = Sizes(options.text_scale or ui.text_scale)
    window = StatsWindow(back, Areas(shipped("microroutines") / "poses"), looks, sizes)
    window.show_view(options.view, options.day)
    if options.save is not None:
        return _save(window, options)

    def follow_desktop() -> None:
        chosen = chosen_looks(theme, taste())
        app.setPalette(qt_palette(chosen))
        window.dress(chosen)

    watch = Watch(follow_desktop)
    end_at_signals()
    window.resize(*(sizes.px(length) for length in _USUAL))
    window.show()
    code = app.exec()
    del watch
    return code


def _save(window: StatsWindow, options: argparse.Namespace) -> int:
    try:
        window.save(options.save)
    except NoPictureError as trouble:
        return _say(str(trouble))
    print(one_line(str(options.save), 5000))  # noqa: T201 - what the command says
    return 0


def _say(trouble: str) -> int:
    complain(f"{trouble}.")
    return 1
