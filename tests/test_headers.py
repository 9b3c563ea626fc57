"""What every answer carries."""

from __future__ import annotations

import re

import pytest
from dash import Dash, Input, Output, dcc, html
from flask import Request
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder

from callbacks import gate, headers
from callbacks.headers import _file_of


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    app = Dash("carrying", compress=False)
    app.layout = html.Div([dcc.Input("in"), html.P("word " * 400, id="out")])
    app.clientside_callback("function(x) {return x}", Output("out", "children"), Input("in", "value"))
    headers.register(app)
    gate.register(app)
    app.server.test_client().get("/")
    return app.server.test_client()


def directive(client: FlaskClient, name: str) -> list[str]:
    parts = client.get("/").headers["Content-Security-Policy"].split("; ")
    return next(part.split()[1:] for part in parts if part.split()[0] == name)


def test_scripts_come_from_here_or_are_known_by_their_hash(client: FlaskClient) -> None:
    sources = directive(client, "script-src")
    assert sources[0] == "'self'"
    assert sources[1:] and all(re.fullmatch(r"'sha256-[\w+/=]+'", source) for source in sources[1:])


@pytest.mark.parametrize(
    ("name", "sources"),
    [
        ("default-src", ["'self'"]),
        ("connect-src", ["'self'"]),
        ("object-src", ["'none'"]),
        ("base-uri", ["'none'"]),
        ("frame-ancestors", ["'none'"]),
        ("style-src", ["'self'", "'unsafe-inline'"]),
    ],
)
def test_nothing_comes_from_elsewhere(client: FlaskClient, name: str, sources: list[str]) -> None:
    assert directive(client, name) == sources


@pytest.mark.parametrize("path", ["/", "/_dash-layout", "/_dash-component-suites/os/path.py"])
def test_every_answer_is_kept_to_its_type_and_its_frame(client: FlaskClient, path: str) -> None:
    carried = client.get(path).headers
    assert carried["X-Content-Type-Options"] == "nosniff"
    assert carried["Referrer-Policy"] == "same-origin"
    assert carried["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=()" in carried["Permissions-Policy"]
    assert "frame-ancestors 'none'" in carried["Content-Security-Policy"]


def test_what_has_its_version_in_its_address_is_kept_for_ever(client: FlaskClient) -> None:
    script = re.findall(r'src="(/_dash-component-suites/[^"]+\.v[^"]+)"', client.get("/").get_data(as_text=True))[0]
    assert client.get(script).headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", ["/?m=1", "/healthz?m=1", "/_dash-layout?m=1"])
def test_a_mark_behind_an_address_does_not_make_it_one_that_stays(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-cache"


def test_a_script_is_packed_once_whatever_fingerprint_is_claimed() -> None:
    def asked(path: str) -> str:
        return _file_of(Request(EnvironBuilder(path=path).get_environ()))

    script = "/_dash-component-suites/plotly/package_data/plotly"
    assert asked(f"{script}.min.js") == asked(f"{script}.v1_2_3m4.min.js") == f"{script}.min.js"
    assert asked("/") == ""


def test_pages_are_asked_for_again_and_refusals_are_not_kept(client: FlaskClient) -> None:
    assert client.get("/").headers["Cache-Control"] == "no-cache"
    assert client.get("/_dash-component-suites/os/path.py").headers["Cache-Control"] == "no-store"
    assert client.post("/_dash-update-component", json={}).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("way", ["br", "zstd", "gzip"])
def test_answers_travel_packed(client: FlaskClient, way: str) -> None:
    plain = client.get("/_dash-layout")
    packed = client.get("/_dash-layout", headers={"Accept-Encoding": way})
    assert packed.headers["Content-Encoding"] == way
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < len(plain.data) / 4


def test_no_cookie_is_set(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/").headers
