"""``offramp reach CASE TARGET``"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from offramp.cli.arguments import Finite, case_argument, json_option, seed_option, show_json, workers_option

if TYPE_CHECKING:
    from offramp.findings.reach.values import Reach
    from offramp.model import Case

_QUESTION = {"by", "concept", "most", "held", "least", "share", "view", "worlds", "solves", "seed"}
"""What belongs to a question; the rest says how the answer is shown."""


@click.command("reach")
@case_argument
@click.argument("target", required=False)
@click.option("--by", "by", metavar="PLAYER", multiple=True,
              help="Whose levers move it; repeat it, or say `all`, for a mediator's question. Default: whom the target "
                   "names.")  # fmt: skip
@click.option("--concept", type=click.Choice(["nash", "gmr", "smr", "seq", "sseq"]), default="seq", show_default=True,
              help="How far players look when it is judged what would last.")  # fmt: skip
@click.option("--budget", "most", type=Finite(min=0), metavar="PRICE", default=None,
              help="Leave out packages that cost more, by the middle of their price.")  # fmt: skip
@click.option("--hold", "held", metavar="LEVER[=LEVEL]", multiple=True,
              help="Keep a lever where it is now, or at a level; may be repeated.")  # fmt: skip
@click.option("--level", "least", type=Finite(), default=None,
              help="What the outcome has to come to in a world. Default: the target's own, else 0.5.")  # fmt: skip
@click.option("--in", "share", type=Finite(0, 1, min_open=True), default=None,
              help="In which share of the worlds. Default: the target's own, else 0.5.")  # fmt: skip
@click.option("--view", metavar="ID", default=None, help="Draw the worlds from a view of the case.")
@click.option("--worlds", type=click.IntRange(8, 100_000), default=128, show_default=True,
              help="Draws of the unknowns, the best guess apart.")  # fmt: skip
@click.option("--solves", type=click.IntRange(1, 10_000_000), default=5000, show_default=True,
              help="How many packages times worlds may be solved.")  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="Print all packages, levers and prices.")
@click.option("--page", type=click.Path(path_type=Path), metavar="FILE", default=None,
              help="Also write the answer as one page with pictures, e.g. answer.html.")  # fmt: skip
@seed_option
@workers_option
@json_option
def command(
    case: str,
    target: str | None,
    by: tuple[str, ...],
    concept: str,
    most: float | None,
    held: tuple[str, ...],
    least: float | None,
    share: float | None,
    view: str | None,
    worlds: int,
    solves: int,
    everything: bool,
    page: Path | None,
    seed: int,
    workers: int | None,
    as_json: bool,
) -> None:
    """Tell what it would take to reach TARGET.

    TARGET is a target of the case, one of its yes-or-no outcomes, or a condition such as "us.pressure == none". All
    packages of levers are searched for the smallest that reach it, and it is told what they cost, in which share of the
    stated worlds they work, what blocks the rest and what only others can change. Ctrl-C shows what was found.
    """
    from offramp.cli.pages import refuse_page, write_page
    from offramp.cli.progress import progress
    from offramp.cli.reading import read_case
    from offramp.cli.stopping import stoppable
    from offramp.errors import CaseErrors, UsageError
    from offramp.findings.check import check_case
    from offramp.findings.reach.reach import reach
    from offramp.inverse.asking import target_of

    file = read_case(case)
    if target is None:
        known = ", ".join(file.case.targets)
        hint = f"name one of its targets: {known}" if known else 'write a condition, such as "us.pressure == none"'
        raise UsageError("say what is wanted: offramp reach CASE TARGET", code="no-target", hint=hint)
    if page is not None:
        refuse_page(page)
    try:
        check_case(file.case)
        wanted = target_of(file.case, target, least=least, share=share)
        with progress(f"{file.case.name}: {wanted.name}") as advance, stoppable(kept=""):
            found = reach(
                file.case,
                wanted,
                by=_by(file.case, by),
                concept=concept,
                held=_held(held),
                most=most,
                view=view,
                worlds=worlds,
                solves=solves,
                seed=seed,
                workers=workers,
                watch=lambda doing, done, total, leading: advance(
                    done, total, f"leading: {leading}" if leading else doing
                ),
            )
    except CaseErrors as e:
        raise file.locate(e.faults) from None
    asked = _asked(click.get_current_context())
    try:
        _show(found, as_json, everything, asked)
    finally:  # also where the reader of the answer has left
        if page is not None:
            write_page(page, found, asked)
    if found.search.interrupted:
        click.echo(f"Stopped early, after {found.search.solves} solves.", err=True)
        sys.exit(4)


def _by(case: Case, by: tuple[str, ...]) -> tuple[str, ...]:
    from offramp.inverse.packages import movers_of

    return movers_of(case) if "all" in by and "all" not in case.players else by


def _held(texts: tuple[str, ...]) -> dict[str, str | None]:
    from offramp.errors import UsageError

    found: dict[str, str | None] = {}
    for text in texts:
        name, at, level = (part.strip() for part in text.partition("="))
        if not name or (at and not level):
            raise UsageError(f"`--hold {text}` names no {'level' if name else 'lever'}", code="no-lever",
                             hint="write --hold LEVER, or --hold LEVER=LEVEL")  # fmt: skip
        if found.setdefault(name, level or None) != (level or None):
            raise UsageError(f"`{name}` is held twice, at different levels", code="no-lever",
                             hint="keep one of them")  # fmt: skip
    return found


def _asked(context: click.Context) -> str:
    """Write the question as a command again, without what says only how it is told."""
    words = ["offramp", "reach", context.params["case"], context.params["target"]]
    for option in context.command.params:
        name, value = option.name or "", context.params.get(option.name or "")
        given = context.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if given and name in _QUESTION:
            each = value if isinstance(value, tuple) else (value,)
            words += [word for part in each for word in (option.opts[0], str(part))]
    return shlex.join(words)


def _show(found: Reach, as_json: bool, everything: bool, asked: str) -> None:
    if as_json:
        from offramp.report.reach_json import reach_to_json

        show_json(reach_to_json(found))
    else:
        from offramp.report.reach_text import print_reach

        print_reach(found, everything=everything, asked=asked)
