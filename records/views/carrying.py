"""Links that carry a scenario along to the pages that take it, so that a reader does not fall out of it."""

from dataclasses import replace

from django.urls import resolve

from records.charts import Figure
from records.charts.drawing import Cell, Disc, Drawing, Mark, Rect
from records.filters import WhatIf

LISTS = ("task_list", "category_detail")
ONE_TASK = "task_detail"


def carried(url: str, what_if: WhatIf) -> str:
    """The address of a page with the scenario; blank where it is that of a list that cannot show it."""
    if what_if.scenario.is_plain or not url:
        return url
    path, _, query = url.partition("?")
    name = resolve(path).url_name
    if name in LISTS and what_if.not_in_files:
        return ""
    asked = what_if.asked_of_a_task if name == ONE_TASK else what_if.asked
    return f"{url}&{asked[1:]}" if query else f"{path}{asked}"


def figure_in(what_if: WhatIf, figure: Figure | None) -> Figure | None:
    """A chart whose links carry the scenario; what would lead to another number leads nowhere."""
    if figure is None or what_if.scenario.is_plain:
        return figure
    urls: dict[str, str] = {}  # most of them come several times

    def along(url: str) -> str:
        if url not in urls:
            urls[url] = carried(url, what_if)
        return urls[url]

    def marked(mark: Mark) -> Mark:
        if isinstance(mark, Rect | Disc) and mark.url:
            return replace(mark, url=along(mark.url))
        return mark

    def drawn(drawing: Drawing) -> Drawing:
        return replace(drawing, marks=tuple(marked(mark) for mark in drawing.marks))

    rows = [[Cell(cell.text, along(cell.url)) for cell in row] for row in figure.numbers.rows]
    return replace(
        figure,
        drawings=tuple(drawn(drawing) for drawing in figure.drawings),
        numbers=replace(figure.numbers, rows=rows),
    )
