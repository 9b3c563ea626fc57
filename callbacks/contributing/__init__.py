"""Contributions and their moderation: pages written by the server, with forms that work without a script."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from callbacks.book import Book
from callbacks.contributing import adding, bringing, commenting, files, leaving, moderating, remarks, sending, writing


def register(server: Flask, book: Book, home: Path) -> None:
    """Add the routes; after those of people. home: the data folder."""
    server.extensions["contributing"] = book
    server.extensions["evidence"] = home
    writing.register(server)
    sending.register(server)
    adding.register(server)
    bringing.register(server)
    commenting.register(server)
    leaving.register(server)
    files.register(server)
    remarks.register(server)
    moderating.register(server)
