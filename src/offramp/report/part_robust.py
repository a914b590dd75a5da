"""The part of the page on robustness: which strategy is safe, and what it would help to know."""

from __future__ import annotations

from offramp.charts import percent, strategy_colours
from offramp.charts.numbers import finite, number
from offramp.charts.parallel import parallel
from offramp.charts.robust import regret_worlds, trade_off, unbeaten
from offramp.findings.choice.values import Judged, Robust, RobustOutcome
from offramp.findings.results import Findings
from offramp.report.figures import Drawing, details, figure, table
from offramp.report.markup import Child, Html, join, tag
from offramp.report.part_knowing import knowing
from offramp.report.part_outcomes import strategy_legend
from offramp.report.robust_words import (
    asks_words,
    beaten_words,
    knowing_lines,
    leading,
    metric_of,
    quoted,
    tally_words,
    value_words,
    vote_lines,
)
from offramp.report.words import better_words, count

__all__ = ["robust"]

_KINDS = {
    "level": "What it gives",
    "regret": "How far it falls behind the best strategy of each world",
    "share": "In how many worlds",
    "spread": "How its own outcomes lie: these speak for no strategy, for what is surely bad is not spread at all",
}


def robust(findings: Findings, drawing: Drawing) -> Html | None:
    """Write which strategy each robustness metric prefers, regret by world, and what it would help to know."""
    found = findings.robust
    if found is None:
        return None
    judged = leading(found)
    info = findings.outcomes[judged.outcome]
    how = (
        f"Each metric asks another question of the same {count(found.worlds, 'world')}. Regret is how far a strategy "
        "falls behind the one that is best in the same world. What differs by no more than 0.01 of an outcome's range "
        f"is a tie, as in the verdicts. Here on “{info.name}” ({better_words(findings, info)}); other outcomes below."
    )
    return tag(
        "section",
        tag("h2", "Which strategy is safe", id="robust"),
        tag("p", join(vote_lines(findings, judged), " ")),
        tag("p", how, class_="how"),
        _ranks(findings, found, judged),
        _sources(judged),
        _regrets(findings, drawing, judged),
        _trade(findings, drawing, found, judged),
        _together(findings, drawing, found),
        _enough(findings, found),
        knowing(findings, judged),
        _others(findings, found),
    )


def _ranks(findings: Findings, found: Robust, judged: RobustOutcome) -> Html:
    """Write the table of metrics by strategies: rank, value below, winners bold."""
    colours = strategy_colours(findings)
    head = tag("tr", tag("td"), *(
        tag("th", tag("span", class_="swatch", style=f"background:{colours[s]}", aria_hidden="true"), name, scope="col")
        for s, name in findings.strategies.items()
    ), tag("th", "Stays first", tag("small", "share of resamples"), scope="col"))  # fmt: skip
    bodies = []
    for kind, words in _KINDS.items():
        rows = [_row(findings, found, judged, each) for each in judged.metrics if each.kind == kind]
        if rows:
            top = tag("tr", tag("th", tag("span", words), colspan=len(findings.strategies) + 2, scope="rowgroup"))
            bodies.append(tag("tbody", top, *rows))
    inner = tag("table", tag("thead", head), *bodies, class_="ranks")
    label = f"Strategies by robustness metrics: {findings.outcomes[judged.outcome].name}"
    return tag("div", inner, class_="scroll", role="region", tabindex="0", aria_label=label)


def _row(findings: Findings, found: Robust, judged: RobustOutcome, metric: Judged) -> Html:
    cells = []
    for s in findings.strategies:
        rank = metric.ranks[s]
        won = metric.votes and rank == 1
        shown = tag("strong" if won else "span", "–" if rank is None else str(rank), class_="mean")
        cells.append(tag("td", shown, tag("small", value_words(findings, judged, metric, s)), class_=won and "best"))
    lead = tag("th", metric.name.replace(" %", "\u00a0%"), tag("small", asks_words(metric, found.worlds)), scope="row")
    return tag("tr", lead, *cells, tag("td", percent(finite(metric.stays)) if metric.votes else "–"))


def _sources(judged: RobustOutcome) -> Html:
    items = (tag("li", f"{each.name}: {each.source}.") for each in judged.metrics)
    scheme = "The scheme (transform, choose worlds, aggregate): McPhail et al. (2018), Robustness metrics, Earth's "
    return details("Where the metrics come from", tag("ul", tag("li", f"{scheme}Future 6."), *items, class_="plain"))


def _regrets(findings: Findings, drawing: Drawing, judged: RobustOutcome) -> Html:
    cells, info = judged.regrets, findings.outcomes[judged.outcome]
    leader = findings.strategies.get(judged.leader, judged.leader)
    most = max((max(row) for row in cells.regrets), default=0.0)
    panel = drawing.panel(regret_worlds(findings, judged), f"Regret by strategy and world: {info.name}", kind="wide")
    caption = (
        "How to read it: every upright line is a world, from left to right by the regret of "
        f"“{leader}”. The stronger the shade, the farther a strategy falls there behind the best one; the strongest is "
        f"{number(most, info.low, info.high)}, no shade is none."
    )
    shares = (0.1, 0.25, 0.5, 0.75, 0.9)
    rows: list[list[Child]] = []
    for n, s in enumerate(cells.strategies):
        column = sorted(row[n] for row in cells.regrets)
        ends = (column[min(len(column) - 1, int(share * len(column)))] for share in shares)
        rows.append([findings.strategies.get(s, s), *(number(x, info.low, info.high) for x in (*ends, column[-1]))])
    head = ["Strategy", *(f"in {percent(share)}" for share in shares), "in all"]
    under = tag("p", "The regret that is not exceeded in so many of the worlds shown.", class_="under")
    behind = join([table(head, rows, "Regret", class_="small"), under])
    return join([tag("h3", "Regret, world by world"), figure(panel, caption, behind)])


