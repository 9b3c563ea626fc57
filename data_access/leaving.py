"""Tables of the register as they leave: the same for the files of the pages and for those of the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from dashboard import finding_list, gap_list, listing, need_list, page_terms, register_terms
from dashboard.carried import CHECKED, REGISTER, Carried, of_register, pledge
from dashboard.causes import exported
from dashboard.commitment import Commitment, Entry
from dashboard.findings import Finding
from dashboard.origins import line
from dashboard.pins import Pins
from dashboard.questions import Unanswerable
from dashboard.refusals import outright
from dashboard.selection import Refusal
from data_access.cube import Cube
from data_access.measuring.found import told
from data_access.measuring.naming import names
from data_access.registry.store import Held, Registry

COMMITMENTS = (*register_terms.NAMED, "text", "sort", "page", "columns")  # terms of the list of commitments
Asked = Mapping[str, str]


class Half(ValueError):
    """Of an address a part cannot be followed; a file made from half a link would be another file."""


class At(NamedTuple):
    """The edition and the state of the register that a table is of."""

    cube: Cube
    held: Held

    @property
    def names(self) -> tuple[str, str]:
        return self.cube.edition, self.held.state


def whole(*refused: Sequence[Refusal]) -> None:
    """Raises Half, with a sentence."""
    for every in refused:
        for one in every:
            raise Half(f"No file was made: {outright(one)}")


def commitments(at: At, entries: Iterable[Entry], asked: Asked) -> Carried:
    terms, wrong = register_terms.read(asked, Pins(), register_terms.known(at.held.directory, at.held.pledges))
    whole(wrong)
    found, called = listing.ordered(listing.matching(entries, terms), terms.sort), names(at.cube)
    told = listing.table(found, called), line(REGISTER, found, called)
    return of_register("commitments", "Commitments", asked, "/commitments", *at.names, *told)


def gaps(at: At, entries: Sequence[Entry], asked: Asked) -> Carried:
    terms, wrong = page_terms.read(asked, gap_list.known(entries), gap_list.KEYS)
    whole(wrong)
    own = {key: ",".join(terms.all(key)) for key in gap_list.KEYS if terms.all(key)}
    held, called = gap_list.picked(entries, terms), names(at.cube)
    told = gap_list.table(held, called), line(REGISTER, held, called)
    return of_register("gaps", "Gaps of commitments", own, "/gaps", *at.names, *told)


def findings(at: At, found: tuple[Finding, ...], registry: Registry, asked: Asked) -> Carried:
    every = told(found, at.held, registry)
    terms, wrong = page_terms.read(asked, finding_list.known(every), finding_list.FACETS)
    whole(wrong)
    given = finding_list.table(finding_list.passing(every, terms))
    return of_register("findings", "Findings", asked, "/findings", *at.names, given, CHECKED)


def needs(at: At, asked: Asked) -> Carried:
    """Raises Unanswerable where nobody can be ranked."""
    offered = need_list.offers(at.cube, asked.get("goal", need_list.FIRST), asked.get("recipient", ""))
    terms, wrong = need_list.read(asked, offered)
    whole(wrong)
    return need_list.carried(at.cube, terms, offered, at.names, "/needs")


def causes(at: At, of: Commitment, id_: str) -> Carried:
    """The steps of a commitment's waterfall. Raises Unanswerable where it has none."""
    if of.causes is None:
        raise Unanswerable("No money is due under this commitment, or none of it is measured.")
    return replace(pledge(at.held.pledges[id_], *at.names), table=exported(of.causes))
