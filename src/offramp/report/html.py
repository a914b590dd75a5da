"""The report of a run as one page, from the parts in part_*.py."""

from __future__ import annotations

from offramp.findings.results import Findings
from offramp.report.figures import Drawing
from offramp.report.markup import Html, join, tag
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
from offramp.report.shell import contents, licences, whole_page
from offramp.report.words import answer, count, quantity

__all__ = ["render_html"]

_CONTENTS = (
    ("verdicts", "Verdicts"), ("essays", "The essays"), ("weights", "Weight"), ("tensions", "Disagreement"),
    ("outcomes", "Outcomes"), ("drivers", "Drivers"), ("robust", "Safety"), ("flips", "Where it flips"),
    ("paths", "Over time"), ("map", "Map"), ("holds", "What holds"),
    ("stories", "Storylines"), ("views", "Views"), ("baselines", "Baselines"), ("rests", "What it rests on"),
    ("left-out", "What was left out"), ("trust", "When not to trust it"), ("appendix", "Appendix"),
)  # fmt: skip


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
        appendix(findings, licences()),
    ]
    body = join(sections)
    page = join([_headline(findings), warnings(findings), contents(body, _CONTENTS), body])
    return whole_page(findings.title, page, drawing)
