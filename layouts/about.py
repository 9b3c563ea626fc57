"""The pages of a forum, a donor and a recipient: what they promised, what came of it, what moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dash import html

from dashboard.about import HEIGHT, About, Group, line, shares_table, shares_title
from dashboard.cite import pinned as pins
from dashboard.outcomes import STATES
from dashboard.selection import Refusal
from layouts.filled import planted
from layouts.pieces import facts, figure, folded, foot, panel, refused, to, twin
from layouts.promises import listed

SHOWN = 20  # commitments of a group before the rest is folded
FLOWS = 300  # pixels
SAID = (
    "Amounts stand in the currency of the promise and are never added: currencies and units mix, and a commitment of "
    "several makers holds theirs. Two dots (..) mean not reported; 0 means reported as nil."
)
KINDS = {"forum": "Forum", "donor": "Donor", "recipient": "Recipient"}


def page(about: About, wrong: Sequence[Refusal], kept: str, edition: str, registry: str) -> list[Any]:
    crumb = [html.A("Commitments", **to("/commitments", kept)), f" / {KINDS[about.kind]}"]
    body = [
        *refused(wrong),
        planted(html.P(crumb, className="crumb")),
        html.H1(about.title),
        html.P(_lead(about), className="lead"),
        *([planted(html.Div(facts(about.facts)))] if about.facts else []),
        *([planted(html.P(_ways(about, kept), className="links"))] if about.ways else []),
        *_shares(about),
        *_flows(about),
        *(_group(group, kept) for group in about.groups if group.entries),
    ]
    address = pins(f"/{about.kind}/{about.code}", edition, registry)
    titled = {"data-title": about.title}
    return [html.Main(body, id="content", className="wrap register", **titled), foot(SAID, address)]


def _ways(about: About, kept: str) -> list[html.A]:
    return [html.A(words, **to(path, kept)) for words, path in about.ways]


def _lead(about: About) -> str:
    """How many, and what became of them, in counts."""
    entries = [entry for group in about.groups for entry in group.entries]
    if not entries:
        return "The register holds no commitment of it, nor one that names it."
    states = Counter(entry.state for entry in entries)
    measured = sum(entry.outcome.measured for entry in entries)
    each = [f"{len(group.entries)} {_short(group)}" for group in about.groups if group.entries]
    said = f"{len(entries)} commitments in the register ({', '.join(each)}), {measured} of them measured"
    told = f"{states['met']} delivered what was due, {states['short']} less"
    rest = [f"{states[state]} {STATES[state]}" for state in STATES if states[state] and state not in ("met", "short")]
    return f"{said}: {told}. Of the others: {', '.join(rest)}." if rest else f"{said}: {told}."


def _short(group: Group) -> str:
    """`of its own`, `it has a part in`, `promised to it`."""
    return group.heading.lower().replace("its own commitments", "of its own").removeprefix("commitments ")


def _group(group: Group, kept: str) -> html.Section:
    first, rest = group.entries[:SHOWN], group.entries[SHOWN:]
    body: list[Any] = [listed(first, kept)]
    body += [folded(f"{len(rest)} more", listed(rest, kept))] if rest else []
    if group.query:
        way = html.A("Show them in the list, with its filters", **to(f"/commitments?{group.query}", kept))
        body.append(planted(html.P(way, className="ways")))
    title = f"{group.heading}: {len(group.entries)}"
    name = group.heading.split()[-1].lower()
    return panel(f"of-{name}", title, group.words, body, "Register of commitments and the figures of this edition")


def _shares(about: About) -> list[html.Section]:
    if len(about.shares) < 2:
        return []
    title = shares_title(about.shares)
    body = [figure("shares", line(about.shares), HEIGHT, title), twin(shares_table(about.shares))]
    under = "Net official development assistance, per cent of gross national income, and the target dotted"
    return [panel("shares", title, under, body, "Source: OECD DAC1, extract by the ONE Campaign")]


def _flows(about: About) -> list[html.Section]:
    """What moved by year, from the source that answers best; and the way to all of it."""
    drawn = about.flows
    way = html.A("All flows, by Goal and partner", href=f"/?{about.overview}", **{"data-page": "/"})
    if drawn is None or drawn.empty or not drawn.figures:
        return []
    body: list[Any] = [figure("flows", drawn.figures["years"], FLOWS, drawn.sentence)]
    body += [html.P(drawn.note, className="note")] if drawn.note else []
    body += [twin(drawn.table)] if drawn.table else []
    body.append(planted(html.P(way, className="ways")))
    return [panel("flows", drawn.title, drawn.subtitle, body, drawn.source_line)]
