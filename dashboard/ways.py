"""Where people are led after a form: to a page of our own, whatever an address says."""

from __future__ import annotations

import re

HOME = "/my"
OWN = re.compile(r"/(?!/)[A-Za-z0-9._~!$&'()*+,;=:@%/-]*(\?[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*)?", re.ASCII)
LEAVING = ("/sign-in", "/sign-out")
LONGEST = 2000


def own(text: str) -> str:
    """The path, where it is one of our own; else that of a person's own page. Browsers take `//host`, `/\\host` and
    addresses with line ends or tabs in them for other hosts'."""
    if len(text) > LONGEST or not OWN.fullmatch(text) or "//" in text.partition("?")[0]:
        return HOME
    return HOME if text.partition("?")[0] in LEAVING else text
