"""The selection and its written form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.codes import Codes, Group, Member, Source, Spell
from dashboard.selection import (
    CODES_LIMIT,
    DIMENSIONS,
    FIRST_YEAR,
    KEYS_LIMIT,
    LAST_YEAR,
    LENGTH_LIMIT,
    TERMS,
    Selection,
    read,
)

MEMBERS = {
    "goal": [*"12345678", "unallocated"],
    "donor": ["FRA", "GBR", "JPN", "905"],
    "recipient": ["ETH", "HTI", "KEN", "XKX", "298"],
    "sector": ["110", "112", "120"],
    "purpose": ["11220", "13020"],
    "flow": ["10", "20"],
    "gender": ["0", "1", "2", "unscreened"],
}
GROUPS = {"donor": ["DAC", "G7"], "recipient": ["LDC"], "sector": ["110"]}
SOURCES = ("crs-sectors", "iati-goals")
EDITIONS = ("2016-04-13-0a1b2c3d", "2026-11-22-9f8e7d6c")
SERIES = {"u5mr": "4", "oda_gni": "8"}


def source(code: str) -> Source:
    dimensions = frozenset({"donor", "recipient", "goal", "year"})
    texts = ("a title", "a coverage", dimensions, ("committed", "disbursed"), 2000, 2015, 2002)
    return Source(code, *texts, "disbursements", "CC0", "2016", "its makers")


CODES = Codes(
    members={d: {c: Member(c, f"name of {c}") for c in codes} for d, codes in MEMBERS.items()},
    groups={
        d: {c: Group(c, f"group {c}", d, (Spell(MEMBERS[d][0], 1990, 2025),), True) for c in GROUPS.get(d, [])}
        for d in DIMENSIONS
    },
    sources={code: source(code) for code in SOURCES},
    editions=EDITIONS,
    series=SERIES,
    base_year=2014,
)


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    """Any selection that can be made of the codes."""
    values: dict[str, Any] = {}
    for dimension in DIMENSIONS:
        values[dimension] = draw(
            st.lists(st.sampled_from([*MEMBERS[dimension], *GROUPS.get(dimension, [])]), max_size=4)
        )
    since, until = sorted(draw(st.lists(st.integers(FIRST_YEAR, LAST_YEAR), min_size=2, max_size=2)))
    for term, words in TERMS.items():
        values[term] = draw(st.sampled_from(words))
    values["source"] = draw(st.sampled_from(("", *SOURCES)))
    values["edition"] = draw(st.sampled_from(("", *EDITIONS)))
    values["series"] = draw(st.sampled_from(("", *SERIES)))
    return Selection().change(since=since, until=until, **values)


@given(selections())
def test_what_is_written_is_read_back(selection: Selection) -> None:
    assert read(selection.write(), CODES) == (selection, ())
    assert read("?" + selection.write(), CODES) == (selection, ())


@given(selections(), st.randoms(use_true_random=False))
def test_equal_selections_are_written_alike_however_they_were_typed(selection: Selection, chance: Any) -> None:
    pairs = [pair for pair in selection.write().split("&") if pair]
    chance.shuffle(pairs)
    typed = []
    for key, value in (pair.split("=") for pair in pairs):
        codes = value.split(",")
        chance.shuffle(codes)
        typed.append(f"{key}={','.join([*codes, codes[0]] if key in DIMENSIONS else codes)}")
    again, refused = read("&".join(typed), CODES)
    assert (again, again.write(), refused) == (selection, selection.write(), ())


@given(selections(), selections())
def test_different_selections_are_written_differently(one: Selection, other: Selection) -> None:
    assert (one == other) == (one.write() == other.write())


def test_everything_is_written_as_nothing() -> None:
    assert Selection().write() == ""
    assert read("", CODES) == (Selection(), ())


dimension_and_codes = st.sampled_from(DIMENSIONS).flatmap(
    lambda d: st.tuples(st.just(d), st.lists(st.sampled_from(MEMBERS[d]), min_size=1, max_size=3))
)


@given(selections(), dimension_and_codes)
def test_a_click_picks_and_a_second_click_lets_go(selection: Selection, click: tuple[str, list[str]]) -> None:
    dimension, codes = click
    empty = selection.without(dimension)
    picked = empty.toggle(dimension, codes)
    assert picked.picked(dimension) == tuple(sorted(set(codes)))
    assert picked.toggle(dimension, codes) == empty


@given(selections(), dimension_and_codes)
def test_a_click_without_adding_replaces_what_was_picked(selection: Selection, click: tuple[str, list[str]]) -> None:
    dimension, codes = click
    before, after = set(selection.picked(dimension)), set(selection.toggle(dimension, codes).picked(dimension))
    assert after == (before - set(codes) if set(codes) <= before else set(codes))


@given(selections(), dimension_and_codes)
def test_adding_keeps_what_else_was_picked(selection: Selection, click: tuple[str, list[str]]) -> None:
    dimension, codes = click
    before, after = (
        set(selection.picked(dimension)),
        set(selection.toggle(dimension, codes, add=True).picked(dimension)),
    )
    assert before - set(codes) <= after <= before | set(codes)
    assert (set(codes) & after == set()) == (set(codes) <= before)


@given(selections(), dimension_and_codes)
def test_a_click_changes_nothing_but_its_dimension(selection: Selection, click: tuple[str, list[str]]) -> None:
    dimension, codes = click
    assert selection.toggle(dimension, codes).without(dimension) == selection.without(dimension)


@given(selections(), st.lists(st.sampled_from((*DIMENSIONS, *TERMS, "since", "until", "source"))))
def test_lifting_leaves_defaults_and_lifting_twice_changes_nothing(selection: Selection, keys: list[str]) -> None:
    lifted = selection.without(*keys)
    assert all(getattr(lifted, key) == getattr(Selection(), key) for key in keys)
    assert lifted.without(*keys) == lifted


REFUSED = [
    ("donor=ZZZ", "donor", "ZZZ"),
    ("donor=gbr", "donor", "gbr"),
    ("donor=KEN", "donor", "KEN"),
    ("goal=9", "goal", "9"),
    ("goal=01", "goal", "01"),
    ("since=1959", "since", "1959"),
    ("until=2026", "until", "2026"),
    ("since=20x5", "since", "20x5"),
    ("since=-2005", "since", "-2005"),
    ("since=２００５", "since", "２００５"),
    ("since=20050000000000000000000", "since", "20050000000000000000000"),
    ("since=", "since", ""),
    ("until=02015999", "until", "02015999"),
    ("since=020001", "since", "020001"),
    ("source=oecd", "source", "oecd"),
    ("prices=2014", "prices", "2014"),
    ("method=", "method", ""),
    ("edition=../../etc/passwd", "edition", "../../etc/passwd"),
    ("series=gdp", "series", "gdp"),
    ("colour=red", "colour", "red"),
    ("__class__=x", "__class__", "x"),
    ("change=x", "change", "x"),
    ("donor=' OR 1=1 --", "donor", "' OR 1=1 --"),
    ("donor=<script>alert(1)</script>", "donor", "<script>alert(1)</script>"),
    ("donor=GBR\x00", "donor", "GBR\x00"),
]


@pytest.mark.parametrize(("query", "key", "value"), REFUSED)
def test_what_is_not_valid_is_refused_by_key_and_value_and_the_rest_is_followed(
    query: str, key: str, value: str
) -> None:
    written = query.split("=", 1)
    selection, refused = read(f"{quote(written[0])}={quote(written[1])}&recipient=KEN", CODES)
    assert selection == Selection(recipient=("KEN",))
    assert [(r.key, r.value) for r in refused] == [(key, value)]
    assert key in refused[0].sentence
    assert value.rstrip("\x00")[:20] in refused[0].sentence
    assert refused[0].sentence.endswith(".")


def test_one_unknown_code_does_not_take_the_known_ones_with_it() -> None:
    selection, refused = read("donor=GBR,ZZZ,FRA,QQQ", CODES)
    assert selection.donor == ("FRA", "GBR")
    assert [r.value for r in refused] == ["ZZZ", "QQQ"]


def test_a_key_given_twice_is_read_once_and_said() -> None:
    selection, refused = read("donor=GBR&donor=FRA", CODES)
    assert selection.donor == ("GBR",)
    assert refused[0].sentence == "donor is given twice; the first is used and donor=FRA ignored."


def test_how_a_page_is_looked_at_is_no_part_of_a_selection() -> None:
    assert read("donor=GBR&view=brief", CODES) == (Selection(donor=("GBR",)), ())
    assert [refusal.key for refusal in read("donor=GBR&view=large", CODES)[1]] == ["view"]


def test_years_the_wrong_way_round_are_refused_together() -> None:
    selection, refused = read("since=2010&until=2005&donor=GBR", CODES)
    assert selection == Selection(donor=("GBR",))
    assert "2010" in refused[0].sentence and "2005" in refused[0].sentence


def test_a_link_that_is_too_long_shows_everything_and_says_so() -> None:
    selection, refused = read("donor=" + "GBR," * LENGTH_LIMIT, CODES)
    assert selection == Selection()
    assert str(LENGTH_LIMIT) in refused[0].sentence


def test_too_many_codes_are_refused_together() -> None:
    selection, refused = read("donor=" + ",".join(f"A{n}" for n in range(CODES_LIMIT + 1)), CODES)
    assert selection == Selection()
    assert len(refused) == 1 and str(CODES_LIMIT) in refused[0].sentence


@given(st.text(max_size=300))
def test_any_text_at_all_gives_a_selection_and_sentences(text: str) -> None:
    selection, refused = read(text, CODES)
    assert read(selection.write(), CODES) == (selection, ())
    assert all(r.sentence.endswith(".") and r.sentence.isprintable() for r in refused)


@given(st.lists(st.tuples(st.sampled_from((*DIMENSIONS, *TERMS, "since", "x")), st.text(max_size=20)), max_size=8))
def test_any_values_under_known_keys_give_a_selection_and_sentences(pairs: list[tuple[str, str]]) -> None:
    selection, refused = read("&".join(f"{key}={quote(value)}" for key, value in pairs), CODES)
    assert all(CODES.knows(d, code) for d in DIMENSIONS for code in selection.picked(d))
    assert all(r.sentence.endswith(".") and r.sentence.isprintable() and len(r.sentence) < 300 for r in refused)


def test_hundreds_of_keys_are_no_error() -> None:
    selection, refused = read("&".join(f"a{n}=1" for n in range(300)), CODES)
    assert selection == Selection()
    assert str(KEYS_LIMIT) in refused[0].sentence


def test_a_hostile_key_given_twice_is_shown_without_its_control_characters() -> None:
    _, refused = read("%00%1b[2J" * 20 + "=1&" + "%00%1b[2J" * 20 + "=2", CODES)
    assert len(refused) == 2
    assert all(r.sentence.isprintable() and len(r.sentence) < 200 for r in refused)


def test_every_recipient_and_every_purpose_picked_at_once_fit_a_link() -> None:
    many = {
        "recipient": {f"R{n:02}": Member(f"R{n:02}", "") for n in range(CODES_LIMIT)},
        "purpose": {f"{n}": Member(f"{n}", "") for n in range(11000, 11000 + CODES_LIMIT)},
        "donor": {f"D{n:02}": Member(f"D{n:02}", "") for n in range(60)},
    }
    selection = Selection().change(**{dimension: tuple(codes) for dimension, codes in many.items()})
    assert read(selection.write(), replace(CODES, members=CODES.members | many)) == (selection, ())


def test_how_a_reader_came_is_no_part_of_a_selection() -> None:
    assert read("donor=FRA&utm_source=letter&utm_medium=mail", CODES) == read("donor=FRA", CODES)
