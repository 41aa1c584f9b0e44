"""Maps and population lines as Vega-Lite."""

import itertools
import math

import pytest

from hashar.i18n import Translator
from hashar.reports.content.document import Chart, Table
from hashar.reports.content.maps import Area, Key, Tone, class_of, frame_of, map_of
from hashar.reports.content.population import PopulationPoint, population_chart
from hashar.reports.render.pictures import picture
from hashar.reports.render.theme import chart_styles

TRANSLATOR = Translator("en")


def box(lon, lat, side):
    ring = [[lon, lat], [lon, lat + side], [lon + side, lat + side], [lon + side, lat], [lon, lat]]
    return {"type": "MultiPolygon", "coordinates": [[ring]]}


def drawn(specs, *, dark=False):
    wide, narrow = specs
    chart = Chart("Title", "Words", wide, narrow, Table("", (), ()))
    return [picture(chart, TRANSLATOR, narrow=slim, dark=dark).decode() for slim in (False, True)]


def points_of(spec):
    return [
        point
        for layer in spec["layer"]
        if layer["mark"]["type"] == "geoshape"
        for feature in layer["data"]["values"]
        for polygon in feature["geometry"]["coordinates"]
        for ring in polygon
        for point in ring
    ]


def test_everything_lies_inside_the_picture_and_north_is_up():
    wide, narrow = map_of([Area(box(60, 40, 5)), Area(box(70, 48, 3))])
    for spec in (wide, narrow):
        assert all(0 <= x <= spec["width"] and 0 <= y <= spec["height"] for x, y in points_of(spec))
    features = [f["geometry"]["coordinates"][0][0] for f in wide["layer"][0]["data"]["values"]]
    assert max(y for _, y in features[1]) < min(y for _, y in features[0])
    assert min(x for x, _ in features[1]) > max(x for x, _ in features[0])


def test_areas_of_one_size_on_earth_have_one_size_on_the_map():
    """Equal area: a box of one degree in the north is smaller by the cosine of its latitude."""
    wide, _ = map_of([Area(box(60, 36, 1)), Area(box(60, 54, 1))])
    rings = [f["geometry"]["coordinates"][0][0] for f in wide["layer"][0]["data"]["values"]]
    sizes = [abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))) / 2 for ring in rings]
    expected = math.cos(math.radians(54.5)) / math.cos(math.radians(36.5))
    assert sizes[1] / sizes[0] == pytest.approx(expected, rel=0.03)


def test_each_tone_is_a_layer_with_a_style_of_the_theme():
    areas = [Area(box(60 + n, 40, 1), tone) for n, tone in enumerate(Tone)]
    wide, _ = map_of(areas)
    styles = [layer["mark"]["style"] for layer in wide["layer"] if layer["mark"]["type"] == "geoshape"]
    assert [style for style in styles if style.startswith("area")] == [tone.value for tone in Tone]
    assert set(styles) <= set(chart_styles())


def test_labels_lie_inside_their_area_and_small_places_get_a_dot():
    ring = [[60, 40], [60, 50], [61, 50], [61, 41], [70, 41], [70, 40], [60, 40]]
    corner = {"type": "MultiPolygon", "coordinates": [[ring]]}
    wide, narrow = map_of([Area(corner, label="1"), Area(box(65, 40.3, 0.05), Tone.HERE, "2")])
    text = next(layer for layer in wide["layer"] if layer["mark"]["type"] == "text")
    assert [value["label"] for value in text["data"]["values"]] == ["1", "2"]
    assert any(layer["mark"]["style"] == "map-dot" for layer in narrow["layer"])
    svg, _ = drawn((wide, narrow))
    assert ">1<" in svg
    assert ">2<" in svg


def test_what_is_hidden_or_absent_has_a_pattern_that_stays_inside_it_and_out_of_its_holes():
    hole = [[[62, 42], [64, 42], [64, 44], [62, 44], [62, 42]]]
    ring = {"type": "MultiPolygon", "coordinates": [[*box(60, 40, 6)["coordinates"][0], *hole]]}
    wide, _ = map_of([Area(ring, Tone.HIDDEN)])
    (shape, pattern) = wide["layer"]
    assert (shape["mark"]["style"], pattern["mark"]["style"]) == ("area-hidden", "pattern-lines")
    outer, inner = shape["data"]["values"][0]["geometry"]["coordinates"][0]
    left, right = min(x for x, _ in inner) + 1, max(x for x, _ in inner) - 1
    top, bottom = min(y for _, y in inner) + 4, max(y for _, y in inner) - 4
    lines = pattern["data"]["values"][0]["geometry"]["coordinates"]
    assert len(lines) > 20
    for start, end in lines:
        assert min(x for x, _ in outer) - 1 <= min(start[0], end[0]) <= max(start[0], end[0]) <= wide["width"]
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        assert not (left < middle[0] < right and top < middle[1] < bottom)


