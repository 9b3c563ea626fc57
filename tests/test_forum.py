"""The page of a forum: what was promised there and what came of it, of what can be added; gaps, fora like it, flows."""

from __future__ import annotations

import json
from decimal import Decimal
from urllib.parse import parse_qsl, urlsplit

import pytest

from callbacks import commitments
from callbacks.book import Book, Opened
from callbacks.listing import TERMS, chosen
from dashboard import finding_list, gap_list, page_terms
from dashboard.commitment import Entry
from dashboard.forum import Near, behind, near, together
from dashboard.forum_words import NO_SUM, added, beside, common, headline
from dashboard.outcomes import Outcome
from dashboard.pins import Pins, read
from dashboard.pools import Pool, pool
from dashboard.promised import OUT, Promised, made_here
from dashboard.records import Directory, Forum
from dashboard.selection import Selection
from dashboard.selection import read as read_selection
from data_access.measuring.found import told as findings_told
from data_access.measuring.gathering import rows_of
from data_access.measuring.naming import names
from data_access.registry.watching import SENTENCE
from layouts import forum as page
from layouts.pages import in_register
from tests.registered import entry, outcome
from tests.test_layouts import flat

HALF = outcome("10", "5")
SUMMIT, SEQUEL = Forum("a-summit", "A summit", "G8 summit"), Forum("sequel", "Its sequel", "G8 summit")
LIKE, OTHER = Forum("like", "A conference", "UN conference"), Forum("other", "Another one", "UN conference")
FORA = Directory.of([SUMMIT, SEQUEL, LIKE, OTHER])
MADE = (
    entry("a"),
    entry("b", forum_id="sequel", maker_id="JPN", goals=("8",)),
    entry("c", forum_id="like", goals=("1", "4")),
    entry("d", HALF, forum_id="like"),
    entry("e", HALF, forum_id="other", goals=("4",)),  # one of the makers, none of the Goals
)
PAGES = ("muskoka-2010", "laquila-2009", "gleneagles-2005", "eu-council-2005", "heiligendamm-2007", "barcelona-2002")


@pytest.fixture(scope="module")
def held(opened: Opened) -> Pool:
    return pool(opened.cube.codes, opened.entries(), opened.register.overlaps)


@pytest.fixture(scope="module")
def checked(book: Book, opened: Opened) -> Book:
    """The book once its checks were run."""
    thread = book.found.begin(opened.cube, opened.held, book.registry)
    if thread is not None:
        thread.join(120)
    return book


def made_at(opened: Opened, id_: str) -> list[Entry]:
    return [one for one in opened.entries() if one.pledge.forum_id == id_]


def told(held: Pool, opened: Opened, id_: str) -> Promised:
    return made_here(held, made_at(opened, id_), f"forum={id_}")


def shown(book: Book, id_: str, search: str = "") -> str:
    made = commitments.page(book, book.library.cube(), f"/forum/{id_}", search)
    return json.dumps(flat(made), ensure_ascii=False)


def links(book: Book, id_: str, search: str = "") -> set[str]:
    """Addresses of the page, those in what the browser builds too."""
    parts = shown(book, id_, search).replace('\\"', '"').split('"href": "')[1:]
    return {part.partition('"')[0] for part in parts}


def test_fora_of_the_same_kind_or_of_the_same_makers_and_goals_stand_beside_it_absences_last() -> None:
    found = near(SUMMIT, FORA, MADE)
    assert [(one.forum.id, one.held, one.measured) for one in found] == [
        ("like", 2, 1), ("a-summit", 1, 0), ("sequel", 1, 0),
    ]  # fmt: skip
    assert [one.own for one in found] == [False, True, False]
    assert common(found[0]) == "One maker in common; Goal 1" and common(found[2]) == "Same kind"
    assert beside(found) == "1 of the 2 fora like it has measured commitments"


def test_what_two_made_jointly_is_no_third_maker() -> None:
    both = (entry("a", maker_id="ITA+EU"), entry("b", forum_id="like", maker_id="ITA+EU"))
    assert common(near(SUMMIT, FORA, both)[0]) == "Two makers in common; Goal 1"


def test_a_forum_of_which_no_kind_is_known_is_like_none_by_its_kind() -> None:
    alone = Directory.of([Forum("a-summit", "A"), Forum("like", "B")])
    assert len(near(alone.fora["a-summit"], alone, (entry("a"), entry("b", forum_id="like", maker_id="JPN")))) == 1
    assert page.near(near(alone.fora["a-summit"], alone, (entry("a"),)), "") == []


