"""`registry rule`: shown, previewed and saved at the command line; refused with exit code 2 and one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.__main__ import main
from data_access.library import Library
from data_access.measuring import kept
from data_access.measuring.found import Found
from data_access.measuring.kept import Kept
from data_access.registry.opening import FILE, open_registry
from data_access.registry.rule_saving import version

ID = "afsi-2009-united-states"
WHO = ("--who", "A. Moderator", "--why", "The promise ran to 2014")


@pytest.fixture
def folder(embedded: object, home: Path, tmp_path: Path) -> Path:
    """A data folder with the embedded edition and a registry of its own."""
    for entry in home.iterdir():
        if not entry.name.startswith(FILE):
            (tmp_path / entry.name).symlink_to(entry)
    return tmp_path


def ask(folder: Path, *words: str) -> int:
    return main(["registry", "rule", *words, "--home", str(folder)])


def held(folder: Path) -> tuple[str, int, int]:
    registry = open_registry(folder)
    found = registry.state(), version(registry, ID), len(registry.changes())
    registry.close()
    return found


def test_a_rule_is_shown_with_its_sentence_and_version(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(folder, ID) == 0
    said = capsys.readouterr().out
    assert f"{ID}, rule version 1, state {held(folder)[0]}" in said
    assert "Rule: Counts what was committed by the United States" in said and '"until": 2012' in said


def test_a_dry_run_tells_before_and_after_and_saves_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = held(folder)
    assert ask(folder, ID, "--set", "until=2014", *WHO) == 0
    said = capsys.readouterr().out
    for words in ("New rule: Counts", "until: 2012 -> 2014", "Delivered: $", " -> $", "Rows counted: 10 -> 16"):
        assert words in said
    assert "Nothing was saved. To save: --save --from-version 1" in said and held(folder) == before


def test_what_is_saved_is_kept_by_name_and_measured_at_once(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = held(folder)
    assert ask(folder, ID, "--set", "until=2014", "--save", "--from-version", "1", *WHO) == 0
    state, number, changes = held(folder)
    assert f"Saved: rule version 2. The registry is now in state {state}." in capsys.readouterr().out
    assert state != before[0] and (number, changes) == (2, before[2] + 1)
    registry, library = open_registry(folder), Library(folder)
    newest = registry.revisions(ID)[0].change
    assert (newest.who, newest.why) == ("A. Moderator", "The promise ran to 2014")

    def again(*_: object) -> None:
        raise AssertionError("measured once more")

    monkeypatch.setattr(kept, "measured", again)
    monkeypatch.setattr(kept, "overlapping", again)
    one = registry.held()
    assert Kept().register(library.cube(), state, one.pledges).outcomes[ID].at == 2014
    assert Found().begin(library.cube(), one, registry) is None, "the checks have been run"
    library.close()
    registry.close()


def test_a_rule_of_a_file_is_read_and_then_its_fields(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "rule.json"
    file.write_text('{"kind": "none", "needs": "A ledger of projects"}', "utf-8")
    assert ask(folder, ID, "--set", str(file), "needs=A ledger of payments") == 0
    assert "New rule: Not measured: A ledger of payments would be needed." in capsys.readouterr().out


REFUSED = [
    (("nobody",), "nobody is not a commitment of the register"),
    ((ID, "--set", "until=x"), "until=x is not a year"),
    ((ID, "--set", "until=2009"), "lies after until=2009"),
    ((ID, "--set", "colour=red"), "colour is not a key of a rule"),
    ((ID, "--set", "donors=XYZ", "source=oecd"), "donors=XYZ is not a code of this edition"),
    ((ID, "--set", "series=births", "source=", "sectors="), "series=births is not an amount of money"),
    ((ID, "--set", "/no/file"), "neither a file nor KEY=VALUE"),
    ((ID, "--set", "until=2012"), "is as it was"),
    ((ID, "--save"), "needs --set"),
    ((ID, "--set", "until=2014", "--save"), "give --who and --why"),
    ((ID, "--set", "until=2014", "--save", "--who", "A", "--why", " "), "give --who and --why"),
    ((ID, "--set", "until=2014", "--save", "--who", "A", "--why", "w" * 501), "at most 500 characters"),
    ((ID, "--set", "until=2014", "--save", "--who", "A\nB", "--why", "w"), "signs that cannot be seen"),
    ((ID, "--set", "until=2014", "--save", "--who", "A", "--why", "\x1b[31m"), "signs that cannot be seen"),
    ((ID, "--set", "until=2014", "--save", "--from-version", "7", *WHO), "you saw version 7, and it is at version 1"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_two(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    before = held(folder)
    assert ask(folder, *words) == 2
    errors = capsys.readouterr().err.splitlines()
    assert len(errors) == 1 and said in errors[0] and errors[0].endswith(".")
    assert held(folder) == before


def test_a_registry_of_postgresql_takes_rules_as_well(
    folder: Path, postgres_database: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IIF_REGISTRY", postgres_database)
    assert ask(folder, ID, "--set", "until=2014", "--save", *WHO) == 0
    assert "Saved: rule version 2." in capsys.readouterr().out
    assert ask(folder, ID, "--set", "until=2013", "--save", "--from-version", "1", *WHO) == 2
    assert "it is at version 2" in capsys.readouterr().err
    assert not (folder / FILE).exists()
