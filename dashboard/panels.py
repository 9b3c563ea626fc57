"""Panels: a question, a pure drawing, and what a click picks. A panel never filters itself.

Adding a panel: write `ask` and `draw` in a module of `dashboard/figures/`, add one line to PANELS below and its name
to a page in `layouts/pages.py`. No callback changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dashboard.parts import Part
from dashboard.questions import Answers
from dashboard.selection import Selection

Figure = dict[str, Any]  # a plotly figure as a plain dict: {"data": [...], "layout": {...}}


@dataclass(frozen=True)
class Column:
    """One column of a table. `kind`: code, text, usd, percent, number, year. `unit` is part of the heading. means: a
    sentence for files, where the heading alone does not say it."""

    key: str
    heading: str
    kind: str = "text"
    unit: str = ""
    means: str = ""


@dataclass(frozen=True)
class Table:
    """A panel's text twin, exact: rows of values (str, int, Decimal or None for an absence).

    behind: of each row the query string under which the page of rows lists what its amounts are sums of (a gap: of
    both rungs; a quotient: of its money); empty where no address can say it, or no row of a flow stands behind it.
    nothing: what an absence is called where rows are written out."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    behind: tuple[str, ...] = ()
    nothing: str = "not reported"


@dataclass(frozen=True)
class Way:
    """A way back from an empty or unanswerable selection: words and the query string of the selection it leads to."""

    words: str
    query: str


@dataclass(frozen=True)
class Drawing:
    """What a panel shows, without any component. `layouts/panels.py` turns it into HTML.

    title: the finding if its rule holds, else neutral (STYLE 7). subtitle: measure, who, what, period; unit, prices.
    sentence: generated text that says in words what the picture says (the label of the figure for those who listen).
    figures: plotly dicts by slot. parts: descriptions of HTML parts, in order (`dashboard/parts.py`);
    note: the exception or the trap, one sentence.
    terms: names of definitions in `dashboard/definitions.py` that the reader can open.
    rows: the query string of the page of rows for what is picked, from the source and in the years the panel reads;
    None where it shows no flows. values: then the name of the series that it shows, empty where it shows none."""

    title: str
    subtitle: str
    sentence: str
    source_line: str
    figures: Mapping[str, Figure] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    note: str = ""
    terms: tuple[str, ...] = ()
    table: Table | None = None
    empty: str = ""  # why nothing can be drawn, a sentence; then figures are left out, and parts but those that ask
    ways: tuple[Way, ...] = ()
    rows: str | None = None
    values: str = ""


@dataclass(frozen=True)
class Panel:
    """name: its word in addresses and ids. picks: the dimension a click picks, or empty.
    slots: the plotly figures it has, by name, with their height in pixels at 1440 (0: aspect ratio of a map).
    ask: everything it needs, from the selection as it is (it leaves out its own picks itself, with
    `selection.without(picks)`), so that `draw` is pure."""

    name: str
    picks: str
    slots: Mapping[str, int]
    ask: Callable[[Answers, Selection], Any]
    draw: Callable[[Any], Drawing]
