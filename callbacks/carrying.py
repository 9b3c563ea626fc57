"""A file of a panel or table as an answer, in any format: whole where it is small, else sent while it is written. Parts
of either can be asked for, so that what was broken off can be gone on with.

A file is known by what it is made of (edition, state of the register, address, format, the program itself): whoever
has it already is told so before anything is asked or written."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from flask import Flask, Response, jsonify, request

from callbacks.bodies import Refused
from callbacks.lengths import Lengths
from callbacks.things import tabled
from dashboard.carried import Carried
from dashboard.exports import describe
from dashboard.panels import Table
from data_access.formats import FORMATS, Format
from data_access.formats.streams import Stream, of_table

FORM = f"<any({','.join(FORMATS)}):form>"  # the end of a path
DESCRIPTION = "csv-metadata.json"  # the end of the path of what describes a CSV (CSV on the Web)
ROOT = Path(__file__).parent.parent
PROGRAM = ("dashboard", "data_access", "callbacks")  # folders of what files are written by
BESIDE = 'rel="describedby"; type="application/csvm+json"'
PLAIN, GZIP = ("csv", "json"), zlib.MAX_WBITS + 16  # formats that can be packed; the format as zlib names it
LENGTHS = Lengths()
Pieces = Callable[[Iterator[bytes]], Iterator[bytes]]
View = TypeVar("View", bound=Callable[..., Response])


def offered(server: Flask, path: str, **given: str) -> Callable[[View], View]:
    """Add the routes of a table: in each format, and what describes it as CSV. given: to the view, beside the form."""

    def add(view: View) -> View:
        server.add_url_rule(f"{path}.{FORM}", None, view, defaults=given)
        server.add_url_rule(f"{path}.{DESCRIPTION}", None, view, defaults=given | {"form": DESCRIPTION})
        return view

    return add


@lru_cache(maxsize=1)
def program() -> str:
    """A mark of the program, so that another version of it is asked again."""
    files = sorted(file for name in PROGRAM for file in (ROOT / name).rglob("*.py"))
    said = "".join(f"{file.relative_to(ROOT)} {file.stat().st_mtime_ns}\n" for file in files)
    return blake2b(said.encode(), digest_size=6).hexdigest()


def mark(*parts: str) -> str:
    """Of what is asked for now, under an edition, a state or what else decides what it holds."""
    asked = (program(), request.path, request.query_string.decode("utf-8", "replace"), *parts)
    return blake2b("\n".join(asked).encode(), digest_size=12).hexdigest()


def kept(of: str) -> Response | None:
    """The answer to who has it already; None for all others. A mark that was packed is the mark of what is in it."""
    held = {tag.partition(":")[0] for tag in request.if_none_match.as_set()}
    if of not in held and "*" not in held:
        return None
    answer = Response(status=304)
    answer.set_etag(of)
    return answer


def whole(of: str, one: Carried, form: str, stem: str, public: str, terms: str | None = None) -> Response:
    """A file of a table: all of it at once, so that parts of it can be asked for too; or what describes it as CSV. of:
    its mark. terms: as of `beside`."""
    if form == DESCRIPTION:
        return described(of, one, tabled(one), public, terms)
    stream = of_table(one, tabled(one), public)
    return beside(_named(_whole(of, FORMATS[form], stream), form, stem), terms)


def described(of: str, one: Carried, table: Table, public: str, terms: str | None = None) -> Response:
    """What stands beside a CSV, whose address it names."""
    path = request.path.removesuffix(DESCRIPTION) + "csv"
    answer = jsonify(describe(one, table, public, public + _with(path, terms)))
    answer.set_etag(of)
    return answer


def sent(of: str, made: Callable[[], Stream], form: str, stem: str, pieces: Pieces) -> Response:
    """A file that is sent while it is written. Its length is known once it has been written to its end: whoever asks
    for a part of it before has it written for that alone. made: a stream anew each time; pieces: how it is written."""
    stream = made()
    refuse(form, stream.count)
    packing = form in PLAIN and request.accept_encodings["gzip"] > 0
    name = f"{of}:gzip" if packing else of

    def written(stream: Stream) -> Iterator[bytes]:
        plain = FORMATS[form].write(stream)
        return LENGTHS.measured(name, pieces(packed(plain) if packing else plain))

    answer = Response(written(stream), mimetype=FORMATS[form].mimetype)
    answer.set_etag(name)
    if packing:
        answer.content_encoding = "gzip"
    answer.vary.add("Accept-Encoding")
    answer.headers |= {"X-Rows": str(stream.count), "Accept-Ranges": "bytes"}
    if _of_one_part():
        length = LENGTHS.of(name) or sum(map(len, written(made())))
        answer.make_conditional(request.environ, accept_ranges=True, complete_length=length)
    elif length := LENGTHS.of(name):
        answer.content_length = length  # a browser shows how far it is
    return _named(answer, form, stem)


def packed(written: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces, each packed as it comes: less small than answers are elsewhere, in a third of the time."""
    packer = zlib.compressobj(1, zlib.DEFLATED, GZIP)
    for piece in written:
        yield packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()


def refuse(form: str, count: int) -> None:
    """Raises Refused, with the other formats, where none is made of so many rows in this one."""
    why = FORMATS[form].refuses(count)
    if why:
        raise Refused(400, f"No file was made. {why}")


def _whole(of: str, form: Format, stream: Stream) -> Response:
    refuse(form.name, stream.count)
    content = b"".join(form.write(stream))
    answer = Response(content, mimetype=form.mimetype)
    answer.set_etag(of)
    answer.headers["X-Rows"] = str(stream.count)
    if not _of_one_part():
        answer.headers["Accept-Ranges"] = "bytes"
        return answer.make_conditional(request.environ)
    answer.headers["Content-Encoding"] = "identity"  # a part of a file is not packed
    return answer.make_conditional(request.environ, accept_ranges=True, complete_length=len(content))


def _of_one_part() -> bool:
    """Whether one part of the file is asked for. Of several, in other units or of what cannot be read the whole file is
    sent, as HTTP has it."""
    asked = request.range
    return asked is not None and asked.units == "bytes" and len(asked.ranges) == 1


def _named(answer: Response, form: str, stem: str) -> Response:
    answer.headers["Content-Disposition"] = f'attachment; filename="{stem}.{form}"'
    return answer


def beside(answer: Response, terms: str | None = None) -> Response:
    """With the address of what describes a CSV. terms: the query string in its one written form, None: as asked."""
    if request.path.endswith(".csv"):
        described_at = request.path.removesuffix("csv") + DESCRIPTION
        answer.headers["Link"] = f"<{_with(described_at, terms)}>; {BESIDE}"
    return answer


def _with(path: str, terms: str | None) -> str:
    asked = request.query_string.decode("utf-8", "replace") if terms is None else terms
    return quote(f"{path}?{asked}".rstrip("?"), safe="/?&=%,:;+*!'()@$-._~")
