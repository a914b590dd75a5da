"""The parts of the page on what happens: paths over time, maps of states, storylines."""

from __future__ import annotations

from offramp.charts import (
    Node,
    layout,
    moving_series,
    number,
    path_lines,
    path_names,
    percent,
    player_colours,
    state_map,
)
from offramp.charts.numbers import span
from offramp.charts.paths import SHOWN, series_range
from offramp.findings.outcomes.course_values import Story
from offramp.findings.results import Findings
from offramp.report.figures import Drawing, details, figure, legend, table
from offramp.report.markup import Child, Html, join, tag
from offramp.report.part_outcomes import strategy_legend
from offramp.report.words import (
    count,
    event_words,
    level_words,
    measure_words,
    name_of,
    ordered_outcomes,
    sentence_case,
    story_end,
)

__all__ = ["maps", "paths", "stories"]

MOST_PANELS = 12


def paths(findings: Findings, drawing: Drawing) -> Html | None:
    """Write how outcomes, options and conditions go over time."""
    if not findings.paths:
        return None
    known = set(path_names(findings))
    first = [o for o in ordered_outcomes(findings) if o in known]
    moving = moving_series(findings)
    still = [k for k in path_names(findings) if k not in findings.outcomes and k not in moving]
    worlds = max(p.worlds for p in findings.paths.values())
    parts: list[Child] = [tag("h2", "How it plays out", id="paths")]
    band = f"the band holds nine of ten of {worlds} sampled worlds"
    caption = f"How to read it: a line is the best guess, {band}; time runs in {findings.unit}s."
    if len(findings.strategies) > 3:
        caption += " The bars on the right are the bands at the end; choose a strategy above to see its band all along."
    if len(findings.strategies) > SHOWN:
        caption += f" The first {SHOWN} strategies are drawn."
    if first:
        parts.append(_panels(findings, drawing, first, "Outcomes over time", caption))
    if moving:
        more = "Each option and condition runs from its first level (0) to its last (1). " + caption
        if still:
            more += f" Not drawn, because they hardly move: {', '.join(name_of(findings, k) for k in still)}."
        parts.append(_panels(findings, drawing, moving[:MOST_PANELS], "What the players do, and what drifts", more))
    return tag("section", *parts) if len(parts) > 1 else None


def _panels(findings: Findings, drawing: Drawing, keys: list[str], title: str, caption: str) -> Html:
    panels = []
    for key in keys:
        info = findings.outcomes.get(key)
        under = None
        if info is not None and info.measure in ("average", "total", "first", "ever"):
            under = tag("p", f"at each time (in the table: {measure_words(findings, info)})", class_="under")
        panels.append(
            tag(
                "div",
                tag("h4", sentence_case(name_of(findings, key))),
                under,
                drawing.panel(path_lines(findings, key), f"{name_of(findings, key)} over time by strategy"),
                class_="multiple",
            )
        )
    body = join([tag("h3", title), strategy_legend(findings), tag("div", *panels, class_="grid")])
    return figure(body, caption, _dates(findings, keys))


def _dates(findings: Findings, keys: list[str]) -> Html:
    times = max((p.times for p in findings.paths.values()), key=len)
    picked = sorted({round(k * (len(times) - 1) / 4) for k in range(5)})
    rows: list[list[Child]] = []
    for key in keys:
        low, high = series_range(findings, key)
        lead = True
        for strategy, name in findings.strategies.items():
            course = findings.paths.get(strategy)
            series = None if course is None else course.series.get(key)
            if series is None:
                continue
            cells: list[Child] = []
            for k in picked:
                if k < len(series.best_guess):
                    band = span(series.p05[k], series.p95[k], low, high)
                    cells.append(join([number(series.best_guess[k], low, high), " ", tag("small", f"({band})")]))
            rows.append([name_of(findings, key) if lead else "", name, *cells])
            lead = False
    head = ["", "Strategy", *(f"{findings.unit} {times[k]:.3g}" for k in picked)]
    return table(head, rows, "Best guess and band at five dates", class_="small")


