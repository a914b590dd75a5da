"""The part of the page on what holds, beside where play goes."""

from __future__ import annotations

from offramp.charts import percent
from offramp.charts.numbers import finite
from offramp.findings.equilibria.values import Lenses, OutcomeHolds, Standing
from offramp.findings.results import Findings
from offramp.report.figures import details, figure, legend, table
from offramp.report.lens_words import (
    FEARS,
    changed_words,
    compared_with,
    how,
    missing,
    nearly_lines,
    reason,
    stability_command,
    summary,
    unlike,
)
from offramp.report.markup import Child, Html, join, tag
from offramp.report.words import level_words, sentence_case

__all__ = ["holds"]

_SHADES = ("nash", "seq", "gmr")
"""The concepts that a bar shows: what asks less holds in more worlds."""


def holds(findings: Findings) -> Html | None:
    """Write what holds, in which share of the worlds, and where play goes instead and why."""
    lenses, title = findings.lenses, tag("h2", "What holds", id="holds")
    if lenses is None:
        why = missing(findings)
        return tag("section", title, tag("p", why)) if why else None
    return tag(
        "section",
        title,
        *(tag("p", said, class_="how") for said in how(findings, lenses)),
        tag("p", join(summary(findings, lenses), " ")),
        _figure(findings, lenses),
        _outcomes(findings, lenses),
        _nearly(findings, lenses),
        tag(
            "p",
            tag("code", stability_command(findings, lenses)),
            " says why a configuration holds or not, move by move.",
            class_="how",
        ),
    )


def _figure(findings: Findings, lenses: Lenses) -> Html | None:
    if not lenses.standings:
        return None
    items = [_item(findings, lenses, standing) for standing in lenses.standings]
    start = tag("p", "At the start: ", _levels(findings, list(lenses.start.items())), class_="same")
    caption = (
        "How to read it: the configurations that hold most (over all concepts), then those that play visits most, by "
        "what differs from the start. The upper bar is the share of the stated worlds in which one holds, the lower "
        "the share of its time that play spends there. The two agree where one holds in the best guess "
        f"({lenses.concept}) and play spends at least half of its time there, or does not hold and play spends at most "
        "a tenth. Else play is computed with one change at a time, and the one named that brings it nearest to what "
        "stability says: all of the time where one holds, none where not. The upright stroke shows how near. Where "
        "only the fear of answers holds a configuration, play weighs whether and how soon they come. Where several "
        "hold, each can have but a part of the time."
    )
    held = ("holds without fear of answers", *(f"for fear of {FEARS[concept]}" for concept in _SHADES[1:]))
    shades = [("", f"var(--shade{n})", f"{held[n]} ({concept})") for n, concept in enumerate(_SHADES)]
    colours = legend([*shades, ("", "var(--s2)", "time in play")], "Colours of the bars", picks=False)
    body = join([tag("h3", "What holds most, and where play goes"), start, colours, tag("ol", *items, class_="lens")])
    return figure(body, caption, _numbers(findings, lenses))


def _item(findings: Findings, lenses: Lenses, standing: Standing) -> Html:
    compared = standing.compared
    differs = unlike(standing.label, lenses.start)
    what = _levels(findings, differs) if differs else tag("span", "where it starts", class_="mark")
    held = [
        tag("i", style=f"background:var(--shade{n});{_width(standing.shares.get(concept))}")
        for n, concept in reversed(list(enumerate(_SHADES)))
    ]
    played = [tag("i", class_="play", style=_width(compared.play))]
    if compared.cause is not None:
        played.append(tag("s", style=_left(compared.changed[compared.cause])))
    return tag(
        "li",
        tag("div", tag("b", str(standing.number), class_="id"), what, class_="what"),
        tag(
            "div",
            _bar("Holds", held, percent(standing.shares.get(lenses.concept)), f"of worlds ({lenses.concept})"),
            _bar("Play", played, percent(compared.play), "of its time"),
            class_="bars",
        ),
        tag("p", reason(findings, lenses, standing), class_="why"),
    )


def _levels(findings: Findings, pairs: list[tuple[str, str]]) -> Html:
    """Write levels, one player on each line."""
    return join(
        tag("span", tag("b", sentence_case(who)), " ", said, class_="move")
        for who, said in level_words(findings, pairs)
    )


