"""What the columns of a record are called where people read them: in forms, histories, decisions and on pages."""

from __future__ import annotations

from collections.abc import Mapping

REPORTED = "delivered"  # stands for all the columns of what was delivered
NAMES: Mapping[str, str] = {
    REPORTED: "reported by its maker",
    "amount_low": "amount or its lower end", "amount_high": "upper end of the amount",
    "usd_at_time": "amount in US dollars then", "since": "beginning of its period", "until": "end of its period",
    "made": "day on which it was made", "additional": "whether it is new", "sexes": "whether it is told by sex",
    "source_title": "title of the document", "source_page": "page in the document", "source_kind": "kind of document",
    "source_address": "address of the document", "further_sources": "further documents",
    "baseline_value": "baseline", "baseline_year": "year of the baseline", "baseline_unit": "unit of the baseline",
    "baseline_method": "method of the baseline", "measures": "what would show delivery", "rule": "counting rule",
    "links": "ties", "statuses": "steps of the policy",
}  # fmt: skip


def label(column: str) -> str:
    """`amount or its lower end`."""
    return NAMES.get(column, column.replace("_", " "))


def heading(column: str) -> str:
    """`Amount or its lower end`; a name in capital letters keeps them."""
    held = label(column)
    return held[:1].upper() + held[1:]
