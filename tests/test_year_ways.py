"""Single years of a share can be made again from the exported terms, and a change of method is said."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest

from callbacks.book import Opened
from dashboard.explained import table
from dashboard.figures import dues
from dashboard.measured import ROLES
from dashboard.year_ways import breaks, said

GROUPS = ("mdg8-oda-iif", "eu-2005-collective-2015", "brussels-2001-ldc")


def exported(opened: Opened, id_: str) -> list[dict[str, object]]:
    told = opened.told(id_)
    made = table(told.measured, told.names, told.edition)
    return [dict(zip([column.key for column in made.columns], row, strict=True)) for row in made.rows]


def part(one: dict[object, Decimal]) -> Decimal:
    """Of a donor, in per cent of its denominator times that."""
    if ROLES["amount"] in one:
        return one[ROLES["amount"]] * 100
    return one[ROLES["ratio"]] * one[ROLES["denominator"]]


@pytest.mark.parametrize("id_", GROUPS)
def test_every_year_is_made_again_from_the_terms_that_count_in_it(opened: Opened, id_: str) -> None:
    rows = exported(opened, id_)
    terms: dict[object, dict[object, dict[object, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        if row["in_year"] == "yes":
            assert isinstance(row["value"], Decimal)
            terms[row["year"]][row["code"]][row["term"]] = row["value"]
    steps = [row for row in rows if row["counted"] == "step" and row["value"] is not None]
    assert steps
    for step in steps:
        held = terms[step["year"]].values()
        assert f"{len(held)} of them" in str(step["note"]) or "as published" in str(step["note"])
        if len(held) == 1:
            [[again]] = [list(one.values()) for one in held]
        else:
            whole = sum(one[ROLES["denominator"]] for one in held)
            again = sum((part(one) for one in held), Decimal(0)) / whole
        assert isinstance(step["value"], Decimal) and abs(step["value"] - again) < Decimal("1e-15"), step["year"]


def test_a_change_of_method_is_drawn_and_said(opened: Opened) -> None:
    found = opened.told("mdg8-oda-iif").measured
    assert breaks(found.years) == (2010,)
    assert "2000–2009 as published; 2010" in said(found.years)
    drawn = dues.figure(found)
    assert drawn and [shape["x0"] for shape in drawn["layout"]["shapes"]] == [2009.5]
    assert [column.key for column in dues.table(found, "%").columns][-1] == "way"
    plain = opened.told("un-oda-07-gni").measured
    assert bool(said(plain.years)) == bool(breaks(plain.years))
