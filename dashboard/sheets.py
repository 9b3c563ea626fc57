"""One thing of a briefing as every format takes it: what leaves, the sentence above it, and what a commitment tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard.amount_words import figure, period, prices
from dashboard.amounts import Absence
from dashboard.briefing import Briefing
from dashboard.carried import Carried, at_edition
from dashboard.codes import Codes
from dashboard.commitment import Commitment
from dashboard.commitment_words import gaps
from dashboard.panels import Column, Table
from dashboard.rungs import Rung
from dashboard.selection import DIMENSIONS, Selection

NOTE = "Note by whoever made this briefing"


@dataclass(frozen=True)
class Sheet:
    """own: a sentence of one's own, which may be empty. told: of a commitment."""

    one: Carried
    own: str = ""
    told: Commitment | None = None

    @property
    def note(self) -> str:
        """The sentence of one's own with whose it is: anybody can write one into an address, and it stands above our
        figures. Empty where there is none."""
        return f"{NOTE}: {self.own}" if self.own else ""


@dataclass(frozen=True)
class Brief:
    """A briefing, made. address: path and query that show the same for as long as it is kept. filters: the selection in
    words, empty where only commitments are shown. public: how readers reach the app; on: the day it was made."""

    sheets: Sequence[Sheet]
    told: Briefing
    title: str
    filters: str
    edition: str
    address: str
    public: str
    on: date

    @property
    def made(self) -> str:
        """What it is of and of when, in one line."""
        said = (self.filters, f"Edition {self.edition}", f"Made on {self.on.day} {self.on:%B %Y}")
        return ". ".join(part for part in said if part) + "."


def about(selection: Selection, codes: Codes, sheets: Sequence[Sheet]) -> str:
    """`France`: what a briefing is about, where one thing is; else `Briefing`."""
    picked = [(name, selection.picked(name)) for name in DIMENSIONS if selection.picked(name)]
    if len(sheets) == 1 and sheets[0].told:
        return f"Briefing: {sheets[0].one.title}"
    if sheets and all(sheet.told for sheet in sheets):
        return f"Briefing: {len(sheets)} commitments"
    if len(picked) == 1 and len(picked[0][1]) == 1:
        name, (code,) = picked[0]
        said = codes.name(name, code)
        return f"Briefing: Goal {code}, {said}" if name == "goal" and code.isdigit() else f"Briefing: {said}"
    return "Briefing"


def pinned(told: Briefing, edition: str, state: str) -> str:
    """Path and query of a briefing that name the edition, and the state of the register where it is shown."""
    address = f"/briefing?{replace(told, registry=state).write()}"
    return address if named(told.query) else at_edition(address, edition)


def named(query: str) -> bool:
    """Whether an address names its edition."""
    return any(part.startswith("edition=") for part in query.split("&"))


FACTS = (Column("what", "What"), Column("said", "Figure"), Column("basis", "Date, source and basis"))


def facts(told: Commitment) -> Table:
    """What was pledged, due and delivered, and the three gaps, in words; an absence by its kind."""
    found = told.measured
    rungs = [(one.stage.capitalize(), _said(one.figure, one.absence, one.share), _beside(one)) for one in told.rungs]
    due = [("Due to date", figure(found.due, found.unit), _basis(told))] if found.measured else []
    held = [(one.name, _said(one.said, one.absence), _sentence(one.means, one.basis)) for one in gaps(told)]
    return Table(
        f"{told.pledge.title}: promised, due, delivered, and what is missing",
        FACTS,
        (*rungs[:1], *due, *rungs[1:], *held),
    )


def _beside(one: Rung) -> str:
    """Date and source of what is measured; then what others reported of the same rung."""
    return f"{one.under} As reported: {one.reported}.".strip() if one.reported else one.under


def _said(words: str, absence: Absence | None, share: str = "") -> str:
    known = absence.words if absence is not None else words
    return f"{known}, {share}" if share else known


def _sentence(means: str, basis: str) -> str:
    return f"{means[:1].upper()}{means[1:]}. {basis}".strip()


def _basis(told: Commitment) -> str:
    found = told.measured
    return f"{period(found)}, {prices(found.rule, found.unit)}."


def promised_by(told: Commitment) -> str:
    """`Promise: Gleneagles communique, page 3, https://...`; what rests on memory says so."""
    source = next((one for one in told.pledge.sources if one.of == "promise"), None)
    if source is None:
        return "Promise: no source is recorded."
    where = f"page {source.page}" if source.page.isdigit() else source.page
    said = ", ".join(part for part in (source.title, where, source.address) if part)
    return f"Promise: {said or 'from memory, no document at hand'}."
