"""What leaves the product: a panel or table under a selection, with all that a copy of it must carry.

Every channel (file, picture, briefing, embed, link, interface for programs) makes a `Carried` and writes it in its own
format; none finds another title, source line, selection in words, address or citation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b
from urllib.parse import urlencode, urlsplit

from dashboard.cite import NAME, pinned
from dashboard.panels import Drawing, Table
from dashboard.pledges import Pledge
from dashboard.register_rungs import sentence
from dashboard.words import several

DIGITS = 10  # of the short mark of an address: 40 bits, so that a million links meet with a chance of one in two
ALL = "All of them: nothing is picked"
REGISTER = "Source: register of commitments"
CHECKED = f"{REGISTER}, and for each figure what stands beside it"  # of findings


@dataclass(frozen=True)
class Carried:
    """name: of the panel or table. filters: the selection in words. address: path and query of the page that shows it,
    the edition named; newest: the same without the edition. drawing: what a panel shows, None of a table alone.
    sentence, note, terms: as of a `Drawing`. state: of the register of commitments, where it is shown."""

    name: str
    title: str
    subtitle: str
    filters: str
    source_line: str
    edition: str
    address: str
    newest: str
    table: Table | None = None
    drawing: Drawing | None = None
    sentence: str = ""
    note: str = ""
    terms: tuple[str, ...] = ()
    state: str = ""

    @property
    def mark(self) -> str:
        """The short mark of the address: the same for the same view of the same edition, wherever it is made."""
        return short_mark(self.address)


def short_mark(address: str, digits: int = DIGITS) -> str:
    """Hexadecimal digits of an address (path and query), up to 64: ten, and more of them where two addresses meet."""
    first = blake2b(address.encode(), digest_size=DIGITS // 2).hexdigest()
    return (first + blake2b(address.encode(), digest_size=32).hexdigest())[:digits]


def panel(name: str, shown: Drawing, filters: str, edition: str, newest: str) -> Carried:
    """A panel as it leaves. newest: path and query of its page, no edition named. What the register tells above its
    figures stands in its note: not every format draws it."""
    note = " ".join(said for said in (sentence(shown.parts), shown.note) if said)
    return Carried(
        name,
        shown.title,
        shown.subtitle,
        filters,
        shown.source_line,
        edition,
        at_edition(newest, edition),
        newest,
        shown.table,
        shown,
        shown.sentence,
        note,
        shown.terms,
    )


def sourced(one: Carried, source_line: str) -> Carried:
    """The same with its source."""
    return replace(one, source_line=source_line)


def at_edition(address: str, edition: str) -> str:
    """A path and query with the edition named."""
    path, _, query = address.partition("?")
    return f"{path}?{query}&{urlencode({'edition': edition})}" if query else f"{path}?{urlencode({'edition': edition})}"


def pledge(one: Pledge, edition: str, state: str) -> Carried:
    """The page of a commitment as it leaves: with the edition of its figures and the state of its record."""
    path = f"/commitment/{one.id}"
    made = f"Made by {one.maker}" if one.maker else ""
    return Carried(
        path.removeprefix("/"),
        one.title,
        "Commitment",
        made,
        REGISTER,
        edition,
        pinned(path, edition, state),
        path,
        sentence=one.title.rstrip(".") + ".",
        state=state,
    )


def figure_of(one: Carried, title: str, subtitle: str, source_line: str) -> Carried:
    """A figure of a page as it leaves: under its own title, and said to be of that page."""
    of = ". ".join(part.rstrip(".") for part in (one.title, one.filters) if part)
    return replace(one, title=title, subtitle=subtitle, filters=of, source_line=source_line)


def of_register(
    name: str,
    title: str,
    terms: Mapping[str, str],
    path: str,
    edition: str,
    state: str,
    table: Table,
    source: str = REGISTER,
) -> Carried:
    """A table of a page of the register as it leaves. terms: of the address, as written, but its pins. source: its
    source line."""
    query = urlencode(terms, safe=",:")
    address = pinned(path, edition, state)
    return Carried(
        name,
        title,
        several(len(table.rows)),
        "; ".join(f"{key.capitalize()}: {value.replace(',', ', ')}" for key, value in terms.items()) or ALL,
        source,
        edition,
        f"{address}&{query}" if query else address,
        f"{path}?{query}" if query else path,
        table,
        state=state,
    )


def of_survey(name: str, shown: Drawing, filters: str, edition: str, address: str, newest: str) -> Carried:
    """Results of a survey as they leave. edition: when they were published; address: of their page, which names it;
    newest: the same without it."""
    said = (shown.title, shown.subtitle, filters, shown.source_line, edition, address, newest, shown.table, shown)
    return Carried(name, *said, shown.sentence, shown.note)


def cited(one: Carried, public: str, on: date) -> str:
    """One paragraph: what, under which selection, from where, of which edition, read where and when. public: how
    readers reach the app, without a slash at the end; empty where the operator has not said it."""
    host = urlsplit(public).netloc
    read = f"{NAME} ({host})" if host else NAME
    said = (read, f"“{one.title.rstrip('.')}”", one.filters, one.source_line, held(one))
    words = " ".join(f"{part.rstrip('.')}." for part in said if part)
    return f"{words} {public}{one.address} (read on {on.day} {on:%B %Y})."


def held(one: Carried) -> str:
    """The edition and, where the register is shown, its state, in words."""
    return f"Edition {one.edition}" + (f", state of the register {one.state}" if one.state else "")
