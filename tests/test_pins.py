"""An address that pins an edition of the figures or a state of the register is answered from it, or says it is not."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from callbacks import commitments
from callbacks.book import Book
from callbacks.taken import taken
from dashboard.pins import Pins, read
from data_access import editions
from data_access.editions import NoEdition
from data_access.library import Library
from data_access.registry import opening
from data_access.registry.opening import open_registry
from data_access.registry.writing import Edits
from tests import living
from tests.registries import ALL, NOTED, SHARE
from tests.test_layouts import flat

KNOWN = ("2026-11-01-aaaaaaaa", "2026-11-23-bbbbbbbb")
STATES = ("0123456789ab",)
SOON = 3.0  # seconds


@pytest.mark.parametrize(
    ("query", "pins", "terms", "refused"),
    [
        ("", Pins(), {}, []),
        (f"edition={KNOWN[0]}&registry={STATES[0]}", Pins(KNOWN[0], STATES[0]), {}, []),
        ("edition=2001-01-01-00000000", Pins(), {}, ["is not an edition that is kept here; the current one is shown"]),
        ("registry=ffffffffffff", Pins(), {}, ["is not a state that the register had; the current one is shown"]),
        (f"edition={KNOWN[0]}&edition={KNOWN[1]}", Pins(KNOWN[0]), {}, ["edition is given twice; the first is used"]),
        ("goal=4&view=brief", Pins(), {"goal": "4"}, []),
        ("goal=4&colour=red", Pins(), {"goal": "4"}, ["colour=red is not a term of this page"]),
        ("&".join(f"goal{n}=4" for n in range(101)), Pins(), {}, ["The link is too long"]),
    ],
)
def test_the_pins_of_an_address_are_read_and_what_is_not_kept_is_refused(
    query: str, pins: Pins, terms: dict[str, str], refused: list[str]
) -> None:
    found = read(query, KNOWN, STATES, ("goal",))
    assert found[:2] == (pins, terms)
    assert [said in one.sentence for said, one in zip(refused, found[2], strict=True)] == [True] * len(refused)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Library, str, str]]:
    """A library of two editions, the second of them current."""
    first = living.small_edition(tmp_path, living.embedded_stand_in())
    second = living.small_edition(tmp_path, "small-000000000002", 2)
    editions.point(tmp_path, second)
    library = Library(tmp_path)
    yield library, first, second
    library.close()


def test_an_edition_is_the_one_pinned_then_the_one_shown_then_the_current_one(two: tuple[Library, str, str]) -> None:
    library, first, second = two
    with Flask("pins").app_context():
        assert taken(library, "").edition == second
        assert taken(library, f"?edition={first}").edition == first
        assert taken(library, f"?goal=4&edition={first}").edition == first
        assert taken(library, "", first).edition == first
        assert taken(library, f"?edition={second}", first).edition == second
        assert taken(library, "?edition=2001-01-01-00000000").edition == second
        assert taken(library, "?edition=2001-01-01-00000000", first).edition == first
    with pytest.raises(NoEdition):
        library.cube("2001-01-01-00000000")


def test_an_answer_is_of_one_edition_whatever_is_published_while_it_is_made(
    two: tuple[Library, str, str], tmp_path: Path
) -> None:
    library, first, second = two
    with Flask("pins").app_context():
        assert taken(library, "").edition == second
        editions.point(tmp_path, first)
        end = time.monotonic() + SOON
        while library.cube().edition != first and time.monotonic() < end:
            time.sleep(0.02)
        assert library.cube().edition == first
        assert taken(library, "").edition == second
    with Flask("pins").app_context():
        assert taken(library, "").edition == first


@pytest.fixture
def changed(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Book, str, str]]:
    """A book whose register has had two states, and their names."""
    monkeypatch.setattr(opening.embedded, "fill", lambda connection: None)
    registry = open_registry(tmp_path)
    before = registry.write(ALL, NOTED)
    after = registry.write(Edits((replace(SHARE, title="Rwanda: another title"),)), NOTED)
    yield Book(book.library, registry), before, after
    registry.close()


def test_a_page_shows_the_state_of_the_register_that_its_address_pins(changed: tuple[Book, str, str]) -> None:
    held, before, after = changed
    cube = held.library.cube()

    def shown(search: str) -> str:
        page = commitments.page(held, cube, f"/commitment/{SHARE.id}", search)
        return json.dumps(flat(page), ensure_ascii=False)

    def headed(search: str) -> str:
        """The title above the page: what it was before stands among the revisions too."""
        page = commitments.page(held, cube, f"/commitment/{SHARE.id}", search)
        return str([part["children"] for part in flat(page) if part["component"] == "H1"])

    now, then = "Rwanda: another title", SHARE.title
    assert now in headed("") and then not in headed("") and then in shown("")
    assert then in headed(f"?registry={before}") and now not in headed(f"?registry={before}")
    assert now in headed(f"?registry={after}")
    odd = shown("?registry=ffffffffffff")
    assert (
        now in headed("?registry=ffffffffffff")
        and "is not a state that the register had; the current one is shown" in odd
    )


def test_links_of_a_pinned_page_carry_what_it_pins(changed: tuple[Book, str, str]) -> None:
    held, before, _ = changed
    page = commitments.page(held, held.library.cube(), f"/commitment/{SHARE.id}", f"?registry={before}")
    links = [str(props.get("href")) for props in flat(page) if str(props.get("href")).startswith("/commitments")]
    assert links and all(f"registry={before}" in link for link in links)
