"""A gazetteer file is built from GeoNames' own files, from a folder or a server that breaks off."""

from __future__ import annotations

import threading
import zipfile
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from geo.build.fetch import fetch
from geo.build.geonames import kind_of
from geo.build.sourced import build_geonames
from geo.errors import GazetteerError
from geo.gazetteer import Gazetteer
from geo.gazetteer.summary import credit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def line(number: int, name: str, alternate: str, kind: str, **values: str) -> str:
    told = {"lat": "35.1", "lon": "40.2", "country": "SY", "people": "0", "second": "", **values}
    fields = [str(number), name, name, alternate, told["lat"], told["lon"], kind[0], kind[2:]]
    fields += [told["country"], "", "07", told["second"], "", "", told["people"], "", "0"]
    return "\t".join([*fields, "Asia/Damascus", "2024-01-01"])


SYRIA = "\n".join(
    [
        line(9000001, "Testville", "تستفيل,TST,testville", "P.PPL", people="12000", second="170"),
        line(9000002, "Qal‘at Test", "Test Castle", "S.CSTL"),
        line(9000003, "Test Airfield", "", "S.AIRF"),
        line(9000004, "Gone", "", "P.PPLH"),
        line(9000005, "A Shop", "", "S.RET"),
        "a broken line",
        line(9000006, "Nowhere", "", "P.PPL", lat="935"),
        line(173813, "Al Hasakah", "Hasaka Province", "A.ADM1"),
    ]
)
IRAQ = line(9000010, "Elsewhere", "", "P.PPL", country="IQ", lat="33", lon="44")
ALTERNATE = """\
1\t9000002\tar\tحصن تست\t\t\t\t
2\t9000002\tar\tقلعة تست\t1\t\t\t
3\t9000003\tar\tمطار قديم\t\t\t\t1
4\t9000003\ten\tTest Field\t\t\t\t
"""
FIRST = "SY.07\tDeir ez-Zor\tDeir ez-Zor\t170792"
SECOND = "SY.07.170\tTest District\tTest District\t9000099"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    dumps = tmp_path / "dumps"
    dumps.mkdir()
    for name, text in (("SY", SYRIA), ("allCountries", f"{SYRIA}\n{IRAQ}")):
        with zipfile.ZipFile(dumps / f"{name}.zip", "w") as archive:
            archive.writestr("readme.txt", "not this one")
            archive.writestr(f"{name}.txt", f"{text}\n")
    with zipfile.ZipFile(dumps / "alternateNamesV2.zip", "w") as archive:
        archive.writestr("alternateNamesV2.txt", ALTERNATE)
    (dumps / "admin1CodesASCII.txt").write_text(FIRST, encoding="utf-8")
    (dumps / "admin2Codes.txt").write_text(SECOND, encoding="utf-8")
    return dumps


