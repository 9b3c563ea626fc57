"""What programs can ask: every operation with its address, its parameters and the columns of its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dashboard import finding_list, gap_list, listing, need_list, series_file
from dashboard.api.parameters import OF_GAPS, OF_NEEDS, OF_PLEDGES, OF_RESULTS, PAGED, PINS, SELECTED
from dashboard.codes import STAGES
from dashboard.figures.listings import CARRIED
from dashboard.panels import Column
from dashboard.selection import DIMENSIONS
from dashboard.surveys.leaving import COUNTS
from dashboard.surveys.results import WHO
from dashboard.surveys.whole import HEAD

API = "/api/v1"
PART = "part of one"


@dataclass(frozen=True)
class Operation:
    """path: behind `API`, `{...}` stands for a code; where: what that code is. takes: names of parameters. columns: of
    the rows; those of `fixed` operations are always all there, others as asked. key: columns that tell rows apart and
    put their values into `after`. one: whether it answers with one record instead of rows."""

    name: str
    path: str
    title: str
    about: str
    takes: tuple[str, ...]
    columns: tuple[Column, ...] = ()
    key: tuple[str, ...] = ()
    where: str = ""
    example: str = ""
    fixed: bool = True
    one: bool = False


def labelled(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Columns with the label of each code beside it."""
    found: list[Column] = []
    for column in columns:
        named = Column(f"{column.key}_name", f"{column.heading}, name")
        found += [column, named] if column.key in DIMENSIONS else [column]
    return tuple(found)


