"""A second device: codes of six digits that change every 30 seconds (TOTP, RFC 6238)."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from hashlib import sha256

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import Connection, select, update

from data_access.people.tables import account

SECONDS = 30
AROUND = (-1, 0, 1)  # steps: clocks differ
ISSUER = "Tracking Support for the MDGs"


def seed() -> str:
    """A new one, as apps take it."""
    return str(pyotp.random_base32())


def address(seed: str, mail: str) -> str:
    """What apps read from a picture or a link."""
    return str(pyotp.TOTP(seed).provisioning_uri(name=mail, issuer_name=ISSUER))


def step(seed: str, code: str, last: str = "") -> str:
    """The step of time to which a code belongs; empty where it is wrong, or no later than the last that was used."""
    device, here = pyotp.TOTP(seed), int(datetime.now(UTC).timestamp()) // SECONDS
    for around in AROUND:
        found = here + around
        if pyotp.utils.strings_equal(code, device.at(found * SECONDS)) and found > int(last or 0):
            return str(found)
    return ""


def sealed(secret: bytes, seed: str) -> str:
    """As it is kept: nobody who reads the database alone can make codes."""
    return Fernet(_key(secret)).encrypt(seed.encode()).decode()


def unsealed(secret: bytes, held: str) -> str:
    """The seed; empty where it was sealed with another secret."""
    try:
        return Fernet(_key(secret)).decrypt(held.encode()).decode()
    except InvalidToken:
        return ""


def _key(secret: bytes) -> bytes:
    return urlsafe_b64encode(sha256(b"second device " + secret).digest())


def used(connection: Connection, id_: str, step: str) -> bool:
    """Writes down that a code was used; False where it, or a later one, was used meanwhile."""
    last = connection.execute(select(account.c.step).where(account.c.id == id_)).scalar_one()
    if int(step) <= int(last or 0):
        return False
    connection.execute(update(account).where(account.c.id == id_).values(step=step))
    return True