def test_places_are_kept_with_names_kinds_and_divisions(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "sy.parquet"
    built = build_geonames(out, countries=["SY"], folder=folder, cache=tmp_path)
    assert (built.places, built.skipped) == (4, 2)
    assert built.kinds == {"settlement": 1, "landmark": 1, "airport": 1, "governorate": 1}
    rows = {row["id"]: row for row in pq.read_table(out).to_pylist()}
    town, castle = rows["gn:9000001"], rows["gn:9000002"]
    assert (town["name_ar"], town["admin1"], town["population"]) == ("تستفيل", "SY-DY", 12000)
    assert town["aliases"] == []
    assert town["note"] == "in Test District"
    assert (castle["name_ar"], castle["aliases"]) == ("قلعة تست", ["Test Castle"])
    assert rows["gn:9000003"]["name_ar"] is None


def test_the_licence_travels_in_the_file(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "sy.parquet"
    build_geonames(out, countries=["SY"], folder=folder, cache=tmp_path)
    told = credit(out)
    assert (told["source"], told["licence"]) == ("GeoNames", "CC BY 4.0")
    assert "GeoNames" in told["attribution"]
    assert told["built"]


def test_the_built_file_works_as_a_gazetteer(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "sy.parquet"
    build_geonames(out, countries=["SY"], folder=folder, cache=tmp_path)
    opened = Gazetteer.open(extra=[out], cache=tmp_path / "cache")
    assert [place.id for place in opened.lookup("قلعة تست")] == ["gn:9000002"]
    (town,) = opened.lookup("تستفيل")
    assert town.admin1 == "SY-DY"
    # The governorate that ships and the one of the dump are one place.
    assert "SY-HA" in [place.id for place in opened.lookup("Hasaka Province")]


def test_a_country_without_its_own_file_comes_from_the_whole(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "both.parquet"
    built = build_geonames(out, countries=["SY", "IQ"], folder=folder, cache=tmp_path)
    assert built.places == 5
    everything = build_geonames(out, folder=folder, cache=tmp_path)
    assert everything.places == 5


def test_what_is_missing_damaged_or_misnamed_is_told(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.parquet"
    (tmp_path / "empty").mkdir()
    with pytest.raises(GazetteerError, match=r"neither SY\.zip nor allCountries\.zip"):
        build_geonames(out, countries=["SY"], folder=tmp_path / "empty", cache=tmp_path)
    with pytest.raises(GazetteerError, match=r"\.parquet"):
        build_geonames(tmp_path / "x.csv", countries=["SY"], folder=folder, cache=tmp_path)
    with pytest.raises(GazetteerError, match="no place was found"):
        build_geonames(out, countries=["ZZ"], folder=folder, cache=tmp_path)
    (folder / "SY.zip").write_bytes(b"no zip")
    with pytest.raises(GazetteerError, match="damaged zip"):
        build_geonames(out, countries=["SY"], folder=folder, cache=tmp_path)
    assert not out.exists()
    assert list(tmp_path.glob("*.part")) == []


def test_kinds_follow_the_feature_codes() -> None:
    assert kind_of("P", "PPLA2") == "settlement"
    assert kind_of("P", "PPLW") is None
    assert kind_of("S", "PRN") == "detention_centre"
    assert kind_of("V", "DSRT") is None


class Server(BaseHTTPRequestHandler):
    """Serves one folder, breaks the first transfer off half way, and can go on from a byte."""

    folder: Path
    asked: list[str | None]

    def do_GET(self) -> None:
        path = self.folder / self.path.rpartition("/")[2]
        if not path.is_file():
            self.send_error(404)
            return
        wanted = self.headers.get("Range")
        self.asked.append(wanted)
        content = path.read_bytes()
        first = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        self.send_response(206 if wanted else 200)
        self.send_header("ETag", '"one"')
        self.send_header("Content-Length", str(len(content) - first))
        self.end_headers()
        cut = len(content) // 2 if len(self.asked) == 1 else len(content)
        self.wfile.write(content[first:cut])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(folder: Path) -> Iterator[tuple[str, list[str | None]]]:
    asked: list[str | None] = []
    kind = type("Here", (Server,), {"folder": folder, "asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(kind)) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}/dump", asked
        running.shutdown()
        thread.join()


def test_a_broken_transfer_goes_on_where_it_stopped(
    folder: Path, tmp_path: Path, server: tuple[str, list[str | None]]
) -> None:
    address, asked = server
    half = (folder / "SY.zip").stat().st_size // 2
    path = fetch(f"{address}/SY.zip", tmp_path / "cache")
    assert path.read_bytes() == (folder / "SY.zip").read_bytes()
    assert asked == [None, f"bytes={half}-"]
    assert fetch(f"{address}/SY.zip", tmp_path / "cache") == path
    assert len(asked) == 2


def test_a_copy_that_changed_on_disk_is_fetched_again(
    tmp_path: Path, server: tuple[str, list[str | None]]
) -> None:
    address, asked = server
    path = fetch(f"{address}/SY.zip", tmp_path / "cache")
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert fetch(f"{address}/SY.zip", tmp_path / "cache").read_bytes() == whole
    assert asked[-1] is None


def test_a_country_is_fetched_and_built(
    tmp_path: Path, server: tuple[str, list[str | None]]
) -> None:
    address, _ = server
    out = tmp_path / "sy.parquet"
    built = build_geonames(out, countries=["SY"], cache=tmp_path / "cache", address=address)
    assert built.places == 4


def test_an_address_that_serves_nothing_is_told(
    tmp_path: Path, server: tuple[str, list[str | None]]
) -> None:
    address, _ = server
    with pytest.raises(GazetteerError, match="answers 404"):
        fetch(f"{address}/ZZ.zip", tmp_path / "cache")
    (tmp_path / "dumps" / "bad.zip").write_bytes(b"x" * 100)
    with pytest.raises(GazetteerError, match="no whole zip"):
        fetch(f"{address}/bad.zip", tmp_path / "cache")
    with pytest.raises(GazetteerError, match="not an http address"):
        fetch("file:///etc/passwd", tmp_path / "cache")
