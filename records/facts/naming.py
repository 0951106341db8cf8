"""Tasks that a sentence names, by the words of their titles."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from records.facts.figures import TaskFigures, Tasks
from records.facts.subjects import Option, Subject

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9']*")


_FIRST_WORDS = 4


_FREQUENT = 5  # a word in more titles than every fifth names none


_THROUGH = frozenset(
    ["of", "for", "the", "a", "an", "in", "on", "to", "and", "with", "its", "s", "from", "new"]
)


_SMALL = frozenset(
    ["out", "up", "over", "under", "after", "before", "all", "one", "every", "as", "at", "by", "on"]
)


# Words of which prose about any day is full; they tell tasks apart only beside others.
_GENERIC_WORDS = """
all also an and any app apps are as at be been build built by cases change check checked clean client code
complete content create created data day days deploy deployed deployment design desk doc document docs each
end every fact file files first fix fixed for four from full gap get had has have he high hour human in into
is it its item job last lead list live log low made main make minute model module more most move moved name
new no not now of on one open or other our own page pages part phase plan point production project public
read ready record refresh release repair repaired report requirement review round run second section server
service services set setup shipped short single site sites small so some source staging start state step
system systems table task tasks team test testing tests than that the their them then these they third this
those three through time to tool tools top total two type unit up update updated use used user version was
way were what when where which who with without work write year you your leverage factor average weighted
supervision agent claude minutes hours record records weekly daily large long largest highest lowest order
out up over under after before back down off again about across among every while only just rich done live
being do does did via per yet ever never both same such until since between within around against near
figure count half quarter number result rest board category repository repositories repo repos library
libraries infrastructure websites website frontend backend security planning tooling
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """A word without its ending, roughly: "websites" and "website", "deployed" and "deploy" are one."""
    plain = word.lower().removesuffix("'s").strip("'")
    known = {
        "repos": "repositor",
        "repo": "repositor",
        "repositories": "repositor",
        "repository": "repositor",
    }
    if plain in known:
        return known[plain]
    for ending in ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ed", "es", "s", "e", "y"):
        if plain.endswith(ending) and len(plain) - len(ending) >= 4:
            return plain.removesuffix(ending).removesuffix("y" if ending == "s" else "")
    return plain


_GENERIC_STEMS = frozenset(stem(word) for word in _GENERIC) | _GENERIC


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    stem: str
    is_verb: bool


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(match.start(), match.end(), stem(match[0]), match[0].endswith("ed"))
        for match in _WORD.finditer(text)
    ]


