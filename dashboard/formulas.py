"""Texts that a spreadsheet would take for formulas. Apart from all else, as limited children read with it too."""

from __future__ import annotations

import unicodedata

DANGEROUS = "=+-@\t\r"  # a spreadsheet reads what starts with one of these as a formula


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes first. Numbers never pass here."""
    return f"'{text}" if dangerous(text) else text


def dangerous(text: str) -> bool:
    """Whether a spreadsheet would read a text as a formula: letters of full width and spaces before it are no help."""
    first = next((c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c)[0] not in "CZ"), "")
    return bool(first) and (first in DANGEROUS or text[0] in DANGEROUS)
