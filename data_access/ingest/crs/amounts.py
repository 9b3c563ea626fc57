"""An amount that is not plainly a decimal number: what it may stand for, or why it stands for nothing."""

from __future__ import annotations

import re
import unicodedata
from decimal import Context, Decimal
from typing import NamedTuple

from data_access.ingest.crs import codes

MILLION = Decimal(1_000_000)
EXACT = Context(prec=80)  # nothing is rounded but where this module says so
KEPT = Decimal("0.00000001")  # US dollars: what table `flow` holds
LIMIT = Decimal(1_000_000)  # millions of US dollars: in one row there cannot be more
PLAIN = re.compile(r"[+-]?(\d{1,30}(\.\d*)?|\.\d+)(E[+-]?\d{1,2})?", re.ASCII | re.IGNORECASE)
ABSENT = frozenset(("n/a", "na", "-", "..", "...", "null", "none", "nil", "#ref!", "#n/a", "#value!", "#div/0!", "x"))
SPACES = "\t \u00a0\u202f\u2009\u2007"


class Amount(NamedTuple):
    """`usd`: US dollars, eight decimals; None: not reported. `odd`: code, reason and way out of a warning, or none."""

    usd: Decimal | None
    odd: tuple[str, str, str] | None = None


class Unreadable(ValueError):
    """Not an amount; `args`: code, reason, way out."""


def read(text: str) -> Amount:
    """USD millions, as text, to US dollars. Raises Unreadable with the reason, each kind its own."""
    if text == "":
        return Amount(None)
    plain, odd = text, None
    if text.strip(SPACES) != text:
        plain, odd = text.strip(SPACES), _spaced(text)
    if plain == "":
        return Amount(None, odd)
    if not PLAIN.fullmatch(plain):
        raise Unreadable(*_reason(plain))
    value = Decimal(plain)
    if abs(value) >= LIMIT:
        reason = f"is too large: amounts are millions of US dollars, below {LIMIT:,}"
        raise Unreadable(codes.OVERFLOW, reason, "compare it with the publisher's")
    if "e" in plain.lower():
        odd = codes.EXPONENT, f"is written with an exponent; it was read as {value:f}", f"write {value:f}"
    kept = EXACT.multiply(value, MILLION).quantize(KEPT, context=EXACT)
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and exponent < -8:
        left = EXACT.subtract(value, kept.scaleb(-6, EXACT))
        reason = f"has more than 8 decimals; {kept:f} US dollars were kept, the residual is {left:f} million"
        odd = codes.RESIDUAL, reason, "write 8 decimals"
    return Amount(kept, odd)


def _spaced(text: str) -> tuple[str, str, str]:
    point = next(letter for letter in text if letter in SPACES)
    reason = f"has a space beside the number (U+{ord(point):04X}); it was read without"
    return codes.SPACED, reason, f"write {text.strip(SPACES)}"


def _reason(text: str) -> tuple[str, str, str]:
    """Why a text is no amount: each kind of writing has its own reason."""
    bare = re.sub(r"[,_'\s]", "", text)
    for pattern, reason, remedy in WRITINGS:
        if re.fullmatch(pattern, text, re.IGNORECASE):
            return codes.NUMBER, f"is not a decimal number ({reason})", remedy.format(bare=bare)
    if text.lower() in ABSENT:
        return codes.NUMBER, "is not a decimal number (a word or sign for no value)", "leave the field empty"
    strange = [letter for letter in text if not letter.isascii()]
    if strange:
        told = ", ".join(f"U+{ord(s):04X} {unicodedata.name(s, 'unnamed')}" for s in dict.fromkeys(strange))
        return codes.NUMBER, f"is not a decimal number ({told})", "write ASCII digits, point and hyphen-minus"
    if PLAIN_LONG.fullmatch(text):
        return codes.OVERFLOW, f"is too large: amounts are below {LIMIT:,} million", "compare it with the publisher's"
    return codes.NUMBER, "is not a decimal number", "write digits and a decimal point, or leave the field empty"


PLAIN_LONG = re.compile(r"[+-]?\d+(\.\d*)?(e\+?\d+)?", re.IGNORECASE | re.ASCII)
WRITINGS = (  # pattern of the whole text, reason, way out
    (r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", "thousands separator", "write {bare}"),
    (r"[+-]?\d+,\d+", "decimal comma", "write a decimal point"),
    (r"[+-]?\d{1,3}([ \u00a0\u202f\u2009]\d{3})+([.,]\d+)?", "space as thousands separator", "write {bare}"),
    (r"[+-]?\d+(_\d+)+(\.\d+)?", "underscore between digits", "write {bare}"),
    (r"[+-]?\d{1,3}('\d{3})+(\.\d+)?", "apostrophe as thousands separator", "write {bare}"),
    (r"\([\d.,]+\)", "parentheses for a negative amount", "write a minus sign"),
    (r"[+-]?(nan|inf|infinity)", "not a number, or infinite", "leave the field empty"),
    (r"0x[0-9a-f]+", "hexadecimal", "write it in decimal digits"),
    (r"[+-]?[\d.]+e[+-]?\d{3,}", "an exponent beyond any amount", "write the amount"),
    (r"[A-Z]{3} ?[\d.,]+|[$€£][\d.,]+", "a currency beside the number", "write the number alone"),
)
