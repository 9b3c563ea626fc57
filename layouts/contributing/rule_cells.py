"""A field of a record in a table of differences: a counting rule as the sentence that it comes to, its text folded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashboard.rule_edits import differences
from dashboard.rules import read as understood
from layouts.filled import el

Read = Callable[[str], str]  # a written rule in words
RULE, EMPTY = "rule", "–"
WRITTEN = "As the register writes it"


def after(name: str, value: str, read: Read, before: str = "") -> Any:
    """The same of what is proposed, set apart; of a rule with the fields in which it differs from before."""
    moved = _moved(before, value) if name == RULE and before and value else ""
    told = [el.p(f"Differs in: {moved}", className="differs-of")] if moved else []
    return el.div([cell(name, value, read), *told], className="after-of")


def _moved(before: str, value: str) -> str:
    (one, _), (other, _) = understood(before), understood(value)
    rows = differences(one, other) if one and other else ()
    return "; ".join(
        f"{row.name.lower()} (before: {row.before or 'usual'}; now: {row.after or 'usual'})" for row in rows
    )


def cell(name: str, value: str, read: Read) -> Any:
    """name: of the column. Line ends are kept; nothing in it is ever read as markup."""
    if name == RULE and value:
        told = el.details([el.summary(WRITTEN), el.pre(value)], className="written-of")
        return el.div([el.p(read(value)), told])
    lines = [line for line in value.split("\n") if line.strip()]
    return el.div([el.p(line) for line in lines]) if len(lines) > 1 else value or EMPTY
