"""What is wrong with a file, said so that its publisher can mend it: place, code, value, reason, way out.

One line each, as `crs_2023.txt:70076: column "USD_Commitment" (41): CRS-NUM-02: value "1,250.5" is not a decimal number
(thousands separator); write 1250.5`, and the same as JSON. A fault of the file stops the load; a fault of a row puts
that row among the rejects; a warning lets it pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

SHOWN = 80  # characters of a value that are quoted back
Severity = Literal["file", "row", "warning"]


@dataclass(eq=False)
class Fault(ValueError):
    """One thing that is wrong. Raised where the whole file cannot be read; otherwise handed to `Report`.

    `line`: physical, 1-based; 0 where the format has none. `column`, `position`: heading and its place, 1-based; or
    `where`: an XPath with the activity's identifier, a row group and row. `offset`: bytes from the start of the file.
    """

    file: str
    line: int
    column: str
    value: object
    reason: str  # continues the value: "is not a decimal number (thousands separator)"
    remedy: str  # an order: "write 1250.5"
    code: str = "FILE-01"  # of the reader's own list, e.g. CRS-NUM-02
    severity: Severity = "file"
    position: int = 0
    where: str = ""
    offset: int | None = None
    sheet: str = ""  # of a workbook, with `cell`: D12
    cell: str = ""

    def __str__(self) -> str:
        place = ":".join(printable(str(part)) for part in (self.file, self.line) if part)
        named = f'column "{shown(self.column)}"' if self.column else self.where
        if self.sheet:
            named = f'sheet "{shown(self.sheet)}", cell {self.cell or "A1"}{f" ({self.column})" if self.column else ""}'
        column = f"{named} ({self.position})" if self.column and self.position else named
        value = f'value "{shown(self.value)}" {self.reason}'
        byte = f" (byte {self.offset:,})" if self.offset is not None else ""
        return ": ".join(part for part in (place, column, self.code, f"{value}{byte}; {self.remedy}") if part)

    def as_json(self) -> dict[str, Any]:
        """The same for machines; the value cut and escaped as in the text."""
        told = {name: getattr(self, name) for name in ("file", "line", "column", "position", "where", "code")}
        rest = {"severity": self.severity, "value": shown(self.value), "reason": self.reason, "remedy": self.remedy}
        placed = {"sheet": self.sheet, "cell": self.cell} if self.sheet else {}
        return told | rest | placed | ({"offset": self.offset} if self.offset is not None else {})


def shown(value: object) -> str:
    """A value as it may be quoted: at most 80 characters, each control character and half pair as its escape."""
    text = str(value)
    return printable(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")


def printable(text: str) -> str:
    """A text on one line, whole, that does nothing to a terminal: each control character as its escape."""
    return "".join(letter if letter.isprintable() else _escaped(letter) for letter in text)


def _escaped(letter: str) -> str:
    return f"\\x{ord(letter):02x}" if ord(letter) < 256 else f"\\u{ord(letter):04x}"
