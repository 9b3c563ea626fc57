"""Activities of a file, one at a time, as the limited child tells them; what is no activity XML is refused by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from data_access.ingest.faults import Fault
from data_access.ingest.limited import MEGABYTE, Limits, messages

CHILD = "data_access.ingest.xml.child"
LARGEST = 500_000_000  # bytes of one file; the registry's own limit is 60 MB
OTHERS = {  # first bytes of what is no XML
    b"\x1f\x8b": "a gzip archive", b"PK\x03\x04": "a zip archive or an office document", b"%PDF": "a PDF document",
    b"version https://git-lfs": "a pointer to a file that was not fetched (Git LFS)", b"{": "JSON", b"[": "JSON",
}  # fmt: skip
Warn = Callable[[Fault], None]
VERSIONS = ("1.01", "1.02", "1.03", "1.04", "1.05", "2.01", "2.02", "2.03")


class Element(NamedTuple):
    """An element as the child tells it. `raw` is kept of records only."""

    name: str
    attributes: dict[str, str]
    text: str
    line: int
    children: list[Any]
    raw: str

    def all(self, name: str) -> list[Element]:
        """Children of that name."""
        return [Element(*child) for child in self.children if child[0] == name]

    def first(self, name: str) -> Element | None:
        """The first child of that name."""
        for child in self.children:
            if child[0] == name:
                return Element(*child)
        return None


@dataclass
class Activity:
    """An activity as it stands in its file: `number` among the activities of the file, 1-based."""

    file: str
    number: int
    line: int
    attributes: dict[str, str]
    elements: dict[str, list[Element]] = field(default_factory=dict)
    namespace: str = ""  # of an activity that is not the standard's: none of it is read

    def first(self, name: str) -> Element | None:
        """Its first element of that name."""
        return next(iter(self.elements.get(name, ())), None)

    def take(self, told: list[Any]) -> None:
        """More of its elements."""
        for element in told:
            self.elements.setdefault(element[0], []).append(Element(*element))


@dataclass
class Heard:
    """What a file says of itself beside its activities."""

    version: str = ""
    line: int = 0  # of the root
    activities: int = 0


def activities(path: Path, name: str, warn: Warn, tell: Callable[[int], None], heard: Heard) -> Iterator[Activity]:
    """Each activity of a file. Raises Fault where the file as a whole cannot be read; what is odd goes to `warn`."""
    size = _admitted(path, name)
    limits = Limits(memory=1024 * MEGABYTE, cpu=60 + size // 500_000)
    pending, ended = Activity(name, 0, 0, {}), False
    for line in messages(CHILD, [str(path), name], name, limits):
        kind, *told = orjson.loads(line)
        if kind == "part":
            pending.take(told[0])
        elif kind == "activity":
            heard.activities += 1
            pending.take(told[2])
            pending.number, pending.line, pending.attributes = heard.activities, told[0], told[1]
            yield pending
            pending = Activity(name, 0, 0, {})
        elif kind == "at":
            tell(told[0])
        elif kind == "file":
            _version(name, told[1], told[0], warn, heard)
        elif kind == "foreign":
            heard.activities += 1
            yield Activity(name, heard.activities, told[0], {}, namespace=told[1])
        else:
            ended = kind == "end" or _faulty(told[0], warn)
    if ended and not heard.activities:
        warn(Fault(name, heard.line, "", "0", "is the number of its activities", "leave the file out",
                   code="IATI-XML-11", severity="warning", where="/iati-activities"))  # fmt: skip
    if not ended:
        raise Fault(name, 0, "", name, "was not read to its end", "load it again", code="LIMIT-05")


def _faulty(told: dict[str, Any], warn: Warn) -> bool:
    fault = Fault(**told)
    if fault.severity == "file":
        raise fault
    warn(fault)
    return False


def _admitted(path: Path, name: str) -> int:
    """Bytes of the file. Raises Fault for what is too large, empty or no XML at all."""
    size = path.stat().st_size
    with path.open("rb") as source:
        start = source.read(64)
    if size > LARGEST:
        reason = f"is beyond the limit of {LARGEST:,} bytes for one file"
        raise Fault(name, 0, "", f"{size:,} bytes", reason, "split it by activity", code="IATI-XML-07")
    if not size:
        raise Fault(name, 0, "", "0 bytes", "is an empty file", "fetch it again", code="IATI-XML-05")
    for mark, what in OTHERS.items():
        if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(mark):
            remedy = "give the activity file itself, as XML"
            raise Fault(name, 1, "", start[:24].decode("latin-1"), f"is {what}, no XML", remedy, code="IATI-XML-05")
    return size


def _version(name: str, line: int, attributes: dict[str, str], warn: Warn, heard: Heard) -> None:
    heard.version, heard.line = attributes.get("version", ""), line
    where = "/iati-activities/@version"
    if not heard.version.strip():
        warn(Fault(name, line, "", "", "is missing: read by what its elements say", 'write version="2.03"',
                   code="IATI-VER-01", severity="warning", where=where))  # fmt: skip
    elif heard.version.strip() not in VERSIONS:
        reason = f"is not a version of the standard ({', '.join(VERSIONS)})"
        raise Fault(name, line, "", heard.version, reason, 'write version="2.03"', code="IATI-VER-02", where=where)


def foreign(activity: Activity) -> Fault:
    """Why an activity of another namespace is not read."""
    where = f"/iati-activities/*[{activity.number}]"
    reason = "is not the namespace of the standard, which has none: the activity is not read"
    return Fault(activity.file, activity.line, "", activity.namespace, reason, "remove the namespace",
                 code="IATI-XML-10", severity="row", where=where)  # fmt: skip
