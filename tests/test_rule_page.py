"""The page of another rule: what it would count is what the engine counts once it is kept, and strangers are answered
in sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from urllib.parse import urlencode

import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks import commitments
from callbacks.book import Book
from dashboard.counting import Rule
from dashboard.outcomes import of
from dashboard.pins import Pins
from dashboard.questions import Busy
from dashboard.rows import Wanted
from dashboard.rule_form import write
from dashboard.rule_preview import Preview, lines
from dashboard.selection import read as read_selection
from data_access.cube import Cube
from data_access.library import Library
from data_access.measuring import proposing
from data_access.measuring.proposing import LONG, Proposals
from data_access.registry.opening import open_registry
from data_access.registry.rule_saving import save
from data_access.registry.writing import Noted
from tests.test_layouts import flat
from tests.visits import Visitor
from tests.waiting import until

MONEY, SHARE, INDICATOR = "afsi-2009-united-states", "un-oda-07-gni", "abuja-2001"
CHANGES = [  # commitment, fields changed
    (MONEY, {"until": 2014}),
    (MONEY, {"donors": ("GBR",), "low": None, "high": None}),
    (MONEY, {"source": "crs"}),
    ("gleneagles-2005-oda", {"prices": "current"}),
    (SHARE, {"low": Decimal("0.5")}),
    (INDICATOR, {"until": 2013}),
]


@pytest.fixture
def own(tmp_path: Path, home: Path) -> Iterator[Book]:
    """A book over a registry of its own, which may be written."""
    library, registry = Library(home), open_registry(tmp_path)
    yield Book(library, registry)
    registry.close()
    library.close()


@pytest.fixture(scope="module")
def client(real: Dash) -> FlaskClient:
    return real.server.test_client()


def text(book: Book, id_: str, query: str = "") -> str:
    made = commitments.page(book, book.library.cube(), f"/commitment/{id_}/rule", query)
    return json.dumps(flat(made), ensure_ascii=False)


def previewed(book: Book, id_: str, rule: Rule) -> Preview:
    opened = book.at(book.library.cube(), Pins())
    found = book.proposals.preview(opened.cube, opened.held, opened.register, id_, rule, 60)
    assert isinstance(found, Preview), found
    return found


@pytest.mark.parametrize(("id_", "fields"), CHANGES)
def test_what_is_previewed_is_what_is_measured_once_it_is_kept(own: Book, id_: str, fields: dict[str, object]) -> None:
    kept = own.registry.pledges()[id_].rule
    assert kept is not None
    rule = replace(kept, **fields)
    seen = previewed(own, id_, rule)
    state, number = save(own.registry, id_, rule, Noted("A. Moderator", "It counts more years"), seen=1)
    after = own.at(own.library.cube(), Pins())  # the same book: nothing was started again
    assert after.held.state == state and number == 2
    told = after.told(id_)
    assert told.measured == seen.after.measured and told.causes == seen.after.causes
    assert after.register.outcomes[id_] == of(seen.after.measured)
    pairs = {(one.first, one.second): one.usd for one in after.register.overlaps if id_ in (one.first, one.second)}
    assert pairs == {(one.overlap.first, one.overlap.second): one.overlap.usd for one in seen.after.shared}
    assert told.rule_version == 2 and told.revisions[0].rule is not None


def test_a_preview_changes_nothing_that_others_see(book: Book) -> None:
    before, state = text(book, MONEY), book.registry.state()
    outcomes = book.at(book.library.cube(), Pins()).register.outcomes[MONEY]
    kept = book.registry.pledges()[MONEY].rule
    assert kept is not None
    previewed(book, MONEY, replace(kept, until=2014))
    assert book.registry.state() == state and text(book, MONEY) == before
    assert book.at(book.library.cube(), Pins()).register.outcomes[MONEY] == outcomes


def test_a_rule_that_measures_nothing_tells_no_coverage_and_a_note_of_the_kept_rule_is_asked_after(book: Book) -> None:
    id_ = "gleneagles-2005-oda"
    kept = book.registry.pledges()[id_].rule
    assert kept is not None and kept.note
    early = replace(kept, series="oda")  # at current prices alone, from 2010
    told = {line.name: line.after for line in lines(previewed(book, id_, early))}
    assert told["Coverage"] == told["Delivered"] == "not measured"
    said = text(book, id_, f"?{urlencode(write(early))}")
    assert "Under the proposed rule nothing could be measured" in said and "figures would change" not in said
    assert "Please check whether it holds" in said and "Drop the note" in said
    assert "Drop the note" not in text(book, id_, f"?{urlencode(write(replace(early, note='')))}")


def test_the_rows_that_would_be_counted_are_those_of_the_link(book: Book) -> None:
    cube, kept = book.library.cube(), book.registry.pledges()[MONEY].rule
    assert kept is not None
    found = previewed(book, MONEY, replace(kept, until=2014))
    for rows, told in zip(found.rows, (found.before, found.after), strict=True):
        assert rows is not None
        asked, refused = read_selection(rows.query, cube.codes)
        counted = cube.counts(asked, Wanted(stage=asked.stage))
        assert not refused and counted.rows == rows.count
        assert counted.sums[told.measured.rule.stage] == told.measured.delivered.low
    assert found.rows[1].count > found.rows[0].count


def test_overlaps_and_findings_that_would_change_are_told(own: Book) -> None:
    """A second promise of the same maker over the same rows counts money twice; the check finds it untold."""
    pledges = own.registry.pledges()
    kept, other = pledges[MONEY].rule, pledges["afsi-2009-japan"].rule
    assert kept is not None and other is not None
    found = previewed(own, "afsi-2009-japan", replace(other, donors=kept.donors))
    assert MONEY in {one.other.id for one in found.moved or () if one.after and not one.before}
    assert [one.check for one in found.appear if MONEY in one.about] == ["undeclared-overlap"]
    back = previewed(own, MONEY, Rule(needs="A ledger of projects"))
    assert {line.name for line in lines(back) if not line.same} >= {"Due", "Delivered", "Why it is not measured"}
    assert all(one.after is None for one in back.moved or ()) and back.rows[1] is None


def test_the_page_says_both_rules_and_what_differs(book: Book) -> None:
    kept = book.registry.pledges()[MONEY].rule
    assert kept is not None
    bare = text(book, MONEY)
    assert "The rule as kept" in bare and "As proposed" not in bare and "Show its effect" in bare
    said = text(book, MONEY, "?" + urlencode(write(replace(kept, until=2014))))
    for words in ("One field of the rule changed", "2012 → 2014", "As proposed", "would change", "/rows?", "Nothing"):
        assert words in said
    assert "No fields of the rule changed" in text(book, MONEY, "?" + urlencode(write(kept)))


PERIOD = "source=crs&since=2000&until=2015"
HOSTILE = [
    "kind=flows&low=NaN", "kind=flows&since=-5&until=99999", "kind=" + "x" * 900, "rule={{{{", "kind=flows&low=1e999",
    "kind=share&donors=DAC&series=births&weights=gni&since=2000&until=2015", "kind=flows&donors=" + "GBR," * 300,
    "kind=flows&series=gni*gni*gni*gni&since=2000&until=2010", "kind=none", "kind=indicator&recipients=NOBODY",
    "kind=flows&stated=" + "9:9," * 100, "&" * 200, "kind=flows&kind=none", "kind=none&needs=%00%ff%fe",
    f"kind=flows&{PERIOD}&baseline=trend&baseline_since=2010&baseline_until=2010", "=&=&kind", "kind=flows&low[]=1",
    f"kind=flows&goals=1,2&method=<script>&{PERIOD}", "kind=flows&since=" + "9" * 3000, "x" * 3990,
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE)
def test_strangers_are_answered_in_sentences(book: Book, client: FlaskClient, query: str) -> None:
    said = text(book, MONEY, "?" + query)
    assert "unexpected fault" not in said and ("cannot be used" in said or "Ignored" in said)
    got = client.get(f"/export/rule/{MONEY}.csv?{query}")
    assert got.status_code == 400 and "No file was made" in got.text
    assert client.get(f"/commitment/{MONEY}/rule?{query}").status_code in (200, 414)
    assert any(main.text for main in Visitor(client).page(f"/commitment/{MONEY}/rule", "?" + query).every("main"))


def test_a_note_is_words_and_never_a_formula(book: Book, client: FlaskClient) -> None:
    query = f"kind=flows&{PERIOD}&note==cmd|'/C calc'!A0"
    assert "unexpected fault" not in text(book, MONEY, "?" + query)
    got = client.get(f"/export/rule/{MONEY}.csv?{query}")
    assert got.status_code == 200 and not [cell for cell in got.text.replace('"', ",").split(",") if cell[:1] == "="]


def test_the_terms_of_another_rule_come_as_a_file(book: Book, client: FlaskClient) -> None:
    kept = book.registry.pledges()[MONEY].rule
    assert kept is not None
    got = client.get(f"/export/rule/{MONEY}.csv?" + urlencode(write(replace(kept, until=2014))))
    assert (
        got.status_code == 200 and got.text.startswith("Term,Counted,Counts in its year,Year") and ",2014," in got.text
    )
    assert client.get(f"/export/rule/{MONEY}.csv").status_code == 400
    assert client.get("/export/rule/nobody.csv").status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [(f"/commitment/{MONEY}/rule", 200), ("/commitment/nobody/rule", 404), ("/forum/muskoka-2010/rule", 404),
     (f"/commitment/{MONEY}/rule/", 404), (f"/commitment/{MONEY}/rules", 404)],
)  # fmt: skip
def test_only_a_commitment_has_a_rule(client: FlaskClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_one_rule_is_measured_at_a_time_and_others_are_asked_to_come_back(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, begun, go = book.at(book.library.cube(), Pins()), Event(), Event()
    kept = opened.held.pledges[MONEY].rule
    assert kept is not None
    plain = proposing.preview

    def slowly(*given: object) -> object:
        begun.set()
        go.wait(30)
        return plain(*given)

    monkeypatch.setattr(proposing, "preview", slowly)
    proposals, rule = Proposals(), replace(kept, until=2014)
    asked = opened.cube, opened.held, opened.register, MONEY
    first = Thread(target=lambda: proposals.preview(*asked, rule, 30))
    first.start()
    assert begun.wait(30)
    for other in (rule, replace(rule, until=2013)):
        with pytest.raises(Busy):
            proposals.preview(*asked, other, 0.01)
    go.set()
    first.join(60)
    assert isinstance(proposals.preview(*asked, rule, 0.01), Preview)


def test_two_wait_for_rules_and_a_third_is_told_at_once(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, go = book.at(book.library.cube(), Pins()), Event()
    kept = opened.held.pledges[MONEY].rule
    assert kept is not None
    plain = proposing.preview
    monkeypatch.setattr(proposing, "preview", lambda *given: go.wait(30) and plain(*given))
    proposals, rule = Proposals(), replace(kept, until=2014)
    asked = opened.cube, opened.held, opened.register, MONEY, rule
    waiting = [Thread(target=lambda: proposals.preview(*asked, 30)) for _ in range(2)]
    for one in waiting:
        one.start()
    until(lambda: not proposals._waiting._free._value)
    begun = monotonic()
    with pytest.raises(Busy):
        proposals.preview(*asked, 30)
    assert monotonic() - begun < 5
    go.set()
    for one in waiting:
        one.join(60)
    assert isinstance(proposals.preview(*asked, 0.01), Preview)


def test_a_part_that_asks_for_ever_is_given_up_in_time(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, ended = book.at(book.library.cube(), Pins()), Event()
    kept = opened.held.pledges[MONEY].rule
    assert kept is not None

    last = monotonic() + 120

    def endless(cube: Cube, *_: object) -> object:
        try:
            while monotonic() < last:
                cube.texts("crs-donors", [1])
        finally:
            ended.set()

    monkeypatch.setattr(proposing, "measure", endless)
    asked = opened.cube, opened.held, opened.register, MONEY, replace(kept, until=2014)
    assert Proposals(longest=2.0).preview(*asked, 30) == LONG and ended.is_set()


def test_overlaps_that_take_too_long_are_said_to_be_untold(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object) -> object:
        raise TimeoutError

    monkeypatch.setattr(proposing, "with_one", slow)
    kept = book.registry.pledges()[MONEY].rule
    assert kept is not None
    rule = replace(kept, until=2013, note="Untold.")
    assert previewed(book, MONEY, rule).moved is None
    said = text(book, MONEY, "?" + urlencode(write(rule)))
    assert "could not be told in time" in said and "No overlap with another" not in said


def test_a_rule_that_takes_too_long_is_given_up_and_not_begun_again(book: Book) -> None:
    opened = book.at(book.library.cube(), Pins())
    kept = opened.held.pledges[MONEY].rule
    assert kept is not None
    proposals = Proposals(longest=0.0)
    asked = opened.cube, opened.held, opened.register, MONEY, replace(kept, until=2014)
    assert proposals.preview(*asked, 30) == LONG and proposals.preview(*asked, 0) == LONG
