"""CRS text as it is met: encodings, line ends, quotes, orders of columns; and what rows come of it, to the cent."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from data_access.ingest.crs import READER, filling, scan
from data_access.ingest.faults import Fault
from data_access.ingest.readers import Part
from tests.built import SHARED, needs_shared
from tests.crs_made import HEADINGS, Read, agreed, cells, line, lookups, read, read_files, sound, text

ACCENTS = [line(1, ProjectTitle="Côte d’Ivoire: écoles"), line(2, LongDescription="Où — là"), line(3)]
PLAIN = text(sound(1, 5))


def without_places(found: Read) -> list[tuple[object, ...]]:
    """Everything that rows say, but where they stand."""
    return found.rows(
        "SELECT stage, kind, year, donor, recipient, sector, purpose, flow, gender, usd, currency, amount, rate, item, "
        "title, description, agency, channel FROM flow JOIN record USING (record, item) ORDER BY ALL"
    )


def quoted(rows: list[list[str]], mark: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=mark, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue()


def snake(heading: str) -> str:
    """As in the releases since 2024."""
    split = {
        "CrsID": "crs_id",
        "DonorCode": "donor_code",
        "bi_multi": "bi_multi",
        "LongDescription": "long_description",
    }
    return split.get(heading, heading.lower())


WRITINGS: dict[str, Callable[[], bytes]] = {
    "C04-mark": lambda: b"\xef\xbb\xbf" + text(ACCENTS).encode(),
    "C08-crlf": lambda: text(ACCENTS, "\r\n").encode(),
    "C09-cr": lambda: text(ACCENTS, "\r").encode(),
    "windows-1252": lambda: text(ACCENTS, "\r\n").encode("cp1252"),
    "no-last-line-end": lambda: text(ACCENTS).rstrip("\n").encode(),
    "end-of-file-byte": lambda: text(ACCENTS).encode() + b"\x1a\n",
    "blank-lines": lambda: text([ACCENTS[0], "", *ACCENTS[1:], "", "|" * 39]).encode(),
    "comma-quoted": lambda: quoted([list(HEADINGS), *(row.split("|") for row in ACCENTS)]).encode(),
    "C17-case": lambda: text(ACCENTS, headings="|".join(HEADINGS).upper()).encode(),
    "C17-snake": lambda: text(ACCENTS, headings="|".join(map(snake, HEADINGS))).encode(),
    "C17-reordered": lambda: "\n".join(
        ["|".join(reversed(HEADINGS)), *("|".join(reversed(row.split("|"))) for row in ACCENTS)]
    ).encode(),
}


@pytest.mark.parametrize("writing", WRITINGS)
def test_the_same_rows_come_of_every_way_of_writing_them(tmp_path: Path, writing: str) -> None:
    expected = read(tmp_path, text(ACCENTS))
    found = read(tmp_path, WRITINGS[writing]())
    assert without_places(found) == without_places(expected)
    assert (found.report.kept, found.report.refused, found.report.listed) == (3, 0, [])
    assert agreed(found)


def test_what_was_converted_is_said(tmp_path: Path) -> None:
    assert "CR" in read(tmp_path, WRITINGS["C09-cr"]()).report.notes[0]
    assert "Windows-1252" in read(tmp_path, WRITINGS["windows-1252"]()).report.notes[0]
    assert "another order" in read(tmp_path, WRITINGS["C17-reordered"]()).report.notes[0]


def test_mixed_line_ends_are_read_and_the_first_odd_line_said_c10(tmp_path: Path) -> None:
    found = read(tmp_path, text(sound(1, 2)) + line(3) + "\r\n" + line(4) + "\n")
    [fault] = found.report.listed
    assert (fault.code, fault.line, fault.severity, found.report.kept) == ("CRS-EOL-01", 4, "warning", 4)
    assert agreed(found)


def test_a_lone_cr_that_ends_a_record_is_a_line_of_its_own(tmp_path: Path) -> None:
    found = read(tmp_path, text([line(1) + "\r" + line(2), line(3)]))
    assert found.rows("SELECT line FROM record ORDER BY line") == [(2,), (3,), (4,)]
    assert [fault.code for fault in found.report.listed] == ["CRS-EOL-01"]
    assert agreed(found)


def test_a_lone_cr_within_a_text_is_text(tmp_path: Path) -> None:
    found = read(tmp_path, text([line(1, LongDescription="one\rtwo")]))
    assert found.rows("SELECT description, line FROM record") == [("one\rtwo", 2)]


def test_a_line_break_within_quotes_is_read_and_both_lines_are_kept_c15(tmp_path: Path) -> None:
    found = read(tmp_path, text([line(1, LongDescription='"one\ntwo"'), line(2)]))
    assert found.rows("SELECT line, description FROM record ORDER BY line") == [
        (2, "one\ntwo"), (4, "Forty schools are built."),
    ]  # fmt: skip
    raw = found.rows("SELECT raw FROM record WHERE line = 2")[0][0]
    assert raw == line(1, LongDescription='"one\ntwo"')
    assert (found.report.lines, found.report.continued) == (4, 1)
    assert agreed(found)


def test_delimiters_and_quotes_within_quotes_are_text(tmp_path: Path) -> None:
    rows = [line(1, ProjectTitle='"Schools | roads"'), line(2, ProjectTitle='"The ""big"" one"'), line(3)]
    found = read(tmp_path, text(rows))
    assert found.rows("SELECT title FROM record ORDER BY line") == [
        ("Schools | roads",), ('The "big" one',), ("Schools in Kenya",),
    ]  # fmt: skip
    assert found.report.refused == 0
    assert agreed(found)


def test_quotes_that_enclose_no_field_are_text(tmp_path: Path) -> None:
    titles = ['The "big" one', '5" pipes', '"Big" schools']
    found = read(tmp_path, text([line(n, ProjectTitle=title) for n, title in enumerate(titles, 1)]))
    assert [row[0] for row in found.rows("SELECT title FROM record ORDER BY line")] == titles
    assert agreed(found)


def test_text_that_would_be_a_formula_or_a_page_elsewhere_is_text_here_c37(tmp_path: Path) -> None:
    titles = [
        "=cmd|' /C calc'!A0".replace("|", "¦"),
        "<script>alert(1)</script>",
        "'; DROP TABLE flow; --",
        "javascript:x",
    ]
    found = read(tmp_path, text([line(n, ProjectTitle=title) for n, title in enumerate(titles, 1)]))
    assert [row[0] for row in found.rows("SELECT title FROM record ORDER BY line")] == titles


def test_amounts_are_dollars_to_the_last_digit_and_blanks_are_not_zeros(tmp_path: Path) -> None:
    rows = [
        line(1, USD_Commitment="0.12345678", USD_Disbursement=""),
        line(2, USD_Commitment="0", USD_Disbursement="-3.5"),
        line(3, USD_Commitment="", USD_Disbursement=""),
    ]
    found = read(tmp_path, text(rows))
    assert found.rows("SELECT item, stage, usd FROM flow ORDER BY ALL") == [
        ("2010000001", "committed", Decimal("123456.78000000")),
        ("2010000002", "committed", Decimal(0)),
        ("2010000002", "disbursed", Decimal(-3500000)),
    ]
    assert (found.report.kept, agreed(found)) == (3, True)
    assert "1 negative amounts" in found.report.notes[0]


def test_core_contributions_to_multilaterals_are_records_and_no_flows(tmp_path: Path) -> None:
    found = read(tmp_path, text([line(1), line(2, bi_multi="2"), line(3, bi_multi="4")]))
    assert found.rows("SELECT DISTINCT line FROM flow ORDER BY line") == [(2,), (4,)]
    assert found.rows("SELECT count(*) FROM record") == [(3,)]
    assert "1 records of core contributions" in found.report.notes[0]
    assert agreed(found)


def test_codes_become_ours(tmp_path: Path) -> None:
    rows = [
        line(1, FlowCode="13", Gender="2"),
        line(2, FlowCode="14", Gender="", RecipientCode="298", RecipientName="", DonorCode="905", DonorName=""),
        line(3, FlowCode="30", Gender="0", PurposeCode="", SectorCode=""),
        line(4, FlowCode="60"),
    ]
    found = read(tmp_path, text(rows))
    asked = (
        "SELECT donor, recipient, flow, gender, purpose, sector, kind FROM flow WHERE stage = 'committed' ORDER BY line"
    )
    assert found.rows(asked) == [
        ("GBR", "KEN", "10", "2", "11220", "112", "commitment"),
        ("905", "298", "20", "unscreened", "11220", "112", "commitment"),
        ("GBR", "KEN", "30", "0", "unstated", "unstated", "commitment"),
        ("GBR", "KEN", "10", "1", "11220", "112", "commitment"),
    ]


def test_every_row_leads_to_its_line_and_the_line_verbatim(tmp_path: Path) -> None:
    rows = [*ACCENTS, line(4, LongDescription='"a\nb"'), line(5)]
    made = text(rows, "\r\n").replace("a\nb", "a\r\nb")
    found = read(tmp_path, made)
    lines = made.split("\r\n")
    for at, raw in found.rows("SELECT line, raw FROM flow JOIN record USING (record, line)"):
        assert raw.replace("\r", "").startswith(lines[at - 1])
    assert len(found.rows("SELECT DISTINCT record FROM flow")) == 5


def test_rows_are_the_same_however_the_file_falls_into_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = random.Random(3)
    rows = [
        line(n, LongDescription="é" * made.randint(0, 300), ProjectTitle='"a\nb|c"' if n % 7 == 0 else "t")
        for n in range(1, 60)
    ]
    rows[21] += "|surplus"
    rows[30] = rows[30].replace("|t|", '|"t|')
    content = text(rows, "\r\n").encode()
    expected = read(tmp_path, content)
    assert (expected.report.kept, expected.report.refused) == (57, 2)
    for block in (700, 1500, 4099):
        monkeypatch.setattr(scan, "BLOCK", block)
        monkeypatch.setattr(filling, "TOGETHER", 10)
        found = read(tmp_path, content)
        asked = "SELECT * FROM record ORDER BY record"
        assert found.rows(asked) == expected.rows(asked)
        assert without_places(found) == without_places(expected)
        assert sorted(map(str, found.report.listed)) == sorted(map(str, expected.report.listed))
        assert agreed(found)


def test_several_files_are_one_release_and_records_keep_apart(tmp_path: Path) -> None:
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    paths[0].write_text(text(sound(1, 3)))
    paths[1].write_text(text(sound(4, 2)))
    found = read_files(tmp_path, paths)
    assert found.rows("SELECT file, count(*), count(DISTINCT record) FROM record GROUP BY file ORDER BY file") == [
        ("a.txt", 3, 3), ("b.txt", 2, 2),
    ]  # fmt: skip
    assert found.rows("SELECT count(DISTINCT record) FROM record") == [(5,)]


def test_an_older_year_under_a_newer_name_is_said_c40(tmp_path: Path) -> None:
    [fault] = read(tmp_path, PLAIN, "CRS 2021 data.txt").report.listed
    assert (fault.code, fault.severity) == ("CRS-FILE-07", "warning")
    assert "names 2021" in fault.reason
    assert read(tmp_path, PLAIN, "CRS 2010 data.txt").report.listed == []


def test_a_common_oddity_is_listed_a_thousand_times_and_counted(tmp_path: Path) -> None:
    found = read(tmp_path, text([line(n, Commitment_National="") for n in range(1, 1201)]))
    assert found.report.codes["CRS-SUM-03"] == 1200
    assert len(found.coded("CRS-SUM-03")) == 1000
    assert "1,200 warnings, of which 1,000 are listed" in found.report.notes[-1]


def test_files_of_a_folder_are_known_by_their_headings(tmp_path: Path) -> None:
    (tmp_path / "crs.txt").write_text(PLAIN)
    (tmp_path / "other.csv").write_text("year,value\n2010,1\n")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "release.csv").write_text(quoted([list(map(snake, HEADINGS)), cells(1)]))
    assert [path.name for path in READER.files(tmp_path)] == ["crs.txt", "release.csv"]


def test_what_the_source_is_says_what_is_left_out(tmp_path: Path) -> None:
    found = read(tmp_path, PLAIN)
    told = READER.describe(Part(found.connection, lookups(), found.report, tmp_path), [tmp_path / "crs.txt"])
    assert (told.source, told.since, told.until) == ("crs", 2010, 2010)
    assert "bi_multi 2" in told.note
    assert set(told.dimensions.split(",")) == {"donor", "recipient", "goal", "sector", "purpose", "flow", "gender"}


def test_headings_of_another_encoding_are_no_obstacle(tmp_path: Path) -> None:
    headings = "|".join([*HEADINGS[:-1], "Environnement évalué"])
    found = read(tmp_path, text(ACCENTS, headings=headings).encode("cp1252"))
    assert (found.report.kept, agreed(found)) == (3, True)


@pytest.mark.shared
@needs_shared
def test_the_real_rows_at_hand_come_to_the_cent(tmp_path: Path) -> None:
    path = SHARED / "crs" / "crs_subset.csv"
    found = read_files(tmp_path, [path])
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for stage, heading in (("committed", "usd_commitment"), ("disbursed", "usd_disbursement")):
        printed = [Decimal(row[heading]) for row in rows if row[heading] and row["bilateral_multilateral"] != "2"]
        [(dollars, count)] = found.rows(f"SELECT sum(usd), count(*) FROM flow WHERE stage = '{stage}'")
        assert (dollars, count) == (sum(printed) * 1_000_000, len(printed))
    assert (found.report.kept, agreed(found)) == (41, True)


def test_a_missing_delimiter_line_does_not_end_the_load(tmp_path: Path) -> None:
    found = read(tmp_path, text([line(1), "nothing that is known", line(2)]))
    assert (found.report.kept, found.report.refused, agreed(found)) == (2, 1, True)


def test_a_fault_of_the_file_is_raised_from_the_thread_that_reads(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="0xF4"):
        read(tmp_path, text([*ACCENTS, *sound(4, 3)]).encode() + b"\xf4\n")


def test_many_records_divided_by_lone_crs_keep_their_lines(tmp_path: Path) -> None:
    rows = [line(n) + ("\r" + line(n + 500) if n % 3 == 0 else "") for n in range(1, 200)]
    found = read(tmp_path, text(rows))
    lines = text(rows).replace("\r", "\n").split("\n")
    for at, raw in found.rows("SELECT line, raw FROM record"):
        assert raw == lines[at - 1]
    assert (found.report.kept, agreed(found)) == (199 + 66, True)


def test_a_file_most_of_which_is_refused_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "HOPELESS", 20)
    with pytest.raises(Fault, match="the first 40 records") as refused:
        read(tmp_path, text([*sound(1, 10), *(line(n, Year="x") for n in range(11, 41))]))
    assert (refused.value.code, refused.value.value) == ("CRS-FILE-08", "30")
