"""What an address of the register pins: the edition of the figures and the state of the records."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from dashboard.selection import KEYS_LIMIT, LENGTH_LIMIT, Refusal, beside, shortened


@dataclass(frozen=True)
class Pins:
    """edition: of the figures; registry: a state of the records. Empty: the current ones."""

    edition: str = ""
    registry: str = ""

    def write(self) -> str:
        """What links to other pages of the register carry."""
        return urlencode([(key, value) for key, value in vars(self).items() if value])


def read(
    query: str, editions: Collection[str], states: Collection[str], others: Collection[str] = ()
) -> tuple[Pins, dict[str, str], tuple[Refusal, ...]]:
    """The pins of a query string, its other terms as written, and what of it could not be followed.

    others: terms that the page knows beside the pins; any other is refused by name."""
    text, found, refused = query.removeprefix("?"), dict[str, str](), list[Refusal]()
    if len(text) > LENGTH_LIMIT or text.count("&") >= KEYS_LIMIT:
        return Pins(), {}, (Refusal("link", text[:20] + "…", "The link is too long to be followed."),)
    for key, value in parse_qsl(text, keep_blank_values=True):
        if beside(key, value):
            continue
        said = f"{shortened(key)}={shortened(value)}"
        why = ""
        if key in found:
            why = f"{shortened(key)} is given twice; the first is used."
        elif key == "edition" and value not in editions:
            why = f"{said} is not an edition that is kept here; the current one is shown."
        elif key == "registry" and value not in states:
            why = f"{said} is not a state that the register had; the current one is shown."
        elif key not in ("edition", "registry", *others):
            why = f"{said} is not a term of this page and was ignored."
        if why:
            refused.append(Refusal(key, value, why))
        else:
            found[key] = value
    pins = Pins(found.pop("edition", ""), found.pop("registry", ""))
    return pins, found, tuple(refused)
