"""The pictures and tables of what it would take: packages, levers, what else is minded, what others would change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from offramp.charts.numbers import number, percent
from offramp.charts.pareto import against, charted, pareto
from offramp.findings.reach.values import Adds, LeverInfo, Package, Turning
from offramp.report.figures import Drawing, figure, rest, table
from offramp.report.markup import Child, Html, join, tag
from offramp.report.reach_unknown_words import theirs_lines
from offramp.report.reach_words import (
    ESTIMATED,
    HEADINGS,
    Telling,
    adds_line,
    further_line,
    level_price,
    lever_name,
    lever_words,
    moves_words,
    plain,
    price_words,
    share_words,
)
from offramp.report.words import count, sentence_case

__all__ = ["Named", "levers", "minded", "packages", "theirs"]

_MANY = 14
"""Packages in a picture from which on only the marked ones are labelled."""
_ROWS = 10
"""Rows of a table before the others unfold."""


class Named:
    """Short names of packages, the same in pictures and tables."""

    def __init__(self, telling: Telling) -> None:
        self.telling, reach = telling, telling.reach
        told = charted(reach)
        known = {each.number: each for each in (*told, *(each for front in reach.fronts.values() for each in front))}
        self.short = {key: str(n) for n, key in enumerate(known)}
        self.short[reach.now.number] = "now"
        marked = {reach.now.number, reach.best.number, *(each.number for each in reach.minimal)}
        self.labels = {key: name for key, name in self.short.items() if len(known) <= _MANY or key in marked}
        self.tips = {key: self._tip(each) for key, each in known.items()}

    def _tip(self, package: Package) -> str:
        short = self.short[package.number]
        moves = [lever_words(self.telling, move.lever, move.level) for move in package.moves] or ["nothing moved"]
        said = [f"{short.capitalize()}: {moves[0]}", *moves[1:], f"price {price_words(package)}"]
        said.append(f"in {share_words(package)} of the stated worlds")
        return "\n".join([*said, *(f"{name}: {value}" for name, value in self._minds(package))])

    def _minds(self, package: Package) -> list[tuple[str, str]]:
        return [(self.telling.name(key), number(each.value)) for key, each in package.minds.items()]

    def rows(self, told: Iterable[Package]) -> list[list[Child]]:
        """Write packages as rows of a table."""
        return [
            [self.short[each.number], price_words(each), _share(each), moves_words(self.telling, each),
             *(value for _, value in self._minds(each))]
            for each in told
        ]  # fmt: skip

    @property
    def head(self) -> list[str]:
        """The heads of their columns."""
        return ["", "Price", "Worlds", "Moved", *(name for name, _ in self._minds(self.telling.reach.now))]


def _share(package: Package) -> Html:
    share, _, interval = share_words(package).partition(" (")
    return join([share, " " if interval else None, tag("span", f"({interval}", class_="nowrap") if interval else None])


def packages(named: Named, drawing: Drawing) -> Html:
    """Draw price against share, and list the smallest packages and those that no other reaches more with for less."""
    reach, goal = named.telling.reach, named.telling.goal
    told = charted(reach)
    least = "; a ring: the smallest packages that reach it" if reach.minimal else ""
    caption = (
        "Each dot is a package, at the middle of its price, numbered as in the tables. Coloured: it reaches the "
        f"target{least}. The line: the packages that no other reaches more with for no more. The thin level bar: "
        "between which prices the case puts it. Dashed: the share that is wanted."
    )
    if any(each.low < each.high for each in told):
        caption += " The upright bar: the interval of a share that was not counted in all worlds."
    label = (
        f"Price against the share of the stated worlds in which “{goal.name}” is reached: as things stand "
        f"{share_words(reach.now)}, at most {share_words(reach.best)} at price {price_words(reach.best)}; wanted in "
        f"{percent(goal.share)}."
    )
    panel = drawing.panel(pareto(reach, named.labels, named.tips), label)
    return tag(
        "section",
        tag("h2", "Price and reach", id="packages"),
        figure(panel, caption, None),
        *_listed(named, "minimal", reach.minimal),
        *_listed(named, "front", reach.front),
        tag("p", further_line(reach), class_="how") if reach.further else None,
    )


def _listed(named: Named, key: str, told: Sequence[Package]) -> list[Child]:
    if not told:
        return []
    label, rows = HEADINGS[key], named.rows(told)
    parts: list[Child] = [tag("h3", sentence_case(label)), _packages(named, rows[:_ROWS], label)]
    if more := rows[_ROWS:]:
        parts.append(rest(count(len(more), "more package"), _packages(named, more, label)))
    if any(not each.certain for each in told):
        parts.append(tag("p", ESTIMATED, class_="how"))
    return parts


def _packages(named: Named, rows: list[list[Child]], label: str) -> Html:
    return table(named.head, rows, sentence_case(label), class_="packages")


def minded(named: Named, drawing: Drawing) -> Html | None:
    """Draw the share against each outcome that is minded too."""
    reach, panels, behind = named.telling.reach, [], []
    for key in reach.fronts:
        name = named.telling.name(key)
        label = (
            f"Share of the worlds against “{name}”: {number(reach.now.minds[key].value)} as things stand, "
            f"{number(reach.best.minds[key].value)} under the best package."
        )
        panel = drawing.panel(against(reach, key, named.labels, named.tips), label)
        panels.append(tag("div", tag("h4", name), panel, class_="multiple"))
        label = f"No other betters these in both: the share, and “{name}”"
        behind.append(join([tag("h4", name), _packages(named, named.rows(reach.fronts[key]), label)]))
    if not panels:
        return None
    caption = (
        "The share of the worlds in which the target is reached, against the mean of what else is minded. The line: "
        "the packages that no other betters in both. Dashed: the share that is wanted."
    )
    return figure(tag("div", *panels, class_="grid"), caption, join(behind), "The packages on these lines")


def levers(telling: Telling) -> Html:
    """List the levers: their levels and prices, and what each adds to the best package."""
    reach = telling.reach
    adds = {each.lever: each for each in reach.adds}
    known = [0.0, *(x for each in reach.adds for x in (each.average, each.low, each.high))]
    ends = min(known), max(known)
    order = sorted(reach.levers, key=lambda lever: -adds[lever.id].average if lever.id in adds else 2.0)
    head = ["Lever", "Levels (price)"]
    if adds:
        head += ["Alone", "Last", "On average"]
    rows = [_lever(telling, lever, adds, ends) for lever in order]
    said = (
        f"{sentence_case(HEADINGS['adds'])}: moved alone, moved last, and on average over all orders (these add up to "
        "the whole)."
    )
    return tag(
        "section",
        tag("h2", sentence_case(HEADINGS["levers"]), id="levers"),
        tag("p", f"Bold: the level in the best package. {said if adds else ''}", class_="how"),
        table(head, rows, "Levers", class_="levers"),
    )


def _lever(telling: Telling, lever: LeverInfo, adds: dict[str, Adds], ends: tuple[float, float]) -> list[Child]:
    moved = {move.lever: move.level for move in telling.reach.best.moves}
    levels = []
    for each in lever.levels:
        price = "now" if each.id == lever.now else level_price(each)
        words = join([f"{each.name} ", tag("span", f"({price})", class_="nowrap")])
        chosen = each.id == moved.get(lever.id, lever.held or lever.now)
        levels.append(tag("span", tag("b", words) if chosen else words, class_="beneath"))
    name = join([lever_name(telling, lever.id), tag("small", " (held)") if lever.held else None])
    cells: list[Child] = [name, join(levels)]
    if (added := adds.get(lever.id)) is not None:
        _, alone, last, average = adds_line(telling, added)
        cells += [alone, last, join([average, _bar(added, *ends)])]
    elif adds:
        cells += ["–", "–", "–"]
    return cells


def _bar(each: Adds, low: float, high: float) -> Html:
    """Draw what a lever adds as a bar from nothing, with its interval as a line across."""
    wide = (high - low) or 1.0

    def at(value: float) -> float:
        return 100 * (value - low) / wide

    start, end = sorted((at(0.0), at(each.average)))
    bar = tag("i", style=f"left:{start:.1f}%;width:{end - start:.1f}%")
    line = tag("s", style=f"left:{at(each.low):.1f}%;width:{at(each.high) - at(each.low):.1f}%")
    return tag("span", bar, line if each.low < each.high else None, class_="weigh", aria_hidden="true")


def theirs(telling: Telling) -> Html | None:
    """Say and list which of the others' unknowns would by itself make the difference."""
    found, lines = telling.reach.theirs, theirs_lines(telling)
    if found is None or not lines:
        return None
    rows = [_turning(each) for each in found.turning]
    head = ("Unknown", "Whose", "Best guess", "Stated range", "Reached", "Away", "")
    parts: list[Child] = []
    if rows:
        parts.append(table(head, rows[:_ROWS], "Turning points", class_="turning"))
        if more := rows[_ROWS:]:
            parts.append(rest(count(len(more), "more unknown"), table(head, more, "Turning points", class_="turning")))
        caption = (
            "Each unknown by itself, all else at the best guess. Away: how far from the best guess it turns, as a "
            "share of its range. The strip is the range: the dark tick the best guess, the coloured one where it turns."
        )
        parts.append(tag("p", caption, class_="how"))
    return tag("section", tag("h2", sentence_case(HEADINGS["theirs"]), id="theirs"),
               *(tag("p", line, class_="says") for line in lines), *parts)  # fmt: skip


def _turning(each: Turning) -> list[Child]:
    wide = (each.high - each.low) or 1.0

    def at(value: float) -> float:
        return 100 * (value - each.low) / wide

    start, end = sorted((at(each.best), at(each.at)))
    strip = tag(
        "span",
        tag("i", style=f"left:{start:.1f}%;width:{end - start:.1f}%"),
        tag("s", style=f"left:{at(each.best):.1f}%"),
        tag("s", style=f"left:{at(each.at):.1f}%", class_="turn"),
        class_="worth",
        aria_hidden="true",
    )
    side = "above" if each.rising else "below"
    return [each.label, each.owner, plain(each.best), f"{plain(each.low)} to {plain(each.high)}",
            f"{side} {plain(each.at)}", percent(each.distance), strip]  # fmt: skip
