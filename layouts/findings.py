"""The page of findings: filters, the count, and each finding folded under its sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.checks import CHECKS
from dashboard.finding_list import BY_NAME, FACETS, Failed, Listed, Page, figure_words
from dashboard.findings import SEVERITIES, STATUSES, Side
from dashboard.page_terms import Terms
from dashboard.selection import Refusal
from layouts.contributed import answer, spoken
from layouts.filled import planted
from layouts.finding_history import history
from layouts.forms import forms
from layouts.pager import pager
from layouts.pages import FINDINGS_PATH, short
from layouts.pieces import commitment, facts, foot, refused
from layouts.termbar import Offer, bar, chips, link

TITLE = "Findings"
NAMES = {"check": "Kind of check", "severity": "Severity", "status": "Status"}
NAMES |= {"maker": "Maker", "goal": "Goal", "forum": "Forum"}
ABOUT = (
    "A finding is one thing that does not add up: two figures from two sources, and the check that set them side by "
    "side. It does not say which of the two is right. Checks are run over every commitment and over the flows."
)
SAID = (
    "A finding stays open until it is explained or corrected; an explained one opens again when one of its figures "
    "changes. Figures are quoted with the digits that their sources write."
)
SEVERE = {"high": "High", "medium": "Medium", "low": "Low"}
MEANS = {
    "high": "one figure contradicts another, or cannot be read without its basis",
    "medium": "two accounts differ by more than rounding",
    "low": "something is missing, or differs for a reason that may be sound",
}


def words(named: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """Labels of the values of each filter. named: of makers and fora."""
    return {
        "check": {check.name: check.title for check in CHECKS},
        "severity": SEVERE,
        "status": {status: status.capitalize() for status in STATUSES},
        "maker": named.get("maker", {}),
        "goal": {goal: short(goal) for goal in "12345678"},
        "forum": named.get("forum", {}),
    }


def content(
    page: Page,
    terms: Terms,
    every: Sequence[Refusal],
    named: Mapping[str, Mapping[str, str]],
    titles: Mapping[str, str],
    pinned: str,
) -> list[Any]:
    """named: of makers and fora, by id. titles: of the commitments findings are about. pinned: the permalink."""
    labels = words(named)
    picked = chips(FINDINGS_PATH, terms, {key: labels[key] for key in FACETS}, ("page", "finding"))
    body = [
        html.Div([*picked, *refused(every)], className="chips") if picked or every else "",
        html.H1(_headline(page), className="told-head"),
        html.P(ABOUT, className="lead"),
        html.P(_count(page), className="count-line", role="status"),
        planted(html.Ol([_finding(one, terms, titles) for one in page.rows], className="findings")),
        pager(FINDINGS_PATH, terms.change(finding=""), page.page, page.pages, "Pages of findings"),
        forms("findings", pinned, "These findings as a file"),
        _checks(),
    ]
    main = html.Main(body, id="content", className="wrap register reckoned", **{"data-title": TITLE})
    return [_bar(page, terms, labels), main, foot(SAID, pinned)]


def waiting(pinned: str, failed: Failed | None = None) -> list[Any]:
    """While the checks of an edition are run for the first time; failed: they came to no end."""
    words = "Show the findings" if failed is None else "Try again"
    again = html.A(words, href=FINDINGS_PATH, **{"data-page": FINDINGS_PATH})
    said = "The checks are being run over every commitment of this state. It takes some ten seconds, once."
    kind = "empty" if failed is None else "err"
    inner = html.Div(
        [html.P(failed.sentence if failed else said, role="status"), html.P(again, className="ways")], className=kind
    )
    main = html.Main([html.H1(TITLE), inner], id="content", className="wrap register", **{"data-title": TITLE})
    return [main, foot(SAID, pinned)]


def _bar(page: Page, terms: Terms, labels: Mapping[str, Mapping[str, str]]) -> Any:
    menus = {}
    for facet in FACETS:
        counts = page.facets[facet]
        order = [value for value in labels[facet] if value in counts or value in terms.all(facet)]
        offers = [Offer(value, labels[facet][value], f"{counts.get(value, 0):,}") for value in order]
        menus[facet] = (NAMES[facet], offers)
    return bar(FINDINGS_PATH, terms, menus, ("page", "finding"))


def _headline(page: Page) -> str:
    if page.total == page.every:
        return f"{page.every:,} findings" if page.every else "No check finds anything"
    return f"{page.total:,} of {page.every:,} findings"


def _count(page: Page) -> str:
    if not page.total:
        return "No finding passes these filters; each filter above says how many the others leave."
    first = (page.page - 1) * 25 + 1
    shown = f"{first:,} to {first + len(page.rows) - 1:,}" if page.total > len(page.rows) else "all"
    of = f" of {page.total:,}" if page.total > len(page.rows) else f" {page.total:,}"
    counts = page.facets["severity"]
    kinds = ", ".join(f"{counts[severity]:,} {severity}" for severity in SEVERITIES if severity in counts)
    each = f" ({kinds})" if sum(counts.values()) == page.total else ""
    return f"Shown: {shown}{of}, severest first{each}."


def _finding(one: Listed, terms: Terms, titles: Mapping[str, str]) -> html.Li:
    finding, check = one.finding, BY_NAME.get(one.finding.check)
    badge = html.Span(SEVERE[finding.severity], className=f"badge sev-{finding.severity}")
    state = [html.Span(one.status, className="badge")] if one.status != "open" else []
    kind = html.Span(check.title if check else finding.check, className="kind-of")
    summary = html.Summary([html.Span([badge, *state, kind], className="over-of"), html.Span(finding.words)])
    inside = [
        html.Div([_side(finding.first), _side(finding.second)], className="sides"),
        facts(
            [
                ("About", _about(one, titles, terms.pins)),
                ("Check", check.words if check else ""),
                ("Severity", f"{SEVERE[finding.severity]}: {MEANS[finding.severity]}"),
                ("Status", STATUSES.get(one.status, one.status)),
                ("History", history(one.history)),
                ("Replies and comments", spoken(one.said)),
                ("Say something", answer(one.id, [id_ for id_ in one.finding.about if id_ in titles])),
                ("Address", html.A("this finding", **link(FINDINGS_PATH, terms.change(finding=one.id, page="")))),
            ]
        ),
    ]
    opened = {"open": True} if one.id == terms.one("finding") else {}
    return html.Li(html.Details([summary, html.Div(inside, className="inside")], className="finding", **opened))


def _side(side: Side) -> html.Div:
    source = html.Span(side.source or "no source is kept", className="source-said")
    return html.Div([html.B(figure_words(side.figure) or "no figure"), source])


def _about(one: Listed, titles: Mapping[str, str], kept: str) -> list[Any]:
    known = [commitment(id_, titles[id_], kept) if id_ in titles else html.Span(id_) for id_ in one.finding.about]
    return [html.Div(made) for made in known]


def _checks() -> html.Details:
    rows = [html.Div([html.Dt(check.title), html.Dd(check.words)]) for check in CHECKS]
    return html.Details(
        [html.Summary(f"The {len(CHECKS)} checks"), html.Dl(rows, className="told-as")], className="folded"
    )
