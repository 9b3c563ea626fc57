"""Another rule at a browser: the form asks by its address, what it would change stands beside, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.reading import settle
from tests.browser.test_accessibility import assert_sound

Open = Callable[..., Page]
HOME = "/commitment/afsi-2009-united-states"
OTHER = (
    "kind=flows&donors=USA&sectors=310&stage=committed&source=dac5&since=2010&until=2014&low=3500000000&high=3500000000"
)
SHOWN = [
    f"{HOME}/rule",
    f"{HOME}/rule?{OTHER}",
    f"{HOME}/rule?kind=flows&low=NaN&since=-1&colour=red",
    "/commitment/un-oda-07-gni/rule?kind=share&donors=DAC&series=oda_gni&weights=gni&since=2000&until=2015&low=0.5&high=0.7",
]


@pytest.mark.parametrize("path", SHOWN)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(reader: Open, path: str) -> None:
    assert_sound(reader(path, 390))


def test_from_the_commitment_to_another_rule_and_back(reader: Open) -> None:
    page = reader(HOME)
    page.get_by_role("link", name="See how another rule would count").click()
    settle(page)
    assert urlsplit(page.url).path == f"{HOME}/rule" and page.locator(".both-rules").count() == 0
    page.get_by_label("Last year", exact=True).fill("2014")
    page.get_by_role("button", name="Show its effect").click()
    settle(page)
    terms = parse_qs(urlsplit(page.url).query)
    assert terms["kind"] == ["flows"] and terms["until"] == ["2014"] and terms["donors"] == ["USA"]
    assert "One field of the rule changed" in page.locator("#title-rules").inner_text()
    rows = page.locator(".both-rules tr", has=page.get_by_role("rowheader", name="Rows counted"))
    before, after = (int(cell.replace(",", "")) for cell in rows.locator("a").all_inner_texts())
    assert 0 < before < after
    rows.locator("a").last.click()
    settle(page)
    assert urlsplit(page.url).path == "/rows" and f"{after:,}" in page.locator(".tally").inner_text()
    page.go_back()
    settle(page)
    page.get_by_role("link", name="Back to the rule as kept").click()
    settle(page)
    assert urlsplit(page.url).query == "" and page.locator(".both-rules").count() == 0


def test_another_kind_has_fields_of_its_own(reader: Open) -> None:
    page = reader(f"{HOME}/rule")
    page.get_by_role("link", name="Not measured", exact=True).click()
    settle(page)
    assert "needs is missing" in page.locator(".p-problems").inner_text()
    page.get_by_label("What would be needed").fill("A ledger of projects")
    page.get_by_role("button", name="Show its effect").click()
    settle(page)
    assert "A ledger of projects would be needed." in page.locator(".both-rules").inner_text()


def test_what_cannot_be_used_is_said_and_stays_in_the_form(reader: Open) -> None:
    page = reader(f"{HOME}/rule?{OTHER.replace('2014', '2009')}")
    assert "lies after until=2009" in page.locator(".p-problems").inner_text()
    assert page.get_by_label("Last year", exact=True).input_value() == "2009"
    assert page.locator("#hint-since.warned").count() == 1
