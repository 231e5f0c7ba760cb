"""Pages are fetched over http, within limits; the server here runs on this machine."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from geo.errors import ArticleError
from geo.read import read_articles, web

ANSWERS = {
    "/page": (
        200,
        "text/html; charset=windows-1256",
        "<p>وصلت القافلة إلى البلدة".encode("cp1256"),
    ),
    "/plain": (200, "text/plain", b"Plain text"),
    "/records": (
        200,
        "application/json",
        b'[{"text": "One"}, {"text": "Two", "url": "https://x.y"}]',
    ),
    "/untyped": (200, None, b"<html><p>Untyped"),
    "/image": (200, "image/png", b"\x89PNG\0\0"),
    "/large": (200, "text/plain", b"x" * 5000),
}
MOVES = {"/moved": "/plain", "/to-file": "file:///etc/hostname", "/round": "/round"}


class Server(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path in MOVES:
            self.send_response(302)
            self.send_header("Location", MOVES[self.path])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        status, media, body = ANSWERS.get(self.path, (404, "text/plain", b"no"))
        self.send_response(status)
        if media:
            self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("no_proxy", "127.0.0.1")
        yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_page_is_an_article_known_by_its_address(site):
    (article,) = read_articles(f"{site}/page")
    assert article.text == "وصلت القافلة إلى البلدة"
    assert article.id == article.url == f"{site}/page"


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        ("/plain", ["Plain text"]),
        ("/moved", ["Plain text"]),
        ("/records", ["One", "Two"]),
        ("/untyped", ["Untyped"]),
    ],
)
def test_what_a_server_sends_is_read_by_its_type(site, path, texts):
    assert [article.text for article in read_articles(site + path)] == texts


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/none", "answered 404"),
        ("/image", "not text"),
        ("/to-file", "cannot be read|answered 302"),
        ("/round", "answered 302"),
    ],
)
def test_an_address_that_gives_no_article_costs_one_line(site, path, message):
    with pytest.raises(ArticleError, match=message) as raised:
        list(read_articles(site + path))
    assert "\n" not in str(raised.value)


def test_an_address_nobody_answers_costs_one_line(site):
    with pytest.raises(ArticleError, match="cannot be read"):
        list(read_articles("http://127.0.0.1:1/x"))
    with pytest.raises(ArticleError, match="cannot be read"):
        list(read_articles("http://[broken/"))


def test_a_page_without_end_is_given_up(site, monkeypatch):
    monkeypatch.setattr(web, "_MOST_BYTES", 1000)
    with pytest.raises(ArticleError, match="too large or too slow"):
        web.fetch(f"{site}/large")
