"""Maps: one choropleth trace for every place, circles for those too small to see, an ink line around what is picked.

One trace with a stepped colour scale, not one trace a class: plotly.js decodes all shapes once per trace (measured on
648 x 295 pixels: 35 ms a redraw against 60-200 ms). Absences and what is picked are steps of the same scale.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures import places, style
from dashboard.panels import Figure

CLASSES = 5
ZERO, ABSENT, OUTSIDE, UNSETTLED = range(CLASSES, CLASSES + 4)  # steps after the classes
MANY = 15  # picked places that still bear a line of two pixels
NAMED_FROM = 400_000.0  # km²: room for the two dots of "not reported"


@dataclass(frozen=True)
class Area:
    """One place as it is drawn. `code`: what a click picks; `place`: ISO alpha-3; `level`: a class (0-4), ZERO or
    ABSENT; `said`: lines of the hover."""

    code: str
    place: str
    level: int
    said: str
    picked: bool = False


def world(areas: Sequence[Area], palette: Sequence[str], key: str, dimmed: bool = False) -> Figure:
    """The whole world in one map. `dimmed`: something is picked, perhaps what no map can show."""
    return {"data": _traces(areas, palette, key, dimmed), "layout": style.layout(margin=_MARGIN, geo=_world())}


def world_and_europe(areas: Sequence[Area], palette: Sequence[str], key: str, dimmed: bool = False) -> Figure:
    """The world beside an inset of Europe, in one figure."""
    near = [area for area in areas if area.place in EUROPE]
    inset = _traces(near, palette, key, dimmed, "geo2", EUROPE)
    # In the inset Luxembourg is large enough to see; on the world its circle would cover its neighbours.
    far = [area for area in areas if area.place not in EUROPE or not places.known()[area.place].small]
    layout = style.layout(
        margin=_MARGIN,
        geo=_world() | {"domain": {"x": [0, 0.63], "y": [0, 1]}},
        geo2=_europe(),
        annotations=[_label("Europe", 0.662, 0.985)],
        shapes=[_frame(0.652, 0.999)],
    )
    return {"data": _traces(far, palette, key, dimmed) + inset, "layout": layout}


def _traces(
    areas: Sequence[Area],
    palette: Sequence[str],
    key: str,
    dimmed: bool,
    geo: str = "geo",
    drawn: Iterable[str] | None = None,
) -> list[dict[str, Any]]:
    fills = _fills(palette)
    shown = _paled(fills) if dimmed else fills
    traces = [_shapes(areas, [*shown, *fills], key, places.shapes() if drawn is None else drawn, geo)]
    return traces + _dots(areas, geo) + _circles(areas, fills, shown, key, geo)


def _shapes(areas: Sequence[Area], steps: list[str], key: str, drawn: Iterable[str], geo: str) -> dict[str, Any]:
    """Every place the map draws, those outside the panel's members too. What has a line of its own comes last, above
    its neighbours: reported zeros, then what is picked. `steps`: colours, then those of what is picked."""
    by_place = {area.place: area for area in areas}
    known = [area for area in areas if places.known()[area.place].km2 and area.place not in places.UNSETTLED]
    known.sort(key=lambda area: (area.picked, area.level == ZERO))
    codes = [code for code in drawn if code not in by_place]
    rest = [OUTSIDE] * len(codes) + [UNSETTLED] * len(places.UNSETTLED)
    blank = [""] * len(rest)
    full = len(steps) // 2
    return _choropleth(geo) | {
        "locations": [*codes, *places.UNSETTLED, *(area.place for area in known)],
        "z": rest + [area.level + full if area.picked else area.level for area in known],
        "text": blank + [area.said for area in known],
        "customdata": blank + [f"{key}:{area.code}" for area in known],
        "zmin": -0.5,
        "zmax": len(steps) - 0.5,
        "colorscale": [[end / len(steps), fill] for n, fill in enumerate(steps) for end in (n, n + 1)],
        "marker": {"line": _lines(known, len(rest))},
    }


def _lines(known: Sequence[Area], before: int) -> dict[str, Any]:
    """White borders; grey around zeros; ink around what is picked, two pixels or, of a whole group, half of that."""
    if not any(area.picked or area.level == ZERO for area in known):
        return dict(zip(("color", "width"), _BORDER, strict=True))
    picked = _PICKED if sum(area.picked for area in known) <= MANY else _OF_MANY
    lines = [picked if area.picked else _EMPTY if area.level == ZERO else _BORDER for area in known]
    lines = [_BORDER] * before + lines
    return {"color": [colour for colour, _ in lines], "width": [width for _, width in lines]}


def _choropleth(geo: str) -> dict[str, Any]:
    return {"type": "choropleth", "geo": geo, "showscale": False, "hoverinfo": "text", "autocolorscale": False}


def _dots(areas: Sequence[Area], geo: str) -> list[dict[str, Any]]:
    """The two dots of the United Nations' "not reported" on places with room for them."""
    spots = [places.known()[area.place] for area in areas if area.level == ABSENT]
    wide = [spot for spot in spots if spot.km2 >= NAMED_FROM]
    if not wide:
        return []
    trace = {"type": "scattergeo", "geo": geo, "mode": "text", "hoverinfo": "skip"}
    font = {"size": 14, "color": style.ABSENT_MARK, "weight": 700}
    where = {"lon": [spot.lon for spot in wide], "lat": [spot.lat for spot in wide]}
    return [trace | where | {"text": [".."] * len(wide), "textfont": font}]


