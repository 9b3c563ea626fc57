"""Every panel draws every selection, the empty one too; what it says holds, and its table is exact."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.catalogue import PANELS
from dashboard.figures import ladders
from dashboard.figures.empties import unanswerable
from dashboard.panels import Drawing
from dashboard.questions import Unanswerable
from dashboard.selection import Selection, read
from dashboard.words import ordinal, usd
from data_access.cube import Cube

OWN = ("gap", "sources", "goals", "years", "ranking", "purposes", "givers", "progress", "compare")
QUERIES = (
    "",
    "goal=5",
    "goal=3&recipient=TUV",
    "goal=4",
    "goal=4&method=muskoka",
    "goal=8",
    "goal=unallocated",
    "goal=1,2&open=goal",
    "open=donor",
    "open=recipient&recipient=LDC",
    "donor=GBR&rank=donor",
    "donor=JPN",
    "donor=DAC&recipient=KEN",
    "recipient=ETH&sector=120",
    "recipient=298",
    "purpose=13020",
    "since=2000&until=2001",
    "since=2012&until=2012",
    "since=1990&until=1991",
    "prices=constant",
    "prices=constant&goal=2&recipient=SSA",
    "flow=10&open=goal",
    "gender=2",
    "source=crs-sectors&open=goal",
    "source=crs-donors&open=donor",
    "source=crs-purposes&goal=5",
    "source=dac1&until=2022",
    "source=iati-goals&rank=donor",
    "goal=5&series=births&recipient=KEN,UGA",
    "goal=6&series=tb&method=shared",
)
BLAME = re.compile(r"\b(fail\w*|broke\w*|miss(ed|es)|only|badly|sadly|unfortunately|merely)\b", re.IGNORECASE)


def drawn(cube: Cube, name: str, selection: Selection) -> Drawing:
    panel = PANELS[name]
    try:
        return panel.draw(panel.ask(cube, selection))
    except Unanswerable as error:
        return unanswerable(selection, error, name)


def selected(cube: Cube, query: str) -> Selection:
    selection, refused = read(query, cube.codes)
    assert not refused, query
    return selection


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("name", OWN)
def test_every_panel_draws_every_selection(embedded: Cube, name: str, query: str) -> None:
    drawing = drawn(embedded, name, selected(embedded, query))
    holds(drawing, name)


def holds(drawing: Drawing, name: str) -> None:
    """What is true of every drawing."""
    assert 0 < len(drawing.title) <= 70
    assert not drawing.title.endswith(".")
    assert not BLAME.search(drawing.title), drawing.title
    assert drawing.sentence
    if drawing.empty:
        assert drawing.empty.endswith(".") and 1 <= len(drawing.ways) <= 3
        assert not drawing.figures and not drawing.parts
        return
    assert drawing.source_line.startswith("Source")
    assert re.search(r"\d{4}", drawing.subtitle), "a subtitle names its period"
    assert set(drawing.figures) == set(PANELS[name].slots)
    assert drawing.table is not None and drawing.table.rows
    assert all(len(row) == len(drawing.table.columns) for row in drawing.table.rows)
    assert not [v for row in drawing.table.rows for v in row if isinstance(v, float)], "tables are exact"
    text = json.dumps([dict(drawing.figures), drawing.parts])  # fails on a Decimal: figures are plain
    assert "NaN" not in text and "Infinity" not in text
    for key in clicks(drawing):
        assert key == "" or re.fullmatch(r"[a-z]+:[\w.-]+", key), key


def clicks(drawing: Drawing) -> list[str]:
    return [key for f in drawing.figures.values() for trace in f["data"] for key in trace.get("customdata", [])]


@cache
def pools(cube: Cube) -> dict[str, list[str]]:
    names = ("goal", "donor", "recipient", "sector", "purpose", "flow")
    return {d: [*cube.codes.members[d], *cube.codes.groups.get(d, {})] for d in names}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_selection_of_the_small_edition_is_drawn(small: Cube, data: st.DataObject) -> None:
    selection = Selection(since=2007, until=2012)
    for dimension, codes in pools(small).items():
        if data.draw(st.booleans(), label=dimension):
            selection = selection.change(**{dimension: data.draw(st.lists(st.sampled_from(codes), max_size=3))})
    terms: dict[str, Any] = {
        "open": data.draw(st.sampled_from(("none", "goal", "donor", "recipient"))),
        "rank": data.draw(st.sampled_from(("recipient", "donor"))),
        "method": data.draw(st.sampled_from(("strict", "shared", "muskoka"))),
        "source": data.draw(st.sampled_from(("", *small.codes.sources))),
    }
    for name in OWN:
        holds(drawn(small, name, selection.change(**terms)), name)


@pytest.mark.parametrize("opened", ["none", "goal", "donor", "recipient"])
@pytest.mark.parametrize("query", ["", "goal=5", "recipient=LDC", "donor=GBR,SWE", "source=crs-sectors"])
def test_the_steps_of_the_waterfall_sum_to_the_cent(embedded: Cube, query: str, opened: str) -> None:
    selection = selected(embedded, query).change(open=opened)
    asked = ladders.ask(embedded, selection)
    drawing = ladders.draw(asked)
    assert drawing.table is not None
    amounts = {row[0]: row[1] for row in drawing.table.rows}
    moves = [v for name, v in amounts.items() if name not in ("pledged", "committed", "disbursed")]
    assert amounts["committed"] + sum(moves, Decimal(0)) == amounts["disbursed"]


@pytest.mark.parametrize("query", ["", "goal=5", "recipient=ETH"])
def test_opening_the_waterfall_changes_no_rung(embedded: Cube, query: str) -> None:
    plain = ladders.ask(embedded, selected(embedded, query))
    for opened in ("donor", "recipient"):
        asked = ladders.ask(embedded, plain.selection.change(open=opened).without(opened))
        whole = ladders.ask(embedded, plain.selection.without(opened))
        assert (asked.committed, asked.disbursed) == (whole.committed, whole.disbursed)


def test_the_bars_of_the_waterfall_end_where_the_next_begins(embedded: Cube) -> None:
    traces = drawn(embedded, "gap", Selection(open="recipient")).figures["gap"]["data"]
    bars = sorted(bar for t in traces for bar in zip(t["y"], t["base"], t["x"], strict=True))
    ends = [base + length for _, base, length in bars]
    for end, start in zip(ends[:-2], [base for _, base, _ in bars[1:-1]], strict=True):
        assert end == pytest.approx(start)
    assert ends[-2] == pytest.approx(ends[-1])


def test_parts_of_the_waterfall_pick_what_it_is_opened_by(embedded: Cube) -> None:
    keys = clicks(drawn(embedded, "gap", Selection(open="goal")))
    assert "goal:unallocated" in keys and "goal:5" in keys and "" in keys


@pytest.mark.parametrize("name", OWN)
def test_a_way_back_leads_to_another_selection_that_can_be_read(embedded: Cube, name: str) -> None:
    selection = selected(embedded, "goal=3&recipient=TUV&since=2000&until=2001&gender=2")
    drawing = drawn(embedded, name, selection)
    for way in drawing.ways:
        back, refused = read(way.query, embedded.codes)
        assert not refused and back != selection


def test_ranks_hold_what_the_whole_holds(embedded: Cube) -> None:
    drawing = drawn(embedded, "ranking", Selection())
    assert drawing.table is not None
    whole = embedded.sums(Selection(source="crs-sectors", since=2002, until=2015), ())
    assert sum(row[2] for row in drawing.table.rows if row[2] is not None) == whole["committed"][0]
    assert sum(row[3] for row in drawing.table.rows if row[3] is not None) == whole["disbursed"][0]


def test_regions_never_lead_a_ranking_of_recipients(embedded: Cube) -> None:
    drawing = drawn(embedded, "ranking", Selection())
    rows = next(part for part in drawing.parts if part["kind"] == "ranking")["rows"]
    kinds = [embedded.codes.members["recipient"][row["code"]].kind for row in rows]
    assert kinds == sorted(kinds, key=lambda kind: kind == "regional")
    assert "regional" in kinds


def test_the_tiles_are_the_eight_goals_and_what_is_not_allocated(embedded: Cube) -> None:
    drawing = drawn(embedded, "goals", Selection(recipient=("KEN",)))
    tiles = next(part for part in drawing.parts if part["kind"] == "tiles")["tiles"]
    assert [tile["code"] for tile in tiles] == [*"12345678", "unallocated"]
    assert tiles[0]["href"] == "/goal/1?recipient=KEN" and tiles[-1]["href"] == ""
    assert all(tile["numbers"] or tile["absent"] for tile in tiles)


def test_goals_add_up_to_what_is_committed_under_every_method(embedded: Cube) -> None:
    wholes = set()
    for method in ("strict", "shared", "muskoka"):
        table = drawn(embedded, "goals", Selection(method=method)).table
        assert table is not None
        wholes.add(sum(row[3] for row in table.rows if row[3] is not None))
    assert len(wholes) == 1


def test_the_timeline_sets_no_gap_against_years_that_are_not_reported(embedded: Cube) -> None:
    figure = drawn(embedded, "years", Selection()).figures["years"]
    fills = [trace for trace in figure["data"] if trace.get("fill") == "toself"]
    assert fills and min(min(trace["x"]) for trace in fills) >= 2002
    assert any("not<br>reported before 2002" in note["text"] for note in figure["layout"]["annotations"])


def test_grant_equivalents_are_not_joined_to_net_flows(embedded: Cube) -> None:
    figure = drawn(embedded, "years", Selection(source="dac1", until=2022)).figures["years"]
    line = next(trace for trace in figure["data"] if trace["mode"] == "lines")
    at = line["x"].index(None)
    assert (line["x"][at - 1], line["x"][at + 1]) == (2017, 2018)


def test_a_picked_source_is_the_one_every_panel_reads(embedded: Cube) -> None:
    title = embedded.codes.sources["crs-donors"].title
    for name in ("gap", "years", "ranking", "givers"):
        assert drawn(embedded, name, Selection(source="crs-donors")).source_line == f"Source: {title}"


def test_what_a_source_cannot_tell_apart_is_said_and_not_drawn(embedded: Cube) -> None:
    drawing = drawn(embedded, "gap", Selection(source="crs-sectors", donor=("FRA",)))
    assert drawing.empty == "OECD CRS, education and health does not distinguish donors."
    assert "The source that answers best" in [way.words for way in drawing.ways]


MONEY = ("gap", "recipients", "purposes", "givers", "ranking", "years", "compare", "donors")


@pytest.mark.parametrize("name", MONEY)
def test_a_goal_no_code_serves_says_so_and_leads_to_methods_that_serve_it(embedded: Cube, name: str) -> None:
    drawing = drawn(embedded, name, selected(embedded, "goal=4"))
    assert drawing.empty == "No purpose code serves Goal 4 under the strict mapping."
    assert [way.query for way in drawing.ways] == ["goal=4&method=shared", "goal=4&method=muskoka"]
    for way in drawing.ways:
        assert not drawn(embedded, name, selected(embedded, way.query)).empty


def test_no_way_back_leads_to_a_method_that_does_not_serve_the_goal(embedded: Cube) -> None:
    drawing = drawn(embedded, "gap", selected(embedded, "goal=7&method=muskoka"))
    assert [way.words for way in drawing.ways] == ["Strict mapping", "Shared mapping"]
    assert not [w for w in drawn(embedded, "gap", selected(embedded, "goal=8")).ways if "mapping" in w.words]


def test_the_line_of_aid_is_that_of_the_dac_members_together(embedded: Cube) -> None:
    drawing = drawn(embedded, "progress", selected(embedded, "series=oda_gni"))
    assert "DAC members together" in drawing.sentence and "0.30 in 2015" in drawing.sentence


def test_no_path_leads_to_a_target_set_on_another_line(embedded: Cube) -> None:
    drawing = drawn(embedded, "progress", selected(embedded, "goal=1"))
    assert "Dotted" not in drawing.subtitle and "The target for" not in drawing.sentence
    assert "So no path to it is drawn." in drawing.note
    assert "Target" not in str(drawing.figures["progress"])


@pytest.mark.parametrize("query", ["open=donor", "open=goal", "open=recipient", "open=goal&recipient=KEN"])
def test_every_part_of_an_opened_waterfall_can_be_read(embedded: Cube, query: str) -> None:
    notes = drawn(embedded, "gap", selected(embedded, query)).figures["gap"]["layout"]["annotations"]
    moves = [note["text"] for note in notes if note["text"].startswith(("\N{MINUS SIGN}", "+", "under"))]
    assert len(moves) > 3
    assert all(re.search("[1-9]", text) and "under" not in text for text in moves), moves


def test_each_source_has_three_digits_of_its_own_and_is_named_before_its_reason(embedded: Cube) -> None:
    ranking = next(p for p in drawn(embedded, "sources", Selection(flow=("10",))).parts if p["kind"] == "ranking")
    for row in ranking["rows"]:
        source = embedded.codes.sources[row["code"]]
        assert row["name"] == source.title or row["name"].startswith(f"{source.title}: ")
        figures = [cell for cell in row["cells"][1:] if cell != ".."]
        assert all(len(re.sub(r"\D", "", cell).lstrip("0")) >= 3 for cell in figures), row
    assert "other official flows" in drawn(embedded, "sources", Selection()).note


def test_young_activities_and_donors_that_differ_by_year_are_told_under_the_timeline(embedded: Cube) -> None:
    assert "2015 is incomplete (released September 2015)" in drawn(embedded, "years", Selection(donor=("GBR",))).note
    assert "(75, 62, 70 and 88)" in drawn(embedded, "years", Selection(source="crs-donors")).note


def test_a_group_picked_limits_the_ranking_to_it_and_the_title_names_it(embedded: Cube) -> None:
    drawing = drawn(embedded, "ranking", Selection(recipient=("LDC",)))
    members = embedded.codes.groups["recipient"]["LDC"].members()
    assert drawing.table is not None and {row[0] for row in drawing.table.rows} <= members
    assert drawing.title.startswith("Of least developed countries, ") and "least developed" in drawing.subtitle
    whole = embedded.sums(Selection(source="crs-sectors", recipient=("LDC",), since=2002, until=2015), ())
    assert sum(row[2] for row in drawing.table.rows if row[2] is not None) == whole["committed"][0]


def test_a_member_picked_keeps_its_place_among_all(embedded: Cube) -> None:
    every = drawn(embedded, "ranking", Selection()).table
    assert every is not None
    states = [row for row in every.rows if row[4] is not None and embedded.codes.members["recipient"][row[0]].map_code]
    place = [row[0] for row in states].index("KEN") + 1
    drawing = drawn(embedded, "ranking", Selection(recipient=("KEN",)))
    assert drawing.title == f"Kenya: {ordinal(place)} of {len(states)} recipients by gap"
    assert drawing.table is not None and len(drawing.table.rows) == len(every.rows)


def test_with_a_recipient_picked_the_map_tells_what_it_received(embedded: Cube) -> None:
    drawing = drawn(embedded, "recipients", selected(embedded, "recipient=KEN"))
    found = embedded.sums(Selection(source="crs-sectors", recipient=("KEN",), since=2002), ())
    amount = found["disbursed"][0] or Decimal(0)
    assert drawing.title == f"Kenya received {usd(amount, True)}"
    assert drawing.sentence.startswith(drawing.title)
    assert "Ten recipients" not in drawn(embedded, "recipients", selected(embedded, "recipient=LDC")).title


def test_per_head_the_years_of_money_and_of_inhabitants_are_named(embedded: Cube) -> None:
    drawing = drawn(embedded, "recipients", selected(embedded, "received=head"))
    assert "2002–2015 together, per inhabitant of 2009." in drawing.subtitle


def test_similar_need_is_told_with_its_span_and_years(embedded: Cube) -> None:
    words = drawn(embedded, "compare", selected(embedded, "goal=6")).subtitle
    assert "2013–2015 together, per inhabitant of 2014, other official flows included" in words
    assert "Similar need: 1–3% of adults" in words and " % " not in words
