"""What strangers send to links, files, citations, feeds and programs' addresses: nothing bends, and what is said of it
is so."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest
from dash import Dash
from flask import Flask, request
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from callbacks import linking
from callbacks.askers import KNOWN, Shares, asker
from callbacks.book import Book
from callbacks.faults import answer
from dashboard.api.operations import API
from dashboard.carried import Carried
from dashboard.citations import bibtex, ris
from dashboard.questions import Busy
from dashboard.refusals import outright
from dashboard.selection import Refusal
from data_access.permalinks import HOURLY, PAGES, Permalinks
from tests.test_api import got

ODD_RANGES = ["items=1", "bytes=a-b", "bytes=9-1", "bytes=0-1,3-4", "bytes=" + ",".join(f"{n}-{n}" for n in range(300))]
HOSTILE = {
    "Host": "evil.example",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "javascript",
    "X-Forwarded-Prefix": "/evil.example",
    "Forwarded": "host=evil.example;proto=https",
}
ABSOLUTE = [
    "/", "/data", "/sitemap.xml", "/robots.txt", "/s?to=/", "/cite/gap.txt", "/cite/gap.bib", "/feed/changes.atom",
    "/embed/gap", "/briefing?show=gap", "/export/gap.csv-metadata.json", f"{API}/totals?by=donor&limit=1",
    f"{API}/openapi.json", "/oembed?url=http://127.0.0.1:8050/goal/5",
]  # fmt: skip
REFUSING = [
    "/s?to=/%3Fx%3D1", "/s?to=/goal/5%3Fdonor%3DGBR%26donor%3DFRA", "/s?to=/%3Fedition%3D1999-01-01-00000000",
    "/s?to=/findings%3Fseverity%3Dgrave", "/cite/page.txt?to=/goal/5%3Fdonor%3DNOBODY", "/embed/gap?x=1",
    "/embed/gap?donor=NOBODY", "/feed/changes.atom?goal=5&goal=6", "/feed/changes.atom?since=2012&until=2001",
    "/feed/findings.atom?severity=grave", "/briefing?show=gap&donor=NOBODY", "/export/commitments.csv?goal=99",
    "/export/gaps.csv?goal=99", "/export/findings.csv?severity=grave", "/export/changes.csv?from=1999",
    "/export/gap.csv?x=1", "/card.png?to=/%3Fx%3D1", f"{API}/pledges?registry=ffffffffffff", f"{API}/totals?donor=ZZZ",
]  # fmt: skip
INSTEAD = re.compile("ignored|link is followed|instead|is shown|is used|left as they")


@pytest.fixture(scope="module")
def client(real: Dash) -> FlaskClient:
    return real.server.test_client()


@pytest.mark.parametrize("given", ODD_RANGES)
def test_a_range_that_is_none_is_left_aside_and_the_file_sent_whole(client: FlaskClient, given: str) -> None:
    whole = client.get("/export/gap.csv")
    answer = client.get("/export/gap.csv", headers={"Range": given})
    assert (answer.status_code, answer.data) == (200, whole.data) and answer.headers["Accept-Ranges"] == "bytes"


def test_a_range_behind_the_end_is_told_how_long_the_file_is(client: FlaskClient) -> None:
    length = len(client.get("/export/gap.csv").data)
    answer = client.get("/export/gap.csv", headers={"Range": "bytes=9999999-"})
    assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{length}")


@pytest.mark.parametrize("address", ["/export/gap.csv", f"{API}/totals", "/feed/changes.atom", "/card/gap.png"])
def test_a_mark_is_known_again_among_others(client: FlaskClient, address: str) -> None:
    mark = client.get(address).headers["ETag"]
    for said in (f'"x", {mark}', f'W/"x" , {mark}, "y"', "*"):
        assert client.get(address, headers={"If-None-Match": said}).status_code == 304
    for said in ('"x"', ",,,", '"' * 300, mark.upper() + "x"):
        assert client.get(address, headers={"If-None-Match": said}).status_code == 200


@pytest.mark.parametrize("address", ABSOLUTE)
def test_no_header_decides_where_links_lead(client: FlaskClient, address: str) -> None:
    answer = client.get(address, headers=HOSTILE)
    assert answer.status_code == 200 and b"evil.example" not in answer.data
    assert "evil.example" not in str(answer.headers)


@pytest.mark.parametrize("address", REFUSING)
def test_a_refusal_says_not_that_something_was_left_out(client: FlaskClient, address: str) -> None:
    refused = got(client, address, Accept="application/json")
    said = refused.get_data(as_text=True)
    assert refused.status_code == 400 and not INSTEAD.search(said), said


def test_a_refusal_keeps_what_helps() -> None:
    known = Refusal("severity", "grave", "severity=grave is not known to this page and was ignored; it can be a, b.")
    assert outright(known) == "severity=grave is not known to this page; it can be a, b."
    many = Refusal("goal", "4", "goal=4 was ignored: this page takes 40 values of goal at most.")
    assert outright(many) == "goal=4 is one too many: this page takes 40 values of goal at most."


def bib_fields(entry: str) -> dict[str, str]:
    """The fields of an entry as BibTeX reads them: by counting braces, whatever stands before them."""
    body, found, at = entry[entry.index(",") + 1 :], dict[str, str](), 0
    while match := re.compile(r"\s*(\w+) = \{").match(body, at):
        depth, end = 1, match.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(body[end], 0)
            end += 1
        found[match[1]] = body[match.end() : end - 1]
        at = end + (body[end] == ",")
    assert body[at:].strip() == "}", body[at:]
    return found


TEXTS = ["{", "}", "}, url={http://evil.example", "\\input{x}", '"@misc{a,', "ER  - x", "%", "$^~#&_"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_that_is_searched_for_stays_inside_its_field(client: FlaskClient, text: str) -> None:
    query = f"source=iati-goals&text={quote(text)}"
    fields = bib_fields(client.get(f"/cite/rows.bib?{query}").get_data(as_text=True))
    assert list(fields) == ["author", "title", "year", "version", "howpublished", "url", "urldate", "note"]
    assert fields["url"].startswith("http://127.0.0.1:8050/rows?")
    lines = client.get(f"/cite/rows.ris?{query}").get_data(as_text=True).split("\r\n")
    assert [line[:6] for line in lines].count("ER  - ") == 1 and lines[-2] == "ER  - " and len(lines) == 13


def test_no_line_of_a_citation_is_made_by_what_is_cited() -> None:
    odd = "a\r\nER  - \u2028\x85\x0bb}"
    one = Carried("x", odd, "", odd, odd, "2026-01-01-aaaaaaaa", "/?x", "/?x")
    assert len(ris(one, "https://example.org", date(2026, 1, 1)).splitlines()) == 12
    assert len(bib_fields(bibtex(one, "https://example.org", date(2026, 1, 1)))) == 8


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "FOO"])
@pytest.mark.parametrize("address", ["/s?to=/", "/cite/gap.bib", "/feed/changes.atom", f"{API}/totals", "/briefing"])
def test_there_is_nothing_to_write_to(client: FlaskClient, method: str, address: str) -> None:
    answer = client.open(address, method=method)
    assert answer.status_code == 405 and "POST" not in answer.headers["Allow"]


def test_another_site_asks_before_it_reads_and_may_only_read(client: FlaskClient) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "DELETE"}
    answer = client.options(f"{API}/totals", headers=asked)
    assert "DELETE" not in answer.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Origin" not in client.options("/s?to=/", headers=asked).headers


def test_values_say_the_country_and_lead_to_the_same_values(client: FlaskClient) -> None:
    about = (client.get(f"{API}/indicators/gni?country=GBR&since=2010&until=2011").json or {})["about"]
    assert "Country: GBR" in about["selection"] and "Country: GBR" in about["citation"]
    file = client.get(about["page"].removeprefix("http://127.0.0.1:8050"))
    assert file.status_code == 200 and file.data.count(b"gni,GBR,") == 2
    for query, key in (("country=NOBODY", "country"), ("since=2010&until=2009", "since")):
        refused = client.get(f"{API}/indicators/gni?{query}")
        assert refused.status_code == 400 and (refused.json or {})["errors"][0]["key"] == key


def test_robots_are_asked_not_to_make_links(client: FlaskClient) -> None:
    assert "Disallow: /s?\n" in client.get("/robots.txt").get_data(as_text=True)


def test_one_asker_uses_up_a_share_and_not_that_of_all() -> None:
    shares = Shares(3, 100, "Many.")
    for _ in range(3):
        shares.take("192.0.2.1", 10, now=0)
    with pytest.raises(Busy, match="Many"):
        shares.take("192.0.2.1", 10, now=1)
    shares.take("192.0.2.2", 90, now=1)
    with pytest.raises(Busy, match="Many"):
        shares.take("192.0.2.2", 11, now=1)
    shares.take("192.0.2.1", 10, now=3601)
    for _ in range(10):
        shares.take("", 1000, now=1)  # who cannot be told apart is bounded with all others


def test_askers_are_forgotten_before_they_fill_the_memory() -> None:
    shares = Shares(1, 100, "Many.")
    for number in range(KNOWN + 50):
        shares.take(f"asker {number}", 1, now=0)
    assert len(shares._taken) == KNOWN


@pytest.mark.parametrize(
    ("near", "said", "who"),
    [
        ("9.9.9.9", "", "9.9.9.9"),
        ("9.9.9.9", "8.8.8.8", "9.9.9.9"),  # a stranger's own word is not believed
        ("127.0.0.1", "1.2.3.4, 8.8.8.8", "8.8.8.8"),  # what our proxy saw stands last
        ("10.0.0.2", "", ""),
        ("127.0.0.1", "nobody", ""),
        ("127.0.0.1", "10.0.0.9", ""),
        ("2001:4860:4860:1:2:3:4:5", "", "2001:4860:4860:1::"),
        ("2001:4860:4860:1:9:9:9:9", "", "2001:4860:4860:1::"),
        ("::ffff:9.9.9.9", "", "9.9.9.9"),
    ],
)
def test_an_asker_is_the_line_that_asks(near: str, said: str, who: str) -> None:
    with Flask("x").test_request_context(headers={"X-Forwarded-For": said}, environ_base={"REMOTE_ADDR": near}):
        assert asker(request) == who


@given(st.text(max_size=60))
def test_whatever_is_said_of_an_asker_is_read(said: str) -> None:
    environ = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": said}
    with Flask("x").test_request_context(environ_base=environ):
        assert isinstance(asker(request), str)


def test_one_stranger_makes_no_more_links_than_a_share(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linking, "MOST", 2)
    server = Flask("links")
    server.register_error_handler(Busy, answer)
    linking._short(server, book, Permalinks(tmp_path))
    client = server.test_client()

    def asked(page: str, who: str) -> int:
        return client.get(f"/s?to={page}", environ_base={"REMOTE_ADDR": who}).status_code

    assert [asked(f"/goal/{goal}", "9.9.9.9") for goal in (1, 2, 3)] == [200, 200, 503]
    assert asked("/goal/1", "9.9.9.9") == 200, "a link that is kept already costs nothing"
    assert asked("/goal/3", "8.8.8.8") == 200, "another asker has a share of its own"


def test_a_flood_of_links_fills_the_file_no_sooner_for_being_long(tmp_path: Path) -> None:
    links = Permalinks(tmp_path, letters=500)
    kept = 0
    with pytest.raises(Busy, match="Many short links"):
        for number in range(100):
            links.keep(f"/rows?text={number:0190d}")
            kept += 1
    assert kept == 2, "long addresses use up the hour sooner"
    assert PAGES * 4096 == 256 * 2**20 and HOURLY * 24 * 60 * 300 < PAGES * 4096, "two months at the least"
