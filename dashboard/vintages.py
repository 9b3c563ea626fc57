"""The same promise looked at at two dates: what each account said its gap was made of, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dashboard.ranges import EXACT
from dashboard.waterfalls import Bar, by_cause


@dataclass(frozen=True)
class Vintage:
    """One account: when it was given, by whom, and its waterfall."""

    as_of: str
    by: str
    rows: tuple[Bar, ...]

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
