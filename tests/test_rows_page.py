"""The page of rows: its terms in the address, what it says and links to; the page of one row; hostile addresses."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from dash import Dash
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callbacks.drawings import asked, visit
from callbacks.tracing import traced
from dashboard.figures import cells, listed, listings
from dashboard.figures.formulas import formula, whole_of
from dashboard.heard import filtered, heard
from dashboard.panels import Drawing
from dashboard.parts import Part
from dashboard.rows import Record
from dashboard.selection import COLUMNS, GRID, PAGES_LIMIT, TERMS, TEXT_LIMIT, USUAL, Selection, read
from dashboard.traces import Trace, fields
from data_access.cube import Cube
from data_access.heading import first
from data_access.traces import trace
from layouts.pages import find, row_of
from tests.test_layouts import flat
from tests.test_selection import CODES

ROWS = "/rows"


def drawn(cube: Cube, query: str) -> Drawing:
    selection = asked(cube, query, ROWS)[0]
    return listings.PANEL.draw(listings.PANEL.ask(cube, selection))


def parts(drawing: Drawing, kind: str) -> list[Part]:
    return [part for part in drawing.parts if part["kind"] == kind]


def grid(drawing: Drawing) -> Any:
    return parts(drawing, "grid")[0]


def values(drawing: Drawing, heading: str) -> list[str]:
    at = [head["words"] for head in grid(drawing)["heads"]].index(heading)
    return [row["cells"][at]["main"] for row in grid(drawing)["rows"]]


def amounts(drawing: Drawing) -> list[Decimal]:
    shown = grid(drawing)
    at = [head["words"] for head in shown["heads"]].index("US dollars")
    exact = [row["cells"][at]["exact"].replace("$", "").replace(",", "") for row in shown["rows"]]
    return [Decimal(text.replace("\N{MINUS SIGN}", "-")) for text in exact]


@pytest.mark.parametrize(
    ("query", "key", "value"),
    [
        ("stage=disbursed", "stage", "disbursed"),
        ("sort=-usd", "sort", "-usd"),
        ("text=water", "text", "water"),
        ("text=++two%20%20words+", "text", "two words"),
        ("columns=title,agency", "columns", ("title", "agency")),
        ("columns=agency,title,agency", "columns", ("title", "agency")),
        (f"columns={','.join(USUAL)}", "columns", ()),
        ("page=3", "page", 3),
        ("text=", "text", ""),
    ],
)
def test_a_term_of_the_list_is_read_and_written_back(small: Cube, query: str, key: str, value: object) -> None:
    selection, refused = read(query, small.codes)
    assert (getattr(selection, key), refused) == (value, ())
    assert read(selection.write(), small.codes) == (selection, ())


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("stage=paid", "stage"),
        ("sort=colour", "sort"),
        ("sort=--usd", "sort"),
        (f"text={'x' * (TEXT_LIMIT + 1)}", "text"),
        ("text=a%00b", "text"),
        ("text=%E2%80%AEb", "text"),
        ("columns=title,colour", "columns"),
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=1e3", "page"),
        ("page=２", "page"),
        (f"page={PAGES_LIMIT + 1}", "page"),
        ("page=99999999999999999999", "page"),
        ("page=", "page"),
    ],
)
def test_a_term_that_is_none_is_refused_in_a_sentence(small: Cube, query: str, key: str) -> None:
    selection, refused = read(query, small.codes)
    assert [refusal.key for refusal in refused] == [key]
    assert refused[0].sentence.endswith(".") and refused[0].sentence.isprintable()
    assert selection.without(*GRID) == Selection()


@given(st.sampled_from(GRID), st.text(max_size=300))
def test_any_value_of_a_term_gives_a_selection_and_sentences(key: str, value: str) -> None:
    selection, refused = read(f"{key}={quote(value)}", CODES)
    assert read(selection.write(), CODES) == (selection, ())
    assert all(r.sentence.endswith(".") and r.sentence.isprintable() and len(r.sentence) < 400 for r in refused)


def test_whatever_else_is_said_the_list_starts_again_at_its_first_page(small: Cube) -> None:
    before = Selection(page=7, text="water")
    assert heard(before, small.codes, "stage", ["disbursed"]) == Selection(text="water", stage="disbursed")
    assert heard(before, small.codes, "text", []) == Selection()
    assert heard(before, small.codes, "recipient", ["KEN"]).page == 1
    assert filtered(before, small.codes, "prices", "constant").page == 1


def test_other_pages_know_nothing_of_the_list(small: Cube) -> None:
    query = "recipient=KEN&stage=disbursed&sort=-usd&text=water&columns=title&page=2"
    assert (
        asked(small, query, "/")[0]
        == asked(small, query, "/goal/8")[0].without("series")
        == Selection(recipient=("KEN",))
    )
    assert asked(small, query, ROWS)[0].text == "water"


def test_the_list_says_how_many_rows_there_are_and_what_they_sum_to(embedded: Cube) -> None:
    drawing = drawn(embedded, "source=crs-sectors&recipient=ETH&since=2010&until=2010&sector=120")
    figures = dict(parts(drawing, "tally")[0]["figures"])
    whole = {
        name: Decimal(figures[f"{name}, all rows"].lstrip("$").replace(",", "")) for name in ("Committed", "Disbursed")
    }
    assert round(whole["Committed"] / 10**6, 4) == Decimal("150.7199")  # health, Ethiopia, 2010, as published
    assert round(whole["Disbursed"] / 10**6, 3) == Decimal("218.526")
    assert int(figures["Rows"]) == len(grid(drawing)["rows"]) and figures["Files"] == "1"
    assert drawing.source_line == "Source: OECD CRS, education and health"


def test_a_page_says_which_rows_it_shows_and_leads_to_the_others(embedded: Cube) -> None:
    drawing = drawn(embedded, "source=crs-sectors&page=3")
    assert drawing.title.startswith("Rows 201–300 of ")
    pager = parts(drawing, "pager")[0]
    words = [page["words"] for page in pager["pages"]]
    assert words[:6] == ["Previous", "1", "2", "3", "4", "5"] and words[-1] == "Next"
    assert next(page for page in pager["pages"] if page["words"] == "2")["query"].endswith("page=2")
    assert [page["words"] for page in pager["pages"] if page["on"]] == ["3"]


def test_a_page_behind_the_last_shows_the_last(embedded: Cube) -> None:
    drawing = drawn(embedded, "source=dac1&since=2010&until=2015&page=9999")
    count = embedded.counts(Selection(source="dac1", since=2010, until=2015)).rows
    assert drawing.title.endswith(f"{count} of {count}")


@pytest.mark.parametrize("word", TERMS["sort"])
def test_rows_stand_in_the_order_asked(embedded: Cube, word: str) -> None:
    key, backwards = word.removeprefix("-"), word.startswith("-")
    drawing = drawn(embedded, f"source=iati-goals&recipient=KEN&sort={word}")
    frame = listings.ask(embedded, read(f"source=iati-goals&recipient=KEN&sort={word}", embedded.codes)[0]).rows
    held = [row[key] for row in frame]
    assert held == sorted(held, reverse=backwards)
    if key != "usd":
        return
    assert amounts(drawing) == sorted(amounts(drawing), reverse=backwards)


def test_a_heading_says_its_order_and_leads_to_the_other(embedded: Cube) -> None:
    heads = {head["words"]: head for head in grid(drawn(embedded, "source=dac1&sort=-usd&page=2"))["heads"]}
    assert heads["US dollars"]["order"] == "descending" and heads["US dollars"]["query"] == "source=dac1&sort=usd"
    assert heads["Year"]["order"] == "" and heads["Year"]["query"] == "source=dac1&sort=-year"
    assert heads["Stage"]["query"] is None


def test_columns_are_those_chosen_that_the_source_can_fill(embedded: Cube) -> None:
    headings = [head["words"] for head in grid(drawn(embedded, "source=dac1&columns=donor,recipient,title"))["heads"]]
    assert headings == ["File and line", "Year", "Stage", "Donor", "US dollars", "Title"]
    under_goal = [head["words"] for head in grid(drawn(embedded, "goal=5&columns=title"))["heads"]]
    assert {"Goal share", "Counted, US dollars"} <= set(under_goal), "what sums to the figures is always there"
    constant = [head["words"] for head in grid(drawn(embedded, "source=dac1&prices=constant"))["heads"]]
    assert "US dollars of 2014" in constant
    assert set(COLUMNS) <= set(cells.HEADINGS)


def test_the_sources_that_can_answer_are_offered_and_none_is_added(embedded: Cube) -> None:
    drawing = drawn(embedded, "goal=5")
    source = next(part for part in parts(drawing, "choices") if part["key"] == "source")
    assert {choice["code"] for choice in source["choices"]} == {"crs-purposes", "iati-goals"}
    assert sum(choice["on"] for choice in source["choices"]) == 1
    assert "never added" in drawing.note


def test_a_text_that_no_record_holds_says_so_with_ways_back(embedded: Cube) -> None:
    drawing = drawn(embedded, "source=iati-goals&text=nothing+holds+100%25+_of_this")
    assert "holds “nothing holds 100% _of_this”" in drawing.empty
    assert drawing.ways[0].query == "source=iati-goals"
    assert parts(drawing, "finder") and parts(drawing, "choices"), "what was asked with can be changed"


def test_every_row_leads_to_its_page_in_its_edition(embedded: Cube) -> None:
    shown = grid(drawn(embedded, "source=dac1"))
    assert shown["base"] == "/rows/dac1/" and f"edition={embedded.edition}" in shown["query"]
    found = trace(embedded, "dac1", shown["rows"][0]["number"])
    assert found is not None and found.row["source"] == "dac1" and found.file is not None


def test_the_page_of_a_row_says_where_it_stands_and_how_its_amount_came_about(embedded: Cube) -> None:
    row = embedded.rows(Selection(source="iati-goals", goal=("5",), recipient=("KEN",))).iloc[0]
    made = json.dumps(flat(traced(embedded, f"/rows/iati-goals/{row['row']}", Selection(goal=("5",)))), default=str)
    assert str(row["file"]) in made and f"line {row['line']:,}" in made
    assert "b86ae8f41adc16536dead69b12780eda31ab2289d3d702764984d6f9d891e4bc" in made
    assert "The raw record is not kept in this edition" in made
    assert "per US dollar" in made and "strict mapping" in made


def test_the_formula_is_the_sum_it_says() -> None:
    row = {"amount": Decimal("32205500"), "rate": Decimal("0.6311"), "currency": "GBP", "usd": Decimal("51030739.98")}
    assert formula(row) == "GBP 32,205,500 ÷ 0.6311 GBP per US dollar = $51,030,739.98"
    assert "≈" in formula(row | {"usd": Decimal(51_000_000)})
    half = row | {"usd": Decimal("25515369.99")}
    assert formula(half, Decimal("64411000")).startswith("GBP 64,411,000 × 50% ÷ 0.6311 GBP per US dollar ≈ $25,515")
    assert formula(row, Decimal("64411000")) == "GBP 64,411,000 × 50% ÷ 0.6311 GBP per US dollar = $51,030,739.98"
    assert formula(row | {"currency": "USD"}) == "Given in United States dollars: $51,030,739.98"
    assert formula(row | {"currency": "USD", "usd": Decimal("-5.5")}).endswith("\N{MINUS SIGN}$5.50")


def test_the_whole_of_a_record_is_told_where_all_of_its_rows_are() -> None:
    row = {"stage": "committed", "kind": "3", "year": 2010, "currency": "GBP", "amount": Decimal(40)}
    record = Record(1, "f", 1, "i", "t", "", "", "", "raw")
    beside = [row | {"amount": Decimal(60)}, row | {"stage": "disbursed", "amount": Decimal(7)}]
    assert whole_of(Trace(row, None, record, "", beside, 2, {})) == 100
    assert whole_of(Trace(row, None, record, "", beside, 3, {})) is None, "another row is not listed"
    assert whole_of(Trace(row, None, None, "", beside, 2, {})) is None
    assert whole_of(Trace(row, None, record, "", beside[1:], 1, {})) is None


@pytest.mark.parametrize(
    ("raw", "headings", "told"),
    [
        ('1|"a|b"|', "Year|Title|Note", [("Year", "1"), ("Title", "a|b"), ("Note", "")]),
        ("1,2", "\ufeffa,b", [("a", "1"), ("b", "2")]),
        ('{"Year": 1973, "Title": null, "Note": "x"}', "", [("Year", "1973"), ("Title", ""), ("Note", "x")]),
        ("1|2|3", "Year|Title", []),
        ("<transaction/>", "a,b", []),
        ("{not json", "", []),
        ("[" * 5000, "", []),
        ("", "", []),
    ],
)
def test_a_raw_record_is_told_field_by_field_where_its_headings_are_known(
    raw: str, headings: str, told: list[tuple[str, str]]
) -> None:
    assert fields(raw, headings) == told


def test_the_headings_of_a_file_are_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for written, found in (
        (b"a,b\r\n1,2\r\n", "a,b"),
        (b"\xef\xbb\xbfa\n", "a"),
        (b"na\xefve\n", "naïve"),
        (b"\0\n", ""),
    ):
        path.write_bytes(written)
        assert first(path) == found
    path.write_bytes(b"x" * 100_000)
    assert first(path) == ""


@pytest.mark.parametrize("path", ["/rows/crs-donors/1", "/rows/dac1/0", "/rows/nothing/7", "/rows/dac1/2147483647"])
def test_a_row_has_an_address_whether_it_is_there_or_not(embedded: Cube, path: str) -> None:
    assert find(path)[0] is not None and row_of(path) is not None
    assert flat(visit(embedded, path, "?goal=5&text=x&page=2"))


@pytest.mark.parametrize(
    "path",
    ["/rows/", "/rows/crs", "/rows/crs/", "/rows/crs/x", "/rows/crs/01", "/rows/crs/-1", "/rows/CRS/1", "/rows/crs/1/",
     "/rows/crs/1\n", "/rows/../1", "/rows/crs/99999999999", "/rows/crs/１"],
)  # fmt: skip
def test_other_addresses_of_rows_are_not_found(path: str) -> None:
    assert find(path)[0] is None and row_of(path) is None


HOSTILE = st.one_of(st.text(max_size=120), st.sampled_from(["%", "_", "\\", "'", "';--", "1e999", "0x1", "-0", "٣"]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(key=st.sampled_from(GRID), value=HOSTILE, source=st.sampled_from(["", "dac1", "iati-goals"]))
def test_nothing_in_an_address_stops_the_list(embedded: Cube, key: str, value: str, source: str) -> None:
    made = visit(embedded, ROWS, f"?source={source}&{key}={quote(value)}")
    assert flat(made)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/rows", 200),
        ("/rows?page=999999&sort=-usd&text=%25", 200),
        ("/rows/dac1/5", 200),
        ("/rows/dac1/x", 404),
        ("/export/rows.csv?source=dac1&sort=-usd", 200),
        ("/export/rows.csv?source=dac1&sort=colour", 400),
        ("/export/rows.csv-metadata.json?source=dac1&page=2", 200),
        ("/export/gap.csv?page=2", 200),
    ],
)
def test_the_server_answers_every_address_of_rows(real: Dash, path: str, status: int) -> None:
    assert real.server.test_client().get(path).status_code == status


def test_the_permalink_of_a_list_leads_back_to_it(embedded: Cube) -> None:
    made = flat(visit(embedded, ROWS, "?source=dac1&sort=-usd&page=2"))
    links = [str(props.get("href")) for props in made if props.get("component") == "A"]
    assert f"/rows?source=dac1&sort=-usd&page=2&edition={embedded.edition}" in links


def test_every_piece_of_the_list_has_a_drawer(embedded: Cube) -> None:
    made = flat(visit(embedded, ROWS, "?source=iati-goals&goal=5"))
    filled = {str(props.get("data-as")) for props in made}
    assert {"grid", "field"} <= filled
    assert listed.PAGE == 100
