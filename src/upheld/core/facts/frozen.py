"""Classes of values that are there at once: frozen, with slots, by methods that all of them share."""

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast, dataclass_transform

F = TypeVar("F", bound="Frozen")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen_class(cls: type[F]) -> type[F]:
    """
    A class of values, as a frozen dataclass with slots is, whose methods are those that it inherits.

    A dataclass has six of its own compiled for each class: for two hundred classes that took longer than all else that
    is done before core can answer. Where very many values are made or compared, a dataclass stays the faster one.
    """
    return fill(dataclass(init=False, repr=False, eq=False, slots=True)(cls))


@dataclass_transform(kw_only_default=True, frozen_default=True)
def named_frozen_class(cls: type[F]) -> type[F]:
    """As `frozen_class`, where every field is given by its name."""
    return fill(dataclass(init=False, repr=False, eq=False, kw_only=True, slots=True)(cls))


def fill(cls: type[F]) -> type[F]:
    made: Any = cls
    made.FILLS = tuple((each.name, each.default, getattr(made, each.name).__set__) for each in fields(made))
    made.MAKERS = {each.name: each.default_factory for each in fields(made) if each.default_factory is not MISSING}
    return cast("type[F]", made)


class Frozen:
    """What classes of values inherit: made by giving every field that has no usual value, then never changed."""

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]] = ()
    FILLS: ClassVar[tuple[tuple[str, Any, Callable[[Any, Any], None]], ...]] = ()
    """Of each field its name, its usual value, and what puts a value into its slot."""
    MAKERS: ClassVar[dict[str, Callable[[], Any]]] = {}
    """What makes the usual value anew for each, where it could be changed."""

    if not TYPE_CHECKING:  # pragma: no branch - a checker of types knows the fields that each class asks for

        def __init__(self, *placed: Any, **given: Any) -> None:
            if placed:
                given = name_placed(type(self), placed, given)
            left = len(given)
            for name, usual, put in self.FILLS:
                if name in given:
                    put(self, given[name])
                    left -= 1
                elif usual is not MISSING:
                    put(self, usual)
                elif name in self.MAKERS:
                    put(self, self.MAKERS[name]())
                else:
                    raise TypeError(f"{type(self).__name__} needs {name}")
            if left:
                unknown = ", ".join(sorted(set(given) - {name for name, _, _ in self.FILLS}))
                raise TypeError(f"{type(self).__name__} knows no {unknown}")

        def __setattr__(self, name: str, value: Any) -> None:
            raise FrozenInstanceError(f"{type(self).__name__} cannot be changed: {name}")

        def __delattr__(self, name: str) -> None:
            raise FrozenInstanceError(f"{type(self).__name__} cannot be changed: {name}")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return self is other or all(getattr(self, name) == getattr(other, name) for name, _, _ in self.FILLS)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name, _, _ in self.FILLS)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name, _, _ in self.FILLS)})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Copied and sent to other processes by being made anew."""
        return make_value, (type(self), {name: getattr(self, name) for name, _, _ in self.FILLS})


def make_value(cls: type[Frozen], given: dict[str, Any]) -> Frozen:
    return cls(**given)


def name_placed(cls: type[Frozen], placed: tuple[Any, ...], given: dict[str, Any]) -> dict[str, Any]:
    """The values given by their places together with those given by name."""
    names = cls.__match_args__[: len(placed)]
    if len(names) < len(placed):
        raise TypeError(f"{cls.__name__} has {len(names)} fields with a place, and {len(placed)} were given")
    if twice := [name for name in names if name in given]:
        raise TypeError(f"{cls.__name__} is given {', '.join(twice)} twice")
    return dict(zip(names, placed, strict=True)) | given
