"""The page of a commitment and its neighbours: every figure has its basis, nothing unknown is shown as a figure."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks import commitments
from callbacks.book import Book, Opened
from dashboard.about import party
from dashboard.amounts import Absence
from dashboard.causes import causes, drawn, unexplained, whole
from dashboard.commitment import Commitment
from dashboard.commitment_words import by_cause as title_of
from dashboard.commitment_words import gaps, headline
from dashboard.explained import made_current
from dashboard.figures import dues
from dashboard.figures.steps import waterfall
from dashboard.gaps import sums
from dashboard.outcomes import unloaded
from dashboard.ranges import Range
from dashboard.waterfalls import adds_up, by_cause
from layouts.pages import COMMITMENT, COMMITMENTS, FORUM, find, in_register, known
from tests.test_layouts import flat


@pytest.fixture(scope="module")
def client(real: Dash) -> FlaskClient:
    return real.server.test_client()


@pytest.fixture(scope="module")
def every(opened: Opened) -> list[Commitment]:
    """Every commitment in full: to tell them all takes seconds."""
    return [opened.told(entry.pledge.id) for entry in opened.entries()]


def text(part: dict[str, object]) -> str:
    """Words of an element, and of a table that the browser builds."""
    return " ".join(str(part[key]) for key in ("children", "data-fill") if isinstance(part.get(key), str))


def shown(book: Book, path: str, search: str = "") -> str:
    return json.dumps(flat(commitments.page(book, book.library.cube(), path, search)), ensure_ascii=False)


def test_every_commitment_has_a_page(book: Book, opened: Opened) -> None:
    for id_ in list(opened.held.pledges)[::7]:
        said = shown(book, f"/commitment/{id_}")
        assert "unexpected fault" not in said and "Cite this" in said, id_


def test_every_waterfall_sums_exactly_and_leaves_nothing_unexplained(every: list[Commitment]) -> None:
    found = 0
    for told in every:
        if told.entry.outcome.measured and told.causes is not None:
            rows = drawn(told.causes)
            assert adds_up(told.causes.rows) and sums(rows) and unexplained(told.causes) == 0
            assert waterfall(rows, rows[0].end)["data"]
            found += 1
    assert found >= 60


def test_what_is_not_measured_has_no_figure_of_delivery(every: list[Commitment]) -> None:
    for told in [one for one in every if not one.entry.outcome.measured]:
        later = [rung for rung in told.rungs if rung.stage != "pledged"]
        assert told.causes is None and all(rung.absence for rung in later)
        assert all(gap.absence for gap in gaps(told)[1:]), told.pledge.id  # what was promised needs no measure


def test_a_share_of_income_has_its_gap_in_points_in_per_cent_and_in_dollars(opened: Opened) -> None:
    told = opened.told("un-oda-07-gni")
    gap = gaps(told)[1]
    assert gap.said == "0.40 percentage points; 43% of the target reached"
    assert gap.basis == "Points of gross national income, 2015. In current US dollars $177\u00a0bn."
    assert headline(told).text.startswith(
        "In 2015, 0.30 per cent of gross national income was delivered, of 0.70 per cent"
    )


def test_gleneagles_stands_in_dollars_of_2004(opened: Opened) -> None:
    told = opened.told("gleneagles-2005-oda")
    assert told.causes is not None and told.causes.prices == "US dollars of 2004"
    steps = ["baseline", "pledged", "promised", "shortfall", "delivered"]
    assert [row.cause for row in told.causes.rows] == steps
    assert [row.cause for row in told.causes.onward] == ["delivered", "prices", "current"]
    assert "US dollars of 2004" in headline(told).text
    assert told.rungs[3].figure == "$29.4\u00a0bn" and "above the level of 2004" in told.rungs[3].under


def test_where_commitments_are_counted_the_page_says_so(opened: Opened) -> None:
    told = opened.told("afsi-2009-united-states")
    assert "was committed: $499\u00a0million more" in headline(told).text
    assert "Counted is what was committed, not what was paid" in headline(told).text
    assert told.rungs[3].absence is Absence.NOT_MEASURABLE and told.rungs[1].figure == "$4.00\u00a0bn"
    back = "; current US dollars, made from US dollars of 2014, by the DAC's deflators"
    assert made_current(told.measured) == back and not made_current(opened.told("gleneagles-2005-oda").measured)
    assert gaps(told)[1].said == "none: $499\u00a0m more than was due"


def test_a_sum_names_the_years_of_which_there_are_figures(opened: Opened) -> None:
    """Promised over 2011 to 2015; the source ends in 2014, so that nothing is judged against all that was due."""
    told = opened.told("kan-2010-health")
    said = headline(told).text
    assert said.startswith(
        "Of $5.00\u00a0billion due by 2015, at least $2.37\u00a0billion was committed in 2011–2014: "
    )
    assert "2015 has no figure, so there is no verdict." in said
    assert told.rungs[1].under.startswith("2011–2014, ") and "2015 has no figure" in told.rungs[1].share
    assert gaps(told)[1].said == "no verdict: 2015 has no figure" and "Figures of 2011–2014" in gaps(told)[1].basis


def test_more_than_was_due_of_the_years_seen_is_no_promise_kept(opened: Opened) -> None:
    """Of 3.5 billion by 2015, 3.31 billion was committed in four of five years."""
    told = opened.told("kan-2010-education")
    assert told.entry.state == "years" and told.entry.words == "to 2014 only: no verdict"
    assert headline(told).text.startswith("Of $3.50\u00a0billion due by 2015, $3.31\u00a0billion was committed in 2011")
    assert told.rungs[1].share.startswith("95% of all that was due")
    assert "118%" not in headline(told).text + told.rungs[1].share + title_of(told.causes, told)


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("heiligendamm-2007-health", "at least $52.2\u00a0billion was committed", "at most $7.82\u00a0bn"),
        ("istanbul-2011-ldc", "at least 0.06 per cent of gross", "at most 0.09 to 0.14 percentage points"),
        ("wsis-2003-half-world", "the value was at least 39.8%", "at most 10.20 percentage points"),
    ],
)
def test_a_lower_bound_that_misses_the_target_is_no_promise_broken(
    opened: Opened, name: str, least: str, most: str
) -> None:
    told = opened.told(name)
    assert told.entry.state == "part"
    assert least in headline(told).text and "there is no verdict" in headline(told).text
    assert gaps(told)[1].said == most and " less." not in headline(told).text


def test_who_is_below_a_target_of_which_a_part_is_seen_is_not_said_to_miss_it(book: Book) -> None:
    said = shown(book, "/commitment/istanbul-2011-ldc")
    assert "are shown to have reached the target" in said and "not shown" in said and "not reached" not in said


def test_the_donors_of_a_sum_stand_with_its_years_and_an_indicator_without_a_target_promises_none(book: Book) -> None:
    """What each gave over a period is not what it gave in its last year."""
    said = shown(book, "/commitment/afsi-2009")
    assert '[\\"United States\\",\\"2010–2012\\",' in said
    said = shown(book, "/commitment/sharm-2008-water")
    assert "Value by year. Per cent of population" in said and "target dotted" not in said
    assert "target dotted" in shown(book, "/commitment/abuja-2001-botswana")


def test_rungs_of_money_that_an_indicator_has_not_are_one_line(book: Book) -> None:
    said = shown(book, "/commitment/abuja-2001-botswana")
    assert "No money is counted for it: what was committed, budgeted and disbursed is not reported." in said
    assert "No source at hand holds budget lines" not in said
    assert "No source at hand holds budget lines" in shown(book, "/commitment/gleneagles-2005-oda")


def test_a_release_that_is_not_loaded_is_the_reason_that_is_said_first(opened: Opened, book: Book) -> None:
    needs = "needs a full release of the OECD CRS, which is not loaded here"
    told = opened.told("muskoka-2010-france")
    assert headline(told).text == f"Measuring this commitment {needs}." and told.entry.words == needs
    held = [entry for entry in opened.entries() if entry.pledge.forum_id == "muskoka-2010"]
    count = sum(unloaded(entry.outcome) for entry in held)  # of some it is told what others reported as well
    assert count > sum(entry.state == "unloaded" for entry in held) > 1
    assert f"{count} {needs.replace('needs', 'need')}." in shown(book, "/commitments", "?forum=muskoka-2010")


def test_shares_in_a_waterfall_are_of_what_was_due_or_are_not_told(opened: Opened) -> None:
    """What was pledged in 2002 is not what was due of the income of 2006, of which the title tells a share."""
    moved, still = (opened.told(id_).causes for id_ in ("eu-barcelona-2002", "afsi-2009-australia"))
    assert moved is not None and still is not None
    assert {row.cause for row in moved.rows} > {"denominator"} and whole(moved) is None
    assert whole(still) == still.rows[0].end


def test_both_published_readings_of_gleneagles_stand_side_by_side(opened: Opened, book: Book) -> None:
    told = opened.told("gleneagles-2005-oda")
    own, current = told.readings
    assert [one.amount.low for one in (*own.said, *current.said)] == [30, 49]
    assert [str(round(one.found.delivered.low / 10**9, 1)) for one in (own, current)] == ["29.4", "47.7"]
    assert own.before == current.before
    said = shown(book, "/commitment/gleneagles-2005-oda")
    assert "59% of what was due came in dollars of 2004, 95% in current ones" in said
    assert "USD\u00a030 bn" in said.replace("\u00a0bn", " bn") and "Kaiser Family Foundation" in said
    assert opened.told("kan-2010-health").readings == ()


def test_two_accounts_of_the_gap_stand_beside_the_measure_of_now(opened: Opened, book: Book) -> None:
    first, last = opened.told("gleneagles-2005-oda").vintages
    assert (first.as_of, last.as_of) == ("2010-01", "2011-04")
    held = [{cause: value / 10**9 for cause, value in by_cause(one.rows).items()} for one in (first, last)]
    assert held[0] == {"pledged": 50, "denominator": -6, "shortfall": -17}
    assert held[1] == {"pledged": 50, "denominator": -1, "shortfall": -18, "unexplained": -1}
    said = shown(book, "/commitment/gleneagles-2005-oda")
    assert "OECD, January 2010" in said and "somedonorsarenotkeeping" in said


def test_a_figure_carries_its_release(opened: Opened) -> None:
    """The United Kingdom 2013 was 0.72 per cent as first published, and is 0.70 in a later release."""
    [moved] = [one for one in opened.told("gleneagles-2005-uk").releases if one.differs]
    assert (moved.release.year, moved.release.value, moved.now) == (2013, Decimal("0.72"), Decimal("0.7"))
    every = opened.told("un-oda-07-gni").releases
    shares = {(one.release.year, one.release.published): one for one in every if one.release.series == "oda_gni"}
    assert shares[2005, "2006-04"].moved == Decimal("-0.01") and not shares[2005, "2013"].differs
    assert all(one.release.address.startswith("http") and one.release.title for one in every)


def test_what_is_not_in_the_edition_is_not_called_unchanged(opened: Opened) -> None:
    early = next(one for one in opened.told("gleneagles-2005-oda").releases if one.release.year == 2005)
    assert early.now is None and early.moved is None and not early.differs


def test_amounts_on_the_page_are_rounded_and_the_file_has_every_digit(book: Book, client: FlaskClient) -> None:
    long, factor = re.compile(r"[1-9]\d*\.\d{5,}|\.\d{8,}"), re.compile(r"× \d+\.\d{1,10}\b")
    for id_ in ("gleneagles-2005-oda", "istanbul-2011-ldc", "kan-2010-health", "sharm-2008-water", "afsi-2009"):
        every = flat(commitments.page(book, book.library.cube(), f"/commitment/{id_}", ""))
        amounts = [factor.sub("", text(part)) for part in every]  # a factor has the digits its product needs
        assert not [amount for amount in amounts if long.search(amount)], id_
    file = client.get("/export/causes/gleneagles-2005-oda.csv").text
    assert "-20555632902.33705568" in file and "current US dollars less US dollars of 2004" in file
    assert client.get("/export/causes/gavi-2011.csv").status_code == 404
    assert client.get("/export/causes/gleneagles-2005-oda.csv?edition=nope").status_code == 400


def test_every_step_is_named_like_the_levels_and_says_of_what_it_is_made(opened: Opened, book: Book) -> None:
    told = opened.told("eu-2005-collective-2010")
    assert told.causes is not None and all(row.name[0].isupper() or row.kind == "rung" for row in drawn(told.causes))
    said = shown(book, "/commitment/eu-2005-collective-2010")
    assert "Income moved" in said and "0.56% of the income of 2010 less 0.56% of that of 2005" in said
    assert "not measurable from the data at hand" in said and "The shortfall opened by its" in said


def test_what_sources_disagree_on_is_told_in_a_sentence(book: Book) -> None:
    said = shown(book, "/commitment/gleneagles-2005-oda")
    assert "The sources of this commitment disagree on one thing: price basis." in said
    assert "Its deadline moved: from 2010 to 2015." in shown(book, "/commitment/istanbul-2011-ldc")


def test_years_without_figures_are_no_years_of_nothing(every: list[Commitment]) -> None:
    for found in [one.measured for one in every if one.entry.outcome.measured]:
        made = dues.table(found, "x")
        at = [column.key for column in made.columns].index("delivered")
        assert [row[at] for row in made.rows] == [one.delivered for one in found.years]


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
    assert got.text.startswith("Term,Counted,Counts in its year,Year,Code,Name,Value")
    assert client.get("/export/commitment/nope.csv").status_code == 404
    assert client.get("/export/commitment/un-oda-07-gni.csv?colour=red").status_code == 400


def test_the_list_comes_as_a_file_of_what_is_picked(client: FlaskClient, opened: Opened) -> None:
    got = client.get("/export/commitments.csv?maker=GBR&sort=-made")
    mine = sum("GBR" in entry.pledge.maker_id.split("+") for entry in opened.entries())
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


def ids(opened: Opened, code: str) -> list[list[str]]:
    """Of a recipient: its own commitments, those made to it, those made to its groups, those it has a part in."""
    found = party("recipient", code, opened.cube.codes, opened.held.directory, opened.entries())
    return [[entry.pledge.id for entry in group.entries] for group in found.groups]


def test_what_is_promised_to_a_recipient_is_given_to_it_not_looked_up_in_it(opened: Opened) -> None:
    own, alone, shared, part = ids(opened, "KEN")
    rules = {id_: pledge.rule for id_, pledge in opened.held.pledges.items()}
    assert {opened.held.pledges[id_].maker_code for id_ in own} == {"KEN"}
    assert "abuja-2001" in part and not alone and "ticad-2008-double" in shared
    assert not any((rule := rules[id_]) and rule.kind == "indicator" for id_ in alone + shared)
    assert len({*own, *alone, *shared, *part}) == len([*own, *alone, *shared, *part])


@pytest.mark.parametrize(
    ("code", "id_"),
    [("BRA", "norway-brazil-2008"), ("GUY", "norway-guyana-2009"), ("IDN", "norway-indonesia-2010")],
)
def test_a_promise_that_is_not_measured_stands_with_whom_it_was_made_to(opened: Opened, code: str, id_: str) -> None:
    assert id_ in ids(opened, code)[1]
    assert id_ not in {one for group in ids(opened, "KEN") for one in group}


LEAST_DEVELOPED = {"brussels-2001-ldc", "istanbul-2011-ldc", "eu-ldc-015-020", "dac-2001-untying-ldc"}


def test_what_is_promised_to_a_group_stands_with_it_and_is_said_to_be_its_groups_with_its_members(
    opened: Opened, book: Book
) -> None:
    assert set(ids(opened, "LDC")[1]) >= LEAST_DEVELOPED
    assert set(ids(opened, "ETH")[2]) >= LEAST_DEVELOPED and not LEAST_DEVELOPED & set(ids(opened, "ETH")[1])
    assert not LEAST_DEVELOPED & {id_ for group in ids(opened, "KEN") for id_ in group}
    assert not {"brussels-2001-ldc"} & {id_ for group in ids(opened, "SSD") for id_ in group}, "its time was over"
    said = shown(book, "/recipient/ETH")
    assert "Promised to a group that it belongs to" in said and "its part is not told" in said
    assert "Least developed countries and" in said or "and Least developed countries" in said


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
