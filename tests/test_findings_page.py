"""The page of findings: its terms, its order, what it keeps, and what it says while the checks run."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from callbacks import commitments
from callbacks.book import Book
from callbacks.faults import answer
from callbacks.reckoned import filled, page
from callbacks.reckoned_findings import files
from dashboard.config import Settings
from dashboard.counting import UNMEASURED
from dashboard.finding_list import FACETS, KEYS, PAGE, Listed, figure_words, known, listed, shown
from dashboard.findings import Finding, Judged, Side
from dashboard.page_terms import MOST, Terms, read
from dashboard.pledges import Pledge
from dashboard.questions import Busy
from dashboard.words import dated
from data_access.library import Library
from data_access.measuring import found as finding
from data_access.registry.findings import judge
from data_access.registry.findings import known as judged_in
from data_access.registry.opening import open_registry
from data_access.registry.writing import Edits, Noted
from layouts import ids
from layouts.findings import content
from layouts.pages import FINDINGS, find
from tests.test_layouts import flat

HOSTILE = '<img src=x onerror="alert(1)">'
PLEDGES = {
    "a": Pledge("a", "A: more", "A", maker_id="maker-a", goals=("4", "5"), forum_id="muskoka"),
    "b": Pledge("b", "B: more", "B", maker_id="maker-b", goals=("1",)),
}


def one(check: str, about: str, severity: str = "medium", part: str = "") -> Finding:
    return Finding(check, (about,), f"{about} {HOSTILE}", Side("5.0", "first"), Side("5.1", "second"), severity, part)


EVERY = (
    one("deadline-passed", "a", "low"),
    one("two-figures", "b"),
    one("swapped", "a", "high"),
    one("beyond-committed", "x", "low"),
)


def rows(search: str = "", judged: dict[str, Judged] | None = None) -> list[Listed]:
    every = listed(EVERY, judged or {}, PLEDGES)
    raw = dict(pair.split("=") for pair in search.split("&") if pair)
    return list(shown(every, read(raw, known(every), FACETS)[0]).rows)


def test_the_severest_come_first_and_what_is_settled_last() -> None:
    assert [row.finding.check for row in rows()] == ["swapped", "two-figures", "deadline-passed", "beyond-committed"]
    explained = {EVERY[2].key: Judged(EVERY[2], "explained")}
    assert [row.finding.check for row in rows("", explained)][-1] == "swapped"


@pytest.mark.parametrize(
    ("search", "checks"),
    [
        ("severity=high", {"swapped"}),
        ("severity=high,medium", {"swapped", "two-figures"}),
        ("goal=5", {"swapped", "deadline-passed"}),
        ("maker=maker-b", {"two-figures"}),
        ("check=beyond-committed", {"beyond-committed"}),
        ("forum=muskoka", {"swapped", "deadline-passed"}),
        ("goal=1&severity=low", set()),
        ("status=explained", set()),
    ],
)
def test_each_filter_lets_through_what_answers_to_it(search: str, checks: set[str]) -> None:
    assert {row.finding.check for row in rows(search)} == checks


def test_a_filter_counts_what_the_others_leave() -> None:
    every = listed(EVERY, {}, PLEDGES)
    page = shown(every, read({"goal": "4", "severity": "high"}, known(every), FACETS)[0])
    assert page.facets["severity"] == {"high": 1, "low": 1}
    assert page.facets["goal"] == {"4": 1, "5": 1}
    assert (page.total, page.every) == (1, 4)


def test_a_link_to_one_finding_opens_the_page_that_holds_it() -> None:
    many = [one("beyond-committed", f"x{at:03}", "low") for at in range(3 * PAGE)]
    every = listed(many, {}, {})
    last = every[-1]
    assert shown(every, Terms(KEYS, {"finding": (last.id,)})).page == 3
    assert shown(every, Terms(KEYS, {"page": ("99",)})).page == 3
    assert len({row.id for row in every}) == 3 * PAGE


@pytest.mark.parametrize("query", ["check=two-figures,swapped", "severity=high&goal=1,8", "page=2", ""])
def test_what_is_read_is_written_again(query: str) -> None:
    every = listed(EVERY, {}, PLEDGES)
    raw = dict(pair.split("=") for pair in query.split("&") if pair)
    terms, refused = read(raw, known(every), FACETS)
    assert not refused
    assert terms.write() == query.replace("goal=1,8", "goal=1,8")


@pytest.mark.parametrize(
    ("key", "value"), [("check", "nothing"), ("severity", HOSTILE), ("page", "0"), ("page", "x"), ("goal", "9")]
)
def test_what_is_not_known_is_refused_by_name(key: str, value: str) -> None:
    every = listed(EVERY, {}, PLEDGES)
    terms, refused = read({key: value}, known(every), FACETS)
    assert terms.write() == ""
    assert refused[0].key == key and f"{key}=" in refused[0].sentence


def test_no_more_values_are_read_than_a_page_takes() -> None:
    many = [str(at) for at in range(MOST + 5)]
    terms, refused = read({"goal": ",".join(many)}, {"goal": frozenset(many)}, ("goal",))
    assert len(terms.all("goal")) == MOST
    assert len(refused) == 5


def test_figures_are_told_with_all_their_digits() -> None:
    assert figure_words("248636051654.21630000") == "$248,636,051,654.22"
    assert figure_words("1346962959.01751486 US dollars counted by both") == "$1,346,962,959.02 counted by both"
    assert figure_words("5.075 USD billion") == "5.075 USD billion"
    assert figure_words("nothing") == "nothing"


def test_findings_are_kept_as_json_and_foreign_bytes_are_refused() -> None:
    assert finding.read(finding.write(EVERY)) == EVERY
    for stored in (b"", b"[1]", b"\x80\x04", json.dumps([["a"]]).encode()):
        with pytest.raises(ValueError):
            finding.read(stored)


def test_the_words_of_a_source_are_text_and_nothing_else() -> None:
    every = listed(EVERY, {}, PLEDGES)
    terms = Terms(KEYS, {})
    named = {"maker": {"maker-a": HOSTILE}, "forum": {"muskoka": HOSTILE}}
    drawn = json.dumps(flat(content(shown(every, terms), terms, (), named, {"a": HOSTILE}, "/findings")))
    assert "alert(1)" in drawn
    assert "dangerously" not in drawn.lower()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Iterator[Book]:
    library = Library(home)
    registry = open_registry(tmp_path_factory.mktemp("registry"))
    yield Book(library, registry)
    registry.close()
    library.close()


def text(book: Book, search: str = "") -> str:
    return json.dumps(flat(filled(book, book.library.cube(), "/findings", search)))


def test_the_first_answer_comes_at_once_and_the_findings_when_they_are_made(book: Book) -> None:
    cube, began = book.library.cube(), time.monotonic()
    first = text(book)
    assert time.monotonic() - began < 5
    assert "being run" in first or "findings" in first
    thread = book.found.begin(cube, book.registry.held(), book.registry, cube.edition)
    if thread:
        thread.join(120)
    whole = text(book)
    assert "Shown: 1 to 25 of " in whole
    assert "Muskoka" in whole


def test_the_count_is_that_of_the_checks_and_the_status_that_of_the_registry(book: Book) -> None:
    found = book.findings(book.library.cube(), book.registry.held(), 120)
    assert found
    every = finding.told(found, book.registry.held(), book.registry)
    assert len(every) == len(found) and {one.status for one in every} == {"open"}
    key = next(one.finding.key for one in every if one.finding.check == "swapped")
    judge(book.registry, key, "explained", Noted("A moderator", "The record was printed in that order"))
    explained = text(book, "status=explained")
    assert f"1 of {len(every)} findings" in explained
    assert "A moderator: The record was printed in that order" in explained


def test_what_is_found_is_read_from_the_shelf_by_the_next_process(book: Book) -> None:
    again = finding.Found()
    assert again.found(book.library.cube(), book.registry.held(), book.registry, wait=0) is not None


def test_an_earlier_state_shows_what_it_shows_and_pins_it(book: Book) -> None:
    state = book.registry.state()
    drawn = text(book, f"registry={state}&severity=high")
    assert f"registry={state}" in drawn
    assert "is not a state that the register had" in text(book, "registry=000000000000")


def test_the_page_lives_at_its_path_and_says_its_edition(book: Book) -> None:
    assert find("/findings") == (FINDINGS, "")
    assert find("/findings/x")[0] is None
    whole = json.dumps(flat(page(book, book.library.cube(), "/findings", "?severity=high")))
    assert book.library.cube().edition in whole
    assert ids.RECKONED_ADDRESS in whole


def test_the_file_holds_what_the_filters_let_through(home: Path, book: Book) -> None:
    client = create_app(Settings(home=home)).server.test_client()
    for _ in range(60):
        answer = client.get("/export/findings.csv?severity=high")
        if answer.status_code != 503:
            break
        time.sleep(1)
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    assert {row["Severity"] for row in rows} == {"high"}
    assert {row["Status by"] for row in rows} <= {"The checks", ""} and all(row["Status since"] for row in rows)
    assert client.get("/export/findings.csv?severity=grave").status_code == 400
    assert answer.headers["Link"].startswith("</export/findings.csv-metadata.json?severity=high>")
    assert client.get("/export/findings.csv-metadata.json?severity=high").get_json()["dc:title"] == "Findings"


def test_checks_that_fail_are_said_to_have_failed_with_when_and_a_reference(
    tmp_path_factory: pytest.TempPathFactory, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A rule whose stated shares sum to a half cannot be measured: the checks stop at it, and say so."""
    library, registry = Library(home), open_registry(tmp_path_factory.mktemp("unsound"))
    kan = registry.pledges()["kan-2010-health"]
    registry.write(Edits(pledges=(replace(kan, title="A state of its own"),)), Noted("A moderator", "A test"))
    held = registry.held()
    unsound = replace(kan.rule or UNMEASURED, profile="stated", stated=((2011, Decimal("0.5")),))
    broken = replace(held, pledges={kan.id: replace(kan, rule=unsound)})
    book, cube = Book(library, registry), library.cube()
    thread = book.found.begin(cube, broken, registry, cube.edition)
    assert thread
    thread.join(60)
    failed = book.found.failed(cube, held)
    assert failed and failed.reference in caplog.text and "do not sum to 1" in caplog.text
    said = f"The checks failed on {dated(failed.at[:10])} at {failed.at[11:]} UTC"
    drawn = json.dumps(flat(filled(book, cube, "/findings", "")), ensure_ascii=False)
    assert said in drawn and failed.reference in drawn and "are being run over" not in drawn
    beside = json.dumps(flat(commitments.page(book, cube, "/commitment/muskoka-2010", "")), ensure_ascii=False)
    assert said in beside and "are being run" not in beside
    server = Flask("files")
    server.register_error_handler(Exception, answer)
    files(server, book)
    told = server.test_client().get("/export/findings.csv")
    assert told.status_code == 503 and failed.reference in told.json["error"]
    assert book.found.begin(cube, held, registry) is None  # they are not run again at every visit
    registry.close()
    library.close()


@pytest.mark.parametrize("newest", [True, False])
def test_only_what_the_current_edition_shows_is_judged(
    tmp_path_factory: pytest.TempPathFactory, book: Book, newest: bool
) -> None:
    registry, cube = open_registry(tmp_path_factory.mktemp("another")), book.library.cube()
    first = next(iter(registry.pledges().values()))
    registry.write(Edits(pledges=(replace(first, title=f"Another title {newest}"),)), Noted("A moderator", "A test"))
    held = registry.held()
    few = {id_: pledge for id_, pledge in held.pledges.items() if id_.startswith("abuja")}
    thread = finding.Found().begin(cube, replace(held, pledges=few), registry, cube.edition if newest else "another")
    assert thread
    thread.join(120)
    assert bool(judged_in(registry)) == newest
    registry.close()


def test_checks_that_find_no_place_among_readers_are_run_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "PAUSES", (0.0, 0.0))
    refusals = [Busy(1), TimeoutError("too slow")]

    def made() -> tuple[Finding, ...]:
        if refusals:
            raise refusals.pop()
        return ()

    assert finding._patiently(made) == ()
    refusals[:] = [Busy(1)] * 3
    with pytest.raises(Busy):
        finding._patiently(made)
