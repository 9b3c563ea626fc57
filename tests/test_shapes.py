"""The script that compiles the shapes: borders stay shared, corners that matter stay, specks stay visible."""

from __future__ import annotations

from tools import shapes


def test_a_line_keeps_its_ends_and_the_corner_that_matters() -> None:
    line = [(0.0, 0.0), (1.0, 0.001), (2.0, 5.0), (3.0, 5.001), (4.0, 5.0)]
    assert shapes.simplified(line) == [(0.0, 0.0), (1.0, 0.001), (2.0, 5.0), (4.0, 5.0)]


def test_a_ring_keeps_four_points_however_small() -> None:
    ring = [(0.0, 0.0), (0.0, 0.001), (0.001, 0.001), (0.001, 0.0), (0.0, 0.0)]
    assert len(shapes.simplified(ring)) == 4


def test_neighbours_share_their_border_after_cuts_are_joined() -> None:
    # Two squares side by side; the border is cut in two pieces, 1 and 2, where a province once met it.
    arcs = [
        [(1.0, 0.0), (0.0, 0.0), (0.0, 2.0), (1.0, 2.0)],
        [(1.0, 2.0), (1.0, 1.0)],
        [(1.0, 1.0), (1.0, 0.0)],
        [(1.0, 2.0), (2.0, 2.0), (2.0, 0.0), (1.0, 0.0)],
    ]
    made, chains = shapes.joined({"AAA": [[[0, 1, 2]]], "BBB": [[[3, ~2, ~1]]]}, arcs)
    west, east = (shape["arcs"][0][0] for shape in made)
    border = {max(n, ~n) for n in west} & {max(n, ~n) for n in east}
    assert len(chains) == 3 and len(border) == 1
    assert chains[border.pop()] == [(1.0, 2.0), (1.0, 1.0), (1.0, 0.0)]


def test_a_country_that_fills_a_hole_shares_its_line() -> None:
    inner = [[(1.0, 1.0), (1.0, 2.0)], [(1.0, 2.0), (2.0, 1.0), (1.0, 1.0)]]
    made, chains = shapes.joined({"AAA": [[[0, 1]]], "BBB": [[[~1, ~0]]]}, inner)
    assert len(chains) == 1
    assert made[1]["arcs"][0][0] == [~made[0]["arcs"][0][0][0]]


def test_a_speck_becomes_a_square_of_one_step() -> None:
    assert len(shapes._steps([(10.0, 10.0), (10.001, 10.001), (10.0, 10.0)])) == 5


def test_the_area_of_a_square_degree_at_the_equator_is_that_of_the_sphere() -> None:
    square = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0)]
    assert abs(shapes.km2(square) - 12363.7) < 1
