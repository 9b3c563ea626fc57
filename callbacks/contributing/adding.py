"""A commitment that the register does not hold yet: its address is chosen first, then it is a draft like others."""

from __future__ import annotations

from flask import Flask, Response, request
from sqlalchemy import Connection

from callbacks.contributing import asking, filling
from callbacks.contributing.checked import ASKS, CHECK, checked
from callbacks.contributing.writing import LIST, ONWARD, SCRIPTS, STYLES
from callbacks.people import forms, here, pages
from dashboard.contribution_fields import unkept
from dashboard.forms import Field, Typed
from dashboard.people import Person
from dashboard.policy import Thing
from data_access.contributions import writing as kept
from data_access.contributions.checking import name
from data_access.contributions.records import blank
from data_access.contributions.writing import Begun
from data_access.registry.columns import BY_NAME, SLUG
from layouts.contributing.adding import lead, makers
from layouts.contributing.forms import form

NEW = "/my/commitments/new"
MAKER = Field("speaks", kind="hidden", longest=80)  # a record has a column `maker`
THERE = "The register holds a commitment of that address already; please choose another."


def _address(text: str) -> str:
    if not SLUG.fullmatch(text):
        return "Write small letters, digits and single hyphens, as muskoka-2010-canada."
    return THERE if text in asking.held().pledges else ""


ADDRESS = Field("id", "Its address in the register", longest=80, hint=BY_NAME["id"].words, check=_address)


def register(server: Flask) -> None:
    """Add the routes."""
    server.get(NEW)(new_commitment_page)
    server.post(NEW)(new_commitment)


def new_commitment_page() -> Response:
    """The form; the makers there are, for who speaks for several."""
    maker, who = _speaks(request.args.get("maker", ""))
    if not maker:
        named = {id_: name(asking.held(), id_) for id_ in sorted(who.makers)}
        return pages.shown(filling.TITLES["new"], makers(named, NEW), styles=STYLES)
    return _form(maker, Typed({}))


def new_commitment() -> Response:
    """Keeps a draft."""
    maker, who = _speaks(request.form.get(MAKER.name, ""))
    filling.apart()
    pledge = blank(asking.held().directory, "", maker)
    fields = (ADDRESS, *filling.fields("new", pledge))
    typed = forms.read((*fields, MAKER, ASKS))
    if typed["then"] == CHECK:
        return checked(typed, "new", typed[ADDRESS.name], maker, filling.draft("new", pledge, typed.values).fields)
    wrong = (
        *unkept(typed.problems, fields, typed.values),
        *(one for one in typed.problems if one.field == ADDRESS.name),
    )
    if wrong:
        return _form(maker, Typed(typed.values, wrong, typed.once), 422)

    def do(connection: Connection) -> str:
        begun = Begun("new", "commitment", typed[ADDRESS.name], maker)
        id_ = kept.start(connection, begun, who.id, filling.draft("new", pledge, typed.values))
        return f"{LIST}/{id_}{ONWARD[typed['then'] or 'save']}"

    return asking.done(typed, do, lambda told, status: _form(maker, told, status))


def _speaks(maker: str) -> tuple[str, Person]:
    """The maker on whose behalf it is, empty where one is to be chosen, and who asks."""
    asks = here.person()
    theirs = sorted(asks.makers) if asks else []
    chosen = maker or (theirs[0] if len(theirs) == 1 else "")
    return chosen, here.asked("start", Thing("contribution", maker=chosen or (theirs[0] if theirs else "")))


def _form(maker: str, typed: Typed, status: int = 200) -> Response:
    held = asking.held()
    pledge = blank(held.directory, "", maker)
    fields = (ADDRESS, *filling.fields("new", pledge))
    made = form(fields, NEW, forms.once(), typed, filling.first("new", pledge), hidden={MAKER.name: maker})
    inside = [*lead(name(held, maker), filling.LEADS["new"]), made]
    return pages.shown(filling.TITLES["new"], inside, status, styles=STYLES, scripts=SCRIPTS)