def test_every_forum_is_counted_as_its_list_counts_it(opened: Opened) -> None:
    for one in near(opened.held.directory.fora["muskoka-2010"], opened.held.directory, opened.entries()):
        entries = made_at(opened, one.forum.id)
        assert (one.held, one.measured) == (len(entries), sum(each.outcome.measured for each in entries))
        assert one.met == sum(each.state == "met" for each in entries)
        assert one.committed == sum(each.state == "committed" for each in entries)


def test_the_nearest_are_in_order(opened: Opened) -> None:
    found = near(opened.held.directory.fora["gleneagles-2005"], opened.held.directory, opened.entries())
    counts = [one.measured for one in found]
    assert counts == sorted(counts, reverse=True) and 0 in counts and sum(one.own for one in found) == 1
    assert all(one.own or one.alike or (one.makers and one.goals) for one in found)


def test_the_sum_of_a_forum_is_that_of_its_records_and_every_other_has_its_reason(held: Pool, opened: Opened) -> None:
    summed = 0
    for id_ in opened.held.directory.fora:
        entries, found = made_at(opened, id_), told(held, opened, id_)
        out = [one.pledge.id for reason in found.out.values() for one in reason]
        assert set(found.out) <= set(OUT) and "outside" not in found.out
        ids = found.sum.ids if found.sum else ()
        assert sorted([*out, *ids]) == sorted(one.pledge.id for one in entries)
        assert found.every == len(entries) and bool(found.why) is not bool(found.sum)
        if found.sum:
            summed += 1
            rules = [opened.held.pledges[one].rule for one in ids]
            assert found.sum.promised.low == sum((rule.low or Decimal(0)) for rule in rules if rule)
            came = [one.outcome.delivered for one in entries if one.pledge.id in ids]
            assert found.sum.delivered.low == sum(getattr(one, "low", Decimal(0)) for one in came)
    assert summed >= 4


def test_a_promise_that_runs_longer_than_any_selection_is_in_the_sum_of_its_forum(held: Pool, opened: Opened) -> None:
    """The years of a page of flows are no years of a forum."""
    found = told(held, opened, "heiligendamm-2007")
    assert "outside" not in found.out and found.query == "forum=heiligendamm-2007"


def test_the_headline_tells_what_can_be_added_or_why_nothing_can(held: Pool, opened: Opened) -> None:
    said = headline(told(held, opened, "muskoka-2010"), made_at(opened, "muskoka-2010"), "registry=7")
    assert said.text.startswith("No sum of promises can be told for this forum. Its commitments: 12 that cannot be")
    assert "Promised together, each as it was stated: G8 and partners: new money for mothers" in said.text
    assert "".join(run.text for run in said.promised).endswith("USD\N{NO-BREAK SPACE}7.3\N{NO-BREAK SPACE}billion.")
    assert all(run.href.endswith("registry=7") for run in (*said.promised, *said.unmeasured) if run.href)
    said = headline(told(held, opened, "laquila-2009"), made_at(opened, "laquila-2009"), "")
    assert " promised in one commitment made here for Goal 1, due by 2012, at least " in said.text
    assert "Promised together" not in said.text  # the one of all donors is in the sum


def test_titles_count_what_can_be_added(held: Pool, opened: Opened) -> None:
    assert added(told(held, opened, "muskoka-2010")) == "None of its 12 commitments can be added"
    assert added(told(held, opened, "laquila-2009")) == "1 of its 14 commitments can be added"
    assert added(told(held, opened, "barcelona-2002")) == "Its one commitment is in no sum of money"
    assert NO_SUM in str(page.summed(told(held, opened, "muskoka-2010"), ""))
    assert "at most" in str(page.summed(told(held, opened, "laquila-2009"), ""))
    assert made_here(held, [], "forum=x").why == "The register holds no commitment made here."


def test_rows_behind_a_figure_add_up_to_it(opened: Opened) -> None:
    found = 0
    for one in opened.entries():
        rule, out = one.pledge.rule, one.outcome
        if rule and rule.kind == "flows" and rule.source and out.measured and rule.baseline == "none":
            rows = rows_of(opened.cube, rule, out.at)
            frame = opened.cube.sums(rows, ("year",), (rule.stage,))
            if rule.prices == "current":
                assert sum(value for value in frame[rule.stage] if value is not None) == getattr(
                    out.delivered, "low", 0
                )
                found += 1
    assert found >= 15


