"""Sentences that were said wrongly once: of nothing, of one thing, and without the reason that everybody reads."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from callbacks.book import Opened
from dashboard.counting import Rule
from dashboard.finding_list import Listed, Step
from dashboard.findings import BY_MODERATOR, Finding, Side
from dashboard.rule_words import sentence
from data_access.cube import Cube
from data_access.measuring import measure
from layouts.commitment import _badges
from layouts.contributing.bringing import _things
from layouts.doubts import findings

AT = "2016-02-03T10:00:00Z"


def test_what_has_no_rule_does_not_say_that_nothing_would_be_needed(embedded: Cube) -> None:
    assert sentence(Rule("none"), lambda of, code: code) == "Not measured: this commitment has no counting rule yet."
    assert measure(embedded, Rule("none")).why == "This commitment has no counting rule yet."
    assert measure(embedded, Rule("none", needs="A ledger.")).why == "A ledger would be needed."


@pytest.mark.parametrize(("count", "words"), [(0, None), (1, "1 part"), (2, "2 parts")])
def test_one_part_is_one_part(opened: Opened, count: int, words: str | None) -> None:
    told = opened.told("muskoka-2010")
    badges = str(_badges(replace(told, children=told.children[:count])))
    assert re.findall(r"\b\d+ parts?\b", badges) == ([words] if words else [])
    assert (_things(1), _things(2)) == ("One thing in the file is", "2 things in the file are")


@pytest.mark.parametrize(("status", "told_why"), [("explained", True), ("open", False)])
def test_the_reason_for_which_a_finding_is_explained_stands_beside_it(
    opened: Opened, status: str, told_why: bool
) -> None:
    told = opened.told("muskoka-2010-germany")
    found = Finding("two-figures", (told.pledge.id,), "Two figures.", Side("5", "one"), Side("6", "other"))
    steps = (Step("open", AT, "The checks", "Found."), Step(status, AT, BY_MODERATOR, "Two years are counted."))
    page = str(findings(replace(told, findings=(Listed(found, status, steps),)), "").children)
    plain = page.partition("Details(")[0]
    assert ("Two years are counted. A moderator." in plain) is told_why
