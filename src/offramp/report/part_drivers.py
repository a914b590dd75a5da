"""The part of the page on what drives the outcomes."""

from __future__ import annotations

from offramp.findings.results import Findings
from offramp.report.driver_words import driver_how, driver_lines, matters_command
from offramp.report.markup import Html, tag

__all__ = ["drivers"]


def drivers(findings: Findings) -> Html | None:
    """Write which unknowns each main outcome hangs on; nothing where none varies."""
    lines = driver_lines(findings, findings.drivers) if findings.drivers is not None else []
    if findings.drivers is None or not lines:
        return None
    more = tag("p", tag("code", matters_command(findings)), " tells it by player, origin and mechanism, and at which "
               "values another strategy would be preferred.", class_="how")  # fmt: skip
    return tag(
        "section",
        tag("h2", "What drives the outcomes", id="drivers"),
        tag("p", driver_how(findings, findings.drivers), class_="how"),
        tag("ul", *(tag("li", line) for line in lines), class_="plain"),
        more,
    )
