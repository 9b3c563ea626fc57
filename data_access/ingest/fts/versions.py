"""Which version of a flow counts: the highest, updated last. A flow that is given twice counts once."""

from __future__ import annotations

from dataclasses import dataclass

from data_access.ingest.faults import Fault
from data_access.ingest.fts.contribution import Contribution
from data_access.ingest.fts.values import fault

OLDER, AGAIN = "given in an earlier version, or without its number", "given a second time"
Rank = tuple[int, str]


@dataclass
class _Best:
    rank: Rank
    said: tuple[str, str, str]
    first: tuple[str, int]  # file and line
    against: str = ""  # where it is contradicted, and by what


class Versions:
    """The best version of every flow, met in a first reading of all files and judged by in a second."""

    def __init__(self) -> None:
        self._best: dict[str, _Best] = {}

    def meet(self, found: Contribution) -> None:
        rank, said = _rank(found), (found.amount.strip(), found.status, found.boundary)
        held = self._best.get(found.id)
        if held is None or rank > held.rank:
            self._best[found.id] = _Best(rank, said, (found.file, found.line))
        elif rank == held.rank and said != held.said and not held.against:
            place = f"{held.first[0]}, {'place' if found.where else 'line'} {held.first[1]:,}"
            held.against = f"{held.said[0]} as {held.said[1]}, {held.said[2]} in {place}, and {said[0]} as {said[1]}, "
            held.against += f"{said[2]} in {found.file}, {'place' if found.where else 'line'} {found.line:,}"

    def first(self, found: Contribution) -> bool:
        """Whether this is where the version that counts was met first."""
        held = self._best.get(found.id)
        return held is not None and held.rank == _rank(found) and held.first == (found.file, found.line)

    def judge(self, found: Contribution) -> str:
        """Why the flow is passed over; empty where it counts. Raises Fault where one version says two things."""
        held = self._best[found.id]
        if _rank(found) < held.rank:
            return OLDER
        if held.against:
            raise self._contradicted(found, held)
        return "" if self.first(found) else AGAIN

    def _contradicted(self, found: Contribution, held: _Best) -> Fault:
        reason = f"stands for a flow of which one version says two things: {held.against}"
        return fault(found, "id", found.id, reason, "keep the one that FTS shows", "FTS-DUP-01")


def _rank(found: Contribution) -> Rank:
    return (int(found.version) if found.version.isdecimal() and len(found.version) < 9 else 0, found.updated)
