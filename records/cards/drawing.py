"""A card as a picture: 1200 by 630 points, in the colours of the pages in light."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from records import charts
from records.cards.card import Card, Figure, Tone
from records.charts.strip_plot import AXIS_ROOM, TOP

Font = ImageFont.FreeTypeFont
Colour = tuple[int, int, int]

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
RIGHT = WIDTH - MARGIN
PAPER, INK, SOFT, LINE = (251, 250, 246), (27, 28, 26), (93, 94, 88), (216, 214, 205)
COLOURS = {Tone.LEVERAGE: (11, 107, 80), Tone.SUPERVISION: (154, 80, 21), Tone.INK: INK}
FONTS = Path(__file__).parent / "fonts"

TITLE_TOP, FIGURES_TOP, CHART_TOP, CHART_BOTTOM = 138, 288, 424, 545
TITLE_SIZES = (60, 52, 46, 40)
TITLE_LINES = 2
SIZES = {Tone.LEVERAGE: 64, Tone.SUPERVISION: 64, Tone.INK: 44}
SCALES = (1.0, 0.85, 0.7, 0.55, 0.4)
# The chart is drawn larger and made smaller, which smooths its discs.
FINER = 3
LAYOUT = charts.Layout(
    "card", RIGHT - MARGIN, left=0, right=RIGHT - MARGIN, largest_radius=46, label_above=False, least_lane=20
)
RADII = (46, 34, 25, 18, 12)
NO_SUCH_SIGN = "\U0010ffff"


@dataclass
class Sheet:
    """The picture under the pen."""

    image: Image.Image
    pen: ImageDraw.ImageDraw

    def write(self, at: tuple[float, float], text: str, font: Font, fill: Colour = INK) -> None:
        """Put a line of text with its base line's left end at a point."""
        self.pen.text(at, text, font=font, fill=fill, anchor="ls")


