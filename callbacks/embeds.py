"""Frames for other people's pages: `/embed/<panel>` and `/embed/commitment/<id>`, and the scripts that go with them.

A frame is one plain page: no callback, no cookie, no storage, nothing of another host. It may be kept for as long as it
is asked again whether it still holds, and for ever where its address names the edition.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path

import plotly
from dash import Dash
from flask import Blueprint, Response, request
from werkzeug.exceptions import NotFound

from callbacks import oembed
from callbacks.bodies import Refused
from callbacks.book import Book
from callbacks.drawings import asked
from callbacks.faults import explain
from callbacks.files import query
from callbacks.headers import KEPT_FOR_EVER
from callbacks.promised import Promises
from callbacks.remembered import digest
from callbacks.taken import pinned, taken
from callbacks.things import page_of, thing
from dashboard import carried, look
from dashboard.carried import Carried
from dashboard.catalogue import PANELS
from dashboard.cite import NAME
from dashboard.figures.empties import unanswerable
from dashboard.heard import heard
from dashboard.look import Framed
from dashboard.parts import Rungs
from dashboard.questions import Busy, Unanswerable
from dashboard.refusals import outright
from dashboard.selection import Refusal, Selection, shortened
from dashboard.things import filters
from data_access.cube import Cube
from data_access.places import Places
from layouts import commitment_frame, frame
from layouts.commitment_figures import figures
from layouts.frame import Head
from layouts.pages import ROWS_PATH

ROOT = Path(__file__).parent.parent
OURS = ROOT / "layouts" / "framed"  # not in `assets`: our own pages do without them
# kept for ever, as Dash writes such addresses
PLOTLY = "/_dash-component-suites/plotly/package_data/plotly.v{version}m{made}.min.js"
ASKED_AGAIN = "public, max-age=0, must-revalidate"
FRAMES = Places(6, 5, wait=0.2)  # of a page of frames most at once; hundreds at once leave threads for others
KINDS = {".js": "text/javascript", ".css": "text/css"}


class Gone(NotFound):
    """The edition that a frame was made from is not kept."""


def register(app: Dash, book: Book, promises: Promises) -> None:
    """Add the routes."""
    drawer, frames = Drawer(book, promises), Blueprint("embed", __name__, url_prefix="/embed")
    for file in sorted(OURS.iterdir()):
        frames.add_url_rule(f"/{file.name}", file.name.replace(".", "-"), _sender(file))

    @frames.get("/<panel>")
    def of_panel(panel: str) -> Response:
        return drawer.panel(panel)

    @frames.get("/commitment/<id_>", defaults={"name": ""})
    @frames.get("/commitment/<id_>/<any(cause,years):name>")
    def of_commitment(id_: str, name: str) -> Response:
        return drawer.commitment(id_, name)

    @frames.errorhandler(Exception)
    def fault(why: Exception) -> Response:
        return drawer.fault(why)

    app.server.register_blueprint(frames)
    oembed.register(app.server, book)


class Drawer:
    """Draws frames of one book; what was drawn lately is on the shelf that the workers share."""

    def __init__(self, book: Book, promises: Promises | None = None) -> None:
        self.book, self._promises, self._made_by = book, promises, digest()
        self._plotly = PLOTLY.format(version=plotly.__version__.replace(".", "_"), made=self._made_by)

    def head(self, own: str, *styles: str) -> Head:
        every = [stamped(f"/assets/{name}.css") for name in ("app", *styles)]
        scripts = (stamped("/assets/filled.js"), stamped("/embed/frame.js"))
        return Head((*every, stamped("/embed/frame.css")), scripts, self._plotly, self.book.public, own)

    def panel(self, name: str) -> Response:
        if name not in PANELS:
            raise NotFound(f"There is no panel of that name; there are {', '.join(PANELS)}.")
        said, cube, selection = self._read(name)
        if said.pick[0]:
            then = heard(selection, cube.codes, said.pick[0], said.pick[1], said.add)
            return Response(status=302, headers={"Location": _own(name, then.write(), said.look.write())})
        styles = ("promised", "rows") if name == "gap" else ("rows",)
        head = self.head(_own(name, selection.write(), ""), *styles)
        apart, state = self._promises.above(cube, name, selection) if self._promises else (None, "")

        def make() -> str:
            one = _shown(cube, name, selection, apart, state)
            return frame.panel(one, PANELS[name], said.look, head, bool(selection.edition))

        key = (cube.edition, state, name, selection.write(), said.look.write(), *bytes_of(head))
        return self.kept(key, make, bool(selection.edition) and apart is None)

    def commitment(self, id_: str, name: str) -> Response:
        """name: of one of its figures, or empty."""
        said, cube = self._looked()
        pins, _, refused = self.book.asked(cube, said.query)
        _check(refused)
        opened = self.book.at(cube, pins)
        if id_ not in opened.held.pledges:
            raise NotFound("The register holds no commitment of that name.")
        pinned_ = bool(pins.edition and pins.registry)
        own = f"commitment/{id_}/{name}".rstrip("/")
        if name and name not in figures(opened.told(id_)):
            raise NotFound("This commitment has no figure of that name.")
        head = self.head(_own(own, pins.write(), ""), "commitments")
        shown = partial(commitment_frame.figure, name=name) if name else commitment_frame.page

        def make() -> str:
            return shown(opened.told(id_), said.look, head, pins.write(), pinned_)

        key = (cube.edition, opened.held.state, own, pins.write(), said.look.write(), *bytes_of(head))
        return self.kept(key, make, pinned_)

    def _looked(self) -> tuple[Framed, Cube]:
        """The look and the cube of the address. Raises Refused, Gone."""
        said = look.read(query())
        if said.refused:
            raise Refused(400, said.refused)
        cube, edition = taken(self.book.library, said.query), pinned(said.query)
        if edition not in ("", cube.edition):
            raise Gone(f"This frame shows edition {shortened(edition)}, which is not kept here any more.")
        return said, cube

    def _read(self, name: str) -> tuple[Framed, Cube, Selection]:
        """The look, the cube and the selection of the address. Raises Refused, Gone."""
        said, cube = self._looked()
        selection, refused = asked(cube, said.query, ROWS_PATH if name == "rows" else "/")
        _check(refused)
        return said, cube, selection

    def fault(self, why: Exception) -> Response:
        """A sentence in the place of the frame."""
        status, sentence = explain(why)
        gone, again = isinstance(why, Gone), status >= 500
        ways = [("Show the newest edition here", without("edition"), True)] if gone else []
        ways += [("Show it in English", without("lang"), True)] if sentence.startswith("lang=") else []
        ways += [("Try again", request.full_path.rstrip("?"), True)] if again else []
        heading = "This edition is not kept" if gone else "This cannot be shown"
        page = frame.told(heading, sentence, [*ways, (NAME, "/", False)], self.head(request.path))
        answer = Response(page, status=status, mimetype="text/html")
        if status == 503:
            busy = isinstance(why, Busy)
            answer.headers["Retry-After"] = later = str(why.retry_after if busy else 30)
            if busy:  # nobody may be there to press a button; what took too long would do so again, and for ever
                answer.headers["Refresh"] = later
        return answer

    def kept(self, key: tuple[str, ...], make: Callable[[], str], for_ever: bool) -> Response:
        """A page made now or lately, or the word that the browser's own still holds."""
        name = " ".join(("frame", self._made_by, *key))
        tag = blake2b(name.encode(), digest_size=12).hexdigest()
        known = {one.partition(":")[0] for one in request.if_none_match.as_set()}  # packed, it has a word behind it
        shelf = self.book.library.shelf
        held = None if tag in known else shelf.get(name)
        if tag not in known and held is None:
            with FRAMES.taken():
                held = make().encode()
            shelf.put(name, held)
        answer = Response(held or b"", status=304 if tag in known else 200, mimetype="text/html")
        answer.set_etag(tag)
        answer.headers["Cache-Control"] = KEPT_FOR_EVER if for_ever else ASKED_AGAIN
        return answer


