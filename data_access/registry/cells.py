"""A pledge as texts, one for each column, and back. Makers, fora and initiatives are named by their ids here.

`write(read(cells)) == cells` for cells that are written as `write` does; figures stand without trailing zeros.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from dashboard.pledges import (
    NO_AMOUNT,
    Absence,
    Amount,
    Baseline,
    Delivery,
    Pledge,
    Provenance,
    Status,
    read_links,
    write_links,
)
from dashboard.records import Directory, Forum, Maker
from dashboard.rules import read as read_rule
from data_access.registry.columns import NAMES, NO, YES

Cells = Mapping[str, str]
APART = " | "
SAME = (
    "id", "title", "parent", "kind", "place", "made", "since", "until", "deadline", "additional", "measures", "gap",
    "remarks", "checked", "unverified", "confidence",
)  # fmt: skip
BASE = ("year", "unit", "method")
NO_FORUM = Forum("", "")
PROMISE = "promise"


def write(pledge: Pledge) -> dict[str, str]:
    """Every column, empty where the record says nothing."""
    amount, baseline = pledge.amount, pledge.baseline
    cells = dict.fromkeys(NAMES, "") | {
        name: getattr(pledge, name) for name in SAME
    } | {
        "maker": pledge.maker_id,
        "forum": pledge.forum_id,
        "initiative": pledge.initiative_id,
        "goals": "; ".join(pledge.goals),
        "targets": "; ".join(pledge.targets),
        "amount_low": figure(amount.low),
        "amount_high": figure(amount.high),
        "unit": amount.unit,
        "prices": amount.prices,
        "usd_at_time": figure(pledge.usd_at_time),
        "baseline_value": figure(baseline.value),
        "baseline_year": baseline.year,
        "baseline_unit": baseline.unit,
        "baseline_method": baseline.method,
        "links": write_links(pledge.links),
        "statuses": status_cell(pledge.statuses),
        "sexes": YES if pledge.sexes else NO,
        "rule": pledge.rule.write() if pledge.rule else "",
    }  # fmt: skip
    return cells | source_cells(pledge.sources) | _delivered(pledge.delivered)


def read(cells: Cells, directory: Directory) -> Pledge:
    """The pledge that the cells write. Raises ValueError or KeyError where they were not checked (`checks`)."""
    maker = directory.makers[cells["maker"]]
    forum = directory.fora.get(cells["forum"], NO_FORUM)
    initiative = directory.initiatives.get(cells["initiative"])
    rule, wrong = read_rule(cells["rule"]) if cells["rule"] else (None, ())
    if wrong:
        raise ValueError(wrong[0].sentence)
    return Pledge(
        **{name: cells[name] for name in SAME},
        **_who(maker, forum),
        initiative=initiative.name if initiative else "",
        initiative_id=cells["initiative"],
        goals=parts(cells["goals"]),
        targets=parts(cells["targets"]),
        amount=_amount(cells["amount_low"], cells["amount_high"], cells["unit"], cells["prices"]),
        usd_at_time=number(cells["usd_at_time"]),
        baseline=Baseline(number(cells["baseline_value"]), *(cells[f"baseline_{name}"] for name in BASE)),
        links=read_links(cells["links"]),
        delivered=_delivery(cells),
        sources=sources(cells),
        statuses=tuple(read_status(line) for line in cells["statuses"].splitlines()),
        sexes=cells["sexes"] == YES,
        rule=rule,
    )


def _who(maker: Maker, forum: Forum) -> dict[str, str]:
    made = {"maker": maker.name, "maker_id": maker.id, "maker_code": maker.code, "maker_kind": maker.kind}
    return made | {"forum": forum.name, "forum_id": forum.id, "forum_kind": forum.kind}


def figure(value: Decimal | None) -> str:
    """A figure as it is written: no exponent, no trailing zeros, empty for none."""
    if value is None:
        return ""
    written = f"{value:f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written) or "0"


def number(text: str) -> Decimal | None:
    """None for an empty cell."""
    return Decimal(text) if text else None


def parts(text: str) -> tuple[str, ...]:
    """The parts of a cell, apart by semicolons."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _amount(low: str, high: str, unit: str, prices: str = "") -> Amount:
    return Amount(number(low), number(high), unit, prices) if low or high or unit or prices else NO_AMOUNT


def _delivered(delivery: Delivery) -> dict[str, str]:
    told = {"delivered_as_of": delivery.as_of, "delivered_by": delivery.by, "delivered_counts": delivery.counts}
    if isinstance(delivery.amount, Absence):
        return told | {"delivered_absence": delivery.amount.value}
    low, high = figure(delivery.amount.low), figure(delivery.amount.high)
    return told | {"delivered_low": low, "delivered_high": high, "delivered_unit": delivery.amount.unit}


def _delivery(cells: Cells) -> Delivery:
    told = (cells["delivered_as_of"], cells["delivered_by"], cells["delivered_counts"])
    if cells["delivered_low"]:
        return Delivery(_amount(cells["delivered_low"], cells["delivered_high"], cells["delivered_unit"]), *told)
    return Delivery(Absence(cells["delivered_absence"] or Absence.NOT_REPORTED), *told)


def source_cells(held: Iterable[Provenance]) -> dict[str, str]:
    """The first source of the promise has columns of its own; where there is none they are empty."""
    ordered = sorted(held, key=lambda source: source.of != PROMISE)
    first, further = (ordered[0], ordered[1:]) if ordered and ordered[0].of == PROMISE else (Provenance(), ordered)
    told = {f"source_{name}": getattr(first, name) for name in ("title", "page", "kind", "address")}
    return told | {"further_sources": "\n".join(_source_line(source) for source in further)}


def sources(cells: Cells) -> tuple[Provenance, ...]:
    """Of the promise first, then of what was delivered."""
    first = Provenance(*(cells[f"source_{name}"] for name in ("address", "title", "page", "kind")))
    further = map(read_source, cells["further_sources"].splitlines())
    return tuple(source for source in (first, *further) if source != Provenance())


def status_cell(statuses: Iterable[Status]) -> str:
    """One step a line."""
    return "\n".join(_status_line(status) for status in statuses)


def kind_of(written: str) -> str:
    """The kind of a written rule; empty where it cannot be read."""
    rule, _ = read_rule(written)
    return rule.kind if rule else ""


def _source_line(source: Provenance) -> str:
    return APART.join((source.of, source.kind, source.title, source.page, source.address)).rstrip(" |")


def read_source(line: str) -> Provenance:
    """`of | kind | title | page | address`; what is missing at the end is empty."""
    of, kind, title, page, address = _fields(line, 5)
    return Provenance(address, title, page, kind, of)


def _status_line(status: Status) -> str:
    source = status.evidence or Provenance()
    told = (status.step, status.date, status.note, source.kind, source.title, source.page, source.address)
    return APART.join(told).rstrip(" |")


def read_status(line: str) -> Status:
    """`step | date | note | kind | title | page | address`; what is missing at the end is empty."""
    step, date, note, kind, title, page, address = _fields(line, 7)
    evidence = Provenance(address, title, page, kind)
    return Status(step, date, evidence if evidence != Provenance() else None, note)


def _fields(line: str, count: int) -> list[str]:
    """Raises ValueError where a line has more parts than it may."""
    told = [part.strip() for part in line.split("|")]
    if len(told) > count:
        raise ValueError(f"{line} has {len(told)} parts; at most {count} are read.")
    return told + [""] * (count - len(told))
