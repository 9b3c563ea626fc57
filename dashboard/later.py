"""What is made when somebody first looks at it: parts of an answer that most who ask never open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class Later(Sequence[T]):
    """A tuple that is made once, of what `make` gives. Safe for threads: two may make it at once, and get the same."""

    def __init__(self, make: Callable[[], Iterable[T]]) -> None:
        self._make: Callable[[], Iterable[T]] | None = make
        self._held: tuple[T, ...] = ()

    def whole(self) -> tuple[T, ...]:
        make = self._make
        if make is not None:
            self._held = tuple(make())
            self._make = None  # with what it was to be made of
        return self._held

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[T, ...]: ...
    def __getitem__(self, at: int | slice) -> T | tuple[T, ...]:
        return self.whole()[at]

    def __len__(self) -> int:
        return len(self.whole())

    def __iter__(self) -> Iterator[T]:
        return iter(self.whole())

    def __eq__(self, other: object) -> bool:
        return self.whole() == (other.whole() if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self.whole())

    def __repr__(self) -> str:
        return repr(self.whole())
