"""Online backgrounds by name, for those who ask for one: xyzservices knows them."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from geo.errors import MapError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import xyzservices

__all__ = ["Tiles", "tile_provider", "tiles_of"]

_CLOSE = 3
"""How many close names an error suggests."""

_SUBDOMAINS = "abc"
"""What Leaflet puts in place of ``{s}`` where the provider names none."""

_DEEPEST = 18
"""The zoom that nearly every provider has, for one that does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """An online background: its address for Leaflet, the deepest zoom, and whom to credit.

    ``credits`` are texts, each with the web address it links to, or None.
    """

    name: str
    url: str
    subdomains: str
    max_zoom: int
    credits: tuple[tuple[str, str | None], ...]

    @property
    def origins(self) -> list[str]:
        """The origins its pictures come from, one for each subdomain."""
        address = urlsplit(self.url)
        letters = self.subdomains if "{s}" in address.netloc else "-"
        hosts = [address.netloc.replace("{s}", letter) for letter in letters]
        return [f"{address.scheme}://{host}" for host in hosts]

    def as_data(self) -> dict[str, Any]:
        """Return what the page needs of it, as plain data."""
        return {
            "name": self.name,
            "url": self.url,
            "subdomains": self.subdomains,
            "maxZoom": self.max_zoom,
            "credits": self.credits,
        }


def tiles_of(name: str) -> Tiles:
    """Return the online background that xyzservices knows under a name.

    Raises
    ------
    MapError
        If there is none, or if it needs a key of its own.
    """
    provider = tile_provider(name)
    return Tiles(
        name=provider.name,
        url=provider.build_url(fill_subdomain=False, scale_factor="{r}"),
        subdomains="".join(provider.get("subdomains") or _SUBDOMAINS),
        max_zoom=int(provider.get("max_zoom") or _DEEPEST),
        credits=_credits(provider.html_attribution),
    )


def tile_provider(name: str) -> xyzservices.TileProvider:
    """Return the provider of that name; capitals, spaces and points in it do not matter.

    Raises
    ------
    MapError
        If there is none, or if it needs a key of its own.
    """
    from xyzservices import providers

    try:
        provider = providers.query_name(name)
    except ValueError as error:
        close = ", ".join(_close(name, list(providers.flatten())))
        raise MapError(f"no tiles are called {name!r}: did you mean {close}?") from error
    if provider.requires_token():
        raise MapError(f"tiles {name!r} need a key: choose some that anybody may use")
    return provider


def _close(name: str, known: Sequence[str]) -> list[str]:
    from rapidfuzz import fuzz, process, utils

    found = process.extract(
        name, known, scorer=fuzz.WRatio, processor=utils.default_process, limit=_CLOSE
    )
    return [close for close, *_ in found]


class _Credits(HTMLParser):
    """Takes the texts and links out of a provider's attribution, and leaves its markup."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, str | None]] = []
        self._link: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._link = dict(attrs).get("href")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._link = None

    def handle_data(self, data: str) -> None:
        self.parts.append((data, self._link))


def _credits(attribution: str) -> tuple[tuple[str, str | None], ...]:
    parser = _Credits()
    parser.feed(attribution)
    parser.close()
    return tuple(parser.parts)
