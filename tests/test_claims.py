"""A title claims what its rule allows and no more; otherwise it is neutral."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from dashboard.codes import Codes, Source
from dashboard.figures import areas, compare, ladders, lines, paths, progress, rankings, targets, tiles, timelines
from dashboard.figures.compare import Compared, Place
from dashboard.figures.goals import Goals
from dashboard.figures.indicators import Series
from dashboard.figures.ladders import Ladder
from dashboard.figures.standing import Ranks
from dashboard.figures.timelines import Years
from dashboard.gaps import Part
from dashboard.panels import Drawing
from dashboard.selection import Selection
from data_access.cube import Cube

CODES = Codes({"donor": {}, "recipient": {}}, {}, {}, (), {}, 2014)
LIFE = Source(
    "iati-goals",
    "Five",
    "Few.",
    frozenset({"donor", "recipient", "goal"}),
    ("committed", "disbursed"),
    2000,
    2015,
    2000,
    "over life",
    "CC0",
    "2015-09-25",
    "Made by code",
)
YEARLY = replace(LIFE, code="crs-sectors", compared_since=2002)
SPENT = replace(LIFE, code="crs-donors", stages=("disbursed",))
SPAN = (2000, 2015)


def ladder(committed: str | None, disbursed: str | None, source: Source = LIFE) -> str:
    amounts = [None if text is None else Decimal(text) for text in (committed, disbursed)]
    return ladders.draw(Ladder(Selection(), CODES, source, SPAN, amounts[0], amounts[1], "", (), "")).title


@pytest.mark.parametrize(
    ("committed", "disbursed", "title"),
    [
        ("100", "60", "60% of what five publishers committed was disbursed"),
        ("1000", "4", "0.4% of what five publishers committed was disbursed"),
        ("100", "150", "Disbursements came to 150% of commitments"),
        ("100", "100", "What was committed equals what was disbursed"),
        ("1000", "999", "Over 99% of what five publishers committed was disbursed"),
        ("100", "-5", ladders.NEUTRAL),
        ("-5", "100", ladders.NEUTRAL),
        ("0", "100", ladders.NEUTRAL),
        (None, "100", ladders.NEUTRAL),
        ("100", None, ladders.NEUTRAL),
    ],
)
def test_a_share_is_told_where_both_rungs_are_known(committed: str | None, disbursed: str | None, title: str) -> None:
    assert ladder(committed, disbursed) == title


def test_years_against_years_are_not_called_disbursed_of_what_was_committed() -> None:
    assert ladder("100", "60", YEARLY) == "Disbursements came to 60% of commitments"


def test_without_commitments_the_rung_is_marked_and_no_gap_drawn() -> None:
    drawing = ladders.draw(Ladder(Selection(), CODES, SPENT, SPAN, None, Decimal(5), "", (), ""))
    words = [note["text"] for note in drawing.figures["gap"]["layout"]["annotations"]]
    assert sum("not recorded in this source" in text for text in words) == 2
    assert not [row for row in (drawing.table.rows if drawing.table else ()) if row[0] == "not disbursed"]


def by_year(pairs: list[tuple[int | None, int | None]], source: Source = YEARLY) -> str:
    held: dict[int, Any] = {
        2002 + at: tuple(None if v is None else Decimal(v) for v in pair) for at, pair in enumerate(pairs)
    }
    return timelines.draw(Years(Selection(), CODES, source, SPAN, held)).title


def test_below_in_most_years_is_claimed_and_counted() -> None:
    assert by_year([(10, 5), (10, 9), (10, 12)]) == "Disbursements stayed below commitments in 2 of 3 years"


def test_above_in_most_years_is_claimed_the_other_way() -> None:
    assert by_year([(10, 15), (10, 12), (10, 9)]) == "Disbursements exceeded commitments in 2 of 3 years"


@pytest.mark.parametrize(
    "pairs",
    [
        [(10, 5), (10, 15)],  # as many below as above
        [(1000, 995), (1000, 1004), (10, 5)],  # equal within one per cent in most
        [(10, 5)],  # one year is no pattern
        [(10, None), (10, None), (10, 5)],  # years with one rung are not compared
    ],
)
def test_no_pattern_is_claimed_without_one(pairs: list[tuple[int | None, int | None]]) -> None:
    assert by_year(pairs) == "Committed and disbursed by year"


def test_activities_by_their_own_year_claim_nothing_of_years() -> None:
    assert by_year([(10, 5), (10, 9), (10, 2)], LIFE) == "Committed and disbursed by year of activity"


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ((2011, 2015), "Activities of recent years are still paying; 2015 is incomplete (released September 2015)."),
        ((2011, 2014), "Activities of recent years are still paying."),
        ((2010, 2015), ""),
    ],
)
def test_a_ladder_of_young_activities_says_so(span: tuple[int, int], said: str) -> None:
    drawing = ladders.draw(Ladder(Selection(), CODES, LIFE, span, Decimal(9), Decimal(5), "", (), ""))
    assert drawing.note.endswith(said) if said else "recent years" not in drawing.note


def test_years_before_disbursements_are_reported_are_not_counted() -> None:
    held: dict[int, Any] = {2000: (Decimal(10), Decimal(1)), 2002: (Decimal(10), Decimal(9))}
    assert timelines.compared(Years(Selection(), CODES, YEARLY, SPAN, held)) == {2002: (Decimal(10), Decimal(9))}


def ranked(*gaps: int | None, source: Source = YEARLY, names: tuple[str, ...] = ("Kenya", "Uganda", "Haiti")) -> str:
    parts = [
        Part(name, name, Decimal(100), None if gap is None else Decimal(100 - gap))
        for name, gap in zip(names, gaps, strict=False)
    ]
    by_gap = "committed" in source.stages
    return rankings.draw(Ranks(Selection(), CODES, source, SPAN, "recipient", tuple(parts), by_gap)).title


def test_a_clear_first_is_named() -> None:
    assert ranked(50, 20) == "Kenya has the widest gap between committed and disbursed"


@pytest.mark.parametrize("gaps", [(50, 50), (0, 0), (-5, -9), (None, None), (50,)])
def test_a_tie_or_no_gap_names_nobody(gaps: tuple[int | None, ...]) -> None:
    assert ranked(*gaps) == "Recipients by gap"


def test_a_name_too_long_for_a_title_is_left_to_the_table() -> None:
    names = ("Democratic People's Republic of Korea", "Uganda")
    assert ranked(50, 20, names=names) == "Recipients by gap"


def test_without_commitments_the_ranking_goes_by_what_was_disbursed() -> None:
    assert ranked(50, 20, source=SPENT) == "62% of disbursements went to Uganda"


def given(*committed: int, picked: tuple[str, ...] = (), source: Source = LIFE) -> Drawing:
    parts = [Part(f"D{at}", f"Donor {at}", Decimal(v), Decimal(1)) for at, v in enumerate(committed)]
    asked = Selection(rank="donor").change(donor=picked)
    return rankings.draw_givers(Ranks(asked, CODES, source, SPAN, "donor", tuple(parts), False))


def test_a_share_among_publishers_says_among_whom() -> None:
    assert given(62, 38).title == "Of five publishers, Donor 0 committed 62%"
    assert given(62, 38, source=YEARLY).title == "62% of commitments came from Donor 0"


def test_what_is_picked_stands_first_with_its_place_and_the_title_is_of_it() -> None:
    drawing = given(62, 38, 20, picked=("D2",))
    assert drawing.title == "Donor 2: 3rd of 3 publishers by commitments"
    assert "Donor 0" not in drawing.sentence and "3rd of 3" in drawing.sentence
    rows = next(part for part in drawing.parts if part["kind"] == "ranking")["rows"]
    assert [row["name"] for row in rows] == ["Donor 2, 3rd of 3", "Donor 0", "Donor 1"]


@pytest.mark.parametrize("picked", [("D1", "D2"), ("ZZZ",)])
def test_several_picked_or_one_that_is_not_in_the_source_make_a_neutral_title(picked: tuple[str, ...]) -> None:
    assert given(62, 38, 20, picked=picked).title == "Donors by commitments"
    assert "Donor 0" not in given(62, 38, 20, picked=picked).sentence


def goals(mapped: str, rest: str) -> str:
    held = {"5": {2005: (Decimal(mapped), Decimal(1))}, "unallocated": {2005: (Decimal(rest), Decimal(1))}}
    return tiles.draw(Goals(Selection(), CODES, LIFE, SPAN, held, {}, None)).title


@pytest.mark.parametrize(
    ("mapped", "rest", "title"),
    [
        ("20", "80", "80% of five publishers’ commitments have no Goal under strict mapping"),
        ("0", "80", "No commitments are allocated to a Goal under strict mapping"),
        ("1", "9999", "Over 99% of five publishers’ commitments are not allocated to a Goal"),
        ("80", "0", "Committed and disbursed by Goal"),
        ("80", "-10", "Committed and disbursed by Goal"),
    ],
)
def test_what_is_not_allocated_is_told_as_a_share(mapped: str, rest: str, title: str) -> None:
    assert goals(mapped, rest) == title and len(title) <= 70


def places(heads: list[str]) -> Compared:
    series = Series("maternal", "Maternal mortality ratio", "deaths", "5", "down", ("female",), "WHO", "", 1990, 2013)
    found = tuple(
        Place(f"C{at}", f"Country {at}", Decimal(at + 1), 2013, Decimal(head), Decimal(10), False, False)
        for at, head in enumerate(heads)
    )
    return Compared(Selection(goal=("5",)), CODES, LIFE, SPAN, series, found, 0)


def test_similar_need_is_compared_where_enough_countries_share_it() -> None:
    asked = places([str(1 + at % 5) for at in range(50)])
    assert len(compare.band(asked)) == 10
    assert compare.draw(asked).title == "At similar need, from $1.00 to $5.00 per inhabitant"


@pytest.mark.parametrize("heads", [["1", "9"] * 5, ["1.0", "1.1"] * 30], ids=["few countries", "little apart"])
def test_too_few_or_too_alike_makes_no_claim(heads: list[str]) -> None:
    assert compare.draw(places(heads)).title == "Need and money per head"


def moved(values: dict[int, str], counts: dict[int, int], unit: str = "deaths", code: str = "maternal") -> str:
    series = Series(code, "Maternal mortality ratio", unit, "5", "down", ("female",), "WHO", "", 1990, 2013)
    held = {year: Decimal(value) for year, value in values.items()}
    asked = paths.Progress(Selection(goal=("5",)), CODES, series, (), {paths.MIDDLE: held}, {}, counts, 0)
    return progress.draw(asked).title


def test_a_change_is_set_against_the_target_where_it_starts_in_1990() -> None:
    assert moved({1990: "200", 2013: "100"}, {1990: 90, 2013: 90}) == "The median fell 50%; the target was 75%"
    assert moved({1995: "200", 2013: "100"}, {1995: 90, 2013: 90}) == "The median fell 50%, 1995 to 2013"


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({1990: "200", 2013: "100"}, {1990: 20, 2013: 90}),  # other countries each year
        ({1990: "200", 2013: "200"}, {1990: 90, 2013: 90}),  # no change
        ({1990: "0", 2013: "100"}, {1990: 90, 2013: 90}),  # nothing to be a share of
        ({2013: "100"}, {2013: 90}),  # one year
    ],
)
def test_no_change_is_claimed_where_it_does_not_hold(values: dict[int, str], counts: dict[int, int]) -> None:
    assert moved(values, counts) == "Maternal mortality ratio"


def test_per_cent_are_told_by_their_ends_and_not_as_a_share_of_a_share() -> None:
    said = moved({2000: "20", 2013: "40"}, {2000: 90, 2013: 90}, unit="% of births", code="births")
    assert said == "The median rose from 20% to 40%, 2000 to 2013"


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0, 27.2, [0, 10, 20, 30]), (0, 1, [0, 0.25, 0.5, 0.75, 1]), (-2, 14, [-5, 0, 5, 10, 15]), (0, 0, [0, 0.2])],
)
def test_ticks_are_round_and_few_and_hold_zero(low: float, high: float, ticks: list[float]) -> None:
    assert lines.nice(low, high) == ticks


def test_no_axis_ends_at_a_thousand_millions() -> None:
    held: dict[int, Any] = {2005: (Decimal(980_000_000), Decimal(500_000_000)), 2006: (Decimal(1), Decimal(1))}
    drawing = timelines.draw(Years(Selection(), CODES, YEARLY, SPAN, held))
    assert drawing.figures["years"]["layout"]["yaxis"]["ticktext"][-1] == "$1 bn"
    assert "Billions of" in drawing.subtitle


@pytest.mark.parametrize("high", [0.003, 0.9, 7.5, 33.3, 161, 99_999.0])
def test_ticks_reach_the_largest_value_in_four_steps_at_most(high: float) -> None:
    found = lines.nice(0, high)
    assert found[0] == 0 and found[-1] >= high and 2 <= len(found) <= 5


def test_the_gap_between_lines_ends_where_they_cross() -> None:
    found = areas.gap([(2000, 10.0), (2001, 5.0), (2002, 10.0)], [(2000, 5.0), (2001, 10.0), (2002, 5.0)])
    assert [(min(area["x"]), max(area["x"])) for area in found] == [(2000.0, 2000.5), (2001.5, 2002.0)]


def test_neither_lines_nor_the_gap_between_them_run_over_years_without_figures() -> None:
    pairs: dict[int, Any] = {
        2000: (Decimal(9), Decimal(4)),
        2001: (Decimal(9), Decimal(4)),
        2002: (Decimal(9), None),
        2003: (Decimal(9), Decimal(4)),
        2005: (Decimal(9), Decimal(4)),
        2006: (Decimal(9), Decimal(4)),
    }
    drawing = timelines.draw(Years(Selection(), CODES, YEARLY, SPAN, pairs))
    traces = drawing.figures["years"]["data"]
    assert [sorted(set(trace["x"])) for trace in traces if "fill" in trace] == [[2000, 2001], [2005, 2006]]
    committed, disbursed = (trace["x"] for trace in traces if trace["mode"] == "lines" and "fill" not in trace)
    assert committed == [2000, 2001, 2002, 2003, None, 2005, 2006]
    assert disbursed == [2000, 2001, None, 2003, None, 2005, 2006]
    assert 2003 in next(trace["x"] for trace in traces if trace["mode"] == "markers"), "a year alone is a dot"
    assert "years without a figure: 2002 and 2004." in drawing.note


@pytest.mark.parametrize("wanted", [[200.0, 199.0], [3.0, 2.0, 1.0, 0.5, 0.0], [260.0, 259.0, 258.0], [100.0]])
def test_labels_at_the_end_of_lines_never_touch_nor_leave_the_figure(wanted: list[float]) -> None:
    placed = lines.apart(wanted, 262.0)
    assert all(upper - lower >= lines.APART - 1e-9 for upper, lower in pairwise(placed))
    assert placed[-1] >= lines.LOWEST - 1e-9
    assert placed[0] <= 262.0 or len(wanted) > 7


def test_who_misses_the_target_is_told_with_by_how_much_and_whether_it_is_counted(embedded: Cube) -> None:
    asked = targets.kept(embedded, Selection(since=2013, until=2013))
    drawing = targets.draw(asked, {})
    missed = sorted((Decimal("0.7") - asked.values[code], code) for code in targets.members(asked))
    missed = [(short, code) for short, code in missed if short > 0]
    least, most = f"{missed[0][0]:.2f}", f"{missed[-1][0]:.2f}"
    assert f"The other {len(missed)} were {least} (the Netherlands) to {most} (" in drawing.note
    assert drawing.table is not None
    rows = {row[0]: row for row in drawing.table.rows}
    assert rows["NLD"][3] == Decimal("-0.03") and rows["SWE"][3] == Decimal("0.31") and rows["GBR"][3] == 0
    assert (rows["NLD"][5], rows["ROU"][5]) == ("yes", "no")
    assert sum(row[5] == "yes" and row[3] < 0 for row in rows.values()) == len(missed)
