"""The interface for programs: `/api/v1/...`, read-only JSON and CSV, its document, and the page that shows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from urllib.parse import parse_qsl

import orjson
from flask import Flask, Response, request
from werkzeug.exceptions import NotAcceptable

from callbacks import api_codes, api_flows, api_register, api_surveys
from callbacks.api_asked import Asked, Found, asked
from callbacks.book import Book
from callbacks.files import query
from callbacks.problems import for_programs
from callbacks.taken import taken
from dashboard.api.document import document
from dashboard.api.operations import API, OPERATIONS, Operation
from dashboard.api.parameters import FORMATS, LIMITS, Unanswered
from dashboard.api.shapes import about, answer
from dashboard.exports import to_csv
from dashboard.questions import Unanswerable
from data_access.library import asked_by
from data_access.places import SLOW, Places
from data_access.surveying import published
from layouts import api as page

PLACES = Places(LIMITS["questions"][0], 5, SLOW, "As many questions of programs are being answered as can be at once.")
ANSWERS: dict[str, Callable[[Asked], Found]] = {
    "totals": api_flows.totals,
    "flows": api_flows.flows,
    "pledges": api_register.pledges,
    "pledge": api_register.commitment,
    "gaps": api_register.gaps,
    "findings": api_register.findings,
    "needs": api_register.needs,
    "indicators": api_flows.indicators,
    "values": api_flows.values,
    "editions": api_codes.editions,
    "sources": api_codes.sources,
    "members": api_codes.members,
    "memberships": api_codes.memberships,
    "methods": api_codes.methods,
    "shares": api_codes.shares,
    "surveys": api_surveys.surveys,
    "answers": api_surveys.answers,
    "counts": api_surveys.how_often,
}
# what changes while edition and state stay: marked by what is told
MOVING = ("findings", "editions", "surveys", "answers", "counts")
EXPOSED = "ETag, Link, Retry-After, X-Edition"
OPEN = {  # any page may read: there is nothing here that is not public
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Expose-Headers": EXPOSED,
    "Access-Control-Max-Age": "86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def register(server: Flask, book: Book) -> None:
    """Add the routes, and the headers that let any page read them."""
    for operation in OPERATIONS:
        _add(server, book, operation)

    @server.get(f"{API}/openapi.json")
    def openapi() -> Response:
        return _sent(_document(book.public), FORMATS["json"])

    @server.get("/api")
    def browse() -> Response:
        surveys = book.registry.read(published.every)
        return _sent(_page(taken(book.library, "").edition, surveys[0].id if surveys else ""), "text/html")

    @server.after_request
    def _open(response: Response) -> Response:
        if for_programs():
            for name, value in OPEN.items():
                response.headers[name] = value
            response.vary.add("Accept")
        return response


@cache
def _document(public: str) -> bytes:
    return orjson.dumps(document(public))


@lru_cache(maxsize=4)
def _page(edition: str, survey: str) -> bytes:
    return page.page(edition, survey).encode()


def _add(server: Flask, book: Book, operation: Operation) -> None:
    path = operation.path.replace("{", "<").replace("}", ">")

    def view(**where: str) -> Response:
        return _answered(operation, book, next(iter(where.values()), ""))

    server.add_url_rule(f"{API}{path}", f"api-{operation.name}", view, methods=["GET"])


def _answered(operation: Operation, book: Book, where: str) -> Response:
    one = asked(operation, book, query(), where)
    kind = _kind(operation, one.given.get("format", ""))
    mark = "" if operation.name in MOVING else _mark(kind, one)
    if mark and request.if_none_match.contains_weak(mark):
        return _marked(Response(status=304), mark)
    with PLACES.taken():
        found = _found(one)
        following = one.following(found.following, found.pins) if found.following else None
        body = _written(found, kind, following, book.public)
    response = _sent(body, FORMATS[kind], mark)
    links = [f'<{following}>; rel="next"'] if following else []
    response.headers["Link"] = ", ".join([*links, f'<{found.one.address}>; rel="alternate"; type="text/html"'])
    if kind == "csv":
        response.headers["Content-Disposition"] = f'attachment; filename="{operation.name}.csv"'
    return response


def _found(one: Asked) -> Found:
    """Raises Unanswered, with the parameters that no source can follow together."""
    try:
        return ANSWERS[one.operation.name](one)
    except Unanswerable as why:
        raise Unanswered(str(why), parse_qsl(one.query)) from why


def _kind(operation: Operation, named: str) -> str:
    """The format of the answer: the one named, else the one that the program likes best."""
    offered = {mimetype: name for name, mimetype in FORMATS.items() if name == "json" or not operation.one}
    best = request.accept_mimetypes.best_match(list(offered), default=None) if request.accept_mimetypes else "any"
    if not named and best is None:
        raise NotAcceptable(f"This address answers with {' or '.join(offered)}; Accept names neither.")
    return named or offered.get(best or "", "json")


def _written(found: Found, kind: str, following: str | None, public: str) -> bytes:
    on = datetime.now(UTC).date()
    if kind == "csv":
        return to_csv(found.table).encode()
    if found.record is not None:
        return orjson.dumps({"about": about(found.one, public, on), "record": found.record})
    return orjson.dumps(answer(found.one, found.table, following, public, on))


def _mark(kind: str, one: Asked) -> str:
    """Of an answer before it is made: the same question, edition, state and code have the same answer."""
    given = sorted((name, str(value)) for name, value in one.given.items() if name != "format")
    return _digest(repr((one.operation.name, one.where, given, kind, one.cube.edition, one.state, _made_by())).encode())


@cache
def _made_by() -> str:
    """A mark of the code that answers."""
    here = Path(__file__).parent
    own = [*here.glob("api*.py"), *(here.parent / "dashboard" / "api").glob("*.py")]
    return asked_by() + _digest(b"".join(path.read_bytes() for path in sorted(own)))


def _digest(held: bytes) -> str:
    return blake2b(held, digest_size=8).hexdigest()


def _sent(body: bytes, mimetype: str, mark: str = "") -> Response:
    response = _marked(Response(body, mimetype=mimetype), mark or _digest(body))
    response.make_conditional(request)
    return response


def _marked(response: Response, mark: str) -> Response:
    response.set_etag(mark, weak=True)  # packed or not, today or tomorrow: it says the same
    return response
