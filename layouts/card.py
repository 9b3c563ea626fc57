"""The picture that a link is shown with elsewhere: the page's first sentence, its filters, its source and edition."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from dashboard.carried import Carried, held
from dashboard.cite import NAME
from layouts.shell import FONTS

WIDTH, HEIGHT, MARGIN = 1200, 630, 64
INK, MUTED, RULE, PAPER = "#16202b", "#4d5a68", "#16202b", "#ffffff"
SERIF, SANS, BOLD = "SourceSerifPro-Semibold.ttf", "SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf"
SIZES = (64, 56, 50, 44, 38, 34)  # of the sentence: the largest in which it fits
TOP, BOTTOM = 146, 400  # between which it stands
LEAD = 1.22
AMOUNT = re.compile(r"(?<=\d) (?=(?:thousand|million|billion|trillion|per)\b)")  # and its unit never part at a line end
Font = ImageFont.FreeTypeFont


def png(one: Carried, host: str = "") -> bytes:
    """The picture, 1200 x 630. host: of readers' addresses, or empty."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((MARGIN, MARGIN, WIDTH - MARGIN, MARGIN + 3), fill=RULE)
    named = f"{NAME} · {host}" if host else NAME
    _lines(draw, [_cut(named, _font(BOLD, 28), 1)[0]], _font(BOLD, 28), MARGIN + 22, INK)
    text, size = fitted(one.sentence or one.title)
    _lines(draw, text, _font(SERIF, size), TOP, INK)
    small, at = _font(SANS, 25), BOTTOM + 12
    basis = " ".join(f"{part.rstrip('.')}." for part in (one.subtitle, one.source_line) if part)
    for words, most in ((one.filters, 3), (basis, 1), (f"{held(one)}.", 1)):
        at = _lines(draw, _cut(words, small, most), small, at, MUTED) + 4 if words else at
    out = io.BytesIO()
    image.quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()


def fitted(words: str) -> tuple[list[str], int]:
    """The lines of a sentence and the size in which it fits; one that is too long for the smallest is cut at a word."""
    for size in SIZES:
        lines, most = wrapped(words, _font(SERIF, size)), int((BOTTOM - TOP) / (size * LEAD))
        if len(lines) <= most:
            return lines, size
    return _cut(words, _font(SERIF, SIZES[-1]), int((BOTTOM - TOP) / (SIZES[-1] * LEAD))), SIZES[-1]


def wrapped(words: str, font: Font, room: int = WIDTH - 2 * MARGIN) -> list[str]:
    """Lines that are no wider than the room; a word that is wider by itself is cut."""
    lines = [""]
    for word in AMOUNT.sub("\N{NO-BREAK SPACE}", " ".join(words.split())).split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= room:
            lines[-1] = longer
        else:
            while font.getlength(word) > room:
                word = word[:-2] + "…"
            lines = [*[line for line in lines if line], word]
    return lines


def _cut(words: str, font: Font, most: int) -> list[str]:
    """At most so many lines; what is left out is three dots."""
    lines = wrapped(words, font)
    if len(lines) <= most:
        return lines
    last = lines[most - 1].split(" ")
    while last and font.getlength(" ".join([*last, "…"])) > WIDTH - 2 * MARGIN:
        last.pop()
    return [*lines[: most - 1], " ".join([*last, "…"])]


def _lines(draw: ImageDraw.ImageDraw, lines: Sequence[str], font: Font, at: int, colour: str) -> int:
    """Written from a height on; the height below them."""
    for line in lines:
        draw.text((MARGIN, at), line, font=font, fill=colour)
        at += int(font.size * LEAD)
    return at


@cache
def _font(name: str, size: int) -> Font:
    package = import_module(FONTS[name][0])
    return ImageFont.truetype(Path(str(package.__file__)).parent / "files" / name, size)
