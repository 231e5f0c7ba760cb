"""What all tests share: no network, a cache folder of their own, and the shared data folder."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

CHECKOUT = Path(__file__).resolve().parents[1]
_LOOPBACK = {"localhost", "127.0.0.1", "::1", "", None}
_CACHE = pytest.StashKey[tempfile.TemporaryDirectory[str]]()


def _refuse_the_network(event: str, args: tuple[object, ...]) -> None:
    # An audit hook sees what libraries do as well; browsers and notebooks need the loopback.
    if event in {"socket.connect", "socket.sendto"}:
        address = args[1]
        host = address[0] if isinstance(address, tuple) else None  # a Unix socket has a path
    elif event == "socket.getaddrinfo":
        host = args[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    if host not in _LOOPBACK:
        raise RuntimeError(f"a test reached for {host!r}: tests must not use the network")


sys.addaudithook(_refuse_the_network)

# The same commit passes or fails the same way each time, however busy the machine is. New examples
# are searched for with ``pytest --hypothesis-profile=search``.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", _PATIENT, max_examples=500)
settings.register_profile("steady", _PATIENT, derandomize=True)
settings.load_profile("steady")


def pytest_configure(config: pytest.Config) -> None:
    # One folder for the whole run, so that the gazetteer is compiled once. Browsers and wheels
    # that are already on the machine stay where their own programs look for them.
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(cache / "ms-playwright"))
    os.environ.setdefault("PIP_CACHE_DIR", str(cache / "pip"))
    config.stash[_CACHE] = tempfile.TemporaryDirectory(
        prefix="mawaqi-tests-", ignore_cleanup_errors=True
    )
    os.environ["XDG_CACHE_HOME"] = config.stash[_CACHE].name


def pytest_unconfigure(config: pytest.Config) -> None:
    if _CACHE in config.stash:
        config.stash[_CACHE].cleanup()


@pytest.fixture(scope="session")
def checkout() -> Path:
    """Return the root of the checkout."""
    return CHECKOUT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared facts and cases, which lies beside the checkout."""
    folder = CHECKOUT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"no folder 'shared' beside the checkout {CHECKOUT.name}")
    return folder