def test_a_small_area_is_a_disc_of_its_own_tone_over_its_neighbour():
    city = Area(box(65.2, 42.4, 0.05), Tone.CLASS_1, "2", "City", "5%")
    wide, _ = map_of([Area(box(60, 40, 9), Tone.CLASS_5, "1"), city])
    styles = [layer["mark"]["style"] for layer in wide["layer"]]
    assert styles.index("map-ground") > styles.index("area-5")
    (disc,) = wide["layer"][styles.index("map-ground") + 1]["data"]["values"]
    assert (disc["label"], disc["value"]) == ("City", "5%")
    assert "map-dot" not in styles


def test_the_label_of_a_small_area_keeps_out_of_the_way_of_another():
    def label(spec, which):
        found = next(layer for layer in spec["layer"] if layer["mark"]["style"] == "map-label")["data"]["values"]
        return next(one for one in found if one["label"] == which)

    around = Area(box(60, 40, 9), Tone.CLASS_1, "1")
    alone, _ = map_of([around, Area(box(61, 42, 0.05), Tone.CLASS_2, "2")])
    wide, _ = map_of([around])
    x, y = label(wide, "1")["x"], label(wide, "1")["y"]
    middle, _ = map_of([around, Area(box(64.5, 44.7, 0.05), Tone.CLASS_2, "2")])
    assert label(middle, "1") == {"x": x, "y": y, "label": "1"}
    assert math.dist((label(middle, "2")["x"], label(middle, "2")["y"]), (x, y)) > 20
    assert label(alone, "2")["y"] > y


def test_the_key_stands_below_the_map_in_the_pictures_own_width():
    keys = [Key("0% to 10%", Tone.CLASS_1), Key("hidden", Tone.HIDDEN), Key("word " * 20, sign="+")]
    plain, slim = map_of([Area(box(60, 40, 5), Tone.CLASS_1)])
    wide, narrow = map_of([Area(box(60, 40, 5), Tone.CLASS_1)], keys)
    for spec, before in ((wide, plain), (narrow, slim)):
        words = next(layer for layer in spec["layer"] if layer["mark"]["style"] == "map-key")["data"]["values"]
        assert [one["label"] for one in words][:3] == ["0% to 10%", "hidden", "+"]
        assert all(before["height"] < one["y"] < spec["height"] for one in words)
    assert len({one["x"] for one in words if one["label"] != "+"}) == 1
    assert "0% to 10%" in drawn((wide, narrow))[1]


def test_fewer_classes_have_shades_that_lie_further_apart():
    assert [class_of(value, ()).value for value in (0, 9)] == ["area-3"] * 2
    assert [class_of(value, (1,)).value for value in (0, 9)] == ["area-2", "area-4"]
    assert [class_of(value, (1, 2)).value for value in (0, 2, 9)] == ["area-1", "area-3", "area-5"]


def test_what_is_too_small_to_draw_is_left_out():
    speck = {"type": "MultiPolygon", "coordinates": [[[[60, 40], [60, 40], [60, 40], [60, 40]]]]}
    wide, _ = map_of([Area(box(50, 30, 20)), Area(speck, label="x")])
    assert len([f for layer in wide["layer"] for f in layer["data"]["values"] if "geometry" in f]) == 2
    assert not [layer for layer in wide["layer"] if layer["mark"]["type"] == "text"]


def test_an_empty_map_is_an_empty_picture():
    assert frame_of([], 300).width == 300
    wide, _ = map_of([])
    assert wide["layer"] == []


@pytest.mark.parametrize(
    ("value", "tone"), [(0, "area-1"), (1, "area-1"), (2, "area-2"), (9, "area-5"), (99, "area-5")]
)
def test_values_are_shaded_in_five_classes(value, tone):
    assert class_of(value, (1, 3, 5, 7)).value == tone


def test_dark_pictures_have_the_colours_of_the_dark_page():
    specs = map_of([Area(box(60, 40, 5)), Area(box(66, 40, 5), Tone.HERE)])
    light, dark = drawn(specs)[0], drawn(specs, dark=True)[0]
    assert light != dark
    assert "#e3f0f1" not in dark


def test_a_population_line_begins_at_zero_and_breaks_where_the_territory_changed():
    points = [PopulationPoint(2000 + n, 1_000_000 + n * 1000, n // 20) for n in range(24)]
    points.append(PopulationPoint(2026, 2_000_000, 9))
    wide, narrow = population_chart(points)
    assert wide["layer"][0]["encoding"]["y"]["scale"]["domain"][0] == 0
    assert wide["layer"][0]["encoding"]["detail"] == {"field": "segment"}
    assert wide["layer"][1]["transform"] == [{"filter": "datum.segment === 9"}]
    assert max(wide["layer"][0]["encoding"]["x"]["axis"]["values"]) == 2026
    svg, slim = drawn((wide, narrow))
    assert "1,000,000" in svg
    assert slim.startswith("<svg")
    assert len(population_chart(points[:20])[0]["layer"]) == 1
