"""Text that people typed, as HTML: Markdown for a day's prose, plain text for a task.

Pure, and the only package that marks HTML as safe. What the record knows comes in from outside: a mapping of
names to figures for ``{{ hours }}``, a function for task links such as ``[the wiki](task:2)``.
"""

from records.prose.elsewhere import absolute, as_data, joined
from records.prose.figures import Figure
from records.prose.marks import LONGEST, WAYS, Mark, marks_in, task_links_in, words_in
from records.prose.references import mentions_tasks, renamed, task_keys
from records.prose.rendering import inline, reading_minutes, render
from records.prose.vocabulary import VOCABULARY, Name, NotAName, neighbours, offered, parse

__all__ = [
    "LONGEST",
    "VOCABULARY",
    "WAYS",
    "Figure",
    "Mark",
    "Name",
    "NotAName",
    "absolute",
    "as_data",
    "inline",
    "joined",
    "marks_in",
    "mentions_tasks",
    "neighbours",
    "offered",
    "parse",
    "reading_minutes",
    "renamed",
    "render",
    "task_keys",
    "task_links_in",
    "words_in",
]
