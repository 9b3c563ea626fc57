"""The server as it ships: what its own configuration must withstand before the app is asked."""

from __future__ import annotations

from http.client import HTTPConnection
from urllib.parse import urlsplit


def test_a_header_that_names_another_path_is_no_fault(served: str) -> None:
    asked = HTTPConnection(urlsplit(served).netloc, timeout=10)
    asked.request("GET", "/healthz", headers={"SCRIPT_NAME": "/elsewhere"})
    answer = asked.getresponse()
    assert answer.status == 200 and b'"status":"ok"' in answer.read()
