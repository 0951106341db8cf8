"""Rows whose texts readers see."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from records.disclosure import Disclosure, disclosures
from records.models.reading import ReadAsStored


class PublicTexts(ReadAsStored):
    """A row some of whose texts are public; ``public_texts`` names them.

    ``public_parts`` names the lists of objects of which some texts are public, and these: the names of the
    steps of an estimate.
    """

    public_texts: ClassVar[tuple[str, ...]] = ()
    public_parts: ClassVar[Mapping[str, tuple[str, ...]]] = MappingProxyType({})

    class Meta:
        abstract = True

    def disclosed(self, names: Mapping[str, str]) -> dict[str, list[Disclosure]]:
        """What must not appear in public, by the field that holds it; ``names`` as in ``disclosures``.

        Places are those in ``public_text``.
        """
        texts = {name: self.public_text(name) for name in (*self.public_texts, *self.public_parts)}
        return {name: found for name, text in texts.items() if text and (found := disclosures(text, names))}

    def public_text(self, name: str) -> str:
        """The text of a public field; those of a list a line each."""
        if name in self.public_parts:
            return "\n".join(self._texts_within(name))
        return str(getattr(self, name) or "")

    def reword(self, change: Callable[[str], str]) -> None:
        """Put every public text through a function."""
        for name in self.public_texts:
            setattr(self, name, change(getattr(self, name)))
        for name, keys in self.public_parts.items():
            setattr(self, name, [_changed(each, keys, change) for each in getattr(self, name)])

    def _texts_within(self, name: str) -> Iterator[str]:
        for each in getattr(self, name):
            # What was not checked yet may be no list of objects.
            if isinstance(each, Mapping):
                yield from (str(each.get(key, "")) for key in self.public_parts[name])


def _changed(part: Mapping[str, Any], keys: tuple[str, ...], change: Callable[[str], str]) -> dict[str, Any]:
    return {key: change(value) if key in keys else value for key, value in part.items()}
