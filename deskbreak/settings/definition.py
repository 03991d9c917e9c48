"""From the model's type hints to kinds: the only place that looks into annotations."""

from collections.abc import Iterator
from datetime import time
from typing import Annotated, Any, Literal, get_args, get_origin

from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import fields

from deskbreak.settings.dates import Dates
from deskbreak.settings.duration import Duration
from deskbreak.settings.kinds import Choice, Days, Kind, Number, Span, TimeOfDay, Words, YesNo
from deskbreak.settings.shapes import Entry, Listed, Map, Table


def table_of(struct: type[Struct]) -> Table:
    """The kind of a Struct of the model."""
    return Table(struct, tuple(_entries(struct)))


def _entries(struct: type[Struct]) -> Iterator[Entry]:
    for one in fields(struct):
        metas, hint = _split(one.type)
        default = one.default if one.default is not NODEFAULT else None
        if one.default_factory is not NODEFAULT:
            default = one.default_factory()
        yield Entry(
            name=one.encode_name,
            attribute=one.name,
            kind=kind_of(one.type),
            sentence=_sentence(hint, metas),
            default=default,
            needed=one.required,
        )


def _sentence(hint: Any, metas: tuple[Meta, ...]) -> str:
    if isinstance(hint, type) and issubclass(hint, Struct):
        return (hint.__doc__ or "").split("\n\n", maxsplit=1)[0]
    return next((meta.description for meta in metas if meta.description), "")


def _split(hint: Any) -> tuple[tuple[Meta, ...], Any]:
    if get_origin(hint) is Annotated:
        bare, *metas = get_args(hint)
        return tuple(metas), bare
    return (), hint


def kind_of(hint: Any) -> Kind:
    """The kind of a type hint of the model; TypeError if there is none for it."""
    metas, bare = _split(hint)
    extra: dict[str, Any] = {}
    for meta in metas:
        extra.update(meta.extra or {})
    origin = get_origin(bare)
    if origin is Literal:
        return Choice(get_args(bare))
    if origin is tuple:
        return Listed(
            kind_of(get_args(bare)[0]), extra.get("fewest", 0), extra.get("unique", False)
        )
    if origin is dict:
        return Map(tuple(extra["names"]), kind_of(get_args(bare)[1]))
    if issubclass(bare, Struct):
        return table_of(bare)
    return _scalar(bare, metas, extra)


def _scalar(bare: type, metas: tuple[Meta, ...], extra: dict[str, Any]) -> Kind:
    if bare is bool:
        return YesNo()
    if bare is Duration:
        return Span(extra["least"], extra["most"], extra["sensible"])
    if bare is Dates:
        return Days()
    if bare is time:
        return TimeOfDay(extra.get("until_24", False))
    if bare in (int, float) and metas:
        return Number(metas[0].ge or 0, metas[0].le or 0, fractions=bare is float)
    if bare is str and metas:
        least, most = metas[0].min_length or 0, metas[0].max_length or 0
        return Words(extra["what"], least, most, metas[0].pattern)
    raise TypeError(f"no kind of setting for {bare}")