def maps(findings: Findings, drawing: Drawing) -> Html | None:
    """Write the map of the states most visited, one for each strategy."""
    tabs = []
    for strategy, name in findings.strategies.items():
        spec = state_map(findings, strategy)
        if spec is None:
            continue
        chart = findings.maps[strategy]
        placed = layout(chart)
        items = []
        for node in placed.nodes:
            start = node.state.start
            words = join(
                [
                    tag("span", tag("b", sentence_case(who)), " ", said, class_="move")
                    for who, said in level_words(findings, node.differs)
                ]
            ) or Html("no option differs from the start")
            items.append(tag(
                "li", tag("span", node.letter, class_="letter start" if start else "letter"),
                tag("div", tag("span", percent(node.state.share), class_="time"),
                    tag("span", "where it starts", class_="mark") if start else None, words),
            ))  # fmt: skip
        rows = [
            (f"{a} → {b}", who, number(e.moves, 0, 10))
            for e in placed.edges
            for a, b, who in [
                (
                    _letter(placed.nodes, e.source),
                    _letter(placed.nodes, e.target),
                    findings.names.get(e.player, e.player),
                )
            ]
        ]
        tabs.append(tag(
            "section",
            tag("h4", name),
            tag("div", drawing.panel(spec, f"Map of the states most visited under {name}", fluid=False, kind="map"),
                tag("ol", *items, class_="key"), class_="mapped"),
            tag("p", f"These states take {percent(chart.covered)} of the time; the start is told in full, the others "
                "by what differs from it.", class_="under"),
            details("The moves drawn", table(("Move", "By", "Times on average"), rows, "Moves", class_="small")),
            class_="tab", data_name=name,
        ))  # fmt: skip
    if not tabs:
        return None
    players = [(key, colour, findings.names.get(key, key)) for key, colour in player_colours(findings).items()]
    caption = (
        "How to read it: a circle is a state, larger the more of the time the best-guess path spends in it; an "
        "arrow is a move, in the colour of the player who makes it, thicker the more often."
    )
    body = join([legend(players, "Players", picks=False), tag("div", *tabs, class_="tabs")])
    return tag("section", tag("h2", "The states most visited", id="map"), figure(body, caption, None))


def _letter(nodes: tuple[Node, ...], state: str) -> str:
    return next(n.letter for n in nodes if n.state.id == state)


def stories(findings: Findings) -> Html | None:
    """Write simulated courses of events, the first of each strategy in view."""
    tabs = []
    for strategy, name in findings.strategies.items():
        told = findings.stories.get(strategy)
        if not told:
            continue
        others = [tag("div", tag("h4", f"Another draw (seed {s.seed})"), _story(findings, s)) for s in told[1:]]
        more = details(f"{count(len(others), 'other draw')} of the same", *others) if others else None
        tabs.append(tag("section", tag("h4", name), _story(findings, told[0]), more, class_="tab", data_name=name))
    if not tabs:
        return None
    return tag(
        "section",
        tag("h2", "Storylines", id="stories"),
        tag("p", "Courses of events drawn at random in the best-guess world: each is one of many that could happen, "
            "none is a forecast.", class_="how"),
        tag("div", *tabs, class_="tabs"),
    )  # fmt: skip


def _story(findings: Findings, story: Story) -> Html:
    items = []
    for event in story.events:
        who, said, moved = event_words(findings, event)
        items.append(
            tag(
                "li",
                tag("span", f"{findings.unit} {event.time:.1f}", class_="when"),
                tag("span", tag("b", sentence_case(who)), " ", said),
                class_=None if moved else "drift",
            )
        )
    if not items:
        items.append(tag("li", tag("span", "", class_="when"), tag("span", "Nothing moves.")))
    end = tag("p", tag("b", "At the end: "), "; ".join(story_end(findings, story)), class_="ends")
    return join([tag("ol", *items, class_="story"), end])
