"""The values of the series that an address names, as they leave: each with the file and line it was read from."""

from __future__ import annotations

from dashboard import series_file
from dashboard.carried import Carried, at_edition
from dashboard.series_file import Asked
from dashboard.words import listed, years
from data_access.cube import Cube
from data_access.series_lines import series_lines


def of_values(cube: Cube, asked: Asked, query: str) -> Carried | None:
    """None where no value is held. asked: what `series_file.read` made of the query. Raises Busy, TimeoutError."""
    one = told(cube, asked, query)
    return one if one.table and one.table.rows else None


def told(cube: Cube, asked: Asked, query: str) -> Carried:
    """The same, whether any value is held or none."""
    names, country, since, until, _ = asked
    found = series_lines(cube, names, country, since, until)
    picked = f"Country: {country}; " if country else ""
    path = "/export/series.csv?" + "&".join(term for term in query.split("&") if not term.startswith("edition="))
    listing = cube.series_list()
    rows = [listing[listing["series"] == name].iloc[0] for name in names]
    return Carried(
        "series",
        listed([f"{row['name']} ({row['unit']})" for row in rows]),
        "Values as published, each with the file and line it was read from",
        f"Series: {listed(list(names))}; {picked}Years: {years(since, until)}",
        f"Source: {listed(sorted({row['source'] for row in rows}))}",
        cube.edition,
        at_edition(path, cube.edition),
        path,
        series_file.table(found, cube.codes),
    )
