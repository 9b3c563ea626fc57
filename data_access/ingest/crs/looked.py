"""The odd lines of a block, looked at one by one, and what the block then holds."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pyarrow as pa

from data_access.ingest.crs import codes, columns
from data_access.ingest.crs.careful import Desk, Outcome, Read
from data_access.ingest.crs.pieces import Piece
from data_access.ingest.crs.scan import Block
from data_access.ingest.faults import Fault


@dataclass
class Looked:
    """`headings`: lines at its start that are none of the records. `count`: physical lines of it that are done; those
    after it are looked at again with what follows in the file."""

    desk: Desk
    block: Block
    headings: int
    count: int = 0
    records: list[Read] = field(default_factory=list)
    piece: Piece = field(init=False)
    more: int = 0
    _after_returns: list[int] = field(
        default_factory=list
    )  # lines that lone CRs divide, and how many there were so far:
    _shifts: list[int] = field(default_factory=lambda: [0])  # they move the numbers of those that follow

    def __post_init__(self) -> None:
        self.count = len(self.block.starts)
        self.block.sound[: self.headings] = False
        self.piece = Piece(self.desk.file, self.desk.layout, None, 0, headings=self.headings)
        self._at_odd_lines()
        self.piece.lines = self.count + self.more
        self.piece.table = self._table()

    def line(self, index: int) -> int:
        """The number of a line of the block."""
        return self.block.line + index + self._shifts[bisect_left(self._after_returns, index)]

    def text(self, index: int) -> str:
        return self.block.data[self.block.starts[index] : self.block.ends[index]].decode("utf-8")

    def left(self) -> bytes:
        """What is to be looked at again."""
        return self.block.data[self.block.starts[self.count] :] if self.count < len(self.block.starts) else b""

    def _at_odd_lines(self) -> None:
        done = self.headings
        for found in np.flatnonzero(~self.block.sound):
            index = int(found)
            if index < done:
                continue
            outcome = self._one(index)
            if not outcome.taken:
                self.count = index
                return
            self._whole(index, outcome)
            self._take(index, outcome)
            done = index + outcome.taken

    def _one(self, index: int) -> Outcome:
        if self.block.starts[index] == self.block.ends[index]:
            return Outcome(blank=1)
        return self.desk.look(self.line(index), self.text(index), partial(self._after, index), self.block.last)

    def _after(self, index: int, lines: int) -> str | None:
        return self.text(index + lines) if index + lines < len(self.block.starts) else None

    def _take(self, index: int, outcome: Outcome) -> None:
        self.block.sound[index : index + outcome.taken] = False
        self.records += outcome.records
        self.piece.refused += outcome.faults
        self.piece.warnings += outcome.warnings
        self.piece.blank += outcome.blank
        self.piece.continued += outcome.taken - 1
        if outcome.more:
            self.more += outcome.more
            self._after_returns.append(index)
            self._shifts.append(self.more)

    def _whole(self, index: int, outcome: Outcome) -> None:
        """Raises Fault where the last line has no line end and lacks fields: the file has been cut."""
        ended = not self.block.last or self.block.data.endswith(b"\n")
        if ended or index + outcome.taken < len(self.block.starts) or not outcome.faults:
            return
        fault, raw = outcome.faults[0]
        if fault.code in (codes.SHORT, codes.QUOTE):
            width, found = self.desk.layout.width, raw.count(self.desk.delimiter) + 1
            reason = f"is where the file ends, without a line end: {found} of {width} columns found"
            raise Fault(
                self.desk.file, fault.line, fault.column, raw[-60:], reason, "fetch the file again, whole", codes.CUT,
                position=fault.position,
            )  # fmt: skip

    def _table(self) -> pa.Table:
        sound = np.flatnonzero(self.block.sound[: self.count])
        careful = columns.of_records(self.records, self.desk.layout)
        if not len(sound):
            return careful
        shifts = np.array(self._shifts)[np.searchsorted(self._after_returns, sound)]
        lines = sound + self.block.line + shifts
        try:
            tables = [columns.of_lines(self.block, sound, lines, self.desk.delimiter, self.desk.layout)]
        except (
            pa.ArrowInvalid
        ) as wrong:  # the scan and the parser disagree on what a field is: nothing can be relied on
            reason = f"from line {lines[0]:,} on cannot be divided into fields"
            raise Fault(self.desk.file, 0, "", wrong, reason, "report this file", codes.KIND) from wrong
        return pa.concat_tables([*tables, careful]) if self.records else tables[0]
