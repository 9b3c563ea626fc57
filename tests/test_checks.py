"""Every kind of inconsistency is found where it is planted, and a clean registry yields none."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dashboard.amounts import Absence, Amount
from dashboard.checks import CHECKS, run
from dashboard.codes import Group
from dashboard.counting import Rule
from dashboard.evidence import Compared, Evidence, Life
from dashboard.findings import Judged, settle
from dashboard.links import Link
from dashboard.measured import Coverage, Measured, Year
from dashboard.pledges import Baseline, Delivery, Pledge, Provenance
from dashboard.ranges import point
from dashboard.report_periods import rung
from dashboard.statements import Statement
from data_access.measuring.evidence import evidence
from data_access.measuring.said import statements
from data_access.registry import embedded as registry


def usd(low: str, high: str = "", unit: str = "USD million", prices: str = "") -> Amount:
    return Amount(Decimal(low), Decimal(high or low), unit, prices)


WHOLE = Pledge(
    "whole", "All donors: 100 million", "Donors", "DAC", "collective", made="2009-07", amount=usd("100"), since="2010",
    until="2012", deadline="2012", delivered=Delivery(usd("90"), "2012", "the donors"), gap="numeric",
    sources=(Provenance("https://example.org", "Communiqué"),),
)  # fmt: skip
FRANCE = replace(
    WHOLE, id="france", title="France: 60 million", maker_code="FRA", maker_kind="government", parent="whole",
    amount=usd("60"), delivered=Delivery(usd("60"), "2012", "France"),
)  # fmt: skip
JAPAN = replace(FRANCE, id="japan", title="Japan: 40 million", maker_code="JPN", amount=usd("40"))
SHARE = replace(
    WHOLE, id="share", title="Donors: 0.7 per cent", amount=usd("0.7", unit="% GNI"), since="2010", until="2015",
    delivered=Delivery(usd("0.30", unit="% GNI"), "2013", "OECD"),
)  # fmt: skip
FLOWS = Rule("flows", donors=("FRA",), source="crs", since=2010, until=2012)
COUNTED = Measured(
    FLOWS, 2012, "USD", delivered=point(Decimal(60_500_000)), years=(Year(2010, Absence.NO_TARGET, Decimal(1)),)
)
RATIO = Measured(
    Rule("share", donors=("DAC",), series="oda_gni", weights="gni", since=2010, until=2015),
    2013,
    "%",
    delivered=point(Decimal("0.299")),
)
INDICATOR = Measured(
    Rule("indicator", recipients=("AFR",), series="births", since=2010, until=2015),
    2015,
    "%",
    delivered=point(Decimal(3)),
    coverage=Coverage(members=("A", "B", "C", "D", "E"), lacking=()),
)


def said(
    pledge: str, low: str, source: str = "Page", of: str = "promise", unit: str = "USD million", **more: str
) -> Statement:
    prices = more.pop("prices", "")
    return Statement(pledge, of, usd(low, unit=unit, prices=prices), title=source, **more)


TIMES = {"since": "2010", "until": "2012"}
STATEMENTS = (
    said("whole", "0.10", unit="USD billion", **TIMES),
    said("france", "60", part_of="whole", **TIMES),
    said("japan", "40", part_of="whole", **TIMES),
    said("france", "60", "Another page", **TIMES),
    said("whole", "2.92", of="public"), said("whole", "4.62", of="private"),
    said("whole", "2.92", "Another page", of="public"), said("whole", "4.62", "Another page", of="private"),
    said("whole", "30", of="delivery", as_of="2011"), said("whole", "90", of="delivery", as_of="2012"),
)  # fmt: skip
CLEAN = Evidence(
    pledges={pledge.id: pledge for pledge in (WHOLE, FRANCE, JAPAN, SHARE)},
    statements=STATEMENTS,
    measured={"france": COUNTED, "share": INDICATOR},
    then={"france": COUNTED, "share": RATIO},
    shared={("france", "whole"): Decimal(60_500_000)},
    by_rows=frozenset({"france", "whole"}),
    sums=(Compared("All", 2013, "one", Decimal(10**9), "other", Decimal(10**9)),),
    lives=(Life("iati", "A-1", Decimal(10**7), Decimal(10**7)),),
    today="2026-11-23",
)


def with_pledges(*pledges: Pledge) -> Evidence:
    return replace(CLEAN, pledges=CLEAN.pledges | {pledge.id: pledge for pledge in pledges})


def with_statements(*more: Statement) -> Evidence:
    return replace(CLEAN, statements=(*STATEMENTS, *more))


PLANTED = {
    "parts-and-whole": with_statements(said("share", "6", part_of="whole", **TIMES)),
    "parts-exceed": with_pledges(replace(JAPAN, amount=usd("41"))),
    "two-figures": with_statements(said("france", "65", "A third page", **TIMES)),
    "two-windows": with_statements(said("france", "60", "A third page", since="2010", until="2011")),
    "swapped": with_statements(
        said("whole", "4.62", "A third page", of="public"), said("whole", "2.92", "A third page", of="private")
    ),
    "year-carried": with_statements(said("whole", "30", of="delivery", as_of="2012")),
    "two-prices": with_statements(said("whole", "49", "A third page", of="delivery", as_of="2011", prices="2004")),
    "same-money": with_pledges(replace(FRANCE, id="again", parent="", title="France: 60 million to the Fund")),
    "restated-as-new": with_pledges(replace(JAPAN, additional="yes", links=(Link("restates", "france"),))),
    "no-currency": with_pledges(replace(SHARE, amount=usd("0.7", unit="dollars"))),
    "no-price-base": with_pledges(replace(WHOLE, until="2015", baseline=Baseline(Decimal(5), "2008"))),
    "deadline-passed": with_pledges(replace(JAPAN, delivered=Delivery())),
    "paid-before": with_pledges(replace(FRANCE, made="2011-05")),
    "reported-measured": with_pledges(replace(SHARE, delivered=Delivery(usd("0.35", unit="% GNI"), "2013"))),
    "other-countries": replace(
        CLEAN, measured={"share": replace(INDICATOR, coverage=Coverage(members=("A", "B", "C"), lacking=("C",)))}
    ),
    "sources-disagree": replace(CLEAN, sums=(replace(CLEAN.sums[0], second_usd=Decimal(11 * 10**8)),)),
    "beyond-committed": replace(CLEAN, lives=(Life("iati", "A-1", Decimal(10**7), Decimal(2 * 10**7)),)),
    "undeclared-overlap": replace(CLEAN, shared={("france", "japan"): Decimal(5 * 10**6)}),
    "declared-apart": replace(
        with_pledges(replace(FRANCE, links=(Link("overlaps", "japan"),))), by_rows=frozenset({"france", "japan"})
    ),
}  # fmt: skip


def test_a_clean_registry_yields_none() -> None:
    assert run(CLEAN) == ()


@pytest.mark.parametrize("kind", [check.name for check in CHECKS])
def test_a_planted_inconsistency_is_found_with_two_figures_and_two_sources(kind) -> None:
    found = [finding for finding in run(PLANTED[kind]) if finding.check == kind]
    assert found, kind
    assert all(finding.first.figure and finding.second.figure for finding in found)
    assert all(finding.words.endswith(".") for finding in found)
    assert kind == "same-money" or all(finding.first.figure != finding.second.figure for finding in found)


@pytest.mark.parametrize(
    ("counts", "named", "stage", "found"),
    [
        ("disbursed (3.7 billion obligated)", "disbursed", "committed", False),
        ("disbursed (3.7 billion obligated)", "disbursed", "disbursed", True),
        ("disbursed, 2011 to 2013", "disbursed", "committed", False),
        ("signed as grant agreements", "committed", "disbursed", False),
        ("Paid 2013+2014 (133.6+156)", "disbursed", "disbursed", True),
        ("budgeted", "budgeted", "committed", False),
        ("funded FY2004-08", "", "committed", True),
        ("", "", "committed", True),
    ],
)
def test_what_is_reported_is_compared_with_what_is_measured_on_the_same_rung_alone(counts, named, stage, found) -> None:
    """The United States reported 1.1 billion disbursed of what it promised at L'Aquila; its rule counts commitments."""
    assert rung(counts) == named
    said = Delivery(usd("1100"), "2012-12", "the maker", counts)
    measured = replace(COUNTED, rule=replace(FLOWS, stage=stage), delivered=point(Decimal(4 * 10**9)))
    held = replace(with_pledges(replace(FRANCE, delivered=said)), then={"france": measured})
    words = [one.words for one in run(held) if one.check == "reported-measured"]
    assert len(words) == found and all(f"is reported as {named or 'delivered'} (2012-12)" in one for one in words)


