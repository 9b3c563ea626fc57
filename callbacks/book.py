"""The book that the pages of the register are read from: editions, records, and what measuring them came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dashboard.commitment import Commitment, Entry
from dashboard.finding_list import Listed
from dashboard.findings import Finding
from dashboard.pins import Pins, read
from dashboard.selection import Refusal
from data_access.contributions.public import accepted
from data_access.cube import Cube
from data_access.library import Library
from data_access.measuring.found import WAIT, Found, with_history
from data_access.measuring.found import told as findings_told
from data_access.measuring.kept import Kept, Register
from data_access.measuring.proposing import Proposals
from data_access.measuring.telling import entries, told
from data_access.registry.rule_saving import version
from data_access.registry.store import Held, Registry, Revision
from data_access.registry.watching import Away

Read = tuple[Pins, dict[str, str], tuple[Refusal, ...]]


@dataclass(frozen=True)
class Book:
    """public: how readers reach the app, for addresses that are cited."""

    library: Library
    registry: Registry
    public: str = ""
    kept: Kept = field(default_factory=Kept)
    found: Found = field(default_factory=Found)
    proposals: Proposals = field(default_factory=Proposals)

    def warm(self) -> None:
        """Measures every commitment once, so that the first reader does not wait for it."""
        open_ = self.at(self.library.cube(), Pins())
        self.kept.register(open_.cube, open_.held.state, open_.held.pledges)

    def find(self) -> None:
        """Begins to run the checks, beside the answers."""
        cube = self.library.cube()
        self.found.begin(cube, self.registry.held(), self.registry, cube.edition)

    def findings(self, cube: Cube, held: Held, wait: float = WAIT) -> tuple[Finding, ...] | None:
        """What the checks find in a state; None while they run, or where they failed."""
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
        return Opened(self, cube, self.registry.held(pins.registry), bool(pins.registry))


@dataclass(frozen=True)
class Opened:
    """The book open at one edition and one state of the records. pinned: whether the address names that state."""

    book: Book
    cube: Cube
    held: Held
    pinned: bool = False

    @property
    def register(self) -> Register:
        """What measuring the commitments came to. Raises Busy while they are being measured."""
        return self.book.kept.soon(self.cube, self.held.state, self.held.pledges)

    def entries(self) -> tuple[Entry, ...]:
        return entries(self.held, self.register)

    def told(self, id_: str) -> Commitment:
        """One commitment in full. Raises KeyError where there is none of that id; Busy, TimeoutError."""
        try:
            revisions, found, more = self._beside(id_)
        except Away:  # the commitment and its figures are at hand all the same
            revisions, found, more = (), None, {"away": True}
        made = told(self.cube, self.held, self.register, self.held.pledges[id_], revisions)
        return replace(made, findings=found, failed=self.book.found.failed(self.cube, self.held), **more)

    def _beside(self, id_: str) -> tuple[tuple[Revision, ...], tuple[Listed, ...] | None, dict[str, Any]]:
        """Its revisions; what the checks found; the version of its rule and what stakeholders said of it."""
        registry = self.book.registry
        pinned = self.held.state if self.pinned or self.held.state != registry.state() else ""
        makers = {one: maker.name for one, maker in self.held.directory.makers.items()}
        said = accepted(registry, [id_], makers, pinned)
        more: dict[str, Any] = {"rule_version": version(registry, id_, pinned)}
        more |= {"contributed": [one for one in said if not one.later], "later": [one for one in said if one.later]}
        every = registry.revisions(id_)
        until = max((one.number for one in registry.changes() if one.state == pinned), default=0)
        upto = tuple(one for one in every if not pinned or one.change.number <= until)
        return upto, self.findings(id_), more | {"rewritten": len(every) - len(upto)}

    def findings(self, *ids: str) -> tuple[Listed, ...] | None:
        """What the checks found about records, the severest open ones first; None while they run."""
        found = self.book.findings(self.cube, self.held, wait=0)
        if found is None:
            return None
        every = findings_told(found, self.held, self.book.registry)
        about = tuple(one for one in every if set(ids) & set(one.finding.about))
        return with_history(about, self.held, self.book.registry)
