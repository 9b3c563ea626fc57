"""Tables of surveys: what is asked, of whom, what was answered and what was done with it; made by migrations.

Versions and steps are only added to. Persons are ids.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from data_access.registry.tables import metadata


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False, server_default="") for name in names]


def _key(name: str, refers: str = "", *, primary: bool = False) -> Column[str]:
    to = [ForeignKey(refers)] if refers else []
    return Column(name, String, *to, primary_key=primary, nullable=False)


def _whole(name: str, *, primary: bool = False) -> Column[int]:
    return Column(name, Integer, primary_key=primary, autoincrement=False, nullable=False)


survey = Table(  # deadline: the last day (UTC) on which it can be answered
    "survey",
    metadata,
    _key("id", primary=True),
    _key("state"),
    _whole("version"),
    *_texts("deadline", "at", "last"),
)
survey_version = Table(  # written: TOML
    "survey_version",
    metadata,
    _key("survey", "survey.id", primary=True),
    _whole("number", primary=True),
    *_texts("written", "at", "who"),
)
survey_invited = Table(
    "survey_invited",
    metadata,
    _key("survey", "survey.id", primary=True),
    _key("maker", primary=True),
    *_texts("at", "who"),
)
response = Table(
    "response",
    metadata,
    _key("id", primary=True),
    _key("survey", "survey.id"),
    _key("maker"),
    _key("state"),
    _whole("version"),
    *_texts("at", "last"),
    UniqueConstraint("survey", "maker", name="uq_response_survey"),
)
response_version = Table(  # answers: JSON; asked: the version of the survey that they answer
    "response_version",
    metadata,
    _key("response", "response.id", primary=True),
    _whole("number", primary=True),
    _whole("asked"),
    *_texts("answers", "at", "who"),
)
response_step = Table(
    "response_step",
    metadata,
    Column("number", Integer, primary_key=True),
    _key("response", "response.id"),
    *_texts("action", "state"),
    _whole("version"),
    *_texts("at", "who"),
)
response_file = (
    Table(  # a file given with an answer, as it was cleaned; its own name in the folder of evidence is its id
        "response_file",
        metadata,
        _key("id", primary=True),
        _key("response", "response.id"),
        *_texts("name", "kind", "digest", "at", "who"),
        Column("size", Integer, nullable=False),
    )
)
Index(None, response_file.c.response)
contribution_origin = Table(  # from which answer a contribution was made; title, words, makers: as they read then
    "contribution_origin",
    metadata,
    _key("contribution", "contribution.id", primary=True),
    _key("response", "response.id"),
    _whole("version"),
    *_texts("survey", "question", "title", "words", "makers", "at"),
)
Index(None, contribution_origin.c.response)
APPENDED = (
    survey_version,
    response_version,
    response_step,
    response_file,
    contribution_origin,
)  # rows of these are never changed nor taken away
