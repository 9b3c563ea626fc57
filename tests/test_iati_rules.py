"""What becomes of an activity file: rungs, years, currencies, shares, donors, markers, and that money is told once."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.ingest.iati import READER
from data_access.ingest.iati.flows import divided
from data_access.ingest.iati.publishers import donor
from tests.iati import LOOKUPS, activity, ask, column, document, load, period, read, transaction, write

OLD = """<iati-activity default-currency="GBP" hierarchy="2" xml:lang="en">
<reporting-org ref="GB-1" type="10">Department for International Development</reporting-org>
<participating-org ref="51000" role="Implementing">A university</participating-org>
<recipient-region code="298">Africa, regional</recipient-region>
<default-flow-type code="10">ODA</default-flow-type>
<iati-identifier>GB-1-1</iati-identifier>
<title>Rivers</title><description>Of the Nile</description>
<sector code="14030">Water</sector>
<policy-marker code="1" vocabulary="DAC" significance="2">Gender</policy-marker>
{inside}</iati-activity>
"""
LETTER = """<transaction><value value-date="2010-11-01">{value}</value>
<transaction-type code="{code}">word</transaction-type>
<transaction-date iso-date="2010-11-01">Total to date</transaction-date></transaction>
"""


def test_each_type_of_transaction_stands_on_its_rung(tmp_path: Path) -> None:
    codes = ["2", "3", "4", "12"]
    part = read(tmp_path, activity(*(transaction(code, str(place)) for place, code in enumerate(codes, 1))))
    assert column(part, "stage, kind, usd") == [
        ("committed", "commitment", 1),
        ("disbursed", "disbursement", 2),
        ("disbursed", "expenditure", 3),
        ("pledged", "pledge", 4),
    ]
    assert "expenditure" in READER.describe(part, [tmp_path / "made.xml"]).disbursed_is


def test_types_without_a_rung_are_kept_as_records_and_counted_in_a_note(tmp_path: Path) -> None:
    part = read(
        tmp_path, activity(*(transaction(code) for code in ("1", "5", "6", "6", "7", "8", "9", "10")), transaction())
    )
    assert ask(part, "SELECT count(*) FROM flow") == [(1,)]
    assert ask(part, "SELECT count(*) FROM record") == [(9,)]
    assert part.report.kept == 9
    assert "Not counted, kept among the raw records: loan repayment (2)." in part.report.notes
    assert "Not counted, kept among the raw records: incoming funds (1)." in part.report.notes


def test_letters_and_plain_text_of_the_first_versions_are_read(tmp_path: Path) -> None:
    letters = "".join(
        LETTER.format(code=code, value=value) for code, value in (("C", 10), ("d", 20), ("E", 30), ("IF", 40))
    )
    part = read(tmp_path, OLD.format(inside=letters), version="1.02")
    assert column(part, "kind, amount, currency, rate, usd") == [
        ("commitment", 10, "GBP", Decimal("0.6472"), Decimal("15.45")),
        ("disbursement", 20, "GBP", Decimal("0.6472"), Decimal("30.90")),
        ("expenditure", 30, "GBP", Decimal("0.6472"), Decimal("46.35")),
    ]
    places = "SELECT DISTINCT recipient, purpose, flow, gender, donor FROM flow"
    assert ask(part, places) == [("298", "14030", "10", "2", "GBR")]
    assert ask(part, "SELECT DISTINCT title, description, agency FROM record") == [
        ("Rivers", "Of the Nile", "A university")
    ]


def test_the_year_is_the_transactions_and_the_rate_that_of_the_value_date(tmp_path: Path) -> None:
    part = read(tmp_path, activity(transaction(day="2010-12-31", valued="2011-01-02", currency="gbp", value="-62.46")))
    assert column(part, "year, currency, rate, amount, usd") == [
        (2010, "GBP", Decimal("0.6246"), Decimal("-62.46"), Decimal("-100.00"))
    ]


def test_fractions_of_a_cent_are_kept_in_dollars(tmp_path: Path) -> None:
    assert column(read(tmp_path, activity(transaction(value="685819.59392"))), "usd") == [Decimal("685819.59392")]


def test_a_revised_budget_takes_the_place_of_the_original_of_the_same_period(tmp_path: Path) -> None:
    part = read(
        tmp_path,
        activity(
            period(value="100", more=' type="1"'), period(value="80", more=' type="2"'),
            period(value="50", start="2011-04-01", end="2014-03-31", more=' type="Original"'),
        ),
    )  # fmt: skip
    assert column(part, "stage, kind, year, usd") == [
        ("budgeted", "budget", 2010, 80),
        ("budgeted", "budget", 2011, 50),
    ]
    assert ask(part, "SELECT count(*) FROM record") == [(3,)]
    assert any("original budgets replaced" in note for note in part.report.notes)


def test_planned_disbursements_are_not_added_to_budgets_of_the_same_activity(tmp_path: Path) -> None:
    both = activity(period(value="100"), period("planned-disbursement", "100"))
    alone = activity(period("planned-disbursement", "70", "2012-01-01"), identifier="GB-1-2")
    part = read(tmp_path, both, alone)
    assert column(part, "kind, year, usd") == [("budget", 2010, 100), ("planned disbursement", 2012, 70)]
    assert any("planned disbursements beside budgets" in note for note in part.report.notes)


def test_what_comes_in_counts_only_where_nothing_of_that_rung_goes_out_and_is_the_providers(tmp_path: Path) -> None:
    sweden = '<provider-org ref="SE-0"><narrative>Sweden</narrative></provider-org>'
    part = read(
        tmp_path,
        activity(transaction("11", "100", more=sweden), transaction("13", "9", more=sweden)),
        activity(transaction("11", "100", more=sweden), transaction("2", "80"), identifier="GB-1-2"),
    )
    assert column(part, "kind, donor, usd") == [
        ("incoming commitment", "SWE", 100), ("incoming pledge", "SWE", 9), ("commitment", "GBR", 80),
    ]  # fmt: skip


def test_the_lowest_level_that_tells_a_rung_is_counted(tmp_path: Path) -> None:
    upper = activity(
        transaction("2", "300"), transaction("12", "7"), period(value="90"), level="1", identifier="GB-1-1"
    )
    lower = activity(transaction("2", "200"), transaction("3", "50"), level="2", identifier="GB-1-1-101")
    other = activity(transaction("2", "1000"), publisher="SE-0", identifier="SE-0-1", level="1")
    one = write(tmp_path, document(upper, other), "a.xml")
    part = load(tmp_path, one, write(tmp_path, document(lower), "b.xml"))
    assert sorted(column(part, "donor, stage, usd")) == [
        ("GBR", "budgeted", 90), ("GBR", "committed", 200), ("GBR", "disbursed", 50), ("GBR", "pledged", 7),
        ("SWE", "committed", 1000),
    ]  # fmt: skip
    assert ask(part, "SELECT count(*) FROM record") == [(6,)]
    assert any(
        "lower level" in note and "committed, 300.00 US dollars (records: 1)" in note for note in part.report.notes
    )


def test_percentages_of_sectors_and_countries_split_an_amount_and_sum_back(tmp_path: Path) -> None:
    sectors = '<sector vocabulary="1" code="11220" percentage="33.33"/><sector code="12220" percentage="66.67"/>'
    places = '<recipient-country code="KE" percentage="50"/><recipient-country code="ug" percentage="50"/>'
    part = read(tmp_path, activity(transaction(value="0.05", currency="GBP"), sectors=sectors, places=places))
    assert ask(part, "SELECT recipient, purpose, amount, usd FROM flow ORDER BY ALL") == [
        ("KEN", "11220", Decimal("0.01"), Decimal("0.01")),
        ("KEN", "12220", Decimal("0.02"), Decimal("0.03")),
        ("UGA", "11220", Decimal("0.01"), Decimal("0.01")),
        ("UGA", "12220", Decimal("0.01"), Decimal("0.03")),
    ]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.decimals(min_value=-(10**15), max_value=10**15, places=8),
    st.lists(st.decimals(min_value=0, max_value=100, places=12), min_size=1, max_size=30).filter(any),
    st.booleans(),
)
def test_parts_always_add_up_to_the_amount(amount: Decimal, weights: list[Decimal], cents: bool) -> None:
    amount = amount.quantize(Decimal("0.01")) if cents else amount
    parts = divided(amount, weights)
    assert sum(parts) == amount
    assert all(part * amount >= 0 for part in parts)
    if cents:
        assert all(part == part.quantize(Decimal("0.01")) for part in parts)


def test_a_transactions_own_sector_and_country_come_before_the_activitys(tmp_path: Path) -> None:
    own = '<sector vocabulary="1" code="12220"/><sector vocabulary="99" code="x"/><recipient-country code="UG"/>'
    part = read(tmp_path, activity(transaction(more=own, value="5"), transaction(value="7")))
    assert column(part, "usd, recipient, purpose") == [(5, "UGA", "12220"), (7, "KEN", "11220")]


@pytest.mark.parametrize(
    ("sectors", "sector", "purpose"),
    [
        ('<sector vocabulary="DAC-3" code="311"/>', "311", "unstated"),
        ('<sector vocabulary="2" code="112"/><sector vocabulary="1" code="12220"/>', "122", "12220"),
        ('<sector vocabulary="1" code="31100"/>', "311", "unstated"),
        ('<sector vocabulary="7" code="A1"/>', "unstated", "unstated"),
        ("", "unstated", "unstated"),
    ],
)
def test_sectors_of_the_dac_are_read_by_five_digits_or_three(
    sectors: str, sector: str, purpose: str, tmp_path: Path
) -> None:
    assert column(read(tmp_path, activity(transaction(), sectors=sectors)), "sector, purpose") == [(sector, purpose)]


@pytest.mark.parametrize(
    ("places", "recipients"),
    [
        ('<recipient-country code="KE"/><recipient-region code="298"/>', ["KEN"]),
        (
            '<recipient-country code="KE" percentage="60"/><recipient-region code="298" percentage="40"/>',
            ["KEN", "298"],
        ),
        ('<recipient-region code="298"/>', ["298"]),
        ('<recipient-region vocabulary="2" code="002"/>', ["998"]),
        ('<recipient-country code="ID" percentage="16.66"/>', ["998", "IDN"]),
        ("", ["998"]),
    ],
)
def test_countries_come_first_and_what_is_left_is_unspecified(
    places: str, recipients: list[str], tmp_path: Path
) -> None:
    assert column(read(tmp_path, activity(transaction(), places=places)), "recipient") == recipients


def test_activities_that_name_no_recipient_or_sector_are_counted_in_a_note(tmp_path: Path) -> None:
    whole = activity(transaction(), identifier="GB-1-2")
    notes = read(
        tmp_path, activity(transaction(), places="", sectors='<sector vocabulary="7" code="A"/>'), whole
    ).report.notes
    assert "Activities with amounts that name no recipient: 1." in notes
    assert "Activities with amounts that name no sector of the DAC: 1." in notes


@pytest.mark.parametrize(
    ("marker", "gender"),
    [
        ('vocabulary="1" code="1" significance="2"', "2"), ('code="1" significance="1"', "1"),
        ('vocabulary="DAC" code="1" significance="0"', "0"), ('vocabulary="1" code="1" significance="4"', "2"),
        ('vocabulary="1" code="1" significance=""', "unscreened"),
        ('vocabulary="1" code="2" significance="2"', "unscreened"),
        ('vocabulary="99" code="1" significance="2"', "unscreened"),
    ],
)  # fmt: skip
def test_the_gender_marker(marker: str, gender: str, tmp_path: Path) -> None:
    assert column(read(tmp_path, activity(f"<policy-marker {marker}/>", transaction())), "gender") == [gender]


@pytest.mark.parametrize(
    ("ref", "code"),
    [
        ("GB-1", "GBR"), ("GB-GOV-1", "GBR"), ("GB-GOV-13-X", "GBR"), ("SE-0", "SWE"), ("XM-DAC-701", "JPN"),
        ("XM-DAC-12-1", "GBR"), ("ES-DIR3-E04585801", "ESP"), ("44000", "44000"), ("XM-DAC-47122", "1311"),
        ("44002", "905"), ("XI-IATI-EC_DEVCO", "918"), ("GB-CHC-202918", None), ("KE-GOV-1", None), ("", None),
        ("701", None), ("XM-DAC-99999", None),
    ],
)  # fmt: skip
def test_references_of_organisations_are_donors_by_rule_and_never_by_guess(ref: str, code: str | None) -> None:
    assert donor(ref, LOOKUPS) == code


@pytest.mark.parametrize(
    ("funding", "code"),
    [
        ('<participating-org role="1"><narrative>Japan</narrative></participating-org>', "JPN"),
        ('<participating-org role="1" ref="SE-0"/>', "SWE"),
        ('<participating-org role="1"><narrative>BMZ</narrative></participating-org>', "unstated"),
        ('<participating-org role="1" ref="SE-0"/><participating-org role="1" ref="GB-1"/>', "unstated"),
    ],
)
def test_a_publisher_of_others_money_is_never_its_donor(funding: str, code: str, tmp_path: Path) -> None:
    said = activity(funding, transaction(), publisher="US-501c3-522318905")
    assert column(read(tmp_path, said), "donor") == [code]
    secondary = activity(funding, transaction()).replace('ref="GB-1" type', 'ref="GB-1" secondary-reporter="1" type')
    assert column(read(tmp_path, secondary), "donor") == [code]


def test_a_transactions_flow_type_comes_before_the_activitys(tmp_path: Path) -> None:
    inside = [transaction(more=f'<flow-type code="{code}"/>') for code in ("21", "36", "40")]
    assert column(read(tmp_path, activity(*inside, transaction())), "flow") == ["20", "30", "unstated", "10"]


def test_a_record_keeps_its_words_its_line_and_the_english_title(tmp_path: Path) -> None:
    inside = transaction(more="<description><narrative>a &amp; b</narrative></description>\n")
    part = read(tmp_path, activity(inside))
    assert ask(part, "SELECT record, file, line, item, title, description, agency, channel, raw FROM record") == [
        (
            1,
            "made.xml",
            13,
            "GB-1-1",
            "Schools",
            "New schools and teachers",
            "Ministry of Education",
            "",
            inside.strip(),
        )
    ]
    assert column(part, "record, line, item, file, source") == [(1, 13, "GB-1-1", "made.xml", "iati")]


def test_a_long_record_is_cut_at_4000_characters(tmp_path: Path) -> None:
    part = read(tmp_path, activity(transaction(more=f"<description>{'x' * 9_000}</description>")))
    assert ask(part, "SELECT length(raw) FROM record") == [(4000,)]


def test_lines_beyond_65535_are_exact(tmp_path: Path) -> None:
    part = read(tmp_path, "\n" * 70_000, activity(transaction().replace("\n", "") + period()))
    assert ask(part, "SELECT line FROM record ORDER BY record") == [(70_013,), (70_013,)]


def test_files_are_found_in_folders_and_a_load_is_the_same_each_time(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    paths = [
        write(folder, document(activity(transaction(), identifier=f"GB-1-{name}")), name)
        for name in ("b.xml", "a.xml", "deeper/c.xml", "notes.txt")
    ]
    assert sorted(READER.files(folder)) == sorted(paths[:3])
    rows = [column(load(tmp_path, *order), "file, item, usd") for order in (paths[:3], paths[2::-1])]
    assert (
        rows[0]
        == rows[1]
        == [("a.xml", "GB-1-a.xml", 100), ("b.xml", "GB-1-b.xml", 100), ("c.xml", "GB-1-deeper/c.xml", 100)]
    )


def test_the_source_says_what_it_holds(tmp_path: Path) -> None:
    part = read(tmp_path, activity(transaction("2", day="2009-01-01"), transaction()))
    said = READER.describe(part, [tmp_path / "made.xml"])
    assert (said.source, said.since, said.until, said.stages) == ("iati", 2009, 2010, "committed,disbursed")
    assert "Activities: 1; donors: 1" in said.coverage and "gender" in said.dimensions
