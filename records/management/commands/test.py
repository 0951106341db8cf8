"""`manage.py test`: lint, types, contracts, then every test on both databases and in a browser."""

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from types import FrameType
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from records.management.suite import steps
from records.management.suite.tally import Outcome, Tally

OWN_OPTIONS = ("--only", "--strict", "--help", "-h", "--no-color", "--force-color")
Step = tuple[str, Callable[[], Outcome]]


class Command(BaseCommand):
    """Runs the whole check of the product and exits with 1 if any part of it fails.

    With arguments for pytest, as in `manage.py test tests/test_durations.py -k comma`, only those tests run,
    once, on SQLite.
    """

    help = "Lint, check and test everything: SQLite, PostgreSQL, browser. Other arguments go to pytest."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Own options come first; the rest is pytest's."""
        parser.add_argument("--only", choices=steps.GROUPS, help="run one part of the whole")
        parser.add_argument("--strict", action="store_true", help="a skip is a failure, as where CI is set")
        parser.add_argument(
            "pytest_arguments", nargs="*", metavar="...", help="for pytest: paths, -k, -x ..."
        )

    def run_from_argv(self, argv: list[str]) -> None:
        """Everything from the first argument on that is not ours goes to pytest as it stands."""
        super().run_from_argv(argv[:2] + _with_separator(argv[2:]))

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the steps one after the other, whatever becomes of each, and sum them up."""
        signal.signal(signal.SIGTERM, _leave)
        signal.signal(signal.SIGHUP, _leave)
        outcomes = [self.run_step(*step) for step in _steps(options["only"], options["pytest_arguments"])]
        strict = options["strict"] or settings.CI
        self.summarise(outcomes, strict=strict)
        if not all(outcome.succeeded for outcome in outcomes) or (strict and _skips(outcomes)):
            sys.exit(1)

    def run_step(self, name: str, run: Callable[[], Outcome]) -> Outcome:
        """A heading, the step's own output, and how long it took."""
        self.stdout.write(self.style.MIGRATE_HEADING(f"\n== {name}"))
        self.stdout.flush()
        outcome = run()
        verdict = "left out" if outcome.left_out else "passed" if outcome.succeeded else "FAILED"
        self.stdout.write(f"-- {name}: {verdict} in {outcome.seconds:.1f} s")
        return outcome

    def summarise(self, outcomes: Sequence[Outcome], *, strict: bool) -> None:
        """Which steps failed, what was skipped and why, and as the last line the sum of all tests."""
        total = sum((outcome.tally for outcome in outcomes), start=Tally())
        failed = [outcome.name for outcome in outcomes if not outcome.succeeded]
        skips = _skips(outcomes)
        self.stdout.write(f"\nSteps: {len(outcomes)}, failed: {', '.join(failed) or 'none'}.")
        if skips:
            self.stdout.write("Skipped, which counts as a failure here:" if strict else "Skipped:")
        self.stdout.write("\n".join(f"  {skip}" for skip in skips) or "Nothing was skipped.")
        self.stdout.write(str(total))


def _steps(only: str | None, arguments: list[str]) -> Iterator[Step]:
    """The steps asked for, in order; arguments for pytest alone mean its quick run on SQLite."""
    if arguments and not only:
        yield "Only the tests named, only on SQLite", partial(steps.run_on_sqlite, arguments)
        return
    if only in (None, "lint"):
        yield from ((program.name, partial(steps.run_program, program)) for program in steps.LINTS)
    if only in (None, "sqlite"):
        yield "Tests on SQLite", partial(steps.run_on_sqlite, arguments)
    if only in (None, "postgres"):
        yield "Tests on PostgreSQL", partial(steps.run_on_postgres, arguments)
    if only in (None, "browser"):
        yield "Tests in a browser", partial(steps.run_in_browser, arguments)


def _skips(outcomes: Sequence[Outcome]) -> list[str]:
    """One line for each step left out and each test skipped."""
    left_out = [f"{outcome.name}: {outcome.left_out}" for outcome in outcomes if outcome.left_out]
    return left_out + [skip for outcome in outcomes for skip in outcome.tally.skipped]


def _with_separator(arguments: list[str]) -> list[str]:
    """The arguments with `--` before the first that is pytest's, so that argparse leaves it alone."""
    count = 0
    while count < len(arguments) and arguments[count].split("=")[0] in OWN_OPTIONS:
        count += 2 if arguments[count] == "--only" else 1
    return [*arguments[:count], "--", *arguments[count:]]


def _leave(signum: int, _frame: FrameType | None) -> NoReturn:
    """Turn the signal into an exit, so that what was started is put away."""
    sys.exit(128 + signum)
