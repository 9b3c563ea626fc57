"""FTS files that are wrong: each fault by its code, place and value, and what is done about it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from data_access.ingest.faults import Fault
from data_access.ingest.fts.sheets import FLAT
from tests.filled import filled
from tests.test_fts import flow, kept, page, sheet

DAY, YEAR = "date", "destinationObjects_UsageYear.name"


@pytest.mark.parametrize(
    ("cells", "code", "column", "value", "words"),
    [
        ({"amountUSD": "1,250.5"}, "FTS-AMT-02", "amountUSD", "1,250.5", "thousands separator"),
        ({"amountUSD": "1 250"}, "FTS-AMT-02", "amountUSD", "1 250", "thousands separator"),
        ({"amountUSD": ""}, "FTS-AMT-01", "amountUSD", "", "is no amount"),
        ({"amountUSD": "EUR 500"}, "FTS-AMT-03", "amountUSD", "EUR 500", "amounts are in US dollars"),
        ({"amountUSD": "€500"}, "FTS-AMT-03", "amountUSD", "€500", "a currency"),
        ({"amountUSD": "n/a"}, "FTS-AMT-02", "amountUSD", "n/a", "is not a decimal number"),
        ({"amountUSD": "NaN"}, "FTS-AMT-03", "amountUSD", "NaN", "words"),
        ({"amountUSD": "1e5"}, "FTS-AMT-02", "amountUSD", "1e5", "is not a decimal number"),
        ({"amountUSD": "１２"}, "FTS-AMT-02", "amountUSD", "１２", "is not a decimal number"),
        ({"amountUSD": "1000000000000"}, "FTS-AMT-04", "amountUSD", "1000000000000", "US dollars or more"),
        ({"amountUSD": "0.000000001"}, "FTS-AMT-05", "amountUSD", "0.000000001", "more than eight decimals"),
        ({"status": "promised"}, "FTS-STATUS-01", "status", "promised", "pledge, commitment, paid"),
        ({"boundary": "both"}, "FTS-BOUND-01", "boundary", "both", "incoming, internal, outgoing"),
        ({"id": ""}, "FTS-ID-01", "id", "", "is no identifier"),
        ({YEAR: "20000"}, "FTS-YEAR-01", "usage year", "20000", "is not a year"),
        ({YEAR: "2000; 199"}, "FTS-YEAR-01", "usage year", "199", "is not a year"),
        ({YEAR: "", DAY: "2021-02-30"}, "FTS-DATE-02", "date", "2021-02-30", "no year of use is given"),
        ({YEAR: "", DAY: ""}, "FTS-DATE-02", "date", "", "no year of use is given"),
    ],
)
def test_a_flow_that_cannot_be_read_is_refused_by_name_and_the_others_count(
    tmp_path: Path, cells: dict[str, str], code: str, column: str, value: str, words: str
) -> None:
    found = filled("fts", sheet(tmp_path, {"id": "1"}, {"id": "2", **cells}, {"id": "3"}))
    assert [row[0] for row in kept(found)] == ["1", "3"]
    assert (found.report.read, found.report.kept, found.report.refused) == (3, 2, 1)
    [line] = found.rejects
    assert (line["file"], line["line"], line["column"], line["code"]) == ("fts_2000.csv", "3", column, code)
    assert (line["value"], line["severity"]) == (value, "row")
    assert words in line["reason"]
    assert line["raw"] == (tmp_path / "fts_2000.csv").read_text(encoding="utf-8-sig").splitlines()[2]


@pytest.mark.parametrize(
    ("cells", "code", "value"),
    [
        ({DAY: "2021-02-30"}, "FTS-DATE-01", "2021-02-30"),
        ({DAY: "03/04/2021"}, "FTS-DATE-01", "03/04/2021"),
        ({"originalCurrency": "Euro"}, "FTS-CUR-01", "Euro"),
        ({"originalCurrency": "USD", "originalAmount": "9"}, "FTS-CUR-02", "9"),
        ({"destinationObjects_Location.name": "Atlantis"}, "FTS-PLACE-01", "Atlantis"),
    ],
)
def test_what_is_odd_is_told_and_counts_all_the_same(
    tmp_path: Path, cells: dict[str, str], code: str, value: str
) -> None:
    found = filled("fts", sheet(tmp_path, cells))
    assert len(kept(found)) == 1
    assert [(line["code"], line["value"], line["severity"], line["line"]) for line in found.rejects] == [
        (code, value, "warning", "2")
    ]


def test_an_unknown_place_leaves_the_money_with_developing_countries_unspecified(tmp_path: Path) -> None:
    found = filled("fts", sheet(tmp_path, {"destinationObjects_Location.name": "Atlantis"}))
    assert kept(found)[0][4] == "998"


def test_one_version_that_says_two_things_is_refused_wherever_it_stands(tmp_path: Path) -> None:
    found = filled("fts", sheet(tmp_path, {"amountUSD": "5"}, {"id": "2"}, {"amountUSD": "7"}))
    assert [row[0] for row in kept(found)] == ["2"]
    assert [(line["line"], line["code"], line["value"]) for line in found.rejects] == [
        ("2", "FTS-DUP-01", "1000"), ("4", "FTS-DUP-01", "1000"),
    ]  # fmt: skip
    assert "5 as paid, incoming in fts_2000.csv, line 2, and 7 as paid, incoming in" in found.rejects[0]["reason"]


def test_a_flow_of_a_page_is_named_by_its_place_and_identifier(tmp_path: Path) -> None:
    found = filled("fts", page(tmp_path, flow(id="1"), flow(id="2", amountUSD="1,5"), "no flow", flow(id="3")))
    assert [row[0] for row in kept(found)] == ["1", "3"]
    assert [(line["code"], line["where"]) for line in found.rejects] == [
        ("FTS-AMT-02", "flow 2, id 2, amountUSD"), ("FTS-JSON-05", "flow 3"),
    ]  # fmt: skip
    assert json.loads(found.rejects[0]["raw"])["id"] == "2"


def test_pages_that_are_missing_are_missed(tmp_path: Path) -> None:
    found = filled("fts", page(tmp_path, flow(), count=3, nextLink="https://example.org/2"))
    assert found.codes() == ["FTS-PAGE-01"]
    whole = [page(tmp_path, flow(id=str(n)), name=f"fts_{n}.json", count=2) for n in (1, 2)]
    assert filled("fts", *whole).codes() == []


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


def rewritten(text: str) -> Callable[[Path], None]:
    def rewrite(path: Path) -> None:
        path.write_text(text, encoding="utf-8")

    return rewrite


def middle_gone(path: Path) -> None:
    path.write_text(path.read_text().replace('"amountUSD": 118868', '"amountUSD": 118868 118868'))


def latin(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Secondment", b"Second\xe9"))


DEEP = '{"data": {"flows": [' + '{"a":' * 100_000


@pytest.mark.parametrize(
    ("spoil", "code", "words"),
    [
        (cut, "FTS-JSON-03", "is where the page ends"),
        (middle_gone, "FTS-JSON-04", "is not JSON"),
        (latin, "FTS-JSON-06", "byte 0xE9"),
        (rewritten(""), "FILE-EMPTY-01", "is all that the file holds"),
        (rewritten("<!DOCTYPE html><html>busy</html>"), "FILE-KIND-01", "a web page"),
        (rewritten("id,amountUSD\n1,2\n"), "FTS-JSON-01", "begins no JSON object"),
        (rewritten('{"status": "error", "message": "Too many requests"}'), "FTS-JSON-02", "Too many requests"),
        (rewritten('{"status": "ok", "data": {"flow'), "FTS-JSON-03", "no list of flows"),
        (rewritten('{"status": "ok", "data": {"flows": []'), "FTS-JSON-03", "the page is not closed"),
        (rewritten('{"status": "ok", "data": {"flows": []}} x'), "FTS-JSON-04", "is not JSON"),
        (rewritten('{"status": "ok", "daTa": {"flows": []}}'), "FTS-JSON-04", "not the one of data"),
        (rewritten('{"flows": [], "data": {"flows": [{"id": "1"}]}}'), "FTS-JSON-04", "not the one of data"),
        (rewritten('{"status": "ok", "data": {"flows": []}}'), "FILE-EMPTY-02", "no record"),
        (rewritten(DEEP), "FTS-JSON-04", "nests too deeply"),
        (rewritten('{"data": {"flows": [{"a": ' + "1" * 5000 + "}]}}"), "FTS-JSON-04", "digits"),
    ],
    ids=[
        "truncated", "broken inside", "Latin-1", "empty", "a web page", "CSV called JSON", "the service refuses",
        "cut before the list", "cut after the list", "more behind it", "data called otherwise",
        "another list before", "no flow", "nested", "a number without end",
    ],
)  # fmt: skip
def test_a_page_that_is_none_is_refused_whole(
    tmp_path: Path, spoil: Callable[[Path], None], code: str, words: str
) -> None:
    path = page(tmp_path, flow())
    spoil(path)
    with pytest.raises(Fault) as caught:
        filled("fts", path)
    assert (caught.value.code, caught.value.severity) == (code, "file")
    assert words in str(caught.value)
    assert str(caught.value).startswith("fts_page.json:")


def utf16(path: Path) -> None:
    path.write_bytes(path.read_text(encoding="utf-8-sig").encode("utf-16"))


def packed(path: Path) -> None:
    path.write_bytes(gzip.compress(path.read_bytes()))


def renamed(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8-sig").replace("amountUSD", "amount"), encoding="utf-8")


def twice(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8-sig").replace("refCode", "").replace("description", "status"))


def latin_sheet(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"food", b"f\xf4d"))


def unclosed(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8-sig").replace("Household", '"Household'), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "code", "line", "words"),
    [
        (renamed, "CSV-HEAD-01", 1, "lacks this one"),
        (twice, "CSV-HEAD-02", 1, "stands 2 times"),
        (utf16, "FILE-KIND-01", 1, "UTF-16"),
        (packed, "FILE-KIND-01", 1, "gzip"),
        (unclosed, "CSV-QUOTE-01", 2, "begins a record that cannot be read"),
        (latin_sheet, "CSV-UTF8-01", 2, "0xF4"),
        (rewritten(""), "FILE-EMPTY-01", 1, "first line"),
        (rewritten(",".join(FLAT) + "\n"), "FILE-EMPTY-02", 1, "no record"),
        (rewritten("<html><body>404</body></html>"), "FILE-KIND-01", 1, "a web page"),
        (rewritten("version https://git-lfs.github.com/spec/v1\n"), "FILE-KIND-01", 1, "Git LFS"),
    ],
    ids=[
        "column renamed", "column twice", "UTF-16", "gzip", "quotation", "Latin-1", "empty", "headings only", "page",
        "LFS",
    ],
)  # fmt: skip
def test_a_sheet_that_is_none_is_refused_whole(
    tmp_path: Path, spoil: Callable[[Path], None], code: str, line: int, words: str
) -> None:
    path = sheet(tmp_path, {})
    spoil(path)
    with pytest.raises(Fault) as caught:
        filled("fts", path)
    assert (caught.value.code, caught.value.line, caught.value.severity) == (code, line, "file")
    assert words in str(caught.value)


def test_a_line_of_another_width_is_refused_alone(tmp_path: Path) -> None:
    path = sheet(tmp_path, {}, {"id": "2"})
    path.write_text(path.read_text(encoding="utf-8-sig") + "3,1,,paid\n\n", encoding="utf-8")
    found = filled("fts", path)
    assert len(kept(found)) == 2
    assert [(line["code"], line["line"], line["raw"]) for line in found.rejects] == [("CSV-WIDTH-01", "4", "3,1,,paid")]
    assert (found.report.blank, found.report.lines) == (1, 5)
