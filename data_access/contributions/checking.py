"""What keeps a proposal from becoming a revision, said beside the field it came from: the checks of the register."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from dashboard import delivered_apart
from dashboard.contribution_effect import parts, proposed
from dashboard.contribution_fields import problems
from dashboard.contributions import ON_RECORD
from dashboard.findings import Judged
from dashboard.forms import Problem
from dashboard.pledges import Pledge
from dashboard.record_names import label
from data_access.contributions.records import blank
from data_access.contributions.writing import now
from data_access.registry import cells as texts
from data_access.registry import findings
from data_access.registry.checks import wrong_cells
from data_access.registry.store import Held, Registry
from data_access.registry.wrong import Wrong

FROM: Mapping[str, Mapping[str, str]] = {  # kind -> column -> the field that fills it
    "report": {
        "delivered_low": "amount", "delivered_high": "amount", "delivered_unit": "unit", "delivered_as_of": "until",
        "delivered_counts": "rung", "further_sources": "evidence",
    },
    "link": {"links": "target"},
    "status": {"statuses": "step"},
}  # fmt: skip


def amiss(
    held: Held, kind: str, of: str, maker: str, fields: Mapping[str, str], files: Collection[str] = ()
) -> tuple[Problem, ...]:
    """Everything that keeps a contribution from being submitted. of: the commitment it is about; fields: as typed;
    files: ids of those that go with it."""
    pledge = subject(held, kind, of, maker)
    found = problems(kind, fields, now(), files, pledge.amount.unit if pledge else "")
    if kind in ("change", "new") and pledge is not None:
        found += delivered_apart.problems(fields, texts.write(pledge))
    if found or kind not in ON_RECORD or pledge is None:
        return found
    if kind == "new" and of in held.pledges:
        return (Problem("", f"The register holds a commitment {of} already; please begin anew under another address."),)
    cells = texts.write(pledge)
    after = {**cells, **proposed(kind, fields, cells, name(held, maker), parts(kind, fields))}
    kept = wrong_cells(cells, held.directory, held.pledges) if kind != "new" else []
    before = {(one.column, one.code) for one in kept}
    wrong = wrong_cells(after, held.directory, held.pledges)
    return tuple(_problem(kind, one) for one in wrong if (one.column, one.code) not in before)


def subject(held: Held, kind: str, of: str, maker: str) -> Pledge | None:
    """The commitment that a contribution is about; of a new one a blank; None where there is none."""
    return blank(held.directory, of, maker) if kind == "new" else held.pledges.get(of)


def after(
    held: Held, kind: str, pledge: Pledge, maker: str, fields: Mapping[str, str], chosen: Iterable[str]
) -> Pledge:
    """The commitment as it would stand with the chosen parts; as it is where it cannot be read."""
    cells = texts.write(pledge)
    new = proposed(kind, fields, cells, name(held, maker), tuple(chosen))
    return texts.read({**cells, **new}, held.directory) if new else pledge


def name(held: Held, maker: str) -> str:
    """The name of a maker; the id itself where the register does not hold it."""
    found = held.directory.makers.get(maker)
    return found.name if found else maker


def answerable(registry: Registry, of: str) -> Mapping[str, Judged]:
    """Findings about a commitment that are held and not corrected, by key."""
    held = findings.known(registry)
    return {key: one for key, one in held.items() if of in one.finding.about and one.status != "corrected"}


def _problem(kind: str, wrong: Wrong) -> Problem:
    field = FROM.get(kind, {}).get(wrong.column, wrong.column if kind in ("change", "new") else "")
    value = f"“{wrong.value[:80]}” " if wrong.value else "This "
    known = label(wrong.column) if not field else ""
    said = f"{known}: {value}" if known else value
    return Problem(field, f"{said}{wrong.reason}; {wrong.remedy}.")
