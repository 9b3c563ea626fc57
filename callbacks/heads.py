"""What the head of a page says of it to programs: its sentence, its address, its picture, its feeds, its datasets."""

from __future__ import annotations

import json
import logging
from urllib.parse import quote

from markupsafe import Markup
from werkzeug.exceptions import NotFound

from callbacks import whole_pages
from callbacks.addressed import Addressed, read
from callbacks.book import Book
from dashboard.carried import Carried
from dashboard.cite import NAME
from dashboard.datasets import catalogue
from data_access.holdings import held_editions
from layouts.card import HEIGHT, WIDTH
from layouts.pages import DATA, heading
from layouts.snippet import discovery

LOG = logging.getLogger(__name__)
ALTERNATE = Markup('<link rel="alternate" type="application/atom+xml" title="%s" href="%s">')


def tags(book: Book, path: str, search: str) -> str:
    """Tags for the head of a page; none where no page lives. A fault is for the log: the page stands without them."""
    try:
        one = read(book, f"{path}?{search}" if search else path)
        framed = discovery(one.page, one.kept, book.public)
        said = _about(one, whole_pages.words(one), book.public)
        return "\n".join([*said, *([framed] if framed else []), *_feeds(one), *_data(book, one)])
    except NotFound:
        return ""
    except Exception:
        LOG.exception("tags in the head of %s", path)
        return ""


def _about(one: Addressed, made: Carried, public: str) -> list[Markup]:
    title = made.title if not one.goal else heading(one.page, one.goal)
    picture = f"{public}/card.png?to={quote(one.pinned, safe='/')}"
    said = {
        "og:type": "website",
        "og:site_name": NAME,
        "og:locale": "en_GB",
        "og:title": title,
        "og:description": made.sentence,
        "og:url": f"{public}{one.kept}",
        "og:image": picture,
        "og:image:type": "image/png",
        "og:image:width": f"{WIDTH}",
        "og:image:height": f"{HEIGHT}",
        "og:image:alt": made.sentence or title,
    }
    also = {
        "description": made.sentence,
        "twitter:card": "summary_large_image",
        "twitter:image": picture,
    }
    written = [Markup('<meta property="%s" content="%s">') % pair for pair in said.items()]
    written += [Markup('<meta name="%s" content="%s">') % pair for pair in also.items() if pair[1]]
    return [*written, Markup('<link rel="canonical" href="%s">') % f"{public}{one.newest}"]


def _feeds(one: Addressed) -> list[Markup]:
    """Feeds that a reader of this page may want to follow."""
    chosen = one.selection.write() if one.page.drawn else ""
    changes = f"/feed/changes.atom?{chosen}" if chosen else "/feed/changes.atom"
    kinds = {"New findings": "/feed/findings.atom", "Changes": "/feed/changes.atom"}
    kinds["Reports, replies and comments"] = "/feed/contributions.atom"
    if chosen:
        kinds["Changes of what this page shows"] = changes
    return [ALTERNATE % (f"{words} · {NAME}", href) for words, href in kinds.items()]


def _data(book: Book, one: Addressed) -> list[str]:
    """Of the page of data, its editions as datasets: JSON that is read and never run."""
    if one.page is not DATA:
        return []
    told = catalogue(held_editions(book.library.home, one.cube.edition), one.cube.codes.sources, book.public)
    written = json.dumps(told, ensure_ascii=False)
    for sign in "&<>":  # nothing in it ends the element
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return [f'<script type="application/ld+json">{written}</script>']
