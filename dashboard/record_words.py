"""Fields of a record as readers are told them: names, what was delivered as one sentence, sources, steps, ties."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from dashboard.amounts import ABSENCES, Absence
from dashboard.contribution_effect import Cells, Difference, differences
from dashboard.delivered_apart import DELIVERED
from dashboard.links import LINKS, read_links
from dashboard.pledges import BY_MAKER
from dashboard.record_names import REPORTED
from dashboard.report_periods import told
from dashboard.statements import quoted
from dashboard.words import dated

KINDS = {
    "official": "official document",
    "academic": "academic work",
    "ngo": "civil society",
    "press": "press",
    "memory": "from memory: no document was seen",
    BY_MAKER: "given by its maker",
}


def told_apart(base: Cells, cells: Cells, after: Cells) -> tuple[Difference, ...]:
    """Differences in words: what was delivered as one of them. base, cells, after: as of `differences`."""
    every = differences(base, cells, after)
    kept = [_worded(one) for one in every if one.column not in DELIVERED]
    if len(kept) == len(every):
        return tuple(kept)
    then, new = delivered({**cells, **base}), delivered({**cells, **after})
    return Difference(REPORTED, then, delivered(cells), new), *kept


def delivered(cells: Cells) -> str:
    """`EUR 400 million committed, 2011 to 2013; by Germany`; the kind of absence where there is no figure."""
    try:
        low, high = Decimal(cells["delivered_low"]), Decimal(cells["delivered_high"])
    except InvalidOperation:
        known = cells["delivered_absence"]
        return ABSENCES[Absence(known)] if known in {one.value for one in Absence} else known
    counts = told(cells["delivered_counts"])
    more = [cells["delivered_counts"], cells["delivered_as_of"] and f"as of {dated(cells['delivered_as_of'])}"]
    said = f" {counts[0]}, {counts[1]}".replace(" ,", ",") if counts else "".join(f", {one}" for one in more if one)
    by = f"; by {cells['delivered_by']}" if cells["delivered_by"] else ""
    return f"{quoted(low, high, cells['delivered_unit'])}{said}{by}"


def _worded(one: Difference) -> Difference:
    say = LINES.get(one.column)
    return one if say is None else Difference(one.column, *map(say, (one.then, one.now, one.after)))


def _sources(written: str) -> str:
    return "\n".join(map(_source, written.splitlines()))


def _source(line: str) -> str:
    """`Report 2013, page 3 (https://example.org): given by its maker; of the delivery`."""
    of, kind, title, page, address = _cells(line, 5)
    said = ", ".join(part for part in (title, page) if part)
    what = "reported by its maker" if kind == BY_MAKER and not address else KINDS.get(kind, kind)
    where = f" ({address})" if address else ""
    return f"{said}{where}: {what}{'; of the delivery' if of == 'delivery' else ''}"


def _steps(written: str) -> str:
    return "\n".join(map(_step, written.splitlines()))


def _step(line: str) -> str:
    """`Reported on, 2013: 12,500 workers hired. Report of the Ministry, 3 (https://example.org): official document`."""
    step, date, note, kind, *document = _cells(line, 7)
    said = f"{step.replace('_', ' ').capitalize()}{f', {dated(date)}' if date else ''}{f': {note}' if note else ''}"
    return f"{said}. {_source(' | '.join(('', kind, *document)))}" if any(document) else said


def _ties(written: str) -> str:
    try:
        held = read_links(written)
    except ValueError:
        return written
    amounts = [f" ({one.currency} {one.amount:,f})" if one.amount is not None else "" for one in held]
    return "\n".join(
        f"{LINKS[one.kind]} {one.target}{amount}{f': {one.note}' if one.note else ''}"
        for one, amount in zip(held, amounts, strict=True)
    )


def _cells(line: str, count: int) -> list[str]:
    found = [part.strip() for part in line.split("|")]
    return [*found, *[""] * count][:count]


LINES: Mapping[str, Callable[[str], str]] = {"further_sources": _sources, "statuses": _steps, "links": _ties}