def test_what_moved_is_narrowed_to_what_the_commitments_name(opened: Opened) -> None:
    codes = opened.cube.codes
    every = behind(made_at(opened, "laquila-2009"), codes, {}, names(opened.cube))
    assert len(every) == 13 and all(one.flows.goal == ("1",) and one.flows.donor for one in every)
    whole = together(every)
    assert whole.goal == ("1",) and {"FRA", "JPN", "USA"} <= set(whole.donor) and whole.recipient == ()
    at_large = behind(made_at(opened, "eu-council-2005"), codes, {}, names(opened.cube))
    assert together(at_large).goal == () and all(one.rows is None and one.source for one in at_large)


def test_a_dimension_that_one_leaves_open_stays_open() -> None:
    def of(**picked: tuple[str, ...]) -> Selection:
        return Selection().change(since=2005, until=2010, **picked)

    made = [page.Behind(entry("a"), "", one) for one in (of(donor=("FRA",), goal=("1",)), of(goal=("4",)))]
    assert together(made) == of(goal=("1", "4"))


def test_every_link_of_a_page_is_followed_without_a_word_ignored(checked: Book, opened: Opened) -> None:
    every = findings_told(checked.findings(opened.cube, opened.held) or (), opened.held, checked.registry)
    known = {"/findings": finding_list.known(every), "/gaps": gap_list.known(opened.entries())}
    seen = set[str]()
    for link in {link for id_ in PAGES for link in links(checked, id_) if link.startswith("/")}:
        parts = urlsplit(link.replace("&amp;", "&"))
        given, path = dict(parse_qsl(parts.query)), parts.path
        seen.add("/".join(path.split("/")[:2]))
        if path in known and "forum" in given:
            assert page_terms.read(given, known[path], ("forum",))[1] == ()
        elif path == "/commitments":
            pins, terms, refused = read(parts.query, opened.cube.codes.editions, {opened.held.state}, TERMS)
            assert not refused and chosen(opened, pins, terms)[1] == [] and chosen(opened, Pins(), terms)[0], link
        elif path in ("/", "/rows"):
            assert read_selection(parts.query, opened.cube.codes)[1] == (), link
        elif in_register(path) and not path.endswith("/rule"):
            assert commitments.holds(opened, *(in_register(path) or ("", ""))), link
    assert {"/findings", "/gaps", "/rows", "/", "/commitment", "/forum", "/export"} <= seen


@pytest.mark.parametrize("id_", PAGES)
def test_a_page_tells_all_of_it_and_keeps_its_pins(checked: Book, opened: Opened, id_: str) -> None:
    pins = f"?edition={opened.cube.edition}&registry={opened.held.state}"
    said = shown(checked, id_, pins)
    assert "unexpected fault" not in said and "Ignored" not in said
    assert "can be added" in said or "in no sum of money" in said
    assert "Delivery and gaps of each" in said and "fora like it" in said and "finding" in said.lower()
    ours = {
        link for link in links(checked, id_, pins) if link.startswith(("/commitment", "/gaps", "/findings", "/forum"))
    }
    assert ours and all(f"registry={opened.held.state}" in link for link in ours if "edition=" in link)
    assert all("edition=" in link for link in ours), id_


def test_a_file_of_gaps_or_findings_names_edition_and_state(checked: Book, opened: Opened) -> None:
    files = {link for link in links(checked, "muskoka-2010") if link.startswith("/export/")}
    pinned = f"edition={opened.cube.edition}&registry={opened.held.state}"
    assert files == {f"/export/{name}.csv?forum=muskoka-2010&{pinned}" for name in ("gaps", "findings")}


def test_what_the_checks_find_is_waited_for_or_said_to_be_away() -> None:
    assert "being run" in str(page.findings(None, "", (), "x", "", ""))
    assert SENTENCE in str(page.findings(None, SENTENCE, (), "x", "", ""))
    assert "No check found anything about its commitments" in str(page.findings((), "", (), "x", "", ""))


def test_a_forum_without_a_commitment_says_so_and_no_more(opened: Opened) -> None:
    found = near(SUMMIT, FORA, ())
    assert found == () and page.near(found, "") == [] and page.behind((), "", "") == []
    assert Near(SUMMIT, True, frozenset(), (), 0, 0, 0, 0).measured == 0 and not Outcome().measured
