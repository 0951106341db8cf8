"""The colours of a chart that stands alone, as attributes: no style sheet goes along with it."""

from collections.abc import Mapping

SERIF = "'Source Serif 4', 'Iowan Old Style', Charter, Georgia, serif"
SANS = "Inter, ui-sans-serif, system-ui, 'Segoe UI', Roboto, sans-serif"

LIGHT = {
    "paper": "#fbfaf6",
    "ink": "#1b1c1a",
    "soft": "#5f615b",
    "line": "#e2dfd5",
    "leverage": "#0b6b50",
    "supervision": "#9a5015",
}
DARK = {
    "paper": "#141513",
    "ink": "#ecebe4",
    "soft": "#a8aaa2",
    "line": "#33352f",
    "leverage": "#5ec9a5",
    "supervision": "#e0a069",
}
THEMES: Mapping[str, Mapping[str, str]] = {"light": LIGHT, "dark": DARK}

_SHADES = (".16", ".3", ".52", ".76", "1")


def attributes(style: str, theme: Mapping[str, str]) -> dict[str, str]:
    """The presentation attributes of a mark by its style, as the style sheet of the pages draws it."""
    what, _, of = style.partition(" ")
    colour = theme.get(of, theme["leverage"])
    if what == "cell":
        return _of_cell(of, theme)
    known: dict[str, dict[str, str]] = {
        "bar": {"fill": colour, "fill-opacity": ".58"},
        "dot": {"fill": colour, "fill-opacity": ".72"},
        "ring": {"fill": "none", "stroke": colour, "stroke-opacity": ".55", "stroke-width": ".6"},
        "noted": {"fill": theme["soft"]},
        "line": {"fill": "none", "stroke": colour, "stroke-width": "1.2", "stroke-opacity": ".55"},
        "grid": {"fill": "none", "stroke": theme["line"]},
        "row": {"fill": "none", "stroke": theme["line"], "stroke-dasharray": "1 4"},
        "axis": {"fill": "none", "stroke": theme["soft"], "stroke-opacity": ".6"},
        "quantile": {"fill": "none", "stroke": theme["ink"], "stroke-width": ".8", "stroke-dasharray": "2 3"},
        "average": {"fill": "none", "stroke": theme["ink"], "stroke-width": "2"},
        "tick": {"fill": theme["soft"], "font-family": SANS, "font-size": "11"},
        "label": {"fill": theme["ink"], "font-family": SANS, "font-size": "12"},
        "title": {"fill": theme["ink"], "font-family": SERIF, "font-size": "18", "font-weight": "600"},
        "paper": {"fill": theme["paper"]},
    }
    return known[what]


def _of_cell(of: str, theme: Mapping[str, str]) -> dict[str, str]:
    if of.startswith("shade-"):
        return {"rx": "2", "fill": theme["leverage"], "fill-opacity": _SHADES[int(of[-1])]}
    if of == "gap":
        return {
            "rx": "2",
            "fill": "none",
            "stroke": theme["soft"],
            "stroke-opacity": ".45",
            "stroke-width": ".8",
        }
    return {"rx": "2", "fill": theme["line"], "fill-opacity": ".45"}
