"""The sentence that names what is wrong with a file, and its twin for machines."""

from __future__ import annotations

import json

import pytest

from data_access.ingest.faults import SHOWN, Fault, shown

NUMBER = Fault(
    "crs_2023.txt", 70076, "USD_Commitment", "1,250.5", "is not a decimal number (thousands separator)",
    "write 1250.5", "CRS-NUM-02", "row", 41,
)  # fmt: skip


def test_the_sentence_is_the_one_that_publishers_are_promised() -> None:
    assert str(NUMBER) == (
        'crs_2023.txt:70076: column "USD_Commitment" (41): CRS-NUM-02: value "1,250.5" is not a decimal number '
        "(thousands separator); write 1250.5"
    )


def test_machines_are_told_the_same_field_by_field() -> None:
    assert NUMBER.as_json() == {
        "file": "crs_2023.txt", "line": 70076, "column": "USD_Commitment", "position": 41, "where": "",
        "code": "CRS-NUM-02", "severity": "row", "value": "1,250.5",
        "reason": "is not a decimal number (thousands separator)", "remedy": "write 1250.5",
    }  # fmt: skip
    assert json.loads(json.dumps(NUMBER.as_json())) == NUMBER.as_json()


def test_a_place_without_line_or_column_is_told_by_where_and_byte() -> None:
    fault = Fault("a.xml", 0, "", "&x;", "is an entity", "write it out", "IATI-1", where="activity XM-1", offset=12345)
    assert str(fault) == 'a.xml: activity XM-1: IATI-1: value "&x;" is an entity (byte 12,345); write it out'
    assert fault.as_json()["offset"] == 12345
    assert "offset" not in NUMBER.as_json()


def test_a_whole_file_has_no_line() -> None:
    assert (
        str(Fault("a.csv", 0, "", "", "is empty", "take it again", "F-1"))
        == 'a.csv: F-1: value "" is empty; take it again'
    )


@pytest.mark.parametrize(("length", "kept"), [(SHOWN, SHOWN), (SHOWN + 1, SHOWN), (5000, SHOWN)])
def test_a_value_is_cut_at_eighty_characters(length: int, kept: int) -> None:
    text = shown("x" * length)
    assert len(text) == kept
    assert text.endswith("…") == (length > SHOWN)


@pytest.mark.parametrize(
    ("value", "escaped"),
    [
        ("a\x1cb", r"a\x1cb"), ("\x00", r"\x00"), ("two\nlines", r"two\x0alines"), ("\x1b[2J", r"\x1b[2J"),
        ("\u202eabc", r"\u202eabc"), ("\ud800", r"\ud800"), ("\u200b", r"\u200b"), ("Côte d'Ivoire", "Côte d'Ivoire"),
    ],
)  # fmt: skip
def test_what_cannot_be_seen_is_shown_as_its_escape(value: str, escaped: str) -> None:
    assert shown(value) == escaped
    fault = Fault("f", 1, value, value, "is odd", "mend it")
    assert "\n" not in str(fault)
    assert fault.as_json()["value"] == escaped


def test_a_fault_stops_what_does_not_expect_it() -> None:
    with pytest.raises(ValueError, match="CRS-NUM-02"):
        raise NUMBER
