"""Steps between two readings of the same money: prices and exchange rates, and a denominator that moved.

The DAC deflators combine inflation and exchange rate, so at their hand the two are one step. Where a promise was made
in another currency the exchange rate has a step of its own. Source of the method: OECD DAC, information note on
deflators and exchange rates (constant = current / deflator x 100).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dashboard.ranges import EXACT, Range, quotient, summed


@dataclass(frozen=True)
class Restated:
    """The same money at two price bases; `step` is what only prices and exchange rates add or take."""

    current: Decimal
    constant: Decimal

    @property
    def step(self) -> Decimal:
        """Added to the constant amount it gives the current one."""
        return EXACT.subtract(self.current, self.constant)


def constant(current: Decimal, deflator: Decimal, base: Decimal) -> Decimal:
    """An amount at the prices and exchange rates of the year whose deflator is `base`, to eight decimals."""
    return quotient(EXACT.multiply(current, base), deflator).quantize(Decimal("1e-8"), context=EXACT)


def restated(current: Mapping[int, Decimal], deflators: Mapping[int, Decimal], base: int) -> Restated:
    """Amounts by year at current prices and at those of `base`. Raises KeyError for a year without a deflator."""
    at_base = deflators[base]
    held = [constant(amount, deflators[year], at_base) for year, amount in sorted(current.items())]
    return Restated(summed(current.values()) or Decimal(0), summed(held) or Decimal(0))


def exchange_step(promised: Decimal, then: Decimal, now: Decimal) -> Decimal:
    """What the exchange rate alone adds to a promise in another currency: promised at today's rate less at that of the
    day it was made. then, now: units of the currency per US dollar."""
    return EXACT.subtract(quotient(promised, now), quotient(promised, then))


def denominator_step(share: Range, expected: Decimal, actual: Decimal) -> Range:
    """What a denominator that came out otherwise than expected adds to what is due: share x (actual - expected).

    share: per cent (0.7). Negative where income fell below the projection, as before Gleneagles fell due."""
    return share.times(EXACT.divide(EXACT.subtract(actual, expected), Decimal(100)))
