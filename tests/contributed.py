"""Contributions of tests: a small registry, forms as they are typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import Dash
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import insert
from werkzeug.test import TestResponse

from data_access.contributions.writing import Begun, Draft
from data_access.people import sessions
from data_access.people.tables import account, granted

AUTHOR, OTHER, MODERATOR, SECOND = "id-1", "id-2", "id-3", "id-4"  # ids of persons
PART = "muskoka-2010-canada"
POLICY = "jnj-2010-training"
REPORT = {
    "since": "2011", "until": "2013", "rung": "disbursed", "amount": "950.50", "unit": "CAD million",
    "narrative": "Health workers were trained.", "women": "600", "men": "", "evidence": "Report 2013 | https://example.org/r",
}  # fmt: skip
CHANGE = {
    "place": "Huntsville", "deadline": "2015", "why": "The communiqué names the town.",
    "evidence": "Communiqué | https://example.org/c",
}  # fmt: skip
LINK = {"tie": "overlaps", "target": "muskoka-2010", "amount": "1000000", "currency": "CAD", "note": "the same money"}
STATUS = {
    "step": "reported_on", "date": "2012", "note": "First report", "source_kind": "official", "source_title": "Report",
    "source_page": "3", "source_address": "https://example.org/p",
}  # fmt: skip
NEW = {
    "title": "Canada: a clinic in every district", "kind": "policy", "made": "2011", "goals": "5",
    "source_kind": "official", "source_title": "Speech", "sexes": "yes",
}  # fmt: skip
COMMENT = {"narrative": "The clinics are open."}
FIELDS = {"report": REPORT, "change": CHANGE, "link": LINK, "status": STATUS, "new": NEW, "comment": COMMENT}


def begun(kind: str) -> tuple[Begun, Draft]:
    """What a contributor of Canada, or of the company, begins."""
    of, maker = (POLICY, "JNJ") if kind == "status" else ("canada-2011-clinics" if kind == "new" else PART, "CAN")
    return Begun(kind, "commitment", of, "" if kind == "comment" else maker), Draft(FIELDS[kind])


def signed(app: Dash, id_: str, roles: Mapping[str, Sequence[str]], name: str = "", named: bool = False) -> FlaskClient:
    """A browser in which a person of an id is signed in. roles: with the makers for whom they speak."""
    registry = app.server.extensions["people"].registry
    with registry.writing() as connection:
        row = {"id": id_, "mail": f"{id_}@example.org", "name": name or id_.title(), "state": "active", "named": named}
        connection.execute(insert(account).values(row))
        for role, makers in roles.items():
            for maker in makers or ("",):
                connection.execute(insert(granted).values(account=id_, role=role, maker=maker))
        mark = sessions.begin(connection, id_, "password")
    client = app.server.test_client()
    client.set_cookie(app.server.extensions["people"].cookie, mark)
    return client


class Form:
    """A form of a page, filled in and sent as a browser does."""

    def __init__(self, client: FlaskClient, address: str, action: str = "") -> None:
        self.client, self.page = client, client.get(address)
        assert self.page.status_code == 200, (address, self.page.status_code, self.page.get_data(as_text=True)[-300:])
        self.action, self.values = read_form(self.page.get_data(as_text=True), action)

    def send(self, **values: str) -> TestResponse:
        """With some fields filled in; empty ones stay as they are in the page."""
        sent = {**self.values, **values}
        return self.client.post(self.action, data={k: v for k, v in sent.items() if v is not None}, headers=SAME)


SAME = {"Sec-Fetch-Site": "same-origin"}


def read_form(page: str, action: str = "") -> tuple[str, dict[str, str]]:
    """The action and the fields of the form of a page that it, or a button of it, sends to an address; else of the
    first that is posted."""
    tree = html.fromstring(page)
    found = [one for one in tree.iter("form") if one.get("method") == "post" and one.get("action") != "/sign-out"]
    leads = [(one, {one.get("action"), *one.xpath(".//button/@formaction")}) for one in found]
    form = next(one for one, ways in leads if not action or action in ways)
    apart = ("checkbox", "file")
    held = [one for one in form.inputs if one.name and one.name != "then" and one.get("type") not in apart]
    return action or form.get("action"), {one.name: one.value or "" for one in held}
