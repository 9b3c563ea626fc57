"""The cube's answers, against sums made by hand from the rows of the small edition and against themselves."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from dashboard.questions import Answers, Unanswerable
from dashboard.selection import DIMENSIONS, Selection
from data_access import queries, tables
from data_access.cube import STAGES, Cube
from data_access.engine import Limits, Warehouse
from data_access.library import open_file
from tests import questions_at_random as random_questions
from tests import small as made

ROWS = made.tables()
PARTS = made.parts(ROWS["flow"], ROWS["goal_share"])


def members(dimension: str, code: str, year: int, membership: str) -> set[str]:
    """Who a code of the small edition stands for, read from its rows rather than from the cube."""
    spells = [m for m in ROWS["membership"] if (m["dimension"], m["grp"]) == (dimension, code)]
    if membership == "today" and spells:
        year = max(m["until"] for m in spells)
    return {m["member"] for m in spells if m["since"] <= year <= m["until"]} if spells else {code}


def counted(row: made.Row, selection: Selection) -> bool:
    """Whether a part of a flow belongs to a selection."""
    if (row["source"], row["method"]) != (selection.source, selection.method):
        return False
    if not selection.since <= row["year"] <= selection.until:
        return False
    for dimension in DIMENSIONS:
        picked = selection.picked(dimension)
        wanted = set[str]().union(*(members(dimension, c, row["year"], selection.membership) for c in picked))
        if picked and row[dimension] not in wanted:
            return False
    return True


def by_hand(selection: Selection, by: Sequence[str]) -> dict[tuple[Any, ...], list[Decimal | None]]:
    sums: dict[tuple[Any, ...], list[Decimal | None]] = {}
    amount = "usd_constant" if selection.prices == "constant" else "usd"
    with localcontext(prec=80):
        for row in PARTS:
            if counted(row, selection):
                held = sums.setdefault(tuple(row[name] for name in by), [None, None])
                at = STAGES.index(row["stage"])
                held[at] = (held[at] or Decimal(0)) + row[amount]
    return dict(sorted(sums.items()))


def as_dict(frame: pd.DataFrame, by: Sequence[str]) -> dict[tuple[Any, ...], list[Decimal | None]]:
    return {tuple(row[: len(by)]): list(row[len(by) :]) for row in frame.itertuples(index=False)}


def test_the_cube_is_what_panels_ask(small: Cube) -> None:
    answers: Answers = small
    assert answers.edition == "2013-01-31"


def test_totals_are_the_sums_of_the_rows_exactly_and_in_order(small: Cube) -> None:
    asked = 0
    for selection in random_questions.selections(small, 120):
        for by in itertools.islice(itertools.permutations(random_questions.told_apart(small, selection), 2), 3):
            for prices in ("current", "constant"):
                question = selection.change(prices=prices)
                found, expected = as_dict(small.totals(question, by), by), by_hand(question, by)
                assert list(found.items()) == list(expected.items()), f"{question.write()} by {by}"
                asked += len(expected)
    assert asked > 2000


def test_the_parts_of_every_dimension_sum_to_the_total_in_the_small_edition(small: Cube) -> None:
    checked = [random_questions.parts_equal_the_whole(small, s) for s in random_questions.selections(small, 200)]
    assert len(checked) == 200 and sum(checked) > 600


def test_the_parts_of_every_dimension_sum_to_the_total_in_the_embedded_edition(embedded: Cube) -> None:
    checked = [random_questions.parts_equal_the_whole(embedded, s) for s in random_questions.selections(embedded, 200)]
    assert len(checked) == 200 and sum(checked) > 600


@pytest.mark.parametrize("edition", ["small", "embedded"])
def test_the_rows_behind_a_figure_sum_to_it(edition: str, request: pytest.FixtureRequest) -> None:
    cube, seen = request.getfixturevalue(edition), 0
    for selection in random_questions.selections(cube, 25, seed=3):
        rows = cube.rows(selection, 1_000_000)
        assert len(rows) == cube.counts(selection).rows
        whole = random_questions.added(cube.totals(selection, ()))
        for stage in STAGES:
            parts = rows[rows["stage"] == stage]
            assert random_questions.added(parts, ["part"])["part"] == whole[stage], selection.write()
        seen += len(rows)
    assert seen > 200


def test_a_row_knows_its_file_and_line_and_pages_follow_each_other(small: Cube) -> None:
    selection = Selection(source="iati-goals", recipient=("SSA",))
    everything = small.rows(selection, 10_000)
    paged = pd.concat([small.rows(selection, 7, at) for at in range(0, len(everything), 7)])
    assert list(paged["row"]) == list(everything["row"]) == sorted(everything["row"])
    assert set(everything["file"]) == {"iati-goals.csv"}
    assert all(line == row + 1 for row, line in zip(everything["row"], everything["line"], strict=True))


def test_what_was_never_reported_is_none_and_a_reported_zero_is_zero(small: Cube) -> None:
    early = small.totals(Selection(source="crs-sectors", until=2007), ())
    assert early["disbursed"][0] is None and early["committed"][0] > 0
    zero = next(r for r in ROWS["flow"] if r["usd"] == 0 and r["source"] == "iati-goals")
    picked = {name: (zero[name],) for name in ("donor", "recipient", "purpose")}
    frame = small.totals(Selection(source="iati-goals", since=zero["year"], until=zero["year"]).change(**picked), ())
    assert frame[zero["stage"]][0] == 0


def test_repayments_stay_negative(small: Cube) -> None:
    row = next(r for r in ROWS["flow"] if r["usd"] < 0 and r["source"] == "crs-donors")
    picked = Selection(source="crs-donors", since=row["year"], until=row["year"], donor=(row["donor"],))
    assert small.totals(picked.change(recipient=(row["recipient"],)), ())["disbursed"][0] == row["usd"] < 0


def test_where_nothing_matches_there_are_columns_and_no_row(small: Cube) -> None:
    nothing = Selection(source="crs-donors", donor=("1601",), recipient=("nowhere",))
    assert list(small.totals(nothing, ()).columns) == ["committed", "disbursed"]
    frame = small.totals(nothing, ("year", "donor"))
    assert frame.empty and list(frame.columns) == ["year", "donor", "committed", "disbursed"]
    assert small.rows(nothing).empty and small.counts(nothing).rows == 0


def test_a_group_as_then_holds_each_year_those_who_belonged_and_as_today_the_present_list(small: Cube) -> None:
    group = Selection(source="iati-goals", recipient=("LDC",))
    for membership, expected in (("then", {"CPV": [2007], "MDV": [2007, 2008, 2009, 2010]}), ("today", {})):
        frame = small.totals(group.change(membership=membership), ("recipient", "year"))
        found = {
            code: sorted(set(frame[frame["recipient"] == code]["year"]))
            for code in ("CPV", "MDV")
            if code in set(frame["recipient"])
        }
        assert {code: set(years) for code, years in found.items()}.keys() == expected.keys()
        assert all(set(years) <= set(expected[code]) for code, years in found.items())
        assert "ETH" in set(frame["recipient"]) and "KEN" not in set(frame["recipient"])


def test_an_undated_group_means_its_list_in_every_year(small: Cube) -> None:
    by_group = small.totals(Selection(source="crs-donors", donor=("G7",)), ("year",))
    by_members = small.totals(Selection(source="crs-donors", donor=("FRA", "GBR", "JPN", "USA")), ("year",))
    pd.testing.assert_frame_equal(by_group, by_members)


def test_groups_and_members_picked_together_are_counted_once(small: Cube) -> None:
    both = small.totals(Selection(source="crs-donors", donor=("DAC", "FRA", "G7")), ())
    pd.testing.assert_frame_equal(both, small.totals(Selection(source="crs-donors", donor=("G7",)), ()))


def test_a_sector_group_holds_its_sectors_and_the_sector_of_its_own_code(small: Cube) -> None:
    narrow = small.totals(Selection(source="iati-goals", sector=("110",)), ("sector",))
    assert list(narrow["sector"]) == ["111", "112"]
    assert list(small.totals(Selection(source="crs-sectors", sector=("110",)), ("sector",))["sector"]) == ["110"]


def test_the_method_moves_money_between_goals_and_never_changes_the_total(small: Cube) -> None:
    frames = {m: small.totals(Selection(source="iati-goals", method=m), ("goal",)) for m in made.METHODS}
    assert len({str(random_questions.added(frame)) for frame in frames.values()}) == 1
    assert len({str(list(frame["committed"])) for frame in frames.values()}) == 3


CANNOT = [
    (Selection(), (), "No source is named"),
    (Selection(source="oecd"), (), "source=oecd is not a source of this edition"),
    (Selection(source="crs-donors"), ("goal",), "does not distinguish Goals"),
    (Selection(source="crs-donors", goal=("4",)), (), "does not distinguish Goals"),
    (Selection(source="iati-goals", since=2014), ("year",), "covers 2007–2012 and nothing of 2014–2015"),
]


@pytest.mark.parametrize(("selection", "by", "words"), CANNOT)
def test_what_cannot_be_answered_says_so(small: Cube, selection: Selection, by: tuple[str, ...], words: str) -> None:
    with pytest.raises(Unanswerable, match=words):
        small.totals(selection, by)


@pytest.mark.parametrize("by", [("stage",), ("year", "year"), ("usd",), ("",)])
def test_only_dimensions_and_the_year_tell_totals_apart(small: Cube, by: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="Totals can be told apart by"):
        small.totals(Selection(source="iati-goals"), by)


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A small edition in which one flow of 2011 has no deflator and two flows are large with many decimals."""
    flows = [dict(row) for row in ROWS["flow"]]
    lost = next(r for r in flows if r["source"] == "crs-donors" and r["year"] == 2011)
    lost["usd_constant"] = None
    large = [r for r in flows if r["source"] == "iati-goals" and r["purpose"] == "12220" and r["stage"] == "committed"][
        :2
    ]
    for row, usd in zip(large, ("1234567890123.10000001", "0.20000002"), strict=True):
        row["usd"] = Decimal(usd)
    rows = ROWS | {"flow": flows}
    return made.write(tmp_path / "changed.duckdb", rows)


