"""The compilation of commitments in, the embedded registry out: one name for each maker and forum, units and words of
one kind, every mended or doubtful cell said in the record. `python -m data_access compile-registry FOLDER` calls this.
"""

from __future__ import annotations

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq

from dashboard.pledges import read_links, write_links
from dashboard.records import Directory, Forum, Initiative, Maker
from data_access.registry import cells as texts
from data_access.registry import embedded
from data_access.registry.checks import wrong_cells
from data_access.registry.columns import NAMES, NO
from data_access.registry.compiling import sense, wording

HERE = Path(__file__).parent / "compiling"
MILLION = Decimal(1_000_000)
CURRENCY = re.compile(r"Pledge currency: ([A-Z]{3}) ([\d,.]+) m\. ?")
COUNTED = re.compile(r" ?Delivery counted as: ([^.]*(?:\.\d[^.]*)*)\.$")
UNITS = {
    "% increase": "percent increase",
    "% improvement": "percent improvement",
    "% increase per year": "percent increase per year",
    "percent of need (approx.)": "percent of need",
    "percent skilled birth attendance": "percent of births with skilled attendance",
    "lives (women)": "lives",
    "eligible countries": "countries",
}
DELIVERED: Mapping[str, tuple[str, str]] = {  # unit as compiled -> unit, what it counts
    "percent disbursed": ("percent of promise", "disbursed"),
    "percent disbursed (two thirds)": ("percent of promise", "disbursed (two thirds)"),
    "percent signed as grant agreements": ("percent of promise", "signed as grant agreements"),
    "percent paid": ("percent of promise", "paid"),
    "countries meeting the target": ("countries", "meeting the target"),
    "countries at completion point": ("countries", "at completion point"),
    "countries served": ("countries", "served"),
    "eligible countries": ("countries", "eligible"),
    "countries pledged (by 15 May 2011)": ("countries", "that had pledged by 15 May 2011"),
    "percent internet users (95% in 2G reach)": (
        "percent internet users",
        "using the internet; 95 per cent in 2G reach",
    ),
    "NOK million (970 m for results 2009-12)": ("NOK million", "paid"),
    "NOK million (of 920 m in all)": ("NOK million", "paid"),
    "G8RG compliance score (-1 to +1)": ("compliance score", "score from -1 to +1 of the G8 Research Group"),
}
WHOLE = "The record as a whole: no document was seen."
UNVERIFIED = (
    (re.compile(r"[Ee]xact wording of the promise is from memory"), "The exact wording of the promise."),
    (re.compile(r"[Ee]xact year (?:is )?from memory"), "The exact year."),
    (re.compile(r"from memory"), "What the title or the remarks mark as from memory."),
)
SAME = {  # column as compiled -> ours
    "id": "id", "parent_id": "parent", "kind": "kind", "place": "place", "date_made": "made", "price_basis": "prices",
    "amount_low": "amount_low", "amount_high": "amount_high", "period_start": "since", "period_end": "until",
    "deadline": "deadline", "baseline_value": "baseline_value", "baseline_year": "baseline_year",
    "additional": "additional", "delivered_as_of": "delivered_as_of", "source_title": "source_title",
    "source_kind": "source_kind", "source_url": "source_address", "confidence": "confidence",
    "gender_relevant": "sexes",
}  # fmt: skip
PLACES = {"St Petersburg": "Saint Petersburg"}
Row = dict[str, str]


@dataclass(frozen=True)
class Names:
    """Spellings of the compilation -> ids of records."""

    makers: tuple[Row, ...]
    fora: tuple[Row, ...]
    prefixes: tuple[Row, ...]

    def maker(self, row: Row) -> str:
        """By spelling, and where one is used for several makers by the record; a Government by its country code."""
        code = row["maker_iso3_or_code"]
        if row["maker_kind"] == "government" and re.fullmatch("[A-Z]{3}", code):
            return code
        return next(
            one["maker"]
            for one in self.makers
            if one["spelling"] == row["maker"] and row["id"].startswith(one["pledge"])
        )

    def forum(self, row: Row) -> str:
        return next(
            one["forum"]
            for one in self.fora
            if one["spelling"] == row["forum"] and row["date_made"].startswith(one["date"])
        )

    def initiative(self, pledge: str) -> str:
        """That of the longest prefix of the record's id."""
        fitting = [one for one in self.prefixes if pledge.startswith(one["prefix"])]
        return max(fitting, key=lambda one: len(one["prefix"]))["initiative"] if fitting else ""


