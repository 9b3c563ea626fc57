"""Rollups: the same sums in three sizes, exact whatever the amounts; flows in their order, with ranks."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from dashboard.selection import Selection
from data_access import queries, rollups, tables
from data_access.library import open_file
from tests import small as made

READ = {  # what is asked -> the rollup that answers it
    ("year",): "purpose_rollup",
    ("goal", "year"): "purpose_rollup",
    ("purpose", "gender"): "purpose_rollup",
    ("donor",): "goal_rollup",
    ("goal", "recipient"): "goal_rollup",
    ("donor", "purpose"): "rollup",
    ("goal", "donor", "gender"): "rollup",
}


@pytest.fixture
def edition(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The small edition, open to be changed."""
    with duckdb.connect(str(made.write(tmp_path / "2013-01-31.duckdb"))) as connection:
        yield connection


def kinds(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    return {row[0]: row[1] for row in connection.execute(f"DESCRIBE {table}").fetchall()}


@pytest.mark.parametrize("by", READ)
def test_the_smallest_rollup_that_holds_all_that_is_asked_is_read(by: tuple[str, ...], tmp_path: Path) -> None:
    cube = open_file(made.write(tmp_path / "2013-01-31.duckdb"))
    written = str(queries.totals(Selection(source="iati-goals"), by, cube.codes).question)
    assert f"FROM {READ[by]}" in written and ("goal_share" in written) == ("goal" in by and READ[by] != "goal_rollup")
    cube.close()


def test_an_amount_is_kept_in_64_bits_where_all_fit_and_in_128_where_one_does_not(
    edition: duckdb.DuckDBPyConnection,
) -> None:
    narrow, wide = "DECIMAL(18,8)", "DECIMAL(24,8)"
    assert {kinds(edition, "rollup")[name] for name in tables.AMOUNTS} == {narrow}
    assert kinds(edition, "goal_rollup")["disbursed_constant"] == "DECIMAL(30,14)"  # shares have six decimals
    edition.execute(
        "UPDATE flow SET usd = 10000000000 WHERE row = (SELECT min(row) FROM flow WHERE stage = 'committed')"
    )
    rollups.fill(edition)
    held = kinds(edition, "rollup")
    assert held["committed"] == wide and held["disbursed"] == narrow
    for table in ("rollup", "purpose_rollup", "goal_rollup"):
        only = "WHERE method = ''" if table == "goal_rollup" else ""
        [sums] = edition.execute(f"SELECT sum(committed), sum(disbursed_constant) FROM {table} {only}").fetchall()
        assert (
            sums
            == edition.execute(
                "SELECT sum(usd) FILTER (stage = 'committed'), sum(usd_constant) FILTER (stage = 'disbursed') FROM flow"
            ).fetchone()
        )


def test_flows_lie_in_the_order_in_which_they_are_asked_for_and_amounts_are_ranked(
    edition: duckdb.DuckDBPyConnection,
) -> None:
    found = edition.execute("SELECT year, stage, donor, recipient, purpose, row, usd, usd_rank FROM flow").fetchall()
    assert [row[:6] for row in found] == sorted(row[:6] for row in found)
    by_amount = sorted(found, key=lambda row: (row[6], row[5]))
    assert [row[7] for row in by_amount] == list(range(1, len(found) + 1))


def test_a_purpose_whose_shares_are_not_whole_is_refused_since_money_would_be_lost(
    edition: duckdb.DuckDBPyConnection,
) -> None:
    edition.execute("DELETE FROM goal_share WHERE method = 'shared' AND purpose = '12240' AND goal = '4'")
    with pytest.raises(ValueError, match=r"^1 purposes \(12240\) are not shared out whole"):
        rollups.fill(edition)
    edition.execute("DELETE FROM goal_share WHERE purpose = '12240'")
    with pytest.raises(ValueError, match="12240"):
        rollups.fill(edition)


def test_all_rungs_can_be_asked_and_each_is_told_by_itself(tmp_path: Path) -> None:
    rows = made.tables()
    for at, stage in ((0, "pledged"), (1, "budgeted")):
        mine = [row for row in rows["flow"] if row["source"] == "iati-goals"][at::9]
        for row in mine:
            row["stage"] = stage
    cube = open_file(made.write(tmp_path / "2013-01-31.duckdb", rows))
    asked = Selection(source="iati-goals", goal=("4", "6"), method="shared")
    frame = cube.totals(asked, ("year",), stages=("pledged", "budgeted", "disbursed"))
    assert list(frame.columns) == ["year", "pledged", "budgeted", "disbursed"]
    parts = made.parts(rows["flow"], rows["goal_share"])
    for row in frame.to_dict("records"):
        for stage in ("pledged", "budgeted", "disbursed"):
            mine = [
                part["usd"]
                for part in parts
                if (part["source"], part["method"], part["year"]) == ("iati-goals", "shared", row["year"])
                and part["goal"] in ("4", "6")
                and part["stage"] == stage
            ]
            assert row[stage] == (sum(mine, Decimal(0)) if mine else None)
    assert list(cube.totals(asked, ("year",)).columns) == ["year", "committed", "disbursed"]
    for wrong in ((), ("paid",), ("pledged", "pledged")):
        with pytest.raises(ValueError, match="Totals are of pledged, committed, budgeted, disbursed, each once"):
            cube.totals(asked, (), stages=wrong)
    cube.close()
