"""A real load of a real-sized layout, killed at random moments or out of room: what is published never moves.

KILLS sets how many kills (`make soak`: 25)."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks.synthetic import release
from data_access import editions
from tests.waiting import begun

ROOT = Path(__file__).parent.parent
KILLS = int(os.environ.get("KILLS", "2"))
ROWS = 30_000 if KILLS < 10 else 150_000
SLOWEST = 120.0  # seconds for a whole load here


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return release(ROWS, tmp_path_factory.mktemp("release")).text


@pytest.fixture(scope="module")
def home(edition_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(edition_home, tmp_path_factory.mktemp("killed") / "home"))


def command(home: Path, file: Path) -> list[str]:
    return [sys.executable, "-m", "data_access", "load", "crs", str(file), "--home", str(home), "--max-refused", "1%"]


def seen(home: Path) -> dict[str, str]:
    kept = [path for folder in ("editions", "parts") for path in (home / folder).glob("[!.]*")]
    return {str(path.relative_to(home)): sha256(path.read_bytes()).hexdigest() for path in [*kept, home / "current"]}


def test_a_load_killed_at_random_moments_leaves_what_is_published_and_the_next_one_works(
    home: Path, file: Path, tmp_path: Path
) -> None:
    whole, first = (Path(shutil.copytree(home, tmp_path / name)) for name in ("whole", "first"))
    began = time.monotonic()
    done = subprocess.run(command(whole, file), cwd=ROOT, capture_output=True, text=True, check=False, timeout=SLOWEST)
    takes = time.monotonic() - began
    assert done.returncode in (0, 1), done.stderr
    before, chance, killed = seen(home), random.Random(2015), 0
    for _ in range(4 * KILLS):
        if killed == KILLS:
            break
        began = time.monotonic()
        with begun(command(home, file), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as load:
            time.sleep(chance.uniform(0.05, 0.95) * takes)
        if editions.current(home) == editions.current(whole):  # done before it was killed: start over, and be quicker
            takes = min(takes, time.monotonic() - began)
            shutil.rmtree(home)
            shutil.copytree(first, home)
            continue
        assert load.returncode == -9
        assert seen(home) == before
        killed += 1
    assert killed == KILLS
    again = subprocess.run(command(home, file), cwd=ROOT, capture_output=True, text=True, check=False, timeout=SLOWEST)
    assert again.returncode in (0, 1), again.stderr
    assert editions.current(home) == editions.current(whole)
    assert not list((home / "parts").glob(".making-*"))
    done = subprocess.run([sys.executable, "-m", "data_access", "editions", "verify", "--home", str(home)], cwd=ROOT,
                          capture_output=True, text=True, check=False, timeout=SLOWEST)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_disk_that_fills_up_is_said_in_megabytes_and_nothing_moves(home: Path, file: Path, tmp_path: Path) -> None:
    """On a small file system of its own, where this may be mounted; the refusal without one is in test_load."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=60m", "tmpfs", small], check=False, capture_output=True, timeout=60
    )
    if mounted.returncode:
        pytest.skip("a file system cannot be mounted here")
    try:
        shutil.copytree(home, small / "home", ignore=shutil.ignore_patterns("crs-*", "rejects", "cache"))
        editions.point(
            small / "home", next(n for n in editions.kept(small / "home") if editions.whole(small / "home", n))
        )
        before = seen(small / "home")
        script = (
            "import sys; from data_access import load; load.SPARE, load.SPACES['.txt'] = 0, 0;"
            "from data_access.__main__ import main; sys.exit(main(sys.argv[1:]))"
        )
        given = [sys.executable, "-c", script, *command(small / "home", file)[3:]]
        done = subprocess.run(given, cwd=ROOT, capture_output=True, text=True, check=False, timeout=SLOWEST)
        assert done.returncode == 2 and "No space is left" in done.stderr and "MB free" in done.stderr, done.stderr
        assert "Traceback" not in done.stderr
        assert seen(small / "home") == before and not list((small / "home" / "parts").glob(".making-*"))
    finally:
        subprocess.run(["umount", small], check=True, timeout=60)
