"""A web address → the bytes behind it, with a limit on their number and on the time they take."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import Final

from geo.errors import ArticleError

__all__ = ["Page", "fetch", "is_address"]

_MOST_BYTES: Final = 20_000_000
_MOST_SECONDS: Final = 30.0
_CHUNK: Final = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a server sent: the bytes, and the media type and encoding it names for them."""

    data: bytes
    media: str
    charset: str | None


def is_address(source: str) -> bool:
    """Return whether ``source`` is written as an address (``scheme://…``), of any scheme."""
    scheme, found, _ = source.partition("://")
    return bool(found) and scheme.isalpha() and scheme.isascii()


def fetch(address: str) -> Page:
    """Return the page at ``address``, over http or https and nothing else, redirects included.

    Raises
    ------
    ArticleError
        If the scheme is another one, the server cannot be reached or says no, or the answer is
        larger than 20 MB or takes longer than 30 seconds.
    """
    if address.partition("://")[0].lower() not in {"http", "https"}:
        raise ArticleError(f"{address}: only http and https addresses are read; save it to a file")
    deadline = time.monotonic() + _MOST_SECONDS
    try:
        request = urllib.request.Request(address, headers={"User-Agent": "mawaqi"})  # noqa: S310
        with _opener().open(request, timeout=_MOST_SECONDS) as answer:
            data = bytearray()
            while chunk := answer.read(_CHUNK):
                data += chunk
                if len(data) > _MOST_BYTES or time.monotonic() > deadline:
                    raise ArticleError(f"{address}: too large or too slow; save it to a file")
            charset = answer.headers.get_content_charset()
            media = answer.headers.get_content_type() if "Content-Type" in answer.headers else ""
            return Page(data=bytes(data), media=media, charset=charset)
    except urllib.error.HTTPError as error:
        error.close()
        raise ArticleError(
            f"{address}: the server answered {error.code}; check the address"
        ) from None
    except (urllib.error.URLError, OSError, HTTPException, ValueError) as error:
        if isinstance(error, ArticleError):
            raise
        reason = getattr(error, "reason", None) or error
        raise ArticleError(f"{address}: cannot be read ({reason}); check the address") from None


def _opener() -> urllib.request.OpenerDirector:
    """Return an opener that knows http and https only: urllib's own also opens files and ftp."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener
