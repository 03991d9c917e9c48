"""Value classes that are cheap to define: the part of `dataclasses` that deskbreak uses.

`dataclasses` writes and compiles several functions for each class; for the classes of the daemon
that was a third of its start. Here all classes share the same few functions, so that a class costs
what its `__slots__` cost, and an instance a little more (benchmarks/README.md has the figures).
"""

import sys
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, ClassVar, NoReturn, TypeVar, dataclass_transform, get_origin, overload

T = TypeVar("T")
NO_DEFAULT: Any = object()


class Field:
    """What a field gets where the caller gives nothing; `init` is off where nobody can give it."""

    __slots__ = ("default", "factory", "init")

    def __init__(self, default: Any, factory: Callable[[], Any] | None, init: bool) -> None:
        self.default, self.factory, self.init = default, factory, init

    @property
    def needed(self) -> bool:
        """Whether the caller has to give it."""
        return self.init and self.factory is None and self.default is NO_DEFAULT

    def make(self) -> Any:
        """What a field gets that the caller does not give; None where there is no such thing."""
        if self.factory is not None:
            return self.factory()
        return None if self.default is NO_DEFAULT else self.default


@overload
def field(*, default: T, init: bool = ...) -> T: ...
@overload
def field(*, default_factory: Callable[[], T], init: bool = ...) -> T: ...
@overload
def field(*, init: bool) -> Any: ...
def field(
    *,
    default: Any = NO_DEFAULT,
    default_factory: Callable[[], Any] | None = None,
    init: bool = True,
) -> Any:
    """A field with a default made for each instance, or one that `__post_init__` sets."""
    return Field(default, default_factory, init)


def _annotations(namespace: Mapping[str, Any]) -> Mapping[str, Any]:
    if sys.version_info >= (3, 14):
        import annotationlib

        annotate = annotationlib.get_annotate_from_class_namespace(namespace)
        if annotate is None:
            return {}
        return annotationlib.call_annotate_function(annotate, annotationlib.Format.FORWARDREF)
    found: Mapping[str, Any] = namespace.get("__annotations__", {})
    return found


def _before(self: Any, other: Any) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    return type(self).values_(self) < type(self).values_(other)


def _nothing(_struct: object) -> tuple[()]:
    return ()


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class _StructType(type):
    """Turns the annotations of a class into slots, and remembers their defaults."""

    fields_: Mapping[str, Field]
    places_: int
    values_: Callable[[Any], Any]
    puts_: tuple[tuple[str, Field, Callable[[Any, Any], None]], ...]

    def __new__(
        cls,
        name: str,
        bases: tuple[type, ...],
        namespace: dict[str, Any],
        *,
        frozen: bool | None = None,
        order: bool = False,
        kw_only: bool = False,
    ) -> "_StructType":
        own = {}
        for key, annotation in _annotations(namespace).items():
            if annotation is not ClassVar and get_origin(annotation) is not ClassVar:
                default = namespace.pop(key, NO_DEFAULT)
                own[key] = default if isinstance(default, Field) else Field(default, None, True)
        if frozen is False:
            namespace["__setattr__"] = object.__setattr__
            namespace["__delattr__"] = object.__delattr__
            namespace.setdefault("__hash__", None)
        if order:
            namespace["__lt__"] = _before
        made = super().__new__(cls, name, bases, {**namespace, "__slots__": tuple(own)})
        fields: dict[str, Field] = {}
        for base in reversed(bases):
            fields |= getattr(base, "fields_", {})
        made.fields_ = fields = fields | own
        made.places_ = 0 if kw_only else len(fields)
        made.values_ = attrgetter(*fields) if fields else _nothing
        made.puts_ = tuple((key, one, getattr(made, key).__set__) for key, one in fields.items())
        type.__setattr__(made, "__match_args__", tuple(fields))
        return made

    def __init__(cls, *_line: object, **_words: object) -> None:
        """The words on the class line were for `__new__`."""


class Struct(metaclass=_StructType):
    """A value: equal to another of its class with equal fields, frozen, hashed by its fields.

    On the class line `frozen=False` makes one that may change and has no hash, `order=True` one
    that sorts by its fields, `kw_only=True` one whose fields are all given by name.
    """

    def __init__(self, *values: Any, **named: Any) -> None:
        kind = type(self)
        if len(values) > kind.places_:
            raise TypeError(f"{kind.__name__} takes {kind.places_} by place, {len(values)} given")
        for value, (key, _, put) in zip(values, kind.puts_, strict=False):
            put(self, value)
            if key in named:
                raise TypeError(f"{kind.__name__} was given {key!r} twice")
        for key, one, put in kind.puts_[len(values) :]:
            if key in named:
                put(self, named.pop(key))
            elif one.factory is not None:
                put(self, one.factory())
            elif one.default is not NO_DEFAULT:
                put(self, one.default)
            elif one.init:
                raise TypeError(f"{kind.__name__} needs {key!r}")
        if named:
            raise TypeError(f"{kind.__name__} has no field {', '.join(map(repr, named))}")
        self.__post_init__()

    def __post_init__(self) -> None:
        """What a class does once its fields are set."""

    def __setattr__(self, name: str, _value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen: {name!r} cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen: {name!r} cannot be deleted")

    def __eq__(self, other: object) -> bool:
        kind = type(self)
        if type(other) is not kind:
            return NotImplemented
        return bool(kind.values_(self) == kind.values_(other))

    def __hash__(self) -> int:
        return hash(type(self).values_(self))

    def __repr__(self) -> str:
        given = ", ".join(f"{key}={getattr(self, key)!r}" for key in type(self).fields_)
        return f"{type(self).__qualname__}({given})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), *(getattr(self, key) for key in type(self).fields_))

    def __replace__(self, **changes: Any) -> Any:
        kind = type(self)
        kept = {key: getattr(self, key) for key, one in kind.fields_.items() if one.init}
        return kind(**(kept | changes))


StructT = TypeVar("StructT", bound=Struct)


def _again(kind: type[StructT], *values: Any) -> StructT:
    """One with these values as they are, for `copy` and `pickle`."""
    struct = kind.__new__(kind)
    for value, (_, _, put) in zip(values, kind.puts_, strict=True):
        put(struct, value)
    return struct


def replace(struct: StructT, **changes: Any) -> StructT:
    """The same with some fields changed. Raises TypeError for a field that it does not have."""
    changed: StructT = struct.__replace__(**changes)
    return changed


def fields(struct: Struct | type[Struct]) -> tuple[str, ...]:
    """The names of its fields, in order."""
    kind = struct if isinstance(struct, type) else type(struct)
    return tuple(kind.fields_)


def asdict(struct: Struct) -> dict[str, Any]:
    """Its fields by name, structs inside turned into tables likewise."""
    return {key: _plain(getattr(struct, key)) for key in type(struct).fields_}


def _plain(value: Any) -> Any:
    if isinstance(value, Struct):
        return asdict(value)
    if isinstance(value, list | tuple):
        return type(value)(map(_plain, value))
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return value
