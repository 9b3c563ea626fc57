"""What was promised under a selection and what came of it: exact, of documents, nothing twice, absences never zero."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks import listing
from callbacks.book import Book, Opened
from callbacks.drawings import shown_on
from callbacks.promised import Promises
from callbacks.remembered import Remembered
from dashboard.addable import ancestors, apart, money, together
from dashboard.amounts import Absence
from dashboard.commitment import Entry
from dashboard.counting import Rule
from dashboard.headline import Headline, Run
from dashboard.links import Link
from dashboard.outcomes import Outcome
from dashboard.overlap import Overlap
from dashboard.pins import Pins
from dashboard.pins import read as read_pins
from dashboard.pools import Pool, pool
from dashboard.promised import ONE, OUT, Promised, promised
from dashboard.promised_words import AWAITED, FEW, added, rungs
from dashboard.ranges import Range, point
from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.measuring import measure
from data_access.measuring.kept import Kept
from data_access.measuring.overlapping import overlapping
from layouts.pages import find
from tests.registered import entry

SELECTIONS = (
    Selection(), Selection(donor=("JPN",)), Selection(donor=("GBR", "FRA")), Selection(donor=("DAC",)),
    Selection(goal=("1",)), Selection(goal=("2",)), Selection(goal=("5", "6")), Selection(recipient=("KEN",)),
    Selection(donor=("USA",), since=2005, until=2012), Selection(donor=("JPN",), goal=("2", "8")),
    Selection(recipient=("SSA",), goal=("7",)),
)  # fmt: skip


@pytest.fixture(scope="module")
def held(opened: Opened) -> Pool:
    return pool(opened.cube.codes, opened.entries(), opened.register.overlaps)


def rule(donor: str, sector: str, since: int, until: int, low: str, high: str = "", **more: object) -> Rule:
    given: dict[str, object] = {
        "kind": "flows", "donors": (donor,), "sectors": (sector,), "since": since, "until": until,
        "low": Decimal(low), "high": Decimal(high or low), "source": "crs-sectors",
    }  # fmt: skip
    return Rule(**(given | more))


def pledge(id_: str, counted: Rule, delivered: str = "1", **fields: object) -> Entry:
    outcome = Outcome(counted.until, "USD", counted.prices, delivered=point(Decimal(delivered)), seen=1, wanted=1)
    return entry(id_, outcome, rule=counted, **({"maker_code": counted.donors[0]} | fields))


def test_the_sum_is_that_of_the_measured_records_added_by_hand(held: Pool, opened: Opened) -> None:
    for selection in SELECTIONS:
        told = promised(held, selection)
        if told.sum is None:
            continue
        low = high = delivered = Decimal(0)
        known = wanted = 0
        for id_ in told.sum.ids:
            counts = opened.held.pledges[id_].rule
            assert counts is not None and counts.low is not None and counts.high is not None
            found = measure(opened.cube, counts)
            rows = [term.value for term in found.terms if term.role == "amount" and term.value is not None]
            base = [term.value for term in found.terms if term.role == "base" and term.value is not None]
            years = {term.year for term in found.terms if term.role == "amount" and term.value is not None}
            before = sum(base, Decimal(0)) / max(1, counts.baseline_until - counts.baseline_since + 1)
            delivered += sum(rows, Decimal(0)) - before * len(years)
            low, high = low + counts.low, high + counts.high
            known, wanted = known + found.coverage.cells[0], wanted + found.coverage.cells[1]
        assert (told.sum.promised.low, told.sum.promised.high) == (low, high)
        assert told.sum.delivered == point(delivered)
        assert (told.sum.known, told.sum.wanted) == (known, wanted)


def test_what_is_added_shares_no_row_and_no_record(held: Pool, opened: Opened) -> None:
    parents = {id_: one.parent for id_, one in opened.held.pledges.items()}
    for selection in SELECTIONS:
        told = promised(held, selection)
        ids = told.sum.ids if told.sum else ()
        rules = {id_: counts for id_ in ids if (counts := opened.held.pledges[id_].rule)}
        assert all(totals.gross == totals.net for totals in overlapping(opened.cube, rules).values())
        assert not any(ancestors(id_, parents) & set(ids) for id_ in ids)
        assert all(not opened.held.pledges[id_].unverified for id_ in ids)
        assert len({(counts.prices, counts.stage) for counts in rules.values()}) < 2


def listed_under(opened: Opened, query: str) -> set[str]:
    pins, terms, refused = read_pins(query, (), (), listing.TERMS)
    found, wrong = listing.chosen(opened, pins, terms)
    assert not refused and not wrong and pins == Pins()
    return {one.pledge.id for one in found}


@pytest.mark.parametrize("selection", SELECTIONS, ids=lambda one: one.write() or "all")
def test_every_list_that_is_linked_has_exactly_those_records(held: Pool, opened: Opened, selection: Selection) -> None:
    told = promised(held, selection)
    drawn = rungs(told)
    if told.sum:
        assert listed_under(opened, drawn["links"][0][1].partition("?")[2]) == set(told.sum.ids)
    for (words, href), (reason, entries) in zip(drawn["out"], told.out.items(), strict=True):
        assert words == f"{len(entries)} {(ONE if len(entries) == 1 else OUT).get(reason, OUT[reason])}"
        assert not href or listed_under(opened, href.partition("?")[2]) == {one.pledge.id for one in entries}
    if told.every:
        assert listed_under(opened, told.query or "") == held_ids(told)


def held_ids(told: Promised) -> set[str]:
    return {e.pledge.id for entries in told.out.values() for e in entries} | set(told.sum.ids if told.sum else ())


@pytest.mark.parametrize("selection", SELECTIONS, ids=lambda one: one.write() or "all")
def test_every_commitment_about_a_selection_is_in_the_sum_or_has_one_reason(held: Pool, selection: Selection) -> None:
    told = promised(held, selection)
    count = sum(len(entries) for entries in told.out.values()) + (len(told.sum.held) if told.sum else 0)
    assert count == told.every == len(held_ids(told))
    assert sum(number for _, number in told.reasons) == told.unmeasured


DONORS, SECTORS = ("FRA", "GBR", "DEU"), ("110", "120", "310")
SPANS = st.tuples(st.integers(2000, 2014), st.integers(0, 5)).map(lambda pair: (pair[0], min(2015, sum(pair))))
PROMISES = st.lists(
    st.tuples(st.sampled_from(DONORS), st.sampled_from(SECTORS), SPANS, st.integers(1, 99), st.integers(-9, 99)),
    min_size=1,
    max_size=7,
)


def made(embedded: Cube, drawn: list[tuple[str, str, tuple[int, int], int, int]], **more: object) -> list[Entry]:
    return [
        pledge(f"p{at}", rule(donor, sector, *span, str(low)), str(delivered), **more)
        for at, (donor, sector, span, low, delivered) in enumerate(drawn)
    ]


@given(PROMISES, st.data())
def test_no_money_is_counted_twice(
    embedded: Cube, drawn: list[tuple[str, str, tuple[int, int], int, int]], data: st.DataObject
) -> None:
    entries = made(embedded, drawn)
    ids = [one.pledge.id for one in entries]
    parents = {after: data.draw(st.sampled_from(["", before])) for before, after in pairwise(ids)}
    entries = [replace(one, pledge=replace(one.pledge, parent=parents.get(one.pledge.id, ""))) for one in entries]
    found = data.draw(st.sets(st.sampled_from(ids), max_size=2))
    shared = [Overlap(*sorted(found), Decimal(1), {})] if len(found) == 2 else []
    told = promised(pool(embedded.codes, entries, shared), Selection())
    assert told.sum is not None
    chosen = [e for e in entries if e.pledge.id in told.sum.ids]
    for one, other in combinations(chosen, 2):
        mine, its = one.pledge.rule, other.pledge.rule
        assert mine and its
        years = set(range(mine.since, mine.until + 1)) & set(range(its.since, its.until + 1))
        assert not years or mine.donors != its.donors or mine.sectors != its.sectors
        assert one.pledge.id not in ancestors(other.pledge.id, parents)
        assert {one.pledge.id, other.pledge.id} != found
    assert told.sum.promised == point(
        sum((e.pledge.rule.low for e in chosen if e.pledge.rule and e.pledge.rule.low), Decimal(0))
    )
    assert told.sum.delivered == point(
        sum((e.outcome.delivered.low for e in chosen if isinstance(e.outcome.delivered, Range)), Decimal(0))
    )


@given(PROMISES, st.sampled_from(list(Absence)))
def test_an_absence_is_never_zero(
    embedded: Cube, drawn: list[tuple[str, str, tuple[int, int], int, int]], why: Absence
) -> None:
    entries = made(embedded, drawn)
    missing = [replace(one, outcome=Outcome(due=why, delivered=why, why="No figure.")) for one in entries]
    alone = promised(pool(embedded.codes, missing, ()), Selection())
    assert alone.sum is None and alone.unmeasured == len(entries)
    renamed = [replace(one, pledge=replace(one.pledge, id=f"x{one.pledge.id}")) for one in missing]
    both = promised(pool(embedded.codes, [*entries, *renamed], ()), Selection())
    assert both.sum == promised(pool(embedded.codes, entries, ()), Selection()).sum
    assert both.unmeasured == len(renamed)


def test_the_whole_is_taken_before_its_parts_even_where_a_part_is_larger(embedded: Cube) -> None:
    whole = pledge("whole", rule("FRA", "110", 2005, 2010, "5"))
    part = pledge("part", rule("GBR", "110", 2005, 2010, "9"), parent="whole")
    told = promised(pool(embedded.codes, [whole, part], ()), Selection())
    assert told.sum and told.sum.ids == ("whole",) and list(told.out) == ["counted"]


def test_records_that_name_each_other_are_not_added(embedded: Cube) -> None:
    tie = (Link("sourced_from", "a", Decimal(1), "USD"),)
    pair = [
        pledge("a", rule("FRA", "110", 2005, 2010, "5")),
        pledge("b", rule("GBR", "120", 2005, 2010, "4"), links=tie),
    ]
    told = promised(pool(embedded.codes, pair, ()), Selection())
    assert told.sum and told.sum.ids == ("a",)


def test_broad_fields_tell_sectors_from_purposes(embedded: Cube) -> None:
    health = rule("FRA", "120", 2005, 2010, "5")
    cases = (("12240", False), ("11220", True))
    for purpose, wanted in cases:
        other = replace(health, sectors=(), purposes=(purpose,))
        held = [money(pledge(id_, one), embedded.codes) for id_, one in (("a", health), ("b", other))]
        assert held[0] and held[1] and apart(held[0], held[1]) is wanted
    by_goal = money(pledge("c", replace(health, sectors=(), goals=("4",), method="muskoka")), embedded.codes)
    assert by_goal and held[0] and not apart(held[0], by_goal)  # what a Goal takes cannot be told from a sector


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"counts": "last"}, "level"), ({"low": None, "high": None}, "level"), ({"since": 1999}, "outside"),
        ({"until": 2016}, "outside"), ({"stage": "committed"}, "basis"), ({"prices": "2004"}, "basis"),
    ],
)  # fmt: skip
def test_what_cannot_be_added_has_its_reason(embedded: Cube, change: dict[str, object], reason: str) -> None:
    first = [pledge(f"k{at}", rule(donor, "110", 2005, 2010, "5")) for at, donor in enumerate(DONORS[:2])]
    odd = pledge("odd", replace(rule("DEU", "120", 2005, 2010, "50"), **change))
    told = promised(pool(embedded.codes, [*first, odd], ()), Selection())
    assert told.sum and told.sum.ids == ("k0", "k1")
    assert {name: [one.pledge.id for one in entries] for name, entries in told.out.items()} == {reason: ["odd"]}


def test_what_rests_on_memory_is_not_added(embedded: Cube) -> None:
    doubtful = pledge("a", rule("FRA", "110", 2005, 2010, "5"), unverified="The exact year.")
    told = promised(pool(embedded.codes, [doubtful], ()), Selection())
    assert told.sum is None and list(told.out) == ["memory"] and "1 that rests in part on memory" in told.why


def test_a_selection_that_promises_do_not_know_has_no_sum(held: Pool) -> None:
    for change, word in (({"sector": ("120",)}, "sectors"), ({"gender": ("2",)}, "gender")):
        told = promised(held, Selection().change(**change))
        assert told.sum is None and word in told.why and not told.every


def test_the_order_of_the_records_changes_nothing(held: Pool) -> None:
    every = list(held.money.values())
    assert {one.id for one in together(every, held.parents, held.overlapping)[0]} == {
        one.id for one in together(every[::-1], held.parents, held.overlapping)[0]
    }


def test_the_sentence_says_what_is_in_the_sum_and_what_is_not(held: Pool) -> None:
    told = promised(held, Selection())
    assert told.sum
    said = added(Headline((Run("First."),)), told)
    text = "".join(run.text for run in said.promised)
    assert text.startswith("Of $") and " promised in " in text and f"due by {told.sum.until}, {told.sum.least}$" in text
    assert text.endswith("as far as figures reach.") is not told.sum.whole
    assert [run.swatch for run in said.promised if run.swatch] == ["pledged", told.sum.stage]
    *named, counted = [run for run in said.unmeasured if run.href]
    assert counted.text == f"{told.unmeasured} of {told.every} commitments"
    few = told.sum.held if len(told.sum.held) <= FEW else ()
    assert [run.text for run in named] == [one.entry.pledge.title for one in few]
    assert said.text.startswith("First. Of $") and "cannot be measured: " in said.text


def test_nobody_waits_for_what_is_being_measured(book: Book, embedded: Cube) -> None:
    kept = Kept()
    promises = Promises(Book(book.library, book.registry, kept=kept))
    with kept._lock:  # somebody measures
        assert promises.state(embedded) == ""
        assert promises.told(embedded, Selection(), "") is AWAITED
        assert rungs(AWAITED)["absent"] == AWAITED.why
    state = book.registry.state()
    kept.register(embedded, state, book.registry.held().pledges)
    assert promises.state(embedded) == state
    assert promises.told(embedded, Selection(), state).sum is not None


def test_who_does_not_wait_has_it_measured_for_the_next(book: Book, small: Cube) -> None:
    kept = Kept()
    held = book.registry.held()
    assert kept.at_hand(small, held.state, held.pledges) is None  # nothing is kept of this edition
    assert kept.register(small, held.state, held.pledges) is kept.at_hand(small, held.state, held.pledges)


def test_the_page_stands_while_they_are_measured_and_tells_them_after(book: Book, embedded: Cube) -> None:
    kept, memory, (page, goal) = Kept(), Remembered(), find("/")
    assert page is not None
    promises = Promises(Book(book.library, book.registry, kept=kept))
    alone = shown_on(memory, embedded, page, goal, Selection())
    with kept._lock:
        early = shown_on(memory, embedded, page, goal, Selection(), promises)
    changed = {key for key, mark in early.marks.items() if alone.marks.get(key) != mark}
    assert AWAITED.why in early.pieces["headline"] and early.whole
    assert {key.split("/")[0] for key in changed} == {"headline", "gap"}
    kept.register(embedded, book.registry.state(), book.registry.held().pledges)
    later = shown_on(memory, embedded, page, goal, Selection(), promises)
    assert AWAITED.why not in later.pieces["headline"] and "promised in" in later.pieces["headline"]
