"""Who asks, as far as that can be told, and how much one asker may have kept within the hour. Nothing of it is
written anywhere."""

from __future__ import annotations

import time
from collections import OrderedDict
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from flask import Request

from dashboard.questions import Busy

HOUR = 3600.0
KNOWN = 10_000  # askers remembered; who asked longest ago is forgotten first


def asker(request: Request) -> str:
    """The address a request comes from: that of the connection, or what our own proxy says of it. Of long addresses
    the part that a provider gives to one line. Empty where it cannot be told apart from others'."""
    near = _address(request.remote_addr or "")
    if near and _ours(near):  # a proxy on our own machine or net writes the address it sees behind all others
        near = _address(request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip())
    return near if near and not _ours(near) else ""


def _address(text: str) -> str:
    try:
        found = ip_address(text)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((int(found), 64), strict=False).network_address)
    return str(found)


def _ours(address: str) -> bool:
    return not ip_address(address).is_global


class Shares:
    """What each asker has taken of a share. Safe for threads; each process counts for itself."""

    def __init__(self, most: int, letters: int, why: str) -> None:
        """most: times within an hour; letters: taken within it; why: the sentence of a refusal."""
        self._most, self._letters, self._why, self._lock = most, letters, why, Lock()
        self._taken: OrderedDict[str, list[tuple[float, int]]] = OrderedDict()

    def take(self, who: str, letters: int, now: float | None = None) -> None:
        """One time more. Raises Busy where the share is used up; an asker without a name has none of its own."""
        if not who:
            return
        at = time.monotonic() if now is None else now
        with self._lock:
            lately = [one for one in self._taken.pop(who, []) if one[0] > at - HOUR]
            if len(lately) < self._most and sum(one[1] for one in lately) + letters <= self._letters:
                lately.append((at, letters))
                refused = False
            else:
                refused = True
            self._taken[who] = lately
            while len(self._taken) > KNOWN:
                self._taken.popitem(last=False)
        if refused:
            raise Busy(600, self._why)
