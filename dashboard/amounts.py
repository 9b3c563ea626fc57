"""An amount as it was promised or reported, and the kinds of absence where there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

MONEY = re.compile(r"(?P<currency>[A-Z]{3})(?: (?P<scale>thousand|million|billion))?(?P<yearly> per year)?")
SCALES = {"": Decimal(1), "thousand": Decimal(10) ** 3, "million": Decimal(10) ** 6, "billion": Decimal(10) ** 9}
DENOMINATORS = {  # units that are a share of something -> of what
    "% GNI": "gross national income",
    "percent of budget": "the government budget",
    "percent of GDP": "gross domestic product",
    "percent of aid": "aid",
    "percent of tariff lines": "tariff lines",
    "percent of countries": "countries",
    "percent of population": "the population",
}


class Absence(StrEnum):
    """Why there is no figure. Each has its own mark; none is ever summed or averaged as zero.

    ZERO is a figure reported as zero: marked apart so that it is not taken for a blank."""

    ZERO = "zero"
    NOT_REPORTED = "not_reported"
    NOT_DUE = "not_due"
    NO_TARGET = "no_target"
    NOT_CLEAR = "not_clear"
    CONFIDENTIAL = "confidential"
    NOT_MEASURABLE = "not_measurable"

    @property
    def words(self) -> str:
        """As a reader is told: `not due yet`."""
        return ABSENCES[self]


ABSENCES: dict[Absence, str] = {
    Absence.ZERO: "reported as zero",
    Absence.NOT_REPORTED: "not reported",
    Absence.NOT_DUE: "not due yet",
    Absence.NO_TARGET: "no numeric target",
    Absence.NOT_CLEAR: "not clear",
    Absence.CONFIDENTIAL: "confidential",
    Absence.NOT_MEASURABLE: "not measurable from the data at hand",
}


@dataclass(frozen=True)
class Amount:
    """What was promised or delivered: a point, a range, a share of a denominator (which may be a range), or none.

    low, high: equal for a point; both None for none. In the unit as written (`USD million`, `% GNI`); prices: the price
    basis as stated (`constant 2004`), empty where not stated."""

    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    prices: str = ""

    @property
    def kind(self) -> str:
        """point, range, share or none."""
        if self.low is None or self.high is None:
            return "none"
        if self.unit in DENOMINATORS:
            return "share"
        return "point" if self.low == self.high else "range"

    @property
    def is_range(self) -> bool:
        return self.low is not None and self.low != self.high

    @property
    def denominator(self) -> str:
        """What a share is of; empty where the amount is no share."""
        return DENOMINATORS.get(self.unit, "")

    @property
    def currency(self) -> str:
        """ISO 4217 code; empty where the unit is not money."""
        found = MONEY.fullmatch(self.unit)
        return found["currency"] if found else ""

    @property
    def per_year(self) -> bool:
        found = MONEY.fullmatch(self.unit)
        return bool(found and found["yearly"])

    def whole(self) -> tuple[Decimal, Decimal] | None:
        """Low and high in whole units of the currency; None where it is no money or no figure."""
        found = MONEY.fullmatch(self.unit)
        if not found or self.low is None or self.high is None:
            return None
        scale = SCALES[found["scale"] or ""]
        return self.low * scale, self.high * scale


NO_AMOUNT = Amount()
