"""The parts of the page on claims: verdicts, assumptions, views."""

from __future__ import annotations

from offramp.charts import number, percent, verdict_bar
from offramp.charts.numbers import finite, span
from offramp.findings.claims.values import Verdict
from offramp.findings.results import Findings
from offramp.report.argument_words import short_source, verdicts_by_document
from offramp.report.figures import Drawing, details, table
from offramp.report.flip_words import card_lines
from offramp.report.markup import Child, Html, join, tag
from offramp.report.words import (
    flips,
    interval_words,
    ordered_outcomes,
    ordered_verdicts,
    share_words,
    source_of,
    tally,
    verdict_anchor,
    verdict_label,
)

__all__ = ["KIND", "assumptions", "verdict_cell", "verdicts", "views"]

KIND = {
    "holds": "holds", "mostly holds": "holds", "depends": "depends", "no difference": "nodiff",
    "mostly fails": "fails", "fails": "fails", "cannot be tested here": "untested",
}  # fmt: skip


def chip(verdict: Verdict, *, short: bool = False) -> Html:
    """Write the verdict's word as a label."""
    return tag("span", verdict.verdict if short else verdict_label(verdict), class_=f"chip {KIND[verdict.verdict]}")


def verdicts(findings: Findings, drawing: Drawing) -> Html | None:
    """Write the list of verdicts, those that flip most easily first."""
    ordered = ordered_verdicts(findings)
    if not ordered:
        return None
    counts = [tag("li", tag("strong", str(n)), " ", word) for word, n in tally(ordered).items()]
    key = tag(
        "p", "Each bar: the share of the stated worlds in which the claim ",
        _key("holds", "holds"), ", makes ", _key("nodiff", "no difference"), ", or ", _key("reversed", "is reversed"),
        ". The upright tick is the share in which it holds, the line across it its 95 % interval. "
        "Claims that flip most easily come first: those whose share lies nearest to one half, so that the smallest "
        "change of the stated ranges turns the majority of the worlds.", class_="how",
    )  # fmt: skip
    rows = [
        (v.claim, v.verdict, percent(v.share), f"{percent(v.low)} to {percent(v.high)}", percent(v.no_difference),
         percent(v.reversed), v.random or "–", v.myopic or "–", str(v.worlds))
        for v in ordered
    ]  # fmt: skip
    head = ("Claim", "Verdict", "Holds", "95 % interval", "No difference", "Reversed", "Random movers", "Short-sighted",
            "Worlds")  # fmt: skip
    return tag(
        "section",
        tag("h2", "Verdicts on the claims", id="verdicts"),
        tag("ul", *counts, class_="tally"),
        key,
        *_documents(findings, drawing),
        details("All verdicts as one table", table(head, rows, "Verdicts", class_="small")),
    )


def _documents(findings: Findings, drawing: Drawing) -> list[Html]:
    """Write one list for each document, or a single one where there is only one."""
    groups = verdicts_by_document(findings)
    parts = []
    for source, group in groups:
        if len(groups) > 1:
            parts.append(tag("h3", short_source(findings, source)))
        one = len(groups) == 1
        parts.append(tag("ol", *(_verdict(findings, v, drawing, named=one) for v in group), class_="verdicts"))
    return parts


def _key(colour: str, word: str) -> Html:
    return tag(
        "span",
        tag("span", class_="swatch", style=f"background:var(--{colour})", aria_hidden="true"),
        word,
        class_="nowrap",
    )


def _verdict(findings: Findings, verdict: Verdict, drawing: Drawing, *, named: bool) -> Html:
    marks: list[Child] = [chip(verdict), tag("span", verdict.claim, class_="id dim")]
    if verdict.by_construction:
        marks.append(
            tag("span", "by construction", class_="mark", title="Players who move at random give the same verdict")
        )
    source = source_of(findings, verdict.source) if named else ""
    says: list[Child] = [tag("div", *marks, class_="marks")]
    if verdict.quote:
        says.append(tag("p", tag("q", verdict.quote), class_="says quoted"))
    says.append(tag("p", verdict.says, class_="meant" if verdict.quote else "says"))
    if flip := flips(verdict):
        says.append(tag("p", flip, class_="flip"))
    if lines := card_lines(findings, verdict):
        more = tag("a", "Where it flips", href="#flips")
        says.append(tag("p", join(lines, " "), " ", more, class_="flip"))
    if verdict.note:
        says.append(tag("p", verdict.note, class_="aside"))
    says.append(_behind(verdict, source))
    spec = verdict_bar(verdict)
    bar: list[Child] = []
    if spec is not None:
        bar.append(drawing.panel(spec, share_words(verdict), live=False, kind="bar"))
        interval = interval_words(verdict) if verdict.verdict != "no difference" else ""
        bar.append(
            tag(
                "p",
                share_words(verdict, interval=not interval),
                " ",
                tag("span", f"({interval})", class_="nowrap dim") if interval else None,
                class_="share",
            )
        )
        for view in verdict.views:
            inner = verdict.views[view]
            name = findings.views[view].name if view in findings.views else view
            bar.append(
                tag(
                    "p",
                    tag("span", name, class_="who"),
                    tag("span", percent(inner.share), " "),
                    tag("span", inner.verdict, class_="dim"),
                    class_="view",
                )
            )
    return tag(
        "li",
        tag("div", *says),
        tag("div", *bar) if bar else None,
        class_=KIND[verdict.verdict],
        id=verdict_anchor(findings, verdict.claim),
    )


