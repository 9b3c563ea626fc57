"""How a frame looks on somebody else's page: the terms of its address that are no part of the selection."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote_plus, urlencode

from dashboard.selection import KEYS_LIMIT, LENGTH_LIMIT, shortened

THEMES = ("light", "print")
LEAST, MOST = 160, 4000  # pixels
TERMS = ("theme", "height", "lang", "click")
PICK, ADD = "pick", "add"  # what a click says: `pick=donor:GBR`, and `add=on` where others stay picked


@dataclass(frozen=True)
class Look:
    """theme: of THEMES. height: of the frame in pixels, to which the figure is fitted; 0: the frame takes the height
    that it needs. click: whether a click picks, inside the frame."""

    theme: str = "light"
    height: int = 0
    click: bool = False

    def write(self) -> str:
        """As terms of an address; what is usual is left out."""
        said = {"theme": self.theme if self.theme != "light" else "", "height": self.height or ""}
        return urlencode(
            [(key, value) for key, value in (said | {"click": "on" if self.click else ""}).items() if value]
        )


@dataclass(frozen=True)
class Framed:
    """The address of a frame, read. query: the selection, as written. pick: key and codes of a click, empty for none.
    refused: a sentence where a term cannot be followed; then the rest is of no use."""

    look: Look
    query: str
    pick: tuple[str, tuple[str, ...]] = ("", ())
    add: bool = False
    refused: str = ""


def read(query: str) -> Framed:
    """The look, the selection and the click of a query string (without `?`)."""
    if len(query) > LENGTH_LIMIT or query.count("&") >= KEYS_LIMIT:
        return _wrong("The address is too long to be followed.")
    said, kept = dict[str, str](), list[str]()
    for part in query.split("&"):
        key, _, value = (unquote_plus(one) for one in part.partition("="))
        if key not in (*TERMS, PICK, ADD):
            kept.append(part)
        elif key in said:
            return _wrong(f"{key} is given twice.")
        else:
            said[key] = value
    wrong = next((why for why in map(_why, said, said.values()) if why), "")
    if wrong:
        return _wrong(wrong)
    look = Look(said.get("theme", "light"), int(said.get("height", 0)), said.get("click") == "on")
    key, _, codes = said.get(PICK, "").partition(":")
    if key and not look.click:
        return _wrong("Nothing can be picked in this frame; click=on lets it.")
    picked = (key, tuple(code for code in codes.split(",") if code))
    return Framed(look, "&".join(filter(None, kept)), picked, said.get(ADD) == "on")


def _why(key: str, value: str) -> str:
    """A sentence saying why a term cannot be followed, or empty."""
    said = f"{key}={shortened(value)}"
    if key == "height":
        plain = value.isascii() and value.isdigit() and len(value) <= 4
        fits = plain and LEAST <= int(value) <= MOST
        return "" if fits else f"{said} is not a height; it can be a whole number from {LEAST} to {MOST}, in pixels."
    if key == PICK:
        return "" if value.partition(":")[0] else f"{said} is no pick; it is written pick=dimension:code."
    allowed = {"theme": THEMES, "lang": ("en",), "click": ("on", "off"), ADD: ("on", "off")}[key]
    if value in allowed:
        return ""
    spoken = " The product is in English only." if key == "lang" else ""
    return f"{said} is not known; it can be {' or '.join(allowed)}.{spoken}"


def _wrong(why: str) -> Framed:
    return Framed(Look(), "", refused=why)
