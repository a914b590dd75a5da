"""The parts of the page on outcomes: the table, the bands, the baselines."""

from __future__ import annotations

from collections.abc import Mapping

from offramp.charts import number, outcome_bands, strategy_colours
from offramp.charts.bands import best_means, zoomed
from offramp.charts.numbers import span
from offramp.findings.outcomes.values import Band
from offramp.findings.results import Findings
from offramp.report.figures import Drawing, details, figure, legend, rest, table
from offramp.report.markup import Child, Html, join, tag
from offramp.report.words import better_words, count, foresight_adds, measure_words, ordered_outcomes

__all__ = ["baselines", "outcomes", "strategy_legend"]

WIDEST = 6
"""Outcomes in one table."""


def strategy_legend(findings: Findings) -> Html | None:
    """Name the strategies' colours, once for each figure; a click brings one out everywhere."""
    if len(findings.strategies) < 2:
        return None
    colours = strategy_colours(findings)
    entries = [(f"s{n}", colours[key], name) for n, (key, name) in enumerate(findings.strategies.items())]
    return legend(entries, "Strategies: choose one to bring it out", picks=True)


def outcomes(findings: Findings, drawing: Drawing) -> Html | None:
    """Write the table of strategies by outcomes, and the bands."""
    keys = ordered_outcomes(findings)
    if not keys or not findings.strategies:
        return None
    main = [o for o in keys if findings.outcomes[o].main] or keys
    others = [o for o in keys if o not in main]
    directed = any(info.better is not None for info in findings.outcomes.values())
    how = f"Mean over {count(findings.done, 'world')}, below it the band that holds nine of ten worlds" + (
        ", and the robust regret: the largest shortfall, in any world, behind the strategy that is best in that "
        "world. Bold: the best mean, where the case says what is better."
        if directed
        else "."
    )
    parts: list[Child] = [tag("h2", "Strategies and outcomes", id="outcomes"), tag("p", how, class_="how")]
    parts += _tables(findings, main)
    if others:
        parts.append(rest("Further outcomes", *_tables(findings, others)))
    parts.append(_bands(findings, drawing, keys))
    return tag("section", *parts)


def _tables(findings: Findings, keys: list[str]) -> list[Html]:
    size = -(-len(keys) // -(-len(keys) // WIDEST))
    return [_table(findings, keys[k : k + size]) for k in range(0, len(keys), size)]


def _table(findings: Findings, keys: list[str]) -> Html:
    head: list[Child] = [""]
    for o in keys:
        info = findings.outcomes[o]
        head.append(join([info.name, tag("small", better_words(findings, info))]))
    rows: list[list[Child]] = []
    for strategy, name in findings.strategies.items():
        rows.append([name, *(_cell(findings, strategy, o) for o in keys)])
    return table(head, rows, "Strategies by outcomes", class_="outcomes")


def _cell(findings: Findings, strategy: str, outcome: str) -> Html:
    info = findings.outcomes[outcome]
    band = findings.outcomes_by.get(strategy, {}).get(outcome)
    if band is None:
        return tag("td", "–")
    mean = number(band.mean, info.low, info.high)
    best = strategy in best_means(findings, outcome)
    regret = None
    if band.robust_regret is not None:
        regret = tag("small", f"regret {number(band.robust_regret, info.low, info.high)}")
    return tag(
        "td",
        tag("strong" if best else "span", mean, class_="mean"),
        tag("small", span(band.p05, band.p95, info.low, info.high)),
        regret,
        class_="best" if best else None,
    )


def _bands(findings: Findings, drawing: Drawing, keys: list[str]) -> Html:
    panels = []
    for o in keys:
        info = findings.outcomes[o]
        under = measure_words(findings, info) + ("; axis shows a part of the range" if zoomed(findings, o) else "")
        panels.append(tag(
            "div", tag("h4", info.name), tag("p", under, class_="under"),
            tag("p", better_words(findings, info), class_="under"),
            drawing.panel(outcome_bands(findings, o), f"{info.name} by strategy; the table behind has the numbers"),
            class_="multiple",
        ))  # fmt: skip
    caption = (
        "How to read it: the dot is the mean over the worlds, the bar holds nine of ten worlds, the upright "
        "tick is the best guess"
    )
    if findings.baselines is not None:
        caption += "; ◇ is the mean when all players move at random, △ when they do not look ahead"
    directed = any(info.better is not None for info in findings.outcomes.values())
    rows: list[list[Child]] = []
    for o in keys:
        info = findings.outcomes[o]
        for n, (strategy, name) in enumerate(findings.strategies.items()):
            band = findings.outcomes_by.get(strategy, {}).get(o)
            if band is not None:
                values: list[float | None] = [band.best_guess, band.mean, band.p05, band.p95]
                values += [band.robust_regret, band.mean_regret] if directed else []
                rows.append([info.name if n == 0 else "", name, *(number(x, info.low, info.high) for x in values)])
    head = ["Outcome", "Strategy", "Best guess", "Mean", "5 %", "95 %"]
    head += ["Robust regret", "Mean regret"] if directed else []
    body = join([strategy_legend(findings), tag("div", *panels, class_="grid")])
    return figure(body, caption + ".", table(head, rows, "Outcomes", class_="small"))


def baselines(findings: Findings) -> Html | None:
    """Write the same outcomes with players who do not look ahead."""
    if findings.baselines is None:
        return None
    b = findings.baselines
    rows: list[list[Child]] = []
    keys = [o for o in ordered_outcomes(findings) if findings.outcomes[o].main] or list(findings.outcomes)
    for o in keys:
        for n, (strategy, name) in enumerate(findings.strategies.items()):
            row: list[Child] = [findings.outcomes[o].name if n == 0 else "", name]
            row += [_baseline(findings, kind, strategy, o) for kind in (b.foresight, b.myopic, b.random)]
            rows.append(row)
    head = ("Outcome", "Strategy", "Players look ahead", "Short-sighted players", "Random movers")
    return tag(
        "section",
        tag("h2", "Beside simpler players", id="baselines"),
        tag(
            "p",
            f"The same strategies over {count(b.worlds, 'world')} with players who only see the present "
            "(short-sighted) or move at random. Where the columns agree, foresight adds nothing, and the result comes "
            "from how the case is built.",
            class_="how",
        ),
        tag("p", foresight_adds(findings)),
        details("Means under the three kinds of players", table(head, rows, "Baselines", class_="small")),
    )


def _baseline(findings: Findings, kind: Mapping[str, Mapping[str, Band]], strategy: str, outcome: str) -> str:
    info = findings.outcomes[outcome]
    band = kind.get(strategy, {}).get(outcome)
    return number(None if band is None else band.mean, info.low, info.high)
