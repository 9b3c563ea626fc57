"""Short marks of addresses: the same for the same address, kept for good, never more than was allowed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboard.carried import short_mark
from dashboard.questions import Busy
from data_access import permalinks
from data_access.permalinks import FILE, NotKept, Permalinks


def test_a_mark_is_that_of_its_address_and_leads_back(tmp_path: Path) -> None:
    links = Permalinks(tmp_path)
    mark = links.keep("/goal/5?donor=GBR&edition=2026-01-01-00000000")
    assert mark == short_mark("/goal/5?donor=GBR&edition=2026-01-01-00000000")
    assert links.keep("/goal/5?donor=GBR&edition=2026-01-01-00000000") == mark
    assert Permalinks(tmp_path).address(mark) == "/goal/5?donor=GBR&edition=2026-01-01-00000000"


def test_what_was_never_kept_leads_nowhere(tmp_path: Path) -> None:
    assert Permalinks(tmp_path).address("0123456789") == "" and not (tmp_path / FILE).exists()


def test_where_two_addresses_meet_the_second_gets_more_digits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def met(address: str, digits: int) -> str:
        return "0123456789" if digits == 10 else short_mark(address, digits)

    monkeypatch.setattr(permalinks, "short_mark", met)
    links = Permalinks(tmp_path)
    one, other = links.keep("/"), links.keep("/goal/5")
    assert one == "0123456789" and other == short_mark("/goal/5", 12) and links.keep("/goal/5") == other
    assert (links.address(one), links.address(other)) == ("/", "/goal/5")


def test_a_longer_mark_begins_with_the_short_one() -> None:
    assert short_mark("/", 14).startswith(short_mark("/")) and len(short_mark("/", 14)) == 14


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org/", "", "/?text=" + "a" * 2000])
def test_what_is_no_address_of_ours_is_not_kept(tmp_path: Path, address: str) -> None:
    with pytest.raises(NotKept, match="A short link leads to a page here"):
        Permalinks(tmp_path).keep(address)


def test_the_file_grows_to_its_bound_and_keeps_what_it_has(tmp_path: Path) -> None:
    links = Permalinks(tmp_path, pages=12)
    kept = dict[str, str]()
    with pytest.raises(NotKept, match="No more short links"):
        for number in range(400):
            address = f"/?text={number:0500d}"
            kept[links.keep(address)] = address
    assert 10 < len(kept) < 400 and (tmp_path / FILE).stat().st_size <= 12 * 4096
    assert all(links.address(mark) == address for mark, address in kept.items())


def test_more_than_an_hour_allows_are_asked_to_wait(tmp_path: Path) -> None:
    links = Permalinks(tmp_path, hourly=2)
    first = links.keep("/")
    links.keep("/goal/1")
    with pytest.raises(Busy, match="Many short links") as told:
        links.keep("/goal/2")
    assert told.value.retry_after and links.keep("/") == first


def test_a_folder_that_cannot_be_written_to_keeps_none_and_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotKept, match="The long link shows the same"):
        Permalinks(tmp_path / "nowhere").keep("/")


def test_many_at_once_get_the_same_mark_for_the_same_address(tmp_path: Path) -> None:
    addresses = [f"/goal/{number % 8 + 1}?since=20{number % 5:02d}" for number in range(40)]
    with ThreadPoolExecutor(8) as together:
        marks = list(together.map(lambda address: Permalinks(tmp_path).keep(address), addresses))
    assert marks == [short_mark(address) for address in addresses]
    assert all(Permalinks(tmp_path).address(mark) == address for mark, address in zip(marks, addresses, strict=True))