def _bar(name: str, parts: list[Html], number: str, of: str) -> Html:
    return tag(
        "div",
        tag("span", name),
        tag("span", *parts, class_="gauge", aria_hidden="true"),
        tag("span", tag("b", number), tag("small", f" {of}")),
    )


def _width(share: float | None) -> str:
    return f"width:{100 * (finite(share) or 0.0):.1f}%"


def _left(share: float) -> str:
    return f"left:{100 * share:.1f}%"


def _numbers(findings: Findings, lenses: Lenses) -> Html:
    words = changed_words(findings, lenses)
    causes = [cause for cause in words if any(cause in s.compared.changed for s in lenses.standings)]
    holding: list[list[Child]] = []
    playing: list[list[Child]] = []
    for s in lenses.standings:
        marks = [f"{percent(share)}{'*' if concept in s.best_guess else ''}" for concept, share in s.shares.items()]
        holding.append([str(s.number), *marks])
        changed = [percent(s.compared.changed.get(cause)) for cause in causes]
        playing.append([str(s.number), percent(s.compared.play), percent(s.final), percent(s.begun), *changed])
    if lenses.together is not None:
        changed = [percent(lenses.together.changed.get(cause)) for cause in causes]
        playing.append([f"All that hold ({lenses.concept})", percent(lenses.together.play), "", "", *changed])
    heads = [join([concept, tag("small", f" {FEARS[concept]}")]) for concept in FEARS]
    return join(
        [
            table(["Number", *heads], holding, "In which share of the worlds each holds", class_="small lenses"),
            tag("p", "By what players fear. With a * it holds in the best guess too.", class_="under"),
            table(
                ["Number", "Play", "At the end", "Begun there", *(sentence_case(words[cause]) for cause in causes)],
                playing,
                "The share of its time that play spends there",
                class_="small lenses",
            ),
            tag(
                "p",
                "The share of its time that play spends there, in the best guess; the chance that it is there at the "
                "end; the share of its time if it begins there; and the share with one change alone. A dash without "
                "noise: play then turns on what is assumed at its last date.",
                class_="under",
            ),
        ]
    )


def _outcomes(findings: Findings, lenses: Lenses) -> Html | None:
    if not lenses.outcomes:
        return None
    rows: list[list[Child]] = []
    for id_, outcome in lenses.outcomes.items():
        info = findings.outcomes.get(id_)
        name = info.name if info is not None else id_
        cells = [
            percent(outcome.some.get(lenses.concept)),
            percent(outcome.all.get(lenses.concept)),
            percent(outcome.play),
        ]
        rows.append([name, *cells])
    head = ["Outcome", "With some of what holds", "With all of it", "Time in play"]
    more: list[list[Child]] = [[rows[n][0], *_both(outcome)] for n, outcome in enumerate(lenses.outcomes.values())]
    return join(
        [
            tag("h3", "Outcomes that go with what holds"),
            tag("p", f"In which share of the stated worlds something that holds if {compared_with(lenses)} goes with "
                "the outcome; in which all of it does; and the share of its time that play spends so, in the best "
                "guess.", class_="how"),
            table(head, rows, "Outcomes that go with what holds", class_="lenses"),
            details("By what players fear", table(
                ["Outcome", *(join([concept, tag("small", f" {FEARS[concept]}")]) for concept in FEARS)],
                more, "Outcomes by concept: with some of what holds / with all of it", class_="small lenses",
            ), tag("p", "With some of what holds / with all of it.", class_="under")),
        ]
    )  # fmt: skip


def _both(outcome: OutcomeHolds) -> list[str]:
    return [f"{percent(outcome.some.get(concept))} / {percent(outcome.all.get(concept))}" for concept in FEARS]


def _nearly(findings: Findings, lenses: Lenses) -> Html | None:
    lines = nearly_lines(findings, lenses)
    if not lines:
        return None
    return join(
        [
            tag("h3", "What nearly holds"),
            tag("p", f"What all players but one would stay in, if {compared_with(lenses)}.", class_="how"),
            tag("ul", *(tag("li", line) for line in lines), class_="plain"),
        ]
    )
