"""Terms of a page's address that are words from lists, comma-joined: read, refused by name, and written in one form.

Equal requests are written alike: keys in the order of the page, values sorted unless their order means something.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote_plus

from dashboard.selection import Refusal, shortened

Known = Collection[str] | Callable[[str], bool]
MOST = 40  # values of one term
SAID = 12  # values that a refusal lists


@dataclass(frozen=True)
class Terms:
    """What an address asks of a page. order: all its keys. pins: edition and state as written, or empty."""

    order: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pins: str = ""

    def all(self, key: str) -> tuple[str, ...]:
        return self.values.get(key, ())

    def one(self, key: str, otherwise: str = "") -> str:
        """The first value of a term, or what is shown where none is given."""
        return next(iter(self.all(key)), otherwise)

    def change(self, **given: tuple[str, ...] | str) -> Terms:
        """The same with other values; an empty one lets a term go."""
        new = {key: (value,) if isinstance(value, str) else value for key, value in given.items()}
        held = {**self.values, **new}
        return replace(self, values={key: held[key] for key in self.order if any(held.get(key, ()))})

    def toggle(self, key: str, value: str) -> Terms:
        """With a value more, or without it where it is there."""
        held = self.all(key)
        return self.change(**{key: tuple(one for one in held if one != value) if value in held else (*held, value)})

    def write(self) -> str:
        """The query string, without `?`."""
        own = [f"{key}={','.join(quote_plus(one) for one in self.values[key])}" for key in self.order if self.all(key)]
        return "&".join([*own, *([self.pins] if self.pins else [])])


def read(
    raw: Mapping[str, str], known: Mapping[str, Known], several: Collection[str] = (), pins: str = ""
) -> tuple[Terms, tuple[Refusal, ...]]:
    """Terms of an address, and what of them could not be followed, each with a sentence.

    known: by key, what its values can be, or a test of them. several: keys that take more than one value."""
    found, refused = dict[str, tuple[str, ...]](), list[Refusal]()
    for key, allowed in known.items():
        values = tuple(dict.fromkeys(raw.get(key, "").split(","))) if key in several else (raw.get(key, ""),)
        kept = list[str]()
        for value in filter(None, values):
            why = _why_not(key, value, allowed, len(kept))
            if why:
                refused.append(Refusal(key, value, why))
            else:
                kept.append(value)
        if kept:
            found[key] = tuple(kept)
    return Terms(tuple(known), found, pins), tuple(refused)


def _why_not(key: str, value: str, allowed: Known, held: int) -> str:
    said = f"{shortened(key)}={shortened(value)}"
    if held >= MOST:
        return f"{said} was ignored: this page takes {MOST} values of {key} at most."
    if callable(allowed):
        return "" if allowed(value) else f"{said} cannot be read here and was ignored."
    if value in allowed:
        return ""
    told = sorted(allowed) if isinstance(allowed, frozenset) else allowed
    few = f"; it can be {', '.join(told)}" if len(allowed) <= SAID else ""
    return f"{said} is not known to this page and was ignored{few}."
