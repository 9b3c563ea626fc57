"""The gate in front of Dash: what is not a callback's own body does not reach it.

Dash takes every input by its position and believes ids, types and triggers, so a forged body ends in a traceback.
Here a body is read strictly and compared with the callback it names; what differs is refused with one sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from dash import Dash
from dash.fingerprint import check_fingerprint
from flask import Request, request
from werkzeug.http import parse_date

from callbacks.bodies import Refused, check_body
from callbacks.faults import answer
from dashboard.doors import LARGE, LONG, of_people

BODY_LIMIT = 256 * 1024  # bytes
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
FORM_LIMIT = 64 * 1024
LONG_LIMIT = 512 * 1024  # of forms with many texts, in letters of which each takes nine bytes
FILE_LIMIT = 10 * 1024 * 1024
PARTS = 200  # fields of one form
DEPTH_LIMIT = 12
NODE_LIMIT = 5000
TEXT_LIMIT = 8192  # characters of one string
QUERY_LIMIT = 4000  # characters behind the `?`
LARGEST = 10**15


def register(app: Dash) -> None:
    """Check every request before Dash does; call before the first request."""
    app.server.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT

    app.server.register_error_handler(Refused, answer)

    @app.server.before_request
    def _check() -> None:
        check(app, request)


def check(app: Dash, asked: Request) -> None:
    """Raises Refused where a request is none that our pages make."""
    if len(asked.query_string) > QUERY_LIMIT:
        raise Refused(414, f"The address is longer than {QUERY_LIMIT} characters.")
    _check_signs(asked)
    _check_dates(asked)
    prefix = app.config.requests_pathname_prefix
    path = asked.path.removeprefix(prefix)
    if path.startswith("_dash-component-suites/"):
        _check_script(app, path)
    elif path == "_dash-update-component":
        if asked.method != "POST":
            raise Refused(405, "Callbacks are answered to POST only.")
        _check_sender(asked)
        check_body(_read(asked), app.callback_map)
    elif asked.method == "POST" and of_people(asked.path):
        _check_form(asked, app.server.extensions["people"].address)
    elif asked.method not in ("GET", "HEAD", "OPTIONS"):
        raise Refused(405, "This address is for reading.")


def _check_script(app: Dash, path: str) -> None:
    package, _, file = path.removeprefix("_dash-component-suites/").partition("/")
    if check_fingerprint(file)[0] not in app.registered_paths.get(package, ()):
        raise Refused(404, "There is no such script.")


def _check_sender(asked: Request) -> None:
    """Only our own pages may ask: browsers say where a request comes from, and pages cannot forge it."""
    site, origin = asked.headers.get("Sec-Fetch-Site"), asked.headers.get("Origin")
    if site not in (None, "same-origin", "none"):
        raise Refused(403, "Callbacks are answered to our own pages only.")
    if site is None and origin and _host(origin) != asked.host:
        raise Refused(403, "Callbacks are answered to our own pages only.")


def _check_form(asked: Request, address: str) -> None:
    """A form comes from a page of ours: who else's page sends one cannot forge where it comes from. Programs that are
    no browsers say nothing; they hold no session of a person either."""
    site, origin = asked.headers.get("Sec-Fetch-Site"), asked.headers.get("Origin")
    if site not in (None, "same-origin", "none"):
        raise Refused(403, "Forms are taken from our own pages only.")
    if site is None and origin != address and (origin is not None or asked.cookies):
        raise Refused(403, "Forms are taken from our own pages only.")
    large = LARGE.fullmatch(asked.path) is not None
    if asked.mimetype not in FORMS or (asked.mimetype == FORMS[1] and not large):
        raise Refused(415, "This address takes forms.")
    if asked.content_length is None:
        raise Refused(411, "The form's length is missing.")
    form = LONG_LIMIT if LONG.fullmatch(asked.path) else FORM_LIMIT
    most = FILE_LIMIT if large and asked.mimetype == FORMS[1] else form
    if asked.content_length > most:
        raise Refused(413, f"The form is larger than {most // 1024:,} KB.")
    asked.max_content_length, asked.max_form_memory_size, asked.max_form_parts = most, form, PARTS


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # `http://[`
        return ""


def _check_signs(asked: Request) -> None:
    """An address is text: what is none ends in a fault of whoever reads it, a NUL in one of PostgreSQL."""
    if "\0" in asked.path:
        raise Refused(404, "There is nothing at this address.")
    try:
        text = asked.query_string.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(400, "What follows the ? of the address is no text.") from None
    if of_people(asked.path) and ("%00" in text or "\0" in text):
        raise Refused(400, "The address holds a sign that no text has.")


def _check_dates(asked: Request) -> None:
    """A date of a year that no calendar has ends in a fault of the library that reads it."""
    for name in ("If-Modified-Since", "If-Unmodified-Since", "If-Range"):
        try:
            parse_date(asked.headers.get(name))
        except (OverflowError, ValueError):
            raise Refused(400, f"{name} is no date.") from None


def _read(asked: Request) -> dict[str, Any]:
    if asked.mimetype != "application/json":
        raise Refused(415, "A callback's body is JSON.")
    if set(asked.args) - {"endId"}:  # the browser's mark of a visit; jobs and cache keys are not ours
        raise Refused(400, "Callbacks take nothing from the address.")
    if asked.content_length is None:
        raise Refused(411, "The body's length is missing.")
    if asked.content_length > BODY_LIMIT:
        raise Refused(413, f"The body is larger than {BODY_LIMIT // 1024} KB.")
    try:
        body = json.loads(asked.get_data().decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Refused(400, "The body is not strict JSON.") from None
    _check_size(body)
    if not isinstance(body, dict):
        raise Refused(400, "The body is not a JSON object.")
    return body


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _check_size(body: Any) -> None:
    nodes, level = 0, [body]
    for _ in range(DEPTH_LIMIT + 1):
        nodes += len(level)
        if nodes > NODE_LIMIT:
            raise Refused(400, f"The body holds more than {NODE_LIMIT} values.")
        for value in level:
            _check_leaf(value)
        level = [child for value in level for child in _children(value)]
        if not level:
            return
    raise Refused(400, f"The body is nested deeper than {DEPTH_LIMIT} levels.")


def _children(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        yield from value
        yield from value.values()
    elif isinstance(value, list):
        yield from value


def _check_leaf(value: Any) -> None:
    if isinstance(value, str) and (len(value) > TEXT_LIMIT or (not value.isascii() and _broken(value))):
        raise Refused(400, "The body holds a text that is too long or is none.")
    if isinstance(value, int | float) and not abs(value) <= LARGEST:  # nor is an infinity or what is not a number
        raise Refused(400, "The body holds a number out of range.")


def _broken(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)  # half of a pair: cannot be written again
