"""Rows whose texts readers see."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models

from records.disclosure import Disclosure, disclosures


class PublicTexts(models.Model):
    """A row some of whose texts are public; ``public_texts`` names them."""

    public_texts: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def disclosed(self, names: Mapping[str, str]) -> dict[str, list[Disclosure]]:
        """What must not appear in public, by the field that holds it; ``names`` as in ``disclosures``."""
        texts = {name: getattr(self, name) for name in self.public_texts}
        return {name: found for name, text in texts.items() if text and (found := disclosures(text, names))}
