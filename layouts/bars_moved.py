"""Under the headline of a commitment: that what is due was changed at the proposal of its maker, and what it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.bars_moved import moved
from dashboard.commitment import Written
from dashboard.contribution_fields import BARS
from layouts.filled import el, planted

APART = "Its counting rule was not changed with it: what is due is counted by the rule as it was."
RULED = frozenset(BARS.values()) - {BARS["rule"]}  # what a rule holds once more, for itself


def bars_moved(revisions: Iterable[Written], *, ruled: bool = False) -> list[Any]:
    """A note for each such revision; nothing where there was none. ruled: whether the commitment has a rule."""
    return [_note(one.said, one.rows, ruled) for one in moved(revisions)]


def _note(said: str, rows: Sequence[tuple[str, str, str]], ruled: bool) -> Component:
    names = {name for name, _, _ in rows}
    apart = [el.p(APART)] if ruled and names & RULED and BARS["rule"] not in names else []
    each = [el.li(f"{name[:1].upper()}{name[1:]}: before: {before}; now: {after}") for name, before, after in rows]
    return planted(
        html.Div([el.p(said), el.ul(each, className="plain-list"), *apart], className="bars-moved", role="note")
    )
