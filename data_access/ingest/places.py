"""Countries and regional recipients: which code of ours stands for ISO alpha-2, a DAC code, or a name in a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data_access.ingest.published import Published

CONCORDANCE = "codes/groupings/bblocks_places_concordance.csv"
LABELS = "crs/dportal_crs_countries.csv"
UNSPECIFIED = "998"  # Developing countries, unspecified; older releases: 9998, and "Bilateral, unspecified"
CORRECTED = {  # DAC codes that the concordance lacks or gives to another place: 725 is Brunei's, 880 Samoa's
    "373": "ABW", "725": "BRN", "880": "WSM", "761": "SGP", "361": "ANT", "57": "XKX",
}  # fmt: skip
MORE_ISO = {"NA": "NAM", "XK": "XKX", "AN": "ANT"}  # Namibia's code was lost in the concordance as well
REGIONAL = {  # name in tables that give no codes -> DAC code
    "Africa, regional": "298", "America, regional": "498", "Asia, regional": "798", "Central Asia, regional": "619",
    "Europe, regional": "89", "Far East Asia, regional": "789", "Middle East, regional": "589",
    "North & Central America, regional": "389", "North of Sahara, regional": "189", "Oceania, regional": "889",
    "South & Central Asia, regional": "689", "South America, regional": "489", "South Asia, regional": "679",
    "South of Sahara, regional": "289", "West Indies, regional": "380", "States Ex-Yugoslavia": "88",
    "Developing Countries unspecified": UNSPECIFIED, "Developing countries, unspecified": UNSPECIFIED,
    "Bilateral, unspecified": UNSPECIFIED,
}  # fmt: skip
LABELLED = {  # labels that the table of labels lacks or spells apart
    "Congo, Dem. Rep.": "CD", "Congo, Rep.": "CG", "Korea, Dem. Rep.": "KP", "Macedonia, FYR": "MK",
    "Micronesia, Fed. States": "FM",
}  # fmt: skip


@dataclass(frozen=True)
class Places:
    """iso3: ISO alpha-2 -> alpha-3. by_dac: DAC code -> our code (alpha-3 for countries, itself for regions).
    by_name: label in the matrices -> our code. dac: alpha-3 -> DAC code. rows: the concordance by alpha-3."""

    iso3: Mapping[str, str]
    by_dac: Mapping[str, str]
    by_name: Mapping[str, str]
    dac: Mapping[str, str]
    rows: Mapping[str, Mapping[str, str]]


def read(concordance: Published, labels: Published) -> Places:
    """The places of the concordance, corrected where its DAC codes contradict the DAC's own list."""
    rows = {row["iso3_code"]: row for _, row in concordance.rows(("iso2_code", "iso3_code", "dac_code", "ldc"))}
    iso3 = {row["iso2_code"]: code for code, row in rows.items() if row["iso2_code"]} | MORE_ISO
    by_dac = {row["dac_code"]: code for code, row in rows.items() if row["dac_code"]} | CORRECTED
    by_dac |= {code: code for code in REGIONAL.values()} | {"9998": UNSPECIFIED}
    records = [record for _, record in labels.records()]
    by_name = {record[0]: iso3[record[1]] for record in records if len(record) > 1 and record[1] in iso3}
    by_name |= {name: iso3[code] for name, code in LABELLED.items()} | REGIONAL
    dac = {code: number for number, code in by_dac.items() if number != "9998"}
    return Places(iso3, by_dac, by_name, dac, rows)
