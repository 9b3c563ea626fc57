"""A briefing made from an address, in every format: the one way that the pages and the command line share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property

from markupsafe import Markup

from callbacks.bodies import Refused
from callbacks.book import Book, Opened
from callbacks.drawings import asked
from callbacks.embeds import Drawer, stamped
from callbacks.printer import NoPrinter, Printer
from callbacks.promised import LADDER, above
from callbacks.taken import taken
from callbacks.things import page_of, thing
from dashboard import briefing, carried, sheets
from dashboard.briefing import Briefing, key
from dashboard.carried import Carried
from dashboard.catalogue import PANELS
from dashboard.exports import in_words
from dashboard.figures.empties import unanswerable
from dashboard.pins import Pins
from dashboard.questions import Unanswerable
from dashboard.refusals import outright
from dashboard.selection import Selection, shortened
from dashboard.sheets import Brief, Sheet
from dashboard.words import listed
from data_access.cube import Cube
from data_access.shelf import Shelf
from layouts import briefing as layout
from layouts import briefing_file
from layouts.briefing_form import form
from layouts.commitment_frame import leaving

SHOWN = [name for name in PANELS if name != "rows"]
BYTES = 100_000_000  # of files made lately
NO_PDF = "No PDF is made here: {why} The page at {page} can be printed, or saved as PDF, from your browser."


@dataclass(frozen=True)
class Asked:
    """An address, read. opened: the register, where commitments are shown or what they came to."""

    told: Briefing
    cube: Cube
    selection: Selection
    opened: Opened | None

    @property
    def state(self) -> str:
        return self.opened.held.state if self.opened else ""


class Maker:
    """Makes briefings of one book."""

    def __init__(self, book: Book, printer: Printer) -> None:
        self.book, self.printer = book, printer
        head = Drawer(book).head("/briefing", "promised", "rows", "commitments")
        self._head = replace(head, styles=(*head.styles, stamped("/embed/briefing.css")))

    @cached_property
    def shelf(self) -> Shelf:
        """Files made lately, apart from the answers of pages: many briefings push none of those out."""
        return Shelf(self.book.library.home / "briefings", BYTES)

    def read(self, query: str) -> Asked:
        """What an address asks for. Raises Refused."""
        told = briefing.read(query, SHOWN)
        if told.refused:
            raise Refused(400, f"No briefing was made: {told.refused}")
        cube = taken(self.book.library, told.query)
        selection, refused = asked(cube, told.query, "/")
        pins, _, wrong = self.book.asked(cube, f"registry={told.registry}" if told.registry else "")
        if refused or wrong:
            said = [outright(one).rstrip(".") for one in (*refused, *wrong)]
            raise Refused(400, f"No briefing was made: {listed(said)}.")
        registered = told.pledges or any(name == LADDER for name, _ in told.items)
        opened = self.book.at(cube, Pins(registry=pins.registry)) if registered else None
        unknown = next((id_ for id_ in told.pledges if opened and id_ not in opened.held.pledges), "")
        if unknown:
            raise Refused(400, f"No briefing was made: {shortened(unknown)} is no commitment of the register.")
        return Asked(told, cube, selection, opened)

    def brief(self, of: Asked, on: date | None = None) -> Brief:
        """All that it shows. Raises Busy, TimeoutError."""
        every = [_sheet(of, name, own) for name, own in of.told.items]
        panels = any(not sheet.told for sheet in every)
        return Brief(
            every,
            of.told,
            sheets.about(of.selection, of.cube.codes, every),
            in_words(of.selection, of.cube.codes) if panels else "",
            of.cube.edition,
            sheets.pinned(of.told, of.cube.edition, of.state),
            self.book.public,
            on or datetime.now(UTC).date(),
        )

    def page(self, brief: Brief, titles: Mapping[str, str]) -> str:
        """The page that is read. titles: of all commitments, by id."""
        shown = {id_: titles[id_] for id_ in brief.told.pledges}
        return layout.page(
            brief, self._head, form(brief.told, SHOWN, shown, titles.items()), "edition=" in brief.told.query
        )

    def pdf(self, brief: Brief) -> bytes:
        """Raises Refused where nothing prints here, Busy where it could not be printed."""
        try:
            return self.printer.pdf(layout.page(brief, self._head, Markup(""), True), brief.told.one)
        except NoPrinter as why:
            page = f"/briefing?{brief.told.write()}"
            raise Refused(501, NO_PDF.format(why=why, page=page)) from why

    def pptx(self, brief: Brief) -> bytes:
        from dashboard.slides import slides  # takes half a second to read, and few ask for it

        return slides(brief)

    def html(self, brief: Brief) -> bytes:
        """One file for a word processor; without pictures where nothing here can draw them. Raises Busy."""
        try:
            drawn = self.printer.pictures(layout.page(brief, self._head, Markup(""), True))
        except NoPrinter:
            drawn = []
        return briefing_file.written(brief, drawn).encode()


def _sheet(of: Asked, name: str, own: str) -> Sheet:
    if of.opened and name != key(name):
        told = of.opened.told(key(name))
        return Sheet(leaving(told), own, told)
    return Sheet(shown(of.cube, name, of.selection, of.opened), own)


def shown(cube: Cube, name: str, selection: Selection, opened: Opened | None = None) -> Carried:
    """A panel as it leaves; where the sources cannot tell it, the sentence that says so. opened: the register, for what
    it tells above a ladder."""
    try:
        return thing(cube, name, selection, *(above(opened, name, selection) if opened else ()))
    except Unanswerable as why:
        drawing = unanswerable(selection, why, name)
        newest = page_of(name, selection.without("edition"))
        return carried.panel(name, drawing, in_words(selection, cube.codes), cube.edition, newest)
