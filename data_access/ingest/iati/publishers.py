"""Who publishes: references of organisations -> donors. Nothing is guessed: what is not here is a fault by name."""

from __future__ import annotations

import re

from data_access.ingest.readers import Lookups

# References that no rule below tells. XI-IATI: codelist IATIOrganisationIdentifier; EU: codelist
# OrganisationIdentifier; the others as the organisations call themselves in the registry.
DONORS = {
    "NO-BRC-971277882": "NOR",  # Norad
    "XI-IATI-EC_DEVCO": "918", "XI-IATI-EC_ECHO": "918", "XI-IATI-EC_FPI": "918", "XI-IATI-EC_NEAR": "918",
    "EU-1": "918", "EU-2": "918", "EU-3": "918", "EU-4": "918",
    "XI-IATI-EBRD": "990", "XI-IATI-IADB": "909", "DAC-1601": "1601",
}  # fmt: skip
CHANNELS = {  # DAC channel code (codelist CRSChannelCode) -> donor, for multilateral organisations
    "41108": "988", "41110": "971", "41111": "1039", "41112": "962", "41114": "959", "41116": "807", "41119": "974",
    "41121": "967", "41122": "963", "41123": "1406", "41130": "964", "41140": "966", "41141": "923", "41143": "928",
    "41146": "1046", "41147": "1020", "41301": "932", "41302": "940", "41307": "928", "41317": "1016", "42000": "918",
    "42001": "918", "42003": "918", "42004": "918", "43000": "907", "44000": "44000", "44001": "901", "44002": "905",
    "44004": "903",
    "44005": "902", "46002": "913", "46003": "914", "46004": "915", "46005": "916", "46009": "906", "46012": "909",
    "46013": "912", "46015": "990", "46025": "976", "46026": "1024", "47044": "811", "47045": "1312", "47122": "1311",
    "47501": "997",
}  # fmt: skip
REPORTING_OTHERS = frozenset(("US-501c3-522318905",))  # AidData: what governments recorded of many donors' money
# Registers that hold public bodies only: GB-GOV-1; SE-6, a country with the DAC's number of its agency (the standard's
# first years, codelist OrganisationIdentifier); ES-DIR3-E04585801, Spain's own.
GOVERNMENTAL = re.compile(r"([A-Z]{2})-(?:GOV-.+|DIR3-.+|\d{1,3})", re.ASCII)
DAC = re.compile(r"XM-DAC-(\d{1,5})(?:-.+)?", re.ASCII)
MALFORMED = re.compile(r"[/&|?\s]")
TABLE = "data_access/ingest/iati/publishers.py"


def donor(ref: str, lookups: Lookups) -> str | None:
    """Our code of the donor that an organisation's reference stands for; None where that is not known.

    A governmental reference stands for its country, where that is a donor we know: several publishers of one country
    (a ministry, its agency) are one donor, as in the DAC's own tables."""
    ref = ref.strip()
    found = DONORS.get(ref) or _by_number(ref, lookups) or _by_country(ref, lookups)
    return found if found in lookups.known["donor"] else None


def _by_number(ref: str, lookups: Lookups) -> str | None:
    told = DAC.fullmatch(ref)
    number = told[1] if told else ref if ref.isdigit() and len(ref) == 5 else ""
    return CHANNELS.get(number) or (lookups.donors.get(number) if number else None)


def _by_country(ref: str, lookups: Lookups) -> str | None:
    told = GOVERNMENTAL.fullmatch(ref)
    return lookups.iso3.get(told[1]) if told else None
