"""A dimension more: told to the code in one place, it is found in every channel, and changes every figure."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.dimension_added import CHANNELS, NAMES, ROOT

PICKED = NAMES["c2"]  # in words
HELD = {  # channel -> what of the dimension stands in it
    "file as JSON": (PICKED, "climate=c2&edition="),
    "metadata": (f'"selection":"Climate: {PICKED} (c2); Years picked: 2000', "climate=c2&edition="),
    "rows": ('Climate,"Climate, name"', f"c2,{PICKED},"),
    "frame": (PICKED, "climate=c2"),
    "briefing": (PICKED, "climate=c2"),
    "citation": (
        f"Climate: {PICKED} (c2); Years picked: 2000",
        "Source: AidData IATI release.",
        "/?climate=c2&edition=",
    ),
    "BibTeX": (f"Climate: {PICKED} (c2)", "AidData IATI release", "/?climate=c2&edition="),
    "RIS": (f"N1  - Climate: {PICKED} (c2)", "UR  - http://127.0.0.1:8050/?climate=c2&edition="),
    "CSL-JSON": (f"Climate: {PICKED} (c2)", "/?climate=c2&edition="),
    "citation of the page": (f"Climate: {PICKED} (c2)", "/?climate=c2&edition="),
    "short link": ('"address":"/?climate=c2"',),
    "program": ('"climate":"c2"', f'"climate_name":"{PICKED}"', f'"selection":"Climate: {PICKED} (c2);', "climate=c2"),
    "program's rows": ('"climate":"c2"', f'"climate_name":"{PICKED}"', "/rows?climate=c2&source=iati-goals&edition="),
    "codes": ('"code":"c2"', f'"name":"{PICKED}"'),
    "sources": ("flow climate year",),
    "document": ('"name":"climate","in":"query"', '"climate_name"', "gender|climate|year"),
    "page for programs": ("<code>climate</code>",),
    "feed": (f"Changes. Climate: {PICKED} (c2)",),
    "head": (PICKED, 'rel="canonical" href="http://127.0.0.1:8050/?climate=c2"'),
    "head of a Goal": (f"counting only {PICKED}", "/goal/5?climate=c2"),
    "frame by oEmbed": ("/embed/gap?climate=c2", f"Climate: {PICKED} (c2)"),
    "panel": (f"Committed and disbursed, {PICKED}, ", "AidData IATI release"),
    "picture": (f'"data-filters": "Climate: {PICKED} (c2); ', '"data-address": "/?climate=c2&edition='),
    "page": (f"Climate{PICKED}",),
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """What each channel holds, of a process that has the dimension."""
    folder = tmp_path_factory.mktemp("dimension")
    child = subprocess.run(
        [sys.executable, ROOT / "tests" / "dimension_added.py", folder],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=300, cwd=folder,
    )  # fmt: skip
    assert child.returncode == 0, child.stderr[-3000:]
    return {name: (status, text) for name, (status, text) in json.loads(child.stdout).items()}


@pytest.mark.parametrize("channel", HELD)
def test_a_dimension_is_found_in_every_channel(told: dict[str, tuple[int, str]], channel: str) -> None:
    status, text = told[channel]
    assert status == 200, text[:300]
    assert not [words for words in HELD[channel] if words not in text], text[:1500]


def test_the_figures_are_those_of_what_is_picked(told: dict[str, tuple[int, str]]) -> None:
    assert told["figure"] == told["expected"]
    [total] = [line for line in told["file"][1].splitlines() if line.startswith("disbursed")]
    assert total.split(",")[1] == told["expected"][1].rstrip("0")


def test_a_source_that_does_not_tell_it_apart_says_so(told: dict[str, tuple[int, str]]) -> None:
    status, text = told["other source"]
    assert status == 404 and "OECD DAC1 does not distinguish climate." in text


def test_no_channel_is_left_out() -> None:
    assert set(CHANNELS) - {"file"} <= set(HELD), "the file itself holds figures, and its description the words"
