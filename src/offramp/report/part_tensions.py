"""The part of the page on disagreement: tensions and advice, view by view."""

from __future__ import annotations

from offramp.charts import number, percent
from offramp.charts.numbers import span
from offramp.findings.choice.values import Best
from offramp.findings.results import Findings
from offramp.findings.sentences.values import Side, TensionFindings, Under
from offramp.report.argument_words import (
    advice_lines,
    best_of,
    best_words,
    by_how_much,
    fate_label,
    sentences_by_key,
    view_names,
)
from offramp.report.figures import details, table
from offramp.report.markup import Child, Html, join, tag
from offramp.report.part_essays import fate_class
from offramp.report.part_verdicts import verdict_cell
from offramp.report.words import count, sentence_case, source_of

__all__ = ["tensions"]


def tensions(findings: Findings) -> Html | None:
    """Write where the authors disagree: each tension by view, and which strategy serves each outcome best."""
    advice = _advice(findings)
    if not findings.tensions and not advice:
        return None
    parts: list[Child] = [tag("h2", "Where the authors disagree", id="tensions")]
    if findings.tensions:
        focal = findings.strategies.get(findings.focal, findings.focal)
        how = (
            f"Side by side: the mean of an outcome under “{focal}” with the band that holds nine of ten worlds, below "
            "it the strategy with the best mean where the case says what is better, and the verdicts. Each view is a "
            "run of its own, with the unknowns narrowed to what that author assumes."
        )
        parts.append(tag("p", how, class_="how"))
        parts += [_tension(findings, id_, tension) for id_, tension in findings.tensions.items()]
    parts += advice
    return tag("section", *parts)


def _tension(findings: Findings, id_: str, tension: TensionFindings) -> Html:
    names = view_names(findings)
    sides = tag("ul", *(_side(findings, side) for side in tension.between), class_="sides")
    rows: list[list[Child]] = []
    for outcome in tension.outcomes:
        cells = [_under(findings, outcome, tension.outcomes[outcome])]
        cells += [_under(findings, outcome, tension.views[view].get(outcome)) for view in names]
        rows.append([findings.outcomes[outcome].name, *cells])
    for claim in tension.claims:
        verdict = findings.verdicts.get(claim)
        views = {} if verdict is None else verdict.views
        cells = [_fate(findings, claim) if verdict is None else verdict_cell(verdict)]
        cells += [verdict_cell(views[view]) if view in views else tag("td", "–") for view in names]
        rows.append([join([tag("b", claim, class_="id"), " ", _says(findings, claim)]), *cells])
    body = table(["", "All worlds", *names.values()], rows, f"{id_} by view", class_="byview") if rows else None
    return tag("div", tag("h3", tag("span", id_, class_="id"), " ", tension.says), sides, body, class_="tension")


def _says(findings: Findings, claim: str) -> str:
    told = sentences_by_key(findings).get(("claim", claim))
    return told[1].says if told is not None else ""


def _fate(findings: Findings, claim: str) -> Html:
    """Write what became of a claim that has no verdict here."""
    told = sentences_by_key(findings).get(("claim", claim))
    if told is None:
        return tag("td", "–")
    return tag("td", tag("span", fate_label(findings, told[1]), class_=f"chip {fate_class(findings, told[1])}"))


def _side(findings: Findings, side: Side) -> Html:
    quote = join([" ", tag("q", side.quote)]) if side.quote else None
    source = source_of(findings, side.source).split(",")[0]
    told = sentences_by_key(findings).get((side.kind, side.id))
    name: Html = tag("b", side.id, class_="id")
    if told is not None:
        name = tag("a", name, href=f"#{told[0]}")
    return tag("li", name, " ", side.says, quote,
               tag("span", f" {source}", class_="source") if source else None)  # fmt: skip


def _under(findings: Findings, outcome: str, under: Under | None) -> Html:
    if under is None:
        return tag("td", "–")
    info = findings.outcomes[outcome]
    best: Child = None
    if under.best:
        word = best_of(findings, under.best)
        best = tag("small", f"best: {word}" if len(under.best) < 3 else word, class_="beneath")
    return tag(
        "td",
        tag("span", number(under.mean, info.low, info.high), class_="mean"),
        " ",
        tag("small", f"({span(under.p05, under.p95, info.low, info.high)})", class_="nowrap"),
        best,
    )


def _advice(findings: Findings) -> list[Child]:
    """Write the best strategy of each outcome, over all worlds and under each view."""
    if not findings.advice or not findings.views:
        return []
    names = view_names(findings)
    rows: list[list[Child]] = []
    shares: list[list[Child]] = []
    for outcome, told in findings.advice.items():
        info = findings.outcomes[outcome]
        found = [told.all, *(told.views.get(view) for view in names)]
        rows.append([info.name, *(_best(findings, outcome, best) for best in found)])
        for n, (strategy, name) in enumerate(findings.strategies.items()):
            line = [percent(None if best is None else best.shares.get(strategy)) for best in found]
            shares.append([info.name if n == 0 else "", name, *line])
    how = (
        "The strategy with the best mean, and how much better it does than the next over the same worlds, with the "
        "95 % interval of that difference. It is clearly the best where every such interval stays above zero and the "
        "difference is larger than a hundredth of the outcome's range. Free play counts as a strategy."
    )
    lines = [tag("li", sentence_case(line)) for line in advice_lines(findings)]
    behind = table(["Outcome", "Strategy", "All worlds", *names.values()], shares, "Best in", class_="small")
    return [
        tag("h3", "Which strategy serves best, under whose assumptions"),
        tag("ul", *lines, class_="plain") if lines else None,
        tag("p", how, class_="how"),
        table(["Outcome", "All worlds", *names.values()], rows, "Best strategies by view", class_="byview advised"),
        details("Share of the worlds in which each strategy is best", behind),
    ]


def _best(findings: Findings, outcome: str, best: Best | None) -> Html:
    if best is None:
        return tag("td", "–")
    words = best_words(findings, best)
    clear = not best.rivals
    shares = " and ".join(percent(best.shares.get(s)) for s in (best.strategy, *best.rivals))
    share = f"best in {shares} of {count(best.worlds, 'world')}"
    if clear:
        share = f"{by_how_much(findings, outcome, best)}; {share}"
    return tag(
        "td",
        tag("strong", words.strip("“”")) if clear else sentence_case(words),
        tag("small", share, class_="beneath") if len(best.rivals) < 2 else None,
    )
