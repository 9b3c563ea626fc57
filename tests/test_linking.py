"""Short links and citations over HTTP: only addresses of ours that can be followed whole are kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from dash import Dash
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callbacks import linking
from callbacks.things import thing
from dashboard.carried import short_mark
from dashboard.catalogue import PANELS
from dashboard.selection import Selection
from data_access.cube import Cube
from data_access.permalinks import Permalinks

FOLLOWED = [
    "/",
    "/goal/5?donor=GBR&since=2009",
    "/goal/8",
    "/rows?source=dac1&sort=-usd&page=2",
    "/rows/dac1/5",
    "/methods",
    "/data?source=dac1",
    "/commitments?goal=5&sort=made",
    "/commitment/muskoka-2010",
    "/commitment/muskoka-2010/rule",
    "/donor/GBR",
    "/findings?severity=high",
    "/gaps?goal=5",
    "/overlaps?goal=6",
    "/needs?goal=5",
    "/changes",
]
REFUSED = [
    ("https://example.org/", 404, "no such page"),
    ("//example.org/goal/5", 404, "no such page"),
    ("/nowhere", 404, "no such page"),
    ("/s/0123456789", 404, "no such page"),
    ("/commitment/never-made", 404, "nothing of that name"),
    ("/goal/5?donor=NOBODY", 400, "donor=NOBODY"),
    ("/?edition=1999-01-01-00000000", 400, "edition=1999"),
    ("/methods?donor=GBR", 400, "no filter"),
    ("/rows/nothing/5", 404, "no such source"),
    ("/data?source=nothing", 400, "source=nothing"),
    ("/commitments?goal=99", 400, "goal=99"),
    ("/commitment/muskoka-2010?colour=red", 400, "colour=red"),
    ("/commitment/muskoka-2010/rule?kind=nothing", 400, "kind"),
    ("/findings?severity=grave", 400, "severity=grave"),
    ("/gaps?goal=99", 400, "goal=99"),
    ("/overlaps?maker=NOBODY", 400, "maker=NOBODY"),
    ("/needs?goal=99", 400, "goal=99"),
    ("/changes?from=1999", 400, "from=1999"),
    ("/?text=%00", 400, "text"),
]


@pytest.fixture(scope="module")
def client(real: Dash) -> Iterator[FlaskClient]:
    client = real.server.test_client()
    yield client


def kept(client: FlaskClient, address: str) -> dict[str, str]:
    answer = client.get(f"/s?to={quote(address, safe='')}")
    assert answer.status_code == 200, (address, answer.get_data(as_text=True))
    return dict(answer.json or {})


@pytest.mark.parametrize("address", FOLLOWED)
def test_a_short_link_leads_to_the_page_it_was_made_for(client: FlaskClient, address: str) -> None:
    told = kept(client, address)
    assert told["mark"] == short_mark(told["address"]) and told["short"].endswith(f"/s/{told['mark']}")
    assert told["address"].partition("?")[0] == address.partition("?")[0]
    answer = client.get(f"/s/{told['mark']}")
    assert (answer.status_code, answer.headers["Location"]) == (302, told["address"])
    assert kept(client, told["address"]) == told, "an address in its written form is kept as it is"


def test_the_same_view_has_the_same_mark_however_it_is_written(client: FlaskClient, embedded: Cube) -> None:
    one, other = (
        f"/goal/5?{query}&edition={embedded.edition}" for query in ("since=2009&donor=GBR", "donor=GBR&since=2009")
    )
    assert kept(client, one) == kept(client, other) != kept(client, "/goal/5?donor=GBR&since=2009")


@pytest.mark.parametrize("name", PANELS)
def test_the_mark_that_a_panel_leaves_with_is_that_of_its_short_link(
    client: FlaskClient, embedded: Cube, name: str
) -> None:
    one = thing(embedded, name, Selection().change(goal=["5"], donor=["GBR"], since=2008))
    assert kept(client, one.address)["mark"] == one.mark


@pytest.mark.parametrize(("address", "status", "words"), REFUSED)
def test_what_cannot_be_followed_gets_no_link(client: FlaskClient, address: str, status: int, words: str) -> None:
    answer = client.get(f"/s?to={quote(address, safe='')}")
    assert answer.status_code == status and words in (answer.json or {})["error"], answer.json


@pytest.mark.parametrize("query", ["", "?to=/&to=/", "?to=/&then=/", "?from=/"])
def test_a_question_for_a_link_names_one_address(client: FlaskClient, query: str) -> None:
    assert client.get(f"/s{query}").status_code == 400


def test_no_other_site_makes_links_here(client: FlaskClient) -> None:
    assert client.get("/s?to=/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.parametrize("mark", ["0123456789", "short", "0" * 80, "..%2F..", "ABCDEF0123"])
def test_an_unknown_link_is_not_found_in_a_sentence(client: FlaskClient, mark: str) -> None:
    answer = client.get(f"/s/{mark}", headers={"Accept": "text/html"})
    assert answer.status_code == 404 and b"Traceback" not in answer.data
    if "%" not in mark:
        assert "No short link of this name was ever made here" in answer.get_data(as_text=True)


def test_a_full_file_is_told_in_a_sentence(real: Dash, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Permalinks, address: str) -> str:
        raise linking.NotKept("No more short links can be kept here. The long link shows the same.")

    monkeypatch.setattr(Permalinks, "keep", full)
    answer = real.server.test_client().get("/s?to=/")
    assert answer.status_code == 507 and "The long link shows the same" in (answer.json or {})["error"]


def test_a_citation_in_every_form_says_the_same(client: FlaskClient, embedded: Cube) -> None:
    one = thing(embedded, "gap", Selection().change(goal=["5"]))
    said = {form: client.get(f"/cite/gap.{form}?goal=5") for form in ("txt", "bib", "ris", "json")}
    assert {answer.status_code for answer in said.values()} == {200}
    texts = {form: answer.get_data(as_text=True) for form, answer in said.items()}
    for form, text in texts.items():
        assert one.address in text and one.edition in text and one.title.rstrip(".")[5:25] in text, form
    [item] = json.loads(texts["json"])
    assert item["URL"].endswith(one.address) and item["version"] == one.edition and item["type"] == "dataset"
    assert f"@misc{{mdg-{one.mark}," in texts["bib"] and texts["bib"].count("{") == texts["bib"].count("}")
    lines = texts["ris"].split("\r\n")
    assert lines[0] == "TY  - DATA" and lines[-2:] == ["ER  - ", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])
    assert said["bib"].headers["Content-Disposition"].endswith(f'"mdg-{one.mark}.bib"')
    assert said["json"].headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/cite/page.txt?to=/goal/5%3Fdonor%3DGBR", "Goal 5: improve maternal health"),
        ("/cite/page.txt?to=/commitment/muskoka-2010", "state of the register"),
        ("/cite/commitment/muskoka-2010.txt", "state of the register"),
        ("/cite/page.txt?to=/methods", "Methods and sources"),
    ],
)
def test_pages_and_commitments_are_cited_likewise(
    client: FlaskClient, embedded: Cube, address: str, words: str
) -> None:
    answer = client.get(address)
    said = answer.get_data(as_text=True)
    assert answer.status_code == 200 and words in said and f"edition={embedded.edition}" in said


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/cite/gap.doc", 404),
        ("/cite/nothing.txt", 404),
        ("/cite/gap.bib?donor=NOBODY", 400),
        ("/cite/page.bib", 400),
        ("/cite/page.bib?to=/nowhere", 404),
        ("/cite/commitment/never.bib", 404),
        ("/cite/commitment/muskoka-2010.doc", 404),
    ],
)
def test_what_cannot_be_cited_is_told(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status and answer.json and answer.json["error"]


PIECES = st.sampled_from(
    ["/", "//", "/goal/5", "/s/", "?", "&", "edition=", "donor=GBR", "..", "%00", "\\", "#", "@", ":"]
)


@given(st.lists(PIECES | st.text(max_size=6), max_size=8).map("".join))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_for_is_kept_as_an_address_of_ours_or_refused(client: FlaskClient, written: str) -> None:
    answer = client.get("/s", query_string={"to": written.encode("utf-8", "replace").decode()})
    assert answer.status_code in (200, 400, 404, 414), (written, answer.status_code)
    if answer.status_code == 200:
        kept = (answer.json or {})["address"]
        assert kept.startswith("/") and not kept.startswith(("//", "/\\")) and client.get(kept).status_code == 200


@pytest.mark.parametrize("query", ["source=crs-donors&donor=GBR", "source=dac1&donor=FRA&since=2010&until=2010"])
def test_rows_are_cited_as_their_file_cites_itself(client: FlaskClient, query: str) -> None:
    """With their source, once with their edition, and under one title."""
    said = client.get(f"/cite/rows.txt?{query}").get_data(as_text=True)
    about = client.get(f"/export/rows.json?{query}").get_json()["about"]
    assert f"“{about['dc:title']}”. {about['selection']}. {about['dc:source']}. Edition " in said
    assert about["dc:source"].startswith("Source: ") and said.count("Edition") == 1
    assert "1 rows" not in json.dumps(about) and about["dc:identifier"] in said
    page = client.get(f"/cite/page.txt?to={quote(f'/rows?{query}', safe='')}").get_data(as_text=True)
    assert page == said