GATES = Pledge(
    "planning", "Gates: 1 billion", "Gates", "1601", "foundation", goals=("5",), amount=usd("1000"), since="2012"
)


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ({"goals": ("5", "4")}, True),
        ({"goals": ("4",)}, False),
        ({"goals": ()}, True),
        ({"goals": ("5",), "rule": Rule(recipients=("IDN",))}, False),
        ({"goals": ("5",), "rule": Rule(recipients=("BRA", "IDN"))}, True),
    ],
)
def test_the_same_sum_for_another_goal_or_country_is_other_money(other, found) -> None:
    one = replace(GATES, rule=Rule(recipients=("BRA",)))
    held = Evidence({"planning": one, "again": replace(GATES, id="again", parent="gavi", **other)})
    assert [finding.check for finding in run(held)] == ["same-money"] * found


@pytest.mark.parametrize(
    ("unit", "found"), [("USD per capita", False), ("countries", False), ("units", True), ("million", True)]
)
def test_money_a_head_has_its_currency_and_a_count_of_countries_is_no_money(unit, found) -> None:
    held = run(with_pledges(replace(SHARE, amount=usd("15", unit=unit))))
    assert ("no-currency" in {one.check for one in held}) == found


AFRICA = Group("AFR", "Africa", "recipient", (), dated=False)
LEAST = Group("LDC", "Least developed countries", "recipient", (), dated=True)