def _trade(findings: Findings, drawing: Drawing, found: Robust, judged: RobustOutcome) -> Html:
    info = findings.outcomes[judged.outcome]
    full = unbeaten(judged)
    panel = drawing.panel(trade_off(findings, judged), f"Mean against worst tenth: {info.name}")
    caption = (
        "How to read it: each dot is a strategy, to the right by its mean, upwards by the mean of its worst tenth of "
        "the worlds. Full dots are those that no other strategy betters on one by more than the margin without losing "
        "more than it on the other; rings are bettered so."
    )
    rows: list[list[Child]] = [
        [name, *(value_words(findings, judged, metric_of(judged, m), s) for m in ("laplace", "worst-0.1")),
         "bettered by none" if s in full else "bettered"]
        for s, name in findings.strategies.items()
    ]  # fmt: skip
    numbers = table(["Strategy", "Mean", "Worst tenth", ""], rows, "Mean and worst tenth", class_="small")
    said = beaten_words(findings, found)
    body = join([strategy_legend(findings), tag("div", panel, class_="dots")])
    return join([tag("h3", "The mean and the worst worlds"), tag("p", said) if said else None,
                 figure(body, caption, numbers)])  # fmt: skip


def _together(findings: Findings, drawing: Drawing, found: Robust) -> Html | None:
    """Draw every strategy over all outcomes, where there are several of both."""
    if len(found.outcomes) < 2 or len(findings.strategies) < 2:
        return None
    panel = drawing.panel(parallel(findings, found), "Strategies over all outcomes, worst to best", kind="wide")
    caption = (
        "How to read it: a row for each outcome, its mean over the worlds from the worst of the strategies (left) to "
        "the best (right), for whoever the row is for. Where all strategies tie they are in the middle. Lines that "
        "cross are trade-offs. Each row fills the width, however little the strategies differ there."
    )
    rows: list[list[Child]] = []
    for each in found.outcomes.values():
        name = join([findings.outcomes[each.outcome].name, tag("small", better_words(findings, findings.outcomes[
            each.outcome]), class_="beneath")])  # fmt: skip
        rows.append([name, *(value_words(findings, each, metric_of(each, "laplace"), s) for s in findings.strategies)])
    behind = table(["Outcome", *findings.strategies.values()], rows, "Means", class_="small")
    body = join([strategy_legend(findings), panel])
    return join([tag("h3", "All outcomes at once"), figure(body, caption, behind)])


def _enough(findings: Findings, found: Robust) -> Html | None:
    """Write in which share of the worlds each strategy is good enough, where a claim says what that is."""
    stated = [(each, each.level) for each in found.outcomes.values() if each.level is not None]
    if not stated:
        return None
    head: list[Child] = [""]
    for each, level in stated:
        info = findings.outcomes[each.outcome]
        word = "at least" if each.better == "high" else "at most"
        head.append(
            join([info.name, tag("small", f"{word} {number(level.value, info.low, info.high)} ({level.claim})")])
        )
    rows: list[list[Child]] = []
    for s, name in findings.strategies.items():
        metrics = [next(m for m in each.metrics if m.metric.startswith("satisficing")) for each, _ in stated]
        rows.append([name, *(tag("td", tag("strong" if m.votes and s in m.winners else "span", percent(m.values[s])))
                             for m in metrics)])  # fmt: skip
    how = "In which share of the stated worlds each strategy reaches what a claim holds the outcome against."
    return join(
        [tag("h3", "Good enough"), tag("p", how, class_="how"), table(head, rows, "Good enough", class_="enough")]
    )


def _others(findings: Findings, found: Robust) -> Html | None:
    more = list(found.outcomes.values())[1:]
    if not more:
        return None
    rows: list[list[Child]] = []
    for each in found.outcomes.values():
        info = findings.outcomes[each.outcome]
        name = join([info.name, tag("small", better_words(findings, info), class_="beneath")])
        safest = (_best(findings, each, metric) for metric in ("worst-0.1", "regret-0.9"))
        rows.append([name, tally_words(findings, each), *safest])
    head = ["Outcome", "Most metrics prefer", "Best in its worst tenth", "Least regret in 90\u00a0% of the worlds"]
    folds = [
        details(findings.outcomes[each.outcome].name, tag("p", join(vote_lines(findings, each), " ")),
                _ranks(findings, found, each), tag("p", join(knowing_lines(findings, each), " ")))
        for each in more
    ]  # fmt: skip
    return join(
        [tag("h3", "Outcome by outcome"), table(head, rows, "Outcome by outcome", class_="byview advised"), *folds]
    )


def _best(findings: Findings, judged: RobustOutcome, id_: str) -> Child:
    metric = metric_of(judged, id_)
    if not metric.votes:
        return "no difference"
    value = value_words(findings, judged, metric, metric.winners[0])
    return join([quoted(findings, metric.winners), tag("small", value, class_="beneath")])
