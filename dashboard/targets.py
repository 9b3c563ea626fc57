"""What the Goals ask of an indicator by 2015: the target in words, and as a number where it is one.

Source: the official list of MDG targets and indicators (General Assembly resolution 55/2 and the list effective
15 January 2008). Where the list gives no number there is no rule, and no line is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

START, DEADLINE = 1990, 2015


@dataclass(frozen=True)
class Target:
    """kind `left`: this share of the level of 1990 may be left by 2015 (1/3 after a cut by two thirds).
    `halve_without`: halve the share, in per cent, of those who go without. `level`: reach this value by 2015.
    `none`: the target names no number, or the series measures it in another way. `why_not` says which."""

    words: str
    kind: Literal["left", "halve_without", "level", "none"] = "none"
    value: Decimal = Decimal(0)
    why_not: str = ""

    def asked(self, start: Decimal) -> Decimal | None:
        """The value asked for in 2015 of a country whose level in 1990 was `start`; None where no number is asked."""
        if self.kind == "left":
            return start * self.value
        if self.kind == "halve_without":
            return 100 - (100 - start) / 2
        return self.value if self.kind == "level" else None


NO_NUMBER = "The target names no number."
TARGETS: dict[str, Target] = {  # by indicator series
    "poverty": Target(
        "1.A Halve, between 1990 and 2015, the proportion of people whose income is less than one dollar a day",
        why_not="The target uses a line of $1 a day; this series uses $3.00 a day at 2021 prices.",
    ),
    "completion": Target(
        "2.A Ensure that, by 2015, children everywhere will be able to complete a full course of primary schooling",
        "level", Decimal(100),
    ),
    "out_of_school": Target(
        "2.A Ensure that, by 2015, children everywhere will be able to complete a full course of primary schooling",
        "level", Decimal(0),
    ),
    "parity": Target(
        "3.A Eliminate gender disparity in primary and secondary education, preferably by 2005, and in all levels of "
        "education no later than 2015", "level", Decimal(1),
    ),
    "under5": Target(
        "4.A Reduce by two thirds, between 1990 and 2015, the under-five mortality rate", "left", Decimal(1) / 3,
    ),
    "maternal": Target(
        "5.A Reduce by three quarters, between 1990 and 2015, the maternal mortality ratio", "left", Decimal("0.25"),
    ),
    "births": Target(
        "5.A Reduce by three quarters, between 1990 and 2015, the maternal mortality ratio (indicator 5.2)",
        why_not=NO_NUMBER,
    ),
    "hiv": Target("6.A Have halted by 2015 and begun to reverse the spread of HIV/AIDS", why_not=NO_NUMBER),
    "malaria": Target(
        "6.C Have halted by 2015 and begun to reverse the incidence of malaria and other major diseases", why_not=NO_NUMBER
    ),
    "tb": Target(
        "6.C Have halted by 2015 and begun to reverse the incidence of malaria and other major diseases", why_not=NO_NUMBER
    ),
    "water": Target(
        "7.C Halve, by 2015, the proportion of people without sustainable access to safe drinking water and basic "
        "sanitation", "halve_without",
    ),
    "sanitation": Target(
        "7.C Halve, by 2015, the proportion of people without sustainable access to safe drinking water and basic "
        "sanitation", "halve_without",
    ),
    "oda_gni": Target(
        "0.7 per cent of gross national income as official development assistance (indicator 8.1)", "level", Decimal("0.7")
    ),
}  # fmt: skip
