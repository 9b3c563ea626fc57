"""Reports of different periods stand as a series; a later one of the same period, rung and maker replaces the earlier,
which stays readable as replaced: never are two figures left side by side unexplained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from dash import Dash

from dashboard.contributed import Spoken, delivery
from dashboard.contribution_effect import parts, proposed
from dashboard.report_periods import is_line, key, span
from dashboard.report_series import settled, standing
from data_access.contributions import store
from data_access.contributions.deciding import Wanted, decide, record_digest
from data_access.contributions.public import accepted, newest, reports
from data_access.contributions.writing import Begun, Draft, move, start
from data_access.registry import cells as texts
from data_access.registry import opening
from data_access.registry.opening import open_registry
from data_access.registry.store import Registry
from layouts.contributed import _one as drawn
from layouts.reported import reported as lines
from tests.contributed import AUTHOR, MODERATOR, REPORT, Form, signed
from tests.registries import ALL, NOTED, PART

NAMES = {"CAN": "Canada"}


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    monkeypatch.setattr(opening.embedded, "fill", lambda connection: None)
    opened = open_registry(tmp_path)
    opened.write(ALL, NOTED)
    yield opened
    opened.close()


def taken(registry: Registry, **other: str) -> str:
    """A report that was accepted."""
    begun, draft = Begun("report", "commitment", PART.id, "CAN"), Draft({**REPORT, "women": "", **other})
    id_ = registry.put(lambda held: start(held, begun, AUTHOR, draft))
    registry.put(lambda held: move(held, id_, AUTHOR, "submit", 1))
    one = store.one(registry, id_)
    record = registry.read(lambda held: record_digest(held, one))
    registry.put(lambda held: decide(held, id_, MODERATOR, Wanted("accept", (), "", one.now.digest, record)))
    return id_


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("2011", "2013"), ("2011-01", "2013-12"), True),
        (("2012", "2012"), ("2012-01-01", "2012-12-31"), True),
        (("2012-02", "2012-02"), ("2012-02-01", "2012-02-29"), True),
        (("2011", "2013"), ("2011", "2012"), False),
        (("soon", ""), ("soon", ""), True),
    ],
)
def test_a_period_is_the_same_however_it_is_written(
    first: tuple[str, str], second: tuple[str, str], same: bool
) -> None:
    assert (span(*first) == span(*second)) is same


def test_a_later_report_of_the_same_period_replaces_the_earlier_one(registry: Registry) -> None:
    first = taken(registry, amount="950.5")
    other = taken(registry, amount="300", since="2014", until="2014")
    again = taken(registry, amount="975", since="2011-01", until="2013-12")
    held = {one.id: one for one in accepted(registry, [PART.id], NAMES)}
    assert list(held) == [first, other, again]
    assert held[first].replaced == held[again].at and held[again].replaces == held[first].at
    assert (held[other].replaced, held[other].replaces, held[again].replaced) == ("", "", "")
    told = [str(said.amount.low) for _, said in reports(registry, registry.held())]
    assert told == ["300", "975"], "what was replaced is compared with nothing"
    sources = texts.write(registry.pledges()[PART.id])["further_sources"]
    assert "300 CAD million" in sources and "975 CAD million" in sources and "950.5 CAD million" not in sources


def test_the_feed_says_what_was_replaced(registry: Registry) -> None:
    first, again = taken(registry, amount="950.5"), taken(registry, amount="975")
    held = newest(registry, NAMES, 10)
    assert [one.id for one in held] == [again, first]
    assert held[1].replaced == held[0].at and not held[0].replaced


def test_every_form_of_a_report_says_what_becomes_of_a_later_one(peopled: Dash) -> None:
    yukon = signed(peopled, "yukon", {"contributor": ["CAN"]})
    address = "/my/contributions/new?commitment=muskoka-2010-canada&kind=report"
    form = Form(yukon, address)
    draft = form.send(then="save", **REPORT).location
    assert all("replaces the earlier one" in page for page in (form.page.text, yukon.get(draft).text))


def test_another_rung_another_maker_or_words_alone_replace_nothing() -> None:
    fields = {**REPORT, "amount": "5", "unit": "CAD million"}
    one = Spoken("a", "report", PART.id, "2016-01-01T00:00:00Z", "Canada", figure=PART.amount, fields=fields)
    others = (
        replace(one, id="b", fields={**fields, "rung": "committed"}),
        replace(one, id="c", by="Germany"),
        replace(one, id="d", figure=None),
        replace(one, id="e", of="another"),
    )
    assert standing(settled((one, *others))) == (one, *others)
    late = replace(one, id="f", at="2016-02-01T00:00:00Z")
    assert [said.id for said in standing(settled((late, *others, one)))] == ["b", "c", "d", "e", "f"]


def test_the_figure_that_a_report_brought_into_the_record_gives_way_to_that_of_the_later_one() -> None:
    none = {**texts.write(PART), "delivered_low": "", "delivered_high": "", "delivered_absence": "not_clear"}
    first = {**none, **proposed("report", REPORT, none, "Canada", parts("report", REPORT))}
    later = {**REPORT, "amount": "975", "since": "2011-01", "until": "2013-12"}
    after = {**first, **proposed("report", later, first, "Canada", parts("report", later))}
    assert (after["delivered_low"], after["delivered_as_of"]) == ("975", "2013-12")
    assert after["further_sources"].count("example.org/r") == 1
    germany = proposed("report", later, first, "Germany", parts("report", later))
    assert set(germany) == {"further_sources"}, "the figure of another maker is never replaced"
    line = germany["further_sources"].splitlines()[-1]
    assert is_line(line, "Germany", key(later)) and not is_line(line, "Canada", key(later))


def test_a_document_is_named_once_however_its_line_is_spaced_and_a_line_without_a_rung_is_known() -> None:
    spaced = {**texts.write(PART), "further_sources": "delivery | maker | Report 2013 |  | https://example.org/r"}
    told = proposed("report", REPORT, spaced, "Canada", parts("report", REPORT))["further_sources"]
    assert told.count("https://example.org/r") == 1
    line = "delivery | official | Canada, report on 2011: 85 % of births"
    assert is_line(line, "Canada", ("", span("2011", "2011"))) and not is_line(line, "Canada", key(REPORT))


def test_everybody_sees_which_report_stands_and_which_was_replaced() -> None:
    fields = {**REPORT, "amount": "5", "unit": "CAD million"}
    amount = delivery(fields, "Canada").amount
    one = Spoken("a", "report", PART.id, "2016-01-01T00:00:00Z", "Canada", figure=amount, fields=fields)
    old, new = settled((one, replace(one, id="b", at="2016-02-03T00:00:00Z")))
    written = str(drawn(old))
    assert "name='s'" in written and "Replaced on 3 February 2016 by a later report of the same period." in written
    assert "name='s'" not in str(drawn(new)) and "It replaces the report accepted 1 January 2016." in str(drawn(new))
    told = lines(old.delivery, [old, new])
    assert len(told) == 1 and "in place of the report accepted 1 January 2016" in str(told)
