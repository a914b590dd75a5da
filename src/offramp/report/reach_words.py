"""What it would take, in words: the same for terminal and page. Plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from offramp.charts.numbers import finite, number, percent, signed
from offramp.findings.reach.values import Adds, LevelInfo, Package, Reach, Turning
from offramp.inverse.mediation import Ending, Mediation
from offramp.report.flip_words import clauses_words
from offramp.report.words import count, listed, sentence_case

__all__ = [
    "ESTIMATED",
    "HEADINGS",
    "Telling",
    "about_line",
    "adds_line",
    "answer_lines",
    "asked_line",
    "best_lines",
    "blocked_lines",
    "ending_lines",
    "failed_line",
    "heading_line",
    "held_lines",
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
    "theirs_lines",
    "wants_lines",
    "worst_line",
]

HEADINGS = {
    "minimal": "the smallest packages that reach it",
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
ESTIMATED = "Shares with an interval are estimates: not all of their worlds were solved."
_NEAR = 3
"""Unknowns named in a sentence."""


class Telling:
    """Names of what a question is about."""

    def __init__(self, reach: Reach) -> None:
        self.reach, self.goal = reach, reach.goal
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
    return (
        f"A world counts if “{goal.outcome}” comes to {bound} {goal.least:g}; a package reaches the target if "
        f"{percent(goal.share)} of the stated worlds count. Beneath the levers: “{telling.name(goal.strategy)}”."
    )


def searched_line(reach: Reach) -> str:
    """Say how much was searched."""
    search = reach.search
    whole = search.packages * search.worlds
    said = (
        f"{count(search.packages, 'package')}, {count(search.worlds, 'world')}, seed {reach.seed}: {search.solves:,} "
        f"solves of {whole:,} ({percent(search.solves / whole)})"
    )
    if search.interrupted:
        return f"{said}; stopped early"
    return said if search.finished else f"{said}; the budget ended with {count(search.left, 'package')} in the race"


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
        return "nothing moved"
    if brief:
        return ", ".join(f"{move.lever} {move.level}" for move in package.moves)
    return "; ".join(lever_words(telling, move.lever, move.level) for move in package.moves)


def lever_words(telling: Telling, lever: str, level: str) -> str:
    """Name a lever and where it is, ``Pressure: targeted``."""
    known = telling.levers[lever].levels if lever in telling.levers else ()
    return f"{lever_name(telling, lever)}: {next((each.name for each in known if each.id == level), level)}"


def lever_name(telling: Telling, lever: str) -> str:
    """Name a lever; whose it is too, where several move and its name does not say."""
    name = telling.levers[lever].name if lever in telling.levers else lever
    owner = telling.name(telling.levers[lever].by) if lever in telling.levers else ""
    if telling.several and owner.lower() not in name.lower():
        return f"{owner}, {name[:1].lower()}{name[1:]}"
    return name


def answer_lines(telling: Telling) -> list[str]:
    """Say whether it can be reached, and what it takes at least."""
    reach, goal = telling.reach, telling.goal
    now = f"as things stand it is reached in {share_words(reach.now)} of the stated worlds"
    if not reach.now.moves and reach.now.share >= goal.share:
        return [f"Nothing need be moved: {now}."]
    if reach.minimal:
        first = reach.minimal[0]
        least = f"Least of all it takes {moves_words(telling, first)} (price {price_words(first)})"
        said = [f"{sentence_case(now)}. {least}: then in {share_words(first)}."]
        if needed := _in_all(telling, reach.minimal):
            said.append(f"Every smallest package that reaches it moves {listed(needed)}.")
        return [*said, *_agreed(telling)]
    best = share_words(reach.best)
    return [
        f"{sentence_case(now)}. No package brings that to {percent(goal.share)}: the best of "
        f"{count(reach.search.packages, 'package')} comes to {best}."
    ]


def _agreed(telling: Telling) -> list[str]:
    """Say which of the packages that reach it leaves nobody who moves worse off; nothing where one player moves."""
    if not telling.several:
        return []
    reach = telling.reach
    reaching = [p for p in (*reach.minimal, *reach.front) if p.share >= telling.goal.share]
    fair = [p for p in reaching if all(p.minds[id_].value >= reach.now.minds[id_].value for id_ in reach.earns)]
    if not fair:
        return [
            "Of the packages that reach it and were told apart, each leaves somebody worse off than now, on average."
        ]
    cheapest = min(fair, key=lambda p: (p.price, -p.share))
    return [
        f"Nobody is worse off than now, on average, with {moves_words(telling, cheapest)} ({share_words(cheapest)})."
    ]


def _in_all(telling: Telling, packages: Sequence[Package]) -> list[str]:
    """Name the levers that every one of several packages moves."""
    if len(packages) < 2:
        return []
    common = set.intersection(*({move.lever for move in package.moves} for package in packages))
    return [lever_name(telling, lever) for lever in telling.levers if lever in common]


def best_lines(telling: Telling) -> list[str]:
    """Say what the package that reaches it in most worlds comes to, and what becomes of the rest under it."""
    best = telling.reach.best
    lines = [f"{share_words(best)} of the stated worlds, price {price_words(best)}: {moves_words(telling, best)}."]
    if minded := minded_lines(telling, best):
        lines.append(f"Under it {', '.join(minded)}.")
    worst = worst_line(telling)
    return [*lines, worst] if worst else lines


def worst_line(telling: Telling) -> str:
    """Say which package does best where things go worst; empty where none was solved in all worlds."""
    worst = telling.reach.worst_tenth
    if worst is None or finite(telling.reach.worst_mean) is None:
        return ""
    side = "highest" if telling.goal.most else "lowest"
    same = "the same package" if worst.number == telling.reach.best.number else moves_words(telling, worst)
    return (
        f"In the worst tenth of the worlds best is {same}: there “{telling.goal.outcome}” comes to "
        f"{number(telling.reach.worst_mean)} on average ({side} tenth of its own worlds)."
    )


def adds_line(telling: Telling, each: Adds) -> tuple[str, str, str, str]:
    """Return the cells of one lever: its name and level, alone, last, on average with its interval."""
    low, high = signed(100 * each.low, 0, 100), signed(100 * each.high, 0, 100)
    average = signed(100 * each.average, 0, 100)
    inside = average if low == high else f"{average} ({low} to {high})"
    return (lever_words(telling, each.lever, each.level), signed(100 * each.alone, 0, 100),
            signed(100 * each.last, 0, 100), inside)  # fmt: skip


def minded_lines(telling: Telling, package: Package) -> list[str]:
    """Say what a package does to what its movers also care about."""
    now, lines = telling.reach.now, []
    for name, there in package.minds.items():
        before = now.minds[name]
        if finite(there.value) is None or finite(before.value) is None:
            continue
        verb = "stays at" if number(there.value) == number(before.value) else "goes from"
        said = number(there.value) if verb == "stays at" else f"{number(before.value)} to {number(there.value)}"
        lines.append(f"“{telling.name(name)}” {verb} {said}")
    return lines


def blocked_lines(telling: Telling) -> list[str]:
    """Say in which worlds the best package falls short, or in which alone it does not."""
    where = telling.reach.blocked
    if where is None:
        return []
    if not where.regions:
        return ["No region of the unknowns stands out among the worlds in which it falls short."]
    verb = "falls short" if where.side == "fails" else "reaches it"
    return [
        f"It {verb} in {percent(region.density)} of the worlds where {clauses_words(region.clauses)} (against "
        f"{percent(where.share)} of all; in worlds held out {percent(region.held_out)})."
        for region in where.regions
    ]


def theirs_lines(telling: Telling) -> list[str]:
    """Say which of the others' unknowns would by itself make the difference."""
    theirs = telling.reach.theirs
    if theirs is None or finite(theirs.value) is None:
        return []
    best = f"In the best guess “{telling.goal.outcome}” comes to {number(theirs.value)} under the best package"
    met = "which is enough" if theirs.reached else "which is not enough"
    lines = [f"{best}, {met}."]
    if theirs.turning:
        named = [_turning(each) for each in theirs.turning[:_NEAR]]
        more = len(theirs.turning) - len(named)
        verb = "It would be lost" if theirs.reached else "It would be reached"
        rest = f"; {count(more, 'more unknown')} would do" if more else ""
        lines.append(f"{verb}, all else as guessed, with {'; or '.join(named)}{rest}.")
    if theirs.none:
        would = "undo" if theirs.reached else "do"
        would = f"would not {would} it by themselves, anywhere in their stated range"
        lines.append(f"{count(theirs.none, 'other unknown')} of theirs {would}.")
    if not theirs.turning and not theirs.reached:
        lines.append("No single change on the other side, inside what is stated, would do it.")
    return lines


