"""What `make test` does before it tests: each program that tests need is looked for, and fetched where that may be."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAMS = ("chromium", "postgresql")


def recipe(target: str) -> list[str]:
    """The lines of a target of the Makefile."""
    found = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert found, target
    return [line.strip().lstrip("@") for line in found[1].splitlines()]


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_tests_look_for_the_program_first(program: str) -> None:
    lines = recipe("test")
    assert lines.index(f"tools/{program}") < next(at for at, line in enumerate(lines) if "pytest" in line)
    assert os.access(ROOT / "tools" / program, os.X_OK)


@pytest.mark.parametrize("program", PROGRAMS)
def test_where_the_program_is_there_nothing_is_done(program: str) -> None:
    script = ROOT / "tools" / program
    assert subprocess.run(["bash", "-n", script], capture_output=True, timeout=60).returncode == 0
    done = subprocess.run([script], capture_output=True, text=True, check=False, timeout=600)
    assert (done.returncode, done.stdout) == (0, "")


def test_without_a_way_to_fetch_it_the_script_says_so_and_stops_nothing(tmp_path: Path) -> None:
    """Found nowhere, and no apt: the tests go on, and those that need it fail with a sentence of their own."""
    script = (ROOT / "tools" / "postgresql").read_text("utf-8").replace("/usr/lib/postgresql", str(tmp_path))
    asked = ["bash", "-c", script.replace("command -v", "false")]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0 and "PostgreSQL is missing and could not be installed" in done.stderr
