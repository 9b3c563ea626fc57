"""What leaves the product says of what, from where and of which edition, and leads back to it."""

from __future__ import annotations

from datetime import date

import pytest
from werkzeug.exceptions import NotFound

from callbacks.things import tabled, thing
from dashboard.carried import at_edition, cited, short_mark
from dashboard.catalogue import OF_GOAL, PANELS
from dashboard.selection import Selection, read
from data_access.cube import Cube
from layouts.pages import GOAL, OVERVIEW


@pytest.mark.parametrize("name", PANELS)
def test_every_panel_leaves_with_its_words_and_an_address_that_names_the_edition(embedded: Cube, name: str) -> None:
    selection = Selection().change(goal=["5"], donor=["GBR"], since=2008)
    one = thing(embedded, name, selection)
    path, _, query = one.address.partition("?")
    again, refused = read(query, embedded.codes)
    assert one.title and one.filters.endswith("Years picked: 2008–2015") and one.edition == embedded.edition
    assert again.edition == embedded.edition and one.newest.partition("?")[0] == path and not refused
    goal = path.removeprefix("/goal/") if path.startswith("/goal/") else ""
    assert (again.change(goal=[goal]) if goal else again).without("edition") == selection
    assert tabled(one) is one.table


def test_the_mark_of_an_address_is_of_the_whole_address() -> None:
    one, other = (at_edition("/?goal=5", edition) for edition in ("2026-11-01-a", "2026-11-02-b"))
    assert short_mark(one) == short_mark("/?goal=5&edition=2026-11-01-a") != short_mark(other)
    assert len(short_mark(one)) == 10 and at_edition("/", "e 1") == "/?edition=e+1"


def test_a_citation_says_what_of_what_from_where_and_when(small: Cube) -> None:
    one = thing(small, "gap", Selection().change(donor=["FRA"]))
    said = cited(one, "https://example.org", date(2026, 3, 5))
    for part in (one.title.rstrip("."), "Donor: France (FRA)", one.source_line.rstrip("."), f"Edition {small.edition}"):
        assert part in said
    assert said.endswith(f"https://example.org{one.address} (read on 5 March 2026).")


def test_the_panels_of_a_goal_are_those_that_its_page_alone_shows() -> None:
    overview, goal = ({place.panel for place in page.places} for page in (OVERVIEW, GOAL))
    assert set(OF_GOAL) == goal - overview


def test_what_is_no_panel_is_not_found(small: Cube) -> None:
    with pytest.raises(NotFound, match="There is no panel of that name"):
        thing(small, "nothing", Selection())
