"""Static files: hashed and compressed once they are collected, served as they are until then.

Scripts are written as one file for one matter; what a page asks for is all of them in one.
"""

import logging
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

logger = logging.getLogger(__name__)

# The scripts of the pages, in the order in which they run; each minds its own matter where a page has it.
JOINED = {"pages.js": ("site.js", "search.js", "charts.js", "histogram.js")}


class CollectedStorage(CompressedManifestStaticFilesStorage):
    """Manifest storage that does not break a site on which `collectstatic` has not been run."""

    # Scripts import one another by their hashed names, so that none is mixed with an older one.
    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """The hashed name, or the name itself while nothing has been collected."""
        return super().stored_name(name) if self.hashed_files else name


class JoinedFinder(finders.BaseFinder):
    """Finds files that are several others in one: a page makes one request where it would make four.

    They are written when they are looked for, and again when one of their parts has changed.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(settings.JOINED_DIR)
        self.storage = FileSystemStorage(location=self.folder)

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to be set, so nothing to be wrong."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001 - the signature of a finder
        """The joined file of a name."""
        if path not in JOINED or not self._is_written(path):
            return []
        found = str(self.folder / path)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        """All joined files, for those who collect them."""
        yield from ((name, self.storage) for name in JOINED if self._is_written(name))

    def _is_written(self, name: str) -> bool:
        """Whether the file stands as its parts have it today; pages work without it where it cannot."""
        text = "\n".join(_source(part).read_text(encoding="utf-8") for part in JOINED[name])
        target = self.folder / name
        try:
            if not target.exists() or target.read_text(encoding="utf-8") != text:
                self.folder.mkdir(parents=True, exist_ok=True)
                whole = target.with_suffix(f".{os.getpid()}")  # another process may be at it
                whole.write_text(text, encoding="utf-8")
                whole.replace(target)
        except OSError:
            logger.warning("%s cannot be written; pages are served without script.", target)
            return False
        return True


def _source(name: str) -> Path:
    return Path(settings.STATICFILES_DIRS[0]) / name
