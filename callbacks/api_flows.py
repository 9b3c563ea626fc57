"""What programs are told of flows and indicators: totals, rows, series and their values."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from werkzeug.exceptions import NotFound

from callbacks.api_asked import Asked, Found, paged
from callbacks.drawings import asked as selection_asked
from callbacks.things import page_of, tabled
from dashboard.api import asking
from dashboard.api.operations import INDICATORS, TOTALS
from dashboard.api.parameters import SELECTED
from dashboard.carried import Carried, at_edition
from dashboard.figures.empties import NOTHING, why_nothing
from dashboard.panels import Table
from dashboard.questions import Unanswerable
from dashboard.rows import Wanted
from dashboard.selection import DIMENSIONS, Selection, shortened
from data_access.cube import Cube
from data_access.formats.values import told
from data_access.keyset import totals_behind
from layouts.pages import ROWS_PATH

PLACES = ("donor", "recipient")  # dimensions whose codes values are of


def selected(one: Asked, *more: str) -> Selection:
    """The selection of the parameters. Raises Wrong."""
    sent = [name for name, _ in parse_qsl(one.query)]  # what was not sent is not refused by name
    terms = asking.terms(one.given, [name for name in (*SELECTED, *more) if name in sent])
    found, refused = selection_asked(one.cube, terms, ROWS_PATH)
    if refused:
        raise asking.strictly(refused)
    return found


def totals(one: Asked) -> Found:
    by, stages = asking.several(one.given, "by"), asking.several(one.given, "stages")
    selection = selected(one)
    source = asking.source_of(one.cube, selection, by, stages)
    stages, named, limit = stages or source.stages, selection.change(source=source.code), one.given["limit"]
    rows = totals_behind(one.cube, named, by, stages, limit + 1, asking.behind(one.given, by))
    if not rows and not one.given["after"]:  # a program would read it as no money
        raise Unanswerable(why_nothing(one.cube.codes, source, named) or NOTHING)
    title = asking.totals_title(by, stages)
    carried = asking.of_flows(one.cube, named, title, title, page_of("gap", named.without("edition")))
    table = asking.totals(one.cube, TOTALS, by, stages, rows[:limit])
    last = ",".join(str(value) for value in rows[limit - 1][: len(by)]) if len(rows) > limit else ""
    return Found(carried, table, last)


def flows(one: Asked) -> Found:
    selection, after = selected(one, "stage", "text"), one.given["after"]
    if after and not (after.isascii() and after.isdigit() and len(after) < 10):
        raise asking.unknown_place(after)
    stage, limit = one.given["stage"], one.given["limit"]
    source = asking.source_of(one.cube, selection, (), (stage,) if stage else ())
    named = selection.change(source=source.code)
    wanted = Wanted(limit=limit + 1, text=selection.text, stage=stage, after=int(after or -1))
    rows = one.cube.rows(named, wanted).to_dict("records")
    why = "" if rows or after or selection.text else why_nothing(one.cube.codes, source, named)
    if why:
        raise Unanswerable(why)
    keys = [column.key for column in one.operation.columns]
    labels = [{f"{name}_name": asking.label(one.cube, name, row.get(name, "")) for name in DIMENSIONS} for row in rows]
    named_rows = [row | names for row, names in zip(rows, labels, strict=True)]
    carried = asking.of_flows(
        one.cube, named, "Rows", f"Amounts {stage or 'of every stage'}", page_of("rows", named.without("edition"))
    )
    table = Table("Rows", one.operation.columns, tuple(tuple(row[key] for key in keys) for row in named_rows[:limit]))
    return Found(carried, table, str(rows[limit - 1]["row"]) if len(rows) > limit else "")


def indicators(one: Asked) -> Found:
    keys = [column.key for column in INDICATORS]
    rows = one.cube.series_list().to_dict("records")
    table = Table("Indicators", INDICATORS, tuple(tuple(row[key] for key in keys) for row in rows))
    return paged(one, _of_series(one.cube), table)


def values(one: Asked) -> Found:
    if one.where not in one.cube.codes.series:
        raise NotFound("There is no series of that name; /api/v1/indicators lists those there are.")
    country, since, until = (one.given[name] for name in ("country", "since", "until"))
    terms = {"series": one.where, "country": country, "since": since, "until": until}
    query = urlencode({name: value for name, value in terms.items() if value})
    carried = told(one.cube, ((one.where,), country, since, until, ""), query)
    if since > until:
        raise asking.refused("since", str(since), f"since={since} lies after until={until}.")
    if country and not tabled(carried).rows and not any(one.cube.codes.knows(of, country) for of in PLACES):
        raise asking.refused("country", country, f"country={shortened(country)} is no country or donor known here.")
    return paged(one, carried, tabled(carried))


def _of_series(cube: Cube) -> Carried:
    page = at_edition("/methods", cube.edition)
    return Carried("api", "Indicators", "", "", "Sources as named", cube.edition, page, "/methods")
