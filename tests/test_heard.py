"""What the reader says becomes the next selection; the address is the only state."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.codes import Codes, Group, Member, Source, Spell
from dashboard.heard import PERIOD, REFUSED, RESET, address, filtered, heard, on_page
from dashboard.selection import Selection, read

SOURCE = Source("crs", "CRS", "all", frozenset(), (), 2000, 2015, 2002, "", "", "", "")
CODES = Codes(
    members={
        "donor": {code: Member(code, code) for code in ("FRA", "GBR", "JPN")},
        "recipient": {code: Member(code, code) for code in ("BGD", "KEN")},
        "goal": {code: Member(code, code) for code in ("1", "2", "5")},
    },
    groups={"recipient": {"LDC": Group("LDC", "LDC", "recipient", (Spell("BGD", 1990, 2015),), True)}},
    sources={"crs": SOURCE},
    editions=("2026-11-22",),
    series={"mmr": "5"},
    base_year=2014,
)


def after(query: str, key: str, *said: str, add: bool = False) -> str:
    return heard(read(query, CODES)[0], CODES, key, said, add).write()


@pytest.mark.parametrize(
    ("query", "key", "said", "next_"),
    [
        ("", "donor", ["FRA"], "donor=FRA"),
        ("donor=FRA", "donor", ["FRA"], ""),
        ("donor=FRA", "donor", ["GBR"], "donor=GBR"),
        ("donor=FRA,GBR", "donor", ["FRA", "GBR"], ""),
        ("donor=FRA&recipient=LDC", "goal", ["5"], "goal=5&donor=FRA&recipient=LDC"),
        ("", "recipient", ["LDC"], "recipient=LDC"),
        ("", "prices", ["constant"], "prices=constant"),
        ("prices=constant", "prices", ["current"], ""),
        ("", "open", ["donor"], "open=donor"),
        ("source=crs", "source", [""], ""),
        ("", PERIOD, ["2004", "2010"], "since=2004&until=2010"),
        ("since=2004&until=2010", PERIOD, ["2004", "2010"], ""),
        ("since=2004", PERIOD, [], ""),
        ("donor=FRA&since=2004&prices=constant&edition=2026-11-22", RESET, ["all"], "edition=2026-11-22"),
    ],
)
def test_a_gesture_becomes_the_next_selection(query: str, key: str, said: list[str], next_: str) -> None:
    assert after(query, key, *said) == next_


def test_a_second_click_lets_go() -> None:
    once = after("", "recipient", "KEN")
    assert after(once, "recipient", "KEN") == ""


def test_shift_adds_and_lets_go_of_what_was_added() -> None:
    both = after("donor=FRA", "donor", "GBR", add=True)
    assert both == "donor=FRA,GBR"
    assert after(both, "donor", "FRA", add=True) == "donor=GBR"


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("donor", ["XYZ"]),
        ("donor", []),
        ("prices", ["golden"]),
        ("prices", ["constant", "current"]),
        ("since", ["1066"]),
        ("nonsense", ["1"]),
        ("", [""]),
        (PERIOD, ["2004", "9999"]),
        (REFUSED, ["donor"]),
    ],
)
def test_what_is_not_known_changes_nothing(key: str, said: list[str]) -> None:
    assert after("donor=FRA", key, *said) == "donor=FRA"


def test_unknown_codes_beside_known_ones_are_left_out() -> None:
    assert after("", "donor", "XYZ", "FRA") == "donor=FRA"


@pytest.mark.parametrize(
    ("query", "key", "value", "next_"),
    [
        ("donor=FRA", "donor", ["GBR", "FRA"], "donor=FRA,GBR"),
        ("donor=FRA", "donor", [], ""),
        ("donor=FRA", "donor", None, ""),
        ("", "since", "2010", "since=2010"),
        ("until=2005", "since", "2010", "since=2010&until=2010"),
        ("since=2010", "until", "2005", "since=2005&until=2005"),
        ("", "method", "muskoka", "method=muskoka"),
        ("source=crs", "source", "", ""),
        ("donor=FRA", "prices", None, "donor=FRA"),
    ],
)
def test_a_filter_says_the_whole_value_of_its_key(query: str, key: str, value: Any, next_: str) -> None:
    assert filtered(read(query, CODES)[0], CODES, key, value).write() == next_


def test_a_goal_page_takes_its_goal_from_the_path() -> None:
    selection = on_page(read("goal=1,2&donor=FRA", CODES)[0], "5")
    assert selection.goal == ("5",)
    assert address(selection, "5") == "?donor=FRA"
    assert address(selection) == "?goal=5&donor=FRA"


def test_the_default_selection_has_an_empty_address() -> None:
    assert address(Selection()) == ""


KEYS = st.sampled_from(
    ["donor", "recipient", "goal", "prices", "since", "until", "source", PERIOD, RESET, REFUSED, "x"]
)
WORDS = st.lists(st.sampled_from(["FRA", "KEN", "LDC", "5", "constant", "2003", "2014", "crs", "", "?&="]), max_size=3)


@settings(deadline=None)
@given(st.lists(st.tuples(KEYS, WORDS, st.booleans()), max_size=12))
def test_whatever_is_said_the_address_can_be_read_again(gestures: list[tuple[str, list[str], bool]]) -> None:
    selection = Selection()
    for key, said, add in gestures:
        selection = heard(selection, CODES, key, said, add)
        assert read(address(selection), CODES) == (selection, ())
