"""Places of a GeoJSON or GeoPackage file as the rows of a table: a row a feature.

The properties of a feature are the columns, its geometry gives the point.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from geo.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

__all__ = ["SUFFIXES", "feature_rows", "features"]

SUFFIXES = (".geojson", ".json", ".gpkg")

_DEGREES = 4326


def feature_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number of each feature, from 1, and its properties as the cells of a table.

    ``lat`` and ``lon`` are the geometry's: of an area a point inside it, with the radius of a
    circle as large unless the properties give one.

    Raises
    ------
    GazetteerError
        If the file is no collection of features with geometries.
    """
    for number, (geometry, properties) in enumerate(features(path), start=1):
        row = {str(key).strip().lower(): _cell(value) for key, value in properties.items()}
        if geometry is None or not all(map(math.isfinite, geometry.bounds)):
            yield number, row
            continue
        point = geometry.representative_point()
        if not row.get("radius_km") and geometry.geom_type in {"Polygon", "MultiPolygon"}:
            row["radius_km"] = f"{_radius_km(geometry):.2f}"
        yield number, {**row, "lat": str(point.y), "lon": str(point.x)}


def features(path: Path) -> Iterator[tuple[BaseGeometry | None, dict[str, Any]]]:
    """Yield the geometry of each feature, (lon, lat) in EPSG:4326, and its properties.

    Raises
    ------
    GazetteerError
        If the file is no collection of features.
    """
    return _geopackage(path) if path.suffix.lower() == ".gpkg" else _geojson(path)


def _geojson(path: Path) -> Iterator[tuple[BaseGeometry | None, dict[str, Any]]]:
    import shapely
    from shapely.geometry import shape

    try:
        for feature in json.loads(path.read_text(encoding="utf-8-sig"))["features"]:
            geometry = feature["geometry"]
            yield shape(geometry) if geometry else None, dict(feature["properties"] or {})
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read ({error.strerror})") from error
    except (
        *(ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError),
        shapely.GEOSException,
    ) as error:
        raise GazetteerError(
            f"{path}: not a GeoJSON collection of features, each with a geometry ({error}); "
            "export it again as GeoJSON in WGS 84"
        ) from error


def _geopackage(path: Path) -> Iterator[tuple[BaseGeometry | None, dict[str, Any]]]:
    """Yield the features of every layer that has geometries, in degrees on WGS 84."""
    import pyogrio
    import shapely
    from pyogrio.errors import DataLayerError, DataSourceError

    try:
        for layer, kind in pyogrio.list_layers(path):
            if kind is None:
                continue
            meta, _, wkb, columns = pyogrio.raw.read(path, layer=layer)
            for at, geometry in enumerate(_in_degrees(shapely.from_wkb(wkb), meta["crs"])):
                values = (column[at] for column in columns)
                yield geometry, dict(zip(meta["fields"], values, strict=True))
    except (DataSourceError, DataLayerError, shapely.GEOSException, ValueError) as error:
        reason = " ".join(str(error).split())
        raise GazetteerError(
            f"{path}: cannot be read as GeoPackage ({reason}); export it again"
        ) from error


def _in_degrees(geometries: Any, crs: str | None) -> Any:
    """Return geometries in degrees; those of a file that does not say its grid are taken so."""
    import shapely
    from pyproj import CRS, Transformer

    if crs is None or CRS(crs).to_epsg() == _DEGREES:
        return geometries
    turned = Transformer.from_crs(crs, _DEGREES, always_xy=True)
    return shapely.transform(geometries, lambda points: _turned(points, turned))


def _turned(points: Any, turned: Any) -> Any:
    import numpy as np

    return np.column_stack(turned.transform(points[:, 0], points[:, 1]))


def _cell(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return "|".join(map(str, value)) if isinstance(value, list) else str(value)


def _radius_km(geometry: BaseGeometry) -> float:
    from pyproj import Geod

    area = abs(Geod(ellps="WGS84").geometry_area_perimeter(geometry)[0])
    return math.sqrt(area / math.pi) / 1000
