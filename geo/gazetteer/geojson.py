"""Places of a GeoJSON file as the rows of a table: properties are columns, geometries points."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from geo.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["SUFFIXES", "feature_rows"]

SUFFIXES = (".geojson", ".json")


def feature_rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number of each feature, from 1, and its properties as the cells of a table.

    ``lat`` and ``lon`` are the geometry's: of an area a point inside it, with the radius of a
    circle as large unless the properties give one.

    Raises
    ------
    GazetteerError
        If the file is no GeoJSON collection of features with geometries.
    """
    import shapely
    from shapely.geometry import shape

    try:
        features = json.loads(path.read_text(encoding="utf-8-sig"))["features"]
        for number, feature in enumerate(features, start=1):
            geometry = shape(feature["geometry"])
            row = {
                key.lower(): _cell(value) for key, value in (feature["properties"] or {}).items()
            }
            point = geometry.representative_point()
            if not row.get("radius_km") and geometry.geom_type in {"Polygon", "MultiPolygon"}:
                row["radius_km"] = f"{_radius_km(geometry):.2f}"
            yield number, {**row, "lat": str(point.y), "lon": str(point.x)}
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, KeyError, TypeError, AttributeError, shapely.GEOSException) as error:
        raise GazetteerError(
            f"{path}: not a GeoJSON collection of features, each with a geometry ({error}); "
            "export it again as GeoJSON in WGS 84"
        ) from error


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return "|".join(map(str, value)) if isinstance(value, list) else str(value)


def _radius_km(geometry: Any) -> float:
    from pyproj import Geod

    area = abs(Geod(ellps="WGS84").geometry_area_perimeter(geometry)[0])
    return math.sqrt(area / math.pi) / 1000