def _shown(cube: Cube, name: str, selection: Selection, apart: Rungs | None, state: str) -> Carried:
    """The panel, or its heading with the sentence why the sources cannot tell what it shows."""
    try:
        return thing(cube, name, selection, apart, state)
    except Unanswerable as why:
        empty, at = unanswerable(selection, why, name), page_of(name, selection.without("edition"))
        return carried.panel(name, empty, filters(name, selection, cube.codes), cube.edition, at)


def without(key: str) -> str:
    """This address without a term."""
    parts = [part for part in query().split("&") if not part.startswith(f"{key}=")]
    return f"{request.path}?{'&'.join(parts)}" if parts else request.path


def _check(refused: Sequence[Refusal]) -> None:
    """A frame of half an address would show something else. Raises Refused."""
    if refused:
        raise Refused(400, outright(refused[0]))


def bytes_of(head: Head) -> tuple[str, ...]:
    """What of a page's head its bytes depend on."""
    return (*head.styles, *head.scripts, head.public)


def _own(name: str, *terms: str) -> str:
    """The address of a frame. terms: parts of its query string, as written."""
    beyond = "&".join(filter(None, terms))
    return f"/embed/{name}?{beyond}" if beyond else f"/embed/{name}"


def stamped(path: str) -> str:
    """The address of a file of ours with a mark of what is in it."""
    return f"{path}?m={_mark(_file(path))}"


def _file(path: str) -> Path:
    folder = ROOT if path.startswith("/assets/") else OURS
    return folder / path.removeprefix("/").removeprefix("embed/")


def _mark(file: Path) -> str:
    return blake2b(file.read_bytes(), digest_size=5).hexdigest()


def _sender(file: Path) -> Callable[[], Response]:
    text, mark = file.read_bytes(), _mark(file)

    def send() -> Response:
        answer = Response(text, content_type=f"{KINDS[file.suffix]}; charset=utf-8")
        answer.set_etag(mark)
        stays = request.args.get("m") == mark
        answer.headers["Cache-Control"] = KEPT_FOR_EVER if stays else "public, max-age=3600"
        answer.make_conditional(request)
        return answer

    return send
