"""Who promised health workers reports health workers; words alone need neither an amount nor a rung."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from dash import Dash
from lxml import html

from callbacks.book import Opened
from dashboard.amounts import Amount
from dashboard.commitment_words import headline
from dashboard.contributed import delivery, spoken
from dashboard.contribution_fields import problems
from dashboard.report_fields import of_report
from data_access.contributions import store
from data_access.contributions.checking import amiss
from layouts.reported import reported as lines
from tests.contributed import REPORT, Form, signed
from tests.test_contributions import reported

TODAY = "2016-01-01"
WORKERS = {**REPORT, "amount": "12500", "unit": "health workers", "rung": "", "women": "9000"}
FORM = "/my/contributions/new?commitment={}&kind=report"


def wrong(own: str, **other: str) -> list[str]:
    return [one.field for one in problems("report", {**WORKERS, **other}, TODAY, (), own)]


@pytest.mark.parametrize(
    ("own", "other", "field"),
    [
        ("health workers", {}, []),
        ("health workers", {"amount": "", "women": ""}, []),
        ("health workers", {"rung": "disbursed"}, ["rung"]),
        ("health workers", {"unit": "nurses"}, ["unit"]),
        ("health workers", {"unit": "USD million", "rung": "disbursed"}, []),
        ("USD million", {}, ["unit"]),
        ("USD million", {"unit": "USD million"}, ["rung"]),
        ("% GNI", {"unit": "% GNI", "amount": "0.7", "women": ""}, ["rung"]),
        ("USD million", {"unit": "", "amount": "", "women": ""}, []),
        ("", {}, ["unit"]),
    ],
)
def test_a_report_is_in_the_unit_of_the_commitment_and_money_has_a_rung(
    own: str, other: dict[str, str], field: list[str]
) -> None:
    assert wrong(own, **other) == field


def test_the_form_of_what_is_counted_asks_for_no_currency_and_no_rung(peopled: Dash) -> None:
    registry = peopled.server.extensions["people"].registry
    pledge = next(one for one in registry.held().pledges.values() if one.amount.unit == "health workers")
    client = signed(peopled, "nurse", {"contributor": [pledge.maker_id]})
    form = Form(client, FORM.format(pledge.id))
    [unit] = html.fromstring(form.page.text).xpath("//select[@name='unit']")
    assert unit.value == "health workers" and unit.xpath("./option/@value") == ["", "health workers"]
    assert "rung" not in form.values
    kept = {name: REPORT[name] for name in ("since", "until", "narrative", "evidence")}
    figure = form.send(**kept, amount="12500", women="9000", then="preview")
    words = Form(client, FORM.format(pledge.id)).send(**kept, then="preview")
    for sent, unit_held in ((figure, "health workers"), (words, None)):
        preview = client.get(sent.headers["Location"]).text
        assert sent.status_code == 303 and "cannot be submitted yet" not in preview
        one = store.one(registry, sent.headers["Location"].split("/")[3])
        assert one.now.fields.get("unit") == unit_held
        assert not amiss(registry.held(), "report", pledge.id, pledge.maker_id, one.now.fields)
    again = Form(client, words.headers["Location"].removesuffix("/preview"))
    assert again.values["unit"] == "health workers", "it stands there when the draft is opened again"


def test_what_is_promised_in_money_is_asked_for_in_money() -> None:
    fields = {one.name: one for one in of_report("USD million")}
    assert "rung" in fields and not fields["unit"].choices
    assert set(fields) - {one.name for one in of_report("people trained")} == {"rung"}


def test_a_count_is_told_without_a_rung(opened: Opened) -> None:
    fields = WORKERS
    whole = reported("health workers", "12500", "2011", "2013")
    version = replace(whole.versions[0], fields=fields)
    said = spoken(replace(whole, versions=(version,)), "Kenya")
    assert (said.amount, said.sexes) == ("12,500 health workers", "9,000 health workers, women and girls")
    [(_, (_, told))] = lines(said.delivery, [said])
    assert told == " 12,500 health workers, 2011 to 2013; by Kenya; accepted 3 February 2016"
    held = delivery(fields, "Kenya")
    assert held.amount == Amount(Decimal(12500), Decimal(12500), "health workers") and held.counts == "2011 to 2013"
    one = opened.told("muskoka-2010-germany")
    one = replace(one, entry=replace(one.entry, pledge=replace(one.pledge, delivered=held)))
    assert headline(one).text.startswith("Kenya reported 12,500 health workers, for 2011 to 2013.")
