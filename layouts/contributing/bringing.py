"""The page on which the register's workbook is taken along and brought back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.delivered_apart import report_form
from dashboard.forms import ONCE, Problem
from layouts.filled import el
from layouts.people.fields import listing, summary

LEAD = (
    "Take the workbook along: it holds the commitments of the makers for whom you speak, with lists to choose from. "
    "Change what is not right, add rows for commitments that are missing, and bring it back. Each row that is new or "
    "other becomes a draft, which you look at and submit; the register changes once a moderator has accepted it. What "
    "was delivered is not changed by the workbook: it is told by a report on implementation, one for each period."
)
HINT = "XLSX, CSV or ZIP, up to 8 MB. A column that is left out stays as it is."
DELIVERED = (
    "The file says what was delivered (columns delivered_…, or documents of the delivery) otherwise than the register. "
    "That is told by a report on implementation alone, which stands apart from what is measured; no draft was made. "
    "Please put these columns back as they were in the workbook, and report:"
)
COLUMNS = ("Sheet", "Cell or line", "Column", "Value", "What is wrong", "What to do")
SHOWN = 200  # faults


def content(
    page: str,
    book: str,
    once: str,
    problems: Sequence[Problem],
    faults: Sequence[Sequence[str]],
    notes: Sequence[str],
    apart: Mapping[str, str],
) -> list[Any]:
    """faults: rows of COLUMNS. notes: sentences on what was passed over. apart: titles by id of commitments of which
    the file says what was delivered."""
    said = [el.ul([el.li(note) for note in notes[:SHOWN]], className="plain-list")] if notes else []
    wrong = [
        el.div([el.p(f"{_things(len(faults))} to be put right; no draft was made.")],
               className="amiss", role="alert"),
        listing(COLUMNS, [[cell[:200] for cell in row] for row in faults[:SHOWN]], "", "What is wrong in the file"),
    ] if faults else []  # fmt: skip
    file = el.input(type="file", name="file", identity="register-file", accept=".xlsx,.csv,.zip",
                    **{"aria-describedby": "register-file-hint"})  # fmt: skip
    hint = el.p(HINT, className="hint", identity="register-file-hint")
    asks = el.div([el.label("The file", htmlFor="register-file"), file, hint], className="ask ask-file")
    send = el.p(el.button("Make drafts of it", type="submit", className="send-it"), className="send")
    hidden = el.input(type="hidden", name=ONCE, value=once)
    form = el.form([hidden, asks, send], method="post", action=page, className="asks", enctype="multipart/form-data")
    take = el.p(html.A("The workbook with your commitments (XLSX)", href=book))
    return [summary((), problems), *_apart(apart), *wrong, *said, el.p(LEAD), take, form]


def _apart(held: Mapping[str, str]) -> list[Any]:
    """That delivery is told elsewhere, with the way there for each commitment."""
    if not held:
        return []
    rows = [el.li(html.A(f"Report implementation of: {title}", href=report_form(id_))) for id_, title in held.items()]
    return [el.div([el.p(DELIVERED), el.ul(rows, className="plain-list")], className="amiss", role="alert")]


def _things(count: int) -> str:
    return "One thing in the file is" if count == 1 else f"{count:,} things in the file are"
