"""What the paper about the interface for programs says is so; `test_examples.py` runs its examples."""

from __future__ import annotations

import re
from pathlib import Path

from dashboard.api.operations import API, OPERATIONS
from dashboard.api.parameters import LIMITS, MOST, USUAL

ROOT = Path(__file__).parent.parent
PAPER = (ROOT / "docs" / "api.md").read_text("utf-8")


def test_every_operation_stands_in_the_paper_and_no_other() -> None:
    assert set(re.findall(rf"`{API}(/[^`]*)`", PAPER)) - {"/...", "/openapi.json"} == {one.path for one in OPERATIONS}


def test_the_paper_states_the_limits_that_hold() -> None:
    assert f"`limit` is 1 to {MOST} rows, {USUAL} where none is given" in PAPER
    for name, of in (("rows", "rows"), ("characters", "characters"), ("keys", "parameters"), ("codes", "codes")):
        assert f"{LIMITS[name][0]:,} {of}" in PAPER
    assert f"{LIMITS['text'][0]}\n  characters of a text" in PAPER and LIMITS["questions"][0] == 2


def test_the_readme_leads_to_the_paper() -> None:
    assert "(docs/api.md)" in (ROOT / "README.md").read_text("utf-8")
