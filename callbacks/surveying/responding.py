"""What the pages of a response share: the survey of an address, the maker, the language that was chosen."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request
from sqlalchemy import Connection

from callbacks.bodies import DIGITS, Refused
from callbacks.people import here
from dashboard.surveys.questions import Section, Survey
from dashboard.surveys.responses import Response as Answered
from dashboard.surveys.typed import Form
from data_access.registry.writing import Refused as Unwritten
from data_access.surveying import answering, store
from data_access.surveying.store import Kept

LANGUAGE = "language"
STYLES = ("contributing", "surveys")  # sheets of all pages of surveys


@dataclass(frozen=True)
class Asked:
    """What one maker is asked and has answered."""

    kept: Kept
    form: Form
    held: Answered

    @property
    def home(self) -> str:
        """The path of its first page."""
        return f"/my/surveys/{self.kept.id}/{self.held.maker}"

    def to(self, rest: str = "", **terms: str) -> str:
        """The address of a page of it, in the language that was chosen. rest: of the path, with its slash."""
        chosen = {LANGUAGE: self.form.language} if request.args.get(LANGUAGE) else {}
        path, _, at = rest.partition("#")
        query = urlencode({**chosen, **terms})
        return f"{self.home}{path}{f'?{query}' if query else ''}{f'#{at}' if at else ''}"


def found(survey: str, maker: str) -> Asked:
    """Raises Refused, as of a page that is not there."""
    return here.registry().read(lambda connection: of(connection, survey, maker))


def of(connection: Connection, survey: str, maker: str) -> Asked:
    """The same in a transaction that is under way."""
    kept = one(connection, survey)
    if maker not in kept.invited or kept.state == "draft":
        raise Refused(404, here.NOT_THERE)
    rows = answering.titled(connection, maker)
    held = store.answered(connection, survey, maker) or Answered("", survey, maker)
    return Asked(kept, Form(kept.asks, language(kept.asks), rows), held)


def one(connection: Connection, survey: str) -> Kept:
    """A survey. Raises Refused where there is none."""
    try:
        return store.one(connection, survey)
    except Unwritten as why:
        raise Refused(404, here.NOT_THERE) from why


def section(form: Form, part: str) -> Section:
    """A part of a survey. Raises Refused where there is none."""
    named = next((each for each in form.survey.sections if each.id == part), None)
    if named is None:
        raise Refused(404, here.NOT_THERE)
    return named


def language(survey: Survey) -> str:
    """The one that the address names; else English, or the first of the survey."""
    chosen = request.args.get(LANGUAGE, "")
    known = survey.languages
    return chosen if chosen in known else "en" if "en" in known else known[0]


def whole(text: str) -> int:
    """A version as a form carries it. Raises Refused."""
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
        raise Refused(400, "The form came without the version that was seen.")
    return int(text)
