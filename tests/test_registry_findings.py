"""Where findings stand: what is explained stays so until its figures change, and every judgement is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data_access.registry import opening
from data_access.registry.findings import CORRECTED, EXPLAINED, OPEN, Seen, judge, note, standings
from data_access.registry.opening import open_registry
from data_access.registry.store import Registry
from data_access.registry.writing import Noted, Refused

SUM = Seen("sum-of-parts:muskoka-2010-g8", "sum-of-parts", "5000 against 5075")
TWO = Seen("two-windows:muskoka-2010-united-kingdom", "two-windows", "600 against 2100")
NOTED = Noted("A moderator", "The total is rounded in the communiqué")


@pytest.fixture(params=["sqlite", "postgresql"])
def registry(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    monkeypatch.setattr(opening.embedded, "fill", lambda connection: None)
    address = request.getfixturevalue("postgres_database") if request.param == "postgresql" else ""
    opened = open_registry(tmp_path, address)
    yield opened
    opened.close()


def statuses(registry: Registry) -> dict[str, str]:
    return {id: standing.status for id, standing in standings(registry).items()}


def test_what_is_found_is_open_and_found_again_is_no_second_finding(registry: Registry) -> None:
    note(registry, [SUM, TWO])
    note(registry, [SUM, TWO])
    assert statuses(registry) == {SUM.id: OPEN, TWO.id: OPEN}
    assert [len(standing.history) for standing in standings(registry).values()] == [1, 1]


def test_what_is_explained_is_not_raised_again_unless_its_figures_change(registry: Registry) -> None:
    note(registry, [SUM])
    judge(registry, SUM.id, EXPLAINED, NOTED)
    note(registry, [SUM])
    assert statuses(registry) == {SUM.id: EXPLAINED}
    note(registry, [Seen(SUM.id, SUM.check, "5000 against 5300")])
    standing = standings(registry)[SUM.id]
    assert (standing.status, standing.figures) == (OPEN, "5000 against 5300")
    assert [one.status for one in standing.history] == [OPEN, EXPLAINED, OPEN]
    assert standing.history[1].who == "A moderator" and standing.history[1].figures == SUM.figures


def test_what_is_found_no_longer_is_corrected_and_opens_when_it_comes_back(registry: Registry) -> None:
    note(registry, [SUM, TWO])
    note(registry, [TWO], checks=["sum-of-parts"])
    assert statuses(registry) == {SUM.id: CORRECTED, TWO.id: OPEN}
    note(registry, [SUM, TWO], checks=["sum-of-parts"])
    assert statuses(registry)[SUM.id] == OPEN


def test_a_check_that_was_not_run_says_nothing_of_its_findings(registry: Registry) -> None:
    note(registry, [SUM, TWO])
    note(registry, [], checks=["two-windows"])
    assert statuses(registry) == {SUM.id: OPEN, TWO.id: CORRECTED}


@pytest.mark.parametrize(
    ("finding", "status", "noted", "said"),
    [
        (SUM.id, "closed", NOTED, "closed is no status"),
        ("nothing", OPEN, NOTED, "There is no finding nothing"),
        (SUM.id, EXPLAINED, Noted("", ""), "says who makes it and why"),
    ],
)
def test_a_judgement_that_says_too_little_is_refused(
    registry: Registry, finding: str, status: str, noted: Noted, said: str
) -> None:
    note(registry, [SUM])
    with pytest.raises(Refused, match=said):
        judge(registry, finding, status, noted)
    assert statuses(registry) == {SUM.id: OPEN}
