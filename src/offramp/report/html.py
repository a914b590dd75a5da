"""One page that holds everything: no address is loaded, no text of a case can become code.

Scripts run only by their SHA-256 in the page's content security policy, so even markup that slipped through the
escaping could not run any; expressions of charts are interpreted, never evaluated.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from string import Template

from offramp.charts import COLOURS
from offramp.findings.results import Findings
from offramp.report.figures import Drawing
from offramp.report.markup import Html, embed_json, join, tag, text
from offramp.report.part_course import maps, paths, stories
from offramp.report.part_drivers import drivers
from offramp.report.part_essays import essays, left_out
from offramp.report.part_flips import flips
from offramp.report.part_outcomes import baselines, outcomes
from offramp.report.part_robust import robust
from offramp.report.part_stability import holds
from offramp.report.part_tensions import tensions
from offramp.report.part_trust import appendix, caution, rests_on, warnings
from offramp.report.part_verdicts import verdicts, views
from offramp.report.part_weights import weights
from offramp.report.words import answer, count, quantity

__all__ = ["render_html"]

_CONTENTS = (
    ("verdicts", "Verdicts"), ("essays", "The essays"), ("weights", "Weight"), ("tensions", "Disagreement"),
    ("outcomes", "Outcomes"), ("drivers", "Drivers"), ("robust", "Safety"), ("flips", "Where it flips"),
    ("paths", "Over time"), ("map", "Map"), ("holds", "What holds"),
    ("stories", "Storylines"), ("views", "Views"), ("baselines", "Baselines"), ("rests", "What it rests on"),
    ("left-out", "What was left out"), ("trust", "When not to trust it"), ("appendix", "Appendix"),
)  # fmt: skip


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


def _headline(findings: Findings) -> Html:
    facts = (
        f"{count(len(findings.strategies), 'strategy', 'strategies')}, {count(len(findings.verdicts), 'claim')}, "
        f"{count(findings.done, 'world')}, {quantity(findings.horizon, findings.unit)}"
    )
    return tag(
        "header",
        tag("p", "offramp report", class_="kicker"),
        tag("h1", findings.title),
        tag("p", findings.about, class_="about") if findings.about else None,
        tag("p", join(answer(findings), " "), class_="answer"),
        tag("p", facts, class_="facts-line"),
    )


def render_html(findings: Findings) -> str:
    """
    Write the report.

    Parameters
    ----------
    findings
        What a run found.

    Returns
    -------
    str
        A whole HTML page. The same findings give the same page, byte for byte.
    """
    drawing = Drawing()
    sections = [
        verdicts(findings, drawing),
        essays(findings),
        weights(findings),
        tensions(findings),
        outcomes(findings, drawing),
        drivers(findings),
        robust(findings, drawing),
        flips(findings),
        paths(findings, drawing),
        maps(findings, drawing),
        holds(findings),
        stories(findings),
        views(findings),
        baselines(findings),
        rests_on(findings),
        left_out(findings),
        caution(findings),
        appendix(findings, _asset("vendor/THIRD_PARTY.txt")),
    ]
    body = join(sections)
    links = [tag("a", word, href=f"#{key}") for key, word in _CONTENTS if f'id="{key}"' in body]
    page = join([_headline(findings), warnings(findings), tag("nav", *links, aria_label="Contents"), body])
    scripts = [_asset("vendor/vega.min.js"), _asset("vendor/vega-interpreter.min.js"), _asset("page.js")]
    if not drawing.live:
        scripts = scripts[2:]
    allowed = " ".join(_hash(script) for script in scripts)
    policy = (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    return Template(_asset("page.html")).substitute(
        title=text(findings.title),
        policy=policy,
        css=_colours() + _asset("page.css"),
        body=page,
        specs=embed_json(drawing.live),
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
    )