def _circles(areas: Sequence[Area], fills: list[str], pale: list[str], key: str, geo: str) -> list[dict[str, Any]]:
    """Circles of 7 pixels for places too small to see, pushed apart."""
    stand = places.circles if geo == "geo" else places.specks
    where = stand(area.place for area in areas)
    small = [area for area in areas if area.place in where]
    if not small:
        return []
    marker = {
        "size": 7,
        "opacity": 1,
        "color": [fills[area.level] if area.picked else pale[area.level] for area in small],
        "line": {"color": style.INK, "width": [2 if area.picked else 0.8 for area in small]},
    }
    return [
        {
            "type": "scattergeo",
            "geo": geo,
            "mode": "markers",
            "hoverinfo": "text",
            "lon": [where[area.place][0] for area in small],
            "lat": [where[area.place][1] for area in small],
            "text": [area.said for area in small],
            "customdata": [f"{key}:{area.code}" for area in small],
            "marker": marker,
        }
    ]


def _fills(palette: Sequence[str]) -> list[str]:
    return [*palette, style.ZERO, style.ABSENT, style.OUTSIDE, style.DISPUTED]


def _paled(fills: Sequence[str]) -> list[str]:
    """What is not picked, lightened; absences keep their own greys."""
    return [*map(style.lightened, fills[:CLASSES]), *fills[CLASSES:]]


_BORDER, _EMPTY, _PICKED = (style.SURFACE, 0.5), (style.ZERO_LINE, 1.0), (style.INK, 2.0)
_OF_MANY = (style.INK, 1.0)  # around fifty places two pixels would leave nothing of their colours
_MARGIN = {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0}
_BARE = {
    "resolution": 50,
    "fitbounds": False,
    "showland": False,
    "showcountries": False,
    "showcoastlines": False,
    "showlakes": False,
    "showocean": False,
    "showframe": False,
    "bgcolor": style.SURFACE,
}
EUROPE = frozenset(
    code for code, spot in places.known().items() if (-25 <= spot.lon <= 45 and 29 <= spot.lat <= 80) or code == "RUS"
)


def _world() -> dict[str, Any]:
    return _BARE | {
        "projection": {"type": "equal earth", "rotation": {"lon": places.SHIFT}, "minscale": 1, "maxscale": 12},
        "lonaxis": {"range": [places.SHIFT - 180, places.SHIFT + 180]},
        "lataxis": {"range": [-56, 78]},
    }


def _europe() -> dict[str, Any]:
    return _BARE | {
        "domain": {"x": [0.652, 0.999], "y": [0, 1]},
        "projection": {
            "type": "azimuthal equal area",
            "rotation": {"lon": 10, "lat": 52},
            "minscale": 1,
            "maxscale": 12,
        },
        "lonaxis": {"range": [-11, 30]},
        "lataxis": {"range": [35, 70.5]},
        "center": {"lon": 10, "lat": 52.5},
    }


def _label(text: str, x: float, y: float) -> dict[str, Any]:
    font = {"size": 12, "color": style.MUTED}
    where = {"xref": "paper", "yref": "paper", "x": x, "y": y, "xanchor": "left", "yanchor": "top"}
    return where | {"text": text, "showarrow": False, "font": font, "bgcolor": style.SURFACE, "borderpad": 1}


def _frame(left: float, right: float) -> dict[str, Any]:
    where = {"xref": "paper", "yref": "paper", "x0": left, "x1": right, "y0": 0.002, "y1": 0.998}
    return where | {"type": "rect", "layer": "above", "line": {"color": style.RULE, "width": 1}}
