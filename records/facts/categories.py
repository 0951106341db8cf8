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
    r"(?:tasks?|jobs?|items?|entry|entries|work|category|group|cluster|rows?|column|pieces? of work"
    r"|efforts?)"
)


_VERBS = (
    r"(?:alone |together |itself |work )?(?:was|were|is|are|came|come|averaged|average"
    r"|averages|reached|reach|had|has|took|take|led|leads|accounted"
    r"|accounts|made|stood|stands|ran|held|holds|brought|hit|posted|contributed|contributes"
    r"|absorbed|consumed|claimed|delivered"
    r"|ended|finished|sat|sits|needed|topped|used|carried|carries|fell|landed|trailed|saw|got"
    r"|put|gave|logged|racked|totall?ed|comprised|covered|spanned|worked|stayed|sits|remained"
    r"|scored|managed|averaging|returned|earned|yielded|paid|swallowed|ate|cost|gets?|gained|drew|did"
    r"|does|add(?:s|ed))\b"
)


def categories_in(text: str, figures: Figures) -> Iterator[Subject]:
    """Subjects that are a category: "the four testing tasks", "Infrastructure averaged"."""
    found = list(_said_in(text, figures))
    yield from found
    for subject in found:
        yield from _joined_to(text, subject, figures)


_AND = pattern(r"^(?:,| and|, and| plus| &) (?:the )?")


def _joined_to(text: str, subject: Subject, figures: Figures) -> Iterator[Subject]:
    """The category after an "and": "a third of the minutes went to testing and security"."""
    gap = _AND.match(text[subject.end :])
    start = subject.end + gap.end() if gap else len(text)
    for slug, tasks in figures.by_category.items():
        for word in category_words(tasks[0].category_name) if slug and gap else []:
            end = start + len(word)
            if text[start:end].lower() == word and not text[end : end + 1].isalnum():
                option = Option(tasks, f"in {tasks[0].category_name}", f"category.{slug}")
                yield Subject(start, end, (option,), "category")
                return


def _said_in(text: str, figures: Figures) -> Iterator[Subject]:
    names = {task.category: task.category_name for task in figures.tasks if task.category}
    for slug, name in names.items():
        words = category_words(name)
        option = Option(figures.by_category[slug], f"in {name}", f"category.{slug}")
        for match in _category_pattern(tuple(words), len(figures.by_category[slug])).finditer(text):
            yield Subject(match.start(), match.end(), (option,), "category")


_COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


_THE = r"(?:the|both|all|those|these|our|my|two|three|four|five|six|seven|eight|nine|ten|\d+)"


@lru_cache(maxsize=256)
def _category_pattern(words: tuple[str, ...], count: int) -> re.Pattern[str]:
    """How prose speaks of a category of so many tasks; the first of the words is its whole name."""
    parts = "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=len, reverse=True))
    whole = re.escape(words[0]).replace(r"\ ", " ").replace("\\&", "(?:&|and)")
    return pattern(
        rf"(?<![\w-])(?:(?:{parts}|{whole})(?:[- ](?:and|&) [\w-]+)?[- ](?:related )?{_WORK}(?![\w-])"
        rf"|(?-i:(?=[A-Z]))(?:{parts}|{whole})(?= {_VERBS})"
        rf"|(?-i:(?=[A-Z]))(?:{parts})(?= (?:and|plus) [a-z]+ (?:together |combined )?{_VERBS})"
        rf"|(?<=[:,;] )(?:{parts})(?= \d[\d.,]* ?(?:h|hours)\b)"
        rf"|(?<=and )(?:{parts})(?= (?:together |combined )?{_VERBS})"
        rf"|(?:tasks?|jobs?|hours|minutes|work|entries|items) (?:on|in|for|of|from|under|to|went to"
        rf"|go to|were|was) (?:the )?(?:{parts}|{whole})(?![\w-])"
        rf"|(?:in|for|to|on|of|by|from|under|across|within) (?:the )?{whole}(?![\w-])"
        rf"|(?:went|goes|go|came|comes|fell|poured|flowed) (?:mostly |mainly |largely )?(?:in ?to|to"
        rf"|from|on|under|towards?) (?:the )?"
        rf"(?:{parts})(?= ?(?:$|[.,;:)]))"
        rf"|{_by_pieces(words, whole, count)}"
        rf"|{whole}(?: category)?(?= ?\(|[:,] ?| at )|(?-i:(?=[A-Z])){whole}(?= (?:--?|—|–) )"
        rf"|(?-i:(?=[A-Z]))(?:{parts})(?=: (?:\d|{'|'.join(_COUNTS[1:])}))"
        rf"|(?<=[\w,] )(?-i:(?=[A-Z])){whole}(?![\w-]))"
    )


def _by_pieces(words: tuple[str, ...], whole: str, count: int) -> str:
    """The plural of its name, "the build category", and "the two builds" where there are two."""
    pieces = "|".join(re.escape(piece) for word in words for piece in word.split())
    found = rf"{_THE} {whole}s(?![\w-])|(?:{pieces})[- ]category(?![\w-])"
    last = re.escape(words[0].split()[-1])
    if "&" in words[0] or " " not in words[0] or count >= len(_COUNTS):
        return found
    return rf"{found}|(?:(?:the|both|all) )?(?:{_COUNTS[count]}|{count}|(?<=both)) (?:full )?{last}s(?![\w-])"


def mentioned_in(text: str, figures: Figures) -> int:
    """How many tasks the categories have together that a text mentions, however it does."""
    groups = [group for slug, group in figures.by_category.items() if slug]
    return sum(len(group) for group in groups if _words_of(group[0].category_name).search(text))


@lru_cache(maxsize=256)
def _words_of(name: str) -> re.Pattern[str]:
    return pattern(rf"\b(?:{'|'.join(re.escape(word) for word in category_words(name))})\b")
