"""What stands in the cells of a list of rows: each column's heading, and a row's value as readers read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dashboard.codes import Codes, Source
from dashboard.parts import GridCell
from dashboard.selection import COLUMNS, DIMENSIONS, USUAL, Selection
from dashboard.words import MINUS, number

Row = Mapping[str, Any]
LONGEST = 280  # characters of a description that are listed; the page of the row has all of it
HEADINGS = {
    "place": "File and line",
    "year": "Year",
    "stage": "Stage",
    "item": "Item",
    "donor": "Donor",
    "recipient": "Recipient",
    "purpose": "Purpose",
    "flow": "Flow type",
    "gender": "Gender marker",
    "original": "In the file",
    "usd": "US dollars",
    "constant": "US dollars of {base}",
    "share": "Goal share",
    "part": "Counted, US dollars",
    "title": "Title",
    "description": "Description",
    "agency": "Agency",
    "channel": "Channel",
}
SORTED = {
    "place": "row",
    "year": "year",
    "donor": "donor",
    "recipient": "recipient",
    "purpose": "purpose",
    "usd": "usd",
}
AMOUNTS = ("usd", "constant", "part", "original", "share")
TOLD = ("title", "description", "agency", "channel")  # of the raw record
FLOWS = {"10": "ODA", "20": "OOF", "30": "private", "unstated": "not stated"}


@dataclass(frozen=True)
class Shown:
    """What the cells of one list depend on beside the row."""

    selection: Selection
    codes: Codes
    source: Source


def offered(source: Source) -> list[str]:
    """The columns that can be chosen: of dimensions those the source tells apart."""
    return [name for name in COLUMNS if name not in DIMENSIONS or name in source.dimensions]


def chosen(shown: Shown) -> list[str]:
    """The columns of a list, in order. Where a Goal is picked, its share and what of the row counts are always there:
    they are what sums to the figures; so is the amount at constant prices where these are asked."""
    wanted = set(shown.selection.columns or USUAL)
    constant = shown.selection.prices == "constant"
    names = ["place", "year", "stage", *(name for name in offered(shown.source) if name in wanted)]
    names = [name for name in names if name not in ("original", "share", "constant")]
    at = next((i for i, name in enumerate(names) if name in TOLD), len(names))
    amounts = ["original"] if "original" in wanted else []
    amounts += ["usd", *(["constant"] if constant or "constant" in wanted else [])]
    amounts += ["share", "part"] if shown.selection.goal else []
    return [*names[:at], *amounts, *names[at:]]


def heading(shown: Shown, name: str) -> str:
    return HEADINGS[name].format(base=shown.codes.base_year)


def cell(shown: Shown, name: str, row: Row) -> GridCell:
    """Main words, small words under them, and the exact value where the main words are rounded."""
    if name in DRAWN:
        return DRAWN[name](shown, row)
    if name in ("donor", "recipient", "flow", "gender"):
        code = str(row.get(name) or "")
        words = FLOWS.get(code, code) if name == "flow" else shown.codes.name(name, code)
        return _cell(words if code else "")
    text = str(row.get(name) or "")
    return _cell(text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…")


def _cell(main: str | None, small: str = "", exact: str = "") -> GridCell:
    return GridCell(main=main or "", small=small, exact=exact)


def _place(shown: Shown, row: Row) -> GridCell:
    file = str(row["file"]).rpartition("/")[2]
    return _cell(f"line {row['line']:,}", file, f"{row['file']}, line {row['line']}")


def _stage(shown: Shown, row: Row) -> GridCell:
    kind = str(row["kind"] or "")
    return _cell(str(row["stage"]).capitalize(), kind if kind != row["stage"] else "")


def _purpose(shown: Shown, row: Row) -> GridCell:
    """The purpose, or the sector where the source tells no finer."""
    for dimension in ("purpose", "sector"):
        code = str(row[dimension] or "")
        if code:
            name = shown.codes.name(dimension, code)
            return _cell(name, code if name != code else "")
    return _cell("")


def _year(shown: Shown, row: Row) -> GridCell:
    return _cell(str(row["year"]))


def dollars(value: Any) -> GridCell:
    """Whole dollars with commas, exact beside; what is not zero never reads as zero."""
    if not isinstance(value, Decimal):
        return _cell("")
    decimals = 2 if value and abs(value) < 1 else 0
    return _cell(number(value, decimals), "", f"${plain(value)}".replace("$-", f"{MINUS}$"))


def plain(value: Decimal) -> str:
    """All digits that are not trailing zeros, with commas."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _usd(shown: Shown, row: Row) -> GridCell:
    return dollars(row["usd"])


def _constant(shown: Shown, row: Row) -> GridCell:
    return dollars(row["usd_constant"])


def _part(shown: Shown, row: Row) -> GridCell:
    return dollars(row["part"])


def _share(shown: Shown, row: Row) -> GridCell:
    return _cell(f"{plain(Decimal(row['share']) * 100)}%")


def _original(shown: Shown, row: Row) -> GridCell:
    """Amount and currency as the file gives them, and the rate it was turned into dollars by."""
    amount, rate, currency = row["amount"], row["rate"], str(row["currency"] or "")
    if not isinstance(amount, Decimal):
        return _cell("")
    made = dollars(amount)
    turned = f"{plain(rate)} per $" if isinstance(rate, Decimal) and currency != "USD" else ""
    exact = f"{currency} {made['exact'].replace('$', '')}"
    return _cell(f"{currency} {made['main']}".strip(), turned, exact)


DRAWN = {
    "place": _place,
    "year": _year,
    "stage": _stage,
    "purpose": _purpose,
    "usd": _usd,
    "constant": _constant,
    "part": _part,
    "share": _share,
    "original": _original,
}


def codes_of(names: Sequence[str]) -> list[str]:
    """How each column stands: figures at the right."""
    return ["number" if name in (*AMOUNTS, "year") else f"c-{name}" for name in names]
