"""Frames for other people's pages: what they hold, what they carry, what they refuse."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from dash import Dash
from flask.testing import FlaskClient

from callbacks.book import Opened
from callbacks.headers import framing
from callbacks.promised import above
from callbacks.things import tabled, thing
from dashboard.catalogue import PANELS
from dashboard.config import Misconfigured, settings
from dashboard.exports import unscaled
from dashboard.look import Look, read
from dashboard.selection import read as selected
from data_access.cube import Cube
from data_access.places import SEARCHES
from layouts.commitment_figures import leaving
from layouts.tables import exact

PICKED = "goal=5&donor=GBR&since=2008"


@pytest.fixture(scope="module")
def client(real: Dash) -> FlaskClient:
    return real.server.test_client()


def words(text: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", text))


@pytest.mark.parametrize("name", PANELS)
def test_a_frame_holds_the_words_the_figures_the_table_and_the_way_to_the_full_view(
    client: FlaskClient, embedded: Cube, opened: Opened, name: str
) -> None:
    selection = selected(PICKED, embedded.codes)[0]
    one = thing(embedded, name, selection, *above(opened, name, selection))
    page = client.get(f"/embed/{name}?{PICKED}").get_data(as_text=True)
    said = words(page)
    for part in (one.title, one.subtitle, one.source_line, one.filters, unscaled(tabled(one).caption)):
        assert part in said
    assert f'href="{one.newest}"'.replace("&", "&amp;") in page and "the newest" in said
    drawn = re.findall(r'<script type="application/json" data-is="figure">(.*?)</script>', page)
    figures = one.drawing.figures if one.drawing else {}
    assert [json.loads(text) for text in drawn] == [json.loads(json.dumps(figures[slot])) for slot in figures]
    first = tabled(one).rows[0]
    for column, value in zip(tabled(one).columns, first, strict=True):
        shown = exact(column, value)
        assert ("not reported" if shown is None else shown) in said
    assert ("imply official endorsement" in said) == ("map" in figures)


def test_a_frame_asks_for_nothing_of_others_and_has_no_form_and_no_cookie(client: FlaskClient) -> None:
    for name in (*PANELS, "commitment/muskoka-2010"):
        answer = client.get(f"/embed/{name}")
        page = answer.get_data(as_text=True)
        asked = re.findall(r'(?:src|href)="([^"]*)"', page)
        assert "Set-Cookie" not in answer.headers and "<form" not in page and 'data-as="field"' not in page
        ours = [one for one in asked if one.startswith("/") or one == "data:,"]
        others = [one for one in asked if one not in ours]
        assert all(one.startswith("http://127.0.0.1:8050/") for one in others) and len(ours) > 5


def test_frames_alone_may_be_framed(client: FlaskClient) -> None:
    for path in ("/", "/goal/5", "/commitments", "/export/gap.csv", "/oembed", "/healthz", "/nothing"):
        kept = client.get(path).headers
        assert kept["X-Frame-Options"] == "DENY" and "frame-ancestors 'none'" in kept["Content-Security-Policy"]
        assert kept["Cross-Origin-Resource-Policy"] == "same-origin"
    for path in ("/embed/gap", "/embed/resize.js", "/embed/nothing", "/embed/gap?height=1"):
        kept = client.get(path).headers
        assert "X-Frame-Options" not in kept and kept["Cross-Origin-Resource-Policy"] == "cross-origin"
        policy = kept["Content-Security-Policy"].split("; ")
        assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'self' *"} < set(policy)


def test_no_script_stands_in_a_frame_but_data(client: FlaskClient) -> None:
    page = client.get("/embed/recipients").get_data(as_text=True)
    kinds = re.findall(r"<script ([^>]*)>", page)
    assert kinds and all("src=" in kind or 'type="application/json"' in kind for kind in kinds)
    assert not re.search(r"\son[a-z]+=", page)


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("*", ("*",)),
        ("none", ()),
        ("https://un.org https://*.un.org:8443 http://localhost:9", None),
        ("", ("*",)),
    ],
)
def test_the_operator_says_whose_pages_may_show_frames(text: str, origins: tuple[str, ...] | None) -> None:
    named = settings({"IIF_EMBED_ORIGINS": text}).embeds
    assert named == (tuple(text.split()) if origins is None else origins)
    assert framing(named).endswith(" ".join(("frame-ancestors 'self'", *named)))


@pytest.mark.parametrize(
    "text",
    ["un.org", "https://un.org/", "* https://un.org", "https://a.b; script-src *", "'self'", "https://*", "x\n*"],
)
def test_what_is_no_origin_is_named(text: str) -> None:
    with pytest.raises(Misconfigured, match="IIF_EMBED_ORIGINS"):
        settings({"IIF_EMBED_ORIGINS": text})


def test_a_frame_is_asked_for_again_by_its_mark_and_kept_for_ever_where_it_names_its_edition(
    client: FlaskClient, embedded: Cube
) -> None:
    newest, kept = "/embed/years?goal=5", f"/embed/years?goal=5&edition={embedded.edition}"
    first, pinned = client.get(newest), client.get(kept)
    assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert pinned.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert f"edition={embedded.edition}" in pinned.get_data(as_text=True)
    marks = {
        client.get(path).headers["ETag"] for path in (newest, kept, f"{newest}&theme=print", "/embed/years?goal=4")
    }
    assert len(marks) == 4 and first.headers["ETag"] in marks
    for ways in ("br", "identity"):
        mark = client.get(newest, headers={"Accept-Encoding": ways}).headers["ETag"]
        again = client.get(newest, headers={"If-None-Match": mark, "Accept-Encoding": ways})
        assert (again.status_code, again.data) == (304, b"")


def test_the_ladder_in_a_frame_begins_with_what_was_pledged_as_on_our_own_page(
    client: FlaskClient, opened: Opened
) -> None:
    answer = client.get(f"/embed/gap?edition={opened.cube.edition}")
    page = answer.get_data(as_text=True)
    told = re.findall(r'class="rungs"[^>]* data-fill="([^"]+)"', page)
    assert len(told) == 1 and '"Pledged"' in unescape(told[0]) and "$" in told[0]
    assert f"edition={opened.cube.edition}" in page and f"State of the register {opened.held.state}." in page
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"  # the register may say more tomorrow


def test_a_frame_travels_in_less_than_60_kilobytes(client: FlaskClient) -> None:
    sizes = {n: len(client.get(f"/embed/{n}", headers={"Accept-Encoding": "gzip"}).data) for n in PANELS}
    assert max(sizes.values()) < 60_000


def test_an_edition_that_is_not_kept_is_said_and_leads_to_the_newest(client: FlaskClient) -> None:
    answer = client.get("/embed/gap?goal=5&edition=2020-01-01-aaaaaaaa&theme=print")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 404 and "This edition is not kept" in page and "2020-01-01-aaaaaaaa" in page
    assert 'href="/embed/gap?goal=5&amp;theme=print"' in page and 'target="_self"' in page
    assert answer.headers["Cache-Control"] == "no-store"


def test_another_language_is_refused_with_the_way_to_english(client: FlaskClient) -> None:
    answer = client.get("/embed/gap?goal=5&lang=fr&theme=print")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400 and "The product is in English only." in page
    assert 'href="/embed/gap?goal=5&amp;theme=print"' in page and "Show it in English" in page
    assert client.get("/embed/gap?goal=5&lang=en").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "theme=dark", "theme=<svg onload=x>", "height=12", "height=1e3", "height=-300", "height=99999", "lang=fr",
        "click=yes", "pick=donor:GBR", "click=on&pick=:", "theme=light&theme=light", "donor=NOBODY", "nothing=1",
        "since=2015&until=2001", "edition=", "add=%00", "&".join(f"a{n}=1" for n in range(200)), "x" * 3999,
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_said_in_a_sentence_and_nothing_is_shown(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/embed/gap?{query}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400 and "This cannot be shown" in page and "data-figure" not in page
    assert "<svg" not in page and "Traceback" not in page


def test_what_is_not_there_is_not_found(client: FlaskClient) -> None:
    for path in ("/embed/nothing", "/embed/commitment/nothing", "/embed/<svg>", "/embed/commitment/"):
        assert client.get(path).status_code == 404
    assert client.get("/embed/commitment/muskoka-2010?registry=never").status_code == 400
    assert client.post("/embed/gap").status_code == 405


def test_a_source_that_cannot_answer_says_so_in_the_frame_under_its_heading(client: FlaskClient) -> None:
    answer = client.get("/embed/gap?goal=4")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200 and 'class="empty"' in page and "Goal: Child mortality (4)" in words(page)
    assert 'href="/?goal=4"' in page and "data-figure" not in page and "<details" not in page
    untold = client.get("/embed/years?source=crs-purposes&donor=GBR")
    assert untold.status_code == 200 and 'class="empty"' in untold.get_data(as_text=True)


def test_a_click_leads_to_the_frame_of_what_is_picked(client: FlaskClient) -> None:
    def to(query: str) -> str:
        answer = client.get(f"/embed/recipients?{query}")
        assert answer.status_code == 302 and answer.headers["Cache-Control"] == "no-cache"
        return answer.headers["Location"]

    assert to("click=on&pick=recipient:KEN") == "/embed/recipients?recipient=KEN&click=on"
    assert to("recipient=KEN&click=on&pick=recipient:KEN") == "/embed/recipients?click=on"
    assert to("recipient=KEN&click=on&pick=recipient:ETH&add=on") == "/embed/recipients?recipient=ETH,KEN&click=on"
    assert to("theme=print&click=on&pick=goal://evil.org") == "/embed/recipients?theme=print&click=on"


def test_what_cannot_be_picked_is_offered_in_frames_that_pick_alone(client: FlaskClient) -> None:
    plain, picks = (client.get(f"/embed/recipients{query}").get_data(as_text=True) for query in ("", "?click=on"))
    assert 'class="choices"' not in plain and 'class="choices"' in picks


def test_a_look_is_written_as_it_is_read() -> None:
    for look in (Look(), Look("print"), Look("light", 480, True)):
        assert read(look.write()).look == look
    assert read("goal=5&theme=print&donor=A%26B").query == "goal=5&donor=A%26B"


@pytest.mark.parametrize("name", ["muskoka-2010", "un-oda-07-gni"])
def test_a_commitment_is_framed_with_its_sentence_and_its_rungs(client: FlaskClient, opened: Opened, name: str) -> None:
    pledge = opened.held.pledges[name]
    page = client.get(f"/embed/commitment/{name}").get_data(as_text=True)
    said = words(page)
    assert pledge.title in said and f"Made by {pledge.maker}" in said and f'href="/commitment/{name}"' in page
    assert all(rung in said for rung in ("Pledged", "Disbursed", "Delivery gap"))
    pins = f"edition={opened.cube.edition}&registry={opened.held.state}"
    pinned = client.get(f"/embed/commitment/{name}?{pins}")
    assert "immutable" in pinned.headers["Cache-Control"]
    assert f"/commitment/{name}?{pins}".replace("&", "&amp;") in pinned.get_data(as_text=True)


@pytest.mark.parametrize("figure", ["cause", "years"])
def test_a_figure_of_a_commitment_has_a_frame_of_its_own(client: FlaskClient, opened: Opened, figure: str) -> None:
    told = opened.told("gleneagles-2005-oda")
    one = leaving(told, figure)
    page = client.get(f"/embed/commitment/gleneagles-2005-oda/{figure}").get_data(as_text=True)
    said = words(page)
    for part in (one.title, one.subtitle, one.source_line, one.filters, told.pledge.title):
        assert part in said
    assert one.filters.startswith(told.pledge.title) and page.count('data-is="figure"') == page.count("data-figure=")
    assert client.get(f"/embed/commitment/muskoka-2010/{figure}").status_code == 404  # nothing of it is measured


@pytest.mark.parametrize(
    ("path", "frame"),
    [
        ("/", "/embed/gap"),
        ("/goal/5?donor=GBR", "/embed/recipients?goal=5&donor=GBR"),
        ("/embed/years?goal=5&theme=print", "/embed/years?goal=5&theme=print"),
        ("/embed/rows?source=dac1", "/embed/rows?source=dac1"),
        ("/commitment/muskoka-2010", "/embed/commitment/muskoka-2010"),
        ("/embed/commitment/un-oda-07-gni/years", "/embed/commitment/un-oda-07-gni/years"),
    ],
)
def test_the_frame_of_an_address_is_found(client: FlaskClient, path: str, frame: str) -> None:
    told = client.get("/oembed", query_string={"url": f"http://127.0.0.1:8050{path}", "format": "json"}).get_json()
    assert (told["version"], told["type"]) == ("1.0", "rich") and told["title"]
    source = unescape(re.findall(r'<iframe src="([^"]+)"', told["html"])[0])
    assert source == f"http://127.0.0.1:8050{frame}" and 'loading="lazy"' in told["html"]
    assert f'title="{told["title"]}"' in unescape(told["html"])
    assert client.get(frame).status_code == 200


def test_the_frame_keeps_to_the_room_there_is(client: FlaskClient) -> None:
    asked = {"url": "http://127.0.0.1:8050/embed/gap", "maxwidth": 300, "maxheight": 250}
    told = client.get("/oembed", query_string=asked).get_json()
    assert (told["width"], told["height"]) == (300, 250) and "height=250" in told["html"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 404),
        ({"url": "https://example.org/goal/5"}, 404),
        ({"url": "http://["}, 404),
        ({"url": "javascript:alert(1)"}, 404),
        ({"url": "http://127.0.0.1:8050/methods"}, 404),
        ({"url": "http://127.0.0.1:8050/embed/nothing"}, 404),
        ({"url": "http://127.0.0.1:8050/commitment/nothing"}, 404),
        ({"url": "http://127.0.0.1:8050/embed/commitment/muskoka-2010/cause"}, 404),  # it has no waterfall
        ({"url": "http://127.0.0.1:8050/embed/commitment/un-oda-07-gni/cause/more"}, 404),
        ({"url": "http://127.0.0.1:8050/?donor=NOBODY"}, 400),
        ({"url": "http://127.0.0.1:8050/", "maxwidth": "-1"}, 400),
        ({"url": "http://127.0.0.1:8050/", "format": "xml"}, 501),
    ],
)
def test_what_has_no_frame_is_said(client: FlaskClient, asked: dict[str, str], status: int) -> None:
    answer = client.get("/oembed", query_string=asked)
    assert answer.status_code == status and answer.get_json()["error"].endswith(".")


def test_the_list_of_pages_names_pages_that_are_there(client: FlaskClient) -> None:
    listed = ElementTree.fromstring(client.get("/sitemap.xml").data)
    paths = [str(loc.text).removeprefix("http://127.0.0.1:8050") for loc in listed.iter() if loc.tag.endswith("loc")]
    assert len(paths) == len(set(paths)) > 500 and {f"/embed/{name}" for name in PANELS} < set(paths)
    for path in [*paths[:25], *paths[-3:]]:
        assert client.get(path).status_code == 200
    assert "Sitemap: http://127.0.0.1:8050/sitemap.xml" in client.get("/robots.txt").get_data(as_text=True)


def test_the_files_of_a_frame_stay_where_their_address_says_what_is_in_them(client: FlaskClient) -> None:
    page = client.get("/embed/gap").get_data(as_text=True)
    for address in re.findall(r'(?:src|href)="(/(?:embed|assets|_dash)[^"]+\.(?:js|css)[^"]*)"', page):
        assert client.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable", address
    free = client.get("/embed/resize.js").headers
    assert free["Cache-Control"] == "public, max-age=3600" and free["Content-Type"].startswith("text/javascript")


def test_the_script_for_other_pages_is_small() -> None:
    folder = Path(__file__).parent.parent / "layouts" / "framed"
    assert (folder / "resize.js").stat().st_size < 2_000 and (folder / "frame.js").stat().st_size < 8_000


@pytest.mark.parametrize("path", ["/", "/goal/5?donor=GBR", "/goal/8", "/rows?source=dac1", "/commitment/muskoka-2010"])
def test_a_page_says_in_its_head_where_its_frame_is_told_of(client: FlaskClient, path: str) -> None:
    page = client.get(path).get_data(as_text=True)
    address = unescape(re.findall(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', page)[0])
    told = client.get(address.removeprefix("http://127.0.0.1:8050")).get_json()
    frame = unescape(re.findall(r'<iframe src="http://127.0.0.1:8050([^"]+)"', told["html"])[0])
    assert client.get(frame).status_code == 200
    assert "json+oembed" not in client.get("/methods").get_data(as_text=True)


def test_a_frame_asks_again_by_itself_where_others_were_first_and_never_where_it_took_too_long(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def long(*_: object) -> None:
        raise TimeoutError

    with SEARCHES.taken():
        busy = client.get("/embed/rows?source=iati-goals&text=that+nobody+asked+for+before")
    monkeypatch.setattr(Cube, "rows", long)
    late = client.get("/embed/rows?source=iati-goals&donor=DEU")
    assert [one.status_code for one in (busy, late)] == [503, 503]
    assert busy.headers["Retry-After"] == busy.headers["Refresh"] == "20"
    assert late.headers["Retry-After"] == "30" and "Refresh" not in late.headers
