"""What holds, and where play goes instead, in words: the same for page, terminal and Markdown. Plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from offramp.charts.numbers import finite, percent
from offramp.findings.equilibria.values import Cause, Comparison, Lenses, Standing
from offramp.findings.results import Findings
from offramp.report.words import count, level_words, listed, quantity, sentence_case

__all__ = [
    "FEARS",
    "changed_words",
    "compared_with",
    "configuration_words",
    "holds_lines",
    "how",
    "missing",
    "nearly_lines",
    "reason",
    "stability_command",
    "summary",
    "unlike",
]

FEARS = {
    "nash": "no answer",
    "sseq": "answers that pay those who make them, their own reply counted",
    "seq": "answers that pay those who make them",
    "smr": "any answer, their own reply counted",
    "gmr": "any answer",
}
"""What keeps players from a better move, from the concept that asks most of a configuration."""

_REASON: Mapping[Cause, str] = {
    "noise": "noise",
    "foresight": "foresight",
    "time": "time",
    "drift": "the drift of the conditions",
    "cost": "the cost of moves",
}


def missing(findings: Findings) -> str:
    """Say why it is not told what holds; empty where it is, or where the run was stopped before."""
    return f"What holds could not be judged: {findings.no_lenses}" if findings.no_lenses else ""


def how(findings: Findings, lenses: Lenses) -> list[str]:
    """Say what stability asks, how that differs from play, and over what both are told here."""
    return [
        "A configuration is what everybody does at one time. It holds if no player, once there, would change what it "
        "does: it has no better move, or it fears how the others could answer. So stability asks who would leave. "
        "It knows which of two configurations a player likes better but not by how much, looks at a move and the "
        "answers to it, and knows no noise, no delay and no cost of moving. Play asks where things go from the start "
        "when moves come one by one, players err a little, and all look ahead to "
        f"{findings.unit} {findings.foresight:.4g}. So something may hold and never come about, or be visited and not "
        "hold.",
        "Here nobody follows a strategy, in either. What holds is judged in "
        f"{count(lenses.worlds, 'world')}{_failed(lenses)}, play in the best guess.",
    ]


def _failed(lenses: Lenses) -> str:
    return f" ({lenses.failed} more could not be judged)" if lenses.failed else ""


def compared_with(lenses: Lenses) -> str:
    """Say what play is compared with: ``players fear answers that pay those who make them (seq)``."""
    return f"players fear {FEARS[lenses.concept]} ({lenses.concept})"


def changed_words(findings: Findings, lenses: Lenses) -> dict[Cause, str]:
    """Say how each cause is taken away."""
    long = quantity(lenses.longer * findings.horizon, findings.unit)
    return {
        "noise": "with a tenth of the noise",
        "foresight": "if players saw only the present",
        "time": f"over {lenses.longer:.4g} times as long ({long})",
        "drift": "if the conditions stayed where they start",
        "cost": "if moves cost nothing",
    }


def unlike(label: Mapping[str, str], other: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the levels of a configuration that another does not have."""
    return [(key, level) for key, level in label.items() if other.get(key) != level]


def configuration_words(findings: Findings, differs: Sequence[tuple[str, str]]) -> str:
    """Write how a configuration differs from the start, player by player."""
    if not differs:
        return "everything as at the start"
    told = (f"{who} {said.replace('; ', ', ')}" for who, said in level_words(findings, differs))
    return f"{'; '.join(told)}; the rest as at the start"


def summary(findings: Findings, lenses: Lenses) -> list[str]:
    """Say how much holds, and whether play goes there."""
    together, all_ = lenses.together, count(lenses.configurations, "configuration")
    fears = f"if {compared_with(lenses)}"
    if together is None:
        return [f"In the best guess none of {all_} holds {fears}."]
    held = lenses.equilibria[lenses.concept]
    said = f"In the best guess {held} of {all_} {'holds' if held == 1 else 'hold'} {fears}."
    spends = f"Play spends {percent(together.play)} of its time in {'it' if held == 1 else 'these'}"
    spends += f" ({percent(held / lenses.configurations)} of all there are)"
    if together.agree:
        return [said, f"{spends}: on the whole the two agree."]
    return [said, f"{spends}. {_cause(findings, lenses, together, _most_of_it(lenses, together))}"]


