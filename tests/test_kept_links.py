"""A link that was made on one edition shows the same after two newer ones were loaded, for as long as it is kept."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from callbacks.addressed import read, whole
from callbacks.bodies import Refused
from callbacks.book import Book
from dashboard.api.operations import API
from dashboard.config import Settings
from data_access import editions
from data_access.library import LOOK, Library
from data_access.registry.opening import open_registry
from tests.living import embedded_stand_in, small_edition
from tests.visits import Visitor

PANELS = ("gap", "donors", "recipients", "years", "goals", "ranking", "sources")
PATH = "/?donor=FRA"
CHANNELS = {  # what of a link is asked for, beside its page
    **{f"file {name}": f"/export/{name}.csv?{{query}}" for name in PANELS},
    **{f"frame {name}": f"/embed/{name}?{{query}}" for name in PANELS},
    "file json": "/export/gap.json?{query}",
    "file metadata": "/export/gap.csv-metadata.json?{query}",
    "rows": "/export/rows.csv?{query}",
    "program totals": f"{API}/totals?by=donor,year&{{query}}",
    "program rows": f"{API}/flows?limit=20&{{query}}",
    "program csv": f"{API}/totals?by=year&format=csv&{{query}}",
    "briefing": "/briefing?show=gap,years&{query}",
    "card": "/card.png?to={to}",
    "cited": "/cite/page.txt?to={to}",
    "cited panel": "/cite/gap.bib?{query}",
}
ALWAYS = {"file donors"}  # shares of income, as an indicator tells them: these editions differ in flows alone
OF_FIGURES = ("hero", "head", "panel gap", "panel years", *CHANNELS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One small edition, in the place of the embedded one, so that no start builds that."""
    editions.point(tmp_path, small_edition(tmp_path, embedded_stand_in()))
    return tmp_path


@pytest.fixture
def client(folder: Path) -> Iterator[FlaskClient]:
    yield create_app(Settings(home=folder)).server.test_client()


def load(folder: Path, times: int) -> str:
    """Another edition, all of whose amounts are so many times those of the first, made the current one."""
    name = small_edition(folder, f"small-{times:012d}", times)
    editions.point(folder, name)
    time.sleep(LOOK + 0.05)
    return name


def shown(client: FlaskClient, address: str) -> dict[str, str]:
    """All that a link leads to: the page, the files of its panels, what programs are told, frames, a briefing, its
    picture, its citations."""
    path, _, query = address.partition("?")
    page = Visitor(client).page(path, f"?{query}" if query else "")
    [hero] = [one for one in page.every("div") if "hero" in one.props.get("className", "")]
    told = {"hero": hero.text}
    told |= {f"panel {one.props['data-panel']}": one.text for one in page.every() if "data-panel" in one.props}
    to = quote(address, safe="")
    for name, of in CHANNELS.items():
        answer = client.get(of.format(query=query, to=to))
        assert answer.status_code == 200, (name, answer.get_data(as_text=True)[:300])
        told[name] = answer.get_data(as_text=True) if answer.mimetype != "image/png" else answer.headers["ETag"]
    told["head"] = re.findall(r'og:description" content="([^"]*)', client.get(address).get_data(as_text=True))[0]
    return told


def follow(client: FlaskClient, mark: str) -> str:
    answer = client.get(f"/s/{mark}")
    assert answer.status_code == 302
    return answer.headers["Location"]


def kept(client: FlaskClient, address: str) -> str:
    return str((client.get(f"/s?to={quote(address, safe='')}").json or {})["mark"])


def test_a_pinned_link_shows_identical_figures_after_two_newer_editions(client: FlaskClient, folder: Path) -> None:
    first = editions.current(folder)
    pinned, newest = kept(client, f"{PATH}&edition={first}"), kept(client, PATH)
    before, open_ = shown(client, follow(client, pinned)), shown(client, follow(client, newest))
    assert before.keys() == open_.keys() and set(OF_FIGURES) <= before.keys()
    figures = [name for name in before if name.startswith(("file", "panel", "hero", "rows"))]
    sides = [{name: held[name] for name in figures} for held in (before, open_)]
    for side in sides:  # each names its own file, under the address by which it was asked for
        side["file metadata"] = json.dumps({**json.loads(side["file metadata"]), "url": ""})
    assert sides[0] == sides[1]
    for times in (3, 7):
        assert load(folder, times) != first
        assert client.get("/healthz").json == {"status": "ok", "edition": editions.current(folder)}
    assert shown(client, follow(client, pinned)) == before
    after = shown(client, follow(client, newest))
    assert {name for name in OF_FIGURES if after[name] == before[name]} == ALWAYS, "the newest edition shows others"
    assert kept(client, f"{PATH}&edition={first}") == pinned


def test_what_was_dropped_gets_no_link_and_no_citation(folder: Path) -> None:
    first = editions.current(folder)
    load(folder, 3)
    editions.drop(folder, first)
    with Flask("links").app_context():
        book = Book(Library(folder), open_registry(folder))
        with pytest.raises(Refused, match=f"edition={first}"):
            whole(book, f"{PATH}&edition={first}")
        assert read(book, f"{PATH}&edition={first}").pinned.endswith(editions.current(folder))


def test_every_channel_says_that_a_dropped_edition_is_gone_and_none_shows_another(
    client: FlaskClient, folder: Path
) -> None:
    first, pinned = editions.current(folder), f"{PATH}&edition={editions.current(folder)}"
    mark = kept(client, pinned)
    load(folder, 3)
    editions.drop(folder, first)
    time.sleep(LOOK + 0.05)
    assert follow(client, mark) == pinned, "the short link still leads to its page, which tells"
    said = Visitor(client).page("/", pinned.removeprefix("/")).text
    assert f"edition={first}" in said and editions.current(folder) in said
    for name, of in CHANNELS.items():
        query, to = pinned.partition("?")[2], quote(pinned, safe="")
        answer = client.get(of.format(query=query, to=to), headers={"Accept": "text/html, application/json"})
        assert answer.status_code in (400, 404), name
        told = answer.get_data(as_text=True)
        assert first in told and not re.search("shown instead|Traceback", told), (name, told[:300])
    frame = client.get(f"/embed/gap?{pinned.partition('?')[2]}").get_data(as_text=True)
    assert "Show the newest edition here" in frame and 'href="/embed/gap?donor=FRA"' in frame
