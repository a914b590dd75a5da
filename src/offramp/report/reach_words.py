"""What it would take, in words: the same for terminal and page. Plain text."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from offramp.charts.numbers import finite, number, percent, signed
from offramp.findings.reach.values import Adds, LevelInfo, Package, Reach
from offramp.report.words import count, listed, sentence_case

__all__ = [
    "ESTIMATED",
    "HEADINGS",
    "Telling",
    "about_line",
    "adds_line",
    "adds_words",
    "answer_lines",
    "asked_line",
    "beneath_line",
    "best_lines",
    "failed_line",
    "further_line",
    "heading_line",
    "level_price",
    "lever_name",
    "lever_words",
    "minded_lines",
    "moves_words",
    "next_question",
    "plain",
    "price_words",
    "searched_line",
    "share_words",
    "worst_line",
]

HEADINGS = {
    "minimal": "the smallest packages that reach it",
    "assumed": "what the view changes",
    "best": "the most that can be had",
    "front": "what more buys (no other reaches more for less)",
    "levers": "the levers and their prices",
    "adds": "what each lever adds to that, in points of the share",
    "claims": "what the sources claim",
    "way": "what stands in the way of the best",
    "theirs": "what only others can change",
    "lasts": "would it last",
    "agreed": "what could be agreed, and would last",
    "next": "ask next",
}
"""Of the parts of an answer."""
ESTIMATED = "A share with an interval is an estimate: not all of its worlds were solved."


_NEARLY = 0.02
"""Shares that differ by no more come to nearly the same."""


class Telling:
    """Names of what a question is about.

    Parameters
    ----------
    reach
        What was found.
    asked
        The command that asked for it.
    """

    def __init__(self, reach: Reach, asked: str | None = None) -> None:
        self.reach, self.goal = reach, reach.goal
        self.asked = asked or f"offramp reach {reach.case} {shlex.quote(reach.goal.id)}"
        self.levers = {lever.id: lever for lever in reach.levers}

    def name(self, key: str) -> str:
        """Return the name of a player, option, outcome or strategy."""
        return self.reach.names.get(key, key)

    @property
    def movers(self) -> str:
        """Who moves the levers."""
        return listed(map(self.name, self.goal.by))

    @property
    def several(self) -> bool:
        """Whether the question is a mediator's."""
        return len(self.goal.by) > 1


def heading_line(telling: Telling) -> str:
    """Ask the question."""
    return f"What would it take? {telling.goal.name}"


def about_line(telling: Telling) -> str:
    """Say what the case is, and who moves."""
    title = telling.reach.title
    stop = "" if title.endswith((".", "?", "!", "…")) else "."
    return f"{title}{stop} Moved by {telling.movers}."


def failed_line(reach: Reach) -> str:
    """Say what could not be computed; empty where all could."""
    if not reach.search.failed:
        return ""
    counts = "counts" if reach.search.failed == 1 else "count"
    return f"{count(reach.search.failed, 'solve')} failed and {counts} in no share: {reach.search.failure}"


def asked_line(telling: Telling) -> str:
    """Say when a world and a package count."""
    goal = telling.goal
    bound = "at most" if goal.most else "at least"
    seen = f" of the view “{telling.reach.assumed.view}”" if telling.reach.assumed else ""
    only = f" Only packages with {telling.reach.narrowed}." if telling.reach.narrowed else ""
    return (
        f"A world counts if “{goal.outcome}” comes to {bound} {goal.least:g}; a package of levers reaches the target "
        f"if {percent(goal.share)} of the stated worlds{seen} count.{only}"
    )


def beneath_line(telling: Telling) -> str:
    """Say what is played beneath the levers, and what a price is."""
    said = f"What no lever sets is as in “{telling.name(telling.goal.strategy)}”"
    return f"{said}. Prices are the case's own numbers, added up."


def searched_line(reach: Reach) -> str:
    """Say how much was searched."""
    search = reach.search
    whole, dear = search.within * search.worlds, search.packages - search.within
    left_out = f" ({dear:,} more cost too much)" if dear else ""
    said = (
        f"{count(search.within, 'package')}{left_out}, {count(search.worlds, 'world')}, seed {reach.seed}: "
        f"{search.solves:,} solves of {whole:,} ({percent(search.solves / whole)})"
    )
    if search.interrupted:
        return f"{said}; stopped early"
    return (
        said
        if search.finished
        else f"{said}; it stopped at its limit, with {count(search.left, 'package')} not told apart yet"
    )


def further_line(reach: Reach) -> str:
    """Say how many more packages may be on the front; empty where none."""
    return f"{count(reach.further, 'more package')} may belong here." if reach.further else ""