def test_constant_prices_are_refused_where_a_deflator_is_missing_and_never_silently_smaller(changed: Path) -> None:
    cube = open_file(changed)
    asked = Selection(source="crs-donors", prices="constant")
    with pytest.raises(Unanswerable, match="holds 1 sum of 2011 in this selection for which no deflator is known"):
        cube.totals(asked, ("donor",))
    assert not cube.totals(asked.change(until=2010), ("donor",)).empty
    assert not cube.totals(asked.change(prices="current"), ("donor",)).empty
    cube.close()


def test_sums_without_a_deflator_are_counted_only_where_there_are_any(changed: Path) -> None:
    cube = open_file(changed)
    around = [
        Selection(source="crs-donors", prices="constant", since=a, until=b) for a, b in ((2009, 2010), (2010, 2011))
    ]
    assert [cube._doubtful(selection) for selection in around] == [False, True]
    assert not cube._doubtful(Selection(source="iati-goals", prices="constant"))
    cube.close()


def test_large_amounts_with_many_decimals_and_small_shares_lose_nothing(changed: Path) -> None:
    cube = open_file(changed)
    rows = cube.rows(Selection(source="iati-goals", purpose=("12220",)), 10_000)
    rows = rows[rows["stage"] == "committed"]
    assert {Decimal("1234567890123.10000001"), Decimal("0.20000002")} <= set(rows["usd"])
    with localcontext(prec=80):
        expected = sum(rows["usd"], Decimal(0)) * Decimal("0.166667")
    found = cube.totals(Selection(source="iati-goals", purpose=("12220",), goal=("6",), method="shared"), ())
    assert found["committed"][0] == expected
    cube.close()


