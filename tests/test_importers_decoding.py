"""Bytes become text: UTF-8, UTF-16, Latin-1, marked or not; what is broken is refused."""

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.importers.decoding import decoded, tidied
from records.importers.formats import CannotRead

TEXT = "Task, 16h – “naïve” café…\nNext, 8h €"
ENCODINGS = {
    "utf-8": b"",
    "utf-8 marked": codecs.BOM_UTF8,
    "utf-16-le": b"",
    "utf-16-be": b"",
    "utf-16-le marked": codecs.BOM_UTF16_LE,
    "utf-16-be marked": codecs.BOM_UTF16_BE,
    "cp1252": b"",
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_gives_the_same_text(encoding):
    assert decoded(ENCODINGS[encoding] + TEXT.encode(encoding.split()[0])) == TEXT


def test_latin_1_has_its_own_characters_and_those_of_windows():
    assert decoded("Grüße, façade".encode("latin-1")) == "Grüße, façade"
    assert decoded(b"\x93quoted\x94 \x96 \x85") == "“quoted” – …"
    assert decoded(b"caf\xe9 \x81") == "café \x81"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff")))
def test_utf_8_and_marked_utf_16_give_back_any_text(text):
    for mark, encoding in (
        (b"", "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        assert decoded(mark + text.encode(encoding)) == unicodedata.normalize("NFC", text)


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_refused_in_words(data):
    try:
        text = decoded(data)
    except CannotRead as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017 # either way is right
        return
    assert "\0" not in text
    assert "\r" not in text
    assert unicodedata.is_normalized("NFC", text)
    text.encode()


def test_text_is_composed_and_its_lines_end_alike():
    assert decoded("cafe\u0301\r\nb\rc\n".encode()) == "caf\u00e9\nb\nc\n"
    assert tidied("\ufeffcafe\u0301\r\n") == "caf\u00e9\n"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a\nb\0c", "Line 2 holds a NUL byte"),
        ("naïve résumé".encode()[:-1], "damaged or cut short"),
        (codecs.BOM_UTF16_LE + b"a\0b", "UTF-16"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\0", "UTF-16"),
        (codecs.BOM_UTF8 + b"\xff\xff", "UTF-8"),
        ("a".encode("utf-32"), "UTF-32"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "NUL byte"),
    ],
)
def test_what_is_no_text_is_refused_in_words(data, words):
    with pytest.raises(CannotRead, match=words):
        decoded(data)


def test_half_a_character_in_pasted_text_is_refused():
    with pytest.raises(CannotRead, match="half a character"):
        tidied("a\ud800b")
