"""The list of rows through HTTP: its first page, and a sorted page anywhere, as the browser asks for them."""

from __future__ import annotations

import gzip
import json
import random
import time
import urllib.request
from pathlib import Path
from statistics import median
from typing import Any

import duckdb

from benchmarks.click import forget, p95
from benchmarks.verdicts import Verdict
from dashboard.selection import TERMS, Selection
from data_access import editions, parts
from layouts import ids
from layouts.pages import ROWS_PATH
from tests.browser.reading import serving

FIRST, ANYWHERE = 300.0, 1000.0  # milliseconds at most
PICKS = ("KEN", "ETH", "IND", "BGD", "VNM", "PAK", "NGA", "TZA", "UGA", "GHA")
SORTED = 20


class Asking:
    """A server's page, asked for as Dash's script in the browser does."""

    def __init__(self, address: str) -> None:
        self._address = address
        with urllib.request.urlopen(f"{address}/_dash-dependencies") as got:
            known = json.load(got)
        self._callback = next(one for one in known if f"{ids.PAGE}.children" in one["output"])

    def page(self, path: str, query: str) -> tuple[float, str]:
        """Milliseconds until a whole page has come, and what came."""
        said = {"pathname": path, "search": query}
        outputs = [named.rsplit(".", 1) for named in self._callback["output"].strip(".").split("...")]
        body = {
            "output": self._callback["output"],
            "outputs": [{"id": one, "property": prop} for one, prop in outputs],
            "inputs": [_given(one, said) for one in self._callback["inputs"]],
            "state": [_given(one, said) for one in self._callback["state"]],
            "changedPropIds": [f"{one['id']}.{one['property']}" for one in self._callback["inputs"]],
        }
        asked = urllib.request.Request(
            f"{self._address}/_dash-update-component",
            json.dumps(body).encode(),
            {"Content-Type": "application/json", "Accept-Encoding": "gzip"},
        )
        began = time.perf_counter()
        with urllib.request.urlopen(asked) as got:
            came = got.read()
        took = (time.perf_counter() - began) * 1000
        return took, (gzip.decompress(came) if came[:2] == b"\x1f\x8b" else came).decode()


def _given(one: dict[str, Any], said: dict[str, str]) -> dict[str, Any]:
    return {"id": one["id"], "property": one["property"], "value": said.get(one["property"], "")}


def verdicts(home: Path, source: str) -> list[Verdict]:
    """First pages of selections never asked before, and pages anywhere in the whole list, in every order."""
    chance, file, rows = random.Random(5), *behind(home, source)
    forget(home)
    with serving(home) as address:
        server = Asking(address)
        server.page(ROWS_PATH, f"?{Selection(source=source, recipient=('BRA',)).write()}")  # the first pays for imports
        queries = [Selection(source=source, recipient=(code,)).write() for code in PICKS]
        first = [taken(server, query, file) for query in (Selection(source=source).write(), *queries)]
        anywhere = [taken(server, _sorted(source, rows, chance), file) for _ in range(SORTED)]
    return [
        Verdict("first page of the rows, median", median(first), FIRST, "ms", detail=f"longest {max(first):.0f} ms"),
        Verdict("a sorted page anywhere, 95th percentile", p95(anywhere), ANYWHERE, "ms",
                detail=f"median {median(anywhere):.0f} ms, longest {max(anywhere):.0f} ms, of {rows:,} rows"),
    ]  # fmt: skip


def taken(server: Asking, query: str, file: str) -> float:
    """Milliseconds of a page, which must hold rows."""
    took, came = server.page(ROWS_PATH, f"?{query}")
    if file not in came:
        raise AssertionError(f"{ROWS_PATH}?{query} shows no row of {file}: {came[:300]}")
    return took


def _sorted(source: str, rows: int, chance: random.Random) -> str:
    sort = chance.choice([word for word in TERMS["sort"] if word != "row"])
    return Selection(source=source).change(sort=sort, page=chance.randint(1, max(rows // 100, 1))).write()


def behind(home: Path, source: str) -> tuple[str, int]:
    """The file a source was loaded from, and how many rows the usual years hold."""
    part = parts.file_of(home, editions.read(home, editions.current(home)).parts[source])
    usual = Selection()
    asked = "SELECT any_value(file), count(*) FROM flow WHERE year BETWEEN ? AND ?"
    connection = duckdb.connect(str(part), read_only=True)
    [(file, rows)] = connection.execute(asked, [usual.since, usual.until]).fetchall()
    connection.close()
    return str(file), int(rows)
