"""What one source says of one promise: a figure, of what, for which years, at which prices. Several may disagree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from dashboard.amount_words import singular
from dashboard.amounts import Amount

MONEY = re.compile(r"(?P<currency>[A-Z]{3})(?P<scale>(?: (?:thousand|million|billion|trillion))?)")


@dataclass(frozen=True)
class Statement:
    """pledge: id. of: promise, due, delivery, gap, need, baseline, or another quantity in words.

    amount: as written, so that its last digit tells how exact it is. since, until: years of a promise; as_of: date of
    anything else. counts: what the figure counts, in words. part_of: id of the promise under whose total the same
    source lists it. title, address: the source; the address is empty where none is known. confidence: `low` where the
    figure is from general knowledge of the source and was not compared with it; empty where the source was seen."""

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
    confidence: str = ""

    @property
    def source(self) -> str:
        """The title, or the address; a figure that was not compared with its source says so."""
        unseen = " (not compared with the document)" if self.confidence == "low" else ""
        return f"{self.title or self.address}{unseen}"

    def money(self) -> tuple[Decimal, Decimal] | None:
        """Low and high in whole units of the currency; None where it is no money."""
        return self.amount.whole()

    def exactness(self) -> Decimal:
        """Half of the last digit written, in the unit of the amount."""
        written = self.amount.low if self.amount.low is not None else Decimal(0)
        exponent = written.as_tuple().exponent
        return Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)


def figure(amount: Amount) -> str:
    """An amount as a finding quotes it: `USD 5.0 billion`, `USD 22 to 45 billion`, `15 per cent`."""
    if amount.low is None or amount.high is None:
        return "no figure"
    return quoted(amount.low, amount.high, amount.unit)


def quoted(low: Decimal, high: Decimal, unit: str) -> str:
    """All digits of a figure with its unit; of money the currency goes first: `USD 3,513 million`."""
    both = f"{low:,f}" if low == high else f"{low:,f} to {high:,f}"
    money = MONEY.fullmatch(unit)
    if money:
        return f"{money['currency']} {both}{money['scale']}"
    return f"{both} {singular(unit) if low == high == 1 else unit}".strip()
