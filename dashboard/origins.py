"""Where the measured figures of commitments come from: the sources and series that their counting rules read."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dashboard.commitment import Entry
from dashboard.counting import Rule

Names = Callable[[str, str], str]  # (dimension, code) -> label


def by_code(_: str, code: str) -> str:
    """Names where none are at hand: the code itself."""
    return code


def origin(entry: Entry, names: Names = by_code) -> str:
    """`OECD DAC1, official development assistance, December 2016; World Bank`: empty where nothing is measured."""
    rule = entry.pledge.rule or Rule()
    read = (rule.source or rule.series, rule.weights) if entry.outcome.measured else ()
    return "; ".join(dict.fromkeys(names("release", code) for code in read if code))


def line(register: str, entries: Iterable[Entry], names: Names) -> str:
    """The source line of their table: the register, and what their figures were measured from, each once. register: its
    own source line."""
    found = sorted({one for entry in entries for one in origin(entry, names).split("; ") if one})
    return f"{register}; measured from {'; '.join(found)}" if found else register