def drawn(card: Card) -> bytes:
    """The card as a PNG that carries its words as well."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    sheet = Sheet(image, ImageDraw.Draw(image))
    _draw_head(sheet, card)
    _draw_title(sheet, card.title)
    _draw_figures(sheet, card.figures)
    _draw_chart(sheet, card.points)
    sheet.write((MARGIN, HEIGHT - 32), _known(card.caption), _font("Regular", 19), SOFT)
    words = PngInfo()
    words.add_itxt("Description", card.text)
    out = BytesIO()
    image.save(out, "PNG", optimize=True, pnginfo=words)
    return out.getvalue()


def _draw_head(sheet: Sheet, card: Card) -> None:
    """The mark and the name of the site, and what kind of page it is on the right."""
    green = COLOURS[Tone.LEVERAGE]
    sheet.pen.line([(MARGIN + 13, 52), (MARGIN + 13, 78)], fill=green, width=5)
    sheet.pen.line([(MARGIN, 78), (MARGIN + 26, 78)], fill=green, width=5)
    kicker_font = _font("Regular", 25)
    kicker = _fitted(_known(card.kicker), kicker_font, 520)
    room = RIGHT - MARGIN - 40 - kicker_font.getlength(kicker) - 30
    name_font = _font("Bold", 28)
    sheet.write((MARGIN + 40, 79), _fitted(_known(card.site_name), name_font, room), name_font)
    sheet.write((RIGHT - kicker_font.getlength(kicker), 79), kicker, kicker_font, SOFT)
    sheet.pen.line([(MARGIN, 106), (RIGHT, 106)], fill=LINE, width=2)


def _draw_title(sheet: Sheet, title: str) -> None:
    text = _known(title) or "…"
    for size in TITLE_SIZES:
        font = _font("Bold", size)
        lines = _wrapped(text, font, RIGHT - MARGIN)
        if len(lines) <= TITLE_LINES:
            break
    kept = lines[:TITLE_LINES]
    kept[-1] = _fitted(" ".join([kept[-1], *lines[TITLE_LINES:]]), font, RIGHT - MARGIN)
    for number, line in enumerate(kept, start=1):
        sheet.write((MARGIN, TITLE_TOP + number * size * 1.12), line, font)


def _draw_figures(sheet: Sheet, figures: Sequence[Figure]) -> None:
    """The figures in one row on a common base line, the factors larger, all smaller where room is short."""
    if not figures:
        return
    scale = next((scale for scale in SCALES if _row_width(figures, scale) <= RIGHT - MARGIN), SCALES[-1])
    gap = (RIGHT - MARGIN - sum(_widths(figures, scale))) / max(len(figures) - 1, 1)
    sheet.pen.line([(MARGIN, FIGURES_TOP), (RIGHT, FIGURES_TOP)], fill=INK, width=3)
    left = float(MARGIN)
    for figure, width in zip(figures, _widths(figures, scale), strict=True):
        sheet.write((left, FIGURES_TOP + 34), figure.label, _font("Regular", 21), SOFT)
        sheet.write((left, FIGURES_TOP + 98), figure.value, _value_font(figure, scale), COLOURS[figure.tone])
        sheet.write((left, FIGURES_TOP + 124), figure.note, _font("Regular", 18), SOFT)
        left += width + gap


def _row_width(figures: Sequence[Figure], scale: float) -> float:
    return sum(_widths(figures, scale)) + 36 * (len(figures) - 1)


def _widths(figures: Sequence[Figure], scale: float) -> list[float]:
    return [
        max(
            _value_font(figure, scale).getlength(figure.value),
            _font("Regular", 21).getlength(figure.label),
            _font("Regular", 18).getlength(figure.note),
        )
        for figure in figures
    ]


def _value_font(figure: Figure, scale: float) -> Font:
    return _font("Bold", round(SIZES[figure.tone] * scale))


def _draw_chart(sheet: Sheet, points: Sequence[charts.Point]) -> None:
    """The tasks as discs on one logarithmic line, its ticks below."""
    plot = _plot_of(points)
    if plot is None:
        return
    axis_y = CHART_BOTTOM
    middle = (CHART_TOP + CHART_BOTTOM) / 2
    for tick in plot.ticks:
        x = MARGIN + tick.x
        sheet.pen.line([(x, CHART_TOP), (x, axis_y)], fill=LINE, width=1)
        _write_tick(sheet, (x, axis_y + 4), tick.label)
    sheet.pen.line([(MARGIN, middle), (RIGHT, middle)], fill=LINE, width=1)
    _draw_discs(sheet, plot)


def _write_tick(sheet: Sheet, at: tuple[float, float], text: str) -> None:
    """What a line of the axis stands for, below its middle as far as the margins let it."""
    font = _font("Regular", 17)
    half = font.getlength(text) / 2
    middle = min(max(at[0], MARGIN + half), RIGHT - half)
    sheet.pen.text((middle, at[1]), text, font=font, fill=SOFT, anchor="mt")


def _plot_of(points: Sequence[charts.Point]) -> charts.StripPlot | None:
    """The strip plot with the largest discs that leave it room."""
    if not points:
        return None
    strip = charts.Strip("", max(point.factor for point in points), points)
    plots = (charts.strip_plot([strip], replace(LAYOUT, largest_radius=radius)) for radius in RADII)
    room = CHART_BOTTOM - CHART_TOP + TOP + AXIS_ROOM
    plot = None
    for plot in plots:
        if plot is None or plot.height <= room:
            break
    return plot


def _draw_discs(sheet: Sheet, plot: charts.StripPlot) -> None:
    height = CHART_BOTTOM - CHART_TOP
    layer = Image.new("L", (WIDTH * FINER, height * FINER), 0)
    pen = ImageDraw.Draw(layer)
    for lane in plot.lanes:
        # Many tasks of one factor pile up higher than there is room: then their discs overlap.
        reach = max(abs(dot.y - lane.y) + dot.radius for dot in lane.dots)
        squeeze = min(1.0, height / 2 / reach)
        for dot in lane.dots:
            x, y = MARGIN + dot.x, height / 2 + (dot.y - lane.y) * squeeze
            radius = max(dot.radius, 1.5)
            box = [(x - radius) * FINER, (y - radius) * FINER, (x + radius) * FINER, (y + radius) * FINER]
            pen.ellipse(box, fill=184)
    smooth = layer.resize((WIDTH, height), Image.Resampling.LANCZOS)
    sheet.image.paste(COLOURS[Tone.LEVERAGE], (0, CHART_TOP), smooth)


def _wrapped(text: str, font: Font, room: float) -> list[str]:
    """The text in lines, broken between words."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _fitted(text: str, font: Font, room: float) -> str:
    """The text, cut with an ellipsis where it would not fit."""
    if font.getlength(text) <= room:
        return text
    return next(
        (cut for cut in _shorter(text) if font.getlength(cut) <= room),
        "…",
    )


def _shorter(text: str) -> Iterator[str]:
    return (f"{text[:length].rstrip(' ,.;:')}…" for length in range(len(text) - 1, 0, -1))


def _known(text: str) -> str:
    """The text without the signs that the font has no picture for."""
    return " ".join("".join(sign for sign in text if sign.isspace() or _has(sign)).split())


@cache
def _missing() -> bytes:
    return bytes(_font("Regular", 24).getmask(NO_SUCH_SIGN))


def _has(sign: str) -> bool:
    return bytes(_font("Regular", 24).getmask(sign)) != _missing()


@cache
def _font(weight: str, size: int) -> Font:
    return ImageFont.truetype(FONTS / f"NotoSerif-{weight}.ttf", size)
