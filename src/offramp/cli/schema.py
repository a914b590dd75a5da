"""``offramp schema``"""

from __future__ import annotations

import click

from offramp.cli.arguments import show_json


@click.command("schema")
@click.argument("what", type=click.Choice(["case", "results"]), default="case")
def command(what: str) -> None:
    """Print the JSON Schema of case files (for editors), or of results.json."""
    if what == "case":
        from offramp.model.schema import case_schema

        show_json(case_schema())
    else:
        from offramp.report import results_schema

        show_json(results_schema())
