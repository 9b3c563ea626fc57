"""Cells of a pledge into rows of the tables, and rows back into cells. Nothing is lost on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from dashboard.pledges import Link, Provenance, Status, read_links, write_links
from data_access.registry import cells as texts
from data_access.registry import tables
from data_access.registry.columns import NAMES, NO, YES

Row = dict[str, Any]
REFERENCES = ("maker", "forum", "initiative", "parent")  # null where empty
PLAIN = tuple(c.name for c in tables.pledge.columns if c.name not in (*REFERENCES, "sexes"))
AMOUNTS: Mapping[str, Mapping[str, str]] = {  # role -> column of `amount` -> column of the sheet
    "promised": {"low": "amount_low", "high": "amount_high", "unit": "unit", "prices": "prices"},
    "delivered": {
        name: f"delivered_{name}" for name in ("low", "high", "unit", "absence", "as_of", "by", "counts")
    },
    "baseline": {"low": "baseline_value"} | {name: f"baseline_{name}" for name in ("year", "unit", "method")},
}  # fmt: skip
NO_AMOUNT = {column.name: "" for column in tables.amount.columns if column.name not in ("pledge", "role")}


def rows_of(cells: texts.Cells) -> dict[str, list[Row]]:
    """The rows of one pledge, table by table; that of `pledge` itself first."""
    key = {"pledge": cells["id"]}
    own = {name: cells[name] for name in PLAIN} | {name: cells[name] or None for name in REFERENCES}
    promised = texts.parts(cells["goals"]), texts.parts(cells["targets"])
    sources = [_source(source) for source in texts.sources(cells)]
    statuses = [texts.read_status(line) for line in cells["statuses"].splitlines()]
    written = cells["rule"]
    return {
        tables.pledge.name: [own | {"sexes": cells["sexes"] == YES}],
        tables.amount.name: [key | row for row in _amounts(cells)],
        tables.goal.name: _placed(key, [{"goal": goal} for goal in promised[0]]),
        tables.target.name: _placed(key, [{"target": target} for target in promised[1]]),
        tables.link.name: _placed(key, [_link(link) for link in read_links(cells["links"])]),
        tables.provenance.name: _placed(key, sources),
        tables.status.name: _placed(key, [_status(status) for status in statuses]),
        tables.rule.name: [key | {"kind": texts.kind_of(written), "written": written}] if written else [],
    }


def cells_of(held: Mapping[str, Iterable[Row]]) -> list[dict[str, str]]:
    """Cells of every pledge, from all rows of the tables."""
    parts: dict[str, dict[str, list[Row]]] = {}
    for name in (table.name for table in tables.OF_PLEDGES):
        parts[name] = defaultdict(list)
        for row in sorted(held[name], key=_place):
            parts[name][row["pledge"]].append(row)
    return [_cells(row, {name: parts[name].get(row["id"], []) for name in parts}) for row in held[tables.pledge.name]]


def _cells(own: Row, of: Mapping[str, Sequence[Row]]) -> dict[str, str]:
    cells = dict.fromkeys(NAMES, "") | {name: own[name] for name in PLAIN}
    cells |= {name: own[name] or "" for name in REFERENCES}
    for amount in of[tables.amount.name]:
        cells |= {cell: amount[name] for name, cell in AMOUNTS[amount["role"]].items()}
    sources = [_provenance(row) for row in of[tables.provenance.name]]
    cells |= texts.source_cells(sources)
    rules = of[tables.rule.name]
    return cells | {
        "sexes": YES if own["sexes"] else NO,
        "goals": "; ".join(row["goal"] for row in of[tables.goal.name]),
        "targets": "; ".join(row["target"] for row in of[tables.target.name]),
        "links": write_links(_linked(row) for row in of[tables.link.name]),
        "statuses": texts.status_cell(_stepped(row) for row in of[tables.status.name]),
        "rule": rules[0]["written"] if rules else "",
    }


def _place(row: Row) -> int:
    return int(row.get("place", 0))


def _placed(key: Row, rows: Iterable[Row]) -> list[Row]:
    return [key | {"place": place} | row for place, row in enumerate(rows)]


def _amounts(cells: texts.Cells) -> Iterable[Row]:
    for role, names in AMOUNTS.items():
        told = {name: cells[cell] for name, cell in names.items()}
        if any(told.values()):
            yield NO_AMOUNT | told | {"role": role}


def _source(source: Provenance) -> Row:
    return {name: getattr(source, name) for name in ("of", "kind", "title", "page", "address")}


def _provenance(row: Row) -> Provenance:
    return Provenance(row["address"], row["title"], row["page"], row["kind"], row["of"])


def _status(status: Status) -> Row:
    source = status.evidence or Provenance()
    told = {"step": status.step, "date": status.date, "note": status.note}
    return told | {name: getattr(source, name) for name in ("kind", "title", "page", "address")}


def _stepped(row: Row) -> Status:
    evidence = Provenance(row["address"], row["title"], row["page"], row["kind"])
    return Status(row["step"], row["date"], evidence if evidence != Provenance() else None, row["note"])


def _link(link: Link) -> Row:
    told = {"kind": link.kind, "target": link.target, "currency": link.currency, "note": link.note}
    return told | {"amount": texts.figure(link.amount)}


def _linked(row: Row) -> Link:
    amount = Decimal(row["amount"]) if row["amount"] else None
    return Link(row["kind"], row["target"], amount, row["currency"], row["note"])
