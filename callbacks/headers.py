"""What every answer carries: where scripts may come from, how long it may be kept, and how it is packed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dash import Dash
from dash.fingerprint import check_fingerprint
from flask import Request, Response, request
from flask_compress import Compress

from dashboard.doors import of_people

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers that know no frame-ancestors
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FRAMED = "/embed/"  # what other people's pages may show and load; nothing else lies under it
OPEN = {
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",  # so that pages that demand it of their frames can show ours
}
KEPT_FOR_EVER = "public, max-age=31536000, immutable"  # the address changes with the content
KEPT_A_WEEK = "public, max-age=604800"  # fonts and shapes: they change with a release at most
OF_AN_EDITION = ("/export/", "/cite/", "/card", "/api/")  # figures: the same address may show others tomorrow
PACKED = ("application/geo+json", "text/csv", "application/csvm+json", "application/vnd.ms-opentype")


def register(app: Dash, embeds: Sequence[str] = ("*",)) -> None:
    """Call before the first request; Dash's own packing stays off (`Dash(compress=False)`). embeds: the origins whose
    pages may show frames."""
    _pack(app)

    @app.server.after_request
    def _carry(response: Response) -> Response:
        framed = request.path.startswith(FRAMED)
        for name, value in (FIXED | OPEN if framed else FIXED).items():
            if not (framed and name == "X-Frame-Options"):
                response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", framing(embeds) if framed else policy(app))
        response.headers["Cache-Control"] = keeping(request, response)
        return response


def policy(app: Dash) -> str:
    """The content security policy. The hashes are those of Dash's inline scripts, known once the app is set up, which
    every request makes sure of before it gets here. Plotly and the sliders write styles inline: styles only."""
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *app.csp_hashes())),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def framing(embeds: Sequence[str]) -> str:
    """The policy of a frame: no script is written in it, it has no forms, and the pages named may show it, beside our
    own, which show what a frame will look like. Plotly writes styles inline."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            " ".join(("frame-ancestors 'self'", *embeds)),
        )
    )


def keeping(asked: Request, response: Response) -> str:
    """How long an answer may be kept: by what its address promises."""
    if asked.method not in ("GET", "HEAD") or response.status_code >= 400 or of_people(asked.path):
        return "no-store"
    if asked.path.startswith(FRAMED):
        return response.headers.get("Cache-Control", "no-cache")
    if _fingerprinted(asked):
        return KEPT_FOR_EVER
    if re.search(r"\.(otf|ttf|woff2?|json|svg|png|ico)$", asked.path) and not asked.path.startswith("/_"):
        return KEPT_A_WEEK if not asked.path.startswith(OF_AN_EDITION) else "no-cache"
    return "no-cache"


def _fingerprinted(asked: Request) -> bool:
    """Dash writes a version and a time into the addresses of scripts, and `?m=` behind those of assets."""
    suite = asked.path.startswith("/_dash-component-suites/")
    if suite:
        return check_fingerprint(asked.path)[1]
    return asked.path.startswith("/assets/") and "m" in asked.args


class _Packed:
    """Packed bytes of what never changes; everything else is packed as it goes."""

    def __init__(self) -> None:
        self._bytes: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self._bytes.get(key)

    def set(self, key: str, value: bytes) -> None:
        if not key.endswith(";") and len(self._bytes) < 200:
            self._bytes[key] = value


def _pack(app: Dash) -> None:
    packer = Compress()
    app.server.config["COMPRESS_ALGORITHM"] = ["br", "zstd", "gzip"]
    app.server.config["COMPRESS_CACHE_BACKEND"] = _Packed
    app.server.config["COMPRESS_CACHE_KEY"] = _file_of
    packer.init_app(app.server)
    packer.compress_mimetypes_set.update(PACKED)


def _file_of(asked: Request) -> str:
    """What is packed once: a script, whatever fingerprint its address claims. The gate lets real scripts through and no
    others, so strangers cannot fill the store."""
    return check_fingerprint(asked.path)[0] if asked.path.startswith("/_dash-component-suites/") else ""
