"""A part of a survey: as a form, or as it was answered where it cannot be changed; files are part of its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard.forms import ONCE, Field, Typed
from dashboard.surveys.answers import SHARE, empty
from dashboard.surveys.questions import Choice, File, Matrix, Money, Question, Section
from dashboard.surveys.responses import Response
from dashboard.surveys.told import words as told
from dashboard.surveys.tongues import phrase
from dashboard.surveys.typed import Form
from layouts.contributing.attaching import HINT, WITH_IT, adding, file_field
from layouts.contributing.pieces import paragraphs
from layouts.filled import el
from layouts.people.fields import field, summary
from layouts.surveying.answering import SEEN, To, languages, own, spoken, tongue
from layouts.surveying.theirs import pair, theirs

FINANCIAL = "financial"
ELSEWHERE = (
    "These are a share of income or of a budget, not a sum of money. Please report on them one by one, with the share:"
)
ASKED = Field("asked", kind="hidden", longest=9)
Given = Mapping[str, tuple[str, str, str]]  # question -> id, name and kind of its file


@dataclass(frozen=True)
class Part:
    """seen: the version of the answers that is shown. typed: what stands in the fields, with problems. open_: whether
    they can be changed. clash: keys of questions and rows that somebody else answered meanwhile, as `held` has them.
    asked: the version of the survey's words."""

    form: Form
    section: Section
    held: Response
    to: To
    seen: int
    typed: Typed
    open_: bool
    clash: Sequence[str] = ()
    asked: int = 0

    @property
    def path(self) -> str:
        return f"/at/{self.section.id}"

    @property
    def wrong(self) -> dict[str, str]:
        """The first sentence on each field or question."""
        found: dict[str, str] = {}
        for one in self.typed.problems:
            found.setdefault(one.field, one.sentence)
        return found

    def said(self, words: Any) -> Any:
        return spoken(self.form, self.form.survey.said(words, self.form.language))

    def own(self, name: str) -> Any:
        """What the form says by itself."""
        return own(self.form, name)


def part(of: Part, once: Callable[[], str], given: Given) -> list[Any]:
    """The whole part."""
    lead = [el.p(of.said(of.section.help))] if of.section.help else []
    files = [one for one in of.section.questions if isinstance(one, File)]
    top = [*languages(of.form, of.to(of.path)), *_back(of), *lead]
    if not of.open_:
        note = el.p(of.own("over" if of.held.state == "draft" else of.held.state), className="note")
        stands = [_stands(of, one) for one in of.form.typed(of.section)]
        return [*top, _amiss(of), note, *stands, *(_file(of, one, given) for one in files)]
    body = [
        _amiss(of),
        el.input(type="hidden", name=ONCE, value=once()),
        el.input(type="hidden", name=SEEN.name, value=str(of.seen)),
        el.input(type="hidden", name=ASKED.name, value=str(of.asked)),
        *(_question(of, one) for one in of.form.typed(of.section)),
        el.p([el.button(of.own("send"), type="submit", className="send-it")], className="send"),
        *(_file(of, one, given) for one in files),
    ]
    told = {"data-keeps": of.to(of.path).partition("?")[0]} | ({"enctype": "multipart/form-data"} if files else {})
    return [*top, el.form(body, method="post", action=of.to(of.path), className="asks survey", novalidate=True, **told)]


def _amiss(of: Part) -> Any:
    """What is to be put right, in the language of the form."""
    language = of.form.language
    said = summary([], of.typed.problems, below=(phrase("one below", language), phrase("some below", language)))
    return el.div(said, **tongue(of.form)) if said is not None else None


def _back(of: Part) -> list[Any]:
    title = of.form.survey.said(of.form.survey.title, of.form.language)
    return [el.p(html.A(spoken(of.form, title), href=of.to()), className="about-of")]


def _question(of: Part, one: Question) -> Any:
    hint = _hints(of, one)
    words, amiss = of.said(one.words), of.wrong.get(one.id, "")
    beside = theirs(of.form, one, of.held.answers.get(one.id)) if one.id in of.clash else []
    if isinstance(one, Matrix):
        rows = [_row(of, one, row, name) for row, name in of.form.rows(one)]
        none = [] if rows else [el.p(of.own("none yet"), className="note")]
        return _group(words, [*hint, *rows, *none, *_elsewhere(of, one)], amiss, one, of)
    if _several(one):
        return _group(words, [*hint, *beside, *_fields(of, of.form.of(one))], amiss, one, of)
    only = [*hint[:-1]] if one.help else hint  # the help of the question is the hint of its field
    return el.div([*only, *beside, el.div(_fields(of, of.form.of(one)), **tongue(of.form))])


def _elsewhere(of: Part, one: Matrix) -> list[Any]:
    """Commitments that are a share of something: where they are reported on."""
    left = [(id_, title) for id_, title, kind in of.form.commitments if kind == SHARE] if one.rows == FINANCIAL else []
    path = "/my/contributions/new?kind=report&commitment="
    links = [el.li(html.A(title, href=path + id_)) for id_, title in left]
    return [el.p(ELSEWHERE, className="note"), el.ul(links, className="plain-list")] if links else []


def _hints(of: Part, one: Question) -> list[Any]:
    found = [_only(of, one)] if one.when else []
    found += [] if one.public else [of.own("apart")]
    found += [of.said(one.help)] if one.help else []
    return [el.p(words, className="hint") for words in found]


