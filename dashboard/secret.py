"""What a secret has to be, so that nobody guesses it."""

from __future__ import annotations

LEAST = 32  # bytes
MAKE = "python -c 'import secrets; print(secrets.token_hex(32))'"
SAMPLES = ("changeme", "secret", "example", "0123456789", "your-", "password")
FEWEST = 10  # signs that differ


def weak(text: str) -> str:
    """What is wrong with a secret, without the secret; empty for nothing."""
    guessed = any(one in text.lower() for one in SAMPLES) or len(set(text)) < FEWEST
    short = len(text.encode()) < LEAST
    return f"IIF_SECRET must be {LEAST} random bytes at least; {MAKE} makes one." if guessed or short else ""
