"""`registry ready`: what a server shows of the commitments is made before it starts, in a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.__main__ import main
from data_access.library import Library
from data_access.measuring import kept
from data_access.measuring.found import Found
from data_access.registry.findings import known
from data_access.registry.opening import open_registry


def test_what_was_made_ready_is_read_and_not_made_again(
    embedded: object, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["registry", "ready", "--home", str(home)]) == 0
    library, registry = Library(home), open_registry(home)
    cube, held = library.cube(), registry.held()
    assert Found().begin(cube, held, registry) is None, "the checks have been run"
    assert known(registry), "and what they found can be judged"

    def again(*_: object) -> None:
        raise AssertionError("measured once more")

    monkeypatch.setattr(kept, "measured", again)
    monkeypatch.setattr(kept, "_overlaps", again)
    register = kept.Kept().register(cube, held.state, held.pledges)
    assert len(register.outcomes) == len(held.pledges) and register.overlaps
    other = open_registry(tmp_path)  # the same records, kept elsewhere: what the shelf holds is of theirs as well
    assert other.held().state == held.state and not known(other)
    assert (
        Found().begin(cube, other.held(), other, cube.edition) is None and known(other).keys() == known(registry).keys()
    )
    for each in (library, registry, other):
        each.close()