def test_what_cannot_change_a_total_is_not_part_of_the_question(small: Cube) -> None:
    plain = Selection(source="iati-goals", since=2007, until=2012)
    same = plain.change(rank="donor", open="goal", provided="share", received="head", series="u5mr", method="shared")
    same = same.change(since=1995, until=2020, membership="today", edition="2013-01-31")
    assert queries.reduced(same, ("year",), small.codes) == queries.reduced(plain, ("year",), small.codes)
    for other in (
        {"method": "shared", "goal": ("4",)},
        {"recipient": ("LDC",), "membership": "today"},
        {"since": 2009},
    ):
        kept = queries.reduced(plain.change(**other), (), small.codes)
        assert all(getattr(kept, name) == value for name, value in other.items())


def test_a_reader_who_changes_a_frame_changes_it_for_nobody_else(small: Cube) -> None:
    selection = Selection(source="dac1")
    first = small.totals(selection, ("year",))
    first.loc[0, "disbursed"] = Decimal(1)
    first["more"] = 2
    assert list(small.totals(selection, ("year",)).columns) == ["year", "committed", "disbursed"]
    assert small.totals(selection, ("year",))["disbursed"][0] != 1


def test_threads_get_the_answers_that_one_reader_gets(small: Cube, tmp_path: Path) -> None:
    asked = [(s, by) for s in random_questions.selections(small, 30, seed=9) for by in ((), ("year",))]
    expected = [small.totals(s, by) for s, by in asked]
    cube = open_file(made.write(tmp_path / "threads.duckdb"), limits=Limits(running=3))
    with ThreadPoolExecutor(8) as readers:
        found = list(readers.map(lambda question: cube.totals(*question), asked))
    for one, other in zip(expected, found, strict=True):
        pd.testing.assert_frame_equal(one, other)
    cube.close()


