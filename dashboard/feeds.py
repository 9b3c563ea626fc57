"""Feeds as Atom (RFC 4287): what is new, each with an id that stays and the time of its last change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from dashboard.cite import NAME

ATOM = "http://www.w3.org/2005/Atom"
MOST = 100  # entries of one feed
OUTSIDE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
NEVER = "1970-01-01T00:00:00Z"
register_namespace("", ATOM)


@dataclass(frozen=True)
class Entry:
    """key: what stays the same while its words change. updated: UTC, `2026-11-23T12:41:26Z`. path: of the page that
    tells more. who: wrote it, or empty."""

    key: str
    title: str
    updated: str
    path: str
    summary: str
    who: str = ""
    kinds: tuple[str, ...] = ()


def atom(title: str, path: str, entries: Iterable[Entry], public: str, page: str = "/") -> bytes:
    """The feed of a path, the newest entries first, a hundred at most. public: how readers reach the app. page: of ours
    that shows the same. The same entries are the same bytes."""
    newest = sorted(entries, key=lambda one: (moment(one.updated), one.key), reverse=True)[:MOST]
    feed = Element(f"{{{ATOM}}}feed", {"xml:lang": "en"})
    _say(feed, "id", _id(path))
    _say(feed, "title", f"{title} · {NAME}")
    _say(feed, "updated", moment(newest[0].updated) if newest else NEVER)
    _link(feed, "self", f"{public}{path}", "application/atom+xml")
    _link(feed, "alternate", f"{public}{page}", "text/html")
    _say(SubElement(feed, f"{{{ATOM}}}author"), "name", NAME)
    for one in newest:
        _entry(feed, one, public)
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def moment(said: str) -> str:
    """A time as Atom writes it; a day is its first second."""
    return f"{said}T00:00:00Z" if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said) else said or NEVER


def _entry(feed: Element, one: Entry, public: str) -> None:
    made = SubElement(feed, f"{{{ATOM}}}entry")
    _say(made, "id", _id(one.key))
    _say(made, "title", one.title)
    _say(made, "updated", moment(one.updated))
    _link(made, "alternate", f"{public}{one.path}", "text/html")
    _say(made, "summary", one.summary)
    if one.who:
        _say(SubElement(made, f"{{{ATOM}}}author"), "name", one.who)
    for kind in one.kinds:
        SubElement(made, f"{{{ATOM}}}category", {"term": _held(kind)})


def _id(key: str) -> str:
    """The same wherever the app is reached: the host may change, an id must not."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'mdg-support {key}')}"


def _say(parent: Element, name: str, words: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}").text = _held(words)


def _link(parent: Element, rel: str, href: str, kind: str) -> None:
    SubElement(parent, f"{{{ATOM}}}link", {"rel": rel, "type": kind, "href": _held(href)})


def _held(words: str) -> str:
    return OUTSIDE.sub("\N{REPLACEMENT CHARACTER}", words)
