"""Files of evidence: taken in through a child process of narrow means, kept under names of their own, given out whole.

They lie in a folder of the data folder that no address leads to; what is told of them stands in the registry.
"""

from __future__ import annotations

import base64
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import orjson
from sqlalchemy import Connection, RowMapping, func, insert, select

from dashboard.contributions import Contribution
from data_access.contributions import cleaning, writing
from data_access.contributions.tables import evidence
from data_access.ingest.faults import Fault
from data_access.ingest.limited import MEGABYTE, Limits, messages
from data_access.registry.writing import Refused

FOLDER = "evidence"
LIMITS = Limits(memory=768 * MEGABYTE, cpu=20, quiet=20.0)
MOST = 8 * MEGABYTE  # bytes of one file
EACH, ALL = 10, 40 * MEGABYTE  # files, and bytes, of one contribution
EACH_DAY = 400 * MEGABYTE  # that one person adds within a day
ENDINGS = {cleaning.PDF: ".pdf", cleaning.PNG: ".png", cleaning.JPEG: ".jpg", cleaning.CSV: ".csv"}
ALSO = {cleaning.CSV: (".txt",), cleaning.JPEG: (".jpeg",)}  # endings that a file of a kind keeps
KINDS = {cleaning.PDF: "PDF", cleaning.PNG: "PNG picture", cleaning.JPEG: "JPEG picture", cleaning.CSV: "text"}
LONGEST = 80  # characters of a name
NEEDS_MUCH = "This file needs more memory or time than reading it may take; please make it smaller."


@dataclass(frozen=True)
class Kept:
    """One file. id: its name in the folder; name: for whoever downloads it; kind: as browsers are told."""

    id: str
    contribution: str
    name: str
    kind: str
    size: int
    digest: str

    @property
    def words(self) -> str:
        """`PDF, 120 KB`."""
        return f"{KINDS.get(self.kind, self.kind)}, {max(1, self.size // 1024):,} KB"


def take_in(home: Path, content: bytes, name: str) -> Kept:
    """Cleans a file and writes it; it belongs to no contribution yet. Raises Refused, a sentence."""
    if not content:
        raise Refused("Please choose a file.")
    if len(content) > MOST:
        raise Refused(f"The file has {len(content):,} bytes; files of at most {MOST // MEGABYTE} MB are taken.")
    folder = home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    given = folder / f".{uuid4().hex}"
    try:
        _write(given, content)
        kind, clean = _cleaned(given)
    finally:
        given.unlink(missing_ok=True)
    id_ = uuid4().hex
    _write(folder / id_, clean)
    return Kept(id_, "", called(name, kind), kind, len(clean), sha256(clean).hexdigest())


def attach(
    connection: Connection, held: Contribution, kept: Kept, who: str, seen: int, fields: Mapping[str, str] | None = None
) -> None:
    """Makes a file part of a contribution: a new version. fields: what was typed with it; as they were. In a writing
    transaction. Raises Refused, Conflict."""
    files = of(connection, held.now.files)
    if len(files) >= EACH or sum(one.size for one in files) + kept.size > ALL:
        raise Refused(f"A contribution holds at most {EACH} files, {ALL // MEGABYTE} MB together.")
    if _today(connection, who) + kept.size > EACH_DAY:
        raise Refused(f"You have added {EACH_DAY // MEGABYTE} MB of files today; please go on tomorrow.")
    row = vars(kept) | {"contribution": held.id, "at": writing.now(), "who": who}
    connection.execute(insert(evidence).values(row))
    draft = writing.Draft(held.now.fields if fields is None else fields, (*held.now.files, kept.id))
    writing.save(connection, held.id, who, draft, seen)


def _today(connection: Connection, who: str) -> int:
    """Bytes of the files that somebody added within the last day."""
    since = f"{datetime.now(UTC) - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"
    asked = select(func.coalesce(func.sum(evidence.c.size), 0)).where(evidence.c.who == who, evidence.c.at >= since)
    return int(connection.execute(asked).scalar_one())


def take_away(connection: Connection, held: Contribution, id_: str, who: str, seen: int) -> None:
    """Leaves a file out of the next version; earlier ones still name it."""
    left = tuple(one for one in held.now.files if one != id_)
    writing.save(connection, held.id, who, writing.Draft(held.now.fields, left), seen)


def of(connection: Connection, ids: Iterable[str]) -> tuple[Kept, ...]:
    """Files by their ids, in that order."""
    wanted = list(ids)
    rows = connection.execute(select(evidence).where(evidence.c.id.in_(wanted))).mappings()
    found = {row["id"]: _kept(row) for row in rows}
    return tuple(found[id_] for id_ in wanted if id_ in found)


def content(home: Path, kept: Kept) -> bytes:
    """A file as it was cleaned. Raises Refused where it is not there, or is not what was written."""
    try:
        held = (home / FOLDER / kept.id).read_bytes()
    except OSError as why:
        raise Refused("The file is not kept here any more.") from why
    if sha256(held).hexdigest() != kept.digest:
        raise Refused("The file is not as it was written; it is not given out.")
    return held


def forget(home: Path, kept: Kept) -> None:
    """Takes a file away that became part of nothing."""
    with suppress(OSError):
        (home / FOLDER / kept.id).unlink()


def called(name: str, kind: str) -> str:
    """A name that is safe on every system: letters of any script, digits and hyphens, with the ending of its kind."""
    last = unicodedata.normalize("NFKC", name).replace("\\", "/").rpartition("/")[2].rpartition(".")
    stem = re.sub(r"[^\w-]+", "-", last[0] or last[2]).strip("-_")[:LONGEST].strip("-_")
    ending = f".{last[2].lower()}" if f".{last[2].lower()}" in ALSO.get(kind, ()) else ENDINGS[kind]
    return f"{stem or 'evidence'}{ending}"


def disposition(name: str) -> str:
    """The header that names an attachment: in ASCII for old browsers, whole for the others (RFC 6266)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^\w.-]+", "-", plain, flags=re.ASCII)
    plain = f"evidence{plain}" if plain.startswith(".") else plain
    return f'attachment; filename="{plain}"' + ("" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}")


def _cleaned(given: Path) -> tuple[str, bytes]:
    try:
        first, *rest = (orjson.loads(line) for line in messages(cleaning.__name__, [str(given)], "The file", LIMITS))
    except (Fault, ValueError) as why:
        raise Refused(NEEDS_MUCH) from why
    if first["wrong"]:
        raise Refused(first["wrong"])
    return first["kind"], b"".join(base64.b64decode(one["part"]) for one in rest)


def _write(path: Path, content: bytes) -> None:
    """Whole and on the disk, readable by the server alone."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _kept(row: RowMapping) -> Kept:
    return Kept(row["id"], row["contribution"], row["name"], row["kind"], row["size"], row["digest"])