def _fields(of: Part, fields: Sequence[Field]) -> list[Any]:
    path = f"{of.form.survey.id}{of.path}"
    return [field(one, of.typed.values.get(one.name, ""), of.wrong.get(one.name, ""), path) for one in fields]


def _row(of: Part, one: Matrix, row: str, words: str) -> Any:
    """A row of a table, folded until something stands in it."""
    inside, filled, wrong = list[Any](), False, of.wrong
    for column in one.columns:
        fields = of.form.cell(one, row, column)
        amiss = wrong.get(f"{one.id}.{row}.{column.id}", "")
        filled |= bool(amiss) or any(of.typed.values.get(each.name) or each.name in wrong for each in fields)
        made = _fields(of, fields)
        inside += [_group(of.said(column.words), made, amiss, column, of)] if _several(column) else made
    amiss = wrong.get(f"{one.id}.{row}", "")
    said = [el.p(amiss, className="wrong", **tongue(of.form))] if amiss else []
    if f"{one.id}.{row}" in of.clash:
        said += theirs(of.form, one, (of.held.answers.get(one.id) or {}).get(row))
    filled |= bool(said)
    mark = [el.span(of.own("filled"), className="answered")] if filled else []
    return el.details(
        [el.summary([el.span(words), *mark]), *said, el.div(inside, className="cells", **tongue(of.form))], open=filled
    )


def _several(one: Question) -> bool:
    return isinstance(one, Money) or (isinstance(one, Choice) and one.several)


def _group(words: Any, inside: Sequence[Any], wrong: str, one: Question, of: Part) -> Any:
    said = [el.p(wrong, className="wrong")] if wrong else []
    return el.fieldset([el.legend(words), *said, *inside], className=f"group-of group-{one.kind}", **tongue(of.form))


def _only(of: Part, one: Question) -> Any:
    """Where a question is asked, in words."""
    survey, language = of.form.survey, of.form.language
    earlier = next(each for each in survey.questions() if one.when and each.id == one.when.question)
    options = earlier.options if isinstance(earlier, Choice) else ()
    named = [survey.said(option.words, language) for option in options if one.when and option.id in one.when.among]
    some = phrase("one of", language).format(answers="; ".join(named)) if len(named) > 1 else named[0]
    only = phrase("only", language).format(asked=survey.said(earlier.words, language), answer=some)
    return spoken(of.form, only)


def _stands(of: Part, one: Question) -> Any:
    """A question with what was answered."""
    answer, survey, language = of.held.answers.get(one.id), of.form.survey, of.form.language
    if empty(answer):
        said: Any = el.p(of.own("not answered"), className="note")
    elif isinstance(one, Matrix):
        rows = [(name, answer[row]) for row, name in of.form.rows(one) if row in answer]
        said = [
            el.div([el.h3(name), el.dl([pair(of.form, column, cells) for column in one.columns if column.id in cells],
                                       className="told-of")])
            for name, cells in rows
        ]  # fmt: skip
    else:
        said = el.div(paragraphs(told(survey, one, answer, language)))
    kept = [] if one.public else [el.p(of.own("apart"), className="hint")]
    return el.div([el.h2(of.said(one.words)), *kept, *(said if isinstance(said, list) else [said])], className="stands")


def answered(form: Form, held: Response, to: To) -> list[Any]:
    """All questions with what was answered, part by part."""
    found = list[Any]()
    for section in form.survey.sections:
        shown = Part(form, section, held, to, held.version, Typed({}), False)
        files = [one for one in section.questions if isinstance(one, File)]
        found += [el.h2(html.A(shown.said(section.words), href=to(shown.path)))]
        found += [_stands(shown, one) for one in form.typed(section)]
        found += [
            el.div(
                [
                    el.h3(shown.said(one.words)),
                    el.p(own(form, "file given" if held.answers.get(one.id) else "no file")),
                ]
            )
            for one in files
        ]
    return found


def _file(of: Part, one: File, given: Given) -> Any:
    """A question that a file answers: the file there is, and in the form of the part what gives one and takes it out,
    so that what was typed is kept with it."""
    id_, at = f"file-{one.id}", of.to(f"/file/{one.id}")
    hints = [el.p(words, className="hint") for words in ([of.said(one.help)] if one.help else [])]
    there: Any = el.p(of.own("no file"), className="note")
    if one.id in given:
        file, name, kind = given[one.id]
        out = el.button(of.own("file out"), type="submit", formaction=of.to(f"/file/{one.id}/away"))
        away = [" ", el.span(out, className="one-button")] if of.open_ else []
        there = el.div([html.A(name, href=of.to(f"/file/{file}").partition("?")[0]), el.small(f" ({kind})"), *away])
    head = [el.h2(of.said(one.words), identity=id_), *hints, there]
    if not of.open_:
        return el.div(head)
    words = phrase("other file" if one.id in given else "file", of.form.language)
    asks = file_field(sent_as(one.id), f"{id_}-input", words, f"{HINT} {WITH_IT}", of.wrong.get(one.id, ""))
    return el.div([*head, asks, adding(phrase("add file", of.form.language), at)])


def sent_as(question: str) -> str:
    """The name of the field in which the file that answers a question comes."""
    return f"file.{question}"
