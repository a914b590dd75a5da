"""What it would take, as one self-contained page: the sentences of the terminal, with pictures and whole tables."""

from __future__ import annotations

from collections.abc import Iterable

from offramp.findings.reach.values import Reach
from offramp.report.figures import Drawing, details, rest
from offramp.report.markup import Child, Html, join, tag
from offramp.report.part_verdicts import KIND
from offramp.report.reach_claim_words import claim_line, claim_lines, claims_note
from offramp.report.reach_lasting_words import ending_lines, held_lines, wants_lines
from offramp.report.reach_panels import Named, levers, minded, packages, theirs
from offramp.report.reach_unknown_words import assumed_lines, blocked_lines
from offramp.report.reach_words import (
    HEADINGS,
    Telling,
    about_line,
    answer_lines,
    asked_line,
    beneath_line,
    best_lines,
    failed_line,
    heading_line,
    next_question,
    searched_line,
)
from offramp.report.shell import contents, licences, whole_page
from offramp.report.words import count, sentence_case

__all__ = ["MADE_BY", "render_reach"]

MADE_BY = "offramp reach"
"""What such a page says it was written by."""
_FEW = 4
"""Endings shown before the others unfold."""
_CONTENTS = (
    ("packages", "Packages"), ("best", "The best"), ("levers", "Levers"), ("assumed", "The view"),
    ("claims", "Claims"), ("way", "In the way"),
    ("theirs", "Others"), ("lasts", "Would it last"), ("agreed", "Agreement"), ("next", "Ask next"),
    ("how", "How computed"),
)  # fmt: skip


def render_reach(reach: Reach, asked: str | None = None) -> str:
    """
    Write what it would take.

    Parameters
    ----------
    reach
        What was found.
    asked
        The command that asked, for those that it suggests.

    Returns
    -------
    str
        A whole HTML page. The same findings give the same page, byte for byte.
    """
    telling, drawing = Telling(reach, asked), Drawing()
    named = Named(telling)
    body = join(
        [
            packages(named, drawing),
            tag(
                "section",
                _heading("best"),
                *_lines(best_lines(telling)),
                minded(named, drawing),
            ),
            levers(telling),
            _part("assumed", _lines(assumed_lines(telling))),
            _part("claims", _claims(telling)),
            _part("way", _lines(blocked_lines(telling))),
            theirs(telling),
            _part("lasts", _lines([*held_lines(telling), *wants_lines(telling)])),
            _part("agreed", _endings(telling)),
            _part("next", [_command(line) for line in next_question(telling)]),
            _how(telling),
        ]
    )
    page = join([_headline(telling), _warnings(reach), contents(body, _CONTENTS), body])
    return whole_page(heading_line(telling), page, drawing, MADE_BY)


def _headline(telling: Telling) -> Html:
    return tag(
        "header",
        tag("p", "offramp reach", class_="kicker"),
        tag("h1", heading_line(telling)),
        tag("p", about_line(telling), class_="about"),
        tag("p", " ".join(answer_lines(telling)), class_="answer"),
        tag("p", asked_line(telling), class_="about facts-line"),
    )


def _warnings(reach: Reach) -> Html | None:
    said = [failed_line(reach)] if reach.search.failed else []
    if reach.search.interrupted or not reach.search.finished:
        said.append(searched_line(reach) + ".")
    if not said:
        return None
    return tag("div", tag("ul", *(tag("li", line) for line in said)), class_="warning", role="note")


def _heading(key: str) -> Html:
    return tag("h2", sentence_case(HEADINGS[key]), id=key)


def _part(key: str, body: Iterable[Child]) -> Html | None:
    held = list(body)
    return tag("section", _heading(key), *held) if held else None


def _lines(lines: Iterable[str]) -> list[Html]:
    return [tag("p", line, class_="says") for line in lines]


def _command(line: str) -> Html:
    """Write a question, and the command that asks it as one."""
    asked, found, command = line.rpartition("? offramp ")
    if not found:
        return tag("p", line, class_="says")
    words = f"offramp {command}".split()
    said = (tag("span", word, class_="nowrap") if word == "--hold" else word for word in words)  # kept in one piece
    return tag("p", f"{asked}? ", tag("code", join(said, " ")), class_="says")


def _claims(telling: Telling) -> list[Child]:
    items = []
    for judged in telling.reach.claims:
        says, *behind = claim_lines(telling, judged)
        word = KIND["cannot be tested here" if judged.verdict == "cannot be told" else judged.verdict]
        items.append(
            tag(
                "li",
                tag("p", tag("span", judged.verdict, class_=f"chip {word}"), " ", says, class_="says"),
                tag("p", claim_line(judged), class_="flip"),
                details("How it was judged", *(tag("p", line, class_="source") for line in behind)),
            )
        )
    if not items:
        return []
    note = claims_note(telling)
    return [tag("p", note, class_="how") if note else None, tag("ul", *items, class_="plain endings")]


def _endings(telling: Telling) -> list[Child]:
    held = telling.reach.held.get("best")
    if held is None or not telling.several:
        return []
    items = [
        tag("li", tag("strong", lines[0]), *(tag("p", line, class_="flip") for line in lines[1:]))
        for lines in ending_lines(telling, held, len(held.endings))
    ]
    shown: list[Child] = [tag("ul", *items[:_FEW], class_="plain endings")]
    if more := items[_FEW:]:
        shown.append(rest(count(len(more), "more ending"), tag("ul", *more, class_="plain endings")))
    return shown


def _how(telling: Telling) -> Html:
    reach, goal, search = telling.reach, telling.goal, telling.reach.search
    facts = [
        ("Asked by", telling.asked),
        ("Case", reach.case),
        ("Target", f"{goal.id}: {goal.text}" if goal.id != goal.text else goal.text),
        ("Measured by", goal.outcome),
        ("Moved by", telling.movers),
        ("Beneath the levers", telling.name(goal.strategy)),
        ("View", telling.reach.assumed.view if telling.reach.assumed else goal.view or "none: as the case states them"),
        ("Left out", reach.narrowed or "no package"),
        ("Judged to last by", goal.concept),
        ("Packages", f"{search.packages:,}"),
        ("Worlds", f"{search.worlds:,}, and the best guess"),
        ("Solves", f"{search.solves:,} of {search.within * search.worlds:,}; at most {search.budget:,}"),
        ("Seed", str(reach.seed)),
        ("offramp", reach.version),
    ]
    return tag(
        "section",
        tag("h2", "How it was computed", id="how"),
        tag("p", f"{searched_line(reach)}. {beneath_line(telling)}", class_="how"),
        tag("dl", *(tag("div", tag("dt", name), tag("dd", value)) for name, value in facts), class_="facts"),
        licences(),
    )
