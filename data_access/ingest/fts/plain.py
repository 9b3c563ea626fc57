"""A plain reading of FTS files: standard library only, nothing shared with the reader."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from data_access.ingest.readers import Lookups, Plain

RUNGS = {"pledge": "pledged", "commitment": "committed", "paid": "disbursed"}
WITHOUT = ("", "NA")


def plain(files: Sequence[Path], lookups: Lookups) -> Plain:
    """All flows, and dollars of incoming ones in their latest version by rung and year of use."""
    count, best = 0, dict[str, dict[str, Any]]()
    for path in files:
        for flow in _json(path) if path.suffix.lower() == ".json" else _csv(path):
            count += 1
            known = best.get(flow["id"])
            if known is None or flow["rank"] > known["rank"]:
                best[flow["id"]] = flow
    sums = defaultdict[tuple[str, int], Decimal](Decimal)
    for number, flow in best.items():
        years = [year for year in flow["years"] if year not in WITHOUT] or [_year(flow["date"])]
        sound = all(re.fullmatch("(19[6-9]|20[0-3])[0-9]", year) for year in years)
        if number and sound and flow["boundary"] == "incoming" and flow["status"] in RUNGS and _is(flow["amount"]):
            sums[RUNGS[flow["status"]], int(min(years))] += Decimal(flow["amount"].strip())
    return Plain(count, {key: usd for key, usd in sums.items() if usd})


def _csv(path: Path) -> Iterator[dict[str, Any]]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as text:
        for row in csv.DictReader(text):
            if "destUsageYearStart" in row:
                years, version = [row["destUsageYearStart"] or "", row["destUsageYearEnd"] or ""], ""
            else:
                years = [year.strip() for year in (row["destinationObjects_UsageYear.name"] or "").split(";")]
                version = row["versionId"] or ""
            if None in row or None in row.values():  # a line of another width
                yield _flow("", "", {}, "", [])
            else:
                yield _flow(row["id"], version, row, row["amountUSD"], years)


def _json(path: Path) -> Iterator[dict[str, Any]]:
    page = json.loads(path.read_text(encoding="utf-8-sig"), parse_float=str, parse_int=str)
    for flow in page["data"]["flows"]:
        if not isinstance(flow, dict):
            yield _flow("", "", {}, "", [])
            continue
        held = flow.get("destinationObjects")
        ends = [end for end in held if isinstance(end, dict)] if isinstance(held, list) else []
        years = [str(end.get("name") or "").strip() for end in ends if end.get("type") == "UsageYear"]
        number, version = (str(flow.get(name) or "") for name in ("id", "versionId"))
        yield _flow(number, version, flow, flow.get("amountUSD") or "", years)


def _flow(number: str, version: str, row: dict[str, Any], amount: str, years: list[str]) -> dict[str, Any]:
    updated = row.get("updatedAt") or ""
    rank = (int(version) if version.isdigit() else 0, "" if updated == "NA" else updated)
    said = {name: str(row.get(name) or "").strip() for name in ("status", "boundary", "date")}
    return {"id": str(number).strip(), "rank": rank, "amount": str(amount), "years": years, **said}


def _year(text: str) -> str:
    try:
        return f"{date.fromisoformat(text[:10]).year}"
    except ValueError:
        return ""


def _is(text: str) -> bool:
    return re.fullmatch(r"\s*-?[0-9]{1,18}(\.[0-9]{1,12})?\s*", text) is not None
