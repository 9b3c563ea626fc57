"""`registry ready`: what a server shows of the commitments is made before it starts, in a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.__main__ import main
from data_access.cube import Cube
from data_access.library import Library
from data_access.measuring import evidence, kept
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
    monkeypatch.setattr(kept, "overlapping", again)
    register = kept.Kept().register(cube, held.state, held.pledges)
    assert len(register.outcomes) == len(held.pledges) and register.overlaps
    other = open_registry(tmp_path)  # the same records, kept elsewhere: what the shelf holds is of theirs as well
    assert other.held().state == held.state and not known(other)
    assert (
        Found().begin(cube, other.held(), other, cube.edition) is None and known(other).keys() == known(registry).keys()
    )
    for each in (library, registry, other):
        each.close()


def broken(*_: object) -> None:
    raise RuntimeError("planted")


def test_what_a_fault_stopped_is_not_kept_and_made_at_the_next_start(
    embedded: Cube, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = open_registry(home).held()
    pair = kept.Kept().register(embedded, held.state, held.pledges).overlaps[0]
    two = {id_: held.pledges[id_] for id_ in (pair.first, pair.second)}
    with monkeypatch.context() as patched:
        patched.setattr(kept, "overlapping", broken)
        patched.setattr(kept, "measure", broken)
        register = kept.Kept().register(embedded, "a state of two", two)
        assert register.overlaps == () and register.together is None
        assert {one.why for one in register.outcomes.values()} == {kept.STOPPED}
    assert kept.shelved_overlaps(embedded, "a state of two") is None
    register = kept.Kept().register(embedded, "a state of two", two)
    assert register.overlaps == (pair,) and not any(one.why == kept.STOPPED for one in register.outcomes.values())
    assert kept.shelved_overlaps(embedded, "a state of two") == (pair,)


def test_the_checks_take_the_overlaps_that_have_been_made(
    embedded: Cube, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = open_registry(home).held()
    pair = kept.Kept().register(embedded, held.state, held.pledges).overlaps[0]
    two = [held.pledges[id_] for id_ in (pair.first, pair.second)]
    computed = evidence.evidence(embedded, two, (), "2026-11-23").shared
    monkeypatch.setattr(evidence, "pairs", broken)
    given = evidence.evidence(embedded, two, (), "2026-11-23", (pair,)).shared
    assert given == computed == {tuple(sorted((pair.first, pair.second))): pair.usd}
