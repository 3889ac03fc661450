"""Attributes worked out when they are first asked for; ``functools.cached_property`` takes a lock for that (3.11)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - used as a decorator
    """A method without arguments as an attribute that keeps its first value."""

    def __init__(self, method: Callable[[Any], T]) -> None:
        self.method = method
        self.name = method.__name__
        self.__doc__ = method.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> lazy[T]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> lazy[T] | T:
        """The value, which from now on is found without asking here."""
        if instance is None:
            return self
        value = self.method(instance)
        try:
            setattr(instance, self.name, value)  # asking for its __dict__ would slow every attribute down (3.11)
        except AttributeError:
            instance.__dict__[self.name] = value  # what is frozen
        return value
