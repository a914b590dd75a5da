"""The shell of a page that holds everything: no address is loaded, no text of a case can become code.

Scripts run only by their SHA-256 in the page's content security policy, so even markup that slipped through the
escaping could not run any; expressions of charts are interpreted, never evaluated.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from string import Template

from offramp.charts import COLOURS
from offramp.report.figures import Drawing, details
from offramp.report.markup import Html, embed_json, tag, text

__all__ = ["contents", "generator_line", "licences", "whole_page"]


def whole_page(title: str, body: Html, drawing: Drawing, made_by: str = "offramp") -> str:
    """
    Write a whole page around its body.

    Parameters
    ----------
    title
        For the window.
    body
        All that is shown.
    drawing
        The charts in it; a page without any carries no Vega.
    made_by
        Tells our kinds of pages apart.

    Returns
    -------
    str
        HTML; the same input gives the same page, byte for byte.
    """
    scripts = [_asset("vendor/vega.min.js"), _asset("vendor/vega-interpreter.min.js"), _asset("page.js")]
    if not drawing.live:
        scripts = scripts[2:]
    allowed = " ".join(_hash(script) for script in scripts)
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    return Template(_asset("page.html")).substitute(
        title=text(title),
        policy=policy,
        generator=generator_line(made_by),
        css=_colours() + _asset("page.css"),
        body=body,
        specs=embed_json(drawing.live),
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
    )


def generator_line(made_by: str) -> Html:
    """Return the line that says what wrote a page; no text of a case can hold it, for it would be escaped."""
    return Html(f'<meta name="generator" content="{text(made_by)}">')


def contents(body: str, entries: Iterable[tuple[str, str]]) -> Html:
    """Link the parts that there are; entries: anchor and word."""
    links = [tag("a", word, href=f"#{key}") for key, word in entries if f'id="{key}"' in body]
    return tag("nav", *links, aria_label="Contents")


def licences() -> Html:
    """Name the software in a page, as its licences ask."""
    return details("Software in this page, and its licences", tag("pre", _asset("vendor/THIRD_PARTY.txt")))


@cache
def _asset(name: str) -> str:
    return resources.files("offramp.report").joinpath(name).read_text(encoding="utf-8")


def _colours() -> str:
    light = "".join(f"--{name}:{pair[0]};" for name, pair in COLOURS.items())
    dark = "".join(f"--{name}:{pair[1]};" for name, pair in COLOURS.items())
    return (
        f":root{{color-scheme:light dark;{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
        "@media print{:root{color-scheme:light}}"
    )


def _hash(script: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'"
