"""What a contribution may hold, what it would change, and how it is read beside the figures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from callbacks.book import Opened
from dashboard import check_flows
from dashboard.amounts import Absence, Amount
from dashboard.bars_moved import moved
from dashboard.contributed import beside, spoken
from dashboard.contribution_effect import bars, differences, parts, plain, proposed, touched
from dashboard.contribution_fields import problems
from dashboard.contributions import DECISIONS, MOVES, STATES, Contribution, Step, Version, outcome, possible
from dashboard.decided import state_words
from dashboard.evidence import Evidence
from dashboard.figures import dues
from dashboard.pledges import Delivery
from dashboard.rule_preview import Line
from data_access.measuring.telling import written
from data_access.registry import cells as texts
from data_access.registry.store import Change, Revision
from layouts.bars_moved import bars_moved
from layouts.contributed import _one as contributed_one
from layouts.reported import reported as lines
from tests.contributed import CHANGE, LINK, REPORT, STATUS
from tests.registries import PART, POLICY

TODAY = "2016-01-01"
CELLS = texts.write(PART)


def wrong(kind: str, fields: dict[str, str], **other: str) -> set[str]:
    return {one.field for one in problems(kind, {**fields, **other}, TODAY)}


@pytest.mark.parametrize(
    ("kind", "fields"), [("report", REPORT), ("change", CHANGE), ("link", LINK), ("status", STATUS)]
)
def test_what_holds_together_can_be_submitted(kind: str, fields: dict[str, str]) -> None:
    assert wrong(kind, fields) == set()


@pytest.mark.parametrize(
    ("kind", "other", "field"),
    [
        ("report", {"since": "2014"}, "until"),
        ("report", {"since": "2017", "until": "2018"}, "since"),
        ("report", {"since": "next year"}, "since"),
        ("report", {"amount": ""}, "amount"),
        ("report", {"unit": ""}, "unit"),
        ("report", {"unit": "dollars"}, "unit"),
        ("report", {"amount": "1,250"}, "amount"),
        ("report", {"amount": "-5"}, "amount"),
        ("report", {"men": "400"}, "women"),
        ("report", {"narrative": " "}, "narrative"),
        ("report", {"evidence": "Report | javascript:alert(1)"}, "evidence"),
        ("report", {"evidence": "Report | data:text/html,x"}, "evidence"),
        ("report", {"evidence": "\n".join(["A | https://example.org/a"] * 21)}, "evidence"),
        ("link", {"target": "../etc"}, "target"),
        ("link", {"currency": ""}, "currency"),
        ("link", {"note": "a); counts_under:b ("}, "note"),
        ("status", {"date": "2017"}, "date"),
        ("status", {"source_address": "java\tscript:alert(1)"}, "source_address"),
        ("status", {"note": "one | official | forged"}, "note"),
        ("change", {"why": ""}, "why"),
        ("change", {"evidence": ""}, "evidence"),
    ],
)
def test_what_does_not_is_said_beside_its_field(kind: str, other: dict[str, str], field: str) -> None:
    held = {"report": REPORT, "link": LINK, "status": STATUS, "change": CHANGE}[kind]
    assert field in wrong(kind, held, **other)
    assert all(one.sentence.endswith(".") for one in problems(kind, {**held, **other}, TODAY))


def test_a_report_changes_what_is_reported_and_nothing_else() -> None:
    none = {**CELLS, "delivered_low": "", "delivered_high": "", "delivered_absence": "not_clear"}
    new = proposed("report", REPORT, none, "Canada", parts("report", REPORT))
    assert set(new) <= set(touched("report", REPORT, CELLS))
    assert all(name.startswith("delivered") or name == "further_sources" for name in new)
    assert (new["delivered_low"], new["delivered_counts"]) == ("950.5", "disbursed, 2011 to 2013")
    assert new["further_sources"].splitlines()[-1] == "delivery | maker | Report 2013 | | https://example.org/r"
    assert proposed("report", REPORT, CELLS, "Canada", ("narrative",)) == {}


def test_a_report_never_replaces_the_figure_that_the_record_has() -> None:
    new = proposed("report", REPORT, CELLS, "Canada", parts("report", REPORT))
    assert set(new) == {"further_sources"}
    last = new["further_sources"].splitlines()[-1]
    assert last == "delivery | maker | Canada, report on 2011 to 2013: 950.50 CAD million disbursed"


def test_a_report_is_a_line_of_its_own_beside_what_the_register_holds() -> None:
    said = spoken(reported("% GNI", "0.70", "2015", "2015"), "Germany")
    held = Delivery(Amount(Decimal("0.52"), Decimal("0.52"), "% GNI"), "2015", "OECD DAC table 1")
    names = [name for name, _ in lines(held, [said])]
    assert names == ["Reported", "By", "As of", "What they count", "Reported by its maker"]
    [(_, (_, told))] = lines(held, [said])[-1:]
    assert told == " 0.70 % GNI disbursed, 2015; by Germany; accepted 3 February 2016"
    assert [name for name, _ in lines(said.delivery, [said])] == ["Reported by its maker"]  # the record holds it
    [(_, none)] = lines(Delivery(), [replace(said, figure=None)])
    assert none == "A statement was made by Germany; its figure was not accepted"


def test_a_report_that_differs_from_what_is_measured_is_found_beside_the_register_s_own(opened: Opened) -> None:
    one = opened.told("eu-2005-germany-2015")
    own, said = one.pledge.delivered, spoken(reported("% GNI", "0.70", "2015", "2015"), "Germany").delivery
    held = Evidence({one.pledge.id: one.pledge}, then={one.pledge.id: one.measured})
    with_it = replace(held, reports={one.pledge.id: [(said, one.measured), (own, one.measured)]})
    [new] = set(check_flows.reported(with_it)) - set(check_flows.reported(held))
    assert (new.first.figure, new.first.source) == ("0.70 % GNI", "Germany")


def test_a_change_takes_the_parts_that_are_picked_and_never_the_address_or_the_maker() -> None:
    forged = {**CHANGE, "id": "another", "maker": "G8", "no_column": "x"}
    assert proposed("change", forged, CELLS, "", ("place", "id", "maker", "no_column")) == {"place": "Huntsville"}
    assert parts("change", forged) == ("place", "deadline", "no_column", "grounds")


def test_a_maker_does_not_lower_its_own_bar_unseen() -> None:
    lower = {**CELLS, "amount_low": "0.51", "amount_high": "0.51", "deadline": "2016"}
    signed = Change(2, "2016-01-02T00:00:00Z", "Canada; accepted by a moderator", "Why.", "b")
    by_us = Change(3, "2016-01-03T00:00:00Z", "An editor", "Why.", "c")
    changes = [(by_us, "changed", {**lower, "since": "2011"}), (signed, "changed", lower)]
    first = (Change(1, "2016-01-01T00:00:00Z", "An editor", "Why.", "a"), "added", CELLS)
    revisions = tuple(Revision(one, "pledge", PART.id, did, cells) for one, did, cells in (*changes, first))
    told = written(revisions, lambda dimension, code: code)
    [one] = moved(told)
    assert one.said == "Amount and deadline were changed on 2 January 2016 at the proposal of Canada."
    assert one.rows == (("amount", "1100", "0.51"), ("deadline", "not stated", "2016"))
    assert [name for name, _, _ in told[0].changed] == ["since"] and told[2].changed == ()
    assert "before: 1100; now: 0.51" in str(bars_moved(told)) and bars("change", {"amount_low": "0.51"}) == ("amount",)
    offered = set(parts("change", {"confidence": "high", "checked": "x", "unverified": "", "unit": "% GNI"}))
    assert offered == {"unit"}


def test_what_was_accepted_in_part_is_told_as_such() -> None:
    whole = reported("% GNI", "0.70")
    one = replace(whole, state="accepted_in_part", steps=(replace(whole.steps[0], parts=("narrative",)),))
    assert state_words(one) == "Accepted in part. Accepted: the words. Not accepted: the reported figure."
    said = spoken(one, "Germany")
    shown = str(contributed_one(said))
    assert "A statement was made; its figure was not accepted." in shown and "accepted in part 3 February" in shown
    assert "Not accepted: the reported figure." in shown and "in part" not in str(contributed_one(spoken(whole, "")))


def test_one_kind_of_absence_for_another_is_no_figure_that_changes() -> None:
    said = (Absence.NOT_REPORTED.words, Absence.NOT_MEASURABLE.words)
    assert not Line("Delivery gap", *said).moved and not Line("Due", "5", "5").moved
    assert Line("Due", "not measured", "5").moved and Line("Due", "5", said[0]).moved


def test_ties_and_steps_are_added_to_those_there_are() -> None:
    links = proposed("link", LINK, CELLS, "", ("link",))["links"]
    assert links.startswith(CELLS["links"]) and links.endswith("; overlaps:muskoka-2010 (CAD 1 m)")
    steps = proposed("status", STATUS, texts.write(POLICY), "", ("status",))["statuses"].splitlines()
    assert len(steps) == 3 and steps[-1].startswith("reported_on | 2012 | First report | official | Report | 3 |")
    assert texts.read_status(steps[-1]).evidence.address == "https://example.org/p"


def test_what_moved_under_a_proposal_is_seen() -> None:
    [one] = differences({"place": "Muskoka"}, {**CELLS, "place": "Toronto"}, {"place": "Huntsville"})
    assert (one.then, one.now, one.after, one.moved) == ("Muskoka", "Toronto", "Huntsville", True)


@pytest.mark.parametrize(
    ("decision", "chosen", "said"),
    [
        ("accept", (), ""), ("accept", ("a", "b"), ""), ("accept", ("a",), "choose Accept in part"),
        ("accept_in_part", ("a",), ""), ("accept_in_part", (), "pick the parts"),
        ("accept_in_part", ("a", "b"), "choose Accept"), ("accept", ("c",), "does not have"),
        ("reject", (), ""), ("publish", (), "is one of"),
    ],
)  # fmt: skip
def test_a_decision_and_its_parts_agree(decision: str, chosen: tuple[str, ...], said: str) -> None:
    made, why = outcome(decision, ("a", "b"), chosen)
    assert (made == decision) is (why == "") and said in why


def test_every_move_leads_to_a_state_and_what_is_decided_stays_so() -> None:
    assert set(MOVES.values()) <= set(STATES) and {state for state, _ in MOVES} <= set(STATES)
    assert not any(possible(state) for state in ("accepted", "accepted_in_part", "rejected", "withdrawn"))
    assert {action for state, action in MOVES if action in DECISIONS} == set(DECISIONS)


def test_figures_are_written_without_more_digits_than_they_need() -> None:
    assert [plain(one) for one in ("950.50", "007", "0.0", "5", "10.")] == ["950.5", "7", "0", "5", "10"]


def reported(unit: str, amount: str, since: str = "2011", until: str = "2011") -> Contribution:
    fields = {**REPORT, "since": since, "until": until, "unit": unit, "amount": amount}
    step = Step("accept", "accepted", 1, "2016-02-03T00:00:00Z", "m", parts=("figure", "narrative"))
    version = Version(1, "2016-01-01T00:00:00Z", "a", fields)
    return Contribution("1", "report", "commitment", "x", "CAN", "a", "accepted", (version,), (step,))


def test_a_reported_figure_is_drawn_beside_the_bars_only_where_it_is_of_one_year_and_the_same_unit(
    opened: Opened,
) -> None:
    told = next(
        told
        for told in (opened.told(one.pledge.id) for one in opened.entries() if one.outcome.measured)
        if (told.measured.rule.kind, told.measured.rule.stage, told.measured.unit) == ("flows", "disbursed", "USD")
        and len(told.measured.years) > 2
    )
    found = replace(told.measured, rule=replace(told.measured.rule, prices="current"))
    year = str(found.years[1].year)
    cases = [("USD million", year, 1), ("CAD million", year, 0), ("% GNI", year, 0)]
    for unit, until, drawn in cases:
        held = [spoken(reported(unit, "12.5", year, until), "Canada")]
        assert len(beside(found, held)) == drawn, unit
    held = [spoken(reported("USD million", "12.5", "2005", "2011"), "Canada")]
    assert beside(found, held) == () and beside(replace(found, rule=told.measured.rule), held) == ()
    marks = beside(found, [spoken(reported("USD million", "12.5", year, year), "Canada")])
    assert marks == ((int(year), Decimal(12_500_000), "Canada: USD 12.5 million disbursed"),)
    without, with_ = dues.figure(found), dues.figure(found, marks)
    assert without["data"] == with_["data"][:-1]  # what is measured is drawn as it was
    assert (
        with_["data"][-1]["marker"]["symbol"] == "diamond"
        and "Reported, not measured" in with_["data"][-1]["hovertext"][0]
    )