def share_words(package: Package, *, interval: bool = True) -> str:
    """Write a share with its interval, ``57 % (48–66)``; one that was counted in all worlds has none."""
    shown = percent(package.share)
    low, high = percent(package.low), percent(package.high)
    if not interval or low == high:
        return shown
    return f"{shown} ({low}–{high})".replace("\u00a0%–", "–").replace("\u00a0%)", ")")


def price_words(package: Package) -> str:
    """Write a price, ``0.3–1.1``."""
    low, high = f"{package.price_low:.3g}", f"{package.price_high:.3g}"
    return low if low == high else f"{low}–{high}"


def level_price(level: LevelInfo) -> str:
    """Write the price of a level, ``0.1–0.4``."""
    if not level.stated:
        return "1, no price stated"
    return f"{level.low:g}" if level.low == level.high else f"{level.low:g}–{level.high:g}"


def moves_words(telling: Telling, package: Package, *, brief: bool = False) -> str:
    """Name what is moved, ``pressure: targeted, relief: offered``."""
    if not package.moves:
        return "nothing more moved" if any(lever.supposed for lever in telling.levers.values()) else "nothing moved"
    if brief:
        return ", ".join(f"{move.lever} {move.level}" for move in package.moves)
    return listed([lever_words(telling, move.lever, move.level) for move in package.moves])


def lever_words(telling: Telling, lever: str, level: str) -> str:
    """Say where a lever is, ``targeted pressure``; whose it is too, where several move and the words do not say."""
    known = telling.levers[lever].levels if lever in telling.levers else ()
    return _owned(telling, lever, next((each.words for each in known if each.id == level), f"{lever}: {level}"))


def lever_name(telling: Telling, lever: str) -> str:
    """Name a lever; whose it is too, where several move and its name does not say."""
    return _owned(telling, lever, telling.levers[lever].name if lever in telling.levers else lever)


def _owned(telling: Telling, lever: str, words: str) -> str:
    owner = telling.name(telling.levers[lever].by) if lever in telling.levers else ""
    if telling.several and owner.lower() not in words.lower():
        return f"{words} ({owner})"
    return words


def answer_lines(telling: Telling) -> list[str]:
    """Say whether it can be reached, and what it takes at least."""
    reach, goal = telling.reach, telling.goal
    supposed = [lever_words(telling, each.id, each.supposed) for each in reach.levers if each.supposed]
    where = f"with {listed(supposed)}, and all else as it stands," if supposed else "as things stand"
    now = f"{where} it is reached in {share_words(reach.now)} of the stated worlds"
    if reach.now.share >= goal.share:
        return [f"Nothing {'more ' if supposed else ''}need be moved: {now}."]
    if reach.minimal:
        first = reach.minimal[0]
        least = f"The least that it takes is {moves_words(telling, first)} (price {price_words(first)})"
        said = [f"{sentence_case(now)}. {least}: then in {share_words(first)}."]
        if first.number == reach.best.number and (minded := minded_lines(telling, first, brief=True)):
            said.append(f"Under it {', '.join(minded)}.")
        if needed := _in_all(telling, reach.minimal):
            said.append(f"All of the smallest packages that reach it have {listed(needed)}.")
        return [*said, *_agreed(telling)]
    best = share_words(reach.best)
    return [
        f"{sentence_case(now)}. No package brings that to {percent(goal.share)}: the best of "
        f"{count(reach.search.within, 'package')}{_affordable(telling)} comes to {best}."
    ]


def _affordable(telling: Telling) -> str:
    most = telling.goal.price
    return "" if most is None else f" at a price of at most {most:g}"


def _agreed(telling: Telling) -> list[str]:
    """Say which of the packages that reach it leaves nobody who moves worse off; nothing where one player moves."""
    if not telling.several:
        return []
    reach = telling.reach
    told = (*reach.minimal, *reach.front, *(p for id_ in reach.earns for p in reach.fronts.get(id_, ())))
    reaching = [p for p in told if p.share >= telling.goal.share]
    fair = [p for p in reaching if all(p.minds[id_].value >= reach.now.minds[id_].value for id_ in reach.earns)]
    if not fair:
        return ["Each of the packages listed here that reach it leaves somebody worse off than now, on average."]
    cheapest = min(fair, key=lambda p: (p.price, -p.share))
    return [
        f"Nobody is worse off than now, on average, with {moves_words(telling, cheapest)} ({share_words(cheapest)})."
    ]


