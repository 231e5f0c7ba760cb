"""The gazetteer: millions of places as memory-mapped columns, `Place` objects on request."""

from __future__ import annotations

import json
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.gazetteer.cache import cache_folder, compiled
from geo.gazetteer.identity import Identities
from geo.gazetteer.index import NameIndex, name_keys
from geo.gazetteer.sounding import SoundIndex
from geo.gazetteer.strings import Strings
from geo.gazetteer.tables import table_paths
from geo.model import AREA_KINDS, KINDS, Place
from geo.resources import data_folder
from geo.text.folding import FoldTable
from geo.text.tokens import Tokeniser

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["Gazetteer"]

_KEPT = 1 << 14
"""Places and outlines that are kept once made."""

_CIRCLE = 64
"""Corners of a circle drawn for an area whose outline is not known."""


class Gazetteer:
    """Places by row, id and name. Use `open`.

    Columns, one item a place: ``kind`` (index into `geo.model.KINDS`), ``country`` (index into
    ``countries``), ``admin1`` (row of the governorate, -1 for none), ``lat``, ``lon``,
    ``radius_km``, ``population``, ``verified``, ``curated`` (put in by hand). ``capital`` holds
    the rows of the capitals. Names are numbered; ``name_script`` has one item a name
    (`geo.gazetteer.index.Script`).
    """

    kind: NDArray[np.uint8]
    country: NDArray[np.uint32]
    admin1: NDArray[np.int32]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    radius_km: NDArray[np.float32]
    population: NDArray[np.int64]
    verified: NDArray[np.uint8]
    curated: NDArray[np.bool_]

    def __init__(
        self,
        arrays: Mapping[str, NDArray[np.generic]],
        *,
        reopen: Callable[[], Gazetteer] | None = None,
    ) -> None:
        self._arrays = arrays
        self._reopen = reopen
        for column in Gazetteer.__annotations__:
            setattr(self, column, arrays["country.code" if column == "country" else column])
        self.capital: NDArray[np.int32] = arrays["capital"]  # type: ignore[assignment]
        self.name_script: NDArray[np.uint8] = arrays["name.script"]  # type: ignore[assignment]
        self.link_start: NDArray[np.uint32] = arrays["link.start"]  # type: ignore[assignment]
        self.link_place: NDArray[np.int32] = arrays["link.place"]  # type: ignore[assignment]
        self.link_role: NDArray[np.uint8] = arrays["link.role"]  # type: ignore[assignment]
        self.index = NameIndex(arrays)
        self._sounds = SoundIndex.within(arrays)
        # The same few places are named over and over; outlines are slow to read again.
        self._place = lru_cache(_KEPT)(self._make_place)
        self._footprint = lru_cache(_KEPT)(self._make_footprint)

    @classmethod
    def open(
        cls,
        *,
        extra: Sequence[Path] = (),
        cache: Path | None = None,
        folder: Path | None = None,
    ) -> Gazetteer:
        """Return the gazetteer of the shipped tables and the user's ``extra`` ones.

        The first call compiles the tables into the folder ``cache`` (the user's cache folder when
        not given), which takes seconds; later calls memory-map what it wrote. ``folder`` replaces
        the shipped tables.

        Raises
        ------
        GazetteerError
            If a table is missing or holds an impossible value; names file, row, column, remedy.
        """
        source = Path(folder) if folder is not None else data_folder("gazetteer")
        store = Path(cache) if cache is not None else cache_folder()
        tables = [Path(path).absolute() for path in extra]
        shipped = table_paths(source, tables)[: -len(tables) or None]
        arrays = compiled(source, shipped, tables, store)
        return cls(arrays, reopen=_Reopen(tables, store, source))

    def __reduce__(self) -> tuple[Any, ...]:
        # Workers map the same file; sending the columns would copy them.
        if self._reopen is not None:
            return self._reopen, ()
        return Gazetteer, (dict(self._arrays),)

    def __len__(self) -> int:
        return len(self.kind)

    @property
    def nbytes(self) -> int:
        """The bytes of the compiled columns and the index of names."""
        return sum(array.nbytes for array in self._arrays.values())

    @cached_property
    def tokeniser(self) -> Tokeniser:
        """What cuts text into tokens as the names were cut."""
        return Tokeniser(FoldTable.from_arrays(self._arrays))

    @cached_property
    def countries(self) -> list[str]:
        """The ISO 3166-1 codes that ``country`` counts in; ``""`` where none is known."""
        return self._texts["country.values"].texts()

    def country_number(self, code: str) -> int:
        """Return the index into ``countries`` of an ISO 3166-1 code, -1 if no place is there."""
        code = code.upper()
        return self.countries.index(code) if code in self.countries else -1

    @cached_property
    def _texts(self) -> dict[str, Strings]:
        columns = ("id", "also", "name", "name_ar", "details", "country.values", "source.values")
        return {column: Strings.within(self._arrays, column) for column in columns}

    def id(self, row: int) -> str:
        """Return the id of the place in ``row``."""
        return self._texts["id"][row]

    def place(self, row: int) -> Place:
        """Return the place in ``row``; its ``admin1`` is the id of that place."""
        return self._place(int(row))

    def _make_place(self, row: int) -> Place:
        admin1, texts = int(self.admin1[row]), self._texts
        details = texts["details"][row]
        return Place(
            id=texts["id"][row],
            name=texts["name"][row],
            name_ar=texts["name_ar"][row] or None,
            lat=float(self.lat[row]),
            lon=float(self.lon[row]),
            kind=KINDS[self.kind[row]],
            country=self.countries[self.country[row]] or None,
            admin1=texts["id"][admin1] if admin1 >= 0 else None,
            radius_km=round(float(self.radius_km[row]), 3),
            population=int(self.population[row]),
            verified=bool(self.verified[row]),
            source=texts["source.values"][int(self._arrays["source.code"][row])],
            details=tuple(json.loads(details).items()) if details else (),
        )

    def rows(self, name: int) -> NDArray[np.int32]:
        """Return the rows of the places that bear a name, the most important first."""
        return self.link_place[self._span(name)]

    def roles(self, name: int) -> NDArray[np.uint8]:
        """Return for each of `rows` what the name is to the place: a `geo.gazetteer.Role`."""
        return self.link_role[self._span(name)]

    def _span(self, name: int) -> slice:
        return slice(int(self.link_start[name]), int(self.link_start[name + 1]))

    def name_id(self, name: str) -> int | None:
        """Return the number of a name, however it is spelled; ``None`` if no place bears it."""
        return self.name_ids([name])[0]

    def name_ids(self, names: Sequence[str]) -> list[int | None]:
        """Return the `name_id` of each of some names."""
        keys = name_keys(names, self.tokeniser).key
        found = np.where(keys != 0, self.index.find(keys), -1)
        return [number if number >= 0 else None for number in found.tolist()]

    def main_names(self, rows: Sequence[int]) -> tuple[list[str], list[str]]:
        """Return the Latin and the Arabic main names of some rows, empty where there is none."""
        columns = (self._texts["name"], self._texts["name_ar"])
        latin, arabic = ([column[row] for row in rows] for column in columns)
        return latin, arabic

    def spoken(self, consonants: str) -> NDArray[np.int64]:
        """Return the rows of places of which a main name may have these consonants.

        Towns, elsewhere only large ones, and what was put in by hand (`geo.lang.sounds.consonants`
        of its names tell whether one has them: a few rows come by chance).
        """
        return self._sounds.find(consonants)

    def lookup(self, name: str, *, limit: int | None = None) -> list[Place]:
        """Return the places that bear a name in any spelling, the most important first."""
        number = self.name_id(name)
        return [] if number is None else [self.place(row) for row in self.rows(number)[:limit]]

    def similar(self, name: str, *, limit: int = 10) -> list[tuple[Place, float]]:
        """Return the places named most like ``name``, with the likeness (0 to 1), the best first.

        For a name that `lookup` does not find: all English and Arabic main names are gone through.
        """
        from geo.gazetteer.search import alike

        columns = [self._texts[column].texts() for column in ("name", "name_ar")]
        found = alike(name, columns, self.population)[:limit]
        return [(self.place(row), likeness) for row, likeness in found]

    def id_row(self, identity: str) -> int:
        """Return the row of the place with an id, -1 if there is none.

        A place goes by every id that a table gives it: ``gn:`` and a GeoNames number also finds
        the curated place that took its row.
        """
        return int(self._identities.find([identity])[0])

    @cached_property
    def _identities(self) -> Identities:
        return Identities.within(self._arrays)

    def other_ids(self, row: int) -> list[str]:
        """Return the ids that the place in ``row`` goes by besides its own."""
        return [each for each in self._texts["also"][row].split("\n") if each]

    def footprint(self, row: int) -> BaseGeometry:
        """Return the geometry of a place, (lon, lat) in EPSG:4326.

        Its outline where it is known, else for an area the geodesic circle of its radius, else a
        point.
        """
        return self._footprint(int(row))

    def _make_footprint(self, row: int) -> BaseGeometry:
        import shapely

        shapes = self._arrays["shape.place"]
        at = int(np.searchsorted(shapes, row))
        if at < len(shapes) and shapes[at] == row:
            start = self._arrays["shape.start"]
            outline = self._arrays["shape.bytes"][int(start[at]) : int(start[at + 1])]
            return shapely.from_wkb(outline.tobytes())
        lon, lat = float(self.lon[row]), float(self.lat[row])
        if KINDS[self.kind[row]] in AREA_KINDS and self.radius_km[row] > 0:
            return _circle(lon, lat, float(self.radius_km[row]))
        return shapely.Point(lon, lat)


class _Reopen:
    """Opens the same gazetteer again, in another process."""

    def __init__(self, extra: Sequence[Path], cache: Path, folder: Path) -> None:
        self._arguments = {"extra": extra, "cache": cache, "folder": folder}

    def __call__(self) -> Gazetteer:
        return Gazetteer.open(**self._arguments)  # type: ignore[arg-type]


def _circle(lon: float, lat: float, radius_km: float) -> BaseGeometry:
    """Return the geodesic circle round a point; longitudes may pass 180 rather than jump."""
    import shapely
    from pyproj import Geod

    azimuths = np.linspace(360, 0, _CIRCLE, endpoint=False)
    centre = np.full(_CIRCLE, lon), np.full(_CIRCLE, lat)
    reach = np.full(_CIRCLE, radius_km * 1000)
    lons, lats, _ = Geod(ellps="WGS84").fwd(*centre, azimuths, reach)
    lons = (np.asarray(lons) - lon + 180) % 360 - 180 + lon
    return shapely.Polygon(np.column_stack([lons, lats]))
