"""Files of evidence: added to a draft, taken out of it, downloaded by who may read it, by everybody once accepted."""

from __future__ import annotations

from flask import Flask, Response

from callbacks.bodies import Refused
from callbacks.contributing import asking, enclosed
from callbacks.contributing.writing import LIST, shown, written
from callbacks.people import here
from dashboard.contribution_effect import GROUNDS, NARRATIVE
from dashboard.contributions import EDITED, PUBLIC, Contribution
from dashboard.forms import Field, Typed
from dashboard.policy import Thing
from data_access.contributions import evidence, store
from data_access.contributions.evidence import Kept
from data_access.registry.writing import Refused as Unsaved
from layouts.contributing.attaching import FILE

AWAY = Field("away", kind="hidden", longest=32)
CAREFUL = "sandbox; default-src 'none'"  # should a browser show it all the same, nothing in it runs


def register(server: Flask) -> None:
    """Add the routes."""
    server.post(f"{LIST}/<id_>/evidence")(add_evidence)
    server.post(f"{LIST}/<id_>/evidence/away")(take_evidence_away)
    server.get("/my/evidence/<id_>")(evidence_of_proposal)
    server.get("/evidence/<id_>")(accepted_evidence)


def add_evidence(id_: str) -> Response:
    """Cleans a file and makes it part of a draft, with what was typed above it."""
    one, who = asking.found(id_, "attach")
    sent = enclosed.only(FILE)
    if one.state not in EDITED:
        return shown(one, who, Typed({}).with_problem("", "It cannot be changed at present."), 409)
    return written(one, who, sent)


def take_evidence_away(id_: str) -> Response:
    """Leaves a file out of the draft, which keeps what was typed."""
    one, who = asking.found(id_, "attach")
    return written(one, who, away=(AWAY,))


def evidence_of_proposal(id_: str) -> Response:
    """For its contributors and, once it was sent, for moderators."""
    kept, one = _found(id_)
    who = here.asked("read", Thing("evidence", id_, one.maker, one.authors, one.state if one.sent else "draft"))
    if not asking.theirs(one, who) and not any(kept.id in held.files for held in one.as_sent().versions):
        raise Refused(404, here.NOT_THERE)
    return given(kept)


def accepted_evidence(id_: str) -> Response:
    """For everybody, where the words that it goes with were accepted."""
    kept, one = _found(id_)
    step = one.decided if one.state in PUBLIC else None
    version = next((held for held in one.versions if step and held.number == step.version), None)
    open_ = one.kind == "status" or {NARRATIVE, GROUNDS} & set(one.accepted)
    if version is None or not open_ or kept.id not in version.files:
        raise Refused(404, here.NOT_THERE)
    return given(kept)


def _found(id_: str) -> tuple[Kept, Contribution]:
    held = here.registry().read(lambda connection: evidence.of(connection, [id_]))
    one = store.one(here.registry(), held[0].contribution) if held else None
    if one is None:
        raise Refused(404, here.NOT_THERE)
    return held[0], one


def given(kept: Kept) -> Response:
    """A file as an attachment. Raises Refused where it is not as it was written."""
    try:
        content = evidence.content(asking.home(), kept)
    except Unsaved as why:
        raise Refused(404, str(why)) from why
    answer = Response(content, mimetype=kept.kind)
    answer.headers["Content-Disposition"] = evidence.disposition(kept.name)
    answer.headers["Content-Security-Policy"] = CAREFUL
    return answer
