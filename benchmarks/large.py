"""Everything that is promised of a large published edition: `python -m benchmarks.large HOME`.

HOME is a data folder that holds a loaded `crs`; `benchmarks.loading` leaves one. Its memory of answers is emptied.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks import beside, click, listing, overlaps, questions, rules
from benchmarks.verdicts import Verdict, print_verdicts

SOURCE = "crs"


def verdicts(home: Path) -> list[Verdict]:
    """Questions, counting rules and their overlaps, clicks, the ordinary app beside, memory, and the list of rows."""
    click.forget(home)
    found = questions.verdicts(home, SOURCE)
    found += rules.verdicts(home, SOURCE)
    found += overlaps.verdicts(home, SOURCE)
    found += click.verdicts(home, f"?source={SOURCE}")
    found += beside.verdicts(home)
    return found + listing.verdicts(home, SOURCE)


def main() -> None:
    """Prints the table of a large edition."""
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "editions").is_dir():
        raise SystemExit("Usage: python -m benchmarks.large HOME, a data folder with a loaded crs")
    print_verdicts("A large edition", verdicts(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
