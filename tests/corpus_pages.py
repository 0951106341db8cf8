"""The corpus in tests/data/pages: every day of ``corpus_days`` in five forms, and what must come out.

``python3 -m tests.corpus_pages`` writes the files anew. The figures are computed here by fractions, apart
from the arithmetic of the site.
"""

import json
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from html import escape
from pathlib import Path
from typing import Any

from tests.corpus_days import DAYS, LIST, TABLE, CorpusDay

FOLDER = Path(__file__).parent / "data" / "pages"
FORMS = {
    "html": ".html",
    "markdown": ".md",
    "tabs": ".tabs.txt",
    "blanks": ".blanks.txt",
    "glued": ".glued.txt",
}
_KINDS = {
    **dict.fromkeys(("claude", "claude time"), "agent"),
    **dict.fromkeys(("sup.", "supv."), "supervision"),
    **dict.fromkeys(("leverage", "lf", "factor"), "factor"),
    **dict.fromkeys(("sup. factor", "slf"), "slf"),
    "#": "number",
    "task": "text",
    "human est.": "hours",
    "weeks": "weeks",
    "tokens": "tokens",
}
ABOUT = ("About These Records", "They count work done on weekdays; 12 hours of holidays are left out.")
AUTHOR = "About the author: I'm Ada Example, and I keep 4 clocks. If you keep fewer, let's talk."
CALL = ("Let's Build Something!", "I help people who have more clocks than time. Currently taking 2 of them.")
NAVIGATION = ("Home", "Archive", "About")
FOOTER = "© 2026 Ada Example. All rights reserved."
SCRIPT = (
    "const row = '9Not a row of labs16h8m5m120.0x192.0x'; // 10 | No row | 16h | 8m | 5m | 120.0x | 192.0x"
)


# Figures


def rounded(value: Fraction, places: str) -> str:
    digits = 2 if places == "cut" else int(places)
    units = (2 * value.numerator * 10**digits + value.denominator) // (2 * value.denominator)
    text = f"{Decimal(units).scaleb(-digits):,f}"
    if places == "cut":
        whole, _, fraction = text.partition(".")
        return f"{whole}.{fraction.rstrip('0') or '0'}"
    return text


def ratio(hours: Decimal | str, minutes: Decimal | str) -> Fraction:
    return Fraction(hours) * 60 / Fraction(minutes)


def one_decimal(value: Fraction | Decimal) -> str:
    return rounded(Fraction(value), "1")


def plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def cell(day: CorpusDay, place: int, header: str) -> str:
    """What stands in the row under a header."""
    if (place + 1, header) in day.wrong:
        return day.wrong[place + 1, header]
    text, hours, agent, supervision, tokens = day.rows[place]
    kind = _KINDS[header.lower()]
    if kind in ("factor", "slf"):
        minutes = agent if kind == "factor" else supervision
        return f"{rounded(ratio(hours, minutes), day.places)}{day.sign}" if minutes else ""
    if kind == "weeks":
        return f"{plain(Decimal(hours) / 40)}w"
    return {
        "number": str(day.number(place)),
        "text": text,
        "hours": day.hours.format(hours),
        "agent": day.minutes.format(agent),
        "supervision": day.minutes.format(supervision) if supervision else "",
        "tokens": tokens,
    }[kind]


def cells(day: CorpusDay) -> Iterator[list[str]]:
    for place in range(len(day.rows)):
        yield [cell(day, place, header) for header in day.headers]


def total(day: CorpusDay, label: str, shape: str) -> str:
    """A printed total, such as ``284 hours (~7.1 work weeks)`` for the shape "hours (weeks)"."""
    if label in day.wrong_totals:
        return day.wrong_totals[label]
    hours, agent, supervision = day.sum(1), day.sum(2), day.sum(3)
    watched = sum((Decimal(row[1]) for row in day.rows if row[3]), Decimal(0))
    if shape.startswith("tokens "):
        return shape.removeprefix("tokens ")
    values = {
        "tasks": str(len(day.rows)),
        "hours": plain(hours),
        "hours (weeks)": f"{plain(hours)} hours (~{one_decimal(hours / 40)} work weeks)",
        "h (days)": f"{plain(hours)}h ({one_decimal(hours / 8)} working days)",
        "minutes": plain(agent),
        "minutes (hours)": f"{plain(agent)} minutes (~{one_decimal(Fraction(agent) / 60)} hours)",
        "m (h)": f"{plain(agent)}m ({one_decimal(Fraction(agent) / 60)}h)",
        "supervision": plain(supervision),
        "supervision m": f"{plain(supervision)}m",
        "weeks": one_decimal(hours / 40),
        "factor": f"{one_decimal(ratio(hours, agent))}{day.sign}",
        "slf": f"{one_decimal(ratio(watched, supervision)) if supervision else ''}{day.sign}",
    }
    return values[shape]


