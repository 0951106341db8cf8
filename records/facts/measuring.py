"""What a figure may be of: words beside it tell human hours from agent minutes and from supervision."""

import re

from records.facts.figures import M, Measure
from records.facts.patterns import pattern
from records.facts.scene import Scene
from records.facts.units import Quantity, Unit

TIME = (Unit.HOURS, Unit.MINUTES, Unit.DAYS, Unit.WEEKS)


SUPERVISION = pattern(
    r"\b(?:supervis\w*|direct(?:ing|ion|ed)|review(?:ing|ed)? (?:it|time|them)|reviewing"
    r"|oversight|overseeing|attention|steering|hand-holding|my (?:own )?(?:time|attention)|of mine"
    r"|of me\b|i was (?:involved|busy|needed|there|at it)"
    r"|i (?:only |just |myself )?(?:spent|gave|invested|put in|steered|watched)|(?:took|cost"
    r"|asked) (?:of )?me"
    r"|human (?:direction|time spent|minutes|attention|input))\b"
)


AGENT = pattern(
    r"\b(?:claude|agents?|ai|the model|machine|wall[- ]clock|compute|run(?:time|ning)|ran"
    r"|of work|agent's|clock)\b"
)


HUMAN = pattern(
    r"\b(?:human|engineers?|engineering|developers?|estimate[ds]?|equivalent|working|person"
    r"|man|worth|team|by hand|eight-hour|8-hour|forty-hour|40-hour|effort|output|senior|manual(?:ly)?"
    r"|of (?:[\w-]+ )?work)\b"
)


HUMAN_WORK = pattern(
    r"\b(?:human|engineer(?:s|ing)?|developer|equivalent|working|person|man|estimated|effort|output)\b"
)


def measures_of(scene: Scene, quantity: Quantity) -> list[Measure]:
    """Which measures the quantity may be of, the likeliest first; words beside it decide."""
    before, after = scene.before(quantity), scene.after(quantity)[:45]
    if quantity.unit is Unit.FACTOR:
        near = _SUPERVISORY.search(before) or SUPERVISION.match(_OF.sub("", after.lstrip(" (")))
        return [M.SUPERVISORY_FACTOR] if near else [M.FACTOR, M.SUPERVISORY_FACTOR]
    if quantity.unit is Unit.TOKENS:
        return [M.TOKENS]
    if quantity.unit in (Unit.WEEKS, Unit.DAYS):
        return [M.HOURS]
    return _roles(scene, quantity, before, after)


_SUPERVISORY = pattern(r"\bsupervisory\b|\bsupervision (?:factor|leverage)\b")


_OF = pattern(r"^(?:on|of|in|for) (?:the )?")


def _roles(scene: Scene, quantity: Quantity, before: str, after: str) -> list[Measure]:
    usual = [M.MINUTES] if quantity.unit is Unit.MINUTES else [M.HOURS]
    if quantity.qualifier == "duration":
        usual = [M.MINUTES, M.SUPERVISORY_MINUTES]
    if quantity.unit is Unit.MINUTES and _THIRD.search(scene.text[: quantity.start]):
        return [M.SUPERVISORY_MINUTES]
    before = _OF_THE_LAST.sub("", before)
    following = _NEW_VERB.split(after, maxsplit=1)[0]
    for text in (quantity.qualifier, following, before, scene.text):
        named = scene.figures.agent_name.lower() in text.lower()
        if named and not SUPERVISION.search(text):
            return (
                [M.MINUTES]
                if text is not scene.text or quantity.unit is Unit.MINUTES
                else [*usual, M.MINUTES]
            )
        for words, measure in ((SUPERVISION, M.SUPERVISORY_MINUTES), (HUMAN, M.HOURS), (AGENT, M.MINUTES)):
            if words.search(text) and (measure is not M.HOURS or quantity.unit is Unit.HOURS):
                return [measure] if text is not scene.text else [measure, *usual]
    return usual


_THIRD = pattern(
    r"\d ?(?:h|hours?|hrs?) ?[/|,] ?\d[\d.]* ?(?:m|min"
    r"|minutes?) ?[/|,] ?$"
)  # "480h / 90m / 5m"


_OF_THE_LAST = pattern(
    r"^ (?:of|for) (?:my |agent "
    r"|human )?\w+,"
)  # "2 of supervision, the design returned"


_NEW_VERB = re.compile(r"[,;:—]|\s(?:took|needed|became|cost|against|versus|but|while)\b", re.IGNORECASE)


def spoken_of(quantity: Quantity, after: str, measure: Measure) -> re.Match[str] | None:
    """The words beside a time that say whose it is: "hours of supervision", "engineer hours"."""
    words = {M.HOURS: HUMAN_WORK, M.SUPERVISORY_MINUTES: SUPERVISION, M.MINUTES: AGENT}[measure]
    return words.search(quantity.qualifier) or words.search(after.split(",", maxsplit=1)[0][:40])


EACH = pattern(r"^ (?:each|apiece)\b")


def also_of(quantity: Quantity, measures: list[Measure]) -> list[Measure]:
    """The measures, and for a time without more words the other ones too."""
    if len(measures) == 1 and any(words.search(quantity.qualifier) for words in (HUMAN, AGENT, SUPERVISION)):
        return measures
    times = [M.HOURS, M.MINUTES, M.SUPERVISORY_MINUTES] if quantity.unit in (Unit.HOURS, Unit.MINUTES) else []
    return list(dict.fromkeys([*measures, *times]))
