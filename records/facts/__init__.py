"""The fact check: what a text claims of a record, beside what the data say.

Pure: it is handed plain text and plain figures, and gives plain findings.
"""

from records.facts.check import check
from records.facts.figures import DayFigures, Figures, Measure, TaskFigures
from records.facts.findings import Finding, Verdict
from records.facts.plain import Plain, plain, read
from records.facts.restating import Restating, restating

__all__ = [
    "DayFigures",
    "Figures",
    "Finding",
    "Measure",
    "Plain",
    "Restating",
    "TaskFigures",
    "Verdict",
    "check",
    "plain",
    "read",
    "restating",
]
