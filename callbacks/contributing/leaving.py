"""Comments of people without an account, where the operator has opened that: moderated before anybody sees them."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Flask, Response, request
from sqlalchemy import Connection

from callbacks.contributing import asking, telling
from callbacks.contributing.commenting import ASKED, named, sent, titled
from callbacks.contributing.writing import SCRIPTS, STYLES
from callbacks.people import forms, here, pages
from dashboard.contributions import READER
from dashboard.forms import Typed
from dashboard.policy import Thing
from data_access.contributions import store
from data_access.people import attempts
from data_access.registry.writing import Refused as Unsaved
from layouts.contributing.commenting import thanks, without
from layouts.people.fields import form

PATH = "/comment"
EACH, ALL = 5, 200  # comments of a network within a quarter of an hour; comments that wait to be read
MANY = "There were several comments from your network just now; please send this one in a quarter of an hour."
FULL = "Many comments wait to be read at the moment; please send yours some other day."


def register(server: Flask) -> None:
    """Add the routes."""
    server.get(PATH)(leave_page)
    server.post(PATH)(leave)


def leave_page() -> Response:
    """The form; who is signed in comments as themselves."""
    who = here.open_to("leave", _comment())
    if who:
        return forms.onward(f"/my/comments/new?{request.query_string.decode('utf-8', 'replace')}")
    if request.args.get("done"):
        return pages.shown("Comment", thanks(), styles=STYLES)
    return _form(*named(), Typed({}))


def leave() -> Response:
    """Sends it to the moderators."""
    here.open_to("leave", _comment())
    typed = forms.read(ASKED)
    about, of = typed["about"], typed["of"]
    titled(about, of)
    if typed.problems:
        return _form(about, of, typed, 422)

    def do(connection: Connection) -> str:
        _counted(connection)
        sent(connection, typed, READER)
        return f"{PATH}?done=submitted"

    return asking.done(typed, do, lambda told, status: _form(about, of, told, status), telling.commented)


def _comment() -> Thing:
    return Thing("comment", state=here.house().comments)


def _counted(connection: Connection) -> None:
    """Raises Unsaved where one network sends many, or many wait."""
    net = attempts.net(here.sender())
    name = attempts.named(here.house().secret, "comment", net)
    if net and attempts.counted(connection, name, EACH) is None:
        raise Unsaved(MANY)
    if store.waiting(connection, READER) >= ALL:
        raise Unsaved(FULL)


def _form(about: str, of: str, typed: Typed, status: int = 200) -> Response:
    title, path = titled(about, of)
    back = f"/my/comments/new?{urlencode({about: of})}"
    hidden = {"about": about, "of": of}
    made = form(ASKED, PATH, forms.once(), "Send to the moderators", typed, values=hidden)
    inside = [*without(title, path, f"/sign-in?{urlencode({'next': back})}"), made]
    return pages.shown("Comment", inside, status, styles=STYLES, scripts=SCRIPTS)
