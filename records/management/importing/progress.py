"""How far an import is, on a terminal, on standard error; silent where nobody watches."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.progress import TaskProgressColumn

from records.management.importing.files import ImportedFile
from records.management.progress import Bar


class FilesBar(Bar):
    """A bar over all files of a call, each as long as it is large."""

    def __init__(self, files: Sequence[ImportedFile]) -> None:
        self.lengths = {file: max(1, file.size()) for file in files}
        self.before = 0  # the length of the files that are done
        super().__init__("Importing", TaskProgressColumn(), lambda: sum(self.lengths.values()))

    def begin(self, file: ImportedFile) -> None:
        """Name the file that is read now."""
        self.file = file
        self.progress.tasks[0].description = f"Importing {file.name or 'standard input'}"

    def tell(self, share: float) -> None:
        """What share of the present file, from 0 to 1, is done."""
        so_far = self.before + share * self.lengths[self.file]
        self.progress.advance(self.bar, so_far - self.progress.tasks[0].completed)

    @contextmanager
    def set_aside(self) -> Iterator[None]:
        """The file is done; the bar makes room for what is printed about it."""
        self.tell(1)
        self.before += self.lengths[self.file]
        self.progress.stop()
        yield
        self.progress.start()
