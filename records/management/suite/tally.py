"""What came of a step: passed or not, how many tests, which were skipped and why."""

from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET


@dataclass(frozen=True)
class Tally:
    """Numbers of tests, and one line for each reason to skip."""

    passed: int = 0
    failed: int = 0
    skipped: tuple[str, ...] = ()

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        """`412 passed, 0 failed`, and `, 3 skipped` if there are any."""
        skipped = f", {len(self.skipped)} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


@dataclass(frozen=True)
class Outcome:
    """One step, run or left out."""

    name: str
    succeeded: bool
    seconds: float = 0.0
    tally: Tally = field(default_factory=Tally)
    left_out: str = ""  # why the step was not run at all


def read_junit(path: Path) -> Tally:
    """The tally in a report of pytest's `--junitxml`; a run that wrote none counts as one failure."""
    if not path.exists():
        return Tally(failed=1)
    suites = ET.parse(path).getroot().iter("testsuite")  # noqa: S314 - written by our own pytest
    return sum(map(_read_suite, suites), start=Tally())


def _read_suite(suite: ET.Element) -> Tally:
    counts = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
    failed = counts["failures"] + counts["errors"]
    # A test that passes and then fails while it is taken down is reported as one test and one error.
    passed = max(0, counts["tests"] - failed - counts["skipped"])
    skipped = tuple(_reason(case) for case in suite.iter("testcase") if case.find("skipped") is not None)
    return Tally(passed, failed, skipped)


def _reason(case: ET.Element) -> str:
    skipped = case.find("skipped")
    message = skipped.get("message", "") if skipped is not None else ""
    return f"{case.get('classname', '')}.{case.get('name', '')}: {message or 'no reason given'}"
