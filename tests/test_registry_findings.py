"""Where findings stand: what is explained stays so until its figures change, and every judgement is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.findings import Finding, Side
from data_access.registry import opening
from data_access.registry.findings import history, judge, known, take_in
from data_access.registry.opening import open_registry
from data_access.registry.store import Registry
from data_access.registry.writing import Noted, Refused

SUM = Finding("parts-and-whole", ("muskoka-2010-g8",), "The items make 5.075.", Side("5000", "A"), Side("5075", "B"))
TWO = Finding(
    "two-windows", ("muskoka-2010-united-kingdom",), "Two periods.", Side("600", "C"), Side("2100", "D"), "low", "1"
)
MORE = replace(SUM, second=Side("5300", "B"))
NOTED = Noted("A moderator", "The total is rounded in the communiqué")


@pytest.fixture(params=["sqlite", "postgresql"])
def registry(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    monkeypatch.setattr(opening.embedded, "fill", lambda connection: None)
    address = request.getfixturevalue("postgres_database") if request.param == "postgresql" else ""
    opened = open_registry(tmp_path, address)
    yield opened
    opened.close()


def statuses(registry: Registry) -> dict[str, str]:
    return {key: judged.status for key, judged in known(registry).items()}


def test_what_is_found_is_open_and_found_again_is_no_second_finding(registry: Registry) -> None:
    take_in(registry, [SUM, TWO])
    take_in(registry, [SUM, TWO])
    assert statuses(registry) == {SUM.key: "open", TWO.key: "open"}
    assert {key: judged.finding for key, judged in known(registry).items()} == {SUM.key: SUM, TWO.key: TWO}
    assert [len(history(registry, finding.key)) for finding in (SUM, TWO)] == [1, 1]


def test_what_is_explained_is_not_raised_again_unless_its_figures_change(registry: Registry) -> None:
    take_in(registry, [SUM])
    explained = judge(registry, SUM.key, "explained", NOTED)
    assert (explained.by, explained.note, explained.figures) == (NOTED.who, NOTED.why, ("5000", "5075"))
    assert take_in(registry, [replace(SUM, words="In other words.")])[SUM.key].status == "explained"
    take_in(registry, [MORE])
    now = known(registry)[SUM.key]
    assert (now.status, now.finding, now.by) == ("open", MORE, "")
    steps = history(registry, SUM.key)
    assert [step.status for step in steps] == ["open", "explained", "open"]
    assert (steps[1].who, steps[1].figures, steps[2].why) == (NOTED.who, ("5000", "5075"), "Found with 5000 and 5300.")


def test_what_is_found_no_longer_is_corrected_and_opens_when_it_comes_back(registry: Registry) -> None:
    take_in(registry, [SUM, TWO])
    take_in(registry, [TWO])
    assert statuses(registry) == {SUM.key: "corrected", TWO.key: "open"} and known(registry)[SUM.key].finding == SUM
    take_in(registry, [TWO])
    assert len(history(registry, SUM.key)) == 2
    take_in(registry, [SUM, TWO])
    assert statuses(registry)[SUM.key] == "open"


@pytest.mark.parametrize(
    ("key", "status", "noted", "said"),
    [
        (SUM.key, "closed", NOTED, "closed is no status"),
        ("nothing", "open", NOTED, "There is no finding nothing"),
        (SUM.key, "explained", Noted("", ""), "says who makes it and why"),
        (SUM.key, "explained", Noted("A", "Two\nlines"), "on one line each"),
    ],
)
def test_a_judgement_that_says_too_little_is_refused(
    registry: Registry, key: str, status: str, noted: Noted, said: str
) -> None:
    take_in(registry, [SUM])
    with pytest.raises(Refused, match=said):
        judge(registry, key, status, noted)
    assert statuses(registry) == {SUM.key: "open"} and history(registry, "nothing") == ()
