"""Activity XML as a stream of activities, in memory that does not grow with the file.

expat is used directly, not a tree builder: it tells the exact line and byte of every element however long the file is
(libxml2 loses count after line 65,535), meets a DOCTYPE before any entity in it is looked at, and opens no other file
or connection. Depth, attributes, text and the number of records of an activity are limited.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.parsers import expat

from data_access.ingest.faults import Fault

CHUNK = 1 << 16
DEPTH, ATTRIBUTES, TEXT, TOKEN, RECORDS = 100, 100, 1_000_000, 4_000_000, 100_000
WARNINGS = 1000  # of one file's structure; the thousand-and-first says nothing new
PARTS, MESSAGE = 10_000, 200_000  # elements in one record, narrative list, ...; characters that are passed on at once
CUT = 20_000  # characters of one text that are passed on; no field that is read is longer
RAW = 4000  # characters of a record that are kept word for word
MONEY = frozenset({"transaction", "budget", "planned-disbursement"})
WANTED = MONEY | {
    "iati-identifier", "reporting-org", "participating-org", "title", "description", "activity-status", "activity-date",
    "recipient-country", "recipient-region", "sector", "policy-marker", "default-flow-type", "default-aid-type",
}  # fmt: skip
ENCODING = (18, 19)  # of expat: unknown encoding, encoding not as declared
INVALID, MISMATCH = 4, 7  # of expat: not well-formed (invalid token), mismatched tag
XINCLUDE = "http://www.w3.org/2001/XInclude"
Element = list[Any]  # name, attributes, text, line, children, raw
Message = list[Any]


class Stream:
    """Feed it bytes, take its messages: `["file", attributes]`, `["warning", fault]`, `["part", elements]`,
    `["activity", line, attributes, elements]`. Raises Fault where the file as a whole cannot be read."""

    def __init__(self, name: str) -> None:
        self.name, self.said, self.parser = name, list[Message](), expat.ParserCreate(namespace_separator=" ")
        self.path: list[tuple[str, int]] = []  # open elements with their lines
        self.building: list[Element] = []  # the open part of the activity's element that is being read
        self.elements: list[Element] = []
        self.activity: tuple[int, dict[str, str]] | None = None
        self.identifier, self.last, self.records = "", "", 0
        self.length, self.text, self.waiting, self.parts = 0, list[str](), 0, 0
        self.data, self.base, self.start, self.encoding = b"", 0, 0, "utf-8"
        self.warned, self.prefixes = 0, dict[str, list[str]]()
        self._listen()

    def _listen(self) -> None:
        parser = self.parser
        parser.buffer_text, parser.ordered_attributes = True, False
        parser.StartDoctypeDeclHandler = self._doctype
        parser.XmlDeclHandler = self._declared
        parser.StartElementHandler, parser.EndElementHandler = self._open, self._close
        parser.CharacterDataHandler = self._letters
        parser.StartNamespaceDeclHandler, parser.EndNamespaceDeclHandler = self._prefix, self._prefix_end

    def read(self, source: BinaryIO) -> Iterator[Message]:
        """All messages of a file."""
        while chunk := source.read(CHUNK):
            self._feed(chunk, False)
            yield from self._heard()
        self._feed(b"", True)
        yield from self._heard()

    def _heard(self) -> list[Message]:
        said, self.said = self.said, []
        return said

    def _feed(self, chunk: bytes, final: bool) -> None:
        done = self.start if self.building and self.building[0][0] in MONEY else max(self.parser.CurrentByteIndex, 0)
        self.data, self.base = self.data[done - self.base :] + chunk, done
        if len(self.data) > TOKEN:
            raise self._limit("one record, tag, comment or instruction", len(self.data), TOKEN, "bytes")
        if self.base == 0 and self.data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            self.encoding = "utf-16-le" if self.data[:1] == b"\xff" else "utf-16-be"
        try:
            self.parser.Parse(chunk, final)
        except expat.ExpatError as wrong:
            raise self._broken(wrong, final) from None
        except Fault:
            raise
        except (LookupError, ValueError):  # Python knows the encoding by no name, or not as one of single bytes
            reason, remedy = "is an encoding that is not read", "save the file as UTF-8 and say so in its first line"
            raise self._fault("IATI-XML-04", self.encoding, reason, remedy) from None

    def _doctype(self, doctype: str, system: str | None, public: str | None, internal: bool) -> None:
        value = " ".join(part for part in ("<!DOCTYPE", doctype, public, system) if part)
        reason = "is not allowed: a DOCTYPE can make a small file endless or read other files"
        raise self._fault("IATI-XML-02", value, reason, "remove the DOCTYPE; activity files need none")

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding and not self.encoding.startswith("utf-16"):
            self.encoding = encoding

    def _prefix(self, prefix: str | None, uri: str | None) -> None:
        bound = self.prefixes.setdefault(prefix or "", [])
        if prefix and bound and bound[-1] != uri:
            reason = f"is bound to another namespace than before ({uri})"
            self._warn("IATI-XML-09", f"xmlns:{prefix}", reason, "use one prefix for one namespace")
        bound.append(uri or "")

    def _prefix_end(self, prefix: str | None) -> None:
        self.prefixes[prefix or ""].pop()

    def _letters(self, text: str) -> None:
        self.length += len(text)
        if self.length > TEXT:
            raise self._limit(f"the text of {self._here()}", self.length, TEXT, "characters")
        if self.building and self.length <= CUT:
            self.text.append(text)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        self._settle()
        self.path.append((name, line))
        depth = len(self.path)
        if depth > DEPTH:
            raise self._limit("depth of nested elements", depth, DEPTH, "levels")
        if len(attributes) > ATTRIBUTES:
            raise self._limit(f"the number of attributes of {self._here()}", len(attributes), ATTRIBUTES, "attributes")
        if attributes and (longest := max(map(len, attributes.values()))) > CUT:
            raise self._limit(f"an attribute of {self._here()}", longest, CUT, "characters")
        if self.building:
            self._add([name, attributes, "", line, [], ""])
        elif depth == 3 and self.activity and name in WANTED:
            self.start, self.parts = self.parser.CurrentByteIndex, 0
            self.building.append([name, attributes, "", line, [], ""])
        elif depth == 1:
            self._root(name, attributes)
        elif depth == 2:
            self._begin(name, attributes, line)
        if name.startswith(XINCLUDE):
            self._warn("IATI-XML-08", name.split(" ")[-1], "is not followed: other files are not included",
                       "publish one complete file")  # fmt: skip

    def _add(self, element: Element) -> None:
        self.parts += 1
        if self.parts > PARTS:
            raise self._limit(f"the number of elements in <{self.building[0][0]}>", self.parts, PARTS, "elements")
        self.building[-1][4].append(element)
        self.building.append(element)

    def _settle(self) -> None:
        """Text so far belongs to the element that is open."""
        if self.text:
            text = "".join(self.text)
            self.building[-1][2] += text
            self.waiting += len(text)
            self.text = []
        self.length = 0

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        if name.split(" ")[-1] != "iati-activities":
            remedy = "give the file of activities, whose root is <iati-activities>"
            raise self._fault("IATI-XML-05", f"<{name.split(' ')[-1]}>", "is not the root of an activity file", remedy)
        self.said.append(["file", attributes, self.path[0][1]])

    def _begin(self, name: str, attributes: dict[str, str], line: int) -> None:
        if name == "iati-activity":
            self.activity, self.elements, self.records, self.identifier = (line, attributes), [], 0, ""
        elif name.endswith(" iati-activity"):
            self.said.append(["foreign", line, name.split(" ")[0]])

    def _close(self, name: str) -> None:
        self._settle()
        self.path.pop()
        if self.building:
            element = self.building.pop()
            if not self.building:
                self._whole(element)
        elif len(self.path) == 1 and self.activity:
            self.said.append(["activity", *self.activity, self.elements])
            self.activity, self.last = None, self.identifier

    def _whole(self, element: Element) -> None:
        if element[0] in MONEY:
            self.records += 1
            element[5] = self._raw(element[0])
            if self.records > RECORDS:
                raise self._limit("the number of records of one activity", self.records, RECORDS, "records")
        elif element[0] == "iati-identifier":
            self.identifier = element[2].strip()
        self.elements.append(element)
        if len(self.elements) >= 100 or self.waiting > MESSAGE:
            self.said.append(["part", self.elements])
            self.elements, self.waiting = [], 0

    def _raw(self, name: str) -> str:
        """The record as it stands in the file."""
        here = self.parser.CurrentByteIndex
        end = here if here > self.start else self.start + RAW
        text = self.data[self.start - self.base : end - self.base].decode(self.encoding, "replace")
        whole = f"{text}</{name}>" if here > self.start else text[: text.find(">") + 1]
        return whole[:RAW]

    def _here(self) -> str:
        return f"<{self.path[-1][0].split(' ')[-1]}>" if self.path else "the file"

    def _limit(self, what: str, found: int, limit: int, unit: str) -> Fault:
        reason = f"is beyond the limit of {limit:,} {unit} ({what})"
        return self._fault("IATI-XML-03", f"{found:,}", reason, "publish the file without it, or split it")

    def _warn(self, code: str, value: str, reason: str, remedy: str) -> None:
        self.warned += 1
        if self.warned > WARNINGS:
            return
        fault = self._fault(code, value, reason, remedy)
        fault.severity = "warning"
        self.said.append(["warning", fault.as_json()])

    def _fault(self, code: str, value: str, reason: str, remedy: str) -> Fault:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        return Fault(self.name, line, "", value, reason, remedy, code=code, where=f"column {column}")

    def _broken(self, wrong: expat.ExpatError, final: bool) -> Fault:
        """What expat says, with the element that is open, the bytes that are wrong, and the last whole activity."""
        offset = max(self.parser.CurrentByteIndex, 0)
        found, said = self.data[offset - self.base :][:8], expat.ErrorString(wrong.code)
        opened = f"opened in line {self.path[-1][1]} " if self.path else ""
        value, remedy, code = self._here(), "close every element that is opened, and write & as &amp;", "IATI-XML-01"
        if wrong.code in ENCODING or (wrong.code == INVALID and found[:1] >= b"\x80"):
            value = f"0x{found[:1].hex().upper()}" if wrong.code == INVALID else self.encoding
            reason = f"cannot be read as {self.encoding} ({said}; bytes {found.hex(' ')})"
            remedy, code = "save the file as UTF-8 and say so in its first line", "IATI-XML-04"
        elif final:
            last = f"the last whole activity is {self.last}" if self.last else "it holds no whole activity"
            reason = f"{opened}is never closed: the file is cut off ({said}); {last}"
            remedy, code = "fetch the file again", "IATI-XML-06"
        elif wrong.code == MISMATCH:
            reason = f"{opened}is closed by another tag ({said})"
        else:
            value, here = found.split(b">")[0].decode("utf-8", "replace"), self._here()
            reason = f"is not well-formed XML ({said}) within {here} {opened}".strip()
        where = f"column {wrong.offset + 1}"
        return Fault(self.name, wrong.lineno, "", value, reason, remedy, code=code, where=where, offset=offset)
