"""What runs in the limited child: one file of evidence, looked at for what it is and cleaned of what it carries along.

Pictures are drawn anew, so that nothing of where, when and with what they were taken is left. Of a PDF the pages are
kept: its properties, what its photographs tell of themselves, what it would run or open, and files within it are not.
See `data_access.ingest.limited`.
"""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import StreamObject

from data_access.contributions.jpegs import bare_stream

PIXELS = 40_000_000  # of a picture that is read at all
PIECE = 1 << 20  # bytes of one message
PDF, PNG, JPEG, CSV = "application/pdf", "image/png", "image/jpeg", "text/csv"
PICTURES = {"PNG": PNG, "JPEG": JPEG}
NO_KIND = "This is no PDF, PNG or JPEG file, and no text in UTF-8; please save it as one of these."
BROKEN = "This picture cannot be read; please save it again as PNG or JPEG."
SEALED = "This PDF asks for a password; please save it without one."
NO_PAGES = "This PDF cannot be read; please save it again."
RUNS = ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound")
TOLD = {  # parts of a PDF that tell of its makers and their work, run something, or carry other files
    "/Metadata", "/PieceInfo", "/LastModified", "/AA", "/OpenAction", "/JS", "/EF", "/AF", "/Thumb", "/T", "/M",
    "/CreationDate", "/NM",
}  # fmt: skip
UNREADABLE = (
    PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError,
    NotImplementedError,
)  # fmt: skip
TOO_LARGE = f"This picture has more than {PIXELS // 1_000_000} million points; please make it smaller."

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it complains of quotes the document


def main(arguments: Sequence[str], say: Callable[[Any], object]) -> None:
    """arguments: the file. Says its kind or what is wrong with it, then its content piece by piece."""
    kind, content, wrong = cleaned(Path(arguments[0]).read_bytes())
    say({"kind": kind, "wrong": wrong})
    for start in range(0, len(content), PIECE):
        say({"part": base64.b64encode(content[start : start + PIECE]).decode()})


def cleaned(content: bytes) -> tuple[str, bytes, str]:
    """Kind, content, and a sentence on what is wrong; one of the last two is empty."""
    if content.startswith(b"%PDF-"):
        return _pages(content)
    if content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return _picture(content)
    if _is_text(content):
        return CSV, content, ""
    return "", b"", NO_KIND


def _pages(content: bytes) -> tuple[str, bytes, str]:
    """A PDF of the same pages, and of nothing else that the document says of itself."""
    try:
        read = PdfReader(BytesIO(content))
        if read.is_encrypted:
            return "", b"", SEALED
        write = PdfWriter()
        for page in read.pages:
            write.add_page(page)
        write.metadata = None
        for held in (one.get_object() for one in write._objects if one is not None):
            _bare(held)
            if isinstance(held, StreamObject):
                bare_stream(held)
        made = _reached(write)
    except UNREADABLE:
        return "", b"", NO_PAGES
    return (PDF, made, "") if len(read.pages) else ("", b"", NO_PAGES)


def _reached(write: PdfWriter) -> bytes:
    """The file with what its pages lead to, and nothing else: what was taken out of a part lies in it still."""
    first, made, again = BytesIO(), BytesIO(), PdfWriter()
    write.write(first)
    for page in PdfReader(first).pages:
        again.add_page(page)
    again.metadata = None
    again.write(made)
    return made.getvalue()


def _bare(held: Any) -> None:
    """Takes out of a part of a PDF, and of all in it, what it tells, and what it would do but lead to an address."""
    parts = [held]
    while parts:
        part = parts.pop()
        if isinstance(part, dict):
            if part.get("/S") in RUNS:
                part.clear()
            does = part.get("/A")
            if does is not None and does.get_object().get("/S") != "/URI":
                del part["/A"]
            for key in set(part) & TOLD:
                del part[key]
            parts += part.values()
        elif isinstance(part, list):
            parts += part


def _picture(content: bytes) -> tuple[str, bytes, str]:
    try:
        with Image.open(BytesIO(content), formats=tuple(PICTURES)) as found:
            if found.width * found.height > PIXELS:
                return "", b"", TOO_LARGE
            kind = found.format or "PNG"
            turned = ImageOps.exif_transpose(found)
            drawn = turned.convert("RGB" if kind == "JPEG" or turned.mode not in ("RGBA", "LA", "P") else "RGBA")
    except Image.DecompressionBombError:
        return "", b"", TOO_LARGE
    except (OSError, ValueError, SyntaxError):
        return "", b"", BROKEN
    bare = Image.new(drawn.mode, drawn.size)
    bare.paste(drawn)
    made = BytesIO()
    bare.save(made, kind, **({"quality": 90} if kind == "JPEG" else {"optimize": False}))
    return PICTURES[kind], made.getvalue(), ""


def _is_text(content: bytes) -> bool:
    """Lines of a table: UTF-8 without signs that steer, and nothing that a browser would take for a page."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    start = text[:1024].lstrip().lower()
    steers = any(sign < " " and sign not in "\t\r\n" for sign in text)
    return bool(text.strip()) and not steers and not start.startswith("<")
