"""The tables of references hold no code that the product does not know, and no name of one body for another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data_access import editions, parts
from data_access.ingest.iati.publishers import CHANNELS, DONORS, donor
from data_access.ingest.readers import Lookups
from data_access.lookups import read_lookups

SMALL = {"and", "of", "the", "for", "united", "nations", "fund", "international", "development", "world"}


@pytest.fixture(scope="module")
def lookups(home: Path) -> Lookups:
    edition = editions.read(home, editions.ensure(home))
    return read_lookups(parts.file_of(home, edition.parts[editions.CODES]))


def test_every_donor_of_the_tables_is_a_donor_of_the_product(lookups: Lookups) -> None:
    assert {*DONORS.values(), *CHANNELS.values()} <= lookups.known["donor"]


def test_a_channel_and_its_donor_share_a_name(lookups: Lookups) -> None:
    channels = {code: name for name, code in lookups.names["channel"].items()}
    donors = {code: name for name, code in lookups.names["donor"].items()}
    short = {"959", "974", "807", "963", "966", "967", "971", "964", "988", "916", "912", "918", "1311"}
    for channel, code in CHANNELS.items():
        if code not in short and channel in channels:  # names that are initials on one side are left to the eye
            assert words(channels[channel]) & words(donors[code]), (channel, code)


def test_the_references_that_governments_publish_under(lookups: Lookups) -> None:
    told = {
        "GB-GOV-1": "GBR",
        "SE-6": "SWE",
        "DE-1": "DEU",
        "NL-1": "NLD",
        "US-1": "USA",
        "XM-DAC-3-1": "DNK",
        "EU-1": "918",
    }
    assert {ref: donor(ref, lookups) for ref in told} == told


def words(name: str) -> set[str]:
    return set(re.findall(r"[a-z]{3,}", name.lower().replace("organisation", "organization"))) - SMALL
