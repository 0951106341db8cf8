"""How far a command is, on a terminal, on standard error; silent where nobody watches."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)


class Bar:
    """A bar while its block runs: what is done, how far in the form of a column, and for how long still."""

    def __init__(self, what: str, how_far: ProgressColumn, total: Callable[[], float]) -> None:
        """``total`` is asked only where somebody watches."""
        console = Console(stderr=True)
        watched = console.is_terminal
        columns = TextColumn("{task.description}", markup=False), BarColumn(), how_far, TimeRemainingColumn()
        self.progress = Progress(*columns, console=console, transient=True, disable=not watched)
        self.bar = self.progress.add_task(what, total=total() if watched else None)

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.progress.stop()


class Counting(Bar):
    """A bar that counts, and how many are done."""

    def __init__(self, what: str, total: Callable[[], int]) -> None:
        super().__init__(what, MofNCompleteColumn(), total)
        self.done = 0

    def advance(self, count: int) -> None:
        """So many more are done."""
        self.done += count
        self.progress.advance(self.bar, count)
