"""How far an import is, on a terminal, on standard error; silent where nobody watches."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from records.management.importing.files import ImportedFile


class Bar:
    """A bar over all files of a call, each as long as it is large."""

    def __init__(self, files: Sequence[ImportedFile]) -> None:
        console = Console(stderr=True)
        self.progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self.lengths = {file: max(1, file.size()) for file in files}
        self.before = 0  # the length of the files that are done
        self.bar = self.progress.add_task("Importing", total=sum(self.lengths.values()))

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.progress.stop()

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