def compile_registry(folder: Path, target: Path, reference: Path) -> tuple[int, list[str]]:
    """Writes the embedded registry from `pledges.csv` of a folder; answers how many records it has, and what was mended
    or kept, a sentence each. Raises ValueError, a sentence, where a record cannot be kept."""
    names = Names(
        *(tuple(_rows(HERE / f"{one}.csv")) for one in ("maker_spellings", "forum_spellings", "initiative_prefixes"))
    )
    raw = list(_rows(folder / "pledges.csv"))
    corrections = list(_rows(HERE / "corrections.csv"))
    pledges = [_corrected(_cells(row, names), corrections) for row in raw]
    directory = _directory(reference, {row["maker"] for row in pledges})
    pledges = [sense.statuses(_said(row, sense.oddities(row, directory.fora.get(row["forum"])))) for row in pledges]
    sense.both_ways(pledges)
    ids = {row["id"] for row in pledges}
    found = [f"{row['id']}: {wrong}" for row in pledges for wrong in wrong_cells(row, directory, ids)]
    if found:
        raise ValueError(f"{len(found)} cells cannot be kept, the first: {found[0]}")
    read = [texts.read(row, directory) for row in pledges]
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target, prefix=".compiling-") as beside:
        embedded.keep(Path(beside), directory, [texts.write(pledge) for pledge in read])
        for path in sorted(Path(beside).iterdir()):
            path.replace(target / path.name)
    return len(read), [f"{row['id']}: {row['checked']}" for row in pledges if row["checked"]]


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _directory(reference: Path, used: set[str]) -> Directory:
    members = pq.read_table(reference / "member.parquet").to_pylist()
    countries = {row["code"]: row["name"] for row in members if row["dimension"] in ("recipient", "donor")}
    listed = [Maker(row["maker"], row["name"], row["kind"], row["code"]) for row in _rows(HERE / "makers.csv")]
    known = {maker.id for maker in listed}
    governments = [Maker(code, countries[code], "government", code) for code in sorted(used - known)]
    fora = [
        Forum(row["forum"], row["name"], row["kind"], row["place"], row["date"]) for row in _rows(HERE / "fora.csv")
    ]
    initiatives = [Initiative(row["initiative"], row["name"]) for row in _rows(HERE / "initiatives.csv")]
    return Directory.of([*fora, *(maker for maker in listed if maker.id in used), *governments, *initiatives])


def _cells(row: Row, names: Names) -> Row:
    """One record in our columns and words."""
    cells = dict.fromkeys(NAMES, "") | {ours: row[theirs].strip() for theirs, ours in SAME.items()}
    cells |= {"maker": names.maker(row), "forum": names.forum(row), "initiative": names.initiative(row["id"])}
    cells |= {name: "; ".join(row[name].split(";")) for name in ("goals", "targets")}
    cells["place"] = PLACES.get(cells["place"], cells["place"])
    cells["title"], cells["measures"] = wording.title(row["title"]), wording.note(row["measures"])
    cells["unit"] = UNITS.get(row["unit"], row["unit"])
    if row["amount_usd_at_time"]:
        cells["usd_at_time"] = texts.figure(Decimal(row["amount_usd_at_time"]) * MILLION)
    checked = [*_links(cells, row), *_in_its_currency(cells, row), *_without_figure(cells)]
    _delivery(cells, row)
    remarks = COUNTED.sub("", CURRENCY.sub("", row["gap_note"]) if checked else row["gap_note"])
    cells["remarks"] = wording.note(f"{cells['remarks']} {remarks}")
    cells["gap"] = _gap(cells, row)
    cells["unverified"] = _unverified(cells)
    cells["sexes"] = cells["sexes"] or NO
    cells["checked"] = " ".join(checked)
    return cells


def _links(cells: Row, row: Row) -> Iterator[str]:
    kept = list[str]()
    for part in (one.strip() for one in row["links"].split(";") if one.strip()):
        try:
            kept.append(write_links(read_links(part)))
        except ValueError:
            cells["remarks"] = f"{part[:1].upper()}{part[1:].replace(' (no own row)', '')}."
            yield "One tie is to something that has no record here: it stands in the remarks."
    cells["links"] = "; ".join(kept)


def _in_its_currency(cells: Row, row: Row) -> Iterator[str]:
    """Dollars of the day go beside an amount in the currency in which it was pledged."""
    stated = CURRENCY.search(row["gap_note"])
    if (
        stated
        and cells["unit"] == "USD million"
        and stated[1] != "USD"
        and row["amount_usd_at_time"] == row["amount_low"]
    ):
        cells["amount_low"] = cells["amount_high"] = stated[2].replace(",", "")
        cells["unit"] = f"{stated[1]} million"
        yield "Given in US dollars: put into the currency of the pledge, with the dollars of the day beside it."


def _without_figure(cells: Row) -> Iterator[str]:
    if cells["unit"] and not cells["amount_low"]:
        cells["unit"] = ""
        yield "A unit stood without a figure: taken out."


def _delivery(cells: Row, row: Row) -> None:
    unit, counts = DELIVERED.get(row["delivered_unit"], (row["delivered_unit"], ""))
    stated = COUNTED.search(row["gap_note"])
    cells["delivered_low"] = cells["delivered_high"] = row["delivered_value"]
    cells["delivered_unit"] = UNITS.get(unit, unit)
    cells["delivered_counts"] = wording.note(stated[1]) if stated else counts
    cells["delivered_by"] = wording.reporter(row["reported_by"])
    if not row["delivered_value"]:
        state = row["gap_state"]
        cells["delivered_absence"] = state if state in ("not_due", "not_clear") else "not_reported"


def _gap(cells: Row, row: Row) -> str:
    """Not measurable, where nothing numeric was promised, is no numeric target."""
    nothing = row["gap_state"] == "not_measurable" and not cells["amount_low"]
    return "no_target" if nothing else row["gap_state"]


def _unverified(cells: Row) -> str:
    if cells["source_kind"] == "memory":
        return WHOLE
    told = f"{cells['title']} {cells['remarks']}"
    return next((words for pattern, words in UNVERIFIED if pattern.search(told)), "")


def _said(cells: Row, sentences: Iterable[str]) -> Row:
    """With what a check found, after what was mended."""
    return cells | {"checked": " ".join((cells["checked"], *sentences)).strip()}


def _corrected(cells: Row, corrections: Iterable[Row]) -> Row:
    for one in corrections:
        if one["pledge"] == cells["id"]:
            if one["column"] != "checked":
                cells[one["column"]] = one["value"]
            cells["checked"] = f"{cells['checked']} {one['note']}".strip()
    return cells
