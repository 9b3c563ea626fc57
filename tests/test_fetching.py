"""Fetching says in a sentence what is missing, and leaves nothing half downloaded."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from data_access.__main__ import main
from data_access.commands import fetching


def bulk(monkeypatch: pytest.MonkeyPatch, does: object) -> None:
    monkeypatch.setattr(fetching, "_library", lambda: SimpleNamespace(bulk_download_crs=does))


def test_without_the_package_the_way_to_install_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(fetching, "LIBRARY", "no_such_reader")
    assert main(["fetch", "crs", str(tmp_path / "in")]) == 2
    assert "pip install -r requirements-fetch.txt" in capsys.readouterr().err


def test_without_a_network_the_way_by_hand_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unreachable(save_to_path: str) -> None:
        (Path(save_to_path) / "half.zip").write_bytes(b"half")
        raise ConnectionError("Failed to resolve 'sdmx.oecd.org'")

    bulk(monkeypatch, unreachable)
    assert main(["fetch", "crs", str(tmp_path / "in")]) == 2
    said = capsys.readouterr().err
    assert "could not be reached (Failed to resolve 'sdmx.oecd.org')" in said and "download the CRS bulk file" in said
    assert list((tmp_path / "in").iterdir()) == []


def test_what_was_downloaded_is_named_with_the_next_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bulk(monkeypatch, lambda save_to_path: (Path(save_to_path) / "CRS.parquet").write_bytes(b"PAR1"))
    assert main(["fetch", "crs", str(tmp_path / "in")]) == 0
    said = capsys.readouterr().out
    assert "CRS.parquet: 4 bytes" in said and f"load crs {tmp_path / 'in'}" in said
    assert (tmp_path / "in" / "CRS.parquet").read_bytes() == b"PAR1"
