"""A record that is not entirely ordinary: read with a warning, or refused by its first fault."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from data_access.ingest.crs import amounts, codes
from data_access.ingest.crs.layouts import Layout
from data_access.ingest.faults import Fault
from data_access.ingest.readers import Lookups
from data_access.ingest.rows import UNSTATED

FIRST, LAST = 1960, 2035
FLOWS = {  # flow types of the CRS -> ours; private sector instruments (60 in some releases) are aid, as the DAC has it
    **dict.fromkeys(("10", "11", "12", "13", "19", "60"), "10"),
    **dict.fromkeys(("14", "20", "21", "22"), "20"),
    **{str(code): "30" for code in range(30, 38)},
}
Row = Mapping[str, Any]  # texts of a record; `record` and `line` are numbers
SORTS = frozenset("12345678")  # bi_multi
CORE = "2"  # core contributions to multilaterals
GENDERS = {"0": "0", "1": "1", "2": "2", "": "unscreened"}


@dataclass(frozen=True)
class Bench:
    """What the records of one file are judged by. `until`: the year of today."""

    file: str
    layout: Layout
    lookups: Lookups
    until: int

    def judge(self, row: Row) -> tuple[dict[str, Any], list[Fault]]:
        """A record as it is kept, and warnings. Raises Fault (severity "row") where it cannot be kept."""
        warnings: list[Fault] = []
        kept = {
            "record": row["record"],
            "line": row["line"],
            "item": (row["crs_id"] or row["project"] or "").strip(),
            "year": self._year(row),
            "donor": self._place(row, "donor", self.lookups.donors, codes.DONOR, warnings),
            "recipient": self._place(row, "recipient", self.lookups.recipients, codes.RECIPIENT, warnings),
            "flow": self._listed(row, "flow", FLOWS, codes.FLOW, "CRS flow types"),
            "core": self._sort(row),
            "gender": GENDERS.get((row["gender"] or "").strip(), ""),
            "committed": self._amount(row, "committed", warnings),
            "disbursed": self._amount(row, "disbursed", warnings),
        }
        kept["purpose"] = self._purpose(row, warnings)
        kept["sector"] = kept["purpose"] if kept["purpose"] == UNSTATED else kept["purpose"][:3]
        if not kept["gender"]:
            warnings.append(
                self._odd(
                    row,
                    "gender",
                    "is no value of the gender marker; read as not screened",
                    "write 2, 1, 0 or nothing",
                    codes.MARKER,
                )
            )
            kept["gender"] = "unscreened"
        return kept, warnings

    def _year(self, row: Row) -> int:
        text = row["year"].strip()
        if not re.fullmatch(r"[0-9]{4}", text) or not FIRST <= int(text) <= LAST:
            reason = f"is not a year in the range {FIRST}–{LAST}"
            raise self._fault(row, "year", reason, "write four digits", codes.YEAR)
        if int(text) > self.until:
            reason = f"is a year in the future: at most {self.until} in the range {FIRST}–{LAST}"
            raise self._fault(row, "year", reason, "correct the year", codes.YEAR)
        return int(text)

    def _place(self, row: Row, name: str, known: Mapping[str, str], code: str, warnings: list[Fault]) -> str:
        """A DAC code of a donor or recipient, by our code."""
        text = str(row[name]).strip()
        if text in known:
            return known[text]
        for other in (text.lstrip("0"), text.zfill(3), text.removesuffix(".0")):
            if other in known:
                reason = f"is not written as in the list of DAC codes; it was read as {other}"
                warnings.append(self._odd(row, name, reason, f"write {other}", codes.ZEROS))
                return known[other]
        reason = f"is not in the list of DAC {name} codes of the edition ({len(known)} codes)"
        raise self._fault(row, name, reason, "correct it, or add it to the list of codes", code)

    def _listed(self, row: Row, name: str, known: Mapping[str, str], code: str, named: str) -> str:
        text = str(row[name]).strip()
        if text not in known:
            raise self._fault(row, name, f"is not in the list of {named}", f"write one of {', '.join(known)}", code)
        return known[text]

    def _sort(self, row: Row) -> bool:
        text = str(row["bi_multi"]).strip()
        if text and text not in SORTS:
            reason = "is no sort of aid: bilateral, multilateral and others are 1 to 8"
            raise self._fault(row, "bi_multi", reason, "write a digit from 1 to 8", codes.CHANNEL_OF_AID)
        return text == CORE

    def _purpose(self, row: Row, warnings: list[Fault]) -> str:
        text = str(row["purpose"]).strip()
        if not text:
            return UNSTATED
        if not re.fullmatch(r"[0-9]{5}", text):
            raise self._fault(row, "purpose", "is no purpose code", "write five digits", codes.PURPOSE)
        if text not in self.lookups.known["purpose"]:
            reason = "is not in the list of DAC purpose codes of the edition; it was kept"
            warnings.append(
                self._odd(row, "purpose", reason, "correct it, or add it to the list of codes", codes.PURPOSE)
            )
        return text

    def _amount(self, row: Row, name: str, warnings: list[Fault]) -> Decimal | None:
        try:
            found = amounts.read(row[name])
        except amounts.Unreadable as unreadable:
            code, reason, remedy = unreadable.args
            raise self._fault(row, name, reason, remedy, code) from None
        if found.odd is not None:
            code, reason, remedy = found.odd
            warnings.append(self._odd(row, name, reason, remedy, code))
        return found.usd

    def _fault(self, row: Row, name: str, reason: str, remedy: str, code: str) -> Fault:
        column, position = self.layout.column(name), self.layout.position(name)
        return Fault(self.file, row["line"], column, row[name], reason, remedy, code, "row", position)

    def _odd(self, row: Row, name: str, reason: str, remedy: str, code: str) -> Fault:
        fault = self._fault(row, name, reason, remedy, code)
        fault.severity = "warning"
        return fault
