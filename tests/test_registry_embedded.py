"""The registry that the product comes with: enough of it, sound, in plain words, what is doubtful said."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.links import TEXT_LINKS
from dashboard.pledges import Pledge
from dashboard.records import Directory
from data_access.__main__ import main
from data_access.editions import REFERENCE
from data_access.registry import cells as texts
from data_access.registry import embedded
from data_access.registry.checks import wrong_cells
from data_access.registry.compile import compile_registry
from data_access.registry.compiling import wording
from data_access.registry.opening import open_registry
from data_access.registry.writing import Edits, Noted

COMPILATION = Path(__file__).parents[2] / "shared" / "data" / "registry"
INTERNAL = re.compile(
    r"\bbn\b|\d m\b|real IIF|GAVI|local file|excerpt|\brows?\b|stored (copy|text)|recompute|\btodo\b|check with|no own"
)
BLAME = re.compile(r"\b(blames?|blamed|ranked worst|unambitious|broke|failed|refused|lied)\b", re.IGNORECASE)
Pledges = Mapping[str, Pledge]


@pytest.fixture(scope="module")
def edits() -> Edits:
    return embedded.edits()


@pytest.fixture(scope="module")
def pledges(edits: Edits) -> Pledges:
    return {pledge.id: pledge for pledge in edits.pledges}


@pytest.fixture(scope="module")
def directory(edits: Edits) -> Directory:
    return Directory.of(edits.records)


def test_there_are_four_hundred_of_all_goals_and_kinds(pledges: Pledges) -> None:
    assert len(pledges) >= 400
    assert {goal for pledge in pledges.values() for goal in pledge.goals} == set("12345678")
    assert {pledge.kind for pledge in pledges.values()} == {"financial", "policy"}
    makers = {pledge.maker_code for pledge in pledges.values() if pledge.maker_kind == "government"}
    assert {"GBR", "JPN", "CHN"} | {"MWI", "KEN", "RWA"} <= makers


def test_every_cell_can_be_kept(pledges: Pledges, directory: Directory) -> None:
    wrong = [f"{id}: {one}" for id in pledges for one in wrong_cells(texts.write(pledges[id]), directory, pledges)]
    assert wrong == []


def test_one_name_has_one_record_and_each_record_is_named(pledges: Pledges, directory: Directory) -> None:
    for of, used in (("makers", "maker_id"), ("fora", "forum_id"), ("initiatives", "initiative_id")):
        records = getattr(directory, of)
        names = Counter(" ".join(record.name.split()).casefold() for record in records.values())
        assert [name for name, count in names.items() if count > 1] == []
        assert set(records) == {getattr(pledge, used) for pledge in pledges.values()} - {""}


def test_governments_have_the_names_of_the_united_nations(directory: Directory) -> None:
    names = {maker.id: maker.name for maker in directory.makers.values()}
    assert (names["KOR"], names["TUR"], names["CZE"]) == ("Republic of Korea", "Türkiye", "Czechia")
    assert names["VEN"] == "Venezuela (Bolivarian Republic of)"


def test_families_are_whole(pledges: Pledges) -> None:
    for pledge in pledges.values():
        assert not pledge.parent or pledge.parent in pledges
        for link in pledge.links:
            assert link.kind in TEXT_LINKS or link.target in pledges
    children = Counter(pledge.parent for pledge in pledges.values())
    assert children["muskoka-2010"] + children["muskoka-2010-g8"] + children["muskoka-2010-partners"] == 11


def test_an_amount_stands_in_the_currency_of_the_pledge(pledges: Pledges) -> None:
    climate, canada = pledges["gcf-2014-united-kingdom"], pledges["globalfund-2010-canada"]
    assert (str(climate.amount.low), climate.amount.unit, climate.usd_at_time) == ("720", "GBP million", 1_126_000_000)
    assert (str(canada.amount.low), canada.amount.unit, canada.usd_at_time) == ("540", "CAD million", 520_000_000)
    (link,) = canada.links
    assert (link.kind, link.target, link.amount, link.currency) == (
        "sourced_from",
        "muskoka-2010-canada",
        41_400_000,
        "CAD",
    )


def test_what_rests_on_memory_is_seen_to(pledges: Pledges) -> None:
    remembered = [pledge for pledge in pledges.values() if any(source.kind == "memory" for source in pledge.sources)]
    assert len(remembered) == 9 and {pledge.confidence for pledge in remembered} == {"low"}
    assert all(pledge.unverified.startswith("The record as a whole") for pledge in remembered)
    told = [p for p in pledges.values() if "from memory" in f"{p.title} {p.remarks}"]
    assert told and all(pledge.unverified for pledge in told)


def test_what_was_mended_or_kept_is_said(pledges: Pledges) -> None:
    for id in ("gleneagles-2005-polio", "dakar-2000-efa", "fp2020-2015-burundi", "gcf-2014-france", "abuja-2001"):
        assert pledges[id].checked
    assert pledges["gleneagles-2005-polio"].amount.kind == "none"
    differ = [
        p
        for p in pledges.values()
        if getattr(p.delivered.amount, "unit", "") not in ("", p.amount.unit, "percent of promise")
    ]
    assert [p.id for p in differ if p.amount.kind != "none" and "different units" not in p.checked] == []


def test_texts_are_for_readers(pledges: Pledges) -> None:
    told = [
        (p.id, getattr(p, name)) for p in pledges.values() for name in ("title", "remarks", "checked", "unverified")
    ]
    told += [(p.id, text) for p in pledges.values() for text in (p.delivered.by, p.delivered.counts)]
    assert [one for one in told if INTERNAL.search(one[1]) or BLAME.search(one[1])] == []
    assert [one for one in told if "  " in one[1] or one[1] != one[1].strip()] == []
    assert [p.id for p in pledges.values() if "%" in p.remarks] == []


def test_every_record_has_a_source_and_a_rule(pledges: Pledges) -> None:
    assert [p.id for p in pledges.values() if not p.sources] == []
    assert [p.id for p in pledges.values() if p.rule is None] == []


@pytest.mark.shared
def test_the_files_are_what_the_compilation_gives(tmp_path: Path) -> None:
    if not COMPILATION.is_dir():
        pytest.skip("the published files are not beside the project")
    count, said = compile_registry(COMPILATION, tmp_path, REFERENCE)
    assert count == 470 and len(said) > 100
    for path in sorted(tmp_path.iterdir()):
        assert path.read_bytes() == (embedded.FOLDER / path.name).read_bytes(), path.name


@pytest.mark.shared
def test_ids_and_figures_are_those_of_the_compilation(pledges: Pledges) -> None:
    if not COMPILATION.is_dir():
        pytest.skip("the published files are not beside the project")
    with (COMPILATION / "pledges.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == list(pledges)
    same = [row for row in rows if not pledges[row["id"]].checked]
    for row in same:
        cells = texts.write(pledges[row["id"]])
        for ours, theirs in (("since", "period_start"), ("until", "period_end"), ("parent", "parent_id")):
            assert cells[ours] == row[theirs]
        for name in ("amount_low", "amount_high", "deadline"):
            assert cells[name] == row[name].removesuffix(".0")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("About USD 19 bn short, of 1.5 m people", "About USD 19 billion short, of 1.5 million people"),
        ("GAVI (memory)", "Gavi (from memory)"),
        ("Baseline refers to: 2003-2007 average.", "The baseline is the 2003-2007 average."),
    ],
)
def test_words_of_the_compilation_become_plain(said: str, shown: str) -> None:
    assert wording.note(said) == shown


def test_a_compilation_that_is_not_sound_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compile-registry", str(tmp_path)]) == 2
    assert "holds no pledges.csv" in capsys.readouterr().err


@pytest.fixture
def renewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Puts another text into the embedded files, as a later release of the product would."""
    folder = tmp_path / "files"
    folder.mkdir()
    for path in embedded.FOLDER.glob("*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    real = embedded.fill
    monkeypatch.setattr(embedded, "fill", lambda connection: real(connection, folder))
    monkeypatch.setattr(embedded, "is_in", lambda connection, of=folder: _is_in(connection, of))
    return lambda old, new: _replace(folder / "pledges.csv", old, new)


_is_in = embedded.is_in


def _replace(path: Path, old: str, new: str) -> None:
    content = path.read_text("utf-8")
    assert old in content
    path.write_text(content.replace(old, new), "utf-8")


def test_a_later_release_renews_what_nobody_has_edited(renewed: Callable[[str, str], None], tmp_path: Path) -> None:
    first = open_registry(tmp_path / "home")
    mine = replace(first.pledges()["kan-2010-education"], remarks="Edited here")
    first.write(Edits((mine,), (), ("seoul-2010-consensus",)), Noted("A moderator", "A report came"))
    first.close()
    renewed("Exceeded: 7.34 billion provided.", "Exceeded: EUR 7.34 billion provided.")
    renewed("Japan: USD 3.5 billion for education", "Japan: renewed")
    second = open_registry(tmp_path / "home")
    held = second.pledges()
    assert held["fsf-2009-eu"].remarks == "Exceeded: EUR 7.34 billion provided."
    assert held["kan-2010-education"] == mine and "seoul-2010-consensus" not in held
    assert [change.who for change in second.changes()] == [
        "The embedded registry",
        "A moderator",
        "The embedded registry",
    ]
    second.close()
    assert len(open_registry(tmp_path / "home").changes()) == 3
