"""`make bench`: every benchmark, one after the other, then what was promised and what was found.

ROWS is the size of the made-up release that is loaded (default 6,000,000: about 40 minutes on two quiet cores and 15 GB
of disk under BENCH, default the temporary folder; 200,000: about 10 minutes). The release stays there for next time.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from benchmarks import click, first, large, loading, questions
from benchmarks.synthetic import ROWS
from benchmarks.verdicts import print_verdicts

TIMES = 2  # loads of the same file


def main() -> None:
    """The embedded edition first, then the large one; its data folder is removed at the end."""
    rows, folder = int(os.environ.get("ROWS", ROWS)), Path(os.environ.get("BENCH", loading.FOLDER))
    folder.mkdir(parents=True, exist_ok=True)
    questions.main()
    first.main()
    click.main()
    print(f"{rows:,} made-up rows in {folder}; this takes a while.", flush=True)
    loads = loading.verdicts(rows, folder, TIMES, linear=False)
    print_verdicts(f"Loading {rows:,} rows", loads)
    print_verdicts(f"An edition of {rows:,} rows", large.verdicts(folder / "home-text"))
    shutil.rmtree(folder / "home-text", ignore_errors=True)


if __name__ == "__main__":
    main()
