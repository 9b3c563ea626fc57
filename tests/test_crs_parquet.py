"""CRS Parquet files: the same figures as the text, and what is wrong with one said by name (P01-P07)."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from data_access.ingest.crs import parquet
from data_access.ingest.faults import Fault
from tests.crs_made import HEADINGS, Read, agreed, cells, position, read, read_files, text
from tests.test_crs_read import snake, without_places

MONEY = ("USD_Commitment", "USD_Disbursement")
EXACT = pa.decimal128(18, 8)
WHOLE = ("Year", "DonorCode", "RecipientCode", "FlowCode", "bi_multi", "Gender")
ROWS = [
    cells(1, ProjectTitle="Côte d’Ivoire"),
    cells(2, USD_Commitment="", Gender="", LongDescription='He said "so"\nand went'),
    cells(3, USD_Disbursement="-0.125", bi_multi="2"),
    cells(4, USD_Commitment="0"),
]


def table(rows: list[list[str]] = ROWS, money: pa.DataType = EXACT) -> pa.Table:
    """As in the releases since 2024: blanks are nulls, codes whole numbers, amounts decimals or doubles."""
    columns = {}
    for place, heading in enumerate(HEADINGS):
        found = [row[place] or None for row in rows]
        if heading in MONEY:
            numbers = [Decimal(cell) if cell else None for cell in found]
            exact = pa.types.is_decimal(money)
            columns[snake(heading)] = pa.array([n if exact or n is None else float(n) for n in numbers], money)
        elif heading in WHOLE:
            columns[snake(heading)] = pa.array([int(cell) if cell else None for cell in found], pa.int32())
        else:
            columns[snake(heading)] = pa.array(found, pa.string())
    return pa.table(columns)


def load(folder: Path, made: pa.Table, **options: object) -> Read:
    path = folder / "crs.parquet"
    pq.write_table(made, path, **options)
    return read_files(folder, [path])


def refusal(folder: Path, content: bytes) -> Fault:
    path = folder / "crs.parquet"
    path.write_bytes(content)
    with pytest.raises(Fault) as refused:
        read_files(folder, [path])
    assert (refused.value.file, refused.value.severity) == ("crs.parquet", "file")
    return refused.value


def content(folder: Path, made: pa.Table | None = None, **options: object) -> bytes:
    path = folder / "made.parquet"
    pq.write_table(table() if made is None else made, path, **options)
    return path.read_bytes()


@pytest.mark.parametrize("money", [EXACT, pa.float64()], ids=["decimal", "P04-double"])
def test_the_parquet_twin_of_a_text_gives_the_same_rows(tmp_path: Path, money: pa.DataType) -> None:
    quoted = [
        "|".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' if '"' in cell else cell for cell in row) for row in ROWS
    ]
    expected, found = read(tmp_path, text(quoted)), load(tmp_path, table(money=money), row_group_size=3)
    assert without_places(found) == without_places(expected)
    assert found.report.sums == expected.report.sums
    assert found.rows("SELECT line FROM record ORDER BY 1") == [(1,), (2,), (3,), (4,)]
    assert agreed(found)


def test_a_row_is_kept_verbatim_as_an_object_without_what_is_null(tmp_path: Path) -> None:
    found = load(tmp_path, table())
    raw = json.loads(found.rows("SELECT raw FROM record WHERE line = 2")[0][0])
    assert raw["long_description"] == 'He said "so"\nand went'
    assert "usd_commitment" not in raw
    assert (raw["year"], raw["usd_disbursement"]) == (2010, 1.25)


def test_magic_is_demanded_at_both_ends_p01(tmp_path: Path) -> None:
    made = content(tmp_path)
    start, end, cut = (
        refusal(tmp_path, bad) for bad in (b"PARX" + made[4:], made[:-4] + b"PARX", made[: len(made) // 2])
    )
    assert (start.code, start.offset, start.value) == ("CRS-PARQ-01", 0, "PARX")
    assert (end.code, end.offset, end.value) == ("CRS-PARQ-01", len(made) - 4, "PARX")
    assert (cut.code, cut.offset) == ("CRS-PARQ-01", len(made) // 2 - 4)


def test_a_file_without_rows_is_refused_p01(tmp_path: Path) -> None:
    fault = refusal(tmp_path, content(tmp_path, table().slice(0, 0)))
    assert (fault.code, fault.value) == ("CRS-FILE-02", 0)


def test_a_dictionary_that_unpacks_to_gigabytes_is_stopped_in_the_child_p02(tmp_path: Path) -> None:
    bomb = pa.DictionaryArray.from_arrays(pa.array([0] * 20_000, pa.int32()), pa.array(["x" * 1_000_000]))
    many = pa.concat_tables([table()] * 5_000)
    path = many.column_names.index("long_description")
    made = content(tmp_path, many.set_column(path, "long_description", bomb))
    assert len(made) < 3_000_000
    began = time.monotonic()
    fault = refusal(tmp_path, made)
    assert (fault.code, "MB of memory" in fault.reason) == ("LIMIT-01", True)
    assert time.monotonic() - began < 30


def test_more_rows_than_can_be_are_refused_by_their_number_p02(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "MOST_ROWS", 3)
    fault = refusal(tmp_path, content(tmp_path))
    assert (fault.code, "4 rows; at most 3" in fault.reason) == ("CRS-PARQ-02", True)


def test_columns_missing_or_nested_refuse_the_file_and_others_are_said_p03(tmp_path: Path) -> None:
    missing = refusal(tmp_path, content(tmp_path, table().drop_columns(["purposecode"])))
    assert (missing.code, missing.column) == ("CRS-HEAD-02", "purposecode")
    place = HEADINGS.index("USD_Commitment")
    nested = table().set_column(place, "usd_commitment", pa.array([[Decimal("1.5")]] * 4))
    fault = refusal(tmp_path, content(tmp_path, nested))
    assert (fault.code, fault.column, fault.position) == ("CRS-PARQ-03", "usd_commitment", place + 1)
    assert str(fault.value).startswith("list<")
    [extra] = load(tmp_path, table().append_column("novelty", pa.array(["a"] * 4))).report.listed
    assert (extra.code, extra.column, extra.severity) == ("CRS-HEAD-04", "novelty", "warning")


def test_columns_in_another_order_are_read_by_name_p03(tmp_path: Path) -> None:
    made = table()
    found = load(tmp_path, made.select(list(reversed(made.column_names))))
    assert (found.report.kept, "another order" in found.report.notes[0]) == (4, True)


def test_doubles_are_said_and_what_they_round_too_p04(tmp_path: Path) -> None:
    made = table(money=pa.float64()).set_column(
        HEADINGS.index("USD_Commitment"), "usd_commitment", pa.array([0.1 + 0.2, 2.5, 1e-05, float("nan")])
    )
    found = load(tmp_path, made)
    kinds = found.coded("CRS-PARQ-06")
    assert [(fault.column, fault.value, fault.severity) for fault in kinds] == [
        ("usd_commitment", "double", "warning"), ("usd_disbursement", "double", "warning"),
    ]  # fmt: skip
    [rounded] = found.coded("CRS-NUM-04")
    assert (rounded.line, rounded.value, rounded.position) == (1, "0.30000000000000004", position("USD_Commitment"))
    assert "300000.00000000 US dollars were kept, the residual is 0.00000000000000004" in rounded.reason
    [exponent], [refused] = found.coded("CRS-NUM-03"), found.coded("CRS-NUM-02")
    assert ((exponent.line, exponent.value), (refused.line, refused.severity)) == ((3, "1e-05"), (4, "row"))
    assert agreed(found)


def test_text_that_is_not_utf_8_refuses_its_row_p05(tmp_path: Path) -> None:
    place = HEADINGS.index("ProjectTitle")
    bad = pa.array([b"a", b"b", b"c\xff", b"d"], pa.binary()).view(pa.string())
    found = load(tmp_path, table().set_column(place, "projecttitle", bad), row_group_size=2)
    [fault] = found.report.listed
    assert (fault.code, fault.line, fault.column, fault.severity) == ("CRS-PARQ-05", 3, "projecttitle", "row")
    assert "row group 1, row 0" in fault.reason
    assert (found.report.kept, found.report.refused, found.report.balanced()) == (3, 1, True)


def test_encrypted_files_are_refused_p07(tmp_path: Path) -> None:
    made = content(tmp_path)
    fault = refusal(tmp_path, b"PARE" + made[4:-4] + b"PARE")
    assert (fault.code, "encrypted" in fault.reason) == ("CRS-PARQ-04", True)


def test_a_type_that_would_run_code_is_refused_p07(tmp_path: Path) -> None:
    made = table()
    field = made.schema.field(0).with_metadata({b"ARROW:extension:name": b"arrow.py_extension_type"})
    fault = refusal(tmp_path, content(tmp_path, made.cast(made.schema.set(0, field))))
    assert (fault.code, "arrow.py_extension_type" in fault.reason) == ("CRS-PARQ-04", True)


def test_an_unknown_codec_is_named_p07(tmp_path: Path) -> None:
    made = content(tmp_path, compression="gzip", use_dictionary=False, write_statistics=False)
    fault = refusal(tmp_path, made.replace(b"\x15\x04\x16", b"\x15\x06\x16"))  # gzip is codec 2 there, LZO is 3
    assert (fault.code, "lzo" in fault.reason.lower()) == ("CRS-PARQ-01", True)
