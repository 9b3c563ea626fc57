"""What moved between two editions, member by member: every step a difference of one thing, and all of them exact.

A total is a sum over cells (donor, purpose, year) of amount x factor x weight: the factor restates prices, the weight
is the share of a purpose that serves a Goal, or whether a donor belongs to a group in the year. From the earlier to
the later edition one thing changes at a time:

    years       cells of years that only one of the two holds
    revision    (amount later - amount earlier) x factor earlier x weight earlier
    prices      amount later x (factor later - factor earlier) x weight earlier
    weights     amount later x factor later x (weight later - weight earlier)

What these leave of the difference of the two totals is `unexplained`, and shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from dashboard.panels import Column, Table
from dashboard.ranges import EXACT, summed
from dashboard.record_names import label

ZERO = Decimal(0)
KEYS = ("from", "to", "source", "stage", "by", "prices", "method", "was", "is")
BY: dict[str, str] = {"donor": "Donors", "group": "Groups of donors", "goal": "Goals"}
PRICES: dict[str, str] = {"current": "Current prices", "constant": "Constant prices"}
STEPS: dict[str, str] = {
    "years": "Real movement",
    "revision": "Revision",
    "prices": "Price base",
    "weights": "Mapping or membership",
    "unexplained": "Unexplained",
}
WORDS: dict[str, str] = {  # terms of an address -> what they are called
    "from": "Earlier edition",
    "to": "Later edition",
    "source": "Source",
    "stage": "Stage",
    "by": "Rows",
    "prices": "Prices",
    "method": "Goal mapping",
}
ADDS = "Of each row the earlier edition and the five steps make the later edition, to the last digit."
MEANS: dict[str, str] = {
    "years": "amounts of years that the earlier edition did not hold, less those of years no longer held",
    "revision": "other amounts of the same years, at the prices of the earlier edition",
    "prices": "the same amounts at other deflators or another base year",
    "weights": "the same amounts under another goal mapping, or other members of a group",
    "unexplained": "what no step explains",
}


@dataclass(frozen=True)
class Cell:
    """One amount in both editions; None: not reported there. earlier, later: whether that edition holds the year.
    factors and weights: of the earlier and of the later edition."""

    earlier: bool
    later: bool
    before: Decimal | None
    after: Decimal | None
    factors: tuple[Decimal, Decimal] = (Decimal(1), Decimal(1))
    weights: tuple[Decimal, Decimal] = (Decimal(1), Decimal(1))


@dataclass(frozen=True)
class Moved:
    """One member. before, after: its totals as the two editions answer; None: not reported there. steps: US dollars by
    name of STEPS. appeared, gone: cells reported in one of the two alone, in years that both hold."""

    code: str
    before: Decimal | None
    after: Decimal | None
    steps: Mapping[str, Decimal]
    appeared: int = 0
    gone: int = 0

    @property
    def change(self) -> Decimal:
        return EXACT.subtract(self.after or ZERO, self.before or ZERO)

    @property
    def still(self) -> bool:
        """Whether nothing moved at all, nor anything within it."""
        return not self.change and not any(self.steps.values()) and not (self.appeared or self.gone)


def moved(code: str, before: Decimal | None, after: Decimal | None, cells: Iterable[Cell]) -> Moved:
    """The steps from one total to the other; they sum to the difference exactly, whatever the cells are."""
    held, appeared, gone = list(cells), 0, 0
    steps = dict.fromkeys(STEPS, ZERO)
    for cell in held:
        both = cell.earlier and cell.later
        appeared += both and cell.before is None and cell.after is not None
        gone += both and cell.after is None and cell.before is not None
        for name, value in _steps(cell):
            steps[name] = EXACT.add(steps[name], value)
    change = EXACT.subtract(after or ZERO, before or ZERO)
    steps["unexplained"] = EXACT.subtract(change, summed(steps.values()) or ZERO)
    return Moved(code, before, after, steps, appeared, gone)


def _steps(cell: Cell) -> list[tuple[str, Decimal]]:
    before, after = cell.before or ZERO, cell.after or ZERO
    (old, new), (share, now) = cell.factors, cell.weights
    if not (cell.earlier and cell.later):
        return [("years", EXACT.subtract(_times(after, new, now), _times(before, old, share)))]
    return [
        ("revision", _times(EXACT.subtract(after, before), old, share)),
        ("prices", _times(after, EXACT.subtract(new, old), share)),
        ("weights", _times(after, new, EXACT.subtract(now, share))),
    ]


def _times(*factors: Decimal) -> Decimal:
    found = Decimal(1)
    for factor in factors:
        found = EXACT.multiply(found, factor)
    return found


def ordered(rows: Iterable[Moved]) -> tuple[Moved, ...]:
    """Those that moved most first; those that did not move, by code, last."""
    return tuple(sorted(rows, key=lambda row: (row.still, -abs(row.change), row.code)))


def table(rows: Iterable[Moved], names: Mapping[str, str], basis: str) -> Table:
    """Exact; before + the steps = after."""
    money = [Column(name, words, "usd", "US dollars") for name, words in STEPS.items()]
    columns = (
        Column("code", "Code", "code"),
        Column("name", "Name"),
        Column("before", "Earlier edition", "usd", "US dollars"),
        *money,
        Column("after", "Later edition", "usd", "US dollars"),
        Column("appeared", "Amounts newly reported", "number"),
        Column("gone", "Amounts no longer reported", "number"),
    )
    made = tuple(
        (row.code, names.get(row.code, row.code), row.before, *_all(row), row.after, row.appeared, row.gone)
        for row in rows
    )
    return Table(f"What moved between the two editions, {basis}", columns, made)


def _all(row: Moved) -> tuple[Decimal, ...]:
    return tuple(row.steps[name] for name in STEPS)


def meanings() -> str:
    """What each step holds, in sentences."""
    return " ".join(f"{STEPS[name]}: {words}." for name, words in MEANS.items())


class Differs(Protocol):
    """A record that differs between two states of the register: what was done to it, and the fields that differ."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def parts(self) -> tuple[str, ...]: ...


def records_table(rows: Iterable[Differs], states: tuple[str, str]) -> Table:
    """Every commitment that differs between two states."""
    heads = ("Commitment", "Title", "What was done", "What differs")
    columns = tuple(Column(name, words) for name, words in zip(("id", "title", "action", "parts"), heads, strict=True))
    held = tuple((row.id, row.title, row.action, ", ".join(label(part) for part in row.parts)) for row in rows)
    return Table(f"Commitments that differ, state {states[0]} to {states[1]}", columns, held)


def two(picked: tuple[str, str], held: Sequence[str]) -> tuple[str, str]:
    """The earlier and the later of two that are compared: those picked, else the last two. held: the last first."""
    later = picked[1] or (held[0] if held else "")
    rest = held[held.index(later) + 1 :] if later in held else held
    return picked[0] or (rest[0] if rest else ""), later
