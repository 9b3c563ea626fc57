"""Under the headline of a commitment: that what is due was changed at the proposal of its maker, and what it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dash import html

from dashboard.bars_moved import moved
from dashboard.commitment import Written
from layouts.filled import el


def bars_moved(revisions: Iterable[Written]) -> list[Any]:
    """A note for each such revision; nothing where there was none."""
    return [_note(one.said, one.rows) for one in moved(revisions)]


def _note(said: str, rows: Iterable[tuple[str, str, str]]) -> html.Div:
    each = [el.li(f"{name[:1].upper()}{name[1:]}: before: {before}; now: {after}") for name, before, after in rows]
    return html.Div([html.P(said), el.ul(each, className="plain-list")], className="bars-moved", role="note")
