"""``offramp check CASE``"""

from __future__ import annotations

import sys

import click

from offramp.cli.arguments import case_argument, json_option, show_json


@click.command("check")
@case_argument
@json_option
def command(case: str, as_json: bool) -> None:
    """Name every mistake of a case file as FILE:LINE:COL, with what to write instead."""
    from offramp.casefile import read_case
    from offramp.errors import CaseErrors
    from offramp.findings.check import check_case

    try:
        file = read_case(case)
        try:
            checked = check_case(file.case)
        except CaseErrors as e:
            raise file.locate(e.faults) from None
    except CaseErrors as e:
        if not as_json:
            raise
        show_json({"ok": False, "faults": [_as_json(fault) for fault in e.faults]})
        sys.exit(e.exit_code)
    if as_json:
        show_json({"ok": True, "case": file.case.name, "digest": file.case.digest, "states": checked.states,
                   "without_origin": list(checked.unquoted)})  # fmt: skip
        return
    click.echo(f"{file.case.name}: no mistakes")
    width = max(map(len, checked.states))
    for strategy, states in checked.states.items():
        click.echo(f"  {strategy:<{width}}  {states:>9,} states")
    if checked.unquoted:
        said = "1 number says" if len(checked.unquoted) == 1 else f"{len(checked.unquoted)} numbers say"
        click.echo(f"\n{said} neither a source nor `origin:`; e.g.")
        for path in checked.unquoted[:5]:
            click.echo(f"  {path}")


def _as_json(fault: object) -> dict[str, object]:
    place = getattr(fault, "place", None)
    return {
        "file": place.file if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "code": getattr(fault, "code", ""),
        "message": getattr(fault, "message", ""),
        "hint": getattr(fault, "hint", ""),
    }
