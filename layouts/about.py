"""The pages of a forum, a donor and a recipient: what they promised, what came of it, what moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.about import HEIGHT, OWN, PART_IN, TO_GROUP, TO_IT, About, Group, line, shares_table, shares_title
from dashboard.about_words import lead
from dashboard.cite import pinned as pins
from dashboard.selection import Refusal
from layouts.filled import planted
from layouts.own_values import table
from layouts.peers import compared, needs
from layouts.pieces import facts, figure, folded, foot, panel, refused, to, twin
from layouts.promises import listed

SHOWN = 20  # commitments of a group before the rest is folded
FLOWS = 300  # pixels
FIRST = (OWN, TO_IT, TO_GROUP)  # of a recipient before what it is compared by: its own, and what is promised to it
SAID = (
    "Amounts stand in the currency of the promise and are never added: currencies and units mix, and a commitment of "
    "several makers holds theirs. One restates another where its record says so, or where it is measured as the one it "
    "is part of is. Two dots (..) mean not reported; 0 means reported as nil."
)
KINDS = {"forum": "Forum", "donor": "Donor", "recipient": "Recipient"}


@dataclass(frozen=True)
class Beside:
    """What the page of one kind has beside the lists: under its name, before the lists, and after them."""

    hero: Sequence[Any] = ()
    before: Sequence[Any] = ()
    after: Sequence[Any] = ()


def page(
    about: About, wrong: Sequence[Refusal], kept: str, edition: str, registry: str, beside: Beside | None = None
) -> list[Any]:
    other = beside or Beside()
    first, rest = (
        [_group(about, group, kept) for group in about.groups if group.entries and (group.heading in FIRST) == before]
        for before in (True, False)
    )
    crumb = [html.A("Commitments", **to("/commitments", kept)), f" / {KINDS[about.kind]}"]
    body = [
        *refused(wrong),
        planted(html.P(crumb, className="crumb")),
        html.H1(about.title),
        *other.hero,
        html.P(lead(about), className="lead"),
        *([planted(html.Div(facts(about.facts)))] if about.facts else []),
        *([planted(html.P(_ways(about, kept), className="links"))] if about.ways else []),
        *_shares(about),
        *_flows(about),
        *other.before,
        *needs(about.needs, about.region, kept),
        *(first if about.kind == "recipient" else []),
        *compared(about.kind, about.peers, about.places, kept),
        *(rest if about.kind == "recipient" else first + rest),
        *other.after,
    ]
    address = pins(f"/{about.kind}/{about.code}", edition, registry)
    titled = {"data-title": about.title}
    return [html.Main(body, id="content", className="wrap register", **titled), foot(SAID, address)]


def _ways(about: About, kept: str) -> list[html.A]:
    return [html.A(words, **to(path, kept)) for words, path in about.ways]


def _group(about: About, group: Group, kept: str) -> html.Section:
    first, rest = group.entries[:SHOWN], group.entries[SHOWN:]
    own = table(about, group.entries, kept) if group.heading == PART_IN else []
    body: list[Any] = [*own, listed(first, kept)]
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


TOTALS = "dac1"  # the source that tells all of a donor's aid, what it gives multilaterals too


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
    bilateral = about.kind == "donor" and about.shares and f"source={TOTALS}" not in (drawn.rows or "")
    under = f"Bilateral: contributions to the core of multilaterals are not in it. {drawn.subtitle}"
    return [panel("flows", drawn.title, under if bilateral else drawn.subtitle, body, drawn.source_line)]
