"""One story of three people in three browsers: invited, signed in here and with a provider, reported, asked back,
accepted, read by everybody; with the record of it whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import WORDS, Person, command, decide, letter, newcomer, path, sound
from tests.browser.reading import settle
from tests.test_contributed_evidence import PDF

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib")
COMMITMENT = "/commitment/muskoka-2010-canada"
SAID = "Health workers were trained in four districts."
REPORT = {
    "Period from": "2011",
    "Period to": "2013",
    "Amount": "950.5",
    "Its currency and scale": "CAD million",
    "What was done": SAID,
    "Evidence on the web": "Report of 2013 | https://example.org/2013",
}


def test_a_report_goes_from_its_contributor_over_a_moderator_to_everybody(
    people_folder: Path, people_address: str, person: Person
) -> None:
    folder, address = people_folder, people_address
    everybody_is_invited(folder, address, person)
    anna = person(path(letter(folder, "anna@example.org")))
    newcomer(anna, "Anna")
    sound(anna)
    she_signs_in_on_the_way_to_her_report(anna, address)
    she_reports(anna)
    ben = person(path(letter(folder, "ben@example.org")))
    elsewhere(ben)
    expect(ben.get_by_text("Signed in as Ben of the ministry")).to_be_visible()
    decide(ben, "Ask back", "Please name the page of the report.")
    anna.reload()
    expect(anna.get_by_text("Please name the page of the report.").first).to_be_visible()
    anna.get_by_label("What was done").fill(f"{SAID} See page 12.")
    she_sends_it(anna)
    decide(ben, "Accept", "")
    everybody_reads_it(person)
    she_leaves_nothing_behind(anna)
    told = command(folder, address, "audit", "verify")
    assert int(told.split()[0]) >= 12 and "each as it was written" in told


def everybody_is_invited(folder: Path, address: str, person: Person) -> None:
    """The operator invites the first administrator, who invites the others."""
    dora = person(path(command(folder, address, "people", "invite", "dora@example.org", "--role", "administrator")))
    newcomer(dora, "Dora")
    dora.get_by_role("link", name="People").click()
    for mail, role, maker in (("anna@example.org", "Contributor", "Canada"), ("ben@example.org", "Moderator", "")):
        dora.get_by_label("E-mail address").fill(mail)
        dora.get_by_label("As", exact=True).select_option(role)
        if maker:
            dora.get_by_label("Who speaks for").select_option(maker)
        dora.get_by_role("button", name="Send the invitation").click()
        expect(dora.get_by_text("The invitation was made.")).to_be_visible()
    sound(dora)


def she_signs_in_on_the_way_to_her_report(anna: Page, address: str) -> None:
    anna.get_by_role("button", name="Sign out").click()
    expect(anna.get_by_text("You are signed out.")).to_be_visible()
    sound(anna)
    anna.goto(address + COMMITMENT)
    settle(anna)
    anna.get_by_role("link", name="Report implementation").click()
    anna.get_by_label("E-mail address").fill("anna@example.org")
    anna.get_by_label("Password", exact=True).fill(WORDS)
    anna.get_by_role("button", name="Sign in", exact=True).click()


def she_reports(anna: Page) -> None:
    """Kept as a draft, seen with its effect, sent."""
    for label, words in REPORT.items():
        anna.get_by_label(re.compile(f"^{label}")).fill(words)
    anna.get_by_label(re.compile("^What the money is")).select_option("disbursed")
    sound(anna)
    the_line_drops(anna)
    anna.get_by_role("button", name="Save the draft").click()
    expect(anna.get_by_text("Saved.")).to_be_visible()
    anna.get_by_label("Add a file").set_input_files({"name": "Report.pdf", "mimeType": "", "buffer": PDF})
    anna.get_by_role("button", name="Add the file").click()
    expect(anna.get_by_role("link", name="Report.pdf")).to_be_visible()
    sound(anna)
    she_sends_it(anna)


def the_line_drops(anna: Page) -> None:
    """What was typed is not lost: it stands in the browser until it was sent."""
    anna.context.set_offline(True)
    anna.get_by_role("button", name="Save the draft").click()
    expect(anna.get_by_text("There is no connection: nothing was sent.")).to_be_visible()
    anna.context.set_offline(False)
    anna.reload()
    anna.get_by_role("button", name="Put it back").click()
    expect(anna.get_by_label(re.compile("^What was done"))).to_have_value(REPORT["What was done"])


def she_sends_it(anna: Page) -> None:
    anna.get_by_role("button", name="See what would change, and submit").click()
    expect(anna.get_by_role("heading", name="In the figures")).to_be_visible()
    kept = anna.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('typed:'))")
    assert kept == [], "the server holds it: nothing is offered again as if it had not been sent"
    sound(anna)
    anna.get_by_role("button", name="Submit to the moderators").click()
    expect(anna.get_by_text("Sent to the moderators.")).to_be_visible()


def she_leaves_nothing_behind(anna: Page) -> None:
    """Whoever sits at the same browser next is not offered what she typed and did not send."""
    anna.goto(anna.url.partition("/my/")[0] + "/my/contributions/new?commitment=muskoka-2010-canada&kind=report")
    anna.get_by_label(re.compile("^What was done")).fill("In confidence, not for others.")
    left = "Object.keys(localStorage).filter((key) => key.startsWith('typed:')).length"
    assert anna.evaluate(left) == 1
    anna.get_by_role("link", name="My page").click()
    anna.get_by_role("button", name="Sign out").click()
    anna.wait_for_url("**/sign-in?done=out")
    assert anna.evaluate(left) == 0


def everybody_reads_it(person: Person) -> None:
    """Without an account and without a cookie, and not who wrote it."""
    reader = person(COMMITMENT)
    settle(reader)
    for words in ("See page 12.", "On behalf of Canada", "950.5", "Report.pdf"):
        expect(reader.locator("main").get_by_text(words).first).to_be_visible()
    assert "Anna" not in reader.content() and reader.context.cookies() == []


def elsewhere(page: Page) -> None:
    """To the provider, in with it, and back."""
    page.get_by_role("button", name="Go to the ministry").click()
    page.wait_for_url("http://localhost:*/**")
    page.get_by_role("button", name="ben").click()
    page.wait_for_url("**/my?done=in")
