"""A survey as a respondent sees it: the surveys of a maker, the parts of one and what can be done with its answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dash import html

from dashboard.forms import Field, Problem
from dashboard.surveys.answers import empty
from dashboard.surveys.responses import STATES, Response
from dashboard.surveys.tongues import phrase
from dashboard.surveys.typed import Form
from layouts.filled import el
from layouts.people.fields import button, listing
from layouts.surveying.origins import became

SEEN = Field("seen", kind="hidden", longest=9)
ONE_BUTTON = (SEEN,)
SENDS = ("submit", "reopen", "withdraw", "propose")  # actions that have a button
LANGUAGES = {"en": "English", "fr": "Français", "es": "Español", "pt": "Português", "ar": "العربية", "ru": "Русский",
             "zh": "中文"}  # fmt: skip
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
To = Callable[..., str]  # of the rest of a path, and terms of the address


def surveys(rows: Sequence[tuple[str, str, str, str, str]]) -> list[Any]:
    """rows: address, title, maker, state in words, last day."""
    made = [[html.A(title, href=path), maker, state, until] for path, title, maker, state, until in rows]
    columns = ("Survey", "Answered for", "Your answers", "Last day (UTC)")
    return [listing(columns, made, "No survey is open for those you speak for.", "Surveys")]


def overview(
    form: Form,
    held: Response,
    to: To,
    once: str,
    actions: Sequence[str],
    wrong: Sequence[Problem],
    facts: Mapping[str, Any],
) -> Any:
    """All parts of a survey with how many of their questions are answered, and what can be done now. facts: maker
    (name), until (last day), open, results (whether they are public), became (contributions made from the answers)."""
    of = form.survey
    lacking = _lacking(form, to, wrong)
    buttons = [
        el.span(button(own(form, action), to(f"/{action}"), once, seen=str(held.version)), className=f"to-{action}")
        for action in actions
        if action != "submit"
    ]
    review_ = "submit" in actions and not lacking
    buttons = [el.p(html.A(own(form, "review"), href=to(review="yes"), className="to-submit"))] * review_ + buttons
    state = STATES[held.state] if held.version else "not begun"
    said = ["Answers of ", el.b(facts["maker"]), ": ", el.b(state), f". Last day (UTC): {facts['until']}."]
    return [
        *languages(form, to()),
        el.p(spoken(form, of.said(of.purpose, form.language))),
        el.p(own(form, of.makers), className="note"),
        el.p(said),
        *([el.p(html.A(own(form, "results"), href=f"/surveys/{of.id}"))] if facts["results"] else []),
        _parts(form, held, to),
        *lacking,
        *([el.p(own(form, "proposed"), className="note")] if "propose" in actions else []),
        el.div(buttons, className="moves-of"),
        *became(facts["became"], _asked(form, to), {id_: title for id_, title, _ in form.commitments}),
    ]


def _parts(form: Form, held: Response, to: To) -> Any:
    rows = [
        [
            html.A(spoken(form, form.survey.said(section.words, form.language)), href=to(f"/at/{section.id}")),
            phrase("of", form.language).format(
                many=sum(not empty(held.answers.get(one.id)) for one in section.questions), every=len(section.questions)
            ),
        ]
        for section in form.survey.sections
    ]
    heads = (phrase("part", form.language), phrase("answered", form.language))
    return el.div(listing(heads, rows, "", "Parts of the survey"), **tongue(form))


def _asked(form: Form, to: To) -> Callable[[str], Any]:
    """The words of a question, with the way to its part; its id where it is asked no more."""
    known = {one.id for one in form.survey.questions()}
    return lambda id_: html.A(_title(form, id_), href=to(f"/at/{_part(form, id_)}")) if id_ in known else id_


def review(form: Form, held: Response, to: To, once: str, stands: Sequence[Any], maker: str) -> list[Any]:
    """All answers before they are submitted, and what becomes public. stands: the answers, part by part."""
    of = form.survey
    kept = [of.said(one.words, form.language) for one in of.questions() if not one.public]
    apart = [el.p(["Not published: ", "; ".join(kept), "."], className="note")] if kept else []
    send = button(own(form, "submit"), to("/submit"), once, seen=str(held.version))
    return [
        el.p(["These are the answers of ", el.b(maker), ". Nothing was submitted yet."]),
        el.p(own(form, of.makers), className="note"),
        *apart,
        el.p(own(form, "files"), className="note"),
        *stands,
        el.div(
            [el.span(send, className="to-submit"), el.p(html.A(own(form, "change"), href=to()))], className="moves-of"
        ),
    ]


def _lacking(form: Form, to: To, wrong: Sequence[Problem]) -> list[Any]:
    """What is to be put right before answers can be submitted."""
    if not wrong:
        return []
    said = [el.li([html.A(_title(form, one.key), href=to(f"/at/{_part(form, one.key)}")), f": {one.sentence}"])
            for one in wrong]  # fmt: skip
    return [el.div([el.p(phrase("before", form.language)), el.ul(said)], className="amiss", **tongue(form))]


def languages(form: Form, path: str) -> list[Any]:
    """The ways to the same page in the other languages of the survey; nothing where there is one alone."""
    every = form.survey.languages
    if len(every) < 2:
        return []
    bare = path.partition("?")[0]
    links = [
        el.li(el.a(LANGUAGES.get(code, code), href=f"{bare}?language={code}", lang=code, hreflang=code,
                   **({"aria-current": "true"} if code == form.language else {})))
        for code in every
    ]  # fmt: skip
    return [el.nav(el.ul(links), className="tongues", **{"aria-label": "Language of the questions"})]


def spoken(form: Form, words: str) -> Any:
    """Words of the survey, said to be of their language where that is not the page's."""
    if form.language == "en":
        return words
    way = {"dir": "rtl"} if form.language in RIGHT_TO_LEFT else {}
    return el.span(words, lang=form.language, **way)


def own(form: Form, name: str) -> Any:
    """What the form says by itself."""
    return spoken(form, phrase(name, form.language))


def tongue(form: Form) -> dict[str, str]:
    """The language of the survey's words, where that is not the page's."""
    return {} if form.language == "en" else {"lang": form.language}


def _part(form: Form, key: str) -> str:
    first = key.partition(".")[0]
    return next(part.id for part in form.survey.sections if any(one.id == first for one in part.questions))


def _title(form: Form, key: str) -> str:
    first = key.partition(".")[0]
    one = next(one for one in form.survey.questions() if one.id == first)
    return form.survey.said(one.words, form.language)
