"""What a page of others takes in to show a frame: the frame with its words for those who listen, and the script that
gives it the height it needs."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import escape

from dashboard.catalogue import PANELS
from dashboard.cite import NAME
from layouts.pages import PAGES, Page

WIDTH, LEAST = 760, 160
WORDS, MAP, LISTED = 270, 440, 430  # pixels of words around a figure, of a map, of a list
OF_COMMITMENT, OF_FIGURE = 1080, WORDS + LISTED


@dataclass(frozen=True)
class Snippet:
    """address: of the frame, whole; title: what it shows, in words. width, height: pixels."""

    address: str
    title: str
    width: int
    height: int
    script: str

    @property
    def html(self) -> str:
        words = f'title="{escape(self.title)}" aria-label="{escape(self.title)}"'
        style = "border:0;width:1px;min-width:100%"
        return (
            f'<iframe src="{escape(self.address)}" {words} loading="lazy" width="{self.width}" height="{self.height}" '
            f'style="{style}"></iframe><script src="{escape(self.script)}" async></script>'
        )

    def told(self, public: str) -> dict[str, object]:
        """As oEmbed 1.0 writes it."""
        provider = {"provider_name": NAME, "provider_url": f"{public}/"}
        size = {"width": self.width, "height": self.height}
        kind = {"version": "1.0", "type": "rich", "cache_age": 86400}
        return kind | provider | {"title": self.title} | size | {"html": self.html}


def height(name: str) -> int:
    """What the frame of a panel or of a commitment takes, about: the script makes it exact."""
    if name not in PANELS:
        return OF_FIGURE if name.count("/") > 1 else OF_COMMITMENT
    slots = PANELS[name].slots
    return WORDS + (sum(tall or MAP for tall in slots.values()) if slots else LISTED)


def about(name: str) -> str:
    """What a panel is about, whatever it finds."""
    return next(place.about for page in PAGES for place in page.places if place.panel == name)


def panel_of(page: Page) -> str:
    """The panel that stands for a page; empty where none does."""
    return page.places[0].panel if page.places else ""


def discovery(page: Page | None, address: str, public: str) -> str:
    """The link in the head of a page that has a frame, by which other sites find it. address: path and query."""
    of_commitment = page is not None and page.name == "commitment"
    if page is None or not (panel_of(page) or of_commitment):
        return ""
    href = f"{public}/oembed?format=json&url={quote(public + address, safe='')}"
    return f'<link rel="alternate" type="application/json+oembed" href="{escape(href)}" title="{escape(page.title)}">'
