"""GeoJSON files (RFC 7946) as rows with a geometry that nobody has checked yet."""

import json
from typing import NoReturn

from hashar.errors import InputError, TooLarge
from hashar.i18n import N_
from hashar.places.sources.tables import LONGEST_CELL, Record

LARGEST_GEOJSON = 20_000_000
MOST_FEATURES = 5_000
_DEGREES = ("CRS84", "4326")


def read_geojson(content: bytes, name: str) -> list[Record]:
    """The features of a FeatureCollection; properties become cells of text, the feature's id the cell ``id``.

    Raises
    ------
    TooLarge
        More bytes or features than an import takes.
    InputError
        It is not GeoJSON, or not in degrees of longitude and latitude.

    """
    if len(content) > LARGEST_GEOJSON:
        raise TooLarge(
            N_("{file} is larger than {limit} MB. Simplify the boundaries (for example to 1 %) and upload that."),
            file=name,
            limit=LARGEST_GEOJSON // 1_000_000,
        )
    collection = _parse(content, name)
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(collection, dict) or not isinstance(features, list) or not features:
        raise InputError(
            N_("{file} is not a GeoJSON FeatureCollection with features. Export the layer as GeoJSON and upload that."),
            file=name,
        )
    if len(features) > MOST_FEATURES:
        raise TooLarge(
            N_("{file} has more than {limit} features. Split it and import the parts one after another."),
            file=name,
            limit=MOST_FEATURES,
        )
    _in_degrees(collection, name)
    return [_record(number, feature, name) for number, feature in enumerate(features, start=1)]


def _parse(content: bytes, name: str) -> object:
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_not_a_number)
    except (ValueError, RecursionError):
        raise InputError(
            N_("{file} cannot be read as GeoJSON in UTF-8. Export the layer as GeoJSON again."), file=name
        ) from None


def _not_a_number(word: str) -> NoReturn:
    raise ValueError(word)


def _in_degrees(collection: dict[str, object], name: str) -> None:
    said = json.dumps(collection.get("crs") or "CRS84")
    if not any(word in said for word in _DEGREES):
        raise InputError(N_("{file} is not in degrees (WGS 84). Export it in EPSG:4326 and upload that."), file=name)


def _record(number: int, feature: object, name: str) -> Record:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(properties, dict | None):
        raise InputError(
            N_("{file}: feature {row} is not a GeoJSON feature. Export the layer again."), file=name, row=number
        )
    cells = {
        str(key).casefold(): str(value)[:LONGEST_CELL].strip()
        for key, value in (properties or {}).items()
        if isinstance(value, str | int | float) and not isinstance(value, bool)
    }
    if isinstance(feature.get("id"), str | int):
        cells.setdefault("id", str(feature["id"])[:LONGEST_CELL])
    return Record(number, cells, feature.get("geometry"))
