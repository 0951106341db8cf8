"""Bytes of a file as text: UTF-8, UTF-16 or Latin-1, with or without a mark; stored NFC, lines ended by \\n.

Pure. What two encodings would read differently is decided by the bytes alone; a broken file is refused
rather than stored with signs nobody wrote.
"""

import codecs
import re
import unicodedata

from records.importers.formats import CannotRead

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_ZIP = b"PK\x03\x04"
_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
# What Windows means by the bytes that Latin-1 leaves to control characters: quotes, dashes, the ellipsis.
_WINDOWS = {
    byte: text for byte in range(0x80, 0xA0) if (text := bytes([byte]).decode("cp1252", errors="ignore"))
}
_NO_CHARACTER = "�"
_SURROGATE = re.compile("[\ud800-\udfff]")
_NUL_SHARE = 20  # of UTF-16 without a mark at least one character in so many is ASCII: blanks, digits


def decoded(data: bytes) -> str:
    """The text of a file's bytes. Raises ``CannotRead`` for bytes that are no text."""
    if data.startswith(_ZIP):
        raise CannotRead(
            "This is a zip. Unpack it, then import what is in it; a whole site comes back from JSON."
        )
    if data.startswith(_UTF_32):
        raise CannotRead("This is UTF-32. Save it as UTF-8, then import it again.")
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return tidied(_strictly(data[len(mark) :], codec, name))
    if codec := _utf_16_without_mark(data):
        return tidied(_strictly(data, codec, "UTF-16"))
    return tidied(_utf_8_or_latin_1(data))


def tidied(text: str) -> str:
    """A text, however it came, as it is stored: NFC, lines ended by \\n. Raises ``CannotRead``."""
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise CannotRead(f"Line {line} holds a NUL byte, so this is no text. Save it as plain text in UTF-8.")
    if half := _SURROGATE.search(text):
        line = text.count("\n", 0, half.start()) + 1
        raise CannotRead(f"Line {line} holds half a character. Save the file as UTF-8, then import it again.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _strictly(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise _broken(name, error) from None


def _broken(name: str, error: UnicodeDecodeError) -> CannotRead:
    return CannotRead(
        f"This begins as {name}, but byte {error.start + 1:,} breaks off: the file is damaged or cut short. "
        "Save it anew as UTF-8."
    )


def _utf_16_without_mark(data: bytes) -> str:
    """The codec of UTF-16 without a mark, told by the NUL bytes in every other place; blank for none."""
    if len(data) % 2 or b"\0" not in data:
        return ""
    first, second = data[::2].count(0), data[1::2].count(0)
    few, many = sorted((first, second))
    if many * _NUL_SHARE < len(data) // 2 or few * 10 > many:
        return ""
    return "utf-16-le" if second > first else "utf-16-be"


def _utf_8_or_latin_1(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        read = data.decode("utf-8", errors="replace")
        broken = read.count(_NO_CHARACTER)
        whole = sum(1 for character in read if character > "\x7f") - broken
        if whole > broken:
            raise _broken("UTF-8", error) from None
        return data.decode("latin-1").translate(_WINDOWS)
