"""Which heading of a CRS file is which field: spelled differently from release to release, compared without regard to
case, underscores and spaces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from data_access.ingest.crs import codes
from data_access.ingest.crs.headings import KNOWN
from data_access.ingest.faults import Fault

FIELDS: dict[str, tuple[str, ...]] = {  # our name -> spellings, lower case without underscores
    "year": ("year",),
    "donor": ("donorcode",),
    "donor_name": ("donorname",),
    "agency_code": ("agencycode",),
    "agency": ("agencyname",),
    "crs_id": ("crsid",),
    "project": ("projectnumber",),
    "recipient": ("recipientcode",),
    "recipient_name": ("recipientname",),
    "flow": ("flowcode",),
    "bi_multi": ("bimulti", "bilateralmultilateral"),
    "committed": ("usdcommitment",),
    "disbursed": ("usddisbursement",),
    "currency": ("currencycode",),
    "committed_national": ("commitmentnational",),
    "disbursed_national": ("disbursementnational",),
    "disbursed_defl": ("usddisbursementdefl", "usddisbursementdeflated"),
    "short": ("shortdescription",),
    "title": ("projecttitle",),
    "purpose": ("purposecode",),
    "sector": ("sectorcode",),
    "channel_code": ("channelcode",),
    "channel": ("channelname",),
    "starts": ("expectedstartdate",),
    "completed": ("completiondate",),
    "description": ("longdescription",),
    "gender": ("gender",),
}
NEEDED = ("year", "donor", "crs_id", "recipient", "flow", "bi_multi", "committed", "disbursed", "purpose")
WIDEST = 1000  # columns; the widest release has about a hundred
CUT = 200  # characters of a heading that are compared


@dataclass(frozen=True)
class Layout:
    """`places`: our name -> place of its column, 0-based. `headings`: as written, in order."""

    headings: tuple[str, ...]
    places: dict[str, int] = field(hash=False)

    @property
    def width(self) -> int:
        return len(self.headings)

    def column(self, name: str) -> str:
        """The heading of a field as this file writes it; our name where the file lacks it."""
        place = self.places.get(name)
        return self.headings[place] if place is not None else name

    def position(self, name: str) -> int:
        """Its place, 1-based; 0 where the file lacks it."""
        return self.places.get(name, -1) + 1


def plainly(heading: str) -> str:
    """A heading as it is compared."""
    return "".join(letter for letter in heading[:CUT].lower() if letter.isalnum())


def read(file: str, headings: Sequence[str], notes: list[str]) -> tuple[Layout, list[Fault]]:
    """The layout of a file by its headings, and warnings; sentences on it are added to `notes`.

    Raises Fault where the first line is data, a needed column is missing or spelled in a way that is not known, or one
    stands twice. Columns that are not in the order of the releases, and those not known, pass with a warning."""
    if len(headings) > WIDEST:
        reason = f"is the number of columns; at most {WIDEST:,} are read"
        raise Fault(file, 1, "", len(headings), reason, "take the file in its published form", codes.WIDE)
    plain = [plainly(heading) for heading in headings]
    ours = {spelling: name for name, spellings in FIELDS.items() for spelling in spellings}
    _headed(file, headings, plain, ours)
    places: dict[str, int] = {}
    for place, (heading, spelling) in enumerate(zip(headings, plain, strict=True)):
        name = ours.get(spelling)
        if name in places:
            reason = f"is a heading that stands twice, in columns {places[name] + 1} and {place + 1}"
            raise Fault(file, 1, heading, heading, reason, "remove one", codes.TWICE, position=place + 1)
        if name is not None:
            places[name] = place
    _complete(file, headings, plain, places)
    _order(file, places, notes)
    return Layout(tuple(headings), places), _unknown(file, headings, plain)


def _headed(file: str, headings: Sequence[str], plain: Sequence[str], ours: dict[str, str]) -> None:
    if any(spelling in ours for spelling in plain):
        return
    first = headings[0] if headings else ""
    reason = 'is not a heading: the first line should name the columns, the first of them "Year"'
    raise Fault(file, 1, "Year", first, reason, "add the line of headings", codes.HEADLESS, position=1)


def _complete(file: str, headings: Sequence[str], plain: Sequence[str], places: dict[str, int]) -> None:
    for name in NEEDED:
        if name not in places:
            wanted = FIELDS[name][0]
            near = next((h for h, p in zip(headings, plain, strict=True) if p[:5] == wanted[:5] and p not in KNOWN), "")
            reason = f'is no heading that is known; "{wanted}" is missing' if near else f'lacks the column "{wanted}"'
            written = near or ", ".join(headings)
            raise Fault(file, 1, near or wanted, written, reason, f"name the column {wanted}", codes.MISSING)


def _order(file: str, places: dict[str, int], notes: list[str]) -> None:
    order = [places[name] for name in ("year", "donor", "crs_id", "recipient", "flow", "bi_multi", "committed")]
    if order != sorted(order):
        notes.append(f"{file}: columns stand in another order than in the releases; they were read by name.")


def _unknown(file: str, headings: Sequence[str], plain: Sequence[str]) -> list[Fault]:
    reason = "is a heading of no release that is known; the column is kept in the raw record only"
    remedy = "nothing is to be done, unless figures should come from it"
    return [
        Fault(file, 1, heading, heading, reason, remedy, codes.EXTRA, "warning", place + 1)
        for place, (heading, spelling) in enumerate(zip(headings, plain, strict=True))
        if spelling not in KNOWN
    ]
