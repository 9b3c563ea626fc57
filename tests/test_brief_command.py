"""Briefings on the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pptx import Presentation

from callbacks.__main__ import main
from callbacks.brief_command import several
from data_access.commands.arguments import BadInput

ROOT = Path(__file__).parent.parent


def test_one_file_of_what_is_usually_wanted_of_a_donor(home: Path, tmp_path: Path) -> None:
    made = tmp_path / "fra.pptx"
    words = ("-m", "dashboard", "brief", "donor=FRA", "recipient=KEN", "-o", str(made), "--home", str(home))
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and done.stdout.strip() == str(made), done.stderr
    deck = Presentation(str(made))
    said = " ".join(shape.text_frame.text for shape in deck.slides[0].shapes if shape.has_text_frame)
    assert len(deck.slides) == 4 and "Donor: France (FRA); Recipient: Kenya (KEN)" in said


def test_a_key_given_several_times_makes_a_file_of_each_and_a_fault_stops_no_other(
    embedded: object, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new"
    asked = ("donor=FRA", "donor=NOBODY", "donor=DEU", "show=years", "--format", "pptx", "-o", f"{folder}/")
    assert main(["brief", *asked, "--home", str(home)]) == 2
    assert sorted(file.name for file in folder.iterdir()) == ["donor-DEU.pptx", "donor-FRA.pptx"]
    assert "donor-NOBODY.pptx: No briefing was made: donor=NOBODY" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        (["donor=FRA"], [[("ready", "donor"), ("donor", "FRA")]]),
        (["commitment=a"], [[("commitment", "a"), ("pages", "one")]]),
        (["donor=FRA", "show=gap"], [[("donor", "FRA"), ("show", "gap")]]),
        (["goal=1", "goal=2"], [[("ready", "goal"), ("goal", "1")], [("ready", "goal"), ("goal", "2")]]),
        (["donor=FRA,DEU"], [[("donor", "FRA,DEU")]]),
    ],
)
def test_terms_are_those_of_an_address(words: list[str], terms: list[list[tuple[str, str]]]) -> None:
    assert several(words) == terms


@pytest.mark.parametrize("words", [["France"], ["=x"], ["donor=FRA", "donor=DEU", "goal=1", "goal=2"]])
def test_what_is_no_term_is_refused(words: list[str]) -> None:
    with pytest.raises(BadInput):
        several(words)


@pytest.mark.parametrize(
    ("output", "why"), [("x.docx", "pdf, pptx, html"), ("x.pdf", "2 briefings need a folder"), ("x", "pdf, pptx, html")]
)
def test_what_cannot_be_written_is_a_sentence_and_no_file(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], output: str, why: str
) -> None:
    donors = ("donor=FRA", *(("donor=DEU",) if output == "x.pdf" else ()))
    assert main(["brief", *donors, "-o", str(tmp_path / output), "--home", str(home)]) == 2
    assert why in capsys.readouterr().err and not list(tmp_path.iterdir())
