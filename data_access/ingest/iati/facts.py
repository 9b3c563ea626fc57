"""What an activity says for all of its records: who publishes it, what it is called, its level, marker and shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data_access.ingest.faults import Fault
from data_access.ingest.iati import codelists, publishers
from data_access.ingest.iati.reading import Activity, Element
from data_access.ingest.iati.shares import Odd, Sector, Shares, recipients, sectors
from data_access.ingest.readers import Lookups
from data_access.ingest.rows import UNSTATED

LANG = "http://www.w3.org/XML/1998/namespace lang"
AGENCIES = (("4", "IMPLEMENTING"), ("2", "ACCOUNTABLE"))
FUNDING = ("1", "FUNDING")
UNSCREENED = "unscreened"


@dataclass
class Facts:
    """`donor`: None where the publisher is not known. `refused`: why none of the activity's records can be kept."""

    activity: Activity
    identifier: str
    publisher: str
    donor: str | None
    level: str
    currency: str
    flow: str
    gender: str
    title: str
    description: str
    agency: str
    sectors: Shares[Sector]
    recipients: Shares[str]

    def fault(self, code: str, place: str, line: int, value: str, reason: str, remedy: str) -> Fault:
        """A fault of a row at `place` below the activity."""
        where = f"/iati-activities/iati-activity[{self.activity.number}]{place}"
        named = f"{where} [{self.identifier}]" if self.identifier else where
        return Fault(self.activity.file, line or self.activity.line, "", value, reason, remedy, code=code,
                     severity="row", where=named)  # fmt: skip

    def odd(self, odd: Odd, place: str = "") -> Fault:
        """What is wrong with shares, as a fault."""
        return self.fault(odd.code, f"{place}/{odd.element}", odd.line, odd.value, odd.reason, odd.remedy)


def facts(activity: Activity, lookups: Lookups) -> Facts:
    """Of an activity whose elements are all there."""
    reporter = activity.first("reporting-org")
    found = activity.elements.get
    return Facts(
        activity,
        text(activity.first("iati-identifier")),
        attribute(reporter, "ref"),
        _donor(activity, reporter, lookups),
        activity.attributes.get("hierarchy", "").strip() or "1",
        activity.attributes.get("default-currency", "").strip().upper(),
        attribute(activity.first("default-flow-type"), "code"),
        _gender(found("policy-marker", [])),
        narrative(found("title", [])),
        narrative(found("description", [])),
        _agency(found("participating-org", [])),
        sectors(found("sector", []), lookups),
        recipients(found("recipient-country", []), found("recipient-region", []), lookups),
    )


def text(element: Element | None) -> str:
    """The element's own text, without the space around it."""
    return element.text.strip() if element else ""


def attribute(element: Element | None, name: str) -> str:
    """Without the space around it; empty where there is none."""
    return element.attributes.get(name, "").strip() if element else ""


def narrative(elements: Sequence[Element]) -> str:
    """The English text, else the first: of narratives (2.0x) or of the elements themselves (1.0x)."""
    spoken = [
        (inner.attributes.get(LANG, ""), inner.text) for element in elements for inner in element.all("narrative")
    ]
    spoken = spoken or [(element.attributes.get(LANG, ""), element.text) for element in elements]
    spoken = [(language, " ".join(said.split())) for language, said in spoken if said.strip()]
    english = [said for language, said in spoken if language.lower().startswith("en")]
    return next(iter(english or [said for _, said in spoken]), "")


def _gender(markers: Sequence[Element]) -> str:
    for marker in markers:
        vocabulary = attribute(marker, "vocabulary").upper()
        if attribute(marker, "code") == "1" and vocabulary in ("", "1", "DAC"):
            return codelists.GENDER.get(attribute(marker, "significance"), UNSCREENED)
    return UNSCREENED


def _agency(organisations: Sequence[Element]) -> str:
    for roles in AGENCIES:
        for organisation in organisations:
            if attribute(organisation, "role").upper() in roles:
                return narrative([organisation]) or attribute(organisation, "ref")
    return ""


def _donor(activity: Activity, reporter: Element | None, lookups: Lookups) -> str | None:
    """The publisher; of a publisher that reports other donors' money, the one organisation that funds, if it is known.

    A name counts only where it is a donor's name letter by letter; otherwise the donor is not stated."""
    ref = attribute(reporter, "ref")
    if ref not in publishers.REPORTING_OTHERS and attribute(reporter, "secondary-reporter").lower() not in (
        "1",
        "true",
    ):
        return publishers.donor(ref, lookups)
    organisations = activity.elements.get("participating-org", [])
    funding = [one for one in organisations if attribute(one, "role").upper() in FUNDING]
    if len(funding) != 1:
        return UNSTATED
    named = lookups.names.get("donor", {}).get(narrative(funding))
    return publishers.donor(attribute(funding[0], "ref"), lookups) or named or UNSTATED
