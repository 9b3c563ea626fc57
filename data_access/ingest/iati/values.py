"""Amounts, dates and percentages as the standard writes them; what is written otherwise is named, never repaired."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

NUMBER = re.compile(r"[+-]?(\d{1,16})?(\.\d{0,40})?", re.ASCII)
LONG = re.compile(r"[+-]?\d{17,}(\.\d*)?", re.ASCII)
GROUPED = re.compile(r"[+-]?\d{1,3}([, \u00a0\u202f])\d{3}(\1\d{3})*(\.\d+)?", re.ASCII)
DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:T[\d:.]+)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
KEPT = Decimal("0.00000001")  # eight decimals are stored
EARLIEST, LATEST = 1960, 2050
REMEMBERED = 10_000  # texts: days and percentages come again and again
Wrong = tuple[str, str]  # reason, remedy


@lru_cache(maxsize=REMEMBERED)
def number(text: str) -> Decimal | Wrong:
    """An exact number, or what is wrong with it."""
    text = text.strip()
    if any(letter.isdigit() for letter in text) and NUMBER.fullmatch(text):
        return Decimal(text)
    grouped = GROUPED.fullmatch(text)
    if not text:
        return "is empty", "write the amount with digits and a decimal point"
    if grouped:
        mark = {",": "a comma", " ": "a space"}.get(grouped[1], "a narrow space")
        return f"is not a decimal number ({mark} between thousands)", f"write {text.replace(grouped[1], '')}"
    if LONG.fullmatch(text):
        return "has more than 16 digits before the decimal point", "write the amount in whole units of its currency"
    if re.search(r"[A-Za-z€$£¥]", text):
        return "is not a decimal number (letters or a currency sign)", "write digits only; the currency is an attribute"
    return "is not a decimal number", "write it with digits and a decimal point"


def kept(amount: Decimal) -> Decimal:
    """As it is stored: to eight decimals, half to even."""
    return amount if amount == amount.quantize(KEPT) else amount.quantize(KEPT, ROUND_HALF_EVEN)


@lru_cache(maxsize=REMEMBERED)
def day(text: str) -> date | Wrong:
    """A date, or what is wrong with it."""
    told = DATE.fullmatch(text.strip())
    if told is None:
        return "is not a date", "write it as YYYY-MM-DD"
    try:
        found = date.fromisoformat(told[1])
    except ValueError:
        return "is a day that no calendar has", "write a day that exists, as YYYY-MM-DD"
    if not EARLIEST <= found.year <= LATEST:
        return f"is not between {EARLIEST} and {LATEST}", "write the year in which it happened"
    return found
