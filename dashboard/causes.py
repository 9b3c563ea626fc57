"""The waterfall of a measured commitment as rows that a figure draws, as their table, and what each step is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.amount_words import prices
from dashboard.falls import NOTHING_BESIDE, fall, moves, onward
from dashboard.gaps import Kind, Step
from dashboard.measured import Measured
from dashboard.moved_income import members
from dashboard.moves import Known, Move, Names
from dashboard.panels import Column, Table
from dashboard.ranges import Range, summed
from dashboard.waterfalls import GIVEN, Bar, Share

ZERO = Decimal(0)
KINDS: dict[str, Kind] = {
    "denominator": "cause",
    "prices": "cause",
    "not_due": "not due",
    "out_of_scope": "cause",
    "shortfall": "gap",
    "above": "above",
    "unexplained": "unexplained",
}
NAMES: dict[str, str] = {  # of a step, as the figure has room for
    "denominator": "Income moved",
    "prices": "Prices, exchange rates",
    "not_due": "Not yet due",
    "out_of_scope": "Years without figures",
    "shortfall": "Shortfall",
    "above": "Above what was due",
    "unexplained": "Unexplained",
}
NOT_SEEN = "Not seen, or not done"  # of a promise of which only a part is seen: no shortfall can be told
LEVELS = {
    "baseline": "Level before",
    "pledged": "Pledged",
    "promised": "Promised in all",
    "delivered": "Delivered",
    "current": "The same, current",
}
REACHED = "Delivered in all"  # of a promise above a level: the level and what came on top of it
CURRENT = "current US dollars"


@dataclass(frozen=True)
class Causes:
    """rows: as `waterfalls` gives them, of a promised range against its low end; high: against its high end, empty
    where it is none. prices: of all rows. onward: of constant prices, from what was delivered at them to the same at
    current ones. stage: of the rung at which delivery is counted. part: whether less is counted than the promise
    counts. moves: every cause with its step or the reason why it
    has none. shares, high_shares: what each donor owed and gave, of a share of income that several promised."""

    rows: tuple[Bar, ...]
    prices: str
    stage: str = "disbursed"
    high: tuple[Bar, ...] = ()
    moves: tuple[Move, ...] = ()
    shares: tuple[Share, ...] = ()
    high_shares: tuple[Share, ...] = ()
    onward: tuple[Bar, ...] = ()
    part: bool = False


def causes(found: Measured, known: Known = NOTHING_BESIDE, names: Names = str) -> Causes | None:
    """None where no money was due, or nothing is measured. A share of income is drawn as the money it comes to."""
    rows = fall(found, "low", known, names)
    if not rows:
        return None
    ranged = isinstance(found.due, Range) and not found.due.is_point
    shares = tuple(members(found, "low", names)) if found.unit == "%" else ()
    several = len(shares) > 1
    return Causes(
        rows,
        prices(found.rule, "USD"),
        found.rule.stage,
        fall(found, "high", known, names) if ranged else (),
        moves(found, known, names),
        shares if several else (),
        tuple(members(found, "high", names)) if several and ranged else (),
        onward(found, known),
        found.part,
    )


def drawn(found: Causes, high: bool = False) -> tuple[Step, ...]:
    """As the figure of steps takes them."""
    return tuple(_step(row, at, found) for at, row in enumerate(found.high if high else found.rows))


def whole(found: Causes, high: bool = False) -> Decimal | None:
    """What the shares in a figure are of: what was pledged, where it is what was due. None where a level was there
    before, or where what was due came to another sum than was pledged: then the title alone gives a share, of that."""
    rows = found.high if high else found.rows
    moved = any(row.cause in GIVEN for row in rows)
    return None if moved or not rows or rows[0].cause != "pledged" else rows[0].end


def drawn_onward(found: Causes) -> tuple[Step, ...]:
    """What leads to current prices, as the figure of steps takes it."""
    return tuple(_step(row, at, found) for at, row in enumerate(found.onward))


def table_onward(found: Causes) -> Table:
    """The same in figures: the step is of no price base, it leads from one to the other."""
    rows = tuple((_name(row.cause, found), row.value, _basis(row.cause, found)) for row in found.onward)
    columns = Column("step", "Step"), Column("usd", "Amount", "usd", "US dollars"), Column("prices", "Prices")
    return Table(f"From {found.prices} to {CURRENT}", columns, rows)


def _step(row: Bar, at: int, found: Causes) -> Step:
    if row.cause == "delivered" and found.stage == "committed":
        return Step(found.stage, "rung", Decimal(0), row.end)
    if row.cause == "delivered" and _above_a_level(found):
        return Step("reached", "rung", Decimal(0), row.end)
    if row.level or (at == 0 and row.cause == "pledged"):
        return Step(row.cause, "rung", Decimal(0), row.end)
    if row.cause == "pledged":
        return Step("pledged", "raise", row.start, row.end)
    return Step(row.name or _name(row.cause, found), KINDS[row.cause], row.start, row.end)


def table(found: Causes) -> Table:
    """The same in figures, of a range at both ends: the steps between two levels sum to the second."""
    sets = [found.rows, found.high] if found.high else [found.rows]
    names = ("Against the low end", "Against the high end") if found.high else ("Amount",)
    money = (Column(f"usd{at}", name, "usd", "US dollars") for at, name in enumerate(names))
    values = [_values(rows) for rows in sets]
    order = list(dict.fromkeys(cause for rows in _ordered(sets) for cause in rows))
    rows = tuple((_name(cause, found), *(held.get(cause, ZERO) for held in values)) for cause in order)
    return Table(f"Steps by cause, {found.prices}", (Column("step", "Step"), *money), rows)


def _values(rows: Sequence[Bar]) -> dict[str, Decimal]:
    return {row.cause: row.value for row in rows}


def _ordered(sets: Sequence[Sequence[Bar]]) -> list[list[str]]:
    """Causes of the longest first, so that a step which only one end has stands in its place; delivered is the last."""
    every = [[row.cause for row in rows if row.cause != "delivered"] for rows in sets]
    return [*sorted(every, key=len, reverse=True), ["delivered"]]


def by_donor(found: Causes) -> Table:
    """What each donor owed and gave; the shortfalls and what is above sum to the step of the waterfall."""
    ends = [("", found.shares)] if not found.high_shares else [(", low", found.shares), (", high", found.high_shares)]
    columns = [Column("donor", "Donor")]
    for words, _ in ends:
        columns.append(Column(f"due{words}", f"Due{words}", "usd", "US dollars"))
    columns.append(Column("have", "Delivered", "usd", "US dollars"))
    for words, _ in ends:
        columns.append(Column(f"gap{words}", f"Delivered less due{words}", "usd", "US dollars"))
    held = [{share.code: share for share in shares} for _, shares in ends]
    rows: list[tuple[object, ...]] = []
    for share in found.shares:
        each = [by_code[share.code] for by_code in held]
        rows.append((share.name, *(one.promised for one in each), share.delivered, *(one.shortfall for one in each)))
    total = [_sum([row[at] for row in rows]) for at in range(1, len(columns))]
    caption = f"The shortfall by donor, {found.prices}, the widest first"
    return Table(caption, tuple(columns), (*rows, ("All together", *total)))


def _sum(values: Sequence[object]) -> Decimal | None:
    return summed(value for value in values if isinstance(value, Decimal))


EXPORTED = (
    Column("part", "Part"),
    Column("name", "Name"),
    Column("end", "Of a range"),
    Column("value", "Value", "usd", "US dollars"),
    Column("prices", "Prices"),
    Column("how", "How it is made, or why there is none"),
)


def exported(found: Causes) -> Table:
    """Every step with all its digits, at both ends of a range; what causes are made of; what each donor owed and gave.

    Of each end the steps between two levels sum to the second; the donors' shortfalls sum to that of the waterfall."""
    held: list[tuple[object, ...]] = []
    ends = [("low", found.rows, found.shares), ("high", found.high, found.high_shares)] if found.high else []
    how = {move.cause: move.how for move in found.moves}
    for end, rows, shares in ends or [("", found.rows, found.shares)]:
        for row in (*rows, *found.onward[1:]):
            part, name = "level" if row.level else "step", _name(row.cause, found)
            held.append((part, name, end, row.value, _basis(row.cause, found), how.get(row.cause, "")))
        for share in shares:
            for name, value in (("due", share.promised), ("delivered", share.delivered), ("gap", share.shortfall)):
                held.append((f"donor, {name}", share.name, end, value, found.prices, ""))
    for move in found.moves:
        if move.absence is not None:
            held.append(("no step", NAMES[move.cause], "", None, "", f"{move.absence.words}: {move.how}"))
    return Table("Steps by cause", EXPORTED, tuple(held))


def _above_a_level(found: Causes) -> bool:
    """Whether the promise stands on a level of before: its last rung is then that level and what came on top, and is
    not called by the word for what came on top."""
    return any(row.cause == "baseline" for row in found.rows)


def _name(cause: str, found: Causes) -> str:
    if cause == "delivered" and found.stage != "disbursed":
        return found.stage.capitalize()
    if cause == "delivered" and _above_a_level(found):
        return REACHED
    if cause == "shortfall" and found.part:
        return NOT_SEEN
    return LEVELS.get(cause) or NAMES[cause]


def _basis(cause: str, found: Causes) -> str:
    """Prices of a row; the step onward leads from those of the promise to current ones."""
    if found.onward and cause in ("prices", "current"):
        return CURRENT if cause == "current" else f"{CURRENT} less {found.prices}"
    return found.prices


def unexplained(found: Causes) -> Decimal:
    """What no step explains; zero where all is."""
    return summed(row.value for row in found.rows if row.cause == "unexplained") or Decimal(0)
