"""Which activities a load has met: each is counted once, by the identifier that the standard makes it keep for ever."""

from __future__ import annotations

import hashlib

from data_access.ingest.faults import Fault
from data_access.ingest.iati.facts import Facts

REPEATED = "IATI-ID-03"


class Seen:
    """Identifiers met so far, as digests of 16 bytes: a million of them take about 200 MB, whatever their length."""

    def __init__(self) -> None:
        self._first: dict[bytes, tuple[str, int]] = {}

    def refusal(self, found: Facts) -> Fault | None:
        """Why none of an activity's records is kept: it has no identifier, or stands in this file already (row), or in
        another file of the load (warning). None where it is new."""
        element = found.activity.first("iati-identifier")
        line = element.line if element else 0
        if not found.identifier:
            reason = f"is {'blank' if element else 'missing'}: whether the activity is repeated cannot be told"
            code, remedy = "IATI-ID-02" if element else "IATI-ID-01", "give the activity the identifier that it keeps"
            return found.fault(code, "/iati-identifier", line, "", reason, remedy)
        key, here = hashlib.blake2b(found.identifier.encode(), digest_size=16).digest(), found.activity
        if key not in self._first:
            self._first[key] = (here.file, here.line)
            return None
        file, first = self._first[key]
        place = "this file" if file == here.file else file
        reason = f"stands in line {first:,} of {place} already; the first is counted"
        code, remedy = REPEATED if file == here.file else "IATI-ID-04", "publish each activity once"
        fault = found.fault(code, "/iati-identifier", line, found.identifier, reason, remedy)
        fault.severity = "row" if file == here.file else "warning"
        return fault
