"""Maps: shapes that hold every place, marks for the small, absences apart from zero, and figures that add up."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from dashboard.catalogue import PANELS
from dashboard.figures import donors, indicators, maps, marks, measures, need, places, recipients, style
from dashboard.figures.targets import Kept, met
from dashboard.panels import Drawing
from dashboard.questions import Unanswerable
from dashboard.selection import Selection, read
from data_access.cube import Cube

WORLD = Path(__file__).parent.parent / "assets" / "geo" / "world_50m.json"
Draw = Callable[[str, str], Drawing]


@pytest.fixture(scope="session")
def drawn(embedded: Cube) -> Draw:
    """A panel of the embedded edition, drawn under a query string."""

    def draw(panel: str, query: str) -> Drawing:
        selection, refused = read(query, embedded.codes)
        assert not refused
        return PANELS[panel].draw(PANELS[panel].ask(embedded, selection))

    return draw


def _shapes(drawing: Drawing) -> dict[str, Any]:
    return dict(drawing.figures["map"]["data"][0])


def _part(drawing: Drawing, kind: str) -> Any:
    return next(part for part in drawing.parts if part["kind"] == kind)


# --- shapes and places


def test_the_shapes_are_what_plotly_asks_for_and_small() -> None:
    world = json.loads(WORLD.read_text(encoding="utf-8"))
    assert WORLD.stat().st_size < 400_000
    assert set(world["objects"]) == {"coastlines", "countries", "lakes", "land", "ocean", "rivers", "subunits"}
    ids = [shape["id"] for shape in world["objects"]["countries"]["geometries"]]
    assert len(ids) == len(set(ids)) and "ATA" not in ids
    assert set(ids) == {*places.shapes(), *places.UNSETTLED}


def test_every_ring_is_closed_and_has_four_points_or_more() -> None:
    world = json.loads(WORLD.read_text(encoding="utf-8"))
    ends = []
    for arc in world["arcs"]:
        xs, ys = (list(axis) for axis in zip(*arc, strict=True))
        ends.append(((xs[0], ys[0]), (sum(xs), sum(ys)), len(arc)))
    for shape in world["objects"]["countries"]["geometries"]:
        for part in (part for polygon in shape["arcs"] for part in polygon):
            pieces = [ends[n] if n >= 0 else (ends[~n][1], ends[~n][0], ends[~n][2]) for n in part]
            joined = zip(pieces, pieces[1:] + pieces[:1], strict=True)
            assert all(a[1] == b[0] for a, b in joined), shape["id"]
            assert sum(piece[2] - 1 for piece in pieces) >= 3, shape["id"]


def test_every_country_of_the_edition_has_a_shape_or_a_circle(embedded: Cube) -> None:
    for dimension in ("donor", "recipient"):
        codes = {member.map_code for member in embedded.codes.members[dimension].values() if member.map_code}
        assert codes <= set(places.known())
        without = {code for code in codes if not places.known()[code].km2}
        assert without <= set(places.circles(codes))


def test_circles_of_small_states_do_not_touch(embedded: Cube) -> None:
    where = places.circles(marks.recipients(embedded.codes))
    assert {"TUV", "NRU", "DMA", "MDV"} <= set(where)
    flat = [places._flat(*spot, 620.0) for spot in where.values()]
    assert min(math.dist(a, b) for a, b in combinations(flat, 2)) > 7.6


def test_a_circle_stays_near_its_place(embedded: Cube) -> None:
    for code, spot in places.circles(marks.recipients(embedded.codes)).items():
        place = places.known()[code]
        moved = math.dist(places._flat(*spot, 620.0), places._flat(place.lon, place.lat, 620.0))
        assert moved < 26, code


# --- what a map draws


def _colours(trace: dict[str, Any]) -> dict[str, str]:
    steps = [colour for _, colour in trace["colorscale"][::2]]
    return {place: steps[z] for place, z in zip(trace["locations"], trace["z"], strict=True)}


def test_picked_keeps_its_colour_under_an_ink_line_and_the_rest_is_lightened() -> None:
    areas = [maps.Area("KEN", "KEN", 4, "Kenya", picked=True), maps.Area("UGA", "UGA", 4, "Uganda")]
    base = maps.world(areas, style.MONEY, "recipient", dimmed=True)["data"][0]
    colours = _colours(base)
    assert colours["KEN"] == style.MONEY[4] and colours["UGA"] == style.lightened(style.MONEY[4])
    assert base["locations"][-1] == "KEN", "drawn last, so that no neighbour covers its line"
    assert (base["marker"]["line"]["color"][-1], base["marker"]["line"]["width"][-1]) == (style.INK, 2)


def test_zero_not_reported_outside_and_unsettled_are_told_apart() -> None:
    areas = [maps.Area("BRA", "BRA", maps.ZERO, ""), maps.Area("DZA", "DZA", maps.ABSENT, "")]
    data = maps.world(areas, style.MONEY, "recipient")["data"]
    colours = _colours(data[0])
    found = (colours["BRA"], colours["DZA"], colours["USA"], colours["ESH"])
    assert found == (style.ZERO, style.ABSENT, style.OUTSIDE, style.DISPUTED)
    assert len({*found, *style.MONEY}) == 9
    lines = dict(zip(data[0]["locations"], data[0]["marker"]["line"]["color"], strict=True))
    assert lines["BRA"] == style.ZERO_LINE and lines["DZA"] == style.SURFACE
    assert next(trace for trace in data if trace.get("mode") == "text")["text"] == [".."]


def test_one_trace_draws_all_shapes() -> None:
    areas = [maps.Area("BRA", "BRA", maps.ZERO, ""), maps.Area("KEN", "KEN", 1, "", picked=True)]
    kinds = [trace["type"] for trace in maps.world(areas, style.MONEY, "recipient", dimmed=True)["data"]]
    assert kinds.count("choropleth") == 1


def test_a_pick_that_no_map_can_show_still_steps_the_others_back(drawn: Draw) -> None:
    plain, dimmed = (
        _shapes(drawn("donors", "provided=amount&recipient=KEN")),
        _shapes(drawn("recipients", "recipient=298")),
    )
    assert plain["colorscale"][0][1] == style.MONEY[0]
    assert dimmed["colorscale"][0][1] == style.lightened(style.MONEY[0])


def test_what_is_outside_cannot_be_picked() -> None:
    base = maps.world([maps.Area("KEN", "KEN", 0, "Kenya")], style.MONEY, "recipient")["data"][0]
    picks = dict(zip(base["locations"], base["customdata"], strict=True))
    assert picks["KEN"] == "recipient:KEN" and picks["USA"] == picks["ESH"] == ""


def test_levels_tell_absence_from_zero_and_repayments() -> None:
    limits = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
    assert [marks.level(v, limits) for v in (None, Decimal(0), Decimal(-3), Decimal(10))] == [6, 5, 0, 4]


# --- the panels, on the real edition

QUERIES = (
    "",
    "recipient=KEN,HTI",
    "recipient=LDC&donor=DAC",
    "donor=GBR",
    "donor=FRA&since=2012",
    "goal=5",
    "goal=5&donor=SWE",
    "goal=unallocated",
    "purpose=13020",
    "sector=120",
    "prices=constant",
    "received=head&provided=head",
    "received=gni&provided=amount",
    "received=share&provided=share",
    "received=head&recipient=TUV&goal=4",
    "source=iati-goals&provided=amount",
    "since=2014&until=2014",
    "goal=7&series=sanitation&until=2005",
    "goal=8&series=oda_gni",
    "goal=3&method=shared&recipient=SIDS",
)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("panel", ["donors", "recipients", "need"])
def test_every_selection_is_drawn_or_refused_in_a_sentence(drawn: Draw, panel: str, query: str) -> None:
    try:
        drawing = drawn(panel, query)
    except Unanswerable as refusal:
        assert str(refusal).endswith(".") and len(str(refusal)) > 30
        return
    assert 0 < len(drawing.title) <= 70 and drawing.sentence.endswith(".") and drawing.source_line
    if drawing.empty:
        assert drawing.ways
        return
    assert set(drawing.figures) <= set(PANELS[panel].slots)
    sizes = [len(json.dumps(figure)) for figure in drawing.figures.values()]
    assert max(sizes) < 70_000
    assert all(len(row) == len(drawing.table.columns) for row in drawing.table.rows) if drawing.table else False
    labels = [cell["label"] for cell in _part(drawing, "legend")["classes"]]
    assert len(labels) == 5 and labels[0].startswith("under") and labels[-1].endswith(("or more", "100%"))


def test_a_filter_never_moves_the_classes(drawn: Draw) -> None:
    def labels(query: str) -> list[str]:
        return [cell["label"] for cell in _part(drawn("recipients", query), "legend")["classes"]]

    base = labels("source=iati-goals")
    assert labels("source=iati-goals&donor=SWE") == base
    assert labels("source=iati-goals&recipient=TUV") == base
    assert labels("source=iati-goals&donor=44000&recipient=LDC") == base


def test_the_table_adds_up_to_the_total_of_the_source(drawn: Draw, embedded: Cube) -> None:
    table = drawn("recipients", "").table
    assert table is not None
    at = [column.key for column in table.columns].index("disbursed")
    asked = Selection(source="crs-sectors", since=2002, until=2015)
    whole = embedded.totals(asked, ())["disbursed"].iloc[0]
    assert sum((row[at] for row in table.rows if row[at] is not None), Decimal(0)) == whole


def test_the_ten_largest_recipients_are_those_of_the_finding(drawn: Draw, embedded: Cube) -> None:
    frame = embedded.totals(Selection(source="crs-sectors", since=2002, until=2015), ("recipient",))
    known = embedded.codes.members["recipient"]
    rows = [(v, c) for c, v in zip(frame["recipient"], frame["disbursed"], strict=True) if v is not None]
    ten = sum(sorted((v for v, c in rows if known[c].map_code), reverse=True)[:10])
    part = round(ten / sum(v for v, _ in rows) * 100)
    assert drawn("recipients", "").title == f"Ten recipients drew {part}% of education and health aid"


def test_regional_recipients_are_in_the_table_and_named_in_the_note(drawn: Draw) -> None:
    drawing = drawn("recipients", "")
    assert drawing.table is not None and "998" in {row[0] for row in drawing.table.rows}
    assert "recipient:998" not in _shapes(drawing)["customdata"]
    assert "Regional and unspecified recipients" in drawing.note


def test_per_head_is_the_amount_over_the_population_of_the_middle_year(embedded: Cube) -> None:
    asked = recipients.ask(embedded, Selection(received="head"))
    assert (asked.span, asked.year) == ((2002, 2015), 2009)
    persons = embedded.series(["population"], 2009, 2009)
    kenya = persons[persons["country"] == "KEN"]["value"].iloc[0]
    assert asked.values["KEN"] == asked.amounts["KEN"][1] / kenya


def test_a_share_of_income_needs_every_year_of_it(embedded: Cube) -> None:
    asked = recipients.ask(embedded, Selection(received="gni"))
    incomes = embedded.series(["gni"], *asked.span)
    counts = incomes.groupby("country").size()
    length = asked.span[1] - asked.span[0] + 1
    assert {code for code, value in asked.values.items() if value is not None} <= set(counts[counts == length].index)


def test_income_is_in_current_dollars_and_so_is_what_is_set_against_it(embedded: Cube, drawn: Draw) -> None:
    current, constant = (recipients.ask(embedded, Selection(received="gni", prices=p)) for p in ("current", "constant"))
    assert current.values == constant.values
    assert drawn("recipients", "received=gni&prices=constant").subtitle.endswith("Current United States dollars")


def test_shares_keep_their_fixed_breaks(drawn: Draw) -> None:
    legend = _part(drawn("recipients", "received=share&donor=GBR"), "legend")
    assert [cell["label"] for cell in legend["classes"]] == ["under 25%", "25–50", "50–75", "75–100", "100% or more"]


def test_the_strip_holds_island_states_coloured_like_the_map(drawn: Draw, embedded: Cube) -> None:
    drawing = drawn("recipients", "")
    cells = {cell["code"]: cell for cell in _part(drawing, "strip")["cells"]}
    assert set(cells) <= embedded.codes.groups["recipient"]["SIDS"].members() and len(cells) > 40
    colours = _colours(_shapes(drawing))
    assert all(cells[code]["colour"] == colours[code] for code in cells if code in colours)


def test_the_donors_of_2013_at_the_target_are_the_five_of_the_record(embedded: Cube, drawn: Draw) -> None:
    asked = donors.ask(embedded, Selection(until=2013))
    assert isinstance(asked, Kept)
    assert set(met(asked)) == {"DNK", "GBR", "LUX", "NOR", "SWE"}
    drawing = drawn("donors", "until=2013")
    then = embedded.codes.groups["donor"]["DAC"].members(2013) & set(asked.values)
    assert drawing.title == f"Five of {len(then)} DAC members gave 0.7% of national income"
    assert f"{len(asked.values) - len(then)} other donors in this source are shown too." in drawing.note
    assert f"The median of {len(then)} DAC members" in drawing.sentence and set(drawing.figures) == {"map", "strip"}
    line = [shape for shape in drawing.figures["strip"]["layout"]["shapes"] if shape.get("x0") == 0.7]
    assert line and line[0]["line"]["color"] == style.INK


def test_the_aggregate_of_the_dac_is_no_donor_of_the_map(embedded: Cube) -> None:
    asked = donors.ask(embedded, Selection())
    assert isinstance(asked, Kept) and "DAC" not in asked.values and asked.together == Decimal("0.30")


def test_a_recipient_picked_turns_the_map_of_income_shares_to_amounts(drawn: Draw) -> None:
    drawing = drawn("donors", "recipient=KEN")
    assert "Kenya" in drawing.subtitle and "so the amount is shown" in drawing.note
    assert [c["code"] for c in _part(drawing, "choices")["choices"]] == ["amount", "head", "share"]


def test_sources_that_hold_all_that_is_picked_come_first(embedded: Cube) -> None:
    codes = embedded.codes
    order = ("iati-goals", "crs-donors")
    assert measures.ranked(codes, Selection(donor=("GBR",)), order)[0] == "iati-goals"
    assert measures.ranked(codes, Selection(donor=("FRA", "GBR")), order)[0] == "crs-donors"


def test_a_source_that_lacks_commitments_says_so(embedded: Cube) -> None:
    with pytest.raises(Unanswerable, match="does not report what was committed"):
        recipients.ask(embedded, Selection(source="crs-donors", received="share"))


def test_need_shows_maternal_mortality_on_the_page_of_goal_five(embedded: Cube) -> None:
    asked = need.ask(embedded, Selection(goal=("5",)))
    assert (asked.series.code, asked.year, set(asked.others)) == ("maternal", 2013, {"maternal", "births"})
    members = indicators.recipients(embedded.codes)
    assert sum(1 for code in members if code in asked.values and asked.values[code].value >= 500) == 16


def test_need_states_how_far_back_a_value_may_lie(embedded: Cube) -> None:
    asked = need.ask(embedded, Selection(goal=("2",), until=2012))
    assert {value.year for value in asked.values.values()} <= set(range(2008, 2013))
    assert "the latest of the four years before" in need.draw(asked).note


def test_an_indicator_of_donors_is_not_shown_as_a_need(embedded: Cube) -> None:
    assert need.ask(embedded, Selection(goal=("8",))).series.code not in need.GIVEN


def test_need_without_a_goal_says_what_to_pick(embedded: Cube) -> None:
    with pytest.raises(Unanswerable, match="pick one"):
        need.ask(embedded, Selection())


def test_darker_is_greater_need_whichever_way_an_indicator_points(drawn: Draw) -> None:
    more, less = (_part(drawn("need", query), "legend")["classes"] for query in ("goal=5", "goal=2"))
    assert [cell["colour"] for cell in more] == list(style.OUTCOME)
    assert [cell["colour"] for cell in less] == list(style.OUTCOME)[::-1]


def test_the_basis_of_a_share_is_named_once(drawn: Draw) -> None:
    sentence = drawn("recipients", "received=share").sentence
    assert sentence.startswith("As a share of what was committed, ") and sentence.count("committed") == 1


def test_years_before_disbursements_were_reported_are_answered_by_another_source(embedded: Cube) -> None:
    early = Selection(since=2000, until=2001)
    assert recipients.ask(embedded, early).source.code == "iati-goals"
    with pytest.raises(Unanswerable, match="from 2002 on"):
        recipients.ask(embedded, early.change(source="crs-sectors"))


def test_a_whole_group_picked_gets_a_thinner_line(drawn: Draw) -> None:
    few, many = (_shapes(drawn("recipients", f"recipient={codes}"))["marker"]["line"] for codes in ("KEN,UGA", "LDC"))
    assert (max(few["width"]), max(many["width"])) == (2, 1)


def test_the_title_keeps_the_limit_of_the_source_whatever_is_picked(drawn: Draw) -> None:
    assert drawn("recipients", "flow=10").title.endswith("of education and health aid")
    assert drawn("recipients", "sector=120").title.endswith("of health aid")
    assert drawn("recipients", "source=iati-goals").title.endswith("of what five publishers disbursed")


def test_those_that_together_received_a_sum_are_counted(drawn: Draw, embedded: Cube) -> None:
    asked = recipients.ask(embedded, Selection())
    known = [code for code in marks.recipients(embedded.codes) if asked.values.get(code) is not None]
    assert f"All {len(known)} together received $" in drawn("recipients", "").sentence
    assert "All 30 together disbursed $" in drawn("donors", "provided=amount").sentence


def test_the_median_of_need_is_that_of_progress_where_all_report_the_year(embedded: Cube, drawn: Draw) -> None:
    asked = need.ask(embedded, Selection(goal=("5",)))
    members = indicators.recipients(embedded.codes)
    assert {value.year for code, value in asked.values.items() if code in members} == {2013}
    line = PANELS["progress"].ask(embedded, Selection(goal=("5",))).lines["Median"]
    assert f"their median is {line[2013]:.0f} (figures of 2013)." in drawn("need", "goal=5").sentence


@pytest.mark.parametrize("query", ["goal=7&series=water", "goal=7&series=sanitation", "goal=5&series=births"])
def test_the_last_class_of_a_share_of_people_ends_at_a_hundred(drawn: Draw, query: str) -> None:
    last = _part(drawn("need", query), "legend")["classes"][-1]["label"]
    assert last.endswith("100%") and "more" not in last