def _behind(verdict: Verdict, source: str) -> Html | None:
    pairs: list[tuple[str, Child]] = []
    if verdict.test:
        pairs.append(("Tested as", tag("code", verdict.test)))
        if (margin := finite(verdict.margin)) is not None:
            pairs.append(("Margin", f"a difference below {margin:.3g} counts as none".replace("e-0", "e-")))
    if verdict.best_guess:
        pairs.append(("Best guess", verdict.best_guess))
    if verdict.random:
        pairs.append(("Players who move at random", verdict.random))
    if verdict.myopic:
        pairs.append(("Players who do not look ahead", verdict.myopic))
    if not pairs:
        return tag("p", source, class_="source") if source else None
    body = tag("dl", *(join([tag("dt", name), tag("dd", value)]) for name, value in pairs))
    what = "how it was tested" if verdict.test else "the source"
    return tag("details", tag("summary", join([source, what] if source else [what.capitalize()], " · ")), body)


def assumptions(findings: Findings) -> Html | None:
    """Write what is taken for granted."""
    if not findings.assumptions:
        return None
    items = []
    for a in findings.assumptions:
        quote = join([" ", tag("q", a.quote)]) if a.quote else None
        source = source_of(findings, a.source)
        items.append(tag("li", a.says, quote, tag("span", f" {source}", class_="source") if source else None))
    return join(
        [
            tag("h3", "Taken for granted"),
            tag(
                "p",
                "Factual claims that the case assumes. They are not results, and nothing here tests them.",
                class_="how",
            ),
            tag("ul", *items, class_="plain"),
        ]
    )


def views(findings: Findings) -> Html | None:
    """Write where the views disagree, and the outcomes under each."""
    if not findings.views:
        return None
    names = {key: view.name for key, view in findings.views.items()}
    rows: list[list[Child]] = []
    alike = 0
    for v in ordered_verdicts(findings):
        sides = {KIND[v.views[key].verdict] for key in names if key in v.views}
        if len(sides) < 2:
            alike += bool(sides)
            continue
        cells: list[Child] = [verdict_cell(v)]
        cells += [verdict_cell(v.views[key]) if key in v.views else tag("td", "–") for key in names]
        rows.append([v.says, *cells])
    parts: list[Child] = [tag("h2", "View by view", id="views")]
    how = "A view keeps the case and narrows its unknowns to what one side assumes. " + (
        f"The views give different verdicts on {len(rows)} of {len(rows) + alike} claims, the ones below."
        if rows
        else "On the tested claims the views give the same verdicts."
    )
    parts.append(tag("p", how, class_="how"))
    if rows:
        parts.append(table(["Claim", "All worlds", *names.values()], rows, "Verdicts by view", class_="byview"))
    outcome_rows: list[list[Child]] = []
    for outcome in ordered_outcomes(findings):
        info = findings.outcomes[outcome]
        for n, (strategy, name) in enumerate(findings.strategies.items()):
            band = findings.outcomes_by.get(strategy, {}).get(outcome)
            line: list[Child] = [
                info.name if n == 0 else "",
                name,
                number(None if band is None else band.mean, info.low, info.high),
            ]
            for view in findings.views.values():
                inner = view.outcomes.get(strategy, {}).get(outcome)
                if inner is None:
                    line.append("–")
                    continue
                shown = span(inner.p05, inner.p95, info.low, info.high)
                line.append(join([number(inner.mean, info.low, info.high), " ", tag("small", f"({shown})")]))
            outcome_rows.append(line)
    head = ["Outcome", "Strategy", "Mean, all worlds", *names.values()]
    parts.append(
        details(
            "Outcomes under each view: mean and 5–95 % band",
            table(head, outcome_rows, "Outcomes by view", class_="small"),
        )
    )
    return tag("section", *parts)


def verdict_cell(verdict: Verdict) -> Html:
    """Write a verdict as a cell of a table."""
    return tag("td", chip(verdict, short=True), " ", tag("span", percent(verdict.share), class_="nowrap"))
