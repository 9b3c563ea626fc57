"""The sentence at the head of a page: exact figures, neutral words, nothing it does not know."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from dashboard import goal_headline, headline
from dashboard.catalogue import PANELS
from dashboard.selection import Selection, read
from dashboard.words import scale_of, usd
from data_access.cube import Cube


def test_the_overview_says_whose_money_it_counts(embedded: Cube) -> None:
    said = headline.overview(embedded, Selection())
    assert "five publishers" in said.text and "2000–2015" in said.text
    assert [run.swatch for run in said.runs if run.swatch] == ["committed", "disbursed"]
    assert said.runs[-1].gap and said.runs[-1].text.endswith("per cent had not been disbursed when last reported.")
    assert "None of them records pledges" in said.second


def test_the_figures_are_those_of_the_cube(embedded: Cube) -> None:
    whole = embedded.sums(Selection(source="iati-goals"), ())
    said = headline.overview(embedded, Selection()).text
    for stage in ("committed", "disbursed"):
        amount = whole[stage][0]
        assert amount is not None and usd(amount, sentence=True) in said


def test_the_share_not_disbursed_is_computed_from_exact_amounts(embedded: Cube) -> None:
    whole = embedded.sums(Selection(source="iati-goals"), ())
    committed, disbursed = (whole[stage][0] or Decimal(0) for stage in ("committed", "disbursed"))
    part = round((committed - disbursed) / committed * 100)
    assert f"{part} per cent had not been disbursed" in headline.overview(embedded, Selection()).text


def test_years_against_years_are_never_called_not_disbursed(embedded: Cube) -> None:
    said = headline.overview(embedded, Selection(source="crs-sectors"))
    assert "not been disbursed" not in said.text and "2002–2015" in said.text
    assert not [run for run in said.runs if run.gap]


def test_a_source_without_commitments_is_told_by_what_was_disbursed(embedded: Cube) -> None:
    said = headline.overview(embedded, Selection(source="crs-donors"))
    assert [run.swatch for run in said.runs if run.swatch] == ["disbursed"]


def test_what_cannot_be_answered_is_a_sentence(embedded: Cube) -> None:
    said = headline.overview(embedded, Selection(gender=("2",))).text
    assert said.startswith("No source in this edition carries the gender marker. None of the six sources")
    said = headline.overview(embedded, Selection(gender=("2",), source="dac1")).text
    assert said.startswith("OECD DAC1") and "gender" in said


def test_years_no_source_covers_are_named(embedded: Cube) -> None:
    said = headline.overview(embedded, Selection(goal=("5",), donor=("GBR",), since=2020, until=2022)).text
    assert said.startswith("No source in this edition that can answer covers 2020–2022.")


def test_a_goal_no_code_serves_is_named_on_the_overview_too(embedded: Cube) -> None:
    said = headline.overview(embedded, Selection(goal=("4",))).text
    assert said.startswith("No purpose code serves Goal 4 under the strict mapping.")


def test_how_many_sources_can_answer_is_said_in_words(embedded: Cube) -> None:
    assert headline.overview(embedded, Selection()).second.startswith("All six sources of this edition can answer")
    assert "Four of the six sources" in headline.overview(embedded, Selection(flow=("10",))).second


@pytest.mark.parametrize(("since", "said"), [(2015, True), (2011, True), (2010, False)])
def test_recent_activities_are_said_to_be_still_paying(embedded: Cube, since: int, said: bool) -> None:
    second = headline.overview(embedded, Selection(source="iati-goals", since=since)).second
    assert ("still paying: the figures are as released in September 2015." in second) is said


def test_with_a_type_of_flow_the_publishers_that_state_it_are_counted(embedded: Cube) -> None:
    assert "three of five publishers" in headline.overview(embedded, Selection(flow=("10",))).text


@pytest.mark.parametrize("number", list("1234567"))
def test_a_goal_page_states_its_target_and_every_mapping(embedded: Cube, number: str) -> None:
    said = goal_headline.goal(embedded, Selection(goal=(number,)), number)
    assert goal_headline.TARGETS[number] in said.second
    assert "mapping" in said.text and "Source: OECD CRS" in said.second


def test_a_goal_nothing_is_mapped_to_says_so(embedded: Cube) -> None:
    said = goal_headline.goal(embedded, Selection(goal=("4",)), "4").text
    totals = [
        column[0] or Decimal(0)
        for method in ("shared", "muskoka")
        if (column := disbursed(embedded, Selection(source="crs-purposes", goal=("4",), method=method)))
    ]
    scale = scale_of(totals)
    shared, muskoka = (scale.text(amount, True) for amount in totals)
    assert said.startswith(
        "The strict mapping has no purpose code for child mortality; "
        f"the shared mapping counts {shared} and Muskoka {muskoka}. "
    )
    assert "2013–2015, other official flows included" in said


def disbursed(cube: Cube, selection: Selection) -> Sequence[Decimal | None]:
    return cube.sums(selection.change(since=2013), ())["disbursed"]


def test_goal_eight_is_told_by_its_indicator(embedded: Cube) -> None:
    said = goal_headline.goal(embedded, Selection(goal=("8",)), "8").text
    assert "0.30 per cent of their gross national income" in said and "0.70 per cent" in said
    assert "Tied aid, trade and medicines are not reported in this edition" in said


def test_a_purpose_picked_narrows_the_goal(embedded: Cube) -> None:
    whole = goal_headline.goal(embedded, Selection(goal=("5",)), "5").runs[1].text
    part = goal_headline.goal(embedded, Selection(goal=("5",), purpose=("13030",)), "5").runs[1].text
    assert whole != part and "billion" in part


def test_who_is_in_greatest_need_is_told_where_recipients_are_not_picked(embedded: Cube) -> None:
    every = goal_headline.goal(embedded, Selection(goal=("5",)), "5").text
    assert "per cent went to the ten recipients with the highest maternal mortality." in every
    assert "in 2013–2015, other official flows included. Of what is recorded by country, " in every
    assert "ten recipients" not in goal_headline.goal(embedded, Selection(goal=("5",), recipient=("KEN",)), "5").text


@pytest.mark.parametrize(
    ("selection", "said"),
    [
        (Selection(), "Current United States dollars."),
        (Selection(prices="constant"), "United States dollars at 2014 prices."),
    ],
)
def test_every_headline_names_its_prices(embedded: Cube, selection: Selection, said: str) -> None:
    assert said in headline.overview(embedded, selection).second
    assert said in goal_headline.goal(embedded, selection, "5").second


def test_net_aid_is_what_is_disbursed_not_what_it_is_for(embedded: Cube) -> None:
    text = headline.overview(embedded, Selection(source="dac1")).text
    assert "in net official development assistance" in text and "for net" not in text


def test_a_donor_that_the_source_does_not_hold_is_the_reason_and_no_purpose_is(embedded: Cube) -> None:
    picked = Selection(goal=("6",), donor=("FRA",))
    said = goal_headline.goal(embedded, picked, "6").text
    assert said.startswith("The source read here holds nothing of France: what was disbursed for Goal 6")
    for name in ("recipients", "compare", "purposes", "gap"):
        drawing = PANELS[name].draw(PANELS[name].ask(embedded, picked))
        assert drawing.empty == "This source holds nothing of France.", name


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("flow=10", ", counting only official development assistance."),
        ("purpose=13020", ", counting only reproductive health care, other official flows included."),
        ("sector=130&flow=10", ", counting only population"),
        ("", "in 2013–2015, other official flows included."),
    ],
)
def test_the_sentence_of_a_goal_says_what_alone_it_counts(embedded: Cube, query: str, words: str) -> None:
    """It is read without its page where a link is shown elsewhere."""
    picked, refused = read(query, embedded.codes)
    said = goal_headline.goal(embedded, picked.change(goal=["5"]), "5").text
    assert words in said and not refused, said
