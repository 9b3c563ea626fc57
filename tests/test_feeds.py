"""Feeds of findings and changes: valid, stable, as new as what they tell of, and no more than asked."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, fromstring

import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks.book import Book
from dashboard.cite import NAME
from dashboard.feeds import ATOM, MOST, NEVER, Entry, atom
from data_access.registry.lately import lately

SPACE = {"a": ATOM}
FINDINGS, CHANGES = "/feed/findings.atom", "/feed/changes.atom"


@pytest.fixture(scope="module")
def client(real: Dash, book: Book) -> FlaskClient:
    cube = book.library.cube()
    thread = book.found.begin(cube, book.registry.held(), book.registry, cube.edition)
    if thread:
        thread.join(60)  # both apps share the shelf: what one found the other reads
    return real.server.test_client()


def feed(client: FlaskClient, address: str) -> Element:
    answer = client.get(address)
    assert answer.status_code == 200 and answer.mimetype == "application/atom+xml", answer.get_data(as_text=True)[:300]
    return fromstring(answer.data)


def texts(of: Element, path: str) -> list[str]:
    return [one.text or "" for one in of.findall(path, SPACE)]


@pytest.mark.parametrize("address", [FINDINGS, f"{FINDINGS}?severity=high", CHANGES, f"{CHANGES}?goal=5&donor=GBR"])
def test_a_feed_holds_what_atom_asks_of_it(client: FlaskClient, address: str) -> None:
    read = feed(client, address)
    entries = read.findall("a:entry", SPACE)
    assert read.tag == f"{{{ATOM}}}feed" and 0 < len(entries) <= MOST
    assert texts(read, "a:author/a:name") == [NAME]
    ids = texts(read, "a:id") + texts(read, "a:entry/a:id")
    assert len(set(ids)) == len(ids) == len(entries) + 1
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one) for one in ids)
    times = texts(read, "a:entry/a:updated")
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", one) for one in times)
    assert times == sorted(times, reverse=True) and texts(read, "a:updated") == times[:1]
    assert all(len(texts(one, f"a:{name}")) == 1 for one in entries for name in ("id", "title", "updated", "summary"))
    itself = next(one for one in read.findall("a:link", SPACE) if one.get("rel") == "self")
    assert (itself.get("href") or "").endswith(address)


@pytest.mark.parametrize("address", [FINDINGS, CHANGES])
def test_a_feed_that_did_not_change_is_not_sent_again(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("address", [f"{FINDINGS}?severity=high", CHANGES, f"{CHANGES}?goal=5"])
def test_every_entry_leads_to_a_page(client: FlaskClient, address: str) -> None:
    for entry in feed(client, address).findall("a:entry", SPACE)[:6]:
        link = entry.find("a:link", SPACE)
        assert link is not None
        where = re.sub(r"^https?://[^/]+", "", link.get("href") or "")
        assert client.get(where).status_code == 200, where


def test_the_feed_of_a_selection_tells_less(client: FlaskClient) -> None:
    every, some = (feed(client, address) for address in (CHANGES, f"{CHANGES}?donor=LUX&goal=5"))
    assert set(texts(some, "a:entry/a:id")) <= set(texts(every, "a:entry/a:id"))
    assert "Luxembourg" in texts(some, "a:title")[0]
    one, other = (" ".join(texts(read, "a:entry/a:summary")) for read in (every, some))
    assert one != other


def test_findings_are_filtered_as_on_their_page(client: FlaskClient) -> None:
    read = feed(client, f"{FINDINGS}?severity=high")
    for entry in read.findall("a:entry", SPACE):
        assert "high" in {one.get("term") for one in entry.findall("a:category", SPACE)}


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"{FINDINGS}?severity=grave", "severity=grave"),
        (f"{FINDINGS}?edition=2020-01-01-00000000", "edition=2020"),
        (f"{CHANGES}?donor=NOBODY", "donor=NOBODY"),
        (f"{CHANGES}?edition=2020-01-01-00000000", "edition=2020"),
    ],
)
def test_what_a_feed_cannot_follow_is_told(client: FlaskClient, address: str, words: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400 and words in (answer.json or {})["error"]


def test_the_last_writings_name_what_they_touched(book: Book) -> None:
    held = lately(book.registry, 100)
    assert [one.change for one in held] == list(book.registry.changes()[:100])
    assert [one.before for one in held] == [one.change.state for one in held[1:]] + [""]
    assert sum(len(one.touched) for one in held) >= len(book.registry.pledges())


def test_what_no_xml_can_hold_is_marked_and_nothing_is_read_as_a_tag() -> None:
    made = atom("T", "/feed/x", [Entry("k", "a\x00b <b>&", "2026-02-03", "/?a=1&b=2", "\ud800")], "https://example.org")
    read = fromstring(made)
    assert texts(read, "a:entry/a:title") == ["a\N{REPLACEMENT CHARACTER}b <b>&"]
    assert texts(read, "a:entry/a:updated") == ["2026-02-03T00:00:00Z"]
    assert made == atom(
        "T", "/feed/x", [Entry("k", "a\x00b <b>&", "2026-02-03", "/?a=1&b=2", "\ud800")], "https://example.org"
    )


def test_ids_stay_where_the_host_changes_and_an_empty_feed_is_one() -> None:
    one, other = (
        fromstring(atom("T", "/f", [Entry("k", "t", "2026-02-03", "/", "s")], at)) for at in ("http://a", "http://b")
    )
    assert texts(one, "a:entry/a:id") == texts(other, "a:entry/a:id")
    assert texts(fromstring(atom("T", "/f", [], "http://a")), "a:updated") == [NEVER]


def test_figures_of_findings_are_written_with_their_unit_and_lead_to_the_page(client: FlaskClient) -> None:
    read = feed(client, FINDINGS)
    assert not [said for said in texts(read, "a:entry/a:summary") if re.search(r"\d\.\d{6,}", said)]
    page = next(one for one in read.findall("a:link", SPACE) if one.get("rel") == "alternate")
    assert (page.get("href") or "").endswith("/findings")
