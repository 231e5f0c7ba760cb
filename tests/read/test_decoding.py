"""Every encoding that news comes in is read right, and what is no text is refused."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ArticleError
from geo.read.decoding import clean, decode

ARABIC = (
    "أعلن المجلس المحلي في البلدة، صباح الثلاثاء، إعادة فتح الطريق أمام الشاحنات بعد توقف.",
    "قال شاهد إن الحريق بدأ قرب الخزان ثم امتد إلى المستودعات.",
    "وصلت قافلة مساعدات",
    'زيادة 15% في أسعار الخبز: "الأفران" تشكو نقص الطحين (بيان)',
    "ظهر ضباب غطى الطريق؟ غضب وضجيج",
)
LATIN = (
    "The mayor’s office said “no one was hurt” – the road is open again.",
    "Le café près du marché a été fermé dès l'été dernier, à cause d'un problème d'eau.",
    "El año pasado llovió más en la región.",
)


@pytest.mark.parametrize("sentence", ARABIC)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256", "iso8859_6"])
def test_arabic_is_read_in_every_encoding(sentence, encoding):
    assert decode(sentence.encode(encoding), name="a.txt") == sentence


@pytest.mark.parametrize("sentence", LATIN)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_latin_is_read_in_every_encoding(sentence, encoding):
    assert decode(sentence.encode(encoding), name="a.txt") == sentence


def test_arabic_with_latin_words_and_marks_is_read_in_windows_1256():
    sentence = "أعلنت منظمة «Relief Café» وصولَ ١٢ شاحنةً إلى المخيّم – أمس"
    encoded = sentence.replace("١٢", "12").encode("cp1256")
    assert decode(encoded, name="a.txt") == sentence.replace("١٢", "12")


def test_the_encoding_is_judged_past_a_long_stretch_of_ascii():
    text = "x " * 100_000 + ARABIC[0]
    assert decode(text.encode("cp1256"), name="a.txt") == text


def test_a_declaration_decides_between_equals_and_never_against_the_letters():
    assert decode(ARABIC[0].encode("cp1256"), name="a", declared="iso-8859-6") == ARABIC[0]
    assert decode(ARABIC[0].encode("cp1256"), name="a", declared="no such thing") == ARABIC[0]
    assert decode("café".encode("cp1252"), name="a", declared="windows-1252") == "café"


def test_utf8_damaged_in_one_place_is_still_utf8():
    data = " ".join(ARABIC).encode()
    text = decode(data[:-3] + b"\xd8" + data[-1:], name="a.txt")
    assert text.startswith(ARABIC[0])
    assert "\ufffd" in text


@pytest.mark.parametrize("kind", ["any", "high", "letters"])
def test_noise_is_refused(kind):
    dice = random.Random(7)
    bytes_of = {"any": range(1, 256), "high": range(128, 256), "letters": range(0xC0, 256)}[kind]
    for length in (100, 1000, 20_000):
        with pytest.raises(ArticleError, match=r"^a\.txt: .*save it as UTF-8"):
            decode(bytes(dice.choices(bytes_of, k=length)), name="a.txt")


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"text\0text", "text".encode("utf-16-le"), b"\1\2\3\4" * 50],
)
def test_binary_is_refused_in_one_line(data):
    with pytest.raises(ArticleError) as raised:
        decode(data, name="a.txt")
    assert str(raised.value).startswith("a.txt: ")
    assert "\n" not in str(raised.value)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    try:
        text = decode(data, name="a.txt")
    except ArticleError:
        return
    text.encode("utf-8")


@given(st.text())
def test_text_survives_utf8(text):
    if "\0" not in text and len(text) > 2 and text[0] != "\ufeff" and text.isprintable():
        assert decode(text.encode(), name="a.txt") == text


@given(st.text(alphabet=st.characters(codec=None)))
def test_cleaning_keeps_the_length_and_leaves_text_that_can_be_written(text):
    cleaned = clean(text)
    assert len(cleaned) == len(text)
    assert "\0" not in cleaned
    cleaned.encode("utf-8")
