"""What one source says of one promise: a figure, of what, for which years, at which prices. Several may disagree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dashboard.amounts import Amount


@dataclass(frozen=True)
class Statement:
    """pledge: id. of: promise, due, delivery, gap, need, baseline, or another quantity in words.

    amount: as written, so that its last digit tells how exact it is. since, until: years of a promise; as_of: date of
    anything else. counts: what the figure counts, in words. part_of: id of the promise under whose total the same
    source lists it. title, address: the source; the address is empty where none is known."""

    pledge: str
    of: str
    amount: Amount
    since: str = ""
    until: str = ""
    as_of: str = ""
    counts: str = ""
    part_of: str = ""
    title: str = ""
    address: str = ""

    @property
    def source(self) -> str:
        return self.title or self.address

    def money(self) -> tuple[Decimal, Decimal] | None:
        """Low and high in whole units of the currency; None where it is no money."""
        return self.amount.whole()

    def exactness(self) -> Decimal:
        """Half of the last digit written, in the unit of the amount."""
        written = self.amount.low if self.amount.low is not None else Decimal(0)
        exponent = written.as_tuple().exponent
        return Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)


def figure(amount: Amount) -> str:
    """An amount as a finding quotes it: `5.0 USD billion`, `22 to 45 USD billion`."""
    if amount.low is None or amount.high is None:
        return "no figure"
    both = f"{amount.low:f}" if amount.low == amount.high else f"{amount.low:f} to {amount.high:f}"
    return f"{both} {amount.unit}".strip()
