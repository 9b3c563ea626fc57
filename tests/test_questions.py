"""Which source answers, and why one cannot."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.questions import Busy, Unanswerable, best_source, holds, in_order, period, why_not
from dashboard.selection import Selection
from data_access.cube import Cube

CANNOT: list[tuple[str, dict[str, Any], tuple[str, ...], tuple[str, ...], str]] = [
    ("crs-donors", {}, ("goal",), (), "OECD CRS by donor does not distinguish Goals."),
    ("crs-donors", {"goal": ("4",)}, (), (), "OECD CRS by donor does not distinguish Goals."),
    (
        "crs-sectors",
        {"donor": ("GBR",)},
        ("purpose",),
        (),
        "OECD CRS by sector does not distinguish donors or purposes.",
    ),
    (
        "dac1",
        {"goal": ("4",), "recipient": ("KEN",)},
        ("flow",),
        (),
        "OECD DAC1 does not distinguish types of flow, Goals or recipients.",
    ),
    ("crs-donors", {}, (), ("committed",), "OECD CRS by donor does not report what was committed."),
    (
        "crs-donors",
        {"since": 2000, "until": 2008},
        (),
        (),
        "OECD CRS by donor covers 2009–2012 and nothing of 2000–2008.",
    ),
    (
        "iati-goals",
        {"since": 2013, "until": 2015},
        (),
        (),
        "AidData IATI release covers 2007–2012 and nothing of 2013–2015.",
    ),
    ("iati-goals", {"gender": ("2",)}, (), (), "AidData IATI release carries no gender marker."),
    (
        "dac1",
        {"gender": ("2",), "recipient": ("KEN",)},
        (),
        (),
        "OECD DAC1 does not distinguish recipients and carries no gender marker.",
    ),
]


@pytest.mark.parametrize(("source", "picked", "by", "stages", "sentence"), CANNOT)
def test_a_source_that_cannot_answer_says_why(
    small: Cube, source: str, picked: dict[str, Any], by: tuple[str, ...], stages: tuple[str, ...], sentence: str
) -> None:
    assert why_not(small.codes.sources[source], Selection().change(**picked), by, stages) == sentence


def test_a_source_that_can_answer_has_no_reason_against_it(small: Cube) -> None:
    selection = Selection(goal=("4",), donor=("GBR",), since=2012, until=2015)
    assert why_not(small.codes.sources["iati-goals"], selection, ("year", "purpose"), ("committed", "disbursed")) == ""


def test_the_first_preferred_source_that_can_answer_is_chosen(small: Cube) -> None:
    preferred = ("crs-sectors", "crs-donors", "iati-goals")
    assert best_source(small, Selection(), preferred, ("year",)).code == "crs-sectors"
    assert best_source(small, Selection(), preferred, ("donor",)).code == "crs-donors"
    assert best_source(small, Selection(), preferred, ("donor",), ("committed",)).code == "iati-goals"


def test_a_source_that_holds_nothing_of_what_is_picked_gives_way_to_one_that_does(small: Cube) -> None:
    education = Selection(sector=("112",))
    assert best_source(small, education, ("crs-sectors", "iati-goals")).code == "iati-goals"
    assert best_source(small, Selection(sector=("110",)), ("crs-sectors", "iati-goals")).code == "crs-sectors"


def test_where_none_holds_what_is_picked_the_first_that_could_answer_says_so_with_an_empty_frame(small: Cube) -> None:
    nowhere = Selection(sector=("998",))
    source = best_source(small, nowhere, ("crs-sectors", "iati-goals"))
    assert source.code == "crs-sectors"
    assert small.totals(nowhere.change(source=source.code), ("year",)).empty


def test_a_picked_source_is_used_or_says_why_not_and_none_takes_its_place(small: Cube) -> None:
    assert best_source(small, Selection(source="dac1"), ("crs-donors",), ("donor",)).code == "dac1"
    with pytest.raises(Unanswerable, match=r"^OECD DAC1 does not distinguish recipients\.$"):
        best_source(small, Selection(source="dac1"), ("crs-donors",), ("recipient",))


def test_where_no_source_can_answer_the_reason_of_the_first_preferred_is_given(small: Cube) -> None:
    with pytest.raises(Unanswerable, match=r"^OECD CRS by donor carries no gender marker\.$"):
        best_source(small, Selection(gender=("2",)), ("crs-donors", "iati-goals"))
    with pytest.raises(Unanswerable, match=r"^No source is loaded\.$"):
        best_source(small, Selection(), ("not-loaded",))


def test_a_group_is_held_where_one_of_its_members_is(small: Cube) -> None:
    source = small.codes.sources["crs-sectors"]
    assert holds(source, Selection(recipient=("LDC",), sector=("110",)), small.codes)
    assert not holds(source, Selection(recipient=("LDC",), sector=("210",)), small.codes)


def test_the_period_is_what_is_picked_and_covered_and_a_comparison_waits_for_every_rung(small: Cube) -> None:
    source = small.codes.sources["crs-sectors"]
    assert period(source, Selection()) == (2007, 2012)
    assert period(source, Selection(), compared=True) == (2008, 2012)
    assert period(source, Selection(since=2010, until=2011), compared=True) == (2010, 2011)


def test_busy_says_when_to_try_again() -> None:
    assert "in 7 seconds" in str(Busy(7))


def test_a_full_release_is_read_before_what_was_taken_from_it() -> None:
    assert in_order(("dac1", "crs-donors", "iati-goals")) == ("dac1", "crs", "crs-donors", "iati-goals", "iati", "fts")
    assert in_order(("crs-purposes", "iati-goals"))[0] == "crs"
    assert in_order(in_order(("dac1", "crs-sectors"))) == in_order(("dac1", "crs-sectors"))
