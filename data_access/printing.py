"""Frames as text for the command line: exact to the cent, parts that sum to their total, CSV, JSON or a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any

import pandas as pd

from dashboard.formulas import guarded

CENT = Decimal("0.01")
DIGITS = 60  # more than any sum of decimals here needs, so that adding never rounds
ROUNDING = (
    "The total is rounded to cents, half to even; every part is rounded down to cents and the cents then missing go, "
    "one each, to the parts that lost most (the first of equal ones), so that the parts sum to the total."
)
NOT_REPORTED = "not reported"


def exact_sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    """The sum of what is reported; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    with localcontext(prec=DIGITS):
        return sum(known, Decimal(0)) if known else None


def in_cents(amounts: Sequence[Decimal | None]) -> list[Decimal | None]:
    """Amounts in cents that sum to their total in cents: the rule of ROUNDING (largest remainder). None stays None."""
    total = exact_sum(amounts)
    if total is None:
        return list(amounts)
    with localcontext(prec=DIGITS):
        down = [None if amount is None else amount.quantize(CENT, ROUND_FLOOR) for amount in amounts]
        missing = int((total.quantize(CENT, ROUND_HALF_EVEN) - sum(d for d in down if d is not None)) / CENT)
        pairs = enumerate(zip(amounts, down, strict=True))
        lost = sorted((b - a, at) for at, (a, b) in pairs if a is not None and b is not None)
        for _, at in lost[:missing]:
            down[at] = (down[at] or Decimal(0)) + CENT
    return down


def cents(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The frame with the named columns of amounts in cents."""
    shown = frame.copy()
    for name in columns:
        shown[name] = pd.Series(in_cents(list(frame[name])), index=frame.index, dtype=object)
    return shown


def as_csv(frame: pd.DataFrame) -> str:
    """Comma-separated, one heading row; an absence is an empty cell."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows([_plain(value) for value in row] for row in frame.itertuples(index=False))
    return sink.getvalue()


def as_json(frame: pd.DataFrame, head: dict[str, Any]) -> str:
    """`head` and the rows; amounts are text, so that no reader loses digits; an absence is null."""
    rows = [dict(zip(frame.columns, map(_json, row), strict=True)) for row in frame.itertuples(index=False)]
    return json.dumps(head | {"rows": rows}, ensure_ascii=False, indent=2) + "\n"


def as_table(frame: pd.DataFrame, last: Sequence[Any] = ()) -> str:
    """Columns in line, amounts to the right with thousands commas; an absence is said in words. `last`: a total row."""
    rows = [*frame.itertuples(index=False), *([last] if last else [])]
    lines = [list(frame.columns), *([_shown(value) for value in row] for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(frame.columns))]
    right = [any(isinstance(value, Decimal | int) for value in frame[name]) for name in frame.columns]
    return "".join(_line(line, widths, right) for line in lines)


def _line(texts: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    cells = (t.rjust(w) if r else t.ljust(w) for t, w, r in zip(texts, widths, right, strict=True))
    return "  ".join(cells).rstrip() + "\n"


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    text = "" if value is None else str(value)
    return guarded(text)


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return int(value) if hasattr(value, "__index__") else value


def _shown(value: Any) -> str:
    if value is None:
        return NOT_REPORTED
    return f"{value:,f}" if isinstance(value, Decimal) else str(value)
