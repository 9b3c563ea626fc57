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
from data_access.ingest.published import Published, Refuse, each, stop
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
MEND = "make the entries of these columns correspond"
Share = tuple[str, Decimal]


def read(file: Published, rates: Rates, iso3: Mapping[str, str], refuse: Refuse = stop) -> Iterator[Flow]:
    """One row per activity, kind, purpose and recipient that carries money.

    A total of 0 means that nothing was reported and makes no row. rates: DAC annual rates. iso3: ISO alpha-2 -> 3.
    `refuse` is told of activities of an unknown publisher, country, year, rate or number."""
    return each(file.rows(NEEDED, refuse), lambda row: _activity(file, *row, rates, iso3), refuse)


def _activity(
    file: Published, line: int, cells: Mapping[str, str], rates: Rates, iso3: Mapping[str, str]
) -> Iterator[Flow]:
    if cells["iati-identifier"] == "\x1a":  # end-of-file byte of an older system; nothing else is on the line
        return
    year, currency = file.year(cells["year"], line, "year"), cells["default-currency"]
    donor = DONORS.get(cells["reporting-org-ref"])
    if donor is None:
        code, remedy = cells["reporting-org-ref"], "add it to DONORS"
        raise Fault(
            file.name, line, "reporting-org-ref", code, "is not a known publisher", remedy, "GOALS-CODE-01", "row"
        )
    rate = _rate(file, line, currency, year, rates)
    places = list(product(_sectors(file, line, cells), _recipients(file, line, cells, iso3)))
    weights = [sector[1] * recipient[1] for sector, recipient in places]
    for column, (kind, stage) in KINDS.items():
        amount = file.number(cells[column], line, column)
        if not amount:
            continue
        parts = _parts(file, line, column, amount, weights)
        converted = split(dollars(amount, rate), weights)
        for ((purpose, _), (recipient, _)), part, usd in zip(places, parts, converted, strict=True):
            if part or usd:
                yield Flow(
                    SOURCE, file.name, line, cells["iati-identifier"], stage, kind, year, donor, recipient,
                    purpose[:3] if purpose.isdigit() else UNSTATED, purpose,
                    cells["default-flow-type-code"] or UNSTATED, usd, currency, part, rate,
                )  # fmt: skip


def _parts(file: Published, line: int, column: str, amount: Decimal, weights: list[Decimal]) -> list[Decimal]:
    try:
        return split(amount, weights)
    except ValueError as error:
        reason = "cannot be split in whole cents by the percentages of its sectors and recipients"
        remedy = "state whole cents, and percentages of zero or more"
        raise Fault(file.name, line, column, amount, reason, remedy, "GOALS-AMOUNT-01", "row") from error


def _rate(file: Published, line: int, currency: str, year: int, rates: Rates) -> Decimal:
    try:
        return rates.of(currency, year)
    except LookupError as error:
        reason, remedy = f"has no DAC exchange rate in {year}", "add the rate, or state the amounts in US dollars"
        raise Fault(file.name, line, "default-currency", currency, reason, remedy, "GOALS-RATE-01", "row") from error


def _sectors(file: Published, line: int, cells: Mapping[str, str]) -> list[Share]:
    """DAC purposes with their percentages; what they leave of 100 is not stated.

    One purpose without a percentage has all. Percentages beyond 100 are taken as proportions. No DAC entry: all of it
    is not stated."""
    columns = [cells[name].split(";") for name in ("sector-vocabulary-code", "sector-code", "sector-percentage")]
    if len({len(column) for column in columns}) != 1:
        reason = "has not as many entries as sector-vocabulary-code and sector-percentage"
        raise Fault(file.name, line, "sector-code", cells["sector-code"], reason, MEND, "GOALS-SHARE-01", "row")
    found = [(code, text) for vocabulary, code, text in zip(*columns, strict=True) if vocabulary == "DAC"]
    if len(found) == 1 and not found[0][1]:
        found = [(found[0][0], "100")]
    shares: dict[str, Decimal] = {}
    for code, text in found:
        if not re.fullmatch(r"[0-9]{5}", code):
            reason, remedy = "is not a DAC purpose code", "write five digits"
            raise Fault(file.name, line, "sector-code", code, reason, remedy, "GOALS-CODE-03", "row")
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
            reason, remedy = "is not a country code", "write the two letters of ISO 3166"
            raise Fault(file.name, line, "recipient-country-code", code, reason, remedy, "GOALS-CODE-02", "row")
    if codes:
        return _filled(_percentages(file, line, cells["recipient-country-percentage"], [iso3[c] for c in codes]), "998")
    return [(cells["recipient-region-code"] or "998", FULL)]


def _percentages(file: Published, line: int, text: str, codes: list[str]) -> dict[str, Decimal]:
    percents = [file.number(part, line, "recipient-country-percentage") for part in text.split(";") if part]
    if len(codes) == 1:
        return {codes[0]: percents[0] if percents else FULL}
    if len(percents) != len(codes):
        reason = f"does not give one percentage for each of {len(codes)} countries"
        raise Fault(file.name, line, "recipient-country-percentage", text, reason, MEND, "GOALS-SHARE-02", "row")
    return dict(zip(codes, percents, strict=True))


def _filled(shares: dict[str, Decimal], rest: str) -> list[Share]:
    left = FULL - sum(shares.values())
    return [*shares.items(), (rest, left)] if left > 0 else list(shares.items())
