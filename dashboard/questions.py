"""What a panel may ask, and which source answers it best. Selection in, frame out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import pandas as pd

from dashboard.codes import Codes, Source
from dashboard.rows import Rows
from dashboard.selection import Selection
from dashboard.words import years

MARKER = "gender"
RELEASES = ("crs",)  # full releases: where one is loaded it comes before what was taken from the same statistics
EXTRACTS = ("iati-goals", "crs-sectors", "crs-donors", "crs-purposes")
OTHERS = ("iati", "fts")  # other systems' accounts of the same activities; read where nothing else can answer
PLURALS = {  # dimensions as a refusal names them
    "goal": "Goals",
    "donor": "donors",
    "recipient": "recipients",
    "sector": "sectors",
    "purpose": "purposes",
    "flow": "types of flow",
}


MANY = "Many readers are asking at once."
Sums = Mapping[str, Sequence[Any]]  # the values of each column, by name


class Unanswerable(ValueError):
    """No loaded source can answer; the message is a sentence for the reader."""


class Busy(RuntimeError):
    """Too many ask at once; `retry_after` says in how many seconds to try again."""

    def __init__(self, retry_after: int, why: str = MANY) -> None:
        super().__init__(f"{why} Please try again in {retry_after} seconds.")
        self.retry_after = retry_after


class Answers(Rows, Protocol):
    """The cube, as panels see it."""

    edition: str
    codes: Codes

    def totals(
        self, selection: Selection, by: Sequence[str], *, stages: Sequence[str] = ("committed", "disbursed")
    ) -> pd.DataFrame:
        """Sums under a selection that names its source.

        Columns: those of `by` (codes as text; `year` as int), then those of `stages` (of pledged, committed, budgeted,
        disbursed) in that order: US dollars as exact Decimal (object), at the selection's prices; None where the
        source holds no figure for that rung (never 0 for an absence). One row per combination that occurs, ordered by
        `by`. With `by=()` one row, or none where nothing matches. `by` may name dimensions and `year`.
        Raises Unanswerable where the source does not tell one of the dimensions apart, Busy, TimeoutError."""
        ...

    def sums(self, selection: Selection, by: Sequence[str], stages: Sequence[str] = ("committed", "disbursed")) -> Sums:
        """As `totals`, as plain columns, which are there in a fraction of the time that a frame takes."""
        ...

    def series(self, names: Iterable[str], since: int, until: int) -> pd.DataFrame:
        """Indicator values. Columns: series, country (ISO alpha-3, donor or recipient code), year (int), sex
        (total, female, male or ratio), value (Decimal). Ordered by these."""
        ...

    def series_list(self) -> pd.DataFrame:
        """One row per indicator series: series, name, unit, goal, target, sex, better (up or down), source,
        definition, licence, since, until."""
        ...


def why_not(source: Source, selection: Selection, by: Iterable[str] = (), stages: Iterable[str] = ()) -> str:
    """Why a source cannot answer, as a sentence; empty where it can."""
    missing = sorted({*by, *selection.dimensions} - source.dimensions - {"year"})
    if missing:
        return f"{source.title} {_lacks(missing)}."
    lacking = [stage for stage in stages if stage not in source.stages]
    if lacking:
        return f"{source.title} does not report what was {_and(lacking)}."
    if selection.until < source.since or selection.since > source.until:
        covers, asked = years(source.since, source.until), years(selection.since, selection.until)
        return f"{source.title} covers {covers} and nothing of {asked}."
    return ""


def best_source(
    answers: Answers, selection: Selection, preferred: Sequence[str], by: Iterable[str] = (), stages: Iterable[str] = ()
) -> Source:
    """The source a panel reads: the one picked, or the first preferred one that can answer and holds what is picked.

    Raises Unanswerable with the reason of the picked source, or of the first preferred one."""
    by, stages, sources = tuple(by), tuple(stages), answers.codes.sources
    names = (selection.source,) if selection.source else tuple(n for n in in_order(preferred) if n in sources)
    reasons = {name: why_not(sources[name], selection, by, stages) for name in names}
    able = [sources[name] for name in names if not reasons[name]]
    if not able:
        raise Unanswerable(" ".join(reason for reason in list(reasons.values())[:1]) or "No source is loaded.")
    return next((source for source in able if holds(source, selection, answers.codes)), able[0])


def in_order(preferred: Sequence[str]) -> tuple[str, ...]:
    """Sources in the order in which they are tried: a full release before the first of its extracts, others last."""
    given = [name for name in preferred if name not in (*RELEASES, *OTHERS)]
    at = next((place for place, name in enumerate(given) if name in EXTRACTS), len(given))
    return (*given[:at], *RELEASES, *given[at:], *OTHERS)


def holds(source: Source, selection: Selection, codes: Codes) -> bool:
    """Whether some of what is picked in each dimension occurs in the source at all."""
    for dimension in selection.dimensions:
        present, groups = source.picks.get(dimension), codes.groups.get(dimension, {})
        if present is not None and not any(
            not present.isdisjoint(groups[code].members()) if code in groups else code in present
            for code in selection.picked(dimension)
        ):
            return False
    return True


def period(source: Source, selection: Selection, compared: bool = False) -> tuple[int, int]:
    """First and last year a panel really shows. `compared`: only years with every rung of the source, so that a gap
    or a share never sets sixteen years of commitments against fourteen of disbursements."""
    first = source.compared_since if compared else source.since
    return max(first, selection.since), min(source.until, selection.until)


def _lacks(missing: Sequence[str]) -> str:
    told = [PLURALS.get(name, name) for name in missing if name != MARKER]
    said = [f"does not distinguish {_and(told, ' or ')}"] if told else []
    said += ["carries no gender marker"] if MARKER in missing else []
    return " and ".join(said)


def _and(words: Sequence[str], last: str = " and ") -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + last + words[-1]
