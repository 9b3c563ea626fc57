"""Descriptions of the HTML parts of a panel: plain values that `dashboard/figures` makes and `layouts/parts.py` draws.

Whatever can be clicked carries `key` and `code`: in HTML as `data-key`, `data-code`, in plotly figures as
`customdata="key:code"`. A key is a dimension (the code is toggled) or a term of the selection (the code is its word).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

Mark = Literal[
    "zero", "not-reported", "not-due", "no-target", "not-clear", "confidential", "range", "outside", "small", "disputed"
]


class ClassCell(TypedDict):
    label: str
    colour: str


class MarkLabel(TypedDict):
    mark: Mark
    label: str


class Legend(TypedDict):
    """Equal cells for the classes, then one entry per kind of no-data."""

    kind: Literal["legend"]
    classes: list[ClassCell]
    marks: list[MarkLabel]


class StripCell(TypedDict):
    code: str  # what a click picks
    text: str  # the three letters shown
    label: str  # "Haiti: $1.2 bn", read aloud and shown on hover
    colour: str
    ink: str
    picked: bool
    absent: bool


class Strip(TypedDict):
    """Code buttons for States too small to see on the map."""

    kind: Literal["strip"]
    key: str
    caption: str
    cells: list[StripCell]


class Bar(TypedDict):
    label: str  # "2010: committed $1.2 bn, disbursed $0.9 bn"
    behind: float  # height or length of committed, 0..1 of the scale
    front: float  # of disbursed


class Tile(TypedDict):
    code: str
    over: str  # "Goal 5"
    name: str
    glyph: str  # "goal-5"
    href: str  # the goal's page under this selection, or empty
    numbers: list[tuple[str, str]]  # ("Committed", "$3.24 bn")
    bars: list[Bar]
    absent: str  # why there are none, a sentence
    picked: bool
    dimmed: bool  # others are picked


class Tiles(TypedDict):
    kind: Literal["tiles"]
    key: str
    tiles: list[Tile]
    how_to_read: str


class Rung(TypedDict):
    stage: str  # names the swatch and the bar
    name: str
    figure: str
    under: str
    length: float  # 0..1 of the longest
    exact: NotRequired[list[Decimal]]  # US dollars with all digits: one, or both ends of a range


class Rungs(TypedDict):
    """What the register of commitments tells above a ladder, on a scale of its own."""

    kind: Literal["rungs"]
    head: NotRequired[str]  # whose rungs they are
    rungs: list[Rung]
    absent: str  # why there are none, a sentence
    apart: str  # why they are no part of what stands below
    links: list[tuple[str, str]]  # words and address of what is in it
    out: list[tuple[str, str]]  # of what is not in it, with the reason; no address where none can name them all


class RankRow(TypedDict):
    code: str  # empty: nothing to pick
    name: str
    cells: list[str]
    bar: Bar | None
    picked: bool
    dimmed: bool
    behind: NotRequired[str]  # query string of its rows, without a stage; empty where no address can say it


class Ranking(TypedDict):
    """Rows with a nested bar. The first `shown` rows are drawn, the rest behind "show all"."""

    kind: Literal["ranking"]
    key: str
    headings: list[str]  # name, the cells, the bar
    bar_at: int  # before which cell the bar stands; -1: no bar
    rows: list[RankRow]
    shown: int
    count: str  # "158 recipients"
    stages: NotRequired[list[str]]  # of each cell: the stage of the rows it is the sum of; empty: it is none


class Choice(TypedDict):
    code: str
    label: str
    on: bool


class Choices(TypedDict):
    """A row of words of which one is on: the measure of a map, what a waterfall is opened by."""

    kind: Literal["choices"]
    key: str
    label: str
    choices: list[Choice]


class Links(TypedDict):
    kind: Literal["links"]
    links: list[tuple[str, str]]  # words, address


class Prose(TypedDict):
    kind: Literal["prose"]
    text: str


class GridCell(TypedDict):
    main: str  # empty: not told
    small: str  # a second line: the file, a code, a rate
    exact: str  # said on hover; empty where nothing was rounded


class GridHead(TypedDict):
    words: str
    kind: str  # number, or c-name
    order: str  # ascending, descending, or empty
    query: str | None  # what a click on it leads to; None: rows cannot be put in this order


class GridRow(TypedDict):
    number: int
    cells: list[GridCell]


class Grid(TypedDict):
    """Rows with their headings; the first cell leads to the page of the row."""

    kind: Literal["grid"]
    base: str  # address of the page of a row, up to its number
    query: str  # by which the page of a row finds back
    caption: str
    heads: list[GridHead]
    rows: list[GridRow]


class Tally(TypedDict):
    """Counts and sums over a list, in words: `Rows: 1,234`, `Committed: $1,234`."""

    kind: Literal["tally"]
    figures: list[tuple[str, str]]


class Option(TypedDict):
    words: str
    query: str
    on: bool


class Finder(TypedDict):
    """A text to search for, and the columns that can be chosen. `kept`: the rest of the address."""

    kind: Literal["finder"]
    text: str
    hint: str
    kept: list[tuple[str, str]]
    columns: list[Option]


class Pager(TypedDict):
    kind: Literal["pager"]
    words: str
    pages: list[Option]  # of empty query: a gap


Part = Legend | Strip | Tiles | Ranking | Choices | Links | Prose | Grid | Tally | Finder | Pager | Rungs
