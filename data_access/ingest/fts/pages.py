"""FTS flows as pages of the API's JSON: read in a child of narrow means, turned into contributions here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from data_access.ingest import limited
from data_access.ingest.faults import Fault
from data_access.ingest.fts.contribution import Contribution
from data_access.ingest.lookalikes import check_text
from data_access.ingest.published import Now, Refuse

CHILD = "data_access.ingest.fts_json"  # apart from its package, so that the child starts at once
LARGEST = 256_000_000  # bytes of a page; those of the service have some megabytes
HEAD = 200  # bytes in which it is seen what a file is
About = Callable[[dict[str, Any]], None]  # told what a page says of itself


def read(path: Path, name: str, now: Now, refuse: Refuse, about: About) -> Iterator[Contribution]:
    """Flows of one page, counted in `now`. Raises Fault where it cannot be read; `refuse` is told of entries that are
    no flows."""
    _looked_at(path, name)
    for line in limited.messages(CHILD, [str(path)], name):
        said = json.loads(line)
        if isinstance(said, list):
            place, raw = said
            now.records, now.line, now.raw, now.offset = place, place, [raw], now.offset + len(raw)
            flow = json.loads(raw, parse_float=Decimal, parse_int=Decimal)
            if isinstance(flow, dict):
                yield _contribution(name, place, raw, flow)
            else:
                reason, remedy = "stands among the flows and is none", "take the answer of the API, unchanged"
                refuse(Fault(name, 0, "", raw, reason, remedy, "FTS-JSON-05", "row", where=f"flow {place}"))
        elif "fault" in said:
            raise Fault(name, 0, "", severity="file", **said["fault"])
        else:
            about(said["about"])


def _looked_at(path: Path, name: str) -> None:
    size = path.stat().st_size
    if size > LARGEST:
        reason, remedy = f"is larger than a page may be, {LARGEST:,} bytes", "ask the service for pages of fewer flows"
        raise Fault(name, 0, "", f"{size:,} bytes", reason, remedy, "FTS-JSON-07")
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip():
        reason, remedy = "is all that the file holds", "ask the service again"
        raise Fault(name, 0, "", "", reason, remedy, "FILE-EMPTY-01", offset=0)
    check_text(name, head)


def _contribution(name: str, place: int, raw: str, flow: dict[str, Any]) -> Contribution:
    donors = _named(flow, "sourceObjects", "Organization")
    return Contribution(
        name, place, f"flow {place}", raw, _text(flow, "id"), _text(flow, "versionId"), _text(flow, "updatedAt"),
        _text(flow, "status"), _text(flow, "boundary"), _text(flow, "amountUSD"), _text(flow, "date"),
        _named(flow, "destinationObjects", "UsageYear"), donors, _types(flow),
        _named(flow, "destinationObjects", "Location"),
        "; ".join(_named(flow, "destinationObjects", "Organization")),
        "; ".join(_named(flow, "destinationObjects", "Plan")),
        _text(flow, "description"), _text(flow, "parentFlowId"), _text(flow, "originalCurrency"),
        _text(flow, "originalAmount"),
    )  # fmt: skip


def _text(flow: dict[str, Any], key: str) -> str:
    value = flow.get(key)
    if isinstance(value, Decimal):
        return f"{value}"
    return value.strip() if isinstance(value, str) else ""


def _objects(flow: dict[str, Any], side: str, kind: str) -> list[dict[str, Any]]:
    held = flow.get(side)
    return [one for one in held if isinstance(one, dict) and one.get("type") == kind] if isinstance(held, list) else []


def _named(flow: dict[str, Any], side: str, kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in _objects(flow, side, kind) if (name := _text(one, "name"))))


def _types(flow: dict[str, Any]) -> tuple[str, ...]:
    held = [one.get("organizationTypes") for one in _objects(flow, "sourceObjects", "Organization")]
    return tuple(kind for kinds in held if isinstance(kinds, list) for kind in kinds if isinstance(kind, str))
