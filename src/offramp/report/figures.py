"""Drawing: a Vega-Lite specification becomes a still SVG and the Vega specification that a browser makes live."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from offramp.charts import Spec
from offramp.report.markup import Child, Html, join, tag

__all__ = ["Drawing", "details", "figure", "legend", "rest", "table"]

_ROOT = re.compile(r"^<svg[^>]*?\bwidth=\"([\d.]+)\" height=\"([\d.]+)\"")
_GEOMETRY = re.compile(r"\b(?:d|transform)=\"[^\"]*\"")
_LONG = re.compile(r"(\.\d\d)\d+")
_PLAIN = "sans-serif"


@dataclass(slots=True)
class Drawing:
    """Collects the live specifications of one page while its panels are written."""

    live: dict[str, Any] = field(default_factory=dict)

    def panel(self, spec: Spec, label: str, *, live: bool = True, fluid: bool = True, kind: str = "") -> Html:
        """
        Draw one chart.

        Parameters
        ----------
        spec
            A Vega-Lite specification.
        label
            What it shows, for those who cannot see it.
        live
            Whether the page draws it again, with tooltips and at the width there is.
        fluid
            Whether its width may change; otherwise it is only scaled.
        kind
            One more CSS class.

        Returns
        -------
        Html
            The panel, with the still picture in it.
        """
        import vl_convert

        compiled = vl_convert.vegalite_to_vega(spec)
        svg = vl_convert.vega_to_svg(_plain(compiled), allowed_base_urls=[]).replace(f' font-family="{_PLAIN}"', "")
        svg = re.sub(r'<rect width="[\d.]+" height="[\d.]+" fill="(?:white|transparent)"/>', "", svg, count=1)
        svg = _GEOMETRY.sub(lambda m: _LONG.sub(r"\1", m[0]), svg)
        size = _ROOT.match(svg)
        if size is None:
            raise RuntimeError("the drawing is not an SVG")
        key = None
        if live:
            key = f"c{len(self.live)}"
            compiled.pop("$schema", None)
            self.live[key] = compiled
        still = tag("div", Html(svg), class_="still")
        return tag(
            "div",
            still,
            class_=f"panel {kind}".strip(),
            role="img",
            aria_label=label,
            data_chart=key,
            data_fluid=live and fluid,
            style=f"--w:{size[1]}px",
        )


def _plain(compiled: dict[str, Any]) -> dict[str, Any]:
    """Return a drawing that measures its texts in a font at hand; in the page they inherit the page's.

    Looking for each of a list of fonts would take most of the time of a drawing.
    """
    config = compiled["config"]
    style = {name: {**look, "font": _PLAIN} for name, look in config["style"].items()}
    return {**compiled, "config": {**config, "style": style}}


def figure(body: Child, caption: str, behind: Child, summary: str = "The numbers behind this figure") -> Html:
    """Frame a chart: a sentence that says how to read it, and a table behind it."""
    return tag("figure", body, tag("figcaption", caption), details(summary, behind) if behind else None)


def details(summary: str, *body: Child) -> Html:
    """Something that unfolds."""
    return tag("details", tag("summary", summary), *body)


def rest(summary: str, *body: Child) -> Html:
    """Write the rest of a long list: it unfolds on a screen, and stands open on paper."""
    return tag("details", tag("summary", summary), *body, class_="rest")


def legend(entries: Iterable[tuple[str, str, str]], label: str, *, picks: bool) -> Html:
    """
    Name the colours.

    Parameters
    ----------
    entries
        Key in the charts (``s0``), colour, and name.
    label
        What the colours stand for.
    picks
        Whether a click brings one out in every chart.
    """
    items = []
    for key, colour, name in entries:
        swatch = tag("span", class_="swatch", style=f"background:{colour}", aria_hidden="true")
        if picks:
            items.append(tag("button", swatch, name, type="button", class_="pick", data_pick=key, aria_pressed="false"))
        else:
            items.append(tag("span", swatch, name, class_="pick"))
    return tag("div", *items, class_="legend", role="group", aria_label=label)


def table(
    head: Iterable[Child], rows: Iterable[Iterable[Child]], label: str, *, first: str = "th", class_: str | None = None
) -> Html:
    """
    Write a table that scrolls sideways where it must.

    Parameters
    ----------
    head
        Cells of the first row.
    rows
        Cells of the others; the first of each is its heading.
    label
        What the table holds.
    first
        The element of each row's first cell.
    class_
        One more CSS class.
    """
    top = tag("tr", *(tag("th", cell, scope="col") for cell in head))
    body = []
    for row in rows:
        name, *cells = row
        lead = tag("th", name, scope="row") if first == "th" else tag("td", name)
        body.append(tag("tr", lead, *(cell if _is_cell(cell) else tag("td", cell) for cell in cells)))
    inner = tag("table", tag("thead", top), tag("tbody", join(body)), class_=class_)
    return tag("div", inner, class_="scroll", role="region", tabindex="0", aria_label=label)


def _is_cell(cell: Child) -> bool:
    return isinstance(cell, Html) and cell.startswith("<td")
