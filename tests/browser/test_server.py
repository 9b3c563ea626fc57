"""The server as it ships: what its own configuration must withstand before the app is asked."""

from __future__ import annotations

import json
import os
import urllib.request
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit

from data_access import editions, parts
from tests.browser.reading import serving
from tests.living import embedded_stand_in, small_edition


def test_a_header_that_names_another_path_is_no_fault(served: str) -> None:
    asked = HTTPConnection(urlsplit(served).netloc, timeout=10)
    asked.request("GET", "/healthz", headers={"SCRIPT_NAME": "/elsewhere"})
    answer = asked.getresponse()
    assert answer.status == 200 and b'"status":"ok"' in answer.read()


def got(address: str) -> tuple[int, dict[str, object]]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, json.load(answer)
    except HTTPError as refused:
        return refused.code, json.load(refused)


def test_a_truncated_part_and_a_dangling_pointer_are_survived_said_and_told_to_machines(tmp_path: Path) -> None:
    whole = small_edition(tmp_path, embedded_stand_in())
    lost = small_edition(tmp_path, "small-000000000007", times=7)
    editions.point(tmp_path, lost)
    damaged = parts.file_of(tmp_path, "small-000000000007")
    damaged.chmod(0o644)
    os.truncate(damaged, 500_000)
    with serving(tmp_path, IIF_WORKERS="1") as address:
        assert got(f"{address}/healthz") == (200, {"status": "ok", "edition": whole})
        assert got(f"{address}/readyz") == (200, {"ready": True})
        (tmp_path / "current").write_text("nowhere\n")
        parts.file_of(tmp_path, embedded_stand_in()).unlink()
        assert got(f"{address}/readyz") == (503, {"ready": False})
        assert got(f"{address}/export/gap.csv-metadata.json")[0] == 200, "what is open can still be read"
    said = (tmp_path / "server.log").read_text()
    assert f"{whole} is shown instead of {lost}: " in said and "has 500,000 bytes and had" in said
