"""Boundaries light enough for a map."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.places.rules.geometry import DEVIATION, STEPS, boundary, middle_of, on_earth, simplified


def circle(points, radius=1.0):
    turns = [2 * math.pi * n / points for n in range(points)]
    return [[70 + radius * math.cos(a), 45 + radius * math.sin(a)] for a in turns]


def test_a_fine_line_becomes_light_and_stays_where_it_was():
    light = boundary({"type": "Polygon", "coordinates": [circle(20_000)]})
    (ring,) = light["coordinates"][0]
    assert len(ring) < 200
    assert ring[0] == ring[-1]
    deviation = 2 / STEPS * (DEVIATION + 1)
    assert all(abs(math.dist(point, (70, 45)) - 1) < deviation for point in ring)
    assert middle_of(light) == pytest.approx((70, 45), abs=0.01)


def test_specks_go_and_islands_and_holes_stay():
    coordinates = [[circle(100), circle(50, 0.3)], [circle(50, 0.2)], [circle(30, 0.0001)]]
    light = boundary({"type": "MultiPolygon", "coordinates": coordinates})
    assert [len(polygon) for polygon in light["coordinates"]] == [2, 1]


def test_an_unclosed_ring_is_closed():
    light = boundary({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]})
    assert light["coordinates"][0][0][0] == light["coordinates"][0][0][-1]


def test_heights_are_left_out():
    light = boundary({"type": "Polygon", "coordinates": [[[0, 0, 9], [1, 0, 9], [1, 1, 9], [0, 0, 9]]]})
    assert {len(point) for point in light["coordinates"][0][0]} == {2}


@given(st.lists(st.tuples(st.floats(60, 80), st.floats(40, 50)), min_size=4, max_size=60))
@settings(max_examples=40, deadline=None)
def test_a_light_line_keeps_to_points_of_its_grid_and_never_grows(points):
    ring = [*points, points[0]]
    light = simplified(ring, 0.01)
    assert len(light) <= len(ring)
    assert all(min(math.dist(kept, point) for point in ring) < 0.02 for kept in light)


def test_a_line_of_one_point_is_no_ring():
    assert simplified([(1.0, 1.0)] * 6, 0.0) == []


@pytest.mark.parametrize(
    ("lon", "lat", "there"), [(0, 0, True), (181, 0, False), (0, -91, False), (float("nan"), 0, False)]
)
def test_only_degrees_are_on_the_earth(lon, lat, there):
    assert on_earth(lon, lat) is there
