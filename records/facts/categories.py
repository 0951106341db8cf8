"""Subjects that are a category: "the four testing tasks", "Infrastructure averaged"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from records.facts.figures import Figures
from records.facts.patterns import pattern
from records.facts.subjects import Option, Subject


def category_words(name: str) -> list[str]:
    """How prose calls a category: its whole name, its parts, and what those are called as well."""
    parts = [part for part in re.split(r"\s*(?:&|\band\b|,|/)\s*", name.lower()) if part]
    also = {
        "docs": "documentation",
        "websites": "website",
        "services": "service",
        "tooling": "tool",
        "testing": "test",
    }
    more = [also[part] for part in parts if part in also]
    singular = [part[:-1] for part in parts if part.endswith("s")]
    plural = [f"{part}s" for part in parts if not part.endswith(("s", "ing"))]
    return list(dict.fromkeys([name.lower(), *parts, *more, *singular, *plural]))


_WORK = (
    r"(?:tasks?|jobs?|items?|entry|entries|work|category|group|cluster|rows?|column|pieces? of work|efforts?)"
)


_VERBS = (
    r"(?:alone |together |itself |work )?(?:was|were|is|are|came|come|averaged|average"
    r"|averages|reached|reach|had|has|took|take|led|leads|accounted"
    r"|accounts|made|stood|stands|ran|held|holds|brought|hit|posted|contributed|contributes"
    r"|absorbed|consumed|claimed|delivered"
    r"|ended|finished|sat|sits|needed|topped|used|carried|carries|fell|landed|trailed|saw|got"
    r"|put|gave|logged|racked|totall?ed|comprised|covered|spanned|worked|stayed|sits|remained"
    r"|scored|managed|averaging)\b"
)


def categories_in(text: str, figures: Figures) -> Iterator[Subject]:
    """Subjects that are a category: "the four testing tasks", "Infrastructure averaged"."""
    names = {task.category: task.category_name for task in figures.tasks if task.category}
    for slug, name in names.items():
        words = category_words(name)
        option = Option(figures.by_category[slug], f"in {name}", f"category.{slug}")
        for match in _category_pattern(tuple(words)).finditer(text):
            yield Subject(match.start(), match.end(), (option,), "category")


@lru_cache(maxsize=256)
def _category_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = "|".join(
        re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True)
    )
    whole = re.escape(words[0]).replace(r"\ ", " ").replace("\\&", "(?:&|and)")
    return pattern(
        rf"(?<![\w-])(?:(?:{alternatives}|{whole})(?:[- ](?:and|&) [\w-]+)?[- ](?:related )?{_WORK}(?![\w-])"
        rf"|(?-i:(?=[A-Z]))(?:{alternatives}|{whole})(?= {_VERBS})"
        rf"|(?:tasks?|jobs?|hours|minutes|work|entries|items) (?:on|in|for|of|from|under|to|went to"
        rf"|go to|were|was) (?:the )?(?:{alternatives}|{whole})(?![\w-])"
        rf"|(?:in|for|to|on|of|by|from|under|across|within) (?:the )?{whole}(?![\w-])"
        rf"|{whole}(?: category)?(?=[:,(] ?| at )|(?<=[\w,] )(?-i:(?=[A-Z])){whole}(?![\w-]))"
    )


def mentioned_in(text: str, figures: Figures) -> int:
    """How many tasks the categories have together that a text mentions, however it does."""
    groups = [group for slug, group in figures.by_category.items() if slug]
    return sum(len(group) for group in groups if _words_of(group[0].category_name).search(text))


@lru_cache(maxsize=256)
def _words_of(name: str) -> re.Pattern[str]:
    return pattern(rf"\b(?:{'|'.join(re.escape(word) for word in category_words(name))})\b")
