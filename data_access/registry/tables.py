"""Every table of the registry, once. Portable Core, for SQLite and PostgreSQL; made by `migrations/`.

Amounts are exact decimals kept as text: currencies and units mix and parents hold their children, so no statement may
sum them. What is current stands in the tables of records; what was ever written stands in `change` and `revision`,
which are only added to (triggers refuse the rest).
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)


def _of_pledge() -> Column[str]:
    return Column("pledge", String, ForeignKey("pledge.id"), primary_key=True)


def _place() -> Column[int]:
    return Column("place", Integer, primary_key=True, autoincrement=False)  # order within the record, from 0


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False, server_default="") for name in names]


forum = Table("forum", metadata, Column("id", String, primary_key=True), *_texts("name", "kind", "place", "date"))
maker = Table("maker", metadata, Column("id", String, primary_key=True), *_texts("name", "kind", "code"))
initiative = Table("initiative", metadata, Column("id", String, primary_key=True), *_texts("name"))

pledge = Table(
    "pledge",
    metadata,
    Column("id", String, primary_key=True),
    Column("maker", String, ForeignKey("maker.id"), nullable=False),
    Column("forum", String, ForeignKey("forum.id")),
    Column("initiative", String, ForeignKey("initiative.id")),
    Column("parent", String, ForeignKey("pledge.id", deferrable=True, initially="DEFERRED")),
    *_texts("title", "kind", "place", "made", "usd_at_time", "since", "until", "deadline", "additional"),
    *_texts("measures", "gap", "remarks", "checked", "unverified", "confidence"),
    Column("sexes", Boolean, nullable=False),
)
Index(None, pledge.c.maker)
Index(None, pledge.c.forum)
Index(None, pledge.c.parent)

amount = Table(  # at most one of each role: promised, delivered, baseline
    "amount",
    metadata,
    _of_pledge(),
    Column("role", String, primary_key=True),
    *_texts("low", "high", "unit", "prices"),
    *_texts("absence", "as_of", "by", "counts"),  # of what was delivered
    *_texts("year", "method"),  # of the baseline
)
goal = Table("pledge_goal", metadata, _of_pledge(), _place(), *_texts("goal"))
target = Table("pledge_target", metadata, _of_pledge(), _place(), *_texts("target"))
link = Table("link", metadata, _of_pledge(), _place(), *_texts("kind", "target", "amount", "currency", "note"))
provenance = Table("provenance", metadata, _of_pledge(), _place(), *_texts("of", "kind", "title", "page", "address"))
status = Table(
    "status", metadata, _of_pledge(), _place(), *_texts("step", "date", "note", "kind", "title", "page", "address")
)
rule = Table("rule", metadata, _of_pledge(), *_texts("kind", "written"))

change = Table(  # one transaction: who wrote, when, why, and the state of the registry after it
    "change",
    metadata,
    Column("number", Integer, primary_key=True),
    *_texts("at", "who", "why", "state"),
)
revision = Table(  # a record as it was written; the whole of it
    "revision",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("change", Integer, ForeignKey("change.number"), nullable=False),
    *_texts("kind", "record", "action", "digest", "content"),  # action: added, changed, withdrawn; content: JSON
)
Index(None, revision.c.record)
Index(None, revision.c.change)

finding = Table(  # where each finding stands now
    "finding",
    metadata,
    Column("id", String, primary_key=True),
    *_texts("check", "status", "figures", "at", "content"),  # content: the whole finding, JSON
)
judgement = Table(  # its history: what was decided, by whom, when, why, on which figures
    "judgement",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("finding", String, ForeignKey("finding.id"), nullable=False),
    *_texts("status", "figures", "at", "who", "why"),
)
Index(None, judgement.c.finding)

APPENDED = (change, revision, judgement)  # rows of these are never changed nor taken away
OF_PLEDGES = (amount, goal, target, link, provenance, status, rule)  # parts of a pledge, replaced with it
