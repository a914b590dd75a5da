"""The command line: one small file for each command, loaded when it is called."""

from __future__ import annotations

import errno
import importlib
import io
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from offramp.errors import OfframpError

__all__ = ["main"]

_COMMANDS = {
    "run": "Run a case: outcomes by strategy, verdicts on its claims, a report.",
    "resume": "Go on with a run that was stopped or killed.",
    "runs": "List runs.",
    "show": "Show what a run found again, without computing.",
    "check": "Name every mistake of a case file, with place and mend.",
    "cases": "List the shipped cases.",
    "new": "Write a commented starter case that runs.",
    "trace": "Tell what a sentence does, and which sentences carry an outcome.",
    "matters": "Tell what drives the outcomes, and where another strategy would be preferred.",
    "reach": "Tell what it would take to reach a target, and what blocks the rest.",
    "stability": "Tell which configurations hold, and why.",
    "story": "Tell simulated courses of events.",
    "read": "Read an essay: its metadata, and its passages to quote from.",
    "convert": "Convert models of GMCR+ and KTAB into cases, and cases for other programs.",
    "schema": "Print the JSON Schema of case files, of results, or of what a command prints.",
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"offramp.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="offramp", message="offramp %(version)s")
def cli() -> None:
    """Turn an argument about negotiating with an adversary into an executable model, and test its claims.

    Start with: offramp run coercion
    """


def main() -> None:
    """Run the command line; faults become one message and an exit code, never a traceback."""
    if sys.stdout is None:  # closed by who called
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    out = sys.stdout
    for stream in (out, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without some character shows ? in its place
    try:
        code = _call()
        if sys.stdout is not out:  # click has met a reader who left, and put a stand-in there
            raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))
        out.flush()
    except OSError as e:
        if e.filename is not None:
            raise
        _drop_output(out)
        if e.errno == errno.EPIPE:
            sys.exit(0)
        with suppress(OSError):
            click.echo(f"offramp: cannot write the output: {e.strerror or e}", err=True)
        sys.exit(2)
    sys.exit(code)


def _call() -> int | str | None:
    from offramp.errors import OfframpError

    try:
        return cli(prog_name="offramp", standalone_mode=False) or 0
    except SystemExit as e:
        return e.code
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return 4
    except click.ClickException as e:
        from offramp.cli.visible import visible_lines

        told = io.StringIO()
        e.show(told)
        click.echo(visible_lines(told.getvalue()), nl=False, err=True)
        return e.exit_code
    except OfframpError as e:
        _show(e)
        return e.exit_code


def _drop_output(out: TextIO) -> None:
    """Let what could not be written go, else Python tries again when it ends, and says so."""
    sys.stdout = out
    with suppress(OSError, ValueError), open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), out.fileno())


def _show(error: OfframpError) -> None:
    from offramp.cli.visible import visible_fault

    faults = getattr(error, "faults", None)
    for fault in faults if faults else (error,):
        click.echo(f"{'' if faults else 'offramp: '}{visible_fault(fault)}", err=True)
    if faults and len(faults) > 1:
        click.echo(f"{len(faults)} mistakes", err=True)
