"""Hundreds of promises measured, and the overlap of all pairs of them, as `registry ready` does it; then read again.

The promises are rules at random over the source. Each step is a process of its own, so that its memory is its own and
it remembers nothing but what is kept on disk.
"""

from __future__ import annotations

import json
import sys
import tempfile
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.click import alike
from benchmarks.measured import run
from benchmarks.random_rules import rules
from benchmarks.verdicts import Verdict
from dashboard.counting import Rule
from dashboard.pledges import Pledge
from dashboard.rules import read as read_rule
from data_access.cube import Cube
from data_access.library import open_cube
from data_access.measuring import measure
from data_access.measuring.kept import Kept

PLEDGES, STATE = 500, "promises made at random"
SECONDS, MEGABYTES, INSTANTLY = 120.0, 4_000.0, 100.0  # at most; the last in milliseconds
MAKE, READ = "make", "read"


def measured(cube: Cube, source: str, count: int) -> list[Rule]:
    """So many rules of money at random that come to a figure: only rules that read rows can share any."""
    made = (rule for rule in rules(cube.codes, cube.codes.sources[source], count * 4) if rule.kind == "flows")
    return list(islice((rule for rule in made if measure(cube, rule).measured), count))


def pledges(file: Path) -> dict[str, Pledge]:
    """A promise for each line of a file, which is a rule in its written form."""
    written = [read_rule(line)[0] for line in file.read_text("utf-8").splitlines()]
    return {f"promise-{at}": Pledge(f"promise-{at}", f"Promise {at}", "Nobody", rule=rule)
            for at, rule in enumerate(written)}  # fmt: skip


def make(cube: Cube, held: dict[str, Pledge]) -> dict[str, float]:
    """Measures them and keeps what was found."""
    began, busy = perf_counter(), process_time()
    found = Kept().register(cube, STATE, held)
    seconds, processor, figures = (
        perf_counter() - began,
        process_time() - busy,
        sum(one.measured for one in found.outcomes.values()),
    )
    return {"seconds": seconds, "processor": processor, "measured": figures, "pairs": len(found.overlaps)}


def read(cube: Cube, held: dict[str, Pledge]) -> dict[str, float]:
    """The overlaps of one promise, from what was kept, in a process that has just begun; and of another one then."""
    kept, times, found = Kept(), list[float](), 0
    for id_ in list(held)[:2]:
        began = perf_counter()
        register = kept.at_hand(cube, STATE, held)
        if register is None:
            raise SystemExit("Nothing was kept.")
        found += len([pair for pair in register.overlaps if id_ in (pair.first, pair.second)])
        times.append((perf_counter() - began) * 1000)
    return {"first": times[0], "then": times[1], "pairs": found}


def verdicts(home: Path, source: str, count: int = PLEDGES) -> list[Verdict]:
    """Seconds and memory of making them, milliseconds of reading them; of a data folder whose answers are forgotten."""
    with alike(home) as other, tempfile.TemporaryDirectory() as logs:
        cube, file = open_cube(home), Path(logs) / "rules"
        file.write_text("\n".join(rule.write() for rule in measured(cube, source, count)), encoding="utf-8")
        cube.close()
        given = [sys.executable, "-m", "benchmarks.overlaps", str(other), str(file)]
        made, seen = (run([*given, step], Path(logs) / step) for step in (MAKE, READ))
    told, again = (json.loads(done.said.splitlines()[-1]) for done in (made, seen))
    name = f"{count} promises measured, with the overlap of all pairs"
    behind = f"{told['processor']:.0f} s of the processor; {told['pairs']:,} pairs count money in common"
    return [
        Verdict(name, told["seconds"], SECONDS, "s", detail=behind),
        Verdict("memory meanwhile", made.peak / 1e6, MEGABYTES, "MB", detail="the process with all its children"),
        Verdict("overlaps of one of them read in a new process", again["first"], INSTANTLY, "ms"),
        Verdict("overlaps of another read then", again["then"], INSTANTLY, "ms"),
    ]


def main() -> None:
    """One step, told as JSON."""
    home, file, step = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    cube, held = open_cube(home), pledges(file)
    print(json.dumps((make if step == MAKE else read)(cube, held)))
    cube.close()


if __name__ == "__main__":
    main()
