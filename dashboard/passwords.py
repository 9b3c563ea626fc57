"""What a password has to be, said as a sentence. Length counts; rules on kinds of signs only make worse ones."""

from __future__ import annotations

LEAST, MOST = 12, 200
FEWEST = 5  # signs that differ
COMMON = ("password", "123456", "qwerty", "abcdef", "letmein", "welcome", "111111", "millennium", "administrator")
HINT = f"At least {LEAST} characters; several words that do not belong together are best."


def wrong(password: str) -> str:
    """What is wrong with a password; empty for nothing."""
    if len(password) < LEAST:
        return f"This has {len(password)} characters; please use {LEAST} at least."
    if len(set(password)) < FEWEST:
        return "This repeats the same signs; please use more that differ."
    rest = password.lower()
    for one in COMMON:
        rest = rest.replace(one, "")
    if len(rest) < LEAST // 2:
        return "This is among the first that others would try; please use another."
    return ""
