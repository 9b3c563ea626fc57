"""How the amount of a row came about, in one line."""

from __future__ import annotations

from decimal import Decimal

from dashboard.figures.cells import plain
from dashboard.figures.listed import exact
from dashboard.traces import Row, Trace

CENT, FINE = Decimal("0.01"), Decimal("0.000001")


def formula(row: Row, whole: Decimal | None = None) -> str:
    """`GBP 80,513,750 × 40% ÷ 0.6311 GBP per US dollar = $51,030,739.98`. `whole`: what the record holds, where this
    row is a part of it."""
    amount, rate, currency = row["amount"], row["rate"], str(row["currency"] or "USD")
    if not isinstance(amount, Decimal):
        return f"In United States dollars: {exact(row['usd'])}"
    turned = currency != "USD" and isinstance(rate, Decimal) and bool(rate)
    per = f" ÷ {plain(rate)} {currency} per US dollar" if turned else ""
    made = amount / rate if turned else amount
    if whole:
        share = (amount / whole * 100).quantize(FINE).normalize()
        made, part = made * (whole * share / 100) / amount if amount else made, f" × {share:f}%"
        return f"{currency} {plain(whole)}{part}{per} {_equals(made, row)} {exact(row['usd'])}"
    if not turned:
        return f"Given in United States dollars: {exact(row['usd'])}"
    return f"{currency} {plain(amount)}{per} {_equals(made, row)} {exact(row['usd'])}"


def _equals(made: Decimal, row: Row) -> str:
    return "=" if abs(made - row["usd"]) < CENT else "≈"


def whole_of(trace: Trace) -> Decimal | None:
    """What the record holds of the same kind, in its currency; None where this row is all of it, or not all is told."""
    row, kind = trace.row, ("stage", "kind", "year", "currency")
    same = [other for other in trace.beside if all(other[name] == row[name] for name in kind)]
    if trace.record is None or not same or len(trace.beside) < trace.others:
        return None
    amounts = [one["amount"] for one in (row, *same)]
    return sum(amounts, Decimal(0)) if all(isinstance(amount, Decimal) for amount in amounts) else None
