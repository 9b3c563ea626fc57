"""The page of gaps: sets in the address, like units only, every absence with its reason, nothing summed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from app import create_app
from callbacks.book import Book
from callbacks.reckoned import filled
from dashboard.amounts import Absence, Amount
from dashboard.commitment import Entry
from dashboard.config import Settings
from dashboard.counting import Rule
from dashboard.figures.shares_due import LINE, LONG, figure, height
from dashboard.gap_list import KEYS, alike, counted, drawable, gap_words, known, needed, picked, table, unmeasured
from dashboard.outcomes import Outcome
from dashboard.page_terms import Terms, read
from dashboard.pins import Pins
from dashboard.pledges import Pledge
from dashboard.ranges import Range, point
from dashboard.statements import Statement
from data_access.library import Library
from data_access.registry.opening import open_registry
from tests.test_layouts import flat

FORA = {"a": "summit", "b": "summit"}


def entry(
    id_: str,
    unit: str,
    due: str,
    delivered: str,
    maker: str = "GBR",
    goals: tuple[str, ...] = ("4",),
    prices: str = "current",
) -> Entry:
    low, have = Decimal(due), Decimal(delivered)
    rule = Rule("share" if unit == "%" else "flows", weights="gni" if unit == "%" else "", prices=prices)
    outcome = Outcome(2015, unit, prices, point(low), point(have), point(low - have), point(have / low), 1, 1)
    return Entry(Pledge(id_, f"Title {id_}", maker, maker, goals=goals, rule=rule, forum_id=FORA.get(id_, "")), outcome)


def without(id_: str, gap: str = "not_reported") -> Entry:
    return Entry(Pledge(id_, f"Title {id_}", "FRA", "FRA", goals=("1",), gap=gap), Outcome(why="Because."))


ENTRIES = [
    entry("a", "%", "0.7", "0.2"),
    entry("b", "USD", "1000000", "250000", "FRA", ("4", "5")),
    entry("c", "USD", "1000000", "900000", prices="2004"),
    entry("d", "USD", "1000000", "2000000"),
    without("e"),
    without("f", "confidential"),
]


def terms(query: str) -> Terms:
    raw = dict(part.split("=") for part in query.split("&") if part)
    found, refused = read(raw, known(ENTRIES), KEYS)
    assert not refused
    return found


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", "abcdef"),
        ("donor=FRA", "bef"),
        ("goal=5", "b"),
        ("donor=GBR,FRA&goal=4", "abcd"),
        ("commitment=e", "e"),
        ("commitment=e,a", "ae"),
        ("donor=FRA&goal=4&commitment=c", "bc"),
        ("forum=summit", "ab"),
        ("forum=summit&donor=FRA", "b"),
    ],
)
def test_a_set_is_what_is_named_and_what_its_makers_and_goals_hold(query: str, ids: str) -> None:
    assert "".join(one.pledge.id for one in picked(ENTRIES, terms(query))) == ids
    assert terms(query).write() == query or set(terms(query).write().split("&")) == set(query.split("&"))


def test_only_like_units_stand_side_by_side() -> None:
    groups = {group.basis: [one.pledge.id for one in group.rows] for group in alike(ENTRIES)}
    assert groups == {
        "per cent of gross national income": ["a"],
        "current US dollars": ["b", "d"],
        "US dollars of 2004": ["c"],
    }


def test_a_gap_to_a_share_of_income_is_given_both_ways() -> None:
    assert gap_words(ENTRIES[0]) == ("0.50 percentage points", "71% of the target")
    assert gap_words(ENTRIES[1]) == ("$750\N{NO-BREAK SPACE}k", "75% of what was due")
    assert gap_words(ENTRIES[3]) == ("none", "")


def test_a_range_of_what_was_due_stays_a_range() -> None:
    out = Outcome(2013, "%", "current", Range(Decimal("0.15"), Decimal("0.2")), point(Decimal("0.1")))
    wide = Outcome(
        **{**vars(out), "gap": Range(Decimal("0.05"), Decimal("0.1")), "share": Range(Decimal("0.5"), Decimal("0.66"))}
    )
    held = Entry(Pledge("r", "R", "DAC", rule=Rule("share", weights="gni")), wide)
    assert gap_words(held) == ("0.05 to 0.10 percentage points", "34 to 50% of the target")
    drawn = figure([held])
    assert drawn["data"][0]["x"] == [0.5] and drawn["data"][1]["base"] == [0.5]


def test_what_has_no_figure_stands_under_its_reason_and_in_no_chart() -> None:
    assert {state: [e.pledge.id for e in held] for state, held in unmeasured(ENTRIES).items()} == {
        "not_reported": ["e"],
        "confidential": ["f"],
    }
    assert [one.pledge.id for one in drawable(ENTRIES)] == ["b", "a", "c", "d"]


def test_makers_and_goals_are_counted_and_never_summed() -> None:
    one, other = counted(ENTRIES, "donor", ("GBR", "FRA"))
    assert (one.total, one.states) == (3, {"met": 1, "short": 2})
    assert (other.total, other.states) == (3, {"short": 1, "not_reported": 1, "confidential": 1})


def test_the_three_gaps_are_told_apart_and_an_absence_stays_one() -> None:
    want = Statement("b", "need", Amount(Decimal(4), Decimal(4), "USD million"), title="A study")
    other = Statement("a", "need", Amount(Decimal(4), Decimal(4), "USD million"), title="A study")
    money = Entry(
        Pledge("b", "B", "FRA", amount=Amount(Decimal(2), Decimal(3), "USD million"), rule=Rule("flows")),
        ENTRIES[1].outcome,
    )
    first, second = needed([money, ENTRIES[0]], [want, other])
    assert (first.gaps.promise, first.gaps.delivery, first.gaps.need) == (
        Range(Decimal(1000000), Decimal(2000000)),
        point(Decimal(750000)),
        point(Decimal(3750000)),
    )
    assert (second.gaps.promise, second.gaps.need) == (Absence.NOT_CLEAR, Absence.NOT_MEASURABLE)


def test_the_table_is_exact_and_its_absences_are_empty() -> None:
    rows = {row[0]: row for row in table(ENTRIES).rows}
    assert rows["b"][5:13] == tuple(
        map(Decimal, ("1000000", "1000000", "250000", "250000", "750000", "750000", "0.25", "0.25"))
    )
    assert set(rows["e"][5:13]) == {None}
    assert rows["e"][-2:] == ("delivery not reported", "")


def labels(drawn: dict[str, Any]) -> list[str]:
    return [note["text"].replace("<br>", " ") for note in drawn["layout"]["annotations"]]


def test_the_chart_writes_every_title_whole_and_lays_no_label_over_another(book: Book) -> None:
    """Labels stand over their bars in as many lines as they need, and the next row begins below the bar."""
    held = drawable(book.at(book.library.cube(), Pins()).entries())
    drawn = figure(held)
    assert {entry.pledge.title for entry in held} <= set(labels(drawn))
    titles = [note for note in drawn["layout"]["annotations"] if "yshift" in note]
    bars, half = drawn["data"][0]["y"], drawn["data"][0]["width"] / 2
    free = 1.0  # from where a row may take room, downwards
    for note, bar in zip(titles, bars, strict=True):
        bottom = note["y"] + note["yshift"]
        assert bar + half <= bottom and bottom + LINE * (note["text"].count("<br>") + 1) <= free
        free = bar - half
    assert height(held) >= -drawn["layout"]["yaxis"]["range"][0]
    assert max(len(line) for note in titles for line in note["text"].split("<br>")) <= LONG


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Iterator[Book]:
    library = Library(home)
    registry = open_registry(tmp_path_factory.mktemp("registry"))
    yield Book(library, registry)
    registry.close()
    library.close()


def text(book: Book, search: str = "") -> str:
    return json.dumps(flat(filled(book, book.library.cube(), "/gaps", search)), ensure_ascii=False)


def test_the_whole_register_is_shown_where_nothing_is_picked(book: Book) -> None:
    drawn = text(book)
    assert f"Of the {len(book.registry.pledges())} commitments" in drawn
    assert "/commitment/gleneagles-2005-oda" in drawn
    assert "Global Strategy" in drawn  # the one with a published requirement


def test_what_is_not_known_is_refused_by_name_and_the_rest_is_followed(book: Book) -> None:
    drawn = text(book, "donor=GBR,NOBODY&colour=red")
    assert "donor=NOBODY is not known to this page" in drawn
    assert "colour=red is not a term of this page" in drawn
    assert "commitments picked" in drawn


@pytest.fixture(scope="module")
def client(home: Path) -> FlaskClient:
    return create_app(Settings(home=home)).server.test_client()


def test_the_file_holds_the_set_and_is_not_made_from_half_a_link(client: FlaskClient) -> None:
    answer = client.get("/export/gaps.csv?donor=GBR")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    assert answer.status_code == 200 and rows
    assert {row["Maker"] for row in rows} <= {"United Kingdom", "United Kingdom and Netherlands"}
    assert client.get("/export/gaps.csv?donor=NOBODY").status_code == 400


@pytest.mark.parametrize("name", ["gaps", "commitments"])
def test_shares_in_a_file_are_in_per_cent_with_two_decimals_and_exact_for_programs(
    client: FlaskClient, name: str
) -> None:
    file = list(csv.DictReader(io.StringIO(client.get(f"/export/{name}.csv").get_data(as_text=True))))
    heading = next(heading for heading in file[0] if heading.startswith("Share") and "low" in heading)
    held = {next(iter(row.values())): row[heading] for row in file if row[heading]}
    assert heading.endswith(" (per cent)") and held
    assert all(len(share.partition(".")[2]) == 2 or abs(Decimal(share)) <= Decimal("0.005") for share in held.values())
    answer = client.get(f"/api/v1/{'pledges' if name == 'commitments' else name}?limit=400").get_json()
    assert {c["unit"] for c in answer["columns"] if c["key"] == "share_low"} == {"part of one"}
    exact = {row["id"]: Decimal(row["share_low"]) for row in answer["rows"] if row["share_low"]}
    assert all(abs(Decimal(held[id_]) - share * 100) <= Decimal("0.005") for id_, share in exact.items())


def test_the_page_is_there_and_what_lies_below_it_is_not(client: FlaskClient) -> None:
    assert client.get("/gaps").status_code == 200
    assert client.get("/gaps/x").status_code == 404


@pytest.mark.parametrize("name", ["gaps", "commitments"])
def test_a_file_names_the_sources_of_its_figures_and_what_every_column_means(client: FlaskClient, name: str) -> None:
    every = client.get(f"/export/{name}.json").get_json()
    measured = [row for row in every["rows"] if row.get("share_low") is not None]
    assert measured and all(row["measured_from"] for row in measured)
    for row in every["rows"]:
        assert all(one in every["about"]["dc:source"] for one in (row["measured_from"] or "").split("; "))
    assert all(field["description"] for field in every["schema"]["fields"])
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"/export/{name}.xlsx").data))["Definitions"]
    assert all(row[2].value for row in sheet.iter_rows(min_row=2))
    described = client.get(f"/export/{name}.csv-metadata.json").get_json()["tableSchema"]["columns"]
    assert all(column["dc:description"] for column in described)
