"""A picture of a table for readers without a script: its first column of figures as bars, drawn by the server. It
stands above the table and shows nothing that the table does not say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from dashboard.exports import unit
from dashboard.figures import style
from dashboard.panels import Column, Table
from dashboard.words import MINUS, scale_of
from layouts.tables import exact

MOST, YEARS = 10, 30  # rows that are drawn, and of a table by year
WIDTH, NAMES, VALUES, ROW, BAR = 640, 200, 96, 24, 14  # pixels
LETTERS = 30  # of a name
WRITTEN = re.compile(rf"{MINUS}?[0-9,]+(\.[0-9]+)?")
FILLS = {"committed": style.COMMITTED, "pledged": style.PLEDGED}


def still(drawn: Table) -> Markup | None:
    """None where no row has a figure."""
    named, held = _named(drawn.columns), _held(drawn)
    if held is None:
        return None
    column, names = drawn.columns[held], {row[named] for row in drawn.rows}
    known = [(str(row[named]), row[held], value) for row in drawn.rows if (value := _number(row[held])) is not None]
    if len(names) == len(drawn.rows):
        bars = [(name, value, _text_of(column, shown)) for name, shown, value in known]
    elif column.kind == "usd":
        bars = [(name, value, None) for name, value in _sums(known).items()]
    else:  # of one name there are several, and they cannot be added
        return None
    bars = bars[: YEARS if drawn.columns[named].kind == "year" else MOST]
    words = f"{column.heading}, {unit(column)}" if unit(column) else column.heading
    words += "" if len(bars) == len(names) else f": {len(bars)} of {len(names)}"
    scale = scale_of(value for _, value, _ in bars)
    return _drawn([(name, value, said or scale.text(value)) for name, value, said in bars], words, _fill(column))


def _named(columns: Sequence[Column]) -> int:
    """Where the name of a row stands: a year, else the first text that is no code."""
    kinds = [column.kind for column in columns]
    return kinds.index("year") if kinds[0] == "year" else kinds.index("text") if "text" in kinds else 0


def _held(drawn: Table) -> int | None:
    """The column of what was disbursed, else the first of figures, if it holds one."""
    columns = sorted(enumerate(drawn.columns), key=lambda one: one[1].key != "disbursed")
    for at, column in columns:
        if column.kind in ("usd", "percent", "number") and any(_number(row[at]) is not None for row in drawn.rows):
            return at
    return None


def _fill(column: Column) -> str:
    """Plum is an outcome in people's lives, blue is money."""
    outcome = column.kind == "number" and column.unit != "US dollars"
    return style.OUTCOME_LINE if outcome else FILLS.get(column.key, style.DISBURSED)


def _number(value: Any) -> Decimal | None:
    """A figure, as it is or as it is written; None of a range and of what is not reported."""
    if isinstance(value, str) and WRITTEN.fullmatch(value):
        return Decimal(value.replace(",", "").replace(MINUS, "-"))
    return Decimal(value) if isinstance(value, Decimal | int) else None


def _sums(known: Sequence[tuple[str, Any, Decimal]]) -> dict[str, Decimal]:
    sums = dict[str, Decimal]()
    for name, _, value in known:
        sums[name] = sums.get(name, Decimal(0)) + value
    return sums


def _text_of(column: Column, value: Any) -> str | None:
    """As the table has it; None of exact money, which is told on one scale."""
    return None if column.kind == "usd" and not isinstance(value, str) else exact(column, value)


def _drawn(bars: Sequence[tuple[str, Decimal, str]], words: str, fill: str) -> Markup:
    low, high = min(Decimal(0), *(v for _, v, _ in bars)), max(Decimal(0), *(v for _, v, _ in bars))
    room = Decimal(WIDTH - NAMES - VALUES) / ((high - low) or 1)
    parts = [_text(0, 14, words, style.MUTED, "start")]
    for at, (name, value, said) in enumerate(bars, 1):
        left, right = (float(NAMES + (end - low) * room) for end in (min(value, Decimal(0)), max(value, Decimal(0))))
        top = at * ROW
        cut = name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"
        parts += [
            _text(NAMES - 8, top + 15, cut, style.INK, "end"),
            _bar(left, top + 4, right - left, style.GAP_UNDISBURSED if value < 0 else FILLS.get(name, fill)),
            _text(right + 6, top + 15, said, style.INK, "start"),
        ]
    size = Markup('width="%s" height="%s" viewBox="0 0 %s %s"') % (WIDTH, _tall(bars), WIDTH, _tall(bars))
    inside = Markup("").join(parts)
    return Markup('<svg class="still" role="img" aria-label="%s" %s>%s</svg>') % (words, size, inside)


def _tall(bars: Sequence[Any]) -> int:
    return ROW * (len(bars) + 1) + 4


def _text(x: float, y: float, words: str, colour: str, anchor: str) -> Markup:
    place = Markup('x="%.1f" y="%.1f" fill="%s" text-anchor="%s"') % (x, y, colour, anchor)
    return Markup('<text %s font-size="13">%s</text>') % (place, words)


def _bar(x: float, y: float, width: float, fill: str) -> Markup:
    return Markup('<rect x="%.1f" y="%.1f" width="%.1f" height="%s" fill="%s"/>') % (x, y, max(width, 0.5), BAR, fill)
