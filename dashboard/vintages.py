"""The same promise looked at at two dates: what each account said its gap was made of, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.ranges import EXACT
from dashboard.waterfalls import GIVEN, Bar, by_cause, waterfall


@dataclass(frozen=True)
class Said:
    """One figure of an account, whole units. cause: baseline, pledged, one of `waterfalls.GIVEN`, shortfall, or rise
    (what was delivered on top of the baseline). prices: as stated (`constant 2004`). title, address: of the source."""

    value: Decimal
    as_of: str
    by: str
    cause: str
    prices: str = ""
    title: str = ""
    address: str = ""


@dataclass(frozen=True)
class Vintage:
    """One account: when it was given, by whom, its waterfall, its prices and its sources (title, address)."""

    as_of: str
    by: str
    rows: tuple[Bar, ...]
    prices: str = ""
    sources: tuple[tuple[str, str], ...] = ()

    @property
    def delivered(self) -> Decimal:
        return self.rows[-1].end


@dataclass(frozen=True)
class Moved:
    """One cause in two accounts; None: the account does not name it, which is not zero."""

    cause: str
    earlier: Decimal | None
    later: Decimal | None

    @property
    def moved(self) -> Decimal:
        """Later less earlier; what an account does not name takes no part of its waterfall."""
        return EXACT.subtract(self.later or Decimal(0), self.earlier or Decimal(0))


def side_by_side(earlier: Vintage, later: Vintage) -> tuple[Moved, ...]:
    """Every cause of either account, in the order of the earlier one, then `delivered`.

    The moves of the causes and of the level they start from sum to that of `delivered`, exactly."""
    before, after = (_with_baseline(vintage.rows) for vintage in (earlier, later))
    causes = [*before, *(cause for cause in after if cause not in before)]
    rows = [Moved(cause, before.get(cause), after.get(cause)) for cause in causes]
    return (*rows, Moved("delivered", earlier.delivered, later.delivered))


def _with_baseline(rows: Sequence[Bar]) -> dict[str, Decimal]:
    base = {row.cause: row.end for row in rows if row.level and row.cause == "baseline"}
    return base | by_cause(rows)


def accounts(every: Iterable[Said]) -> tuple[Vintage, ...]:
    """Figures of one promise put together by the date and the giver of the account, the earliest first.

    What the figures of an account leave over is its `unexplained`. Raises ValueError for one without a pledge or a
    rise, of which no waterfall can be made."""
    held: dict[tuple[str, str], list[Said]] = {}
    for one in every:
        held.setdefault((one.as_of, one.by), []).append(one)
    return tuple(_account(as_of, by, said) for (as_of, by), said in sorted(held.items()))


def _account(as_of: str, by: str, said: Sequence[Said]) -> Vintage:
    value = {one.cause: one.value for one in said}
    if "pledged" not in value or "rise" not in value:
        raise ValueError(f"The account of {by} of {as_of} has no pledge or no rise.")
    base = value.get("baseline")
    reached = EXACT.add(base or Decimal(0), value["rise"])
    moves = {cause: value[cause] for cause in GIVEN if cause in value}
    rows = waterfall(base, value["pledged"], reached, moves, value.get("shortfall"))
    sources = tuple(dict.fromkeys((one.title, one.address) for one in said))
    return Vintage(as_of, by, rows, next(iter(said)).prices, sources)
