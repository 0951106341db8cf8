"""How far a command is, on a terminal, on standard error; silent where nobody watches."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class Counting:
    """A bar while its block runs, and how many are done; ``total`` is asked only where somebody watches."""

    def __init__(self, what: str, total: Callable[[], int]) -> None:
        console = Console(stderr=True)
        watched = console.is_terminal
        columns = TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        self.progress = Progress(*columns, console=console, transient=True, disable=not watched)
        self.bar = self.progress.add_task(what, total=total() if watched else None)
        self.done = 0

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.progress.stop()

    def advance(self, count: int) -> None:
        """So many more are done."""
        self.done += count
        self.progress.advance(self.bar, count)