def _in_all(telling: Telling, packages: Sequence[Package]) -> list[str]:
    """Say what every one of several packages moves: one level, or either of several."""
    if len(packages) < 2:
        return []
    levels: dict[str, set[str]] = {}
    for move in (move for package in packages for move in package.moves):
        levels.setdefault(move.lever, set()).add(move.level)
    found = []
    for lever in telling.levers.values():
        if all(any(move.lever == lever.id for move in package.moves) for package in packages):
            words = [lever_words(telling, lever.id, each.id) for each in lever.levels if each.id in levels[lever.id]]
            found.append(f"either {' or '.join(words)}" if len(words) > 1 else words[0])
    return sorted(found, key=lambda words: words.startswith("either "))


def best_lines(telling: Telling, *, brief: bool = False) -> list[str]:
    """Say what the package that reaches it in most worlds comes to, and what becomes of the rest under it."""
    best = telling.reach.best
    lines = [f"{share_words(best)} of the stated worlds, price {price_words(best)}: {moves_words(telling, best)}."]
    if minded := minded_lines(telling, best, brief=brief):
        lines.append(f"Under it {', '.join(minded)}.")
    lines += _nearly(telling)
    worst = "" if brief else worst_line(telling)
    return [*lines, worst] if worst else lines


def _nearly(telling: Telling) -> list[str]:
    """Name the cheapest package that comes to nearly as much as the best; nothing where none is cheaper."""
    reach, best = telling.reach, telling.reach.best
    close = [p for p in (*reach.minimal, *reach.front) if p.share >= best.share - _NEARLY and p.price < best.price]
    if not close:
        return []
    least = min(close, key=lambda p: (p.price, -p.share))
    return [f"Nearly as much, {share_words(least)}, for {price_words(least)}: {moves_words(telling, least)}."]


def worst_line(telling: Telling) -> str:
    """Say which package does best where things go worst; empty where none was solved in all worlds."""
    worst = telling.reach.worst_tenth
    if worst is None or finite(telling.reach.worst_mean) is None:
        return ""
    side = "highest" if telling.goal.most else "lowest"
    same = "the same package" if worst.number == telling.reach.best.number else f"“{moves_words(telling, worst)}”"
    return (
        f"Where things go worst, {same} does best: in the {side} tenth of its own worlds “{telling.goal.outcome}” "
        f"comes to {number(telling.reach.worst_mean)} on average."
    )


def adds_words(telling: Telling) -> list[str]:
    """Say what each lever of the best package adds to it on average; nothing where there is one."""
    ordered = sorted(telling.reach.adds, key=lambda each: -each.average)
    told = [f"{lever_words(telling, each.lever, each.level)} {signed(100 * each.average, 0, 100)}" for each in ordered]
    if len(told) < 2:
        return []
    return [f"Of the points of the best package each adds, on average over all orders of moving them: "
            f"{', '.join(told)}."]  # fmt: skip


def adds_line(telling: Telling, each: Adds) -> tuple[str, str, str, str]:
    """Return the cells of one lever: its name and level, alone, last, on average with its interval."""
    low, high = signed(100 * each.low, 0, 100), signed(100 * each.high, 0, 100)
    average = signed(100 * each.average, 0, 100)
    inside = average if low == high else f"{average} ({low} to {high})"
    return (lever_words(telling, each.lever, each.level), signed(100 * each.alone, 0, 100),
            signed(100 * each.last, 0, 100), inside)  # fmt: skip


def minded_lines(telling: Telling, package: Package, *, brief: bool = False) -> list[str]:
    """Say what a package does to what its movers also care about; in brief only where it does anything."""
    now, lines = telling.reach.now, []
    for name, there in package.minds.items():
        before = now.minds[name]
        if finite(there.value) is None or finite(before.value) is None:
            continue
        same = number(there.value) == number(before.value)
        if same and brief:
            continue
        verb = "stays at" if same else "goes from"
        said = number(there.value) if verb == "stays at" else f"{number(before.value)} to {number(there.value)}"
        lines.append(f"“{telling.name(name)}” {verb} {said}")
    return lines


def next_question(telling: Telling) -> list[str]:
    """Say what to ask next, with the command that does."""
    reach = telling.reach
    lines = []
    if reach.theirs is not None and reach.theirs.turning:
        first = reach.theirs.turning[0]
        sure = f"How sure is it that {first.label} is near {plain(first.best)}?"
        side = "above" if first.at > first.best else "below"
        lines.append(f"{sure} {sentence_case(side)} {plain(first.at)} it would turn the answer by itself.")
    last = {each.lever: each.last for each in reach.adds}
    if moves := (reach.minimal or (reach.best,))[0].moves:
        move = max(moves, key=lambda move: last.get(move.lever, 0.0))
        lines.append(f"And without {lever_words(telling, move.lever, move.level)}? {telling.asked} --hold {move.lever}")
    return lines


def plain(value: float) -> str:
    """Write the value of an unknown."""
    return f"{value:.3g}".replace("-", "−")
