"""A part of a survey: shown as a form, kept as a draft; files given with answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import Flask, Response
from sqlalchemy import Connection
from werkzeug.datastructures import FileStorage

from callbacks.bodies import Refused
from callbacks.contributing import enclosed
from callbacks.contributing import files as contributed
from callbacks.contributing.writing import AGAIN
from callbacks.people import forms, here, pages
from callbacks.surveying import responding
from callbacks.surveying.responding import STYLES, Asked
from dashboard.forms import Problem, Typed
from dashboard.policy import Thing
from dashboard.surveys.faults import fault
from dashboard.surveys.questions import File, Section
from data_access.contributions.evidence import Kept
from data_access.registry.writing import Refused as Unwritten
from data_access.surveying import answering, files
from data_access.surveying.answering import Clash, Unfit, Written
from data_access.surveying.moments import now
from layouts.surveying import parts as layout
from layouts.surveying.answering import SEEN
from layouts.surveying.parts import sent_as

SCRIPTS = ("asked/drafts",)


def register(server: Flask) -> None:
    """Add the routes."""

    @server.get("/my/surveys/<survey>/<maker>/at/<part>")
    def my_part(survey: str, maker: str, part: str) -> Response:
        here.asked("answer", Thing("survey", survey, maker))
        asked = responding.found(survey, maker)
        section = responding.section(asked.form, part)
        return _part(asked, section, Typed(asked.form.values(section, asked.held.answers)), asked.held.version)

    @server.post("/my/surveys/<survey>/<maker>/at/<part>")
    def save_part(survey: str, maker: str, part: str) -> Response:
        who = here.asked("answer", Thing("survey", survey, maker))
        return _save(who.id, responding.found(survey, maker), part)

    _files(server)


def _files(server: Flask) -> None:
    @server.get("/my/surveys/<survey>/<maker>/file/<id_>")
    def my_file(survey: str, maker: str, id_: str) -> Response:
        here.asked("answer", Thing("survey", survey, maker))
        return _given(id_, survey, maker)

    @server.get("/admin/surveys/<survey>/file/<id_>")
    def survey_file(survey: str, id_: str) -> Response:
        here.asked("administer", Thing("surveys"))
        return _given(id_, survey, "")

    @server.post("/my/surveys/<survey>/<maker>/file/<question>")
    def add_file(survey: str, maker: str, question: str) -> Response:
        who = here.asked("answer", Thing("survey", survey, maker))
        asked = responding.found(survey, maker)
        return _save(who.id, asked, _of_file(asked, question).id, adds=question)

    @server.post("/my/surveys/<survey>/<maker>/file/<question>/away")
    def take_file_away(survey: str, maker: str, question: str) -> Response:
        who = here.asked("answer", Thing("survey", survey, maker))
        asked = responding.found(survey, maker)
        return _save(who.id, asked, _of_file(asked, question).id, away=question)


def _part(
    asked: Asked, section: Section, typed: Typed, seen: int, status: int = 200, clash: tuple[str, ...] = ()
) -> Response:
    ids = [id_ for one in section.questions if isinstance(one, File) and (id_ := asked.held.answers.get(one.id))]
    given = here.registry().read(lambda connection: files.of(connection, ids)) if ids else {}
    named = {one.id: given[id_] for one in section.questions if (id_ := asked.held.answers.get(one.id)) in ids}
    open_ = asked.kept.open(now()[:10]) and asked.held.state == "draft"
    shown = layout.Part(asked.form, section, asked.held, asked.to, seen, typed, open_, clash, asked.kept.version)
    inside = layout.part(shown, forms.once, {id_: (kept.id, kept.name, kept.words) for id_, kept in named.items()})
    title = asked.form.survey.said(section.words, asked.form.language)
    return pages.shown(title, inside, status, styles=STYLES, scripts=SCRIPTS)


def _save(who: str, asked: Asked, part: str, *, adds: str = "", away: str = "") -> Response:
    """Keeps a part with the files that were chosen, and leads on; what cannot stand is shown again with what was typed.
    adds: the question for which a file has to be there; away: the one whose file is taken out."""
    form, section = asked.form, responding.section(asked.form, part)
    named = {one.id: sent_as(one.id) for one in section.questions if isinstance(one, File)}
    typed = _drafted(forms.read([*form.fields(section), SEEN, layout.ASKED], files=tuple(named.values())))
    if typed["asked"] != str(asked.kept.version):
        typed = typed.with_problem("", fault("reworded", form.language))
    seen = responding.whole(typed["seen"])
    written = Written(
        form.answers(section, typed.values), tuple(one.id for one in form.typed(section)), seen, form.language
    )
    sent = {id_: enclosed.only(name) if id_ == adds else enclosed.chosen(name) for id_, name in named.items()}
    cleaned, amiss = _cleaned(asked, {id_: file for id_, file in sent.items() if file})

    def save(connection: Connection) -> str:
        answering.save(connection, asked.kept.id, asked.held.maker, who, written)
        _files_kept(connection, asked, cleaned, who, seen, away)
        return _next(asked, section) if not adds + away else asked.to(f"/at/{section.id}#file-{adds + away}")

    try:
        if not typed.problems and not amiss:
            return forms.done(typed, save)
    except Unfit as why:
        amiss = tuple(Problem(one.key, one.sentence) for one in why.problems)
    except Clash as why:
        return _clashed(asked, section, why, _again(cleaned))
    except Unwritten as why:
        amiss = (Problem("", str(why)),)
    finally:
        for kept in cleaned.values():
            enclosed.tidy(kept, files.of)
    typed = Typed(typed.values, (*typed.problems, *amiss, *_again(cleaned)), typed.once)
    return _part(asked, section, typed, seen, 422 if adds else 400)


def _cleaned(asked: Asked, sent: Mapping[str, FileStorage]) -> tuple[dict[str, Kept], tuple[Problem, ...]]:
    """The files that came, cleaned, by question; what is wrong with the others. Raises Refused where none is taken."""
    if sent and not asked.kept.open(now()[:10]):
        raise Refused(409, answering.NOT_OPEN)
    cleaned, amiss = dict[str, Kept](), list[Problem]()
    for question, file in sent.items():
        try:
            cleaned[question] = enclosed.taken_in(file)
        except Unwritten as why:
            amiss.append(Problem(question, str(why)))
    return cleaned, tuple(amiss)


def _files_kept(
    connection: Connection, asked: Asked, cleaned: Mapping[str, Kept], who: str, seen: int, away: str
) -> None:
    survey, maker = asked.kept.id, asked.held.maker
    for question, kept in cleaned.items():
        files.attach(connection, (survey, maker, question), kept, who, seen)
    if away:
        files.take_away(connection, (survey, maker, away), who, seen)


def _again(cleaned: Mapping[str, Kept]) -> tuple[Problem, ...]:
    """Said beside files that came with a form that could not be kept: browsers do not choose them again."""
    return tuple(Problem(question, AGAIN) for question in cleaned)


def _clashed(asked: Asked, section: Section, why: Clash, more: tuple[Problem, ...]) -> Response:
    """What stands now, with mine where somebody else answered the same: to be sent again, or left."""
    values = asked.form.values(section, why.mine)
    found = tuple(Problem(key, fault("meanwhile", asked.form.language)) for key in why.keys)
    asked = replace(asked, held=why.now)
    return _part(asked, section, Typed(values, (*found, *more)), why.now.version, 400, clash=why.keys)


def _drafted(typed: Typed) -> Typed:
    """A draft may lack what has to be there when it is submitted."""
    return Typed(typed.values, tuple(one for one in typed.problems if typed.values.get(one.field)), typed.once)


def _next(asked: Asked, section: Section) -> str:
    parts = [one.id for one in asked.form.survey.sections]
    after = parts[parts.index(section.id) + 1 :]
    return asked.to(f"/at/{after[0]}" if after else "", done="saved")


def _of_file(asked: Asked, question: str) -> Section:
    """The part in which a file is asked for. Raises Refused where none is."""
    for section in asked.form.survey.sections:
        if any(isinstance(one, File) and one.id == question for one in section.questions):
            return section
    raise Refused(404, here.NOT_THERE)


def _given(id_: str, survey: str, maker: str) -> Response:
    kept = here.registry().read(lambda connection: files.given(connection, id_, survey, maker))
    if kept is None:
        raise Refused(404, here.NOT_THERE)
    return contributed.given(kept)
