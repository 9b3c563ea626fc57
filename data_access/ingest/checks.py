"""Sums that a source prints beside its parts must be what its parts add up to; and there must be something to sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

from data_access.ingest.faults import Fault
from data_access.ingest.given import names
from data_access.ingest.readers import Part, Reader
from data_access.ingest.rows import Flow, Total

TOLERANCE = Decimal(100)  # US dollars: sources print millions with six decimals or fewer and round each part
KEYS = ("source", "kind", "year", "donor", "recipient", "sector", "purpose")
NO_FLOWS = ("codes", "indicators")  # what is loaded beside the sources of flows
GROUP = 5  # digits of a code that stands for a group of recipients, whose members the source does not say


def add_up(flows: Iterable[Flow], totals: Iterable[Total]) -> int:
    """How many printed sums were checked; each is over every dimension in which it says nothing.

    Raises ValueError, a sentence, for the first that differs from its parts by more than the tolerance."""
    printed = [total for total in totals if len(total.recipient) < GROUP]
    shapes = {tuple(bool(getattr(total, key)) for key in KEYS) for total in printed}
    sums: dict[tuple[str | int, ...], Decimal] = defaultdict(Decimal)
    for flow in flows:
        for key in {tuple(getattr(flow, k) if held else "" for k, held in zip(KEYS, s, strict=True)) for s in shapes}:
            sums[key] += flow.usd
    for total in printed:
        parts = sums[tuple(getattr(total, key) for key in KEYS)]
        if abs(parts - total.usd) > TOLERANCE:
            where = f"{total.file}, line {total.line}, {total.item}"
            raise ValueError(
                f"{where}: {total.usd} is printed, its parts are {parts}; compare it with the publisher's."
            )
    return len(printed)


def unsummed(given: Part, reader: Reader, paths: Sequence[Path]) -> tuple[str, list[Fault]] | None:
    """That the files of a source of flows hold no amount that is summed, as a sentence, with what they hold instead:
    such a part would only hide the one it replaces. None where there is one, and of codes and indicators."""
    if reader.source in NO_FLOWS or given.connection.execute("SELECT usd FROM flow LIMIT 1").fetchall():
        return None
    said = (
        f"None of the {given.report.read:,} records read is an amount that {reader.source} sums. Nothing was published."
    )
    if given.report.refused == given.report.read:  # each is named already
        return said, []
    return said, reader.unsummed(given, paths) or [_no_amount(reader.source, names(paths)[0])]


def _no_amount(source: str, name: str) -> Fault:
    reason = f"holds no amount that {source} sums, and no other file of this load does"
    return Fault(name, 0, "", name, reason, "take the file that holds the amounts", "FILE-SUM-01")
