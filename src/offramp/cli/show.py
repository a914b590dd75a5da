"""``offramp show DIR``"""

from __future__ import annotations

from pathlib import Path

import click

from offramp.cli.arguments import json_option
from offramp.cli.visible import say


@click.command("show")
@click.argument("folder", type=click.Path(path_type=Path))
@json_option
def command(folder: Path, as_json: bool) -> None:
    """Show what a run found again, without computing anything; report.html and results.json are written anew.

    FOLDER is what the run wrote, such as NAME.offramp.
    """
    from offramp.cli.carried_out import how_far, show_findings
    from offramp.cli.folder import write_results
    from offramp.errors import StoppedError, UsageError
    from offramp.runs import at_work, load_findings

    findings = load_findings(folder)
    show_findings(findings, as_json=as_json)
    click.echo(err=True)
    try:
        with at_work(folder):
            say(f"Report: {write_results(folder, findings)}", err=True)
    except (StoppedError, UsageError) as e:
        say(f"The report was not written anew: {e.message}.", err=True)
    if findings.interrupted:
        say(how_far(folder, findings), err=True)
