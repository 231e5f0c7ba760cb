"""A page gives its article and nothing else of what surrounds it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.read import read_articles
from geo.read.webpage import declared_encoding, read_page

PAGE = """<!DOCTYPE html>
<html lang="ar-SY"><head><title>عنوان - صحيفة</title>
<meta property="og:title" content="حريق في الحقل">
<meta property="og:site_name" content="وكالة الضفاف">
<meta property="article:published_time" content="2025-05-04T10:00:00+03:00">
<link rel="canonical" href="https://news.example/1"><style>p { color: red }</style></head>
<body><nav><ul><li>الرئيسية<li>دمشق</ul></nav>
<article class="card"><p>خبر آخر قصير</p></article>
<article><h1>حريق في  الحقل</h1>
<p>اندلع <b>حريق</b> في
حقل&nbsp;النفط &amp; امتد.
<p>وقال شاهد إنه رآه.<script>alert("دير الزور")</script>
<aside>إعلان</aside></article>
<footer>حقوق النشر</footer></body></html>"""


def test_a_page_gives_the_paragraphs_of_its_longest_article():
    assert read_page(PAGE) == {
        "title": "عنوان - صحيفة",
        "source": "وكالة الضفاف",
        "date": "2025-05-04T10:00:00+03:00",
        "url": "https://news.example/1",
        "language": "ar",
        "text": "حريق في الحقل\n\nاندلع حريق في حقل النفط & امتد.\n\nوقال شاهد إنه رآه.",
    }


def test_a_page_becomes_an_article(tmp_path):
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    (article,) = read_articles(tmp_path / "a.html")
    assert (article.date, article.language, article.id) == ("2025-05-04", "ar", "a")


def test_a_page_without_landmarks_gives_all_its_paragraphs():
    assert read_page("<p>One<p>Two<br>Three<div>Four</div>") == {
        "text": "One\n\nTwo\n\nThree\n\nFour"
    }
    assert read_page("<header>x</header><main><p>In</main><p>Out")["text"] == "In"


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6", "utf-8"])
def test_a_page_is_read_in_the_encoding_it_declares(tmp_path, encoding):
    page = f'<html><meta charset="{encoding}"><p>وصلت القافلة إلى البلدة</p>'
    (tmp_path / "a.html").write_bytes(page.encode(encoding))
    (article,) = read_articles(tmp_path / "a.html")
    assert article.text == "وصلت القافلة إلى البلدة"
    assert declared_encoding(page.encode(encoding)) == encoding


@given(st.text(alphabet="<>/!-&;#x08 apbdivscrtehmlo\"'=\n", max_size=120))
def test_any_markup_gives_text(markup):
    assert isinstance(read_page(markup)["text"], str)
