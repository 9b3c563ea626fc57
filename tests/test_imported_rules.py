"""Counting rules of a file are held to what the form and `registry rule` hold them to; what is saved is measured."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from dashboard.counting import Rule
from data_access.__main__ import main
from data_access.cube import Cube
from data_access.library import Library
from data_access.measuring import kept
from data_access.measuring.found import Found
from data_access.measuring.kept import Kept
from data_access.measuring.proposing import unusable
from data_access.registry.exchange import importing
from data_access.registry.opening import FILE, open_registry
from data_access.registry.store import Registry
from data_access.registry.writing import Edits, Noted

ID = "afsi-2009-united-states"
NOTED = Noted("A. Moderator", "A report")
FLOWS = {"kind": "flows", "donors": ["USA"], "since": 2010, "until": 2012, "source": "crs-donors"}
INDICATOR = {"kind": "indicator", "recipients": ["KEN"], "since": 2000, "until": 2015}


@pytest.fixture
def folder(embedded: object, home: Path, tmp_path: Path) -> Path:
    """A data folder with the embedded edition and a registry of its own."""
    for entry in home.iterdir():
        if not entry.name.startswith(FILE):
            (tmp_path / entry.name).symlink_to(entry)
    return tmp_path


@pytest.fixture
def registry(folder: Path) -> Iterator[Registry]:
    opened = open_registry(folder)
    yield opened
    opened.close()


def file(folder: Path, rule: str) -> Path:
    path = folder / "rules.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows((("id", "rule"), (ID, rule)))
    return path


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (INDICATOR | {"series": "nothing"}, "series=nothing is not a series of this edition"),
        (INDICATOR | {"series": "population*oda*gni*births"}, "multiplies too many series"),
        (INDICATOR | {"series": "population", "recipients": ["QQQ"]}, "recipients=QQQ is not a code"),
        (FLOWS | {"donors": ["USA", "XYZ"]}, "donors=XYZ is not a code of this edition"),
        (FLOWS | {"source": "oecd"}, "source=oecd is not a source of this edition"),
        (FLOWS | {"source": "crs\x07\x1b[2J"}, "source holds signs that cannot be printed"),
        (FLOWS | {"donors": ["\x1b[2J"]}, "is not a code of this edition"),
        (FLOWS | {"source": "", "series": "malaria_incidence"}, "series=malaria_incidence is not a"),
    ],
)
def test_a_rule_that_the_form_refuses_is_refused_with_its_cell_and_nothing_is_saved(
    registry: Registry, embedded: Cube, folder: Path, rule: dict[str, object], said: str
) -> None:
    before = registry.state()
    path = file(folder, json.dumps(rule))
    outcome = importing.bring_in(registry, path, NOTED, check=partial(unusable, embedded))
    words = [str(fault) for fault in outcome.faults]
    assert any(said in line for line in words) and not outcome.saved and registry.state() == before
    assert all(line.startswith('rules.csv:2: column "rule" (2): REG-RULE-0') and line.isprintable() for line in words)


def test_a_series_that_counts_no_money_is_no_money(registry: Registry, embedded: Cube, folder: Path) -> None:
    listed = embedded.series_list()
    malaria = next(name for name in listed["series"] if "malaria" in name)
    rule = json.dumps(FLOWS | {"source": "", "series": malaria})
    outcome = importing.bring_in(registry, file(folder, rule), NOTED, check=partial(unusable, embedded))
    assert "is not an amount of money" in str(outcome.faults[0]) and not outcome.saved


def test_every_rule_of_the_embedded_registry_can_be_used(registry: Registry, embedded: Cube) -> None:
    rules = {id_: one.rule for id_, one in registry.pledges().items() if one.rule}
    assert len(rules) > 400
    assert {id_: unusable(embedded, rule.write()) for id_, rule in rules.items()} == dict.fromkeys(rules, ())


def test_a_rule_that_is_kept_stays_whatever_the_edition_holds(registry: Registry, folder: Path) -> None:
    """An export of all editions can be imported again under any of them."""
    rule = replace(registry.pledges()[ID].rule or Rule(), donors=("XYZ",))
    registry.write(Edits((replace(registry.pledges()[ID], rule=rule),)), NOTED)
    asked = list[str]()
    path = file(folder, rule.write())
    outcome = importing.bring_in(registry, path, NOTED, check=lambda written: asked.append(written) or ())
    assert (outcome.faults, outcome.differences, asked) == ([], [], [])


def test_without_an_edition_it_is_said_that_codes_were_not_looked_up(registry: Registry, folder: Path) -> None:
    outcome = importing.bring_in(registry, file(folder, json.dumps(FLOWS)), NOTED, dry=True)
    assert outcome.notes == [importing.UNCHECKED] and not outcome.faults


def test_the_command_refuses_the_rule_and_measures_what_it_saves(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = ("--who", NOTED.who, "--why", NOTED.why, "--home", str(folder))
    path = str(file(folder, json.dumps(FLOWS | {"donors": ["XYZ"]})))
    assert main(["registry", "import", path, *signed]) == 2
    assert "donors=XYZ is not a code of this edition" in capsys.readouterr().err
    file(folder, json.dumps(FLOWS))
    assert main(["registry", "import", path, *signed]) == 0

    def again(*_: object) -> None:
        raise AssertionError("measured once more")

    monkeypatch.setattr(kept, "measured", again)
    registry, library = open_registry(folder), Library(folder)
    held = registry.held()
    assert held.pledges[ID].rule == Rule("flows", donors=("USA",), since=2010, until=2012, source="crs-donors")
    assert Kept().register(library.cube(), held.state, held.pledges).outcomes[ID].measured
    assert Found().begin(library.cube(), held, registry) is None, "the checks have been run"
    library.close()
    registry.close()
