"""AidData's release of IATI activities by five publishers, 2000-2015: one CSV inside a zip.

What binds (each with a test): one record is one activity with life-time totals, so its year is the activity's and what
was disbursed is disbursed over its life. Money is split by the DAC entries of its sectors; other vocabularies stand in
the same cell and are passed over. Commas and line breaks in titles make records run over lines. Namibia's code NA was
lost on the way to this file: 284 records have its name and no code. The last line is a lone control byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product

from data_access.ingest.faults import Fault
from data_access.ingest.fx import Rates
from data_access.ingest.published import Published
from data_access.ingest.rows import UNSTATED, Flow, dollars, split

FILE = "aiddata/SDG_IATI_v0.1_beta.zip!SDG_IATI_v0.1_beta.csv"
SOURCE = "iati-goals"
DONORS = {"GB-1": "GBR", "SE-0": "SWE", "DE-1": "DEU", "47122": "1311", "44000": "44000"}  # by reporting-org-ref
KINDS = {  # column -> the source's word, rung
    "total-Commitment": ("commitment", "committed"),
    "total-Disbursement": ("disbursement", "disbursed"),
    "total-Expenditure": ("expenditure", "disbursed"),
}
NEEDED = (
    "iati-identifier", "reporting-org-ref", "recipient-country-code", "recipient-country",
    "recipient-country-percentage", "recipient-region-code", "sector-code", "sector-percentage",
    "sector-vocabulary-code", "default-flow-type-code", "default-currency", "year", *KINDS,
)  # fmt: skip
FULL = Decimal(100)
Share = tuple[str, Decimal]


def read(file: Published, rates: Rates, iso3: Mapping[str, str]) -> Iterator[Flow]:
    """One row per activity, kind, purpose and recipient that carries money.

    A total of 0 means that nothing was reported and makes no row. rates: DAC annual rates. iso3: ISO alpha-2 -> 3.
    Raises Fault for an unknown publisher, country, year or number."""
    for line, cells in file.rows(NEEDED):
        if cells["iati-identifier"] == "\x1a":  # end-of-file byte of an older system; nothing else is on the line
            continue
        yield from _activity(file, line, cells, rates, iso3)


def _activity(
    file: Published, line: int, cells: Mapping[str, str], rates: Rates, iso3: Mapping[str, str]
) -> Iterator[Flow]:
    year, currency = int(file.number(cells["year"], line, "year")), cells["default-currency"]
    donor = DONORS.get(cells["reporting-org-ref"])
    if donor is None:
        raise Fault(
            file.name, line, "reporting-org-ref", cells["reporting-org-ref"], "is not known", "add it to DONORS"
        )
    rate = rates.of(currency, year)
    places = list(product(_sectors(file, line, cells), _recipients(file, line, cells, iso3)))
    weights = [sector[1] * recipient[1] for sector, recipient in places]
    for column, (kind, stage) in KINDS.items():
        amount = file.number(cells[column], line, column)
        if not amount:
            continue
        parts = zip(places, split(amount, weights), split(dollars(amount, rate), weights), strict=True)
        for ((purpose, _), (recipient, _)), part, usd in parts:
            if part or usd:
                yield Flow(
                    SOURCE, file.name, line, cells["iati-identifier"], stage, kind, year, donor, recipient,
                    purpose[:3] if purpose.isdigit() else UNSTATED, purpose,
                    cells["default-flow-type-code"] or UNSTATED, usd, currency, part, rate,
                )  # fmt: skip


def _sectors(file: Published, line: int, cells: Mapping[str, str]) -> list[Share]:
    """DAC purposes with their percentages; what they leave of 100 is not stated.

    One purpose without a percentage has all. Percentages beyond 100 are taken as proportions. No DAC entry: all of it
    is not stated."""
    columns = [cells[name].split(";") for name in ("sector-vocabulary-code", "sector-code", "sector-percentage")]
    if len({len(column) for column in columns}) != 1:
        reason = "has not as many entries as sector-vocabulary-code and sector-percentage"
        raise Fault(file.name, line, "sector-code", cells["sector-code"], reason, "repair the record")
    found = [(code, text) for vocabulary, code, text in zip(*columns, strict=True) if vocabulary == "DAC"]
    if len(found) == 1 and not found[0][1]:
        found = [(found[0][0], "100")]
    shares: dict[str, Decimal] = {}
    for code, text in found:
        if not re.fullmatch(r"[0-9]{5}", code):
            raise Fault(file.name, line, "sector-code", code, "is not a DAC purpose code", "write five digits")
        percent = file.number(text, line, "sector-percentage") if text else Decimal(0)
        shares[code] = shares.get(code, Decimal(0)) + percent
    return _filled(shares, UNSTATED)


def _recipients(file: Published, line: int, cells: Mapping[str, str], iso3: Mapping[str, str]) -> list[Share]:
    """Countries with their percentages. A region counts only where none is named: BMZ gives both for one amount."""
    if cells["recipient-country"] == "Namibia" and not cells["recipient-country-code"]:
        return [("NAM", FULL)]
    codes = [code for code in cells["recipient-country-code"].split(";") if code]
    for code in codes:
        if code not in iso3:
            raise Fault(
                file.name, line, "recipient-country-code", code, "is not a country code", "use ISO 3166 alpha-2"
            )
    if codes:
        return _filled(_percentages(file, line, cells["recipient-country-percentage"], [iso3[c] for c in codes]), "998")
    return [(cells["recipient-region-code"] or "998", FULL)]


def _percentages(file: Published, line: int, text: str, codes: list[str]) -> dict[str, Decimal]:
    percents = [file.number(part, line, "recipient-country-percentage") for part in text.split(";") if part]
    if len(codes) == 1:
        return {codes[0]: percents[0] if percents else FULL}
    if len(percents) != len(codes):
        reason = f"does not give one percentage for each of {len(codes)} countries"
        raise Fault(file.name, line, "recipient-country-percentage", text, reason, "repair the record")
    return dict(zip(codes, percents, strict=True))


def _filled(shares: dict[str, Decimal], rest: str) -> list[Share]:
    left = FULL - sum(shares.values())
    return [*shares.items(), (rest, left)] if left > 0 else list(shares.items())