def attached(path: Path, limits: Limits | None = None) -> Warehouse:
    warehouse = Warehouse(path.parent, limits)
    warehouse.attach(path.stem)
    return warehouse


def test_a_statement_that_takes_too_long_is_stopped_and_the_next_one_works(tmp_path: Path) -> None:
    warehouse = attached(made.write(tmp_path / "slow.duckdb"), Limits(running=1))
    one, two, three = (tables.flow.alias() for _ in range(3))
    endless = select(func.count()).select_from(one, two, three).where(one.c.usd + two.c.usd > three.c.usd)
    with pytest.raises(TimeoutError, match=r"took longer than 0\.2 seconds and was stopped"):
        warehouse.fetch("slow", endless, 0.2)
    assert warehouse.fetch("slow", select(func.count()).select_from(tables.flow))[0][0] == len(ROWS["flow"])
    warehouse.close()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO fixed.about VALUES ('edition', 'another')",
        "ATTACH '/etc/hosts' AS other",
        "SELECT * FROM read_csv('/etc/hosts')",
        "COPY (SELECT 1) TO '/tmp/out-of-the-warehouse.csv'",
        "SET memory_limit = '100GB'",
        "SET allowed_directories = ['/']",
        "INSTALL httpfs",
    ],
)
def test_a_part_cannot_be_written_and_nothing_else_can_be_reached(tmp_path: Path, statement: str) -> None:
    warehouse = attached(made.write(tmp_path / "fixed.duckdb"))
    with pytest.raises(duckdb.Error), warehouse.cursor() as cursor:
        cursor.execute(statement)
    warehouse.close()


def test_a_part_is_let_go_while_it_is_read(tmp_path: Path) -> None:
    warehouse = attached(made.write(tmp_path / "going.duckdb"))
    with warehouse.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM going.flow, range(1000)")
        warehouse.detach("going")
        assert cursor.fetchall() == [(len(ROWS["flow"]) * 1000,)]
    with pytest.raises(DBAPIError):
        warehouse.fetch("going", select(func.count()).select_from(tables.flow))
    warehouse.close()


def test_indicator_values_come_with_series_country_year_and_sex(small: Cube) -> None:
    frame = small.series(["literacy", "u5mr"], 2008, 2009)
    rows = [r for r in ROWS["indicator"] if r["series"] in ("literacy", "u5mr") and 2008 <= r["year"] <= 2009]
    expected = sorted(tuple(r[k] for k in ("series", "country", "year", "sex", "value")) for r in rows)
    assert [tuple(row) for row in frame.itertuples(index=False)] == expected
    assert set(small.series_list()["series"]) == set(made.SERIES)
    assert small.series([], 2000, 2015).empty


def test_the_codes_are_those_of_the_tables(small: Cube) -> None:
    codes = small.codes
    assert (
        codes.name("donor", "GBR") == "United Kingdom" and codes.name("recipient", "LDC") == "Least developed countries"
    )
    assert codes.groups["recipient"]["LDC"].dated and not codes.groups["recipient"]["SIDS"].dated
    assert codes.sources["crs-donors"].picks["donor"] <= set(made.DONORS)
    assert codes.sources["crs-donors"].dimensions == {"donor", "recipient", "year"}
    assert codes.base_year == 2010 and codes.series["u5mr"] == "4" and codes.editions == ("2013-01-31",)


@pytest.mark.parametrize(
    "goals", [("1", "2", "3"), ("1", "3", "5"), ("4", "5"), ("1", "2", "3", "4", "5", "6", "7", "8")]
)
@pytest.mark.parametrize("method", ["strict", "shared", "muskoka"])
def test_goals_that_follow_each_other_are_summed_like_any_others(
    small: Cube, goals: tuple[str, ...], method: str
) -> None:
    asked = Selection(source="iati-goals", goal=goals, method=method)
    for by in ((), ("goal",), ("recipient",), ("goal", "year"), ("donor", "purpose")):
        assert as_dict(small.totals(asked, by), by) == by_hand(asked, by)


def test_a_question_is_written_once_for_all_selections_of_its_shape(small: Cube) -> None:
    kenya, two = (Selection(source="iati-goals", recipient=codes) for codes in (("KEN",), ("KEN", "BGD")))
    asked = [queries.totals(selection, ("year",), small.codes) for selection in (kenya, two)]
    assert asked[0].question is asked[1].question and asked[0].values != asked[1].values
    assert queries.totals(kenya, ("donor",), small.codes).question is not asked[0].question
