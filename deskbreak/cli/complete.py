"""What the shell may complete an argument with. Each is asked for by click, at the Tab key only."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from deskbreak.settings.keys import Key

Offers = list[CompletionItem]


def _fitting(offers: Iterable[tuple[str, str]], begun: str) -> Offers:
    """Those that go on as it was `begun`, each with what the shells that can say of it."""
    return [CompletionItem(word, help=said) for word, said in offers if word.startswith(begun)]


def words(*known: str) -> Any:
    """A completion with these words, each one once."""

    def offer(ctx: click.Context, param: click.Parameter, begun: str) -> Offers:
        said = ctx.params.get(param.name or "") or ()
        given = said if isinstance(said, Sequence) and not isinstance(said, str) else ()
        return _fitting(((word, "") for word in known if word not in given), begun)

    return offer


def lengths(*more: str) -> Any:
    """A completion with the lengths of snooze on offer, and these words."""

    def offer(ctx: click.Context, param: click.Parameter, begun: str) -> Offers:
        from deskbreak.cli.ask import settings

        if ctx.params.get(param.name or ""):
            return []  # one length is enough
        on_offer = (length.text for length in settings().breaks.snooze)
        return _fitting(((word, "") for word in (*on_offer, *more)), begun)

    return offer


def keys(_ctx: click.Context, _param: click.Parameter, begun: str) -> Offers:
    """The names of settings."""
    from deskbreak.settings.keys import known_keys

    return _fitting(((path, key.sentence) for path, key in known_keys().items()), begun)


def values(ctx: click.Context, param: click.Parameter, begun: str) -> Offers:
    """What the setting that stands before may have: its words, or else its default."""
    from deskbreak.settings.keys import known_keys

    key = known_keys().get(ctx.params.get("key") or "")
    if key is None:
        return []
    if key.path == "preset":
        return presets(ctx, param, begun)
    return _fitting(((word, "") for word in _words_of(key)), begun)


def _words_of(key: "Key") -> Sequence[str]:
    from deskbreak.settings.tables import Listed
    from deskbreak.settings.types import Choice, YesNo

    match key.kind:
        case YesNo():
            return ("true", "false")
        case Choice(words=known) | Listed(item=Choice(words=known)):
            return known
    plain = None if key.default is None else key.kind.plain(key.default)
    return () if plain in (None, "", [], {}) or isinstance(plain, list | dict) else (str(plain),)


def presets(_ctx: click.Context, _param: click.Parameter, begun: str) -> Offers:
    """The presets, and behind a `+` those that go on top of another."""
    from deskbreak.settings.files import shipped
    from deskbreak.settings.load import AND, list_presets

    before = begun[: begun.rfind(AND) + 1]
    found = list_presets(shipped("config") / "presets")
    fitting = (preset for preset in found if preset.modifier or not before)
    return _fitting(((f"{before}{preset.id}", preset.name) for preset in fitting), begun)


def routines(_ctx: click.Context, _param: click.Parameter, begun: str) -> Offers:
    """The ids of routines."""
    from deskbreak.cli.routines import load

    found = load().catalogue.routines.values()
    return _fitting(((routine.id, routine.name) for routine in found), begun)


def breaks(ctx: click.Context, param: click.Parameter, begun: str) -> Offers:
    """What a break may be: its kind, or at once a routine."""
    return [*words("walk", "stretch")(ctx, param, begun), *routines(ctx, param, begun)]
