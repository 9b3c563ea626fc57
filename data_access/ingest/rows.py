"""What readers yield: one amount at one rung, or one aggregate that a source prints beside its parts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

CENT = Decimal("0.01")
UNSTATED = (
    "unstated"  # the publisher left the code out: a member of its own, told apart from "" (source has no such column)
)


class Flow(NamedTuple):
    """A row of table `flow`, before its number and its constant prices."""

    source: str
    file: str
    line: int
    item: str
    stage: str
    kind: str
    year: int
    donor: str
    recipient: str
    sector: str
    purpose: str
    flow: str
    usd: Decimal
    currency: str
    amount: Decimal
    rate: Decimal
    gender: str = ""  # the gender equality marker, of sources that carry it: 2, 1, 0, unscreened
    record: int = 0  # number of the raw record, where it is kept


class Record(NamedTuple):
    """A row of table `record`: what was read, word for word, and what of it is searched."""

    record: int
    file: str
    line: int
    item: str
    title: str
    description: str
    agency: str
    channel: str
    raw: str


class Total(NamedTuple):
    """A row of table `total`: printed by the source, never summed, used to check."""

    source: str
    file: str
    line: int
    item: str
    stage: str
    kind: str
    year: int
    donor: str
    recipient: str
    sector: str
    purpose: str
    flow: str
    usd: Decimal
    label: str


def split(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Parts of an amount in proportion to weights, in whole cents, that sum back to it exactly.

    Largest remainder (Hamilton's method): each part is rounded toward zero, then the cents left over go to the largest
    remainders, the earlier part first where they are equal. Weights are zero or more and not all zero; `amount` is in
    whole cents; a negative amount is split like its positive and keeps its sign."""
    whole, sign = abs(amount), -1 if amount < 0 else 1
    if amount != amount.quantize(CENT) or min(weights) < 0 or not sum(weights):
        raise ValueError(f"{amount} cannot be split in whole cents by {[str(weight) for weight in weights]}.")
    cents, total = int(whole / CENT), sum(weights)
    scaled = [divmod(cents * weight, total) for weight in weights]
    parts = [int(part) for part, _ in scaled]
    order = sorted(range(len(weights)), key=lambda i: (-scaled[i][1], i))
    for i in order[: cents - sum(parts)]:
        parts[i] += 1
    return [sign * part * CENT for part in parts]


def dollars(amount: Decimal, rate: Decimal) -> Decimal:
    """US dollars, to the cent, of an amount at `rate` units of its currency per dollar (half to even)."""
    return (amount / rate).quantize(CENT, ROUND_HALF_EVEN)
