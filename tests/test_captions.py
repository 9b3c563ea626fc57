"""Who, what, when, unit and prices in words; amounts on one scale; names inside sentences."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dashboard import captions
from dashboard.selection import Selection
from dashboard.words import billions, counted, scale_of, the
from data_access.cube import Cube


def written(cube: Cube, source: str, selection: Selection, span: tuple[int, int] = (2002, 2015)) -> str:
    unit = scale_of([Decimal(10) ** 10]).unit
    return captions.subtitle("Disbursed", cube.codes, cube.codes.sources[source], selection, span, unit)


def test_a_subtitle_names_measure_who_what_period_unit_and_prices(embedded: Cube) -> None:
    assert written(embedded, "crs-sectors", Selection()) == (
        "Disbursed, education and health, all donors to all recipients, 2002–2015. "
        "Billions of current United States dollars"
    )


def test_constant_prices_name_their_base_year(embedded: Cube) -> None:
    said = written(embedded, "crs-sectors", Selection(prices="constant"))
    assert said.endswith("Billions of United States dollars at 2014 prices")


def test_five_publishers_and_the_year_of_the_activity_are_named(embedded: Cube) -> None:
    said = written(embedded, "iati-goals", Selection(goal=("5",), recipient=("KEN", "LDC")))
    assert "Goal 5 under the strict mapping, five publishers to Kenya and least developed countries" in said
    assert "activities of 2002–2015" in said


def test_donors_picked_stand_where_all_donors_stood(embedded: Cube) -> None:
    said = written(embedded, "iati-goals", Selection(donor=("GBR",)))
    assert said.startswith("Disbursed, the United Kingdom to all recipients")


@pytest.mark.parametrize(
    ("picked", "words"),
    [
        ((), ""),
        (("5",), "Goal 5 under the strict mapping"),
        (("4", "5"), "Goals 4 and 5 under the strict mapping"),
        (("unallocated",), "not allocated to a Goal under the strict mapping"),
        (("5", "unallocated"), "Goal 5 and what is not allocated to a Goal under the strict mapping"),
    ],
)
def test_goals_are_named_with_their_mapping(picked: tuple[str, ...], words: str) -> None:
    assert captions.goals(Selection(goal=picked)) == words


@pytest.mark.parametrize(
    ("values", "value", "text"),
    [
        (["173900000000"], "173900000000", "$174\u00a0bn"),
        (["173900000000"], "-69015000000", "−$69\u00a0bn"),
        (["173900000000"], "-400000000", "−$0.40\u00a0bn"),
        (["173900000000"], "0", "$0\u00a0bn"),
        (["999600000"], "999600000", "$1.00\u00a0bn"),
        (["3630000000"], "60000000", "$0.06\u00a0bn"),
        (["27200000"], "5", "$5.00"),
        ([], "0", "$0"),
    ],
)
def test_one_chart_has_one_unit_and_one_number_of_decimals(values: list[str], value: str, text: str) -> None:
    assert scale_of(Decimal(v) for v in values).text(Decimal(value)) == text


def test_rounded_parts_that_miss_the_whole_are_noticed() -> None:
    scale = scale_of([Decimal("10.0e9")])
    assert scale.misses(Decimal("10.0e9"), [Decimal("3.34e9"), Decimal("3.33e9"), Decimal("3.33e9")])
    assert not scale.misses(Decimal("10.0e9"), [Decimal("5.0e9"), Decimal("5.0e9")])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Kenya", "Kenya"),
        ("United Kingdom", "the United Kingdom"),
        ("Niger", "the Niger"),
        ("Nigeria", "Nigeria"),
        ("World Bank Group", "the World Bank Group"),
        ("Asian Development Bank", "the Asian Development Bank"),
        ("Papua New Guinea", "Papua New Guinea"),
    ],
)
def test_a_name_takes_its_article(name: str, words: str) -> None:
    assert the(name) == words


def test_the_unit_stands_at_the_head_of_prices() -> None:
    assert billions(("m", "million", Decimal(10) ** 6)) == "Millions of "
    assert billions(("", "", Decimal(1))) == ""


def test_a_donor_that_a_source_does_not_know_is_named(embedded: Cube) -> None:
    source = embedded.codes.sources["iati-goals"]
    picked = Selection(donor=("FRA", "GBR"), recipient=("LDC",))
    assert captions.unheard(embedded.codes, source, picked) == "This source holds nothing of France."
    assert captions.unheard(embedded.codes, source, Selection(donor=("GBR",))) == ""


@pytest.mark.parametrize(
    ("source", "picked", "words"),
    [
        ("crs-sectors", Selection(flow=("10",)), "education and health, official development assistance, all donors"),
        ("crs-sectors", Selection(sector=("120",)), "education and health, of which health, all donors"),
        ("dac1", Selection(flow=("10",)), "net official development assistance, DAC members"),
        ("crs-purposes", Selection(sector=("120",)), "Disbursed, health, all donors"),
        ("iati-goals", Selection(flow=("10",)), "official development assistance, three of five publishers"),
    ],
)
def test_what_is_picked_is_added_to_the_limit_of_a_source(
    embedded: Cube, source: str, picked: Selection, words: str
) -> None:
    assert words in written(embedded, source, picked)


def test_publishers_that_state_the_flow_picked_are_counted_and_the_others_named(embedded: Cube) -> None:
    source, asked = embedded.codes.sources["iati-goals"], Selection(flow=("10",))
    frame = embedded.totals(asked.change(source="iati-goals"), ("donor",))
    assert captions.publishers(embedded, source, asked) == f"{counted(len(frame))} of five publishers"
    said = captions.unheard(embedded.codes, source, asked)
    assert said == "The World Bank Group and Germany do not state the type of flow and are left out."
    assert captions.publishers(embedded, source, Selection()) == "five publishers"
    assert captions.unheard(embedded.codes, source, Selection(flow=("unstated",))) == ""
    alone = captions.unheard(embedded.codes, source, Selection(flow=("10",), donor=("DEU", "GBR")))
    assert alone == "Germany does not state the type of flow and is left out."


def test_the_donors_of_a_source_that_differ_by_year_are_counted_from_its_rows(embedded: Cube) -> None:
    source = embedded.codes.sources["crs-donors"]
    frame = embedded.totals(Selection(source="crs-donors"), ("donor", "year"))
    counts = [str(count) for count in frame.groupby("year").size()]
    assert captions.differing(source, (2012, 2015)) == (
        f"The donors of this source differ by year ({', '.join(counts[:-1])} and {counts[-1]})."
    )
    assert captions.differing(source, (2014, 2014)) == ""


def test_sectors_stand_in_a_sentence_as_words_and_not_as_a_title(embedded: Cube) -> None:
    said = captions.names(embedded.codes, "sector", ("130", "140", "123"))
    assert said == [
        "population policies/programmes and reproductive health",
        "water supply and sanitation",
        "non-communicable diseases (NCDs)",
    ]


def test_what_is_asked_of_every_source_names_all_that_is_picked(embedded: Cube) -> None:
    assert captions.asked(embedded.codes, Selection()) == "all donors to all recipients"
    picked = Selection(donor=("GBR",), recipient=("KEN",), sector=("140",))
    assert captions.asked(embedded.codes, picked) == "water supply and sanitation, the United Kingdom to Kenya"
