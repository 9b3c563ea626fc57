"""What the environment decides, read once and in one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path


class Misconfigured(ValueError):
    """A variable of the environment has a value that cannot be used; the message names it."""


@dataclass(frozen=True)
class Settings:
    """home: the data folder (editions, cache, registry). address: how readers reach the app, for permalinks in exports.
    workers, threads: of the server."""

    home: Path = Path("var")
    edition: str = ""  # empty: the current one
    host: str = "127.0.0.1"
    port: int = 8050
    address: str = "http://127.0.0.1:8050"
    workers: int = 2
    threads: int = 4
    registry: str = ""  # empty: SQLite in the data folder; else the address of a PostgreSQL database


def settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings of IIF_HOME, IIF_EDITION, IIF_REGISTRY, HOST, PORT, IIF_ADDRESS, IIF_WORKERS, IIF_THREADS, or their
    defaults.

    Raises Misconfigured where a number is none or lies outside its range."""
    given = os.environ if environ is None else environ
    host, port = given.get("HOST") or "127.0.0.1", _whole(given, "PORT", 8050, 1, 65535)
    reached = "127.0.0.1" if _everywhere(host) else f"[{host}]" if ":" in host else host
    return Settings(
        home=Path(given.get("IIF_HOME") or "var"),
        edition=given.get("IIF_EDITION") or "",
        host=host,
        port=port,
        address=_address(given.get("IIF_ADDRESS") or f"http://{reached}:{port}"),
        workers=_whole(given, "IIF_WORKERS", 2, 1, 64),
        threads=_whole(given, "IIF_THREADS", 4, 1, 64),
        registry=_database(given.get("IIF_REGISTRY") or ""),
    )


def _everywhere(host: str) -> bool:
    """Whether a server listens to all with it: then it is nobody's address."""
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False


def _address(text: str) -> str:
    if not text.startswith(("http://", "https://")) or not text.isprintable() or " " in text:
        raise Misconfigured(f"IIF_ADDRESS is {text!r}; it must be an address that starts with http:// or https://.")
    return text.rstrip("/")


def _database(text: str) -> str:
    """The value itself is not quoted: it may hold a password."""
    if text and (not text.startswith(("postgresql://", "postgres://")) or not text.isprintable() or " " in text):
        raise Misconfigured("IIF_REGISTRY must be an address that starts with postgresql://, or be left out.")
    return text


def _whole(given: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = given.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and least <= int(text) <= most):
        raise Misconfigured(f"{name} is {text!r}; it must be a whole number from {least} to {most}.")
    return int(text)