def totals(day: CorpusDay) -> list[tuple[str, str]]:
    return [(label, total(day, label, shape)) for label, shape in day.totals]


# Copied text: tabs, blanks, glued


def without_marks(markdown: str) -> str:
    """A paragraph as a browser shows it, and as a copy has it."""
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", re.sub(r"\*\*|`", "", markdown))
    return re.sub(r"^- ", "• ", text, flags=re.MULTILINE)


def copied(day: CorpusDay, form: str) -> str:
    """The page as copied from a browser."""
    between = {"tabs": "\t", "blanks": day.blanks, "glued": ""}[form]
    rows = [day.headers, *cells(day)]
    lines = [between.join(filter(None, row) if form == "blanks" else row) for row in rows]
    log = f"{day.log_heading}\n\n" + "\n".join(lines)
    summary = f"{day.totals_heading}\n\n" + "\n".join(
        ([f"Metric{day.between}Value"] if day.totals_as == TABLE else [])
        + [f"{label}{day.between}{value}" for label, value in totals(day)]
    )
    parts = [
        "Skip to main content",
        *NAVIGATION,
        day.title,
        day.shown_tags,
        AUTHOR,
        *map(without_marks, day.lede),
        "\n".join(ABOUT),
        *((summary, log) if day.totals_first else (log, summary)),
        "Analysis",
        *map(without_marks, day.analysis),
        *CALL,
        FOOTER,
    ]
    return "\n\n".join(parts) + "\n"


# Markdown


def front_matter(day: CorpusDay) -> str:
    path = f"/posts/{day.date[:4]}/{day.date}-leverage-record.html"
    if day.front == "yaml":
        tags = ", ".join(day.tags)
        return f'---\ntitle: "{day.title}"\ndate: {day.date}\ntags: [{tags}]\npermalink: {path}\n---\n\n'
    if day.front == "list":
        tags = "".join(f"  - {tag}\n" for tag in day.tags)
        return (
            f"---\ntitle: {day.title!r}\nlayout: post\ndate: {day.date} 08:00:00 +0100\ntags:\n{tags}---\n\n"
        )
    if day.front == "toml":
        tags = ", ".join(f'"{tag}"' for tag in day.tags)
        return f'+++\ntitle = "{day.title}"\ndate = {day.date}\ntags = [{tags}]\n+++\n\n'
    return f"# {day.title}\n\nTags: {', '.join(day.tags)}\n\n"


def pipes(rows: list[list[str]]) -> str:
    def line(row: list[str]) -> str:
        return "| " + " | ".join(text.replace("|", "\\|") for text in row) + " |"

    return "\n".join([line(rows[0]), "|" + "|".join("---" for _ in rows[0]) + "|", *map(line, rows[1:])])


def summary_in_markdown(day: CorpusDay) -> str:
    if day.totals_as == TABLE:
        return pipes([["Metric", "Value"], *map(list, totals(day))])
    if day.totals_as == LIST:
        return "\n".join(f"- **{label}:** {value}" for label, value in totals(day))
    return "  \n".join(f"**{label}**: {value}" for label, value in totals(day))


def markdown(day: CorpusDay) -> str:
    """The page as its author wrote it."""
    log = f"## {day.log_heading}\n\n{pipes([list(day.headers), *cells(day)])}"
    summary = f"## {day.totals_heading}\n\n{summary_in_markdown(day)}"
    parts = [
        *day.lede,
        *((summary, log) if day.totals_first else (log, summary)),
        "## Analysis",
        *day.analysis,
    ]
    return front_matter(day) + "\n\n".join(parts) + "\n"


# HTML


def inline(text: str) -> str:
    html = escape(text, quote=False)
    html = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", html)
    html = re.sub(r"`([^`]+)`", r"<code>\1</code>", html)
    return re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r'<a href="\2">\1</a>', html)


def paragraphs(texts: tuple[str, ...]) -> str:
    def one(text: str) -> str:
        if not text.startswith("- "):
            return f"<p>{inline(text)}</p>"
        return "<ul>" + "".join(f"<li>{inline(item[2:])}</li>" for item in text.split("\n")) + "</ul>"

    return "\n".join(map(one, texts))


def table(rows: list[list[str]]) -> str:
    def line(row: list[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{inline(text)}</{tag}>" for text in row) + "</tr>"

    body = "\n".join(line(row, "td") for row in rows[1:])
    return f"<table>\n<thead>{line(rows[0], 'th')}</thead>\n<tbody>\n{body}\n</tbody>\n</table>"


def summary_in_html(day: CorpusDay) -> str:
    if day.totals_as == TABLE:
        return table([["Metric", "Value"], *map(list, totals(day))])
    pairs = [f"<strong>{escape(label)}:</strong> {escape(value)}" for label, value in totals(day)]
    if day.totals_as == LIST:
        return "<ul>" + "".join(f"<li>{pair}</li>" for pair in pairs) + "</ul>"
    return "<p>" + "<br>\n".join(pairs) + "</p>"


def record_in_html(day: CorpusDay) -> str:
    log = f"<h2>{day.log_heading}</h2>\n{table([list(day.headers), *cells(day)])}"
    summary = f"<h2>{day.totals_heading}</h2>\n{summary_in_html(day)}"
    first, second = (summary, log) if day.totals_first else (log, summary)
    return f"{first}\n{second}\n<h2>Analysis</h2>\n{paragraphs(day.analysis)}"


def head_of_html(day: CorpusDay) -> str:
    path = f"https://example.org/posts/{day.date[:4]}/{day.date}-leverage-record.html"
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(day.title)} | Ada Example</title>\n"
        f'<link rel="canonical" href="{path}">\n'
        f'<meta name="description" content="{escape(day.lede[0][:60])}…">\n<script>{SCRIPT}</script>\n'
        "<style>p { margin: 16px 8px }</style>\n</head>\n"
    )


def semantic(day: CorpusDay) -> str:
    """A page whose markup says what its parts are."""
    links = "".join(f'<a href="/{name.lower()}/">{name}</a>' for name in NAVIGATION)
    tags = "".join(
        f'<a rel="tag" class="tag" href="/tags/{n}/">{escape(tag)}</a>' for n, tag in enumerate(day.tags)
    )
    return f"""{head_of_html(day)}<body>
<a class="skip-link" href="#main">Skip to main content</a>
<header><nav>{links}</nav></header>
<main id="main"><article>
<h1>{escape(day.title)}</h1>
<div class="tags">{tags}</div>
<aside class="author-box"><p>{escape(AUTHOR)}</p></aside>
{paragraphs(day.lede)}
<aside class="about-records"><h2>{ABOUT[0]}</h2><p>{ABOUT[1]}</p></aside>
{record_in_html(day)}
</article></main>
<section class="cta"><h2>{CALL[0]}</h2><p>{CALL[1]}</p></section>
<footer><p>{FOOTER}</p></footer>
</body>
</html>
"""


def soup(day: CorpusDay) -> str:
    """A page of nothing but boxes, with the beginning of its lede repeated above and below."""
    excerpt = escape(without_marks(day.lede[0])[:50].rsplit(" ", 1)[0])
    links = "".join(f'<li><a href="/{name.lower()}/">{name}</a></li>' for name in NAVIGATION)
    tags = "".join(f'<span class="tag">{escape(tag)}</span>' for tag in day.tags)
    return f"""{head_of_html(day)}<body>
<div class="navbar"><ul>{links}</ul></div>
<div class="content">
<h1 class="post-title">{escape(day.title)}</h1>
<div class="post-tags">{tags}</div>
<p class="excerpt">{excerpt}…</p>
<div class="author-box"><p>{escape(AUTHOR)}</p></div>
<div class="post-body">
{paragraphs(day.lede)}
<div class="about-box"><h3>{ABOUT[0]}</h3><p>{ABOUT[1]}</p></div>
{record_in_html(day)}
</div>
<div class="cta"><h2>{CALL[0]}</h2><p>{CALL[1]}</p></div>
<div class="related"><h3>Related Records</h3><p>{excerpt}… <a href="/posts/">Read more</a></p></div>
</div>
<script type="application/ld+json">{{"headline": "10Not a row16h8m5m120.0x192.0x"}}</script>
<div class="footer">{FOOTER}</div>
</body>
</html>
"""


def bare(day: CorpusDay) -> str:
    """A page with headings, paragraphs and tables, and no box at all."""
    return f"""{head_of_html(day)}<body>
<h1>{escape(day.title)}</h1>
<p>Tags: {", ".join(map(escape, day.tags))}</p>
<p>{escape(AUTHOR)}</p>
{paragraphs(day.lede)}
<h2>{ABOUT[0]}</h2>
<p>{ABOUT[1]}</p>
{record_in_html(day)}
<h2>{CALL[0]}</h2>
<p>{CALL[1]}</p>
<p>{FOOTER}</p>
</body>
</html>
"""


def html(day: CorpusDay) -> str:
    """The page as it was published."""
    return {"semantic": semantic, "soup": soup, "bare": bare}[day.site](day)


# What must come out


def tokens_of(printed: str) -> int | None:
    sizes = {"k": 1_000, "M": 1_000_000}
    if not printed:
        return None
    number = printed.strip("~").replace(",", "")
    return int(Decimal(number.rstrip("kM")) * sizes.get(number[-1], 1))


def expected_row(day: CorpusDay, place: int) -> dict[str, Any]:
    text, hours, agent, supervision, tokens = day.rows[place]
    kinds = [_KINDS[header.lower()] for header in day.headers]
    source = "declared"
    if "supervision" not in kinds and "slf" in kinds and supervision:
        leverage = Fraction(rounded(ratio(hours, supervision), day.places).replace(",", ""))
        minutes = Fraction(hours) * 60 / leverage
        exact = Decimal(minutes.numerator) / Decimal(minutes.denominator)
        supervision, source = str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP)), "derived"
    elif "supervision" not in kinds:
        supervision = ""
    approximate = tokens[:1] == "~" or tokens[-1:] in ("k", "M")
    return {
        "description": text,
        "human_hours": hours,
        "agent_minutes": agent,
        "supervisory_minutes": supervision or None,
        "supervisory_minutes_source": source,
        "tokens": tokens_of(tokens) if "tokens" in kinds else None,
        "tokens_source": "approximate" if approximate and "tokens" in kinds else "declared",
    }


