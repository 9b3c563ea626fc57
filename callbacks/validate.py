"""Typed reading of what a browser says. A callback's arguments come from outside: each goes through one of these.

What is not of the expected type or size raises Refused, which answers 400 with its sentence. What is of the type but
unknown (a code of another edition) is left to `dashboard.selection.read`, which says so to the reader.
"""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from callbacks.bodies import Refused
from dashboard.selection import CODES_LIMIT, DIMENSIONS, FIRST_YEAR, LAST_YEAR, TERMS, YEARS

KEYS = frozenset((*DIMENSIONS, *YEARS, *TERMS, "year", "years", "source", "series", "edition"))
Word = Annotated[str, Field(max_length=64)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]

T = TypeVar("T")
_WORDS = TypeAdapter(Annotated[list[Word], Field(max_length=CODES_LIMIT)])
_YEARS = TypeAdapter(Annotated[list[Year], Field(min_length=2, max_length=2)])


class Gesture(BaseModel):
    """The last click anywhere: what it means (`key`), the codes clicked, whether they are added to what is picked."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    key: Word
    codes: Annotated[list[Word], Field(max_length=CODES_LIMIT)]
    add: bool = False
    at: float = 0


def text(value: Any, limit: int = 2000) -> str:
    """A text of a bounded length; nothing is the empty text."""
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > limit:
        raise Refused(400, f"A text of at most {limit} characters is expected.")
    return value


def codes_list(value: Any) -> tuple[str, ...]:
    """The codes of a filter: a list of short texts, one alone, or nothing."""
    if value is None or value == "":
        return ()
    return tuple(_read(_WORDS, [value] if isinstance(value, str) else value, "A list of codes is expected."))


def years(value: Any) -> tuple[int, int] | None:
    """First and last year of a range, in order, or nothing."""
    if value is None:
        return None
    first, last = _read(_YEARS, value, f"Two years from {FIRST_YEAR} to {LAST_YEAR} are expected.")
    return min(first, last), max(first, last)


def gesture(value: Any) -> Gesture | None:
    """A click as the browser's script wrote it, or nothing. A key that nothing can be picked under is refused."""
    if value is None:
        return None
    read = _read(TypeAdapter(Gesture), value, "A click names a key and its codes.")
    if read.key not in KEYS:
        raise Refused(400, "A click names a dimension or a term.")
    return read


def _read(adapter: TypeAdapter[T], value: Any, sentence: str) -> T:
    try:
        return adapter.validate_python(value, strict=True)
    except ValidationError:
        raise Refused(400, sentence) from None
