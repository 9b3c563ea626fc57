"""Inconsistencies planted where they would really be: in the registry's store, in the flows of an edition, in the file
of what sources say. Each of the nineteen checks finds its own through the whole way, and a clean world yields none."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dashboard.amounts import Amount
from dashboard.checks import CHECKS, run
from dashboard.counting import Rule
from dashboard.findings import Finding
from dashboard.links import Link
from dashboard.pledges import Baseline, Delivery, Pledge, Provenance
from dashboard.records import Maker
from data_access.library import open_file
from data_access.measuring.evidence import evidence
from data_access.measuring.said import statements
from data_access.registry import opening
from data_access.registry.opening import open_registry
from data_access.registry.store import Registry
from data_access.registry.writing import Edits, Noted
from tests import small

TODAY = "2026-11-23"
NOTED = Noted("A moderator", "For a test")
PAGE = Provenance("https://example.org/page", "Communiqué", "", "official")
MAKERS = (
    Maker("DAC", "Donors", "collective", "DAC"),
    Maker("FRA", "France", "government", "FRA"),
    Maker("JPN", "Japan", "government", "JPN"),
)
HEADINGS = (
    "pledge", "of", "low", "high", "unit", "prices", "since", "until", "as_of", "counts", "part_of", "title", "address",
)  # fmt: skip
Said = dict[str, str]


def usd(value: str, unit: str = "USD million", prices: str = "") -> Amount:
    return Amount(Decimal(value), Decimal(value), unit, prices)


def counting(*donors: str) -> Rule:
    return Rule("flows", donors=donors, source="crs-donors", since=2010, until=2012)


WHOLE = Pledge(
    "whole", "Donors: 100 million", "Donors", "DAC", "collective", made="2009-07", amount=usd("100"), since="2010",
    until="2012", deadline="2012", delivered=Delivery(usd("100"), "2012", "the donors"), gap="numeric",
    sources=(PAGE,), maker_id="DAC", rule=counting("DAC"), confidence="high",
)  # fmt: skip
FRANCE = replace(
    WHOLE, id="france", title="France: 60 million", maker="France", maker_code="FRA", maker_kind="government",
    parent="whole", amount=usd("60"), delivered=Delivery(usd("60"), "2012", "France"), maker_id="FRA",
    rule=counting("FRA"),
)  # fmt: skip
JAPAN = replace(
    FRANCE, id="japan", title="Japan: 40 million", maker="Japan", maker_code="JPN", amount=usd("40"), maker_id="JPN",
    delivered=Delivery(usd("40"), "2012", "Japan"), rule=counting("JPN"),
)  # fmt: skip
SHARE = replace(
    WHOLE, id="share", title="France: 0.7 per cent", maker="France", maker_code="FRA", maker_kind="government",
    maker_id="FRA", amount=usd("0.7", "% GNI"), delivered=Delivery(usd("0.30", "% GNI"), "2012", "OECD"),
    rule=Rule("share", donors=("FRA",), series="oda_gni", weights="gni", since=2010, until=2012, counts="last",
              low=Decimal("0.7"), high=Decimal("0.7")),
)  # fmt: skip
LIVES = replace(
    WHOLE, id="lives", title="Deaths of children below 50", kind="policy", amount=Amount(), delivered=Delivery(),
    gap="not_measurable",
    rule=Rule("indicator", recipients=("LDC",), series="u5mr", since=2010, until=2012, low=Decimal(50),
              high=Decimal(50), better="down"),
)  # fmt: skip
CLEAN = (WHOLE, FRANCE, JAPAN, SHARE, LIVES)


def said(
    pledge: str, value: str, title: str = "Page", of: str = "promise", unit: str = "USD million", **more: str
) -> Said:
    return {"pledge": pledge, "of": of, "low": value, "high": value, "unit": unit, "title": title} | more


TIMES = {"since": "2010", "until": "2012"}
SAID: tuple[Said, ...] = (
    said("whole", "0.10", unit="USD billion", **TIMES),
    said("france", "60", part_of="whole", **TIMES),
    said("japan", "40", part_of="whole", **TIMES),
    said("france", "60", "Another page", **TIMES),
    said("whole", "2.92", of="public"),
    said("whole", "4.62", of="private"),
    said("whole", "2.92", "Another page", of="public"),
    said("whole", "4.62", "Another page", of="private"),
    said("whole", "30", of="delivery", as_of="2011"),
    said("whole", "90", of="delivery", as_of="2012"),
)
MILLIONS = {  # source, stage, donor, sector, purpose -> US dollars by year, millions
    ("crs-donors", "disbursed", "FRA", "", ""): ("20", "20", "20.5"),
    ("crs-donors", "disbursed", "JPN", "", ""): ("10", "10", "20"),
    ("crs-purposes", "disbursed", "", "122", "12220"): ("20", "20", "30.5"),
    ("crs-purposes", "disbursed", "", "112", "11220"): ("10", "10", "10"),
    ("crs-sectors", "disbursed", "", "120", ""): ("20", "20", "30.5"),
    ("crs-sectors", "disbursed", "", "110", ""): ("10", "10", "10"),
    ("iati-goals", "committed", "GBR", "122", "12220"): ("10", "0", "0"),
    ("iati-goals", "disbursed", "GBR", "122", "12220"): ("4", "6", "0"),
}


def flows() -> list[dict[str, Any]]:
    rows = list[dict[str, Any]]()
    for (source, stage, donor, sector, purpose), amounts in MILLIONS.items():
        for year, millions in zip((2010, 2011, 2012), amounts, strict=True):
            usd_ = Decimal(millions) * 10**6
            texts = {"donor": donor, "sector": sector, "purpose": purpose, "flow": "10" if donor == "GBR" else ""}
            told = {"row": len(rows) + 1, "file": f"{source}.csv", "line": len(rows) + 2, "item": "A-1", "gender": ""}
            money = {"usd": usd_, "usd_constant": usd_, "amount": usd_, "rate": Decimal(1), "currency": "USD"}
            rows.append(
                {"source": source, "stage": stage, "kind": stage, "year": year, "recipient": "KEN", "record": 0}
                | texts | told | money
            )  # fmt: skip
    return rows


def tables() -> small.Rows:
    """Those of the small edition, with flows that agree and indicators that everybody reports."""
    held = small.tables() | {"flow": flows(), "record": [], "total": []}
    for one in held["series"]:
        one["unit"] = {"oda_gni": "% of gross national income"}.get(one["series"], one["unit"])
    names = {"oda_gni": ("FRA", "0.30"), "gni": ("FRA", "1000000000000")}
    values = [(series, *told) for series, told in names.items()]
    values += [("u5mr", country, "40") for country in ("BGD", "ETH", "HTI", "NPL", "TUV", "MDV")]
    held["indicator"] = [
        {"series": series, "country": country, "year": year, "sex": "total", "value": Decimal(value),
         "file": "series.csv", "line": 2}
        for series, country, value in values
        for year in (2010, 2011, 2012)
    ]  # fmt: skip
    return held


@dataclass
class World:
    """A registry, an edition and a file of statements; what is planted is written into one of the three."""

    registry: Registry
    folder: Path
    held: small.Rows
    told: list[Said]

    def write(self, *pledges: Pledge) -> None:
        self.registry.write(Edits(pledges, MAKERS), NOTED)

    def say(self, *more: Said) -> None:
        self.told += more

    def findings(self) -> tuple[Finding, ...]:
        """As a server finds them: from the current state of the store, the edition and the file."""
        file = self.folder / "statements.csv"
        with file.open("w", encoding="utf-8", newline="") as text:
            writer = csv.DictWriter(text, HEADINGS, restval="")
            writer.writeheader()
            writer.writerows(self.told)
        cube = open_file(small.write(self.folder / "2013-01-31.duckdb", self.held))
        try:
            return run(evidence(cube, self.registry.held().pledges.values(), statements(file), TODAY))
        finally:
            cube.close()


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(opening.embedded, "fill", lambda connection: None)
    registry = open_registry(tmp_path)
    made = World(registry, tmp_path, tables(), list(SAID))
    made.write(*CLEAN)
    yield made
    registry.close()


def more(world: World, source: str, stage: str, millions: str) -> None:
    """The first amount of a source at a rung is another."""
    row = next(row for row in world.held["flow"] if (row["source"], row["stage"]) == (source, stage))
    row["usd"] = row["usd_constant"] = row["amount"] = Decimal(millions) * 10**6


def forgotten(world: World, *countries: str) -> None:
    world.held["indicator"] = [row for row in world.held["indicator"] if row["country"] not in countries]


PLANTS: dict[str, Callable[[World], None]] = {
    "parts-and-whole": lambda world: world.say(said("share", "6", part_of="whole", **TIMES)),
    "parts-exceed": lambda world: world.write(replace(JAPAN, amount=usd("41"))),
    "two-figures": lambda world: world.say(said("france", "65", "A third page", **TIMES)),
    "two-windows": lambda world: world.say(said("france", "60", "A third page", since="2010", until="2011")),
    "swapped": lambda world: world.say(
        said("whole", "4.62", "A third page", of="public"), said("whole", "2.92", "A third page", of="private")
    ),
    "year-carried": lambda world: world.say(said("whole", "30", of="delivery", as_of="2012")),
    "two-prices": lambda world: world.say(
        said("whole", "49", "A third page", of="delivery", as_of="2011", prices="2004")
    ),
    "same-money": lambda world: world.write(replace(FRANCE, id="again", parent="", title="France: 60 million, a fund")),
    "restated-as-new": lambda world: world.write(replace(JAPAN, additional="yes", links=(Link("restates", "france"),))),
    "no-currency": lambda world: world.write(replace(SHARE, amount=usd("0.7", "units"))),
    "no-price-base": lambda world: world.write(replace(WHOLE, until="2015", baseline=Baseline(Decimal(5), "2008"))),
    "deadline-passed": lambda world: world.write(replace(JAPAN, delivered=Delivery(), rule=None)),
    "paid-before": lambda world: world.write(replace(FRANCE, made="2011-05")),
    "reported-measured": lambda world: world.write(replace(SHARE, delivered=Delivery(usd("0.35", "% GNI"), "2012"))),
    "other-countries": lambda world: forgotten(world, "TUV", "NPL"),
    "sources-disagree": lambda world: more(world, "crs-sectors", "disbursed", "25"),
    "beyond-committed": lambda world: more(world, "iati-goals", "disbursed", "12"),
    "undeclared-overlap": lambda world: world.write(replace(JAPAN, rule=counting("JPN", "FRA"))),
    "declared-apart": lambda world: world.write(replace(FRANCE, links=(Link("overlaps", "japan"),))),
}  # fmt: skip


def test_a_clean_world_yields_none(world: World) -> None:
    assert world.findings() == ()


@pytest.mark.parametrize("kind", [check.name for check in CHECKS])
def test_what_is_planted_is_found_by_its_check(world: World, kind: str) -> None:
    PLANTS[kind](world)
    found = [finding for finding in world.findings() if finding.check == kind]
    assert found, kind
    assert all(finding.first.figure and finding.second.figure and finding.words.endswith(".") for finding in found)


@pytest.mark.parametrize("kind", ["parts-exceed", "restated-as-new", "declared-apart", "paid-before"])
def test_what_is_put_right_in_the_register_is_found_no_longer(world: World, kind: str) -> None:
    PLANTS[kind](world)
    world.write(*CLEAN)
    assert world.findings() == ()


def test_every_check_has_a_plant() -> None:
    assert set(PLANTS) == {check.name for check in CHECKS} and len(PLANTS) == 19
