"""What the register tells above the ladder of a source, as it leaves with it: rows of the table, and a sentence.
It stands on a basis of its own, so no chart and no sum sets it beside the rows of the source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from dashboard.panels import Table
from dashboard.parts import Part, Rungs

REGISTER = "register of commitments"
Told = tuple[str, Decimal | None, str]  # the step, its amount, and what it is counted from


def rows(apart: Rungs) -> list[Told]:
    """Each rung, both ends of a range; the one that is pledged with its reason where there is no sum."""
    if not apart["rungs"]:
        return (
            [(f"pledged, {REGISTER}", None, f"Register of commitments: {apart['absent']}")] if apart["absent"] else []
        )
    made = list[Told]()
    for rung in apart["rungs"]:
        ends = rung.get("exact", [])
        words = [""] if len(ends) < 2 else [", low end", ", high end"]
        basis = f"Register of commitments: {rung['under']}"
        made += [(f"{rung['stage']}{end}, {REGISTER}", usd, basis) for end, usd in zip(words, ends, strict=True)]
    return made


def sentence(parts: Iterable[Part]) -> str:
    """`Pledged: $1.70 bn, current US dollars, due by 2012.`, or why there is no such sum; empty of other panels."""
    said = list[str]()
    for part in parts:
        if part["kind"] == "rungs":
            told = [f"{rung['name']}: {rung['figure']}, {rung['under']}." for rung in part["rungs"]]
            said += [*told, part["apart"]] if told else [f"Pledged: {part['absent']}"] if part["absent"] else []
    return " ".join(one for one in said if one)


def of_source(table: Table) -> Table:
    """The rows of the source alone, for a chart on one scale."""
    kept = [at for at, row in enumerate(table.rows) if not _of_register(row[0])]
    behind: Any = tuple(table.behind[at] for at in kept) if table.behind else table.behind
    return replace(table, rows=tuple(table.rows[at] for at in kept), behind=behind)


def _of_register(step: Any) -> bool:
    return isinstance(step, str) and step.endswith(f", {REGISTER}")
