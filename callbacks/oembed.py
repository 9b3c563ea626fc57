"""What other sites and search engines find: frames by the address of a page (oEmbed), the list of pages, the rules."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, request
from markupsafe import escape
from werkzeug.exceptions import NotFound

from callbacks.addressed import whole
from callbacks.bodies import Refused
from callbacks.book import Book, Opened
from callbacks.survey_results import asked_for, panel
from dashboard import look
from dashboard.catalogue import PANELS
from dashboard.exports import in_words
from dashboard.look import Framed, Look
from dashboard.pins import Pins
from data_access.places import SLOW, Places
from layouts import snippet
from layouts.commitment_figures import FIGURES, figures
from layouts.pages import FULL_TITLES, RECKONED, ROWS_PATH, goal_path
from layouts.snippet import Snippet

PLACES = Places(3, 5, SLOW)
FIXED = ("/", *map(goal_path, FULL_TITLES), "/commitments", *RECKONED, "/rows", "/methods", "/data")
FAR = 10_000  # pixels
ROBOTS = """User-agent: *
Disallow: /export/
Disallow: /oembed
Disallow: /cite/
Disallow: /s?
Disallow: /my
Disallow: /moderate
Disallow: /admin
Disallow: /sign-in
Disallow: /_
Sitemap: {public}/sitemap.xml
"""


def register(server: Flask, book: Book) -> None:
    """Add the routes."""

    @server.get("/oembed")
    def oembed() -> Response:
        if request.args.get("format", "json") != "json":
            raise Refused(501, "Frames are told of as JSON only: format=json.")
        wide, high = (_most(key) for key in ("maxwidth", "maxheight"))
        with PLACES.taken():
            told = found(book, request.args.get("url", ""), wide, high)
        return jsonify(told.told(book.public))

    @server.get("/sitemap.xml")
    def sitemap() -> Response:
        pages = "".join(f"<url><loc>{escape(book.public + path)}</loc></url>" for path in paths(book))
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAPS}">{pages}</urlset>\n'
        return Response(text, mimetype="application/xml")

    @server.get("/robots.txt")
    def robots() -> Response:
        return Response(ROBOTS.format(public=book.public), mimetype="text/plain")


SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def paths(book: Book) -> Iterator[str]:
    """Every page, and every panel and commitment as a frame."""
    ids = sorted(book.at(book.library.cube(), Pins()).held.pledges)
    yield from FIXED
    yield from (f"/commitment/{id_}" for id_ in ids)
    yield from (f"/embed/{name}" for name in PANELS)
    yield from (f"/embed/commitment/{id_}" for id_ in ids)


def _most(key: str) -> int:
    """A limit in pixels that the asker sets, or a great one."""
    text = request.args.get(key, "")
    if not text:
        return FAR
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text) > 0):
        raise Refused(400, f"{key} is not a whole number of pixels.")
    return int(text)


def found(book: Book, url: str, wide: int = FAR, high: int = FAR) -> Snippet:
    """The frame of an address of ours. Raises NotFound where it has none, Refused where a part cannot be followed."""
    path, asked = _ours(book, url)
    frame, terms = path.removeprefix("/embed/"), look.read(asked)
    framed = frame != path
    if framed and frame.startswith("survey/"):
        return _of_survey(book, frame, terms, wide, high)
    if framed:
        if terms.refused or terms.pick[0]:
            raise Refused(400, terms.refused or "A click is no address to share.")
        if frame not in PANELS and not frame.startswith("commitment/"):
            raise NotFound("There is no frame at this address.")
        asked = terms.query
        path = f"/{_record(frame)}" if frame not in PANELS else ROWS_PATH if frame == "rows" else "/"
    one = whole(book, f"{path}?{asked}" if asked else path)
    name = frame if framed else snippet.panel_of(one.page) or path.removeprefix("/")
    if name not in PANELS and one.page.name != "commitment":
        raise NotFound("This page has no frame.")
    if one.opened:
        title, query = _titled(one.opened, name), one.kept.partition("?")[2]
    else:
        selection = one.selection.change(edition=one.cube.edition if one.names else "")
        title, query = f"{snippet.about(name)}. {in_words(selection, one.cube.codes)}", selection.write()
    return _sized(book, name, title, query, terms.look if framed else Look(), wide, high)


def _of_survey(book: Book, frame: str, terms: Framed, wide: int, high: int) -> Snippet:
    """The frame of a question of published results. Raises NotFound; Refused, Wrong where a part cannot be followed."""
    _, survey, question, *more = [*frame.split("/"), "", ""]
    if any(more) or terms.refused or terms.pick[0]:
        raise Refused(400, terms.refused or "There is no frame at this address.")
    told = asked_for(book.registry, survey, terms.query)[1]
    title = f"{panel(told, question).title}. {told.survey.said(told.survey.title, 'en')}"
    return _sized(book, frame, title, terms.query, terms.look, wide, high)


def _record(frame: str) -> str:
    """`commitment/muskoka-2010` of it and of the frame of one of its figures."""
    return "/".join(frame.split("/")[:2])


def _titled(opened: Opened, name: str) -> str:
    """What the frame of a commitment, or of one of its figures, shows. Raises NotFound where it has no such figure."""
    id_, _, figure = name.partition("/")[2].partition("/")
    title = opened.held.pledges[id_].title
    if figure and figure not in figures(opened.told(id_)):
        raise NotFound("This commitment has no figure of that name.")
    return f"{title.rstrip('.')}, {FIGURES[figure]}" if figure else title


def _sized(book: Book, name: str, title: str, query: str, seen: Look, wide: int, high: int) -> Snippet:
    """Where there is less room than the frame takes, its figure is fitted to it."""
    tall = seen.height or snippet.height(name)
    if high < tall:
        tall = max(high, look.LEAST)
        seen = Look(seen.theme, tall, seen.click)
    terms = "&".join(filter(None, (query, seen.write())))
    address = f"{book.public}/embed/{name}" + (f"?{terms}" if terms else "")
    return Snippet(address, title, min(wide, snippet.WIDTH), tall, f"{book.public}/embed/resize.js")


def _ours(book: Book, url: str) -> tuple[str, str]:
    """Path and query of an address here. Raises NotFound for those of others."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise NotFound("This is no address.") from None
    if parts.scheme not in ("http", "https") or parts.netloc not in (urlsplit(book.public).netloc, request.host):
        raise NotFound("Frames are told of for addresses of these pages only.")
    return parts.path or "/", parts.query
