"""The book that the pages of the register are read from: editions, records, and what measuring them came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dashboard.commitment import Commitment, Entry
from dashboard.finding_list import Listed
from dashboard.findings import Finding
from dashboard.pins import Pins, read
from dashboard.selection import Refusal
from data_access.cube import Cube
from data_access.library import Library
from data_access.measuring.found import WAIT, Found
from data_access.measuring.found import told as findings_told
from data_access.measuring.kept import Kept, Register
from data_access.measuring.telling import entries, told
from data_access.registry.store import Held, Registry

Read = tuple[Pins, dict[str, str], tuple[Refusal, ...]]


@dataclass(frozen=True)
class Book:
    """public: how readers reach the app, for addresses that are cited."""

    library: Library
    registry: Registry
    public: str = ""
    kept: Kept = field(default_factory=Kept)
    found: Found = field(default_factory=Found)

    def warm(self) -> None:
        """Measures every commitment once, so that the first reader does not wait for it."""
        open_ = self.at(self.library.cube(), Pins())
        self.kept.register(open_.cube, open_.held.state, open_.held.pledges)

    def find(self) -> None:
        """Begins to run the checks, beside the answers."""
        cube = self.library.cube()
        self.found.begin(cube, self.registry.held(), self.registry, cube.edition)

    def findings(self, cube: Cube, held: Held, wait: float = WAIT) -> tuple[Finding, ...] | None:
        """What the checks find in a state; None while they run."""
        return self.found.found(cube, held, self.registry, self.library.cube().edition, wait)

    def asked(self, cube: Cube, search: str, others: Sequence[str] = ()) -> Read:
        """The pins and terms of an address, as far as they can be followed."""
        states = {change.state for change in self.registry.changes()} if "registry=" in search else set[str]()
        pins, terms, refused = read(search, cube.codes.editions, states, others)
        if pins.edition not in ("", cube.edition):  # dropped since, or it cannot be opened
            why = f"edition={pins.edition} is not kept here or cannot be opened; {cube.edition} is shown instead."
            pins, refused = replace(pins, edition=""), (*refused, Refusal("edition", pins.edition, why))
        return pins, terms, refused

    def at(self, cube: Cube, pins: Pins) -> Opened:
        return Opened(self, cube, self.registry.held(pins.registry))


@dataclass(frozen=True)
class Opened:
    """The book open at one edition and one state of the records."""

    book: Book
    cube: Cube
    held: Held

    @property
    def register(self) -> Register:
        return self.book.kept.register(self.cube, self.held.state, self.held.pledges)

    def entries(self) -> tuple[Entry, ...]:
        return entries(self.held, self.register)

    def told(self, id_: str) -> Commitment:
        """One commitment in full. Raises KeyError where there is none of that id; Busy, TimeoutError."""
        revisions = self.book.registry.revisions(id_)
        made = told(self.cube, self.held, self.register, self.held.pledges[id_], revisions)
        return replace(made, findings=self.findings(id_))

    def findings(self, id_: str) -> tuple[Listed, ...] | None:
        """What the checks found about a record; None while they run."""
        found = self.book.findings(self.cube, self.held, wait=0)
        if found is None:
            return None
        every = findings_told(found, self.held, self.book.registry)
        return tuple(one for one in every if id_ in one.finding.about)
