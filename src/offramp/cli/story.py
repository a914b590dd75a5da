"""``offramp story CASE``"""

from __future__ import annotations

from dataclasses import asdict

import click

from offramp.cli.arguments import case_argument, json_option, seed_option, show_json
from offramp.cli.visible import say, visible_text


@click.command("story")
@case_argument
@click.option("--strategy", "strategies", multiple=True, metavar="ID", help="Only this strategy; may be repeated.")
@click.option("--count", type=click.IntRange(1, 1000), default=1, show_default=True, help="Stories of each strategy.")
@click.option("--world", type=click.IntRange(0, 1_000_000), default=0, show_default=True,
              help="In which world of the seed; 0 is the best guess.")  # fmt: skip
@seed_option
@json_option
def command(case: str, strategies: tuple[str, ...], count: int, world: int, seed: int, as_json: bool) -> None:
    """Tell simulated courses of events, drawn from a seed: who moved when, and what drifted."""
    from offramp.cli.reading import read_case
    from offramp.errors import CaseErrors, UsageError
    from offramp.findings.outcomes.courses import tell
    from offramp.worlds import draw

    file = read_case(case)
    loaded = file.case
    for id_ in strategies:
        if id_ not in loaded.strategies:
            raise UsageError(f"there is no strategy `{id_}`", code="no-strategy",
                             hint="choose among " + ", ".join(loaded.strategies))  # fmt: skip
    worlds = draw(loaded, world, seed)
    try:
        told = {
            id_: tell(loaded, id_, worlds, [seed + n for n in range(count)], world)
            for id_ in strategies or loaded.strategies
        }
    except CaseErrors as e:
        raise file.locate(e.faults) from None
    if as_json:
        show_json({id_: [asdict(story) for story in stories] for id_, stories in told.items()})
        return
    for id_, stories in told.items():
        for story in stories:
            click.secho(visible_text(f"{loaded.strategies[id_].name} (seed {story.seed})"), bold=True)
            for event in story.events:
                say(f"  {loaded.time.unit} {event.time:5.1f}  {event.text.replace(' -> ', ' → ')}")
            say(f"  at the end    {story.ends}")
            click.echo()
