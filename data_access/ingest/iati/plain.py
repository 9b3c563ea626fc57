"""An independent plain reading of activity files, to check the reader by: standard library, one tree per activity.

It shares no code with the reader and knows nothing of donors, sectors, recipients and shares. It counts the records,
and adds up in US dollars what has a type with a rung, a day, a number and a rate: what the reader kept, and what the
reader refused for other reasons than these.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from data_access.ingest.readers import Lookups, Plain

RUNGS = {
    "2": "committed", "11": "committed", "C": "committed", "3": "disbursed", "4": "disbursed", "D": "disbursed",
    "E": "disbursed", "12": "pledged", "13": "pledged",
}  # fmt: skip
RECORDS = ("transaction", "budget", "planned-disbursement")
ZONE = re.compile(r"(T[0-9:.]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$")
Item = dict[str, Any]
Counted = tuple[str, int, str, int, Decimal]  # publisher, level, stage, year, US dollars


def plain(paths: Sequence[Path], lookups: Lookups) -> Plain:
    """Records, and US dollars by stage and year. Files are taken in the order of their names, as the reader does."""
    records, known, amounts = 0, set[str](), list[Counted]()
    for path in sorted(paths, key=lambda path: path.name):
        for activity in _activities(path):
            if activity.tag.startswith("{"):  # of another namespace: one record, which the reader refuses
                records += 1
                continue
            records += sum(child.tag in RECORDS for child in activity)
            identifier = (activity.findtext("iati-identifier") or "").strip()
            if identifier and identifier in known:
                continue
            known.add(identifier)
            amounts += _amounts(activity, lookups)
    lowest: dict[tuple[str, str], int] = defaultdict(int)
    for publisher, level, stage, *_ in amounts:
        lowest[publisher, stage] = max(lowest[publisher, stage], level)
    sums: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for publisher, level, stage, year, usd in amounts:
        if level == lowest[publisher, stage]:
            sums[stage, year] += usd
    return Plain(records, sums)


def _activities(path: Path) -> Iterator[ElementTree.Element]:
    depth, root = 0, None
    try:
        for event, element in ElementTree.iterparse(path, ("start", "end")):
            depth += 1 if event == "start" else -1
            root = element if root is None else root
            if event == "end" and depth == 1:
                if element.tag.rpartition("}")[2] == "iati-activity":
                    yield element
                root.clear()
    except ElementTree.ParseError as error:
        raise ValueError(f"{path.name}: {error}") from error


def _amounts(activity: ElementTree.Element, lookups: Lookups) -> list[Counted]:
    """Each record that counts."""
    reporter = activity.find("reporting-org")
    publisher = (reporter.get("ref", "") if reporter is not None else "").strip()
    hierarchy = activity.get("hierarchy", "").strip()
    level = int(hierarchy) if re.fullmatch(r"\d{1,3}", hierarchy) else 1
    items = [item for element in activity if element.tag in RECORDS and (item := _item(activity, element, lookups))]
    revised = {item["period"] for item in items if item["revised"]}
    tags = {item["tag"] for item in items}
    outgoing = {item["stage"] for item in items if not item["incoming"]}
    return [
        (publisher, level, item["stage"], item["year"], item["usd"])
        for item in items
        if not (item["tag"] == "budget" and not item["revised"] and item["period"] in revised)
        and not (item["tag"] == "planned-disbursement" and "budget" in tags)
        and not (item["incoming"] and item["stage"] in outgoing)
    ]


def _item(activity: ElementTree.Element, element: ElementTree.Element, lookups: Lookups) -> Item | None:
    typed = element.find("transaction-type")
    code = typed.get("code", "").strip().upper() if typed is not None else ""
    moved = element.tag == "transaction"
    stage = RUNGS.get(code, "") if moved else "budgeted"
    dated = _date(element.find("transaction-date" if moved else "period-start"), "iso-date", moved)
    value = element.find("value")
    if not stage or not dated or value is None:
        return None
    usd = _dollars(activity, value, dated, moved, lookups)
    if usd is None:
        return None
    last = element.find("period-end")
    return {
        "stage": stage, "tag": element.tag, "year": dated.year, "usd": usd,
        "incoming": moved and code in ("11", "13"),
        "revised": element.tag == "budget" and element.get("type", "").strip().upper() in ("2", "REVISED"),
        "period": (dated, last.get("iso-date", "").strip() if last is not None else ""),
    }  # fmt: skip


def _date(element: ElementTree.Element | None, name: str, moved: bool) -> date | None:
    if element is None:
        return None
    written = (element.get(name) or "").strip() or (element.text or "").strip()
    if not ZONE.fullmatch(written[10:]) or len(written) < 10:
        return None
    try:
        found = date.fromisoformat(written[:10])
    except ValueError:
        return None
    late = moved and found > date.today()
    return found if 1960 <= found.year <= 2050 and not late else None


def _dollars(
    activity: ElementTree.Element, value: ElementTree.Element, dated: date, moved: bool, lookups: Lookups
) -> Decimal | None:
    text = (value.text or "").strip()
    if not re.fullmatch(r"[+-]?(\d{1,16}(\.\d{0,40})?|\.\d{1,40})", text, re.ASCII):
        return None
    amount = Decimal(text).quantize(Decimal("1e-8"), ROUND_HALF_EVEN)
    if (value.get("value-date") or "").strip():
        valued = ElementTree.Element("value-date", {"iso-date": value.get("value-date", "")})
        if (found := _date(valued, "iso-date", moved)) is None:
            return None
        dated = found
    currency = ((value.get("currency") or "").strip() or activity.get("default-currency", "").strip()).upper()
    try:
        rate = lookups.rates.of(currency, dated.year)
    except LookupError:
        return None
    usd = amount if currency == "USD" else (amount / rate).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    return usd if abs(usd) < 10**15 else None
