"""What a contribution would change in the record: cells before and after, and the parts that can be accepted alone.

Cells are those of the register's columns. Nothing is changed here; official figures of flows are never among them. A
report fills in what was delivered only where the record has no figure of it, or one that an earlier report of the same
maker, rung and period brought: a figure that it has from elsewhere is never replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from dashboard.contribution_fields import BARS, BESIDE, TRACED, evidence
from dashboard.delivered_apart import DELIVERED
from dashboard.links import Link, write_links
from dashboard.pledges import BY_MAKER
from dashboard.report_periods import cells_of, counted, is_line, key, of_counts, title

Cells = Mapping[str, str]
FIGURE, NARRATIVE, CLOSE, GROUNDS = "figure", "narrative", "close", "grounds"
PART_WORDS = {
    FIGURE: "the reported figure",
    NARRATIVE: "the words",
    CLOSE: "closing the finding as explained",
    GROUNDS: "its reason and documents, for everybody to read",
    "link": "the tie",
    "status": "the step",
    "new": "the commitment",
}
OWN = ("confidence", "checked", "unverified", "gap", "remarks")  # what the register itself says, its doubts among it
NOT_TYPED = ("id", "maker", *OWN, *DELIVERED)  # columns that no proposal changes
ASIDE = frozenset(one.name for one in BESIDE)
REPORTED = (*DELIVERED, "further_sources")


@dataclass(frozen=True)
class Difference:
    """One column. then: when the proposal was written; now: in the record; after: what is proposed."""

    column: str
    then: str
    now: str
    after: str

    @property
    def moved(self) -> bool:
        """Whether the record has changed since under the proposal."""
        return self.then != self.now


def parts(kind: str, fields: Mapping[str, str]) -> tuple[str, ...]:
    """What of it can be accepted by itself, in the order of the form. Of a change its reason and documents are told of
    all its fields, so that they are a part as well. Closing a finding is none of them: it is a decision of its own,
    beside that on the words."""
    if kind == "change":
        columns = tuple(key for key in fields if key not in ASIDE and key not in NOT_TYPED)
        return (*columns, GROUNDS) if any(fields.get(key) for key in ASIDE) else columns
    if kind == "report":
        return (*((FIGURE,) if fields.get("amount") else ()), NARRATIVE)
    return (NARRATIVE,) if kind in ("statement", "comment") else (kind,)


def bars(kind: str, fields: Mapping[str, str]) -> tuple[str, ...]:
    """In words, what of that by which a commitment is measured a change proposes to alter."""
    return tuple(dict.fromkeys(BARS[key] for key in parts(kind, fields) if key in BARS)) if kind == "change" else ()


def traced(kind: str, fields: Mapping[str, str]) -> bool:
    """Whether the page of the commitment says of a change, once accepted, what it was before."""
    return kind == "change" and any(key in TRACED for key in parts(kind, fields))


def proposed(kind: str, fields: Mapping[str, str], cells: Cells, maker: str, chosen: Collection[str]) -> dict[str, str]:
    """The columns that would change, with what would stand in them. cells: of the record as it is. maker: the name on
    whose behalf. chosen: the parts that are accepted."""
    made: dict[str, str] = {}
    if kind in ("change", "new"):
        chosen = parts("change", fields) if kind in chosen else chosen
        made = {key: fields[key] for key in parts("change", fields) if key in chosen and key in cells}
    elif kind == "report" and FIGURE in chosen:
        made = _reported(fields, cells, maker)
    elif kind == "link" and kind in chosen:
        made = {"links": "; ".join(one for one in (cells["links"], _link(fields)) if one)}
    elif kind == "status" and kind in chosen:
        made = {"statuses": "\n".join(one for one in (cells["statuses"], _step(fields)) if one)}
    return {column: value for column, value in made.items() if value != cells[column]}


def touched(kind: str, fields: Mapping[str, str], cells: Cells) -> dict[str, str]:
    """The columns that a proposal touches, as they stand: what it rests on. Drafts may hold anything."""
    named: Mapping[str, tuple[str, ...]] = {
        "change": parts("change", fields),
        "report": REPORTED if fields.get("amount") else (),
        "link": ("links",),
        "status": ("statuses",),
    }
    return {column: cells[column] for column in named.get(kind, ()) if column in cells}


def differences(base: Cells, cells: Cells, after: Cells) -> tuple[Difference, ...]:
    """Column by column, in the order of the record; those alone that would change or have changed meanwhile."""
    every = (
        Difference(column, base.get(column, cells[column]), cells[column], after.get(column, cells[column]))
        for column in cells
    )
    return tuple(one for one in every if one.after != one.now or one.then != one.now)


def _reported(fields: Mapping[str, str], cells: Cells, maker: str) -> dict[str, str]:
    kept = (line for line in cells["further_sources"].split("\n") if line and not is_line(line, maker, key(fields)))
    begin = f"delivery | {BY_MAKER} | "
    named = (f"{begin}{name.replace('|', '/')} | | {web}" for name, web in evidence(fields["evidence"]))
    each = dict[tuple[str, ...], str]()  # each document once, of the kind that the register says it is
    for line in (*kept, *named):
        of, _, *document = cells_of(line)
        each.setdefault((of, *document), line)
    further = list(each.values())
    own = cells["delivered_by"] == maker and of_counts(cells["delivered_counts"]) == key(fields)
    if cells["delivered_low"] and not own:
        return {"further_sources": "\n".join((*further, f"{begin}{title(fields, maker)}"))}
    return {
        "delivered_low": plain(fields["amount"]),
        "delivered_high": plain(fields["amount"]),
        "delivered_unit": fields["unit"],
        "delivered_absence": "",
        "delivered_as_of": fields["until"],
        "delivered_by": maker,
        "delivered_counts": counted(fields),
        "further_sources": "\n".join(further),
    }


def _link(fields: Mapping[str, str]) -> str:
    amount = Decimal(fields["amount"]) if fields.get("amount") else None
    return write_links(
        [Link(fields["tie"], fields["target"], amount, fields.get("currency", ""), fields.get("note", ""))]
    )


def _step(fields: Mapping[str, str]) -> str:
    keys = ("step", "date", "note", "source_kind", "source_title", "source_page", "source_address")
    return " | ".join(fields.get(key, "") for key in keys).rstrip(" |")


def plain(figure: str) -> str:
    """A figure as the register writes it: no zeros behind the last digit, none before the first."""
    whole, _, rest = figure.partition(".")
    rest = rest.rstrip("0")
    return f"{whole.lstrip('0') or '0'}{'.' + rest if rest else ''}"
