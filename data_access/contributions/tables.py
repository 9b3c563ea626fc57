"""Tables of contributions: what stands, what was ever written, what was done with it; made by migrations.

Versions and steps are only added to. Persons are ids; a person who is erased stays an id here.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from data_access.registry.tables import metadata


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False, server_default="") for name in names]


def _of_contribution(*, key: bool = False) -> Column[str]:
    return Column("contribution", String, ForeignKey("contribution.id"), primary_key=key, nullable=False)


contribution = Table(  # what stands; about, of: what it is about (commitment, finding, view) and its id, key, address
    "contribution",
    metadata,
    Column("id", String, primary_key=True),
    *_texts("kind", "about"),
    Column("of", String, nullable=False),
    Column("maker", String, nullable=False),
    Column("author", String, nullable=False),
    Column("state", String, nullable=False),
    Column("version", Integer, nullable=False),
    *_texts("at", "last"),
)
for name in ("of", "author", "state"):
    Index(None, contribution.c[name])
contribution_version = Table(  # fields, base: JSON; files: ids with spaces between them
    "contribution_version",
    metadata,
    _of_contribution(key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    *_texts("at", "who", "fields", "base", "files", "digest"),
)
contribution_step = (
    Table(  # parts: with spaces between them; change: of the registry, 0 for none; upto: its newest then
        "contribution_step",
        metadata,
        Column("number", Integer, primary_key=True),
        _of_contribution(),
        *_texts("action", "state"),
        Column("version", Integer, nullable=False),
        *_texts("at", "who", "why", "parts"),
        Column("change", Integer, nullable=False),
        Column("upto", Integer, nullable=False, server_default="0"),
    )
)
Index(None, contribution_step.c.contribution)
contribution_lock = Table(  # who has it open to write or to decide, and until when the others wait
    "contribution_lock", metadata, _of_contribution(key=True), *_texts("who", "until")
)
evidence = Table(  # a file as it was cleaned; its own name in the folder of evidence is its id
    "evidence",
    metadata,
    Column("id", String, primary_key=True),
    _of_contribution(),
    *_texts("name", "kind", "digest", "at", "who"),
    Column("size", Integer, nullable=False),
)
Index(None, evidence.c.contribution)
APPENDED = (contribution_version, contribution_step, evidence)  # rows of these are never changed nor taken away
