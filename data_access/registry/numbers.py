"""Figures as cells write them: digits, one point, no signs of a language or a spreadsheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

PLAIN = re.compile(r"-?\d{1,18}(\.\d{1,12})?", re.ASCII)
ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#N/A", "#NAME?", "#NUM!", "#NULL!")
BLANKS = ("n/a", "na", "-", "–", "..", "null", "none", "nil", "tbd", "?")


@dataclass(frozen=True)
class Why:
    """Why a text is no figure, and what to write."""

    reason: str
    remedy: str
    code: str


OTHERS = tuple(
    (re.compile(pattern, re.ASCII), Why(reason, remedy, code))
    for pattern, reason, remedy, code in (
        (r"-?\d{1,3}(,\d{3})+(\.\d+)?", "is not a number (thousands separator)", "write it without commas",
         "REG-NUM-02"),
        (r"-?\d{1,3}([ '\u00a0\u202f\u2009]\d{3})+([.,]\d+)?", "is not a number (thousands separator)",
         "write it without spaces", "REG-NUM-02"),
        (r"-?\d+,\d+", "is not a number (decimal comma)", "write a point for the comma", "REG-NUM-03"),
        (r"-?\d[\d.]*[eE][+-]?\d+", "is not a number (exponent)", "write all its digits", "REG-NUM-04"),
        (r"-?\d+(\.\d+)?\s*%", "is not a number (per cent sign)", "leave out the sign; the unit says it", "REG-NUM-06"),
        (r"\(\d[\d.,]*\)", "is not a number (brackets)", "write a minus sign", "REG-NUM-07"),
        (r"[A-Z]{3}\s?-?\d.*|[$€£¥]\s?-?\d.*", "is not a number (currency)", "leave out the currency; the unit says it",
         "REG-NUM-08"),
        (r"-?\d+(\.\d+)?\s?(m|bn|million|billion|thousand)", "is not a number (scale in words)",
         "leave out the word; the unit says it", "REG-NUM-09"),
    )
)  # fmt: skip
NO_BLANK = Why("is not a number", "leave the cell empty where there is no figure", "REG-NUM-10")
NO_ERROR = Why("is an error of the spreadsheet", "repair the formula, then paste the value alone", "REG-NUM-11")
NO_DIGITS = Why("is written in other digits", "write the digits 0 to 9", "REG-NUM-12")
NO_NUMBER = Why("is not a number", "write digits with one point, as 1250.5", "REG-NUM-01")


def why_no_number(text: str) -> Why | None:
    """None where the text is a plain figure."""
    if PLAIN.fullmatch(text):
        return None
    for pattern, why in OTHERS:
        if pattern.fullmatch(text):
            return why
    if text in ERRORS:
        return NO_ERROR
    if text.lower() in BLANKS:
        return NO_BLANK
    if any(letter.isdigit() and not letter.isascii() for letter in text):
        return NO_DIGITS
    return NO_NUMBER