class Names:
    """The words of the titles of a day's tasks; made once for a day."""

    def __init__(self, tasks: Sequence[TaskFigures]) -> None:
        self.tasks = tasks
        self.whole = {" ".join(t.name.lower().replace("’", "'").split()): t for t in tasks if len(t.name) > 8}
        self.titles = [frozenset(token.stem for token in _tokens(_plain(task.name))) for task in tasks]
        self.frequency: dict[str, int] = {}
        for title in self.titles:
            for word in title:
                self.frequency[word] = self.frequency.get(word, 0) + 1
        self.most = max(2, len(tasks) // _FREQUENT)

    def found_in(self, text: str) -> Iterator[Subject]:
        """The tasks a plain sentence names, each place with every task that it may mean."""
        quoted = list(self._quoted(text))
        yield from quoted
        for run in map(_without_small, self._runs(text)):
            start, end = run[0].start, run[-1].end
            if not any(q.start <= start < q.end for q in quoted) and (
                named := self._titled(text, start, run)
                or self._meant(run, is_part=" of the " in text[start:end])
            ):
                options = tuple(Option((t,), f"for “{t.name}”", f"task.{t.position}") for t in named)
                if len(named) > 1 and (
                    _SEVERAL.match(text[end:]) or text[end - 1] == "s" or _COUNTED.search(text[:start])
                ):
                    options += (Option(named, f"in these {len(named)} tasks"),)
                yield Subject(start, end, options, "task")

    def titles_in(self, text: str) -> list[tuple[int, int]]:
        """Where whole titles stand between quotation marks: numbers in them are no claims."""
        return [(subject.start, subject.end) for subject in self._quoted(text)]

    def _quoted(self, text: str) -> Iterator[Subject]:
        for match in re.finditer(r'"([^"]{4,80})"', text):
            if task := self.whole.get(" ".join(match[1].lower().rstrip(".,").split())):
                option = Option((task,), f"for “{task.name}”", f"task.{task.position}")
                yield Subject(match.start(), match.end(), (option,), "task")

    def _runs(self, text: str) -> Iterator[list[_Token]]:
        """Words of titles in a row; small words between them hold a row together, a comma ends it."""
        run: list[_Token] = []
        strangers = 0
        for token in _tokens(text):
            if run and (strangers > 1 or _parted(text, run[-1].end, token.start)):
                yield run
                run, strangers = [], 0
            if token.stem in self.frequency and (token.stem not in _THROUGH):
                run.append(token)
                strangers = 0
            elif run and token.stem not in _THROUGH:
                strangers += 1
        if run:
            yield run

    def _titled(self, text: str, start: int, run: list[_Token]) -> Tasks:
        """The one task whose title, or its first words, stand there as they are."""
        words = [word.lower() for word in text[start : start + 80].split()]
        same = [(_alike(words, task.name.lower().split()), task) for task in self.tasks]
        most = max((count for count, _ in same), default=0)
        best = [task for count, task in same if count == most]
        if most < _FIRST_WORDS and not (
            most > 1 and self._is_alone(words[:most]) and self._all_of(best, run)
        ):
            return ()
        return (best[0],) if len(best) == 1 else ()

    def _all_of(self, best: list[TaskFigures], run: list[_Token]) -> bool:
        """Whether whatever else is named there stands in the title as well: not "test suite of the wiki"."""
        title = self.titles[self.tasks.index(best[0])]
        return all(token.stem in title for token in run if self.frequency.get(token.stem))

    def _is_alone(self, words: list[str]) -> bool:
        """Whether no other title has these words too."""
        stems = {stem(word.strip(".,;:()'\"")) for word in words}
        return stems - _GENERIC_STEMS != set() or len(stems) > 2 if self._holding(stems) == 1 else False

    def _holding(self, stems: set[str]) -> int:
        return sum(stems <= title for title in self.titles)

    def _meant(self, run: list[_Token], *, is_part: bool) -> Tasks:
        words = {token.stem for token in run}
        if len(run) == 1 and run[0].is_verb:
            return ()
        telling = {w for w in words if w not in _GENERIC_STEMS and self.frequency[w] <= self.most}
        if not telling:
            telling = self._pair(run)
        if not telling:
            return ()
        score = [len(telling & title) for title in self.titles]
        best = max(score)
        if is_part and best == 1 < len(telling):
            return ()  # words of different titles: "the test suite of the wiki"
        return tuple(task for task, points in zip(self.tasks, score, strict=True) if points == best)

    def _pair(self, run: list[_Token]) -> set[str]:
        """Two words of the row that stand in one title and in few: "purchase service", "client site"."""
        words = {token.stem for token in run}
        if len(words) < 2 or words <= _GENERIC_STEMS:
            return set()
        holding = [title for title in self.titles if words <= title]
        return words if 0 < len(holding) <= self.most else set()


_COUNTED = re.compile(r"\b(?:two|three|four|five|six|both|all|these|\d+)\s+(?:\w+\s+)?$", re.IGNORECASE)


_SEVERAL = re.compile(
    r"(?:'s)?\s+(?:tasks|jobs|work|pieces|items|entries|cluster|side|effort|family)\b"
    r"|s\b"
)


def _without_small(run: list[_Token]) -> list[_Token]:
    """A row of words without small ones before the first that tells anything: not "out the wiki"."""
    first = next((place for place, token in enumerate(run) if token.stem not in _SMALL), len(run) - 1)
    return run[first:]


def _parted(text: str, start: int, end: int) -> bool:
    return bool(re.search(r"[.,;:()–—]| -- | and ", text[start:end]))


def _alike(words: list[str], title: list[str]) -> int:
    """How many words of a title stand at the beginning."""
    count = 0
    for word, of_title in zip(words, title, strict=False):
        if word.strip(".,;:()'\"") != of_title.strip(".,;:()'\""):
            break
        count += 1
    return count


def _plain(name: str) -> str:
    return name.replace("’", "'")
