"""Marks: what a browser or a letter holds to be known by. The database has their digests alone."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from hashlib import sha256

BITS = 256


def mark() -> str:
    """A new one, that nobody can guess."""
    return secrets.token_urlsafe(BITS // 8)


def digest(mark: str) -> str:
    """What is kept of it. No salt is needed: there is nothing to guess."""
    return sha256(mark.encode()).hexdigest()


def now(after: timedelta = timedelta()) -> str:
    """This moment, or another as far from it, as the registry writes it: UTC, ISO 8601, to the second."""
    return f"{datetime.now(UTC) + after:%Y-%m-%dT%H:%M:%SZ}"
