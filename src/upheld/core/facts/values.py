"""Classes of values that are there at once: frozen, with slots, by methods that all of them share."""

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, fields
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast, dataclass_transform

F = TypeVar("F", bound="Value")


@dataclass_transform(kw_only_default=True, frozen_default=True)
def value_class(cls: type[F]) -> type[F]:
    """
    A class of values, as a frozen dataclass with slots is, whose methods are those that it inherits.

    A dataclass has six of its own compiled for each class: for a hundred kinds of facts that took longer than all else
    that is done before core can answer.
    """
    made: Any = dataclass(init=False, repr=False, eq=False, kw_only=True, slots=True)(cls)
    made.FILLS = tuple((field.name, field.default, getattr(made, field.name).__set__) for field in fields(made))
    return cast("type[F]", made)


class Value:
    """What classes of values inherit: made by naming every field that has no usual value, then never changed."""

    __slots__ = ()
    FILLS: ClassVar[tuple[tuple[str, Any, Callable[[Any, Any], None]], ...]] = ()
    """Of each field its name, its usual value, and what puts a value into its slot."""

    if not TYPE_CHECKING:  # pragma: no branch - a checker of types knows the fields that each class asks for

        def __init__(self, **given: Any) -> None:
            left = len(given)
            for name, usual, put in self.FILLS:
                if name in given:
                    put(self, given[name])
                    left -= 1
                elif usual is MISSING:
                    raise TypeError(f"{type(self).__name__} needs {name}")
                else:
                    put(self, usual)
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


def make_value(cls: type[Value], given: dict[str, Any]) -> Value:
    return cls(**given)
