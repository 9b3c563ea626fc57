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


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_a_server_that_listens_to_all_is_reached_on_this_machine(host: str) -> None:
    assert settings({"HOST": host}).address == "http://127.0.0.1:8050"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "mdg.example", "https://a b"])
def test_an_address_that_is_none_is_named(address: str) -> None:
    with pytest.raises(Misconfigured, match="IIF_ADDRESS"):
        settings({"IIF_ADDRESS": address})


def test_the_number_of_workers_is_read_whole() -> None:
    with pytest.raises(Misconfigured, match="IIF_WORKERS"):
        settings({"IIF_WORKERS": "0000064999"})


def test_the_public_address_can_be_another() -> None:
    assert settings({"IIF_ADDRESS": "https://mdg.example/"}).address == "https://mdg.example"


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "80.5", "９０", "99999999999999999999"])
def test_a_port_that_is_none_is_named(port: str) -> None:
    with pytest.raises(Misconfigured, match="PORT"):
        settings({"PORT": port})


def test_the_registry_is_sqlite_unless_an_address_says_otherwise() -> None:
    assert settings({}).registry == ""
    assert settings({"IIF_REGISTRY": "postgresql://u:p@db/registry"}).registry == "postgresql://u:p@db/registry"


@pytest.mark.parametrize("text", ["mysql://secret@db/x", "registry.sqlite", "postgresql://u:secret@db/a b"])
def test_an_address_of_the_registry_is_refused_without_its_password(text: str) -> None:
    with pytest.raises(Misconfigured, match="IIF_REGISTRY must be an address") as told:
        settings({"IIF_REGISTRY": text})
    assert "secret" not in str(told.value)
