"""The register's workbook, with one's own commitments: taken along, filled in, and brought back as drafts."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask, Response, request
from sqlalchemy import Connection

from callbacks.bodies import Refused
from callbacks.contributing import asking
from callbacks.contributing.writing import LIST, STYLES
from callbacks.people import forms, here, pages
from dashboard.forms import Typed
from dashboard.people import Person
from dashboard.policy import Thing
from data_access.contributions.bringing import Brought, brought, keep, template
from data_access.contributions.evidence import FOLDER, MOST
from data_access.ingest.faults import Fault
from data_access.registry.writing import Refused as Unsaved
from layouts.contributing.bringing import content

PAGE, BOOK = "/my/commitments/file", "/my/commitments/commitments.xlsx"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def register(server: Flask) -> None:
    """Add the routes."""
    server.get(PAGE)(file_page)
    server.post(PAGE)(bring_file)
    server.get(BOOK)(own_commitments)


def file_page() -> Response:
    """What to do with the file, and where it is sent."""
    _asked()
    return _shown(Typed({}), Brought())


def own_commitments() -> Response:
    """The workbook with the commitments of one's makers."""
    who = _asked()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "commitments.xlsx"
        template(asking.held(), who.makers, path)
        answer = Response(path.read_bytes(), mimetype=KIND)
    answer.headers["Content-Disposition"] = 'attachment; filename="commitments.xlsx"'
    return answer


def bring_file() -> Response:
    """Makes a draft of each commitment in the file that is new or other than the record; of none where something in the
    file is wrong."""
    who = _asked()
    typed = forms.read((), files=("file",))
    sent = request.files.getlist("file")
    if len(sent) != 1:
        raise Refused(400, "The form came with no file, or with several.")
    try:
        told = brought(
            here.registry(), asking.home() / FOLDER, sent[0].stream.read(MOST), sent[0].filename or "", who.makers
        )
    except Unsaved as why:
        return _shown(typed.with_problem("", str(why)), Brought(), 422)
    if told.faults or not told.drafts:
        said = typed if told.faults or told.delivered else typed.with_problem("", NOTHING)
        return _shown(said, told, 422)

    def do(connection: Connection) -> str:
        keep(connection, told.drafts, who.id)
        return f"{LIST}?done=saved"

    return asking.done(typed, do, lambda again, status: _shown(again, told, status))


NOTHING = "Nothing in the file is other than the register, of the makers for whom you speak: no draft was made."


def _asked() -> Person:
    held = here.person()
    theirs = sorted(held.makers) if held else []
    return here.asked("start", Thing("contribution", maker=theirs[0] if theirs else ""))


def _shown(typed: Typed, told: Brought, status: int = 200) -> Response:
    faults = [_fault(one) for one in told.faults]
    apart = {id_: asking.titles().get(id_, id_) for id_ in told.delivered}
    inside = content(PAGE, BOOK, forms.once(), typed.problems, faults, told.notes, apart)
    return pages.shown("Commitments as a file", inside, status, styles=STYLES)


def _fault(one: Fault) -> tuple[str, ...]:
    return one.sheet or one.file, one.cell or str(one.line or ""), one.column, str(one.value), one.reason, one.remedy
