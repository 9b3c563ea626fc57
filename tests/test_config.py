"""Settings come from the environment, and only what can be used is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.config import Misconfigured, Settings, settings


def test_nothing_set_means_the_defaults() -> None:
    assert settings({}) == Settings()


def test_what_is_set_is_followed() -> None:
    read = settings({"IIF_HOME": "/srv/mdg", "HOST": "::1", "PORT": "9000"})
    assert (read.home, read.host, read.port, read.address) == (Path("/srv/mdg"), "::1", 9000, "http://[::1]:9000")


def test_the_public_address_can_be_another() -> None:
    assert settings({"IIF_ADDRESS": "https://mdg.example/"}).address == "https://mdg.example"


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "80.5", "９０", "99999999999999999999"])
def test_a_port_that_is_none_is_named(port: str) -> None:
    with pytest.raises(Misconfigured, match="PORT"):
        settings({"PORT": port})
