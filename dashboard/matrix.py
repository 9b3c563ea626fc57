"""Makers by Goals: of each cell one share where one commitment is compared, else how many delivered what was due, else
what is seen without a verdict, else the reason why nothing can be told. Shares are never averaged, nor amounts of
different promises added. Where commitments alone are counted it is told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.amount_words import part
from dashboard.codes import GOALS
from dashboard.commitment import Entry
from dashboard.figures import style
from dashboard.outcomes import JUDGED, OPEN, STATES
from dashboard.ranges import Range
from dashboard.words import listed

NUMBERS = tuple(goal for goal in GOALS if goal.isdigit())
BREAKS = (Decimal("0.25"), Decimal("0.5"), Decimal("0.75"), Decimal(1))
LABELS = ("under 25%", "25–50%", "50–75%", "75–99%", "100% or more")
ROWS = 16


@dataclass(frozen=True)
class Cell:
    """kind: none, share, met, absent. state: of an absent cell. said: everything in it, in words. committed: whether
    what was committed is compared, and nothing that was delivered."""

    kind: str
    main: str = ""
    small: str = ""
    level: int = -1
    state: str = ""
    said: str = ""
    committed: bool = False


@dataclass(frozen=True)
class Row:
    maker: str
    name: str
    count: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Matrix:
    """held: cells with commitments; told: those of them with something measured."""

    rows: tuple[Row, ...]
    held: int
    told: int
    makers: int


def matrix(entries: Sequence[Entry], most: int = ROWS) -> Matrix:
    """The makers with the most commitments first."""
    by_maker: dict[str, list[Entry]] = {}
    for entry in entries:
        by_maker.setdefault(entry.pledge.maker_id, []).append(entry)
    order = sorted(by_maker, key=lambda maker: (-len(by_maker[maker]), by_maker[maker][0].pledge.maker))
    rows = tuple(_row(maker, by_maker[maker]) for maker in order[:most])
    cells = [cell for row in rows for cell in row.cells if cell.kind != "none"]
    return Matrix(rows, len(cells), sum(cell.kind != "absent" for cell in cells), len(order))


def _row(maker: str, held: list[Entry]) -> Row:
    cells = tuple(cell([entry for entry in held if goal in entry.pledge.goals]) for goal in NUMBERS)
    return Row(maker, held[0].pledge.maker, len(held), cells)


def cell(held: Sequence[Entry]) -> Cell:
    """One maker's commitments to one Goal."""
    if not held:
        return Cell("none")
    states = Counter(entry.state for entry in held)
    said = listed([f"{count} {STATES[state]}" for state, count in states.most_common()], 9)
    compared = [entry for entry in held if entry.state in JUDGED]
    committed = bool(compared) and all(entry.outcome.stage != "disbursed" for entry in compared)
    if len(compared) == 1 and isinstance(compared[0].outcome.share, Range):
        share = compared[0].outcome.share
        small = f"1 of {len(held)} seen" if len(held) > 1 else ""
        return Cell("share", part(share), small, level(share.low), said=said, committed=committed)
    if compared:
        met, apart = states["met"], states["committed"]
        if committed:
            return Cell("met", f"{apart} of {len(compared)}", "committed", said=said, committed=True)
        return Cell("met", f"{met} of {len(compared)}", f"met, {apart} comm." if apart else "met", said=said)
    usual = max(states, key=lambda state: (states[state], -list(STATES).index(state)))
    most = next((state for state in OPEN if states[state]), usual)  # figures without a verdict come before none
    return Cell("absent", "", str(len(held)), state=most, said=said)


def level(share: Decimal) -> int:
    """The class of a share: breaks at 25, 50, 75 and 100 per cent, fixed."""
    return sum(share >= limit for limit in BREAKS)


def fill(cell: Cell) -> tuple[str, str]:
    """Colour of a cell and of its words: of a share its class, of what was committed alone that of the rung."""
    colour = style.COMMITTED if cell.committed else style.SHARE[cell.level]
    return colour, style.readable(colour)


def title(drawn: Matrix) -> str:
    """The finding: always true of what is drawn."""
    return f"In {drawn.told} of {drawn.held} cells something can be compared with what was due; the others show why not"
