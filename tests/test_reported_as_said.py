"""A reported figure is told as what its maker said that it counts: what was committed is never called delivered."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from callbacks.book import Opened
from dashboard import check_flows
from dashboard.amounts import Amount
from dashboard.commitment import Commitment
from dashboard.commitment_words import headline
from dashboard.contributed import beside, delivery, spoken
from dashboard.contribution_effect import proposed
from dashboard.contribution_fields import problems
from dashboard.evidence import Evidence
from dashboard.listing import COLUMNS, table
from dashboard.outcomes import STATES, unloaded
from dashboard.pledges import Delivery
from data_access.registry import cells as texts
from data_access.registry.checks import wrong_cells
from layouts.beside import sources
from layouts.commitments import _opening
from layouts.ladder import ladder
from layouts.promises import CELLS
from tests.contributed import REPORT
from tests.test_contributions import reported

MILLION = {"amount": "400", "unit": "EUR million", "since": "2011", "until": "2013", "evidence": ""}


def holding(opened: Opened, held: Delivery) -> Commitment:
    """A commitment that is not measured, with what was reported of it."""
    told = opened.told("muskoka-2010-germany")
    assert not told.measured.measured
    return replace(told, entry=replace(told.entry, pledge=replace(told.pledge, delivered=held)))


def first(told: Commitment) -> str:
    return headline(told).text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("rung", "said"),
    [
        ("committed", "Germany reported EUR 400 million committed, for 2011 to 2013."),
        ("budgeted", "Germany reported EUR 400 million budgeted, for 2011 to 2013."),
        ("disbursed", "Germany reported EUR 400 million disbursed, for 2011 to 2013."),
    ],
)
def test_the_headline_and_the_file_say_what_a_maker_s_figure_counts(opened: Opened, rung: str, said: str) -> None:
    told = holding(opened, delivery({**REPORT, **MILLION, "rung": rung}, "Germany"))
    assert first(told).startswith(said)
    [row] = table([told.entry]).rows
    names = [one.key for one in COLUMNS]
    assert row[names.index("reported_counts")] == f"{rung}, 2011 to 2013"
    assert len(row) == len(COLUMNS)


def test_what_was_signed_is_not_called_delivered_and_what_is_not_told_apart_is(opened: Opened) -> None:
    amount = Amount(Decimal(5), Decimal(5), "USD million")
    signed = first(holding(opened, Delivery(amount, "2013", "The Fund", "signed")))
    assert signed.startswith("The Fund reported USD 5 million signed as of 2013.")
    plain = first(holding(opened, Delivery(amount, "2013", "The Fund")))
    assert plain.startswith("The Fund reported USD 5 million delivered as of 2013.")


@pytest.mark.parametrize("until", ["2016", "2017", "2016-01", "2016-01-02", "2030"])
def test_no_report_is_of_a_period_that_has_not_ended(until: str) -> None:
    [found] = problems("report", {**REPORT, "until": until}, "2016-01-01")
    assert found.field == "until" and "ends after today" in found.sentence
    assert problems("report", {**REPORT, "until": "2016-01-01"}, "2016-01-01") == ()


@pytest.mark.parametrize(("rung", "compared"), [("committed", False), ("budgeted", False), ("disbursed", True)])
def test_only_a_figure_of_the_rung_that_is_counted_is_held_against_what_is_measured(
    opened: Opened, rung: str, compared: bool
) -> None:
    told = opened.told("eu-2005-germany-2015")
    assert told.measured.rule.stage == "disbursed"
    whole = reported("% GNI", "0.9", "2014", "2014")
    version = replace(whole.versions[0], fields={**whole.versions[0].fields, "rung": rung})
    said = spoken(replace(whole, versions=(version,)), "Germany")
    own = {told.pledge.id: replace(told.pledge, delivered=Delivery())}
    beside_it = Evidence(own, reports={told.pledge.id: [(said.delivery, told.measured)]})
    held = replace(told.pledge, delivered=said.delivery)
    in_it = Evidence({held.id: held}, then={held.id: told.measured})
    for evidence in (beside_it, in_it):
        found = list(check_flows.reported(evidence))
        assert bool(found) is compared
        assert all("is reported as disbursed (2014)" in one.words for one in found)
    assert bool(beside(told.measured, [said])) is compared, "and no mark stands on the chart"
    committed = replace(told.measured, rule=replace(told.measured.rule, stage=rung))
    [other] = check_flows.reported(replace(in_it, then={held.id: committed}))
    assert f"is reported as {rung} (2014)" in other.words


def test_what_a_maker_reports_or_gives_is_no_official_document(opened: Opened) -> None:
    told = opened.told("eu-2005-germany-2015")
    said = spoken(reported("% GNI", "0.7", "2015", "2015"), "Germany")
    cells = texts.write(told.pledge)
    new = proposed("report", said.fields, cells, "Germany", ("figure",))
    assert not wrong_cells({**cells, **new}, opened.held.directory, opened.held.pledges)
    pledge = texts.read({**cells, **new}, opened.held.directory)
    page = str(sources(replace(told, entry=replace(told.entry, pledge=pledge), contributed=(said,))))
    report, given = page.index("Germany, report on 2015: 0.7 % GNI disbursed"), page.index("Report 2013")
    for at, words in ((report, "reported by its maker; not a document of the register"), (given, "given by its maker")):
        assert words in page[at : at + 250] and "official" not in page[at : at + 250]
    assert f"#contribution-{said.id}" in page, "the line leads to the report"


def test_a_maker_s_report_moves_no_count_and_has_a_state_of_its_own(opened: Opened) -> None:
    every = opened.entries()
    needs = sum(unloaded(one.outcome) for one in every)
    at = next(at for at, one in enumerate(every) if one.state == "unloaded")
    before = _opening(every, len(every))
    assert f"{needs} need a full release of the OECD CRS, which is not loaded here." in before
    held = delivery({**REPORT, **MILLION}, every[at].pledge.maker)
    entry = replace(every[at], pledge=replace(every[at].pledge, delivered=held))
    assert (entry.state, entry.words) == ("own", "reported by its maker alone")
    assert _opening((*every[:at], entry, *every[at + 1 :]), len(every)) == before
    assert list(STATES)[-1] == "own", "in a cell of the matrix it comes after every other reason"
    other = replace(entry, pledge=replace(entry.pledge, delivered=replace(held, by="The Fund", counts="signed")))
    assert other.state == "reported"
    assert "disbursed, 2011 to 2013" in str(CELLS["reported"](entry, ""))


def test_what_the_front_page_of_the_project_counts_is_what_the_register_holds(opened: Opened) -> None:
    every = opened.entries()
    measured, needs = sum(one.outcome.measured for one in every), sum(unloaded(one.outcome) for one in every)
    said = " ".join(Path("README.md").read_text().split())
    assert f"Of the {len(every)} commitments of the embedded registry {measured} are measured" in said
    assert f"and {needs} more once a full CRS is loaded" in said


def test_the_rung_of_a_report_says_it_with_its_own_mark_and_no_other_does(opened: Opened) -> None:
    told = opened.told("muskoka-2010-germany")
    first_, last = (spoken(reported("EUR million", "400", "2011", until), "Germany") for until in ("2011", "2013"))
    assert first_ is not None and last is not None
    first_, last = (replace(one, fields={**one.fields, "rung": "committed"}) for one in (first_, last))
    rungs = [str(one) for one in ladder(told.rungs, "/terms?", True, (first_, last)).children.children]
    own = " EUR 400 million committed, 2011 to 2013; by Germany"
    assert [own in rung.replace("\N{NO-BREAK SPACE}", " ") for rung in rungs] == [False, True, False, False]
    assert "not reported" not in rungs[1] and "key-committed" not in rungs[1]
    later = [str(one) for one in ladder(told.rungs, "/terms?", True, (replace(last, later=True),)).children.children]
    assert "not reported" in later[1] and "Germany" not in later[1]
