"""The page of a commitment and its neighbours: every figure has its basis, nothing unknown is shown as a figure."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks import commitments
from callbacks.book import Book, Opened
from dashboard.about import party
from dashboard.amounts import Absence
from dashboard.causes import causes, drawn, unexplained
from dashboard.commitment_words import gaps, headline
from dashboard.figures import dues
from dashboard.figures.steps import waterfall
from dashboard.gaps import sums
from dashboard.ranges import Range
from dashboard.waterfalls import adds_up
from layouts.pages import COMMITMENT, COMMITMENTS, FORUM, find, in_register, known
from tests.test_layouts import flat


@pytest.fixture(scope="module")
def client(real: Dash) -> FlaskClient:
    return real.server.test_client()


def shown(book: Book, path: str, search: str = "") -> str:
    return json.dumps(flat(commitments.page(book, book.library.cube(), path, search)), ensure_ascii=False)


def test_every_commitment_has_a_page(book: Book, opened: Opened) -> None:
    for id_ in list(opened.held.pledges)[::7]:
        said = shown(book, f"/commitment/{id_}")
        assert "unexpected fault" not in said and "Cite this" in said, id_


def test_every_waterfall_sums_exactly_and_leaves_nothing_unexplained(opened: Opened) -> None:
    found = 0
    for entry in opened.entries():
        if not entry.outcome.measured:
            continue
        told = opened.told(entry.pledge.id)
        if told.causes is not None:
            rows = drawn(told.causes)
            assert adds_up(told.causes.rows) and sums(rows) and unexplained(told.causes) == 0
            assert waterfall(rows, rows[0].end)["data"]
            found += 1
    assert found >= 60


def test_what_is_not_measured_has_no_figure_of_delivery(opened: Opened) -> None:
    for entry in opened.entries():
        if entry.outcome.measured:
            continue
        told = opened.told(entry.pledge.id)
        later = [rung for rung in told.rungs if rung.stage != "pledged"]
        assert told.causes is None and all(rung.absence for rung in later)
        assert all(gap.absence for gap in gaps(told)), entry.pledge.id


def test_a_share_of_income_has_its_gap_in_points_in_per_cent_and_in_dollars(opened: Opened) -> None:
    told = opened.told("un-oda-07-gni")
    gap = gaps(told)[1]
    assert gap.said == "0.40 points; 43% of the target reached"
    assert gap.basis == "Points of gross national income, 2015. In current US dollars $177\u00a0bn."
    assert headline(told).text.startswith(
        "In 2015, 0.30 per cent of gross national income was delivered, of 0.70 per cent"
    )


def test_gleneagles_stands_in_dollars_of_2004(opened: Opened) -> None:
    told = opened.told("gleneagles-2005-oda")
    assert told.causes is not None and told.causes.prices == "US dollars of 2004"
    assert [row.cause for row in told.causes.rows] == ["baseline", "pledged", "promised", "shortfall", "delivered"]
    assert "US dollars of 2004" in headline(told).text
    assert told.rungs[3].figure == "$29.4\u00a0bn" and "above the level of 2004" in told.rungs[3].under


def test_where_commitments_are_counted_the_page_says_so(opened: Opened) -> None:
    told = opened.told("afsi-2009-united-states")
    assert "was committed: $499\u00a0million more" in headline(told).text
    assert "Counted is what was committed, not what was paid" in headline(told).text
    assert told.rungs[3].absence is Absence.NOT_REPORTED and told.rungs[1].figure == "$4.00\u00a0bn"
    assert gaps(told)[1].said == "none: $499\u00a0m more than was due"


def test_years_without_figures_are_no_years_of_nothing(opened: Opened) -> None:
    for entry in opened.entries():
        if entry.outcome.measured:
            found = opened.told(entry.pledge.id).measured
            rows = dues.table(found, "x").rows
            assert [row[-1] for row in rows] == [one.delivered for one in found.years]


def test_what_rests_on_memory_is_marked(book: Book, opened: Opened) -> None:
    marked = next(pledge for pledge in opened.held.pledges.values() if pledge.unverified and pledge.confidence == "low")
    said = shown(book, f"/commitment/{marked.id}")
    assert "Rests on memory" in said and "Low confidence" in said


def test_ties_overlaps_parts_and_parent_lead_to_their_pages(book: Book, opened: Opened) -> None:
    said = shown(book, "/commitment/afsi-2009-united-states")
    assert "/commitment/afsi-2009" in said and "both count this money" in said
    whole = opened.told("afsi-2009")
    assert whole.children and all(child.pledge.parent == "afsi-2009" for child in whole.children)
    assert opened.told(whole.children[0].pledge.id).parent is not None


def test_the_bench_shows_every_method_and_its_range(opened: Opened) -> None:
    bench = opened.told("gleneagles-2005-oda").bench
    assert bench is not None and len(bench.readings) == 5 and isinstance(bench.range, Range)
    assert bench.range.low < bench.range.high
    assert opened.told("un-oda-07-gni").bench is None


def test_an_address_pins_edition_and_state_and_says_what_it_cannot_follow(book: Book, opened: Opened) -> None:
    pinned = f"?edition={opened.cube.edition}&registry={opened.held.state}"
    said = shown(book, "/commitment/gleneagles-2005-oda", pinned)
    assert "Ignored" not in said and f"registry={opened.held.state}" in said
    assert "registry=nope is not a state" in shown(book, "/commitment/gleneagles-2005-oda", "?registry=nope")
    assert "colour=red is not a term" in shown(book, "/commitment/gleneagles-2005-oda", "?colour=red")


PATHS = [
    ("/commitments", 200), ("/commitment/gleneagles-2005-oda", 200), ("/commitment/nope", 404), ("/commitment/", 404),
    ("/forum/gleneagles-2005", 200), ("/forum/nope", 404), ("/donor/GBR", 200), ("/donor/ZZZ", 404),
    ("/recipient/KEN", 200), ("/recipient/LDC", 200), ("/recipient/ZZZ", 404), ("/maker/GBR", 404),
    ("/commitment/a/b", 404), ("/commitment/%2e%2e", 404), ("/commitment/" + 80 * "a", 404),
]  # fmt: skip


@pytest.mark.parametrize(("path", "status"), PATHS)
def test_what_the_register_does_not_hold_is_not_found(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_paths_are_known_by_their_form() -> None:
    assert find("/commitments")[0] is COMMITMENTS and find("/commitment/x")[0] is COMMITMENT
    assert find("/forum/x")[0] is FORUM and in_register("/forum/x") == ("forum", "x")
    assert in_register("/forum/x\n") is None and not known("/forum/ä")


def test_the_terms_of_a_figure_come_as_a_file(client: FlaskClient) -> None:
    got = client.get("/export/commitment/un-oda-07-gni.csv")
    assert got.status_code == 200 and got.mimetype == "text/csv" and "X-Edition" in got.headers
    assert got.text.startswith("Term,Counted,Year,Code,Name,Value")
    assert client.get("/export/commitment/nope.csv").status_code == 404
    assert client.get("/export/commitment/un-oda-07-gni.csv?colour=red").status_code == 400


def test_the_list_comes_as_a_file_of_what_is_picked(client: FlaskClient, opened: Opened) -> None:
    got = client.get("/export/commitments.csv?maker=GBR&sort=-made")
    mine = sum(entry.pledge.maker_id == "GBR" for entry in opened.entries())
    assert got.status_code == 200 and len(got.text.splitlines()) == mine + 1
    assert client.get("/export/commitments.csv?goal=9").status_code == 400


def test_the_list_says_how_many_and_the_empty_one_leads_back(book: Book, opened: Opened) -> None:
    assert f"{len(opened.held.pledges)} of {len(opened.held.pledges)} commitments" in shown(book, "/commitments")
    empty = shown(book, "/commitments", "?text=zzzzzz")
    assert "No commitment of the register matches" in empty and "Show all commitments" in empty


@pytest.mark.parametrize(
    "path", ["/forum/gleneagles-2005", "/donor/GBR", "/donor/DAC", "/recipient/KEN", "/recipient/SSA"]
)
def test_fora_donors_and_recipients_list_their_commitments(book: Book, path: str) -> None:
    said = shown(book, path)
    assert "unexpected fault" not in said and "/commitment/" in said and "commitments in the register" in said


def test_a_goal_lists_its_commitments(book: Book, opened: Opened) -> None:
    below = json.dumps(flat(commitments.below(book, opened.cube, "/goal/5", "")), ensure_ascii=False)
    count = sum("5" in entry.pledge.goals for entry in opened.entries())
    assert f"{count} commitments to Goal 5" in below and "/commitments?goal=5" in below
    assert commitments.below(book, opened.cube, "/", "") == []


def test_no_waterfall_is_drawn_of_what_is_no_money(opened: Opened) -> None:
    told = opened.told("abuja-2001")
    assert told.measured.rule.kind == "indicator" and causes(told.measured) is None
    assert Decimal(told.measured.coverage.cells[0]) > 0


def test_what_is_promised_to_a_recipient_is_money(opened: Opened) -> None:
    entries, codes, directory = opened.entries(), opened.cube.codes, opened.held.directory
    own, to, part = party("recipient", "KEN", codes, directory, entries).groups
    assert {entry.pledge.maker_code for entry in own.entries} == {"KEN"}
    assert "abuja-2001" in {entry.pledge.id for entry in part.entries}
    assert all(entry.pledge.rule and entry.pledge.rule.kind == "flows" for entry in to.entries) and to.entries
    assert not {entry.pledge.id for entry in to.entries} & {entry.pledge.id for entry in part.entries}


def test_a_donor_stands_with_its_groups(opened: Opened) -> None:
    own, part = party("donor", "GBR", opened.cube.codes, opened.held.directory, opened.entries()).groups
    assert {entry.pledge.maker_code for entry in own.entries} == {"GBR"}
    assert "un-oda-07-gni" in {entry.pledge.id for entry in part.entries}


def test_what_the_checks_found_stands_beside_the_record(opened: Opened, book: Book) -> None:
    thread = book.found.begin(opened.cube, opened.held, book.registry)
    if thread is not None:
        thread.join(60)
    found = opened.findings("gleneagles-2005-oda")
    assert found and all("gleneagles-2005-oda" in one.finding.about for one in found)
    said = shown(book, "/commitment/gleneagles-2005-oda")
    assert "open finding" in said and f"/findings?finding={found[0].id}" in said
