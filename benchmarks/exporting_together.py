"""Ten files of rows at once from a server of its own: whether all come whole, and how long panels take meanwhile."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from benchmarks.click import p95
from benchmarks.verdicts import Verdict
from tests.browser.reading import serving

AT_ONCE, SLOWER = 10, 2.0
PANELS = ("gap", "donors", "recipients", "goals", "years", "ranking")
COUNTRIES = ("KEN", "ETH", "IND", "BGD", "VNM", "PAK", "NGA", "TZA", "UGA", "GHA", "NPL", "HTI", "AFG", "IDN", "CHN")
WARM, APART, PAUSE = 20, 60, 0.05  # panels that are not counted, panels without files on either side, seconds
READ = """
import sys, urllib.request
with urllib.request.urlopen(sys.argv[1]) as answer:
    rows, end = int(answer.headers["X-Rows"]), b""
    while piece := answer.read(1 << 20):
        rows, end = rows - piece.count(b"\\n"), piece[-1:]
print("whole" if rows == -1 and end == b"\\n" else f"{rows} lines lack")
"""


def verdicts(home: Path, query: str) -> list[Verdict]:
    """Panels are asked for one after the other, each under a selection of its own, so that none is remembered: without
    files, while they are written, and without again."""
    asked = _panels()
    with serving(home) as address:
        list(islice(_took(address, asked), WARM))
        apart = list(islice(_took(address, asked), APART))
        files = [_file(f"{address}/export/rows.csv?{query}") for _ in range(AT_ONCE)]
        meanwhile, began = list[float](), time.perf_counter()
        for took in _took(address, asked):
            meanwhile.append(took)
            if all(file.poll() is not None for file in files):
                break
        spent = time.perf_counter() - began
        apart += islice(_took(address, asked), APART)
    whole = sum(file.communicate()[0].strip() == "whole" for file in files)
    return [
        Verdict("ten files at once: that came whole", whole, AT_ONCE, "files", "least", f"{spent:.0f} s"),
        _slower("95th percentile", p95(meanwhile), p95(apart), SLOWER),
        _slower("median", median(meanwhile), median(apart), None),
    ]


def _slower(name: str, meanwhile: float, apart: float, most: float | None) -> Verdict:
    detail = f"{meanwhile * 1000:.0f} ms over {apart * 1000:.0f}"
    return Verdict(f"a panel meanwhile, {name}, over that without", meanwhile / apart, most, detail=detail)


def _file(address: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", READ, address], stdout=subprocess.PIPE, text=True)


def _panels() -> Iterator[str]:
    """Addresses, in an order drawn from a seed that never changes; none comes twice."""
    drawn = [
        f"/embed/{panel}?recipient={country}&since={since}&until={until}"
        for panel in PANELS
        for country in COUNTRIES
        for since in range(2000, 2008)
        for until in range(2010, 2016)
    ]
    random.Random("together").shuffle(drawn)
    return iter(drawn)


def _took(address: str, asked: Iterator[str]) -> Iterator[float]:
    for one in asked:
        began = time.perf_counter()
        with urlopen(address + one) as answer:
            answer.read()
        yield time.perf_counter() - began
        time.sleep(PAUSE)