def _turning(each: Turning) -> str:
    side = "above" if each.at > each.best else "below"
    return (
        f"{each.label} ({each.owner}) {side} {plain(each.at)}, best guess {plain(each.best)}, "
        f"{percent(each.distance)} of its range away"
    )


def plain(value: float) -> str:
    """Write the value of an unknown."""
    return f"{value:.3g}".replace("-", "−")


def held_lines(telling: Telling) -> list[str]:
    """Say whether a state that is wanted would last, for players who look a move or two ahead."""
    reach = telling.reach
    if reach.no_held:
        return [f"Whether it would last could not be judged: {reach.no_held}"]
    if "best" not in reach.held:
        return []
    best, now = reach.held["best"], reach.held["now"]
    states, over = count(best.wanted, "configuration"), count(best.worlds, "world")
    same = "" if best.holding == now.holding else f" (with the present settings: {percent(now.holding)})"
    return [
        f"If nobody were committed ({best.concept}, {over}), one of the {states} that are wanted would last in "
        f"{percent(best.holding)} of the worlds{same}; one that {_parties(telling, best)} to the present, in "
        f"{percent(best.some)}."
    ]


def wants_lines(telling: Telling) -> list[str]:
    """Say what would have to be wanted for a state that is wanted to last, or what stands in the way."""
    found = telling.reach.other_wants
    if found is None:
        return []
    lines = []
    for n, change in enumerate(found.changes):
        shifts = [f"{s.label} from {plain(s.start)} to {plain(s.end)} ({plain(s.low)} to {plain(s.high)} is stated)"
                  for s in change.shifts]  # fmt: skip
        least = "In the best guess none does; the least change of wants that would make one last:" if n == 0 else "Or:"
        what = _levels(telling, change.configuration) or "the present"
        lines.append(
            f"{least} {listed(shifts)}; then it is {what}{'' if change.proven else ' (not proven the least)'}."
        )
    if found.changes:
        return lines
    for obstacle in found.obstacles[:1]:
        moves = [f"{telling.name(player)} would rather have {_levels(telling, to, owner=False) or 'it undone'}"
                 for player, to in obstacle.moves]  # fmt: skip
        ends = [
            f"{label} is not {'below' if end == 'low' else 'above'} {plain(value)}"
            for label, end, value in obstacle.ends
        ]
        what = _levels(telling, obstacle.configuration) or "the present"
        ranges = f" as long as {listed(ends)}" if ends else ""
        none = "No change of wants inside what is stated makes one last in the best guess"
        lines.append(f"{none}. The nearest is {what}: there {listed(moves)}, and nothing deters that{ranges}.")
    if not lines:
        lines.append("In the best guess none does; the search for a change of wants ended before it found one.")
    return lines