def expected(day: CorpusDay) -> dict[str, Any]:
    """The day as it must come out; ``copied`` is the prose where its marks were lost on the way."""
    doubts = [[row, printed] for (row, _), printed in day.wrong.items()]
    doubts += [[None, printed] for printed in day.wrong_totals.values()]
    default = day.title.startswith("Leverage Record: ")

    def prose(texts: tuple[str, ...], *, copy: bool) -> str:
        return "\n\n".join(without_marks(text).replace("• ", "- ") if copy else text for text in texts)

    return {
        "date": day.date,
        "title": "" if default else day.title,
        "tags": list(day.tags),
        "path": f"/posts/{day.date[:4]}/{day.date}-leverage-record.html",
        "lede": prose(day.lede, copy=False),
        "analysis": prose(day.analysis, copy=False),
        "copied": {"lede": prose(day.lede, copy=True), "analysis": prose(day.analysis, copy=True)},
        "rows": [expected_row(day, place) for place in sorted(range(len(day.rows)), key=day.number)],
        "aggregates": [list(pair) for pair in totals(day)],
        "doubts": doubts,
        "refused_when_glued": sorted(row for row, _ in day.wrong),
    }


def files() -> dict[str, str]:
    """Every file of the corpus by its name."""
    written: dict[str, str] = {}
    for day in DAYS:
        name = f"{day.date}-leverage-record"
        texts = {form: copied(day, form) for form in ("tabs", "blanks", "glued")}
        texts |= {"html": html(day), "markdown": markdown(day)}
        written |= {f"{name}{FORMS[form]}": text for form, text in texts.items()}
        written[f"{day.date}.json"] = json.dumps(expected(day), ensure_ascii=False, indent=2) + "\n"
    return written


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in files().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
