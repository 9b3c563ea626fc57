"""Editions as schema.org describes datasets, for programs that look for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from dashboard.cite import NAME
from dashboard.codes import Source
from dashboard.holdings import EditionHeld

ABOUT = (
    "Commitments, disbursements and needs for the Millennium Development Goals, by donor, recipient, Goal, purpose and "
    "year, as the sources report them. Sources are never added together."
)


def catalogue(editions: Sequence[EditionHeld], sources: Mapping[str, Source], public: str) -> dict[str, Any]:
    """A catalogue of all editions. sources: of the edition that is shown, which alone is told in full. public: how
    readers reach the app."""
    return {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": NAME,
        "url": f"{public}/data",
        "dataset": [_dataset(one, sources if one.shown else {}, public) for one in editions],
    }


def _dataset(one: EditionHeld, sources: Mapping[str, Source], public: str) -> dict[str, Any]:
    address = f"{public}/data?{urlencode({'edition': one.name})}"
    said: dict[str, Any] = {
        "@type": "Dataset",
        "@id": address,
        "name": f"{NAME}, edition {one.name}",
        "description": ABOUT,
        "url": address,
        "version": one.name,
        "dateModified": one.made,
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "creator": {"@type": "Organization", "name": NAME, "url": public},
    }
    if not sources:
        return said
    since, until = min(s.since for s in sources.values()), max(s.until for s in sources.values())
    return said | {
        "temporalCoverage": f"{since}/{until}",
        "isBasedOn": [_source(source) for source in sources.values()],
        "distribution": [_file(source, one.name, public) for source in sources.values()],
    }


def _source(source: Source) -> dict[str, Any]:
    told = {"url": source.address} if source.address.startswith(("https://", "http://")) else {}
    return {
        "@type": "Dataset",
        "name": source.title,
        "description": source.coverage,
        "creditText": source.attribution,
        "license": {"@type": "CreativeWork", "name": source.licence},
        "temporalCoverage": f"{source.since}/{source.until}",
        **told,
    }


def _file(source: Source, edition: str, public: str) -> dict[str, Any]:
    asked = {"since": source.since, "until": source.until, "source": source.code, "edition": edition}
    return {
        "@type": "DataDownload",
        "name": f"Rows of {source.title}",
        "encodingFormat": "text/csv",
        "contentUrl": f"{public}/export/rows.csv?{urlencode(asked)}",
    }