def _parties(telling: Telling, held: Mediation) -> str:
    names = [telling.name(player) for player in held.parties]
    return f"{listed(names)} {'prefers' if len(names) == 1 else 'prefer'}"


def ending_lines(telling: Telling, held: Mediation, most: int) -> list[list[str]]:
    """Say of each ending what it is, whether it would last, who prefers it, and how it is reached: lines by ending."""
    return [_ending(telling, held, each) for each in held.endings[:most]]


def _ending(telling: Telling, held: Mediation, ending: Ending) -> list[str]:
    differs = {key: level for key, level in ending.levels.items() if held.present.get(key) != level}
    like = _levels(telling, differs) if differs else "everything as it is now"
    better = [f"{telling.name(p)} in {percent(ending.better[p])}" for p in held.parties]
    lines = [
        like,
        f"Lasts in {percent(ending.holds)} of the worlds; better than the present for {listed(better)}.",
    ]
    if ending.way is None:
        lines.append("No chain of moves, each a gain for who makes it, leads there from the present.")
    elif ending.way:
        steps = [f"{telling.name(player)} {_levels(telling, to, owner=False)}" for player, to in ending.way]
        lines.append(f"Reached, each move a gain for who makes it: {'; then '.join(steps)}.")
        if ending.unlocked:
            who = [telling.name(p) for p in held.parties if ending.worse[p] > 0.5]
            against = f"{listed(who)} {'prefers' if len(who) == 1 else 'prefer'} the present to it" if who else ""
            moves = "the first move" if ending.unlocked == 1 else f"{ending.unlocked} moves"
            when = f"only after {moves} do all prefer it"
            lines.append(f"Hard, because {against}: {when}." if against else f"{sentence_case(when)}.")
    return lines


def _levels(telling: Telling, levels: Mapping[str, str], *, owner: bool = True) -> str:
    """Write levels, ``Iran's regime will to negotiate: earnest``."""
    told = []
    for key, level in levels.items():
        player = key.partition(".")[0]
        name = telling.name(key)
        lead = "" if not owner or name.startswith(telling.name(player)) else f"{telling.name(player)}, "
        told.append(f"{lead}{name}: {level}")
    return ", ".join(told)


def next_question(telling: Telling) -> list[str]:
    """Say what to ask next, with the commands that do."""
    reach = telling.reach
    target = reach.goal.id if " " not in reach.goal.id else f'"{reach.goal.id}"'
    lines = []
    if reach.theirs is not None and reach.theirs.turning:
        first = reach.theirs.turning[0]
        sure = f"How sure is it that {first.label} is near {plain(first.best)}?"
        lines.append(f"{sure} By itself it would turn the answer.")
    needed = [move.lever for move in (reach.minimal or (reach.best,))[0].moves]
    if needed:
        lines.append(
            f"And without {lever_name(telling, needed[0])}? offramp reach {reach.case} {target} --hold {needed[0]}"
        )
    return lines
