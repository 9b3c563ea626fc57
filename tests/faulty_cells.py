"""Cells that cannot be kept, as people type them, as spreadsheets store them, and as CSV files write them."""

from __future__ import annotations

from tests.faulty_workbooks import LOW, Case, archive_of
from tests.registries import PART, POLICY, SHARE, WHOLE
from tests.workbooks import at, book, file, tampered, text

MADE, USD = at(PART.id, "made"), at(PART.id, "usd_at_time")


def cell(column: str, value: str, reason: str, code: str, record: str = PART.id, told: str = "") -> Case:
    """A value in a cell of the commitments that cannot be kept there. told: the part of it that is quoted back."""
    where = f"Commitments!{at(record, column)}"
    return (
        f"{column} {value[:24]} {code}",
        book(lambda made: made.cell(record, column, value)),
        where,
        told or value,
        reason,
        code,
    )


def raw(kind: str, reference: str, xml: str, value: str, reason: str, code: str) -> Case:
    """A cell as another program stores it."""
    made = tampered(lambda made: made.raw(reference, xml))
    return (kind, made, f"Commitments!{reference}", value, reason, code)


CELLS: list[Case] = [
    cell("id", "Canada 2010", "is not an address", "REG-ID-01"),
    cell("title", "", "is empty", "REG-NEED-01"),
    cell("title", "x" * 301, "has 301 characters, and 300 are kept", "REG-TEXT-02", told="x" * 80),
    cell("title", "a\u202eb", "holds a character that cannot be seen (U+202E)", "REG-TEXT-01", told="a\\u202eb"),
    cell("maker", "Atlantis", "is not in the sheet Makers", "REG-NAME-01"),
    cell("kind", "money", "is not in the list; choose one of financial, policy", "REG-LIST-01"),
    cell("made", "26/06/2010", "is not a date", "REG-DATE-01"),
    cell("made", "20\u0661\u0660", "is not a date", "REG-DATE-01"),
    cell("made", "2010-02-30", "is not in the calendar", "REG-DATE-04"),
    cell("deadline", "2009", "lies before made (2010-06-26)", "REG-DATE-02"),
    cell("goals", "4; 9", "is not in the list", "REG-LIST-01", told="9"),
    cell("targets", "6.C", "names a target of Goal 6, which goals leaves out", "REG-LIST-03"),
    cell("unit", "USD zillion", "is not a known unit", "REG-UNIT-01"),
    cell("unit", "", "is empty while amount_low is filled in", "REG-UNIT-02"),
    cell("amount_high", "", "is empty while amount_low is filled in", "REG-AMT-01"),
    cell("amount_low", "1200", "is larger than amount_high", "REG-AMT-03"),
    cell("amount_high", "115", "is no share (percent of budget)", "REG-AMT-05", SHARE.id),
    cell("amount_high", "5000000000", "is more than a trillion (USD million)", "REG-AMT-06", WHOLE.id),
    cell("amount_low", "-400", "is less than zero, which nobody promises", "REG-AMT-07"),
    cell("usd_at_time", "-400000000", "is less than zero, which nobody promises", "REG-AMT-07"),
    cell("delivered_absence", "zero", "stands beside a figure", "REG-AMT-04"),
    cell("links", "restates:nothing-2010", "is not a record", "REG-TIE-01", told="nothing-2010"),
    cell("links", "is like:abuja-2001", "cannot be read", "REG-LINK-01"),
    cell("parent", PART.id, "is the record itself", "REG-TIE-02"),
    cell("parent", PART.id, "makes the record part of itself", "REG-TIE-03", WHOLE.id),
    cell("gap", "big", "is not in the list", "REG-LIST-01"),
    cell("rule", '{"kind": "flows"}', "is not a counting rule", "REG-RULE-01"),
    cell("source_address", "javascript:alert(1)", "is not an address on the web", "REG-WEB-01", POLICY.id),
    cell("source_title", "", "is empty, and so is source_address", "REG-NEED-02", POLICY.id),
    cell("further_sources", "hearsay | press", "has a line without what it is a source of", "REG-SRC-02"),
    cell("statuses", "promised | 2010", "has the step promised", "REG-STEP-02", POLICY.id),
]
STORED: list[Case] = [
    raw("thousands", LOW, f'<c r="{LOW}" t="str"><v>1,100</v></c>', "1,100", "thousands separator", "REG-NUM-02"),
    raw("decimal comma", LOW, f'<c r="{LOW}" t="str"><v>0,7</v></c>', "0,7", "decimal comma", "REG-NUM-03"),
    raw("currency", LOW, f'<c r="{LOW}" t="str"><v>CAD 1100</v></c>', "CAD 1100", "(currency)", "REG-NUM-08"),
    raw("scale in words", LOW, f'<c r="{LOW}" t="str"><v>1.1 bn</v></c>', "1.1 bn", "scale in words", "REG-NUM-09"),
    raw("blank in words", LOW, f'<c r="{LOW}" t="str"><v>n/a</v></c>', "n/a", "leave the cell empty", "REG-NUM-10"),
    raw("other digits", LOW, f'<c r="{LOW}" t="str"><v>１２</v></c>', "１２", "other digits", "REG-NUM-12"),
    raw("formula", LOW, f'<c r="{LOW}"><f>SUM(A1:A2)</f><v>1100</v></c>', "=SUM(A1:A2)", "is a formula", "REG-FORM-01"),
    raw("formula without a value", LOW, f'<c r="{LOW}"><f>X!A1</f></c>', "=X!A1", "is a formula", "REG-FORM-01"),
    raw("error", LOW, f'<c r="{LOW}" t="e"><v>#REF!</v></c>', "#REF!", "error of the spreadsheet", "REG-NUM-11"),
    raw("truth value", LOW, f'<c r="{LOW}" t="b"><v>1</v></c>', "TRUE", "truth value", "REG-TRUTH-01"),
    raw(
        "too many digits",
        USD,
        f'<c r="{USD}"><v>1234567890.1234567</v></c>',
        "1234567890.1234567",
        "more than the 15 digits",
        "REG-NUM-14",
    ),
    raw("date as a number", MADE, f'<c r="{MADE}"><v>40355</v></c>', "40355", "write 2010-06-26", "REG-DATE-03"),
    raw(
        "truth for a date",
        MADE,
        f'<c r="{MADE}" t="d"><v>2010-06-26</v></c>',
        "2010-06-26",
        "is a date of the spreadsheet",
        "REG-DATE-03",
    ),
]
CSV: list[Case] = [
    (
        "CSV in another encoding",
        text(lambda t: t.replace("Communiqué", "Communiqu\udce9")),
        ":4",
        "0xe9",
        "is no UTF-8",
        "REG-CSV-01",
    ),
    ("CSV with semicolons", file("r.csv", b"id;title\na;b\n"), ":1", "id;title", "not apart by commas", "REG-CSV-04"),
    (
        "CSV row too long",
        file("r.csv", b"id,title\na,b,c\n"),
        ":2",
        "a,b,c",
        "has 3 fields, and the headings are 2",
        "REG-CSV-02",
    ),
    ("CSV with an open quote", file("r.csv", b'id,title\na,"b\nc,d\n'), ":2", 'a,"b', "cannot be read", "REG-CSV-03"),
    (
        "CSV with a formula",
        file("r.csv", b"id,title\njnj-2010-training,=1+1\n"),
        ":2(2)",
        "=1+1",
        "is a formula",
        "REG-FORM-01",
    ),
    ("CSV in UTF-16", file("r.csv", "id,title".encode("utf-16")), ":1", "", "UTF-16", "FILE-KIND-01"),
    (
        "archive without commitments",
        file("r.zip", archive_of("a.csv", "id")),
        "",
        "r.zip",
        "has no commitments.csv",
        "REG-SHEET-03",
    ),
    (
        "CSV figure",
        file("r.csv", b"id,usd_at_time\nmuskoka-2010,1 000\n"),
        ":2(2)",
        "1 000",
        "thousands separator",
        "REG-NUM-02",
    ),
]
