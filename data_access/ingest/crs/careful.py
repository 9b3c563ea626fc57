"""Odd lines, one at a time: read after all, or refused by name.

Read: fields in quotes that hold delimiters or line ends, quotes that are part of the text, records that end in a lone
CR. Refused: an open quote, fields too many or too few, NUL, lines and fields too long.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from data_access.ingest.crs import codes
from data_access.ingest.crs.layouts import Layout
from data_access.ingest.faults import Fault

LINE_LIMIT, FIELD_LIMIT = 1_000_000, 200_000  # characters
RUN_ON = 500  # physical lines that one quoted field may run over
NOTHING = " \t\r\n\v\f\x1a\x1c\x1d\x1e\x1f\x85\xa0"  # of a line that says nothing; old systems end files in \x1a
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


TEXTS = ("title", "short", "description", "agency", "channel", "donor_name", "recipient_name")
CODED = {  # what plainly written codes look like
    "bi_multi": "[1-8]", "purpose": r"\d{5}", "sector": r"\d{3}", "flow": r"\d\d", "gender": "[012]",
    "committed": r"-?\d+(\.\d+)?", "disbursed": r"-?\d+(\.\d+)?", "recipient": r"\d{2,4}", "channel_code": r"\d{5}",
}  # fmt: skip


class Read(NamedTuple):
    """A record read after all. `line`: its first. `raw`: as it stands in the file, its last line end left out."""

    line: int
    fields: list[str]
    raw: str


@dataclass
class Outcome:
    """What one odd line was: records, faults with the raw text, warnings; `taken`: physical lines used up, 0 where the
    record goes on beyond what has been read of the file; `more`: lines that lone CRs end."""

    records: list[Read] = field(default_factory=list)
    faults: list[tuple[Fault, str]] = field(default_factory=list)
    warnings: list[tuple[Fault, str]] = field(default_factory=list)
    taken: int = 1
    blank: int = 0
    more: int = 0


@dataclass(frozen=True)
class Desk:
    """Where odd lines of one file are looked at."""

    file: str
    layout: Layout
    delimiter: str

    def look(self, line: int, text: str, following: Callable[[int], str | None], last: bool) -> Outcome:
        """`text`: the line without its line end. `following(n)`: the n-th line after it, None beyond what is read."""
        if not text.strip(NOTHING):
            return Outcome(blank=1)
        if len(text) > LINE_LIMIT:
            reason = f"is a line of {len(text):,} characters; at most {LINE_LIMIT:,} are read"
            return self._refused(line, text, "", text, reason, "shorten the line", codes.LONG_LINE)
        if "\r" in text and (several := self._at_returns(line, text)) is not None:
            return several
        fields = self._split(text)
        if fields is None:
            return self._quoted(line, text, following, last)
        return self._judged(line, fields, text)

    def _split(self, text: str) -> list[str] | None:
        """Fields; quotes that do not enclose a field are text. None where a quote stays open."""
        if '"' not in text:
            return text.split(self.delimiter)
        fields = _strict(text, self.delimiter)
        literal = text.split(self.delimiter)
        if fields is not None and len(fields) == self.layout.width:
            return fields
        opened = any(cell.startswith('"') and cell.count('"') % 2 for cell in literal)
        return None if opened else (fields if fields is not None and len(literal) != self.layout.width else literal)

    def _quoted(self, line: int, text: str, following: Callable[[int], str | None], last: bool) -> Outcome:
        """A record whose quoted field runs over lines, or whose quote is never closed."""
        joined = text
        for taken in range(1, RUN_ON):
            after = following(taken)
            if after is None:
                if last:
                    break
                return Outcome(taken=0)
            if after.count(self.delimiter) >= self.layout.width - 1:  # a record of its own: the quote was never closed
                break
            joined += "\n" + after
            if len(joined) > LINE_LIMIT:
                break
            fields = _strict(joined, self.delimiter) if '"' in after else None
            if fields is not None and len(fields) == self.layout.width:
                outcome = self._judged(line, fields, joined)
                outcome.taken = taken + 1
                return outcome
            if fields is not None and len(fields) > self.layout.width:
                break
        place = next(
            i for i, cell in enumerate(text.split(self.delimiter)) if cell.startswith('"') and cell.count('"') % 2
        )
        cell = text.split(self.delimiter)[place]
        return self._refused(
            line, text, self._heading(place), cell, "opens a quote that is not closed",
            "close it, or write it twice within quotes", codes.QUOTE, place + 1,
        )  # fmt: skip

    def _at_returns(self, line: int, text: str) -> Outcome | None:
        """Lone CRs: each ends a record where every piece is as wide as the heading."""
        parts = text.split("\r")
        widths = [part.count(self.delimiter) + 1 for part in parts if part]
        if len(parts) < 2 or any(width != self.layout.width for width in widths):
            return None
        outcome = Outcome(more=len(parts) - 1)
        for after, part in enumerate(parts):
            found = self.look(line + after, part, lambda _: None, True)
            for name in ("records", "faults", "warnings"):
                getattr(outcome, name).extend(getattr(found, name))
            outcome.blank += found.blank
        reason = "ends in a lone CR where other lines end in LF; it was read as a line of its own"
        fault = Fault(self.file, line, "", "\r", reason, "write one kind of line end", codes.ENDS, "warning")
        outcome.warnings.append((fault, text))
        return outcome

    def _judged(self, line: int, fields: list[str], raw: str) -> Outcome:
        if len(fields) != self.layout.width:
            return self._uneven(line, fields, raw)
        warnings = []
        for place, cell in enumerate(fields):
            if len(cell) > FIELD_LIMIT:
                reason = f"is a field of {len(cell):,} characters; at most {FIELD_LIMIT:,} are read"
                return self._refused(
                    line, raw, self._heading(place), cell, reason, "shorten it", codes.LONG_FIELD, place + 1
                )
            if odd := CONTROL.search(cell):
                if odd[0] == "\x00":
                    return self._nul(line, raw, place, cell, odd.start())
                reason = f"holds the control byte \\x{ord(odd[0]):02x} at character {odd.start() + 1}; it was kept"
                fault = Fault(
                    self.file,
                    line,
                    self._heading(place),
                    cell,
                    reason,
                    "remove it",
                    codes.CONTROL,
                    "warning",
                    place + 1,
                )
                warnings.append((fault, raw))
        return Outcome([Read(line, fields, raw)], warnings=warnings)

    def _nul(self, line: int, raw: str, place: int, cell: str, at: int) -> Outcome:
        half = re.compile(r"U\+D[89A-F][0-9A-F]{2}").match(cell, at + 1)
        what, code = ("the byte NUL (\\x00)", codes.NUL)
        if half is not None:  # as `encodings` marks it
            what, code = (f"{half[0]}, half of a pair of UTF-16", codes.HALF_PAIR)
        reason = f"holds {what} at character {at + 1}"
        return self._refused(line, raw, self._heading(place), cell, reason, "remove it", code, place + 1)

    def _uneven(self, line: int, fields: Sequence[str], raw: str) -> Outcome:
        width, found = self.layout.width, len(fields)
        if found < width:
            missing = self._heading(found)
            reason = f'is the last of {found} fields where {width} are expected; "{missing}" is missing'
            return self._refused(line, raw, missing, fields[-1], reason, "complete the line", codes.SHORT, found + 1)
        place = self._burst(fields)
        if place is None:
            reason = f"is one field too many: expected {width}, found {found}"
            return self._refused(line, raw, "", fields[width], reason, "remove it", codes.SURPLUS, width + 1)
        text = self.delimiter.join(fields[place : place + found - width + 1])
        reason = f'holds a "{self.delimiter}" that is not in quotes: expected {width} fields, found {found}'
        return self._refused(
            line, raw, self._heading(place), text, reason, "put the field in quotes", codes.DELIMITER, place + 1
        )

    def _burst(self, fields: Sequence[str]) -> int | None:
        """The text field that an unquoted delimiter has cut: the one after which most codes fit again. None where the
        line fits best as it is, so that the surplus stands at its end."""
        surplus, places = len(fields) - self.layout.width, self.layout.places
        texts = [places[name] for name in TEXTS if name in places]
        best = max((self.layout.width, *texts), key=lambda place: self._fitting(fields, place, surplus))
        return None if best == self.layout.width else best

    def _fitting(self, fields: Sequence[str], place: int, surplus: int) -> int:
        """How many coded fields are what they should be, were the surplus part of the field at `place`."""
        coded = {name: at for name, at in self.layout.places.items() if name in CODED}
        return sum(
            bool(re.fullmatch(CODED[name], fields[at + surplus if at > place else at])) for name, at in coded.items()
        )

    def _heading(self, place: int) -> str:
        return self.layout.headings[place] if place < self.layout.width else ""

    def _refused(
        self, line: int, raw: str, column: str, value: str, reason: str, remedy: str, code: str, position: int = 0
    ) -> Outcome:
        fault = Fault(self.file, line, column, value, reason, remedy, code, "row", position)
        return Outcome(faults=[(fault, raw)])


def _strict(text: str, delimiter: str) -> list[str] | None:
    """Fields as quotes have it; None where a quote stays open or text follows a closing one."""
    csv.field_size_limit(LINE_LIMIT * 2)
    *whole, rest = text.split("\n")
    try:
        rows = list(csv.reader([*(part + "\n" for part in whole), rest], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None
