"""A page of the FTS API's JSON, flow by flow, in the limited child: the page is never in memory as a whole.

What stands before and after the list of flows must be sound JSON with it, so that a page that was cut off is known.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

CHUNK = 1 << 18
LARGEST = 2_000_000  # characters of one flow, and of what stands around the list
LIST = re.compile(r'"flows"\s*:\s*\[')
BETWEEN = re.compile(r"[\s,]*")
Say = Callable[[Any], None]


class Unreadable(ValueError):
    """Why a page cannot be read: reason, way out, code, what stands there, byte or character."""

    def __init__(self, reason: str, remedy: str, code: str, value: str, offset: int) -> None:
        super().__init__(reason)
        self.told = {"reason": reason, "remedy": remedy, "code": code, "value": value[:80], "offset": offset}


def main(arguments: Sequence[str], say: Say) -> None:
    """Says each flow as [place in the list, its JSON], then {"about": ...}; or {"fault": ...} and no more."""
    with Path(arguments[0]).open("rb") as file:
        try:
            _Page(file).read(say)
        except Unreadable as why:
            say({"fault": why.told})


class _Page:
    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._decoder = file, codecs.getincrementaldecoder("utf-8-sig")()
        self._text, self._at, self._before, self._ended = "", 0, 0, False
        self._json = json.JSONDecoder()

    def read(self, say: Say) -> None:
        head = self._head()
        count = 0
        while not self._closed():
            flow = self._flow(count)
            count += 1
            say([count, flow])
        about = self._sound(head + self._rest())
        say({"about": {"flows": count, **_told(about)}})

    def _head(self) -> str:
        """What stands before the list, with its bracket."""
        while not (found := LIST.search(self._text)):
            if len(self._text) > LARGEST or not self._more():
                raise self._no_list()
        self._at = found.end()
        return self._text[: self._at]

    def _closed(self) -> bool:
        """Whether the list ends here; otherwise `_at` is moved to the next flow."""
        while True:
            found = BETWEEN.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text):
                return self._text[self._at] == "]"
            if not self._more():
                raise self._cut("the list of flows is not closed")

    def _flow(self, count: int) -> str:
        """The flow that begins here, as it stands. Taking in more of the file moves where that is."""
        while True:
            try:
                _, end = self._json.raw_decode(self._text, self._at)
                flow, self._at = self._text[self._at : end], end
                return flow
            except json.JSONDecodeError as error:
                beyond = len(self._text) - self._at > LARGEST
                if beyond or not self._more():
                    if beyond or not _at_end(error):
                        raise self._wrong(f"is not JSON ({error.msg})", error.pos) from error
                    raise self._cut(f"flow {count + 1} is not complete") from error
            except RecursionError as error:
                raise self._wrong("nests too deeply", self._at) from error
            except ValueError as error:
                raise self._wrong("holds a number of too many digits", self._at) from error

    def _rest(self) -> str:
        while self._more():
            if len(self._text) - self._at > LARGEST:
                raise self._wrong("is followed by more than a page holds", self._at)
        return self._text[self._at :]

    def _sound(self, around: str) -> dict[str, Any]:
        try:
            about = json.loads(around)
        except json.JSONDecodeError as error:
            if _at_end(error):
                raise self._cut("the page is not closed") from error
            raise self._wrong(f"stands around flows in what is not JSON ({error.msg})", self._at) from error
        except (RecursionError, ValueError) as error:
            raise self._wrong("stands around flows in what cannot be read", self._at) from error
        data = about.get("data") if isinstance(about, dict) else None
        if not isinstance(data, dict) or data.get("flows") != []:  # what was in it has been taken out
            raise self._wrong("closes a list of flows that is not the one of data", self._at)
        found: dict[str, Any] = about
        return found

    def _more(self) -> bool:
        """Whether more of the file could be taken in. What has been read is let go."""
        if self._ended:
            return False
        block = self._file.read(CHUNK)
        try:
            text = self._decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            place, byte = self._file.tell() - len(error.object) + error.start, error.object[error.start]
            remedy, value = "save the page as UTF-8", error.object[:80].decode("utf-8", "backslashreplace")
            raise Unreadable(
                f"has byte 0x{byte:02X}, which is not UTF-8", remedy, "FTS-JSON-06", value, place
            ) from error
        if self._at > CHUNK:
            self._before, self._text, self._at = self._before + self._at, self._text[self._at :], 0
        self._text, self._ended = self._text + text, not block
        return not self._ended

    def _no_list(self) -> Unreadable:
        if not self._text.lstrip().startswith("{"):
            remedy = "take the answer of the API, unchanged"
            return Unreadable("begins no JSON object", remedy, "FTS-JSON-01", self._text.lstrip(), 0)
        try:
            about = json.loads(self._text)
        except (ValueError, RecursionError):
            return self._cut("no list of flows is in it")
        message = about.get("message") or about.get("status") or "nothing"
        reason = f"is an answer without flows; the service says {str(message)[:60]}"
        return Unreadable(reason, "ask the service again", "FTS-JSON-02", self._text, 0)

    def _cut(self, what: str) -> Unreadable:
        reason, at = f"is where the page ends: {what}", self._before + len(self._text)
        return Unreadable(reason, "download the page again", "FTS-JSON-03", self._text[-60:], at)

    def _wrong(self, what: str, at: int) -> Unreadable:
        remedy = "take the answer of the API, unchanged"
        return Unreadable(what, remedy, "FTS-JSON-04", self._text[at : at + 80], self._before + at)


def _at_end(error: json.JSONDecodeError) -> bool:
    """Whether what is wrong is that the text ends."""
    return error.msg.startswith("Unterminated string") or error.pos >= len(error.doc.rstrip())


def _told(about: dict[str, Any]) -> dict[str, Any]:
    """What the service says of the page: its state, flows in all pages, whether there is a next one."""
    meta = about.get("meta")
    meta = meta if isinstance(meta, dict) else {}
    count = meta.get("count")
    return {
        "status": str(about.get("status", ""))[:80],
        "count": count if isinstance(count, int) else 0,
        "next": str(meta.get("nextLink") or "")[:80],
    }
