"""The papers say what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data_access.cube import Cube

ROOT = Path(__file__).parent.parent
PAPERS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
TEXT = {name: (ROOT / name).read_text("utf-8") for name in PAPERS}
PATHS = re.compile(r"`((?:dashboard|data_access|layouts|callbacks|tests|benchmarks|tools|assets|docs)/[\w./-]*)`")


@pytest.mark.parametrize("paper", PAPERS)
def test_files_that_are_named_exist(paper: str) -> None:
    named = set(PATHS.findall(TEXT[paper])) | set(re.findall(r"`([\w-]+\.(?:py|txt|toml|lock))`", TEXT[paper]))
    assert not [path for path in named if not (ROOT / path).exists()]


@pytest.mark.parametrize("paper", PAPERS)
def test_links_lead_somewhere(paper: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", TEXT[paper])
    assert not [link for link in links if "://" not in link and not (ROOT / link).exists()]


def test_commands_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"make ([a-z]+)\b(?= |`|$)", TEXT["README.md"] + TEXT["CONTRIBUTING.md"]))
    assert {"run", "test", "lint", "bench", "soak"} <= named
    assert named <= targets


def test_the_continuous_check_runs_the_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert "set -euo pipefail" in script.read_text("utf-8")
    assert "make test" in script.read_text("utf-8")


def test_the_sources_of_the_papers_are_those_of_the_edition(embedded: Cube) -> None:
    assert set(re.findall(r"^\| `([a-z0-9-]+)` \| .* \| .*\|$", TEXT["README.md"], re.MULTILINE)) == set(
        embedded.codes.sources
    )


def test_variables_that_are_named_are_read() -> None:
    named = set(re.findall(r"`((?:IIF_[A-Z]+|HOST|PORT))`", TEXT["README.md"]))
    assert named == set(re.findall(r'"(IIF_[A-Z]+|HOST|PORT)"', (ROOT / "dashboard/config.py").read_text("utf-8")))


def test_every_dependency_is_pinned_with_its_reason() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = [line for line in (ROOT / name).read_text("utf-8").splitlines() if line and line[0] not in "#-"]
        assert lines
        assert not [line for line in lines if not re.fullmatch(r"[\w-]+==[\w.]+ +# .{10,}", line)]


def test_the_lock_holds_every_pin() -> None:
    def pins(name: str) -> dict[str, str]:
        lines = (ROOT / name).read_text("utf-8").splitlines()
        found = [re.match(r"([\w.-]+)==([\w.]+)", line) for line in lines]
        return {m[1].lower().replace("_", "-"): m[2] for m in found if m}

    lock = pins("requirements.lock")
    assert lock.items() >= (pins("requirements.txt") | pins("requirements-dev.txt")).items()