def _most_of_it(lenses: Lenses, together: Comparison) -> str:
    """Name the configuration in which play would spend most of the time that goes to what holds."""
    if together.cause is None:
        return ""
    for standing in lenses.standings:
        share = finite(standing.compared.changed.get(together.cause))
        if standing.compared.holds and share is not None and share > 0.5 * together.changed[together.cause]:
            return f", most of it in number {standing.number}"
    return ""


def reason(findings: Findings, lenses: Lenses, standing: Standing) -> str:
    """Say whether play goes along with stability on one configuration, and if not why."""
    compared = standing.compared
    held = f"{'Holds' if compared.holds else 'Does not hold'} in the best guess"
    if compared.agree:
        agree = "the two agree" if compared.holds else "play hardly stays either (a tenth of its time at most)"
        return f"{held}: {agree}."
    if not standing.reached:
        return f"{held}. Play never gets there: no legal moves lead there from the start."
    if compared.cause is None and compared.holds and standing.begun >= 0.5:
        stays = f"Begun there, play stays ({percent(standing.begun)} of its time)"
        return f"{held}. {stays}; from the start it goes elsewhere."
    said = f"{held}. {_cause(findings, lenses, compared)}"
    if compared.cause is None and compared.holds and "nash" not in standing.best_guess:
        said += " It holds only because others would answer: without answers somebody had a better move."
    return said


def _cause(findings: Findings, lenses: Lenses, compared: Comparison, where: str = "") -> str:
    cause, changed = compared.cause, compared.changed
    if cause is not None:
        part = "most" if compared.closes > 0.5 else "part"
        without = sentence_case(_without(findings, lenses, compared, cause))
        return f"{without}{where}: {_REASON[cause]} makes {part} of the difference."
    known = [_REASON[each] for each, share in changed.items() if finite(share) is not None]
    unknown = [_REASON[each] for each, share in changed.items() if finite(share) is None]
    said = f"Not explained by {listed(known)} alone." if known else "Not explained."
    if unknown:
        said += f" Without {listed(unknown)} nothing can be said: play then turns on what is assumed at its last date."
    return said


def _without(findings: Findings, lenses: Lenses, compared: Comparison, cause: Cause) -> str:
    return f"{changed_words(findings, lenses)[cause]} {percent(compared.changed[cause])}"


def nearly_lines(findings: Findings, lenses: Lenses) -> list[str]:
    """Say, player by player, what it alone would leave in at least half of the worlds."""
    lines = []
    for each in lenses.nearly:
        who = sentence_case(findings.names.get(each.player, each.player))
        like = configuration_words(findings, unlike(each.label, lenses.start))
        lines.append(
            f"{who} alone would leave {count(each.count, 'configuration')} in at least half of the worlds; in "
            f"{percent(each.share)} of the stated worlds number {each.number}: {like}."
        )
    return lines


def holds_lines(findings: Findings, lenses: Lenses) -> list[str]:
    """Say in few lines what holds, whether play goes there, and where to read why."""
    told = [" ".join(summary(findings, lenses))]
    if lenses.standings:
        first = lenses.standings[0]
        compared, like = first.compared, configuration_words(findings, unlike(first.label, lenses.start))
        spends = f"Play spends {percent(compared.play)} of its time there"
        if compared.cause is None:
            spends += f". {reason(findings, lenses, first)}"
        else:
            spends += f", {_without(findings, lenses, compared, compared.cause)}."
        share = percent(first.shares.get(lenses.concept))
        most = f"Number {first.number} holds most, under {lenses.concept} in {share} of the stated worlds"
        told.append(f"{most}: {like}. {spends}")
    return [*told, f"Why it holds: {stability_command(findings, lenses)}"]


def stability_command(findings: Findings, lenses: Lenses) -> str:
    """Return the command that says why a configuration holds, by the example of the first."""
    number = lenses.standings[0].number if lenses.standings else "start"
    return f"offramp stability {findings.case} --why {number}"
