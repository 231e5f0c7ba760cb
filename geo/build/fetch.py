"""Fetching the files of a source into the user's cache: resumed where cut off, checked, kept."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import zipfile
from hashlib import sha256
from http.client import HTTPException
from typing import TYPE_CHECKING

from geo.errors import GazetteerError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["fetch"]

_CHUNK = 1 << 18
_SECONDS = 30
_TRIES = 3
_PARTIAL = 206


def fetch(url: str, folder: Path) -> Path:
    """Return the file at ``url`` in ``folder``, fetched unless a whole copy of it is there.

    A copy is whole when its SHA-256 is the one written down when it came. A transfer that was cut
    off goes on where it stopped, if the server still has the same file.

    Raises
    ------
    GazetteerError
        If it cannot be fetched or written, or what came is damaged; names the address.
    """
    if not url.startswith(("https://", "http://")):
        raise GazetteerError(f"{url}: not an http address")
    path = folder / url.rpartition("/")[2]
    try:
        if _is_whole(path):
            return path
        folder.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        _transfer(url, part)
        if path.suffix == ".zip" and _damage(part):
            part.unlink()
            raise GazetteerError(f"{url}: what came is no whole zip file; try again")
        _sum_of(path).write_text(_digest(part), encoding="ascii")
        part.replace(path)
        _tag_of(part).unlink(missing_ok=True)
    except OSError as error:
        raise GazetteerError(f"{path}: cannot be written ({error.strerror})") from error
    return path


def _transfer(url: str, part: Path) -> None:
    """Fetch ``url`` into ``part``; a connection that breaks is taken up again, twice."""
    for attempt in range(1, _TRIES + 1):
        try:
            _go_on(url, part)
        except urllib.error.HTTPError as error:
            raise GazetteerError(f"{url}: the server answers {error.code}") from error
        except (urllib.error.URLError, HTTPException, TimeoutError, ConnectionError) as error:
            if attempt == _TRIES:
                reason = getattr(error, "reason", None) or error
                raise GazetteerError(
                    f"{url}: cannot be fetched ({reason}); run again to go on, or fetch it "
                    "yourself and name its folder with --from"
                ) from error
        else:
            return


def _go_on(url: str, part: Path) -> None:
    """Fetch what ``part`` lacks of ``url``, or all of it where the file there has changed."""
    have = part.stat().st_size if part.exists() else 0
    tag = _tag_of(part)
    known = json.loads(tag.read_text(encoding="ascii")) if have and tag.exists() else None
    request = urllib.request.Request(url, headers={"User-Agent": "mawaqi"})
    if known:
        request.add_header("Range", f"bytes={have}-")
        request.add_header("If-Range", known)
    with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
        resumed = answer.status == _PARTIAL
        mark = answer.headers.get("ETag") or answer.headers.get("Last-Modified")
        if mark and not mark.startswith("W/"):
            tag.write_text(json.dumps(mark), encoding="ascii")
        expected = int(answer.headers.get("Content-Length") or -1)
        came = 0
        with part.open("ab" if resumed else "wb") as file:
            while chunk := answer.read(_CHUNK):
                file.write(chunk)
                came += len(chunk)
    if came < expected:
        raise HTTPException(f"{came} of {expected} bytes came")


def _damage(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is not None
    except zipfile.BadZipFile:
        return True


def _is_whole(path: Path) -> bool:
    told = _sum_of(path)
    return path.is_file() and told.is_file() and told.read_text("ascii") == _digest(path)


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _sum_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def _tag_of(part: Path) -> Path:
    return part.with_name(f"{part.name}.tag")
