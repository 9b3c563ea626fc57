"""What the page of a forum has beside its lists: its headline, its sum, its gaps, fora like it, what lies behind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.commitment import Entry
from dashboard.finding_list import Listed
from dashboard.forum import Behind, Near, together
from dashboard.forum_words import NO_SUM, added, beside, common, headline
from dashboard.gap_list import Needed, alike
from dashboard.goal_register import delivery
from dashboard.promised import Promised
from dashboard.promised_words import EACH
from dashboard.promised_words import rungs as in_rungs
from dashboard.selection import Selection
from layouts import doubts
from layouts.filled import el, planted
from layouts.gap_parts import three, without
from layouts.gaps import chart, like
from layouts.ladder import gaps as in_gaps
from layouts.matrix import mark_of
from layouts.opening import opening
from layouts.parts import mark, rungs
from layouts.pieces import folded, panel, to

REGISTER = "Register of commitments and the figures of this edition"
SHOWN = 10  # rows of a table before the rest is folded; the own row always stands among them
EACH_ALONE = "Each measured commitment in its own unit, the smallest share of what was due first; none of it is added."
NONE = "None of its commitments can be measured from the data at hand; each stands under its reason."
HEADS = ("Forum", "Commitments", "Measured", "Delivered", "Committed")
BEHIND = ("Commitment", "Counted from", "Rows", "Flows")


def hero(told: Promised, entries: Sequence[Entry], kept: str) -> html.Div:
    return html.Div(opening(headline(told, entries, kept), heading=False), className="hero")


def summed(told: Promised, kept: str) -> html.Section:
    """What can be added with its delivery gap, and the reason for every commitment that is not in the sum."""
    behind = in_rungs(told, kept)
    behind["absent"], behind["apart"] = "", f"{EACH}." if behind["rungs"] else ""  # the headline says why
    first = html.Div(in_gaps([delivery(told)])) if told.sum else html.P(NO_SUM)
    body = [planted(first), rungs(behind)]
    under = "Promises of money over years that count nothing in common. What is not in the sum is said, with its reason"
    return panel("of-gaps", added(told), under, body, REGISTER)


def gaps(entries: Sequence[Entry], needed: Sequence[Needed], id_: str, kept: str, pinned: str) -> list[Any]:
    """Due, delivered and gap of each measured commitment, in like units; the others by their reason."""
    ways = [html.A("These commitments on the page of gaps", **to(f"/gaps?forum={id_}", kept))]
    ways.append(html.A("The table as a file (CSV)", href=f"/export/gaps.csv?forum={id_}&{pinned}"))
    measured = any(entry.outcome.measured for entry in entries)
    head = [html.H2("Delivery and gaps of each", id="gaps"), html.P(EACH_ALONE if measured else NONE, className="sub")]
    head.append(planted(html.P(ways, className="links")))
    made = [*chart(entries), *(like(group, kept) for group in alike(entries))]
    made += [three(needed, kept)] if needed else []
    return [html.Div(head, className="peers-head"), *made, *without(entries, kept)]


def near(every: Sequence[Near], kept: str) -> list[html.Section]:
    """Fora like it in counts, each with what is in common; its own row among them."""
    if all(one.own for one in every):
        return []
    first = [*every[:SHOWN], *(one for one in every[SHOWN:] if one.own)]
    more = [one for one in every if one not in first]
    body = [_table(first, kept)] + ([folded(f"{len(more)} more", _table(more, kept))] if more else [])
    under = (
        "Fora of the same kind, or where one of the same makers promised towards one of the same Goals. Commitments, "
        "those measured, those that delivered or committed what was due; a part is counted beside its whole. The most "
        "measured first; those of which none is measured last"
    )
    return [panel("near", beside(every), under, body, REGISTER)]


def _table(every: Sequence[Near], kept: str) -> Any:
    head = el.thead(el.tr([el.th(words, scope="col") for words in HEADS]))
    caption = el.caption("Fora like it, in counts", className="heard-only")
    body = el.tbody([_forum(one, kept) for one in every])
    return planted(html.Div(el.table([caption, head, body], className="listing aims fora-of"), className="wide"))


def _forum(one: Near, kept: str) -> Any:
    name = el.b(one.forum.name) if one.own else el.a(one.forum.name, **to(f"/forum/{one.forum.id}", kept))
    under = "This forum" if one.own else common(one)
    cells = [_count(one, "", one.held, kept), _measured(one, kept)]
    cells += [f"{one.met}", f"{one.committed}"] if one.measured else [_none(), _none()]
    made = [el.td(cell, className="number", **{"data-l": head}) for cell, head in zip(cells, HEADS[1:], strict=True)]
    about = {"aria-current": "true", "className": "own"} if one.own else {}
    return el.tr([el.th([name, el.small(under)], scope="row"), *made], **about)


def _measured(one: Near, kept: str) -> Any:
    return _count(one, "measured=yes", one.measured, kept) if one.measured else [mark(_sign(), ""), " none"]


def _count(one: Near, asked: str, count: int, kept: str) -> Any:
    """A count with the way to the list of what it counts."""
    words = f"{count} {'measured ' if asked else ''}commitment{'' if count == 1 else 's'}: {one.forum.name}"
    query = "&".join(filter(None, (f"forum={one.forum.id}", asked)))
    return el.a(f"{count}", **to(f"/commitments?{query}", kept), **{"aria-label": words})


def _none() -> Any:
    return mark(_sign(), "not measured")


def _sign() -> str:
    return mark_of("not_measurable")


def behind(every: Sequence[Behind], edition: str, kept: str) -> list[html.Section]:
    """The ways to what moved: of each measured commitment, and of all their donors and Goals. edition: that the address
    pins."""
    if not every:
        return []
    rows = [_behind(one, edition, kept) for one in every]
    body = [_ways(rows[:SHOWN])]
    body += [folded(f"{len(rows) - SHOWN} more", _ways(rows[SHOWN:]))] if rows[SHOWN:] else []
    if len(every) > 1:
        words = "All flows of the donors, recipients and Goals that these name"
        body.append(planted(html.P(html.A(words, **_to("/", together(every), edition)), className="ways")))
    under = (
        "The rows that a figure is counted from, and all that moved from the same donors, to the same recipients and "
        "for the same Goals in the same years. What moved is not what was promised: the two are never set against "
        "each other"
    )
    return [panel("behind", "What lies behind what is measured", under, body, REGISTER)]


def _ways(rows: Sequence[Any]) -> Any:
    head = el.thead(el.tr([el.th(words, scope="col") for words in BEHIND]))
    caption = el.caption("Rows and flows behind each measured commitment", className="heard-only")
    return planted(html.Div(el.table([caption, head, el.tbody(rows)], className="listing behind-of"), className="wide"))


def _behind(one: Behind, edition: str, kept: str) -> Any:
    pledge = one.entry.pledge
    own, named = to(f"/commitment/{pledge.id}", kept), {"aria-label": f"Rows behind {pledge.title}"}
    rows = el.a("Rows", **_to("/rows", one.rows, edition), **named) if one.rows else "of a series, told on its page"
    flows = el.a("Flows", **_to("/", one.flows, edition), **{"aria-label": f"Flows beside {pledge.title}"})
    cells = [el.td(cell, **{"data-l": head}) for cell, head in zip((one.source, rows, flows), BEHIND[1:], strict=True)]
    return el.tr([el.th(el.a(pledge.title, **own), scope="row"), *cells])


def _to(path: str, selection: Selection, edition: str) -> dict[str, str]:
    query = selection.change(edition=edition).write()
    return to(f"{path}?{query}" if query else path)


def findings(
    every: Sequence[Listed] | None, failed: str, entries: Sequence[Entry], id_: str, kept: str, pinned: str
) -> html.Section:
    """What the checks found about its commitments; while they run, that they do. failed: why they came to no end."""
    if every is None:
        return doubts.untold(failed, doubts.WAITING)
    if not every:
        return doubts.none("its commitments")
    titles = {entry.pledge.id: entry.pledge.title for entry in entries}
    ways = [html.A("All of them on the page of findings", **to(f"/findings?forum={id_}", kept))]
    ways.append(html.A("As a file (CSV)", href=f"/export/findings.csv?forum={id_}&{pinned}"))
    return doubts.several(every, titles, ways, kept)
