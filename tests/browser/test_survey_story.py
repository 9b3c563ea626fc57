"""A survey from its first word to its results: written by an administrator, answered by two people of one maker,
withdrawn and submitted again; an answer becomes an update of the register; everybody reads what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from data_access import audit
from data_access.people import sessions
from data_access.registry.opening import open_registry
from data_access.registry.store import Registry
from tests import persons
from tests.browser.people import Person, decide, sound
from tests.browser.reading import settle
from tests.test_contributed_evidence import PDF

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib")
ASKED = """
id = "delivery-2013"
title = "What was delivered by 2013"
purpose = "What was paid for each commitment by the end of 2013."
asked = ["government"]
makers = "named"
[[sections]]
id = "paid"
words = "What was paid"
[[sections.questions]]
id = "paid"
kind = "matrix"
words = "What has been paid so far?"
rows = "financial"
[[sections.questions.columns]]
id = "rung"
kind = "choice"
words = "The amount is"
required = true
becomes = { kind = "report", field = "rung" }
options = [{ id = "committed", words = "committed" }, { id = "disbursed", words = "paid out" }]
[[sections.questions.columns]]
id = "amount"
kind = "amount"
words = "Amount"
becomes = { kind = "report", field = "amount" }
[[sections.questions.columns]]
id = "method"
kind = "text"
words = "What is counted"
becomes = { kind = "report", field = "narrative" }
[[sections]]
id = "why"
words = "What stood in the way"
[[sections.questions]]
id = "obstacles"
kind = "choice"
words = "What delayed it?"
several = true
options = [{ id = "budget", words = "Budget decisions" }, { id = "rates", words = "Exchange rates" }]
[[sections.questions]]
id = "paper"
kind = "file"
words = "Your latest report"
"""
ID, MAKER = "delivery-2013", "France"
COMMITMENT, ROW = "/commitment/muskoka-2010-france", "paid.muskoka-2010-france"
SAID = "Midwives were trained in six countries."
Signed = Callable[..., Page]


@pytest.fixture
def registry(people_folder: Path, people_address: str) -> Iterator[Registry]:
    held = open_registry(people_folder)
    yield held
    held.close()


@pytest.fixture
def signed(person: Person, people_address: str, registry: Registry) -> Signed:
    """Opens a page for somebody new with a role, who is signed in: how they come in is another story."""

    def open_(path: str, *role: str, name: str) -> Page:
        id_, _ = persons.account(registry, *role, name=name)
        mark = registry.put(lambda held: sessions.begin(held, id_, "password"))
        page = person("/privacy")
        page.context.add_cookies([{"name": "session", "value": mark, "url": people_address}])
        page.goto(people_address + path)
        return page

    return open_


def test_a_survey_goes_from_its_author_over_two_people_of_a_maker_to_everybody(
    signed: Signed, person: Person, registry: Registry
) -> None:
    dora = signed("/admin/surveys", "administrator", name="Dora")
    she_asks(dora)
    anna = signed("/my/surveys", "contributor", "FRA", name="Anna")
    she_answers(anna)
    bela = signed("/my/surveys", "contributor", "FRA", name="Bela")
    a_colleague_goes_on_and_submits(bela)
    she_takes_it_back_and_submits_again(anna)
    an_answer_becomes_an_update(anna)
    decide(signed("/my", "moderator", name="Carl"), "Accept", "")
    she_publishes(dora)
    everybody_reads_it(person)
    assert audit.verify(registry) is None


def she_asks(dora: Page) -> None:
    """As data; opened once somebody is invited and it has a last day."""
    dora.get_by_label("The survey, as TOML").fill(ASKED)
    dora.get_by_role("button", name="Keep this survey").click()
    expect(dora.get_by_text("This survey is a draft")).to_be_visible()
    dora.get_by_label("Maker to invite").select_option(MAKER)
    dora.get_by_role("button", name="Invite", exact=True).click()
    dora.get_by_label("Last day to answer").fill(f"{datetime.now(UTC) + timedelta(days=9):%Y-%m-%d}")
    dora.get_by_role("button", name="Set the last day").click()
    sound(dora)
    dora.get_by_role("button", name="Open it").click()
    expect(dora.get_by_text("This survey is open")).to_be_visible()


def she_answers(anna: Page) -> None:
    """By keyboard; the line drops, and nothing is lost."""
    anna.get_by_role("link", name="What was delivered by 2013").click()
    anna.get_by_role("link", name="What was paid").click()
    row = anna.locator(f"details:has([name='{ROW}.rung'])")
    row.locator("summary").press("Enter")
    row.get_by_label("The amount is").select_option("paid out")
    for part, words in (("amount", "120"), ("currency", "EUR"), ("since", "2011"), ("until", "2013")):
        row.locator(f"[name='{ROW}.amount.{part}']").fill(words)
    row.get_by_label("Scale").select_option("million")
    row.get_by_label("What is counted").fill(SAID)
    sound(anna)
    anna.context.set_offline(True)
    anna.get_by_role("button", name="Save and go on").press("Enter")
    expect(anna.get_by_text("There is no connection: nothing was sent.")).to_be_visible()
    anna.context.set_offline(False)
    anna.reload()
    anna.get_by_role("button", name="Put it back").click()
    expect(row.get_by_label("What is counted")).to_have_value(SAID)
    anna.get_by_role("button", name="Save and go on").click()
    expect(anna.get_by_role("heading", name="What stood in the way")).to_be_visible()


def a_colleague_goes_on_and_submits(bela: Page) -> None:
    """With a file."""
    bela.get_by_role("link", name="What was delivered by 2013").click()
    bela.get_by_role("link", name="What stood in the way").click()
    bela.get_by_label("Exchange rates").check()
    bela.get_by_role("button", name="Save and go on").click()
    bela.get_by_role("link", name="What stood in the way").click()
    bela.get_by_label("Add a file").set_input_files({"name": "Report.pdf", "mimeType": "", "buffer": PDF})
    bela.get_by_role("button", name="Add the file").click()
    expect(bela.get_by_role("link", name="Report.pdf")).to_be_visible()
    sound(bela)
    bela.get_by_role("link", name="What was delivered by 2013").click()
    sound(bela)
    bela.get_by_role("link", name="See all answers, and submit them").click()
    bela.get_by_role("button", name="Submit these answers").click()
    expect(bela.get_by_text("Your answers are submitted.")).to_be_visible()


def she_takes_it_back_and_submits_again(anna: Page) -> None:
    """Withdrawn before the last day, opened again, put right."""
    anna.get_by_role("link", name="What was delivered by 2013").click()
    anna.get_by_role("button", name="Withdraw them").click()
    expect(anna.get_by_text("withdrawn")).to_be_visible()
    anna.get_by_role("button", name="Open them again").click()
    anna.get_by_role("link", name="What was paid").click()
    anna.locator(f"[name='{ROW}.amount.amount']").fill("125.5")
    anna.get_by_role("button", name="Save and go on").click()
    expect(anna.get_by_label("Exchange rates")).to_be_checked()
    anna.get_by_role("link", name="What was delivered by 2013").click()
    anna.get_by_role("link", name="See all answers, and submit them").click()
    anna.get_by_role("button", name="Submit these answers").click()
    expect(anna.get_by_text("Your answers are submitted.")).to_be_visible()


def an_answer_becomes_an_update(anna: Page) -> None:
    """A draft like any other: looked through with its effect, and sent to the moderators."""
    anna.get_by_role("button", name="Make drafts of updates from them").click()
    anna.locator("main table a").first.click()
    expect(anna.get_by_label("What was done")).to_have_value(SAID)
    anna.get_by_role("button", name="See what would change, and submit").click()
    expect(anna.get_by_role("heading", name="In the figures")).to_be_visible()
    anna.get_by_role("button", name="Submit to the moderators").click()
    expect(anna.get_by_text("Sent to the moderators.")).to_be_visible()


def she_publishes(dora: Page) -> None:
    """Once nobody can change an answer any more."""
    dora.get_by_role("button", name="Close it").click()
    dora.get_by_role("button", name="Publish the results").click()
    expect(dora.get_by_text("This survey is published")).to_be_visible()


def everybody_reads_it(person: Person) -> None:
    """Without an account: on the page of the commitment, among the results, in the files of them."""
    reader = person(COMMITMENT)
    settle(reader)
    for words in (SAID, "On behalf of France", "EUR 125.5 million"):
        expect(reader.locator("main").get_by_text(words).first).to_be_visible()
    expect(reader.get_by_text("From an answer to the survey “What was delivered by 2013”")).to_be_visible()
    expect(reader.get_by_role("link", name="results, once they are published")).to_be_visible()
    reader.get_by_role("link", name="Surveys").click()
    reader.get_by_role("link", name="What was delivered by 2013").click()
    for words in ("1 of 1 maker invited answered", "Answered by 1.", "a document was given"):
        expect(reader.get_by_text(words).first).to_be_visible()
    sound(reader)
    with reader.expect_download() as held:
        reader.get_by_role("link", name="All answers as CSV").click()
    lines = Path(held.value.path()).read_text()
    assert "EUR 125.5 million, 2011 to 2013" in lines and "125500000" in lines and SAID in lines
    assert not any(name in reader.content() + lines for name in ("Anna", "Bela", "Report.pdf"))
    a_panel_is_taken_away(reader)
    assert reader.context.cookies() == []


def a_panel_is_taken_away(reader: Page) -> None:
    """As any other: a picture with its source, the code by which other pages show it, and how that looks."""
    panel = reader.locator("#paid")
    expect(panel.get_by_text("On record since, as updates of the register")).to_be_visible()
    panel.get_by_text("Take away").click()
    sound(reader)
    with reader.expect_download() as held:
        panel.get_by_role("button", name="Download SVG").click()
    drawn = Path(held.value.path()).read_text()
    assert "What has been paid so far?" in drawn and "answers as makers submitted them" in drawn
    panel.get_by_role("button", name="Link and code for another page").click()
    expect(reader.locator("dialog [name=code]")).to_have_value(re.compile(f"/embed/survey/{ID}/paid"))
    shown = reader.frame_locator("dialog .preview")
    expect(shown.get_by_role("heading", name="What has been paid so far?")).to_be_visible()
    reader.locator("dialog .close").click()
    panel.get_by_text("Take away").click()
    reader.keyboard.press("Escape")
    expect(reader.locator("details.pop[open]")).to_have_count(0)