def exact(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Columns of a file as programs read them: shares with all their digits, as parts of one."""
    return tuple(replace(c, kind="number", unit=PART) if c.kind == "percent" else c for c in columns)


def _texts(*pairs: tuple[str, str]) -> tuple[Column, ...]:
    return tuple(Column(key, heading) for key, heading in pairs)


TOTALS = (
    *labelled(Column(name, name.capitalize(), "code") for name in DIMENSIONS),
    Column("year", "Year", "year"),
    *(Column(stage, stage.capitalize(), "usd", "US dollars") for stage in STAGES),
)
SOURCES = (
    *_texts(("source", "Source"), ("title", "Title"), ("dimensions", "Told apart"), ("stages", "Rungs")),
    *(Column(key, heading, "year") for key, heading in (("since", "First year"), ("until", "Last year"))),
    Column("compared_since", "First year of every rung", "year"),
    *_texts(("disbursed_is", "Disbursed is"), ("coverage", "Coverage"), ("released", "Released")),
    *_texts(("licence", "Licence"), ("attribution", "Attribution"), ("address", "Address"), ("note", "Note")),
)
EDITIONS = _texts(
    ("edition", "Edition"), ("made", "Made, UTC"), ("why", "Made by"), ("current", "Current"),
    ("new", "New sources"), ("renewed", "Renewed sources"), ("gone", "Sources gone"),
)  # fmt: skip
MEMBERS = _texts(
    ("code", "Code"), ("name", "Name"), ("name_fr", "Name, French"), ("kind", "Kind"), ("map_code", "ISO 3166 alpha-3"),
    ("family", "Family of groups"), ("dated", "Members by year"), ("basis", "Basis"),
)  # fmt: skip
MEMBERSHIPS = (
    *_texts(("group", "Group"), ("group_name", "Group, name"), ("member", "Member"), ("member_name", "Member, name")),
    Column("since", "First year", "year"),
    Column("until", "Last year", "year"),
)
METHODS = _texts(("method", "Method"), ("about", "What it does"))
SHARES = (
    *_texts(("purpose", "Purpose"), ("purpose_name", "Purpose, name"), ("goal", "Goal"), ("goal_name", "Goal, name")),
    Column("share", "Share", "number"),
    *_texts(("basis", "Basis"), ("citation", "Citation")),
)
INDICATORS = (
    *_texts(("series", "Series"), ("name", "Name"), ("unit", "Unit"), ("goal", "Goal"), ("target", "Target")),
    *_texts(("sex", "Sex"), ("better", "Better is"), ("source", "Source"), ("definition", "Definition")),
    Column("licence", "Licence"),
    Column("since", "First year", "year"),
    Column("until", "Last year", "year"),
)
PLEDGES = (
    *exact(listing.COLUMNS),
    *_texts(("maker_id", "Maker, id"), ("forum_id", "Forum, id"), ("state_code", "State, code")),
)
GAPS = (*exact(gap_list.table(()).columns), *_texts(("maker_code", "Maker, code"), ("state_code", "State, code")))
SURVEYS = (
    *_texts(("survey", "Survey"), ("title", "Title"), ("published", "Published, UTC"), ("makers", "Makers are")),
    Column("invited", "Makers invited", "whole"),
    Column("answered", "Makers that answered", "whole"),
)
ANSWERS = (Column("line", "Line", "whole"), *HEAD[:3], WHO, *HEAD[3:])
EXAMPLE = "donors-implementation"  # a survey that ships

OPERATIONS = (
    Operation(
        "totals", "/totals", "Totals",
        "Sums of one source under a selection, told apart by any dimensions and by year. An amount that is null is not "
        "reported; it is never zero. Sources are never added to each other.",
        (*SELECTED, "by", "stages", *PAGED), TOTALS, fixed=False,
    ),
    Operation(
        "flows", "/flows", "Flows",
        "The rows behind a selection, in the order of their numbers: each with its file and line, its amount in its "
        "own currency and in dollars, and what of it counts.",
        (*SELECTED, "stage", "text", *PAGED), CARRIED, ("row",),
    ),
    Operation(
        "pledges", "/pledges", "Commitments",
        "The register of commitments with what measuring each came to.",
        (*OF_PLEDGES, *PINS, *PAGED), PLEDGES, ("id",),
    ),
    Operation(
        "pledge", "/pledges/{id}", "One commitment",
        "The whole record of a commitment: amounts, links, sources, counting rule, and what measuring it came to.",
        PINS, where="The id of a commitment.", example="muskoka-2010", one=True,
    ),
    Operation(
        "gaps", "/gaps", "Gaps",
        "Due, delivered, gap and share of commitments, in the unit of each. They are never summed: currencies, prices "
        "and periods differ.",
        (*OF_GAPS, *PINS, *PAGED), GAPS, ("id",),
    ),
    Operation(
        "findings", "/findings", "Findings",
        "What the checks find in the register and the flows: two figures, two sources, and what became of it.",
        (*finding_list.FACETS, *PINS, *PAGED), finding_list.table(()).columns, ("id",),
    ),
    Operation(
        "needs", "/needs", "Needs",
        "Recipients by what they need of one Goal (Goal 5 where none is given) against what they receive for it: the "
        "worst off and least funded first. Who lacks a figure has no place and stands last.",
        (*OF_NEEDS, *PINS, *PAGED), need_list.COLUMNS, ("code",),
    ),
    Operation(
        "indicators", "/indicators", "Indicators",
        "The series of indicators that there are.", ("edition", *PAGED), INDICATORS, ("series",),
    ),
    Operation(
        "values", "/indicators/{series}", "Values of an indicator",
        "The values of a series by country, year and sex, each with the line it was read from.",
        ("country", "since", "until", "edition", *PAGED), series_file.COLUMNS, ("country", "year", "sex"),
        where="The name of a series.", example="gni",
    ),
    Operation(
        "editions", "/editions", "Editions",
        "The editions that are kept, the one made last first. A parameter `edition` reads any of them.",
        PAGED, EDITIONS, ("edition",),
    ),
    Operation(
        "sources", "/sources", "Sources",
        "The sources of flows of an edition: what each tells apart, its rungs and its years.",
        ("edition", *PAGED), SOURCES, ("source",),
    ),
    Operation(
        "members", "/members/{dimension}", "Members",
        "The codes of a dimension with their labels; groups of them are of kind group.",
        ("edition", *PAGED), MEMBERS, ("code",), where="A dimension.", example="donor",
    ),
    Operation(
        "memberships", "/memberships/{dimension}", "Memberships",
        "Who belongs to which group, and when: first and last year, both included. A last year that is "
        "null has not come; both are null where only today's list of members is known.",
        ("edition", *PAGED), MEMBERSHIPS, ("group", "member", "since"), where="A dimension.", example="donor",
    ),
    Operation(
        "methods", "/methods", "Methods",
        "The goal mappings that there are.", ("edition", *PAGED), METHODS, ("method",),
    ),
    Operation(
        "shares", "/methods/{method}", "Shares of a method",
        "Which share of each purpose serves which Goal under a method, on which basis. Those of a purpose sum to 1.",
        ("edition", *PAGED), SHARES, ("purpose", "goal"), where="A method.", example="strict",
    ),
    Operation(
        "surveys", "/surveys", "Surveys",
        "The surveys whose results are published, the newest first.", PAGED, SURVEYS, ("survey",),
    ),
    Operation(
        "answers", "/surveys/{survey}", "Answers to a survey",
        "A line for each answer, of a table for each cell, as makers reported them: they change no measured figure. "
        "Amounts are of currencies and years of their own and are never added. Where a survey names nobody, who "
        "answered is null, and what too few answered is left out as it is on its page.",
        (*OF_RESULTS, *PAGED), ANSWERS, ("line",), where="The id of a survey.", example=EXAMPLE,
    ),
    Operation(
        "counts", "/surveys/counts/{survey}", "How often each answer was given",
        "Of each choice of a survey, alone or in a table, how many gave each answer; of questions that three makers or "
        "more answered.",
        (*OF_RESULTS, *PAGED), COUNTS, ("question", "column", "option"), where="The id of a survey.", example=EXAMPLE,
    ),
)  # fmt: skip
NAMED = {operation.name: operation for operation in OPERATIONS}
