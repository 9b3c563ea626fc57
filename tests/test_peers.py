"""The same promises kept by others: places recomputed, absences never placed, the own row marked once."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callbacks import abouts
from callbacks.book import Opened
from callbacks.commitments import holds
from dashboard.about import NEEDS
from dashboard.about_words import lead, own_values
from dashboard.measured import Standing
from dashboard.membership import of_year
from dashboard.methods import METHODS, serves
from dashboard.needs import needs
from dashboard.peers import Peer, Peers, income, near_place, peers, placed, region, within
from dashboard.pins import Pins
from dashboard.ranges import Range, point
from dashboard.selection import Selection
from data_access.measuring import placing, standing
from data_access.measuring.series import units, values
from layouts.pages import in_register
from layouts.peers import compared, title
from tests.test_layouts import flat

DONORS, RECIPIENTS = ("GBR", "USA", "JPN", "SWE", "ITA"), ("KEN", "RWA", "NGA", "BGD", "HTI")


def of(opened: Opened, kind: str, code: str) -> tuple[Peers, ...]:
    stood = opened.register.standings
    return peers(kind, code, opened.cube.codes, opened.entries(), stood, units(opened.cube))


@pytest.mark.parametrize("code", DONORS)
def test_the_target_of_the_united_nations_is_compared_from_the_series_itself(opened: Opened, code: str) -> None:
    found = next(one for one in of(opened, "donor", code) if one.of.pledge.id == "un-oda-07-gni")
    held = values(opened.cube, "oda_gni", found.year, found.year)
    members = of_year(opened.cube.codes, "donor", ("DAC",), found.year, "then")
    shares = {member: held[member][found.year] for member in members if member in held}
    assert {row.code: row.value for row in found.rows if row.value is not None} == shares
    assert {row.code for row in found.rows} == members - {"918"}  # the Institutions of the Union have no income
    assert found.met == sum(share >= Decimal("0.7") for share in shares.values())
    assert found.own.place == 1 + sum(share > shares[code] for share in shares.values())
    assert found.known == len(shares)


def test_parts_of_a_promise_stand_against_what_each_promised(opened: Opened) -> None:
    found = next(one for one in of(opened, "donor", "GBR") if one.of.pledge.id == "afsi-2009")
    assert found.parts and found.own.entry and found.own.entry.pledge.id == "afsi-2009-united-kingdom"
    for row in found.rows:
        assert row.entry and row.entry.pledge.parent == "afsi-2009"
        outcome = row.entry.outcome
        if outcome.measured and isinstance(outcome.due, Range) and isinstance(outcome.delivered, Range):
            assert row.reached == round(outcome.delivered.low / outcome.due.low, 20)
            assert row.met is (outcome.delivered.low >= outcome.due.low)
        else:
            assert row.place is None and row.state == row.entry.state
    shares = [row.reached for row in found.rows if row.reached is not None]
    assert shares == sorted(shares, reverse=True) and len(shares) == found.known


@pytest.mark.parametrize(("kind", "code"), [("donor", one) for one in DONORS] + [("recipient", r) for r in RECIPIENTS])
def test_each_comparison_marks_its_own_once_and_leads_to_pages_that_are(opened: Opened, kind: str, code: str) -> None:
    every = of(opened, kind, code)
    assert every
    assert len({one.of.pledge.id for one in every}) == len(every)
    for one in every:
        assert [row.code for row in one.rows if row.own] == [code]
        assert one.known >= 3 and str(one.known) in title(one)
        pages = [in_register(row.page) for row in one.rows if row.page]
        assert all(page and holds(opened, *page) for page in pages) and len(pages) * 2 > len(one.rows)
        assert all(
            (row.place is None) is (row.reached is None) and bool(row.state) is (row.place is None) for row in one.rows
        )


def test_what_fell_to_nothing_reached_its_target_and_is_not_said_to_be_unreported(opened: Opened) -> None:
    """Deaths of malaria in Colombia: none in the last year. No more reached a target than have a figure."""
    every = of(opened, "recipient", "BRA")
    assert all(one.met <= one.known for one in every)
    found = next(one for one in every if one.better == "down" and one.among)
    [colombia] = [row for row in found.rows if row.code == "COL"]
    assert colombia.value == 0 and colombia.met and colombia.place == 1
    assert found.own.place and found.own.place > 1 and f"of {found.known}" in title(found)
    [chile] = [row for row in found.rows if row.code == "CHL"]
    said = json.dumps(flat(compared("recipient", every, {}, "")), ensure_ascii=False)
    assert chile.target is None and chile.place is None and "reported, with no target to compare it with" in said


def test_recipients_are_compared_with_those_of_their_region(opened: Opened) -> None:
    codes, near = opened.cube.codes, region(opened.cube.codes, "KEN")
    assert near and near.code == "SSA"
    found = next(one for one in of(opened, "recipient", "KEN") if one.of.pledge.id == "abuja-2001")
    assert found.among == near.name and {row.code for row in found.rows} <= near.members()
    stood = {one.code: one for one in opened.register.standings["abuja-2001"] if one.code in near.members()}
    assert {row.code: row.value for row in found.rows} == {code: one.value for code, one in stood.items()}
    group = income(codes, "KEN")
    assert group and group.code == "LMIC"
    ours = [one.value for code, one in stood.items() if code in group.members() and one.value is not None]
    mine = stood["KEN"].value
    assert mine and within(found.rows, group) == (1 + sum(value > mine for value in ours), len(ours))


REACHED = st.one_of(st.none(), st.decimals(0, 3, places=1))


def test_parts_that_promised_for_different_years_carry_their_own_years(opened: Opened) -> None:
    one = next(one for one in of(opened, "donor", "FRA") if one.of.pledge.id == "gleneagles-2005-oda")
    page = json.dumps([part.to_plotly_json() for part in compared("donor", [one], {}, "")], default=str)
    assert "in the year for which it did" in page and "it promised, 2012" not in page
    for said in ("of 0.70%, 2013", "of 0.51%, 2010", "of 0.70%, 2012"):
        assert said in page, said


def test_what_was_committed_is_told_as_committed_in_its_own_colour(opened: Opened) -> None:
    one = next(one for one in of(opened, "donor", "USA") if one.of.pledge.id == "afsi-2009")
    page = json.dumps([part.to_plotly_json() for part in compared("donor", [one], {}, "")], default=str)
    assert one.stage == "committed" and "are shown to have committed what they promised" in title(one)
    assert "Counted is what was committed, not what was paid" in page and one.of.pledge.title in page
    assert "key-committed" in page and '"l4' not in page and "reached" not in page
    paid = next(one for one in of(opened, "donor", "USA") if one.of.pledge.id == "un-oda-07-gni")
    page = json.dumps([part.to_plotly_json() for part in compared("donor", [paid], {}, "")], default=str)
    assert "reached the target" in title(paid) and "key-committed" not in page


@given(st.lists(REACHED, min_size=1, max_size=9))
def test_places_fall_with_what_was_reached_and_an_absence_has_none(reached: list[Decimal | None]) -> None:
    rows = placed([Peer(f"c{at}", f"Name {at}", reached=value) for at, value in enumerate(reached)])
    known = [value for value in reached if value is not None]
    assert len(rows) == len(reached)
    for row in rows[: len(known)]:
        assert row.reached is not None and row.place == 1 + sum(value > row.reached for value in known)
    assert all(row.place is None and row.reached is None for row in rows[len(known) :])


def test_an_indicator_that_should_fall_is_reached_from_above(opened: Opened) -> None:
    found = next(one for one in of(opened, "recipient", "KEN") if one.better == "down")
    for row in found.rows:
        if row.value is not None and row.target is not None and row.reached is not None:
            assert (row.reached >= 1) is (row.value <= row.target.low)


def test_standings_are_read_as_they_were_written(opened: Opened) -> None:
    held = opened.register.standings
    assert standing.read(standing.write(held)) == held and len(held) > 5
    odd = {"a": (Standing("X", 2010, None, point(Decimal("0.1")), None, Decimal("1.50")),)}
    assert standing.read(standing.write(odd)) == odd
    for wrong in (b"[]", b'{"a": [[1]]}', b'{"a": 3}'):
        with pytest.raises(ValueError):
            standing.read(wrong)


@pytest.mark.parametrize("goal", placing.GOALS)
def test_places_by_need_are_those_of_the_page_of_needs(opened: Opened, goal: str) -> None:
    kept = placing.Placing().of(opened.cube)[goal]
    assert serves(kept.method, goal) and list(METHODS).index(kept.method) == min(
        at for at, name in enumerate(METHODS) if serves(name, goal)
    )
    found = needs(opened.cube, Selection(goal=(goal,), method=kept.method))
    assert tuple(kept.rows.values()) == found.rows and kept.ranked == sum(row.place is not None for row in found.rows)
    assert placing.read(placing.write({goal: kept})) == {goal: kept}
    near = region(opened.cube.codes, "KEN")
    place = near_place(kept.rows, "KEN", near)
    if place and near:
        others = [row.place for row in found.rows if row.place and row.code in near.members()]
        assert place == (1 + sum(other < (kept.rows["KEN"].place or 0) for other in others), len(others))
    else:
        assert kept.rows["KEN"].place is None


def test_who_is_not_ranked_has_no_place_near_either(opened: Opened) -> None:
    kept = placing.Placing().of(opened.cube)["4"]
    rows = dict(kept.rows) | {"KEN": replace(kept.rows["KEN"], place=None)}
    assert near_place(rows, "KEN", region(opened.cube.codes, "KEN")) is None
    assert near_place(kept.rows, "ZZZ", region(opened.cube.codes, "KEN")) is None


@pytest.mark.parametrize(
    ("kind", "code"),
    [("donor", "GBR"), ("recipient", "KEN"), ("donor", "905"), ("recipient", "298"), ("recipient", "SSA")],
)
def test_the_page_tells_them_or_stands_without(opened: Opened, kind: str, code: str) -> None:
    said = json.dumps(flat(abouts.filled(kind, opened, code, Pins(), ())), ensure_ascii=False)
    assert ("The same promises kept by others" in said) is bool(of(opened, kind, code))
    assert ("/needs?goal=4" in said) is (code == "KEN")
    if code == "KEN":
        assert "In Sub-Saharan Africa" in said and "among lower-middle-income economies of its region." in said


def test_what_it_made_alone_is_counted_apart_from_what_it_has_a_part_in(opened: Opened) -> None:
    """Barcelona was kept by all together, and by Italy alone it was not."""
    found = abouts._party("donor", opened, "ITA")
    own, part = (group.entries for group in found.groups)
    assert all(entry.pledge.maker_id == "ITA" for entry in own) and not any(entry.state == "met" for entry in own)
    assert {"eu-barcelona-2002", "muskoka-2010-italy-eu"} <= {entry.pledge.id for entry in part}
    barcelona = found.standings["eu-barcelona-2002"]
    assert barcelona.target == point(Decimal("0.33")) and barcelona.met is False
    wholes = {entry.pledge.parent for entry in own}
    assert "eu-2005-collective-2010" in wholes & {entry.pledge.id for entry in part}
    assert not wholes & {entry.pledge.id for entry, _ in own_values(found, part)}  # its own part was 0.51, not 0.56
    said = lead(found)
    assert f"Of its own: {len(own)}, " in said and "0 delivered what was due" in said.partition("It has a part in")[0]
    assert "Of all makers or countries together, not of it alone: 1 delivered what was due" in said


def test_a_country_stands_by_itself_in_what_is_counted_of_many(opened: Opened) -> None:
    found = abouts._party("recipient", opened, "KEN")
    abuja = found.standings["abuja-2001"]
    assert abuja.value is not None and round(abuja.value, 2) == Decimal("8.07") and abuja.target == point(Decimal(15))
    assert dict(found.ways)[NEEDS].startswith("/needs?goal=") and dict(found.ways)[NEEDS].endswith("&recipient=KEN")
    beside = next(way for words, way in found.ways if words.startswith("Its commitments beside those of others"))
    assert beside.startswith("/gaps?donor=KEN,") and "NGA" in beside
