"""The DAC's annual exchange rates and deflators.

Rates: the DAC's table as published, national currency per US dollar, four decimals (`fx/dac_exchange_rates.csv`).
Deflators: the release of 2 December 2024 (`fx/oecd_dac_deflators_exchange_1960_2023.parquet`). Two tables of deflators
are at hand; this one is keyed by DAC code, reaches 2023 and holds non-DAC donors; the other ends in 2020 and holds 31.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

import pyarrow.parquet as pq

from data_access.ingest.faults import Fault
from data_access.ingest.published import Published

RATES_FILE = "fx/dac_exchange_rates.csv"
DEFLATORS_FILE = "fx/oecd_dac_deflators_exchange_1960_2023.parquet"
RATE_ROWS = {  # currency -> the row that carries it; members of the euro area carry it in the row of the euro
    "AUD": "Australia", "CAD": "Canada", "CHF": "Switzerland", "CZK": "Czech Republic", "DKK": "Denmark",
    "EUR": "ECU/EURO (1)", "GBP": "United Kingdom", "HUF": "Hungary", "ISK": "Iceland", "JPY": "Japan",
    "KRW": "Korea", "NOK": "Norway", "NZD": "New Zealand", "PLN": "Poland", "SEK": "Sweden",
}  # fmt: skip
BASE_YEAR = 2014
ABSENT = ("", "..")  # how the DAC writes that it has no rate
DAC_TOTAL = "20001"  # DAC countries: the deflator of multilaterals, of sums over donors, and where a donor has none
MOST = Decimal(10) ** 9  # units of a currency per dollar
EIGHT = Decimal("0.00000001")


@dataclass(frozen=True)
class Rates:
    """Units of a currency per US dollar, by currency and year."""

    by_currency: Mapping[str, Mapping[int, Decimal]]

    def of(self, currency: str, year: int) -> Decimal:
        """Raises LookupError with a sentence where no rate is known."""
        if currency == "USD":
            return Decimal(1)
        rate = self.by_currency.get(currency, {}).get(year)
        if rate is None:
            raise LookupError(f"No DAC exchange rate is known for {currency} in {year}; add it to {RATES_FILE}.")
        return rate


@dataclass(frozen=True)
class Deflators:
    """DAC deflators by DAC donor code and year; only ratios of two years of one donor are used."""

    by_donor: Mapping[str, Mapping[int, Decimal]]

    def factor(self, dac_code: str, year: int) -> Decimal | None:
        """What turns current dollars of a year into dollars of the base year. None where the DAC total has no figure.

        usd_constant = usd / deflator(donor, year) x deflator(donor, base year). The DAC total stands in for donors
        without a series for both years (multilaterals, most others)."""
        for code in (dac_code, DAC_TOTAL):
            series = self.by_donor.get(code, {})
            if year in series and BASE_YEAR in series:
                return series[BASE_YEAR] / series[year]
        return None

    def constant(self, usd: Decimal, dac_code: str, year: int) -> Decimal | None:
        """US dollars of the base year, to eight decimals."""
        factor = self.factor(dac_code, year)
        return None if factor is None else (usd * factor).quantize(EIGHT, ROUND_HALF_EVEN)


def read_rates(file: Published) -> Rates:
    """Rates of the currencies that sources use. Raises Fault for a year or rate that is none."""
    found: dict[str, dict[int, Decimal]] = {}
    for line, cells in file.rows(()):
        (_, first), *figures = cells.items()
        known = [(year, text) for year, text in figures if text not in ABSENT]
        for currency in (code for code, name in RATE_ROWS.items() if name == first):
            found[currency] = {file.year(year, 1, year): _rate(file, text, line, year) for year, text in known}
    return Rates(found)


def _rate(file: Published, text: str, line: int, year: str) -> Decimal:
    """226.70000000000002 is 226.7: this copy of the table went through floating point."""
    number = file.number(text, line, year)
    if not 0 < number < MOST:
        reason, remedy = "is no rate of exchange", "write units of the currency per US dollar"
        raise Fault(file.name, line, year, text, reason, remedy, "FX-RATE-01")
    return number.quantize(EIGHT, ROUND_HALF_EVEN).normalize() + 0


def read_deflators(file: Published) -> Deflators:
    """Deflators by donor and year, as the file's decimal digits say them."""
    table = pq.read_table(file.path, columns=["pydeflate_year", "pydeflate_entity_code", "pydeflate_DAC_DEFLATOR"])
    found: dict[str, dict[int, Decimal]] = {}
    for row in table.to_pylist():
        if row["pydeflate_DAC_DEFLATOR"] is not None:
            donor = found.setdefault(str(row["pydeflate_entity_code"]), {})
            donor[row["pydeflate_year"]] = Decimal(repr(row["pydeflate_DAC_DEFLATOR"]))
    return Deflators(found)