@pytest.mark.parametrize(
    ("named", "said"),
    [
        (("AFR",), "the group Africa, named by its counting rule (today's list of members)"),
        (("LDC",), "the group Least developed countries, named by its counting rule (members by year)"),
        (("AFR", "LDC", "HTI"), "the groups Africa and Least developed countries and 1 more, named by its counting"),
        (("KEN", "HTI"), "the list of its counting rule"),
    ],
)
def test_how_many_countries_are_meant_is_said_by_the_rule_and_by_no_document(named, said) -> None:
    held = PLANTED["other-countries"]
    rule = replace(INDICATOR.rule, recipients=named)
    measured = {"share": replace(held.measured["share"], rule=rule)}
    [found] = run(replace(held, measured=measured, groups={"AFR": AFRICA, "LDC": LEAST}))
    assert found.first.figure == "3 countries" and found.first.source.startswith(said)
    assert "Communiqué" not in f"{found.first.source} {found.second.source}"
    assert found.words.endswith("has no figure for 1 of the 3 countries that its counting rule names.")


def test_checks_are_named_once_and_say_what_they_look_for() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS) == len(PLANTED)
    assert all(check.words.endswith(".") for check in CHECKS)


def test_a_finding_that_was_explained_is_not_raised_again_unless_its_figures_change() -> None:
    [first] = [finding for finding in run(PLANTED["two-figures"]) if "A third page" in finding.words][:1]
    known = {first.key: Judged(first, "explained", first.figures, "2026-01-01", "a moderator", "two exchange rates")}
    assert settle([first], known)[first.key].status == "explained"
    changed = replace(first, second=replace(first.second, figure="USD 66 million"))
    assert changed.key == first.key
    assert settle([changed], known)[first.key].status == "open"


def test_a_finding_that_is_gone_is_corrected_and_opens_again_when_it_returns() -> None:
    first = run(PLANTED["swapped"])[0]
    gone = settle([], settle([first], {}))
    assert gone[first.key].status == "corrected"
    assert settle([first], gone)[first.key].status == "open"


@pytest.fixture(scope="module")
def real(embedded):
    held = evidence(embedded, registry.edits().pledges, statements(), "2026-11-23")
    return {(finding.check, finding.about): finding for finding in run(held)}


@pytest.mark.parametrize(
    "check, about, first, second",
    [
        ("parts-and-whole", ("muskoka-2010-g8",), "USD 5.075 billion", "USD 5.0 billion"),
        ("two-figures", ("muskoka-2010-italy-eu",), "USD 600 million", "USD 525 million"),
        ("two-windows", ("muskoka-2010-united-kingdom",), "USD 600 million, 2010–2011", "GBP 2,100 million, 2010–2015"),
        ("same-money", ("ewec-2010-norway", "globalfund-2010-norway"), "USD 225 million", "USD 225 million"),
        ("two-prices", ("gleneagles-2005-oda",), "USD 30 billion", "USD 49 billion"),
        ("reported-measured", ("gleneagles-2005-uk",), "0.72 % GNI", "0.7 % GNI"),
        (
            "reported-measured",
            ("abuja-2001-rwanda",),
            "15 percent of budget",
            "8.3 per cent of government spending",
        ),
    ],
)
def test_real_inconsistencies_are_found(real, check, about, first, second) -> None:
    assert real[check, about].figures == (first, second)


@pytest.mark.parametrize(
    ("check", "about"),
    [
        ("reported-measured", ("afsi-2009-united-states",)),
        ("no-currency", ("ewec-2010-afghanistan",)),
        ("no-currency", ("n4g-2013-countries-domestic",)),
        ("same-money", ("norway-brazil-2008", "norway-indonesia-2010")),
        ("same-money", ("fp2020-2012-gates", "gavi-2011-gates")),
    ],
)
def test_what_is_no_inconsistency_is_not_found(real, check, about) -> None:
    assert (check, about) not in real


def test_the_year_of_a_baseline_is_not_said_to_be_the_first_of_a_promise(real) -> None:
    words = [found.words for (check, _), found in real.items() if check == "no-price-base"]
    assert words and not any("runs from" in one for one in words)
    [kingdom] = [one for one in words if "GBP 2.1 billion" in one]
    assert kingdom.endswith(" is set against its baseline of 2008 and ends in 2015; it states no price base.")


def test_medicine_prices_are_found_to_be_swapped(real) -> None:
    found = real["swapped", ("mdg8-medicines-iif",)]
    assert "4.62" in found.first.figure and "2.92" in found.second.figure


def test_sector_and_matrix_totals_of_the_crs_differ(real) -> None:
    pairs = {about for check, about in real if check == "sources-disagree"}
    assert ("OECD CRS, education and health", "OECD CRS, recipients by purpose") in pairs
    assert ("OECD CRS, donors by recipient", "OECD CRS, recipients by purpose") in pairs
