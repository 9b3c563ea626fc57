"""What the environment decides, read once and in one place."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from dashboard.retention import DEFAULT, NoSpan, Retention
from dashboard.retention import read as retention
from dashboard.secret import weak

ORIGIN = re.compile(r"https?://(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[0-9]{1,5})?", re.ASCII | re.IGNORECASE)

FILES = 10  # of rows, that one process writes at once: each is sent by a thread beside those that answer pages


class Misconfigured(ValueError):
    """A variable of the environment has a value that cannot be used; the message names it."""


@dataclass(frozen=True)
class Settings:
    """home: the data folder (editions, cache, registry). address: how readers reach the app, for permalinks in exports.
    workers, threads: of the server. embeds: origins whose pages may show our frames, as a policy writes them."""

    home: Path = Path("var")
    edition: str = ""  # empty: the current one
    host: str = "127.0.0.1"
    port: int = 8050
    address: str = "http://127.0.0.1:8050"
    workers: int = 2
    threads: int = 4
    registry: str = ""  # empty: SQLite in the data folder; else the address of a PostgreSQL database
    embeds: tuple[str, ...] = ("*",)  # any; empty: none
    chromium: str = ""  # what prints briefings; empty: whichever is found, `none`: nothing does
    secret: str = ""  # empty: of its own, in the data folder
    smtp: str = ""  # address of a server of mail; empty: letters stay in the outbox of the data folder
    sender: str = "Tracking Support for the MDGs <noreply@localhost>"  # of letters
    openid_issuer: str = ""  # address of a provider of OpenID Connect; empty: passwords alone
    openid_client: str = ""
    openid_secret: str = ""
    openid_name: str = "your organisation's account"
    comments: str = "signed"  # who may comment: `signed`, who has an account; `open`, everybody; each is moderated
    kept: Retention = DEFAULT  # how long things are kept of people
    hops: int = 0  # proxies in front that say truly who asks (X-Forwarded-For)


def settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings of IIF_HOME, IIF_EDITION, IIF_REGISTRY, HOST, PORT, IIF_ADDRESS, IIF_WORKERS, IIF_THREADS,
    IIF_EMBED_ORIGINS, IIF_CHROMIUM, IIF_SECRET, IIF_SMTP, IIF_MAIL_FROM, IIF_OPENID_ISSUER, IIF_OPENID_CLIENT,
    IIF_OPENID_SECRET, IIF_OPENID_NAME, IIF_COMMENTS, IIF_PROXY_HOPS,
    those of `retention.VARIABLES`, or their defaults.

    Raises Misconfigured where a value cannot be used: a number out of its range, an origin that is none."""
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
        embeds=_origins(given.get("IIF_EMBED_ORIGINS") or "*"),
        chromium=given.get("IIF_CHROMIUM") or "",
        secret=_secret(given.get("IIF_SECRET") or ""),
        smtp=_mail(given.get("IIF_SMTP") or ""),
        sender=_sender(given.get("IIF_MAIL_FROM") or Settings.sender),
        openid_issuer=_issuer(given),
        openid_client=given.get("IIF_OPENID_CLIENT") or "",
        openid_secret=given.get("IIF_OPENID_SECRET") or "",
        openid_name=given.get("IIF_OPENID_NAME") or Settings.openid_name,
        comments=_comments(given.get("IIF_COMMENTS") or "signed"),
        kept=_kept(given),
        hops=_whole(given, "IIF_PROXY_HOPS", 0, 0, 5),
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


def _secret(text: str) -> str:
    if text and weak(text):
        raise Misconfigured(weak(text))
    return text


def _mail(text: str) -> str:
    """The value itself is not quoted: it may hold a password."""
    if text and not re.fullmatch(r"smtps?://[^\s]+", text):
        raise Misconfigured("IIF_SMTP must be an address such as smtp://user:password@host:587, or be left out.")
    return text


def _kept(given: Mapping[str, str]) -> Retention:
    try:
        return retention(given)
    except NoSpan as why:
        raise Misconfigured(str(why)) from why


def _comments(text: str) -> str:
    if text not in ("signed", "open"):
        raise Misconfigured(f"IIF_COMMENTS is {text!r}; it must be signed or open.")
    return text


def _issuer(given: Mapping[str, str]) -> str:
    """By https, or on this machine."""
    text = given.get("IIF_OPENID_ISSUER") or ""
    if text and not re.fullmatch(r"https://[^\s?#]+|http://(localhost|127\.0\.0\.1)(:\d+)?", text):
        raise Misconfigured(f"IIF_OPENID_ISSUER is {text!r}; it must be an address that starts with https://.")
    if text and not given.get("IIF_OPENID_CLIENT"):
        raise Misconfigured("IIF_OPENID_CLIENT is missing: the name by which the provider knows us.")
    return text.rstrip("/")


def _sender(text: str) -> str:
    if not text.isprintable() or "@" not in text:
        raise Misconfigured(f"IIF_MAIL_FROM is {text!r}; it must be an e-mail address, with or without a name.")
    return text


def _origins(text: str) -> tuple[str, ...]:
    """`*` alone for any, `none` for nobody, else origins with spaces between them: `https://un.org https://*.un.org`."""
    named = tuple(text.split())
    if named in (("*",), ("none",)):
        return named if named == ("*",) else ()
    for one in named:
        if not ORIGIN.fullmatch(one):
            raise Misconfigured(
                f"IIF_EMBED_ORIGINS names {one!r}; it holds origins such as https://un.org or https://*.un.org with "
                "spaces between them, or * alone for any, or none."
            )
    return named


def _whole(given: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = given.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and least <= int(text) <= most):
        raise Misconfigured(f"{name} is {text!r}; it must be a whole number from {least} to {most}.")
    return int(text)
