"""A contributor's side: what there is, a new contribution, its form, every saving a version of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Flask, Response, request
from sqlalchemy import Connection
from werkzeug.datastructures import FileStorage

from callbacks.bodies import Refused
from callbacks.contributing import asking, enclosed, filling, of_others
from callbacks.contributing.checked import ASKS, CHECK, checked
from callbacks.people import forms, here, pages
from dashboard.contribution_fields import unkept
from dashboard.contributions import EDITED, Contribution
from dashboard.forms import Field, Problem, Typed
from dashboard.people import Person
from dashboard.pledges import Pledge
from dashboard.policy import Thing, may
from data_access.contributions import evidence, store
from data_access.contributions import writing as kept
from data_access.contributions.checking import name, subject
from data_access.contributions.evidence import Kept
from data_access.contributions.writing import Begun
from data_access.registry.writing import Refused as Unsaved
from layouts.contributing import mine as layout
from layouts.contributing.attaching import FILE, WITH_FILES, attached, attachments, enclosing
from layouts.contributing.forms import SEEN, form

KIND = Field("what", kind="hidden", longest=20)  # a record has a column `kind`
COMMITMENT = Field("commitment", kind="hidden", longest=80)
STYLES, SCRIPTS = ("contributing",), ("asked/drafts", "asked/checks")
ONWARD = {"save": "?done=saved", "preview": "/preview"}  # what is sent is seen before
AGAIN = "The file was not kept, as the form could not be; please choose it again."
NEW, LIST = "/my/contributions/new", "/my/contributions"
Values = Mapping[str, str]


def register(server: Flask) -> None:
    """Add the routes."""
    server.get(LIST)(contributions)
    server.get(NEW)(new_contribution_page)
    server.post(NEW)(new_contribution)
    server.get(f"{LIST}/<id_>")(contribution_page)
    server.post(f"{LIST}/<id_>")(save_contribution)


def contributions() -> Response:
    """All of the makers for whom somebody speaks, and their own comments."""
    who, at = here.asked("list", Thing("contributions")), asking.page()
    found = store.listed(here.registry(), makers=sorted(who.makers), author=who.id, page=at)
    inside = layout.every(found.rows, found.total, at, store.PAGE, asking.titles(), asking.makers(), bool(who.makers))
    return pages.shown("My contributions", inside, styles=STYLES)


def new_contribution_page() -> Response:
    """The form of a new contribution, or the kinds there are."""
    id_ = request.args.get("commitment", "")
    others = of_others.told(asking.pledge(id_))
    if others is not None:
        return others
    pledge, _, _ = _begins(id_)
    kind = request.args.get("kind", "")
    if kind not in filling.possible(pledge):
        return pages.shown("Contribute", layout.kinds(pledge, filling.offered(pledge)), styles=STYLES)
    return _new(pledge, kind, Typed({}), filling.first(kind, pledge))


def new_contribution() -> Response:
    """Keeps a new draft, and leads on to where its button said."""
    pledge, maker, who = _begins(request.form.get("commitment", ""))
    kind = request.form.get(KIND.name, "")
    if kind not in filling.possible(pledge):
        raise Refused(400, "There is no such kind of contribution here.")
    filling.apart()
    fields = filling.fields(kind, pledge)
    with_file = (FILE,) if kind in WITH_FILES else ()
    typed, sent = forms.read((*fields, KIND, COMMITMENT, ASKS), files=with_file), enclosed.chosen(FILE)
    if typed["then"] == CHECK:
        return checked(typed, kind, pledge.id, maker, filling.draft(kind, pledge, typed.values).fields)
    wrong = unkept(typed.problems, fields, typed.values)
    if wrong:
        return _new(pledge, kind, Typed(typed.values, (*wrong, *again(sent)), typed.once), {}, 422)
    draft = filling.draft(kind, pledge, typed.values)

    def keep(connection: Connection, file: Kept | None) -> str:
        id_ = kept.start(connection, Begun(kind, "commitment", pledge.id, maker), who.id, draft)
        begun = store.read(connection, id_)
        if file and begun:
            evidence.attach(connection, begun, file, who.id, begun.now.number, draft.fields)
        return f"{LIST}/{id_}{ONWARD[typed['then'] or 'save']}"

    return _kept(sent, typed, keep, lambda told, status: _new(pledge, kind, told, {}, status))


def contribution_page(id_: str) -> Response:
    """A contribution with its form, where it may still be changed."""
    one, who = asking.found(id_, "read")
    amiss_ = asking.wrong(one) if request.args.get("check") and one.state in EDITED else None
    return shown(one, who, amiss_)


def save_contribution(id_: str) -> Response:
    """Keeps what was typed as a new version, with the file that was chosen."""
    one, who = asking.found(id_, "edit")
    return written(one, who, enclosed.chosen(FILE))


def written(one: Contribution, who: Person, sent: FileStorage | None = None, away: tuple[Field, ...] = ()) -> Response:
    """What was typed and what was enclosed as one version. sent: a file to be added; away: the field that names one to
    be left out."""
    filling.apart()
    pledge, with_file = asking.about(one), (FILE,) if one.kind in WITH_FILES else ()
    fields = filling.fields(one.kind, pledge)
    typed = forms.read((*fields, SEEN, ASKS, *away), files=with_file)
    if typed["then"] == CHECK:
        told = filling.draft(one.kind, pledge, typed.values).fields
        return checked(typed, one.kind, one.of, one.maker, told, one.now.files)
    wrong = unkept(typed.problems, fields, typed.values)
    if wrong:
        return shown(one, who, Typed(typed.values, (*wrong, *again(sent)), typed.once), 422)
    out = {typed[field.name] for field in away}
    draft = filling.draft(one.kind, pledge, typed.values, tuple(file for file in one.now.files if file not in out))
    then = typed["then"] or "save"
    onward = "?done=saved#evidence" if (sent or away) and then == "save" else ONWARD[then]

    def keep(connection: Connection, file: Kept | None) -> str:
        seen = asking.number(typed["seen"])
        if file:
            evidence.attach(connection, one, file, who.id, seen, draft.fields)
        else:
            kept.save(connection, one.id, who.id, draft, seen)
        return f"{LIST}/{one.id}{onward}"

    return _kept(sent, typed, keep, lambda told, status: shown(one, who, told, status))


def again(sent: FileStorage | None) -> tuple[Problem, ...]:
    """What is said beside a file that came with a form that could not be kept: browsers do not choose it again."""
    return (Problem(FILE, AGAIN),) if sent else ()


def _kept(
    sent: FileStorage | None,
    typed: Typed,
    keep: Callable[[Connection, Kept | None], str],
    told: Callable[[Typed, int], Response],
) -> Response:
    """Cleans a file that came, and keeps it with what was typed; what is wrong with it is said beside it."""
    try:
        file = enclosed.taken_in(sent) if sent else None
    except Unsaved as why:
        return told(typed.with_problem(FILE, str(why)), 422)
    try:
        return asking.done(
            typed,
            lambda connection: keep(connection, file),
            lambda amiss, status: told(Typed(amiss.values, (*amiss.problems, *again(sent)), amiss.once), status),
        )
    finally:
        enclosed.tidy(file, evidence.of)


def shown(one: Contribution, who: Person, typed: Typed | None = None, status: int = 200) -> Response:
    """Its page; the form where it may be changed, else what it says. typed: what came and could not be kept."""
    held = asking.held()
    pledge = subject(held, one.kind, one.of, one.maker)
    title = (pledge.title if pledge else "") or one.of
    inside = layout.head(one, title, name(held, one.maker))
    files = asking.files(one) if one.kind in WITH_FILES else []
    if pledge and one.state in EDITED and may(who, "edit", asking.thing(one)):
        values = filling.shown(one.kind, pledge, one.now.fields)
        seen, action = {SEEN.name: str(one.now.number)}, f"{LIST}/{one.id}"
        given, fields = typed or Typed({}), filling.fields(one.kind, pledge)
        below = attachments(files, action, given.problems) if one.kind in WITH_FILES else []
        inside += [*layout.words(filling.LEADS.get(one.kind, "")), *layout.apart(one.kind, one.of)]
        inside += [form(fields, action, forms.once(), given, values, hidden=seen, below=below)]
    else:
        inside += [*layout.told(one, typed, asking.labels(one)), *attached(files)]
    inside += layout.rest(one, forms.once, {who.id: "you"})
    return pages.shown(filling.TITLES.get(one.kind, "Contribution"), inside, status, styles=STYLES, scripts=SCRIPTS)


def _begins(id_: str) -> tuple[Pledge, str, Person]:
    """The commitment of a new contribution, the maker on whose behalf it is, and who makes it."""
    pledge, asks = asking.pledge(id_), here.person()
    theirs = [maker for maker in pledge.maker_ids if asks and maker in asks.makers]
    maker = theirs[0] if theirs else pledge.maker_id
    if asks and asks.makers and not theirs:
        raise Refused(403, of_others.said(pledge, asks))
    return pledge, maker, here.asked("start", Thing("contribution", maker=maker))


def _new(pledge: Pledge, kind: str, typed: Typed, values: Values, status: int = 200) -> Response:
    hidden = {KIND.name: kind, COMMITMENT.name: pledge.id}
    above = [enclosing(typed.problems)] if kind in WITH_FILES else []
    made = form(filling.fields(kind, pledge), NEW, forms.once(), typed, values, hidden=hidden, above=above)
    inside = [*layout.lead(pledge, filling.LEADS[kind]), *layout.apart(kind, pledge.id), made]
    return pages.shown(filling.TITLES[kind], inside, status, styles=STYLES, scripts=SCRIPTS)
