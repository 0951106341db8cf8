"""How a view of the record is cited: in a sentence and in BibTeX."""

import re
from dataclasses import dataclass
from datetime import date
from zlib import crc32

# What TeX takes for its own, as it is written to be read; others are left to fonts of today.
_TEX = {
    **{sign: f"\\{sign}" for sign in "#$%&_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_SPECIAL = re.compile(r"[#$%&_{}\\~^]")


@dataclass(frozen=True)
class Citation:
    """A view that is cited: whose, what it is called, where it stands, and of which day its figures are.

    ``as_of`` is the day of the latest change of a figure, ``retrieved`` that of the reader's visit.
    """

    author: str
    title: str
    site: str
    address: str
    as_of: date | None
    retrieved: date

    @property
    def key(self) -> str:
        """The name of the entry: the site and the path, and for what the address asks a few signs more."""
        path, _, query = self.address.split("://", 1)[-1].partition("/")[2].partition("?")
        mark = f"{crc32(query.encode()):08x}" if query else ""
        return re.sub(r"[^a-z0-9]+", "-", f"{self.site} {path} {mark}".lower()).strip("-")

    @property
    def note(self) -> str:
        """Of which days the figures and the visit are."""
        visit = f"retrieved {self.retrieved.isoformat()}"
        return f"figures as of {self.as_of.isoformat()}, {visit}" if self.as_of else visit

    def bibtex(self) -> str:
        """The entry for a bibliography; the address stands in ``url``, which is not escaped."""
        fields = {
            "author": f"{{{escaped(self.author)}}}" if self.author else "",
            "title": f"{{{escaped(self.title)}}}",
            "howpublished": escaped(self.site),
            "year": str((self.as_of or self.retrieved).year),
            "url": self.address,
            "urldate": self.retrieved.isoformat(),
            "note": f"{self.note[0].upper()}{self.note[1:]}",
        }
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        return "\n".join([f"@misc{{{self.key},", ",\n".join(lines), "}"])


def escaped(text: str) -> str:
    """``text`` so that TeX prints it as it is."""
    return _SPECIAL.sub(lambda found: _TEX[found[0]], text)
