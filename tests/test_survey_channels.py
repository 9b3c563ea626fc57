"""Published results of surveys leave as everything else does: files, command line, interface for programs; each under
an address that carries survey, question and when they were published, and none before or after."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard.api.operations import API, NAMED
from dashboard.api.shapes import answer_of
from data_access.__main__ import main
from data_access.formats import FORMATS
from data_access.registry.store import Registry
from data_access.surveying import answering, asking, store
from data_access.surveying.answering import Written
from tests.test_survey_results import GIVEN, WRITTEN

LATER = f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}"
ASKED = ("CAN", "DEU", "FRA", "JPN")  # the last of them does not answer
NAMED_ID, UNNAMED_ID = "channels-named", "channels-unnamed"


def registry_of(app: Dash) -> Registry:
    found: Registry = app.server.extensions["people"].registry
    return found


def published(registry: Registry, id_: str, makers: str) -> None:
    """A survey that three makers answered, closed and published. Answers about commitments are left out."""
    written = WRITTEN.replace('"one"', f'"{id_}"', 1).replace("MAKERS", makers)
    with registry.writing() as held:
        asking.keep(held, written, "asks")
        asking.invite(held, id_, ASKED, "asks")
        asking.until(held, id_, LATER, "asks")
        asking.move(held, id_, "open", "asks")
        for maker, (_, answers) in zip(ASKED, GIVEN, strict=False):
            given = {key: value for key, value in answers.items() if key != "each"}
            answering.save(held, id_, maker, "answers", Written(given, tuple(given), 0))
            answering.move(held, id_, maker, "submit", "answers", 1)
        asking.move(held, id_, "close", "asks")
        asking.move(held, id_, "publish", "asks")


@contextmanager
def taken_back(registry: Registry, id_: str) -> Iterator[None]:
    with registry.writing() as held:
        asking.move(held, id_, "unpublish", "asks")
    try:
        yield
    finally:
        with registry.writing() as held:
            asking.move(held, id_, "publish", "asks")


@pytest.fixture(scope="module")
def app(peopled: Dash) -> Dash:
    published(registry_of(peopled), NAMED_ID, "named")
    published(registry_of(peopled), UNNAMED_ID, "unnamed")
    return peopled


@pytest.fixture
def reader(app: Dash) -> FlaskClient:
    return app.server.test_client()


@pytest.fixture
def home(app: Dash, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IIF_ADDRESS", "http://localhost")
    found: Path = app.server.extensions["contributing"].library.home
    return found


def last(app: Dash, id_: str) -> str:
    return registry_of(app).read(lambda held: store.one(held, id_)).last


def held_of(answer: TestResponse) -> dict[str, list[dict[str, str]]]:
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return dict(answer.json or {})


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_of_the_command_line_is_that_of_the_page(
    reader: FlaskClient, home: Path, tmp_path: Path, form: str
) -> None:
    path = tmp_path / f"sure.{form}"
    assert main(["export", "survey", f"survey={NAMED_ID}&question=sure", "-o", str(path), "--home", str(home)]) == 0
    served = reader.get(f"/export/survey/{NAMED_ID}/sure.{form}").data
    assert served and (path.read_bytes() == served or form == "xlsx"), "a workbook holds the minute it was made"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "name the survey"),
        ("survey=none", "none has no published results"),
        (f"survey={NAMED_ID}&question=secret", "secret is no question"),
        (f"survey={NAMED_ID}&published=2001-01-01T00:00:00Z", "not those that stand"),
        (f"survey={NAMED_ID}&colour=red", "colour is no parameter"),
    ],
)
def test_what_the_command_line_cannot_follow_is_a_sentence_and_no_file(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], query: str, words: str
) -> None:
    assert main(["export", "survey", query, "-o", str(tmp_path / "x.csv"), "--home", str(home)]) == 2
    assert words in capsys.readouterr().err and not list(tmp_path.iterdir())


def test_an_address_carries_when_results_were_published_and_shows_those_alone(app: Dash, reader: FlaskClient) -> None:
    now, path = last(app, NAMED_ID), f"/export/survey/{NAMED_ID}/sure.json"
    told = reader.get(f"{path}?published={now}")
    assert told.status_code == 200 and f"/surveys/{NAMED_ID}?published={now}#sure" in told.get_data(as_text=True)
    for wrong in ("published=2001-01-01T00:00:00Z", "published=soon", "colour=red"):
        assert reader.get(f"{path}?{wrong}").status_code == 400, wrong
    page = reader.get(f"/surveys/{NAMED_ID}?published=2001-01-01T00:00:00Z").get_data(as_text=True)
    assert "not those that stand" in page and "Ignored" in page
    assert "not those that stand" not in reader.get(f"/surveys/{NAMED_ID}?published={now}").get_data(as_text=True)


def test_programs_read_which_surveys_have_results(reader: FlaskClient) -> None:
    held = held_of(reader.get(f"{API}/surveys"))
    answer_of(NAMED["surveys"]).model_validate(held, strict=True)
    [row] = [row for row in held["rows"] if row["survey"] == NAMED_ID]
    assert (row["makers"], row["invited"], row["answered"]) == ("named", 4, 3)


def test_programs_read_every_answer_page_by_page_of_one_publication(app: Dash, reader: FlaskClient) -> None:
    whole = held_of(reader.get(f"{API}/surveys/{NAMED_ID}"))
    answer_of(NAMED["answers"]).model_validate(whole, strict=True)
    address, found = f"{API}/surveys/{NAMED_ID}?limit=3", []
    for _ in range(10):
        part = reader.get(address).json or {}
        found += part["rows"]
        address = part["next"]
        if not address:
            break
        assert f"published={last(app, NAMED_ID).replace(':', '%3A')}" in address
    assert found == whole["rows"] and [row["line"] for row in found] == list(range(1, len(found) + 1))
    one = held_of(reader.get(f"{API}/surveys/{NAMED_ID}?question=sure"))
    assert {row["question"] for row in one["rows"]} == {"sure"} and one["rows"][0]["row.maker"]
    lines = csv.DictReader(io.StringIO(reader.get(f"{API}/surveys/{NAMED_ID}?format=csv").get_data(as_text=True)))
    assert len(list(lines)) == len(found)


def test_programs_read_how_often_each_answer_was_given(reader: FlaskClient) -> None:
    held = held_of(reader.get(f"{API}/surveys/counts/{NAMED_ID}"))
    answer_of(NAMED["counts"]).model_validate(held, strict=True)
    assert [(row["option"], row["count"], row["of"]) for row in held["rows"]] == [
        ("yes", 2, 3),
        ("no", 0, 3),
        ("so", 2, 3),
    ]


def test_small_groups_and_names_stay_away_from_every_channel_where_nobody_is_named(
    app: Dash, reader: FlaskClient
) -> None:
    every = [
        f"/export/survey/{UNNAMED_ID}/{name}.{form}" for name in ("all", "year", "why") for form in ("csv", "json")
    ]
    every += [f"{API}/surveys/{UNNAMED_ID}", f"{API}/surveys/counts/{UNNAMED_ID}", f"/surveys/{UNNAMED_ID}"]
    for path in every:
        answer = reader.get(path)
        said = answer.get_data(as_text=True)
        assert answer.status_code == 200, path
        assert not any(name in said for name in ("Canada", "Germany", "France", "CAN")), path
        assert "hush" not in said and "12,500,000" not in said and "12500000" not in said, path
    for question in ("paid", "sure"):
        path = f"/export/survey/{UNNAMED_ID}/{question}.csv"
        assert reader.get(path).status_code == 404, "one maker alone answered it, or two gave each answer"
    assert held_of(reader.get(f"{API}/surveys/counts/{UNNAMED_ID}"))["rows"] == []
    rows = held_of(reader.get(f"{API}/surveys/{UNNAMED_ID}?question=paid"))["rows"]
    assert rows == []
    assert {row["row.maker"] for row in held_of(reader.get(f"{API}/surveys/{UNNAMED_ID}"))["rows"]} == {None}


def test_what_was_taken_back_is_nowhere(app: Dash, reader: FlaskClient, home: Path, tmp_path: Path) -> None:
    places = (f"/surveys/{NAMED_ID}", f"/export/survey/{NAMED_ID}/all.csv", f"{API}/surveys/{NAMED_ID}",
              f"{API}/surveys/counts/{NAMED_ID}")  # fmt: skip
    assert {reader.get(path).status_code for path in places} == {200}
    with taken_back(registry_of(app), NAMED_ID):
        assert {reader.get(path).status_code for path in places} == {404}
        assert NAMED_ID not in reader.get(f"{API}/surveys").get_data(as_text=True)
        assert main(["export", "survey", f"survey={NAMED_ID}", "-o", str(tmp_path / "x.csv"), "--home", str(home)]) == 2


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("question=secret", "question"),
        ("published=2001-01-01T00:00:00Z", "published"),
        ("published=soon", "published"),
        ("survey=x", "survey"),
    ],
)
def test_programs_are_told_by_key_what_cannot_be_followed(reader: FlaskClient, query: str, key: str) -> None:
    told = reader.get(f"{API}/surveys/{NAMED_ID}?{query}")
    assert told.status_code == 400 and [one["key"] for one in (told.json or {})["errors"]] == [key]


def test_a_frame_shows_a_question_with_its_source_and_the_way_to_the_page(app: Dash, reader: FlaskClient) -> None:
    now, path = last(app, NAMED_ID), f"/embed/survey/{NAMED_ID}/sure"
    for query, kept in (("", "the newest"), (f"?published={now}&theme=print", "kept as it is")):
        answer = reader.get(path + query)
        said = answer.get_data(as_text=True)
        assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
        assert "X-Frame-Options" not in answer.headers and "immutable" not in answer.headers["Cache-Control"]
        assert "<h1>Sure?</h1>" in said and "Canada; Germany" in said and kept in said and "2 of 3, 67" in said
        address = f"/surveys/{NAMED_ID}" + (f"?published={now}" if query else "") + "#sure"
        assert f'href="{address}"' in said, "the full view"
    assert reader.get(path, headers={"If-None-Match": reader.get(path).headers["ETag"]}).status_code == 304
    for wrong in ("published=2001-01-01T00:00:00Z", "published=soon", "colour=red", "click=on&pick=a:b", "height=5"):
        assert reader.get(f"{path}?{wrong}").status_code == 400, wrong
    old = reader.get(f"{path}?published=2001-01-01T00:00:00Z").get_data(as_text=True)
    assert "not those that stand" in old and f'href="{path}"' in old, "with the way to those that do"
    for nowhere in ("secret", "colours"):
        assert reader.get(f"/embed/survey/{NAMED_ID}/{nowhere}").status_code == 404


def test_frames_keep_back_what_the_page_keeps_back(app: Dash, reader: FlaskClient) -> None:
    paid = reader.get(f"/embed/survey/{UNNAMED_ID}/paid").get_data(as_text=True)
    assert "Fewer than 3 makers" in paid and "12,500,000" not in paid
    assert "Canada" not in reader.get(f"/embed/survey/{UNNAMED_ID}/sure").get_data(as_text=True)
    with taken_back(registry_of(app), NAMED_ID):
        assert reader.get(f"/embed/survey/{NAMED_ID}/sure").status_code == 404


def test_other_sites_are_told_how_to_show_a_frame(app: Dash, reader: FlaskClient) -> None:
    address = f"/embed/survey/{NAMED_ID}/sure?published={last(app, NAMED_ID)}"
    told = reader.get("/oembed", query_string={"url": f"http://localhost{address}"})
    assert told.status_code == 200, told.get_data(as_text=True)
    assert address in (told.json or {})["html"] and (told.json or {})["title"] == "Sure?. One"
    for wrong, status in (("sure/more", 400), ("colours", 404), ("sure?published=soon", 400)):
        url = f"http://localhost/embed/survey/{NAMED_ID}/{wrong}"
        assert reader.get("/oembed", query_string={"url": url}).status_code == status, wrong


def test_each_panel_of_the_page_is_taken_away_under_an_address_that_carries_its_state(
    app: Dash, reader: FlaskClient
) -> None:
    page, at = reader.get(f"/surveys/{NAMED_ID}").get_data(as_text=True), f"survey/{NAMED_ID}/sure"
    now = last(app, NAMED_ID)
    assert f'href="/export/{at}.csv?published={now}"' in page and f"/embed/{at}?published={now}" in page
    assert f'data-address="/surveys/{NAMED_ID}?published={now}#sure"' in page
    unnamed = reader.get(f"/surveys/{UNNAMED_ID}").get_data(as_text=True)
    assert f"/export/survey/{UNNAMED_ID}/paid" not in unnamed, "what is kept back has no file"


def test_results_have_short_links_citations_and_cards_that_name_the_question(app: Dash, reader: FlaskClient) -> None:
    now = last(app, NAMED_ID)
    pinned = f"/surveys/{NAMED_ID}?published={now}#sure"
    for address in (pinned, f"/surveys/{NAMED_ID}#sure", f"/surveys/{NAMED_ID}"):
        kept = reader.get("/s", query_string={"to": address})
        assert kept.status_code == 200 and (kept.json or {})["address"] == address
        assert reader.get(f"/s/{(kept.json or {})['mark']}").location == address
    cited = reader.get("/cite/page.txt", query_string={"to": pinned}).get_data(as_text=True)
    assert "“Sure?”" in cited and f"http://localhost{pinned}" in cited
    assert reader.get("/card.png", query_string={"to": pinned}).mimetype == "image/png"
    for wrong, status in (("#secret", 404), ("?published=2001-01-01T00:00:00Z", 400), ("?colour=red", 400)):
        assert reader.get("/s", query_string={"to": f"/surveys/{NAMED_ID}{wrong}"}).status_code == status, wrong
    with taken_back(registry_of(app), NAMED_ID):
        assert reader.get("/cite/page.txt", query_string={"to": pinned}).status_code == 404


def test_an_answer_that_programs_know_is_not_sent_again(app: Dash, reader: FlaskClient) -> None:
    for path in (f"{API}/surveys/{NAMED_ID}", f"{API}/surveys/counts/{NAMED_ID}", f"{API}/surveys"):
        mark = reader.get(path).headers["ETag"]
        assert reader.get(path, headers={"If-None-Match": mark}).status_code == 304, path
        assert reader.get(path).headers["Access-Control-Allow-Origin"] == "*"
