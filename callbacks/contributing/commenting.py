"""Comments: on a commitment, a finding, or a view of figures, by anybody who is signed in; each is moderated."""

from __future__ import annotations

from flask import Flask, Response, request
from sqlalchemy import Connection

from callbacks.bodies import Refused
from callbacks.contributing import asking, telling
from callbacks.contributing.writing import LIST, SCRIPTS, STYLES
from callbacks.people import forms, here, pages
from dashboard.contribution_fields import FIELDS
from dashboard.contributions import ABOUT
from dashboard.finding_list import short
from dashboard.forms import Field, Typed
from dashboard.people import Person
from dashboard.policy import Thing
from data_access.contributions import writing as kept
from data_access.contributions.writing import Begun, Draft
from data_access.registry import findings
from layouts.contributing.commenting import lead
from layouts.contributing.forms import SEEN
from layouts.pages import find
from layouts.people.fields import form

COMMENT = FIELDS["comment"]
ABOUT_FIELD, OF = Field("about", kind="hidden", longest=20), Field("of", kind="hidden", longest=2000)
ASKED = (*COMMENT, ABOUT_FIELD, OF)
BEHALF, READER = "behalf", "reader"
PUBLIC = "On behalf of a maker, the comment is published with the name of the maker."
NOTHING = "A comment is about a commitment, a finding or a view of figures; please follow the link on its page."


def register(server: Flask) -> None:
    """Add the routes."""
    server.get("/my/comments/new")(new_comment_page)
    server.post("/my/comments/new")(new_comment)
    server.post("/my/comments/<id_>/withdraw")(withdraw_comment)


def new_comment_page() -> Response:
    """The form of a comment."""
    here.asked("write", Thing("comment"))
    return _form(*named(), Typed({}))


def new_comment() -> Response:
    """Sends it to the moderators."""
    who = here.asked("write", Thing("comment"))
    typed = forms.read(asks(who))
    about, of = typed["about"], typed["of"]
    titled(about, of)
    if typed.problems:
        return _form(about, of, typed, 422)

    def do(connection: Connection) -> str:
        sent(connection, typed, who.id, typed.values.get(BEHALF, "").removeprefix(READER))
        return f"{LIST}?done=submitted"

    return asking.done(typed, do, lambda told, status: _form(about, of, told, status), telling.commented)


def sent(connection: Connection, typed: Typed, who: str, maker: str = "") -> None:
    """Keeps a comment and sends it to the moderators. maker: on whose behalf; empty for a person."""
    begun = Begun("comment", typed["about"], typed["of"], maker)
    id_ = kept.start(connection, begun, who, Draft({"narrative": typed["narrative"]}))
    kept.move(connection, id_, who, "submit", 1)


def asks(who: Person | None) -> tuple[Field, ...]:
    """The fields of a comment: who speaks for makers chooses whether it is on behalf of one."""
    makers = asking.makers()
    speaks = {id_: makers.get(id_, id_) for id_ in sorted(who.makers)} if who else {}
    behalf = Field(BEHALF, "On whose behalf", "choice", choices={READER: "nobody's: as a reader"} | speaks, hint=PUBLIC)
    return (*ASKED, *((behalf,) if speaks else ()))


def named() -> tuple[str, str]:
    """What the address asks to comment on."""
    return next(((about, request.args[about]) for about in ABOUT if request.args.get(about)), ("", ""))


def withdraw_comment(id_: str) -> Response:
    """Takes a comment back that was not decided on yet."""
    one, who = asking.found(id_, "withdraw")
    typed = forms.read((SEEN,))

    def do(connection: Connection) -> str:
        kept.move(connection, one.id, who.id, "withdraw", asking.number(typed["seen"]))
        return f"{LIST}?done=withdrawn"

    return asking.done(typed, do, lambda told, status: _refused(told))


def _refused(told: Typed) -> Response:
    raise Refused(409, told.problems[-1].sentence)


def _form(about: str, of: str, typed: Typed, status: int = 200) -> Response:
    title, path = titled(about, of)
    hidden = {"about": about, "of": of}
    who, hidden = here.person(), hidden | {BEHALF: READER}
    made = form(asks(who), "/my/comments/new", forms.once(), "Send to the moderators", typed, values=hidden)
    return pages.shown("Comment", [*lead(title, path), made], status, styles=STYLES, scripts=SCRIPTS)


def titled(about: str, of: str) -> tuple[str, str]:
    """What a comment is about, in words, and its address. Raises Refused where it is about nothing that there is."""
    if about == "commitment":
        return asking.pledge(of).title, f"/commitment/{of}"
    if about == "finding":
        held = findings.known(here.registry())
        found = next((one.finding.words for key, one in held.items() if short(key) == of), "")
        if found:
            return found, f"/findings?finding={of}"
    page, _ = find(of.partition("?")[0])
    if about == "view" and page is not None and page.places and len(of) <= OF.longest and of.isprintable():
        return f"{page.title}: the view under its address", of
    raise Refused(404, NOTHING)
