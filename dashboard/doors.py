"""Every address of the app and every callback: either a public read, or an action of the policy table.

A test compares this with the app as it is served: what stands in neither place fails it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from dashboard.policy import ROWS

PEOPLE = re.compile(r"/(my|moderate|admin|sign-in|sign-out|invitation|reset|comment)(/|$)")
LARGE = re.compile(  # addresses that take files
    r"/my/contributions/(new|[0-9a-f]{32}(/evidence(/away)?)?)|/my/commitments/file"
    r"|/my/surveys/[a-z0-9_-]+/[^/]+/(at/[a-z0-9_-]+|file/[a-z0-9_-]+(/away)?)"
)
LONG = re.compile(  # long forms
    r"/my/surveys/[a-z0-9_-]+/[^/]+/(at/[a-z0-9_-]+|file/[a-z0-9_-]+(/away)?)|/admin/surveys(/[a-z0-9_-]+/written)?"
)
Door = tuple[str, str]  # method, rule of the address

ACTIONS: Mapping[Door, tuple[str, str]] = {  # -> action, kind of thing
    ("GET", "/sign-in"): ("sign in", "session"),
    ("POST", "/sign-in"): ("sign in", "session"),
    ("POST", "/sign-out"): ("sign out", "session"),
    ("GET", "/sign-in/elsewhere"): ("sign in", "session"),
    ("POST", "/sign-in/elsewhere"): ("sign in", "session"),
    ("GET", "/invitation/<mark>"): ("accept", "invitation"),
    ("POST", "/invitation/<mark>"): ("accept", "invitation"),
    ("GET", "/reset"): ("reset", "password"),
    ("POST", "/reset"): ("reset", "password"),
    ("GET", "/reset/<mark>"): ("reset", "password"),
    ("POST", "/reset/<mark>"): ("reset", "password"),
    ("GET", "/my"): ("read", "account"),
    ("POST", "/my/about"): ("change", "account"),
    ("POST", "/my/password"): ("change", "account"),
    ("POST", "/my/device"): ("change", "account"),
    ("POST", "/my/device/away"): ("change", "account"),
    ("POST", "/my/session"): ("end", "session"),
    ("POST", "/my/erase"): ("erase", "account"),
    ("GET", "/admin/people"): ("administer", "people"),
    ("POST", "/admin/people/invite"): ("invite", "people"),
    ("POST", "/admin/people/withdraw"): ("invite", "people"),
    ("POST", "/admin/people/disable"): ("disable", "person"),
    ("POST", "/admin/people/enable"): ("disable", "person"),
    ("POST", "/admin/people/revoke"): ("grant", "person"),
    ("GET", "/admin/record"): ("read", "audit"),
    # surveys
    ("GET", "/my/surveys"): ("list", "surveys"),
    ("GET", "/my/surveys/<survey>/<maker>"): ("answer", "survey"),
    ("GET", "/my/surveys/<survey>/<maker>/at/<part>"): ("answer", "survey"),
    ("POST", "/my/surveys/<survey>/<maker>/at/<part>"): ("answer", "survey"),
    ("POST", "/my/surveys/<survey>/<maker>/<action>"): ("answer", "survey"),
    ("GET", "/my/surveys/<survey>/<maker>/file/<id_>"): ("answer", "survey"),
    ("POST", "/my/surveys/<survey>/<maker>/file/<question>"): ("answer", "survey"),
    ("POST", "/my/surveys/<survey>/<maker>/file/<question>/away"): ("answer", "survey"),
    ("GET", "/admin/surveys"): ("administer", "surveys"),
    ("POST", "/admin/surveys"): ("administer", "surveys"),
    ("POST", "/admin/surveys/take"): ("administer", "surveys"),
    ("GET", "/admin/surveys/<survey>"): ("administer", "surveys"),
    ("POST", "/admin/surveys/<survey>/<action>"): ("administer", "surveys"),
    ("GET", "/admin/surveys/<survey>/results"): ("administer", "surveys"),
    ("GET", "/admin/surveys/<survey>/file/<id_>"): ("administer", "surveys"),
    # contributions and moderation
    ("GET", "/my/contributions"): ("list", "contributions"),
    ("GET", "/my/contributions/new"): ("list", "contributions"),  # who speaks for others is told what they can do
    ("POST", "/my/contributions/new"): ("start", "contribution"),
    ("GET", "/my/contributions/<id_>"): ("read", "contribution"),
    ("POST", "/my/contributions/<id_>"): ("edit", "contribution"),
    ("GET", "/my/contributions/<id_>/preview"): ("read", "contribution"),
    ("POST", "/my/contributions/<id_>/move"): ("submit", "contribution"),
    ("POST", "/my/contributions/<id_>/evidence"): ("attach", "contribution"),
    ("POST", "/my/contributions/<id_>/evidence/away"): ("attach", "contribution"),
    ("GET", "/my/evidence/<id_>"): ("read", "evidence"),
    ("GET", "/my/commitments/new"): ("start", "contribution"),
    ("POST", "/my/commitments/new"): ("start", "contribution"),
    ("GET", "/my/commitments/file"): ("start", "contribution"),
    ("POST", "/my/commitments/file"): ("start", "contribution"),
    ("GET", "/my/commitments/commitments.xlsx"): ("start", "contribution"),
    ("GET", "/my/comments/new"): ("write", "comment"),
    ("POST", "/my/comments/new"): ("write", "comment"),
    ("GET", "/comment"): ("leave", "comment"),
    ("POST", "/comment"): ("leave", "comment"),
    ("POST", "/my/comments/<id_>/withdraw"): ("withdraw", "comment"),
    ("GET", "/moderate"): ("list", "queue"),
    ("POST", "/moderate"): ("decide", "comment"),
    ("GET", "/moderate/<id_>"): ("moderate", "contribution"),
    ("POST", "/moderate/<id_>"): ("decide", "contribution"),
    ("POST", "/moderate/<id_>/take"): ("decide", "contribution"),
}
PUBLIC = (  # rules of addresses that everybody may read, and that change nothing
    "/",
    "/<path:path>",
    "/_dash-component-suites/<string:package_name>/<path:fingerprinted_path>",
    "/_dash-dependencies",
    "/_dash-layout",
    "/_dash-update-component",  # the callbacks below, and no others
    "/_favicon.ico",
    "/_reload-hash",
    "/api",
    "/api/v1/",
    "/as-of",
    "/assets/<path:filename>",
    "/briefing",
    "/briefing.html",
    "/briefing.pdf",
    "/briefing.pptx",
    "/card.png",
    "/card/",
    "/cite/",
    "/comments",
    "/data/<part>.json",
    "/embed/",
    "/evidence/<id_>",
    "/export/",
    "/feed/",
    "/fonts/<name>",
    "/healthz",
    "/oembed",
    "/privacy",
    "/readyz",
    "/robots.txt",
    "/s",
    "/s/<mark>",
    "/sitemap.xml",
    "/static/<path:filename>",
    "/surveys",
    "/surveys/<survey>",
)
CALLBACKS = (  # the beginnings of the outputs of callbacks: all of them read, and show everybody the same
    "..page.children...nav.children",
    "..address.search...",
    '..{"key":["ALL"],"type":"filter"}.value...',
    '..{"panel":["ALL"],"type":"head"}.children...',
    '{"panel":["MATCH"],"type":"table"}.children',
    "edition.children@",
    "..data.children...shown.data@",
    "..register.children...shown.data@",
    "..reckoned.children...shown.data@",
)


def of_people(path: str) -> bool:
    """Whether an address needs to know who asks: it takes forms, is never kept by caches, and never framed."""
    return PEOPLE.match(path) is not None


def public(rule: str) -> bool:
    """Whether a rule is in the list of public reads; one that ends in a slash stands for all below it."""
    return any(rule == one or (one.endswith("/") and one != "/" and rule.startswith(one)) for one in PUBLIC)


def action(method: str, rule: str) -> tuple[str, str] | None:
    """What an address does by the policy table; None where it is not of people. A HEAD is a GET."""
    found = ACTIONS.get(("GET" if method == "HEAD" else method, rule))
    return found if found in ROWS else None
