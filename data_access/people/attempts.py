"""Attempts, counted in the database, so that all workers count together."""

from __future__ import annotations

import hmac
from datetime import timedelta
from hashlib import sha256
from ipaddress import ip_address, ip_network

from sqlalchemy import Connection, delete, func, insert, select

from data_access.people.marks import now
from data_access.people.tables import attempt

WINDOW = timedelta(minutes=15)
OF_ACCOUNT, OF_NET = 5, 20  # attempts that fail within the window, before more are refused
OF_LETTERS = 3  # letters to one address within the window


def named(secret: bytes, kind: str, of: str) -> str:
    """The name under which attempts are counted: a digest that nobody without the secret can try out."""
    return hmac.new(secret, f"attempt {kind} {of}".encode(), sha256).hexdigest()


def net(address: str) -> str:
    """The network of an address (/24, /48 of IPv6), with a port or without; empty for this machine itself, behind which
    everybody may be."""
    try:
        found = ip_address(_bare(address))
    except ValueError:
        return ""
    found = (found.ipv4_mapped if found.version == 6 else None) or found  # readers by IPv4, on a socket of both
    if found.is_loopback:
        return ""
    return str(ip_network(f"{found}/{24 if found.version == 4 else 48}", strict=False))


def _bare(address: str) -> str:
    """Without the brackets and the port that some proxies write."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address


def counted(connection: Connection, name: str, most: int) -> int | None:
    """Counts one more before it is known how it ends, so that many at once count too: its number. None where there were
    too many; in a writing transaction."""
    connection.execute(delete(attempt).where(attempt.c.at < now(-WINDOW)))
    held = connection.execute(select(func.count()).select_from(attempt).where(attempt.c.of == name)).scalar_one()
    if held >= most:
        return None
    made = insert(attempt).values(of=name, at=now()).returning(attempt.c.number)
    return int(connection.execute(made).scalar_one())


def forgiven(connection: Connection, name: str) -> None:
    """It ended well: none of that name count."""
    connection.execute(delete(attempt).where(attempt.c.of == name))


def forgiven_once(connection: Connection, name: str) -> None:
    """It ended well: the newest of that name does not count; those before it do."""
    newest = select(func.max(attempt.c.number)).where(attempt.c.of == name).scalar_subquery()
    connection.execute(delete(attempt).where(attempt.c.number == newest))
