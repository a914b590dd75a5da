"""What drives the outcomes of a run, in sentences: the same for page, terminal and Markdown. Plain text."""

from __future__ import annotations

from offramp.charts import percent
from offramp.charts.numbers import finite
from offramp.findings.results import Findings
from offramp.findings.sensitivity.values import Driver, Drivers, Number, Telling
from offramp.report.words import count, listed

__all__ = ["IN_PART", "driver_how", "driver_lines", "driver_words", "interval_of", "matters_command", "origin_words"]

IN_PART = "After “or in part” stand others whose draws move along, so that these worlds cannot tell them apart."
SHOWN = 3
"""Unknowns named for an outcome, at most; as many of those that move along with one."""
_ORIGIN = {"quoted": "quoted", "literature": "literature", "guess": "a guess", "default": "no origin stated"}


def matters_command(findings: Findings) -> str:
    """Return the command that tells more, for more solves."""
    return f"offramp matters {findings.case}"


def driver_how(findings: Findings, drivers: Drivers) -> str:
    """Say what the shares are."""
    strategy = findings.strategies.get(drivers.strategy, drivers.strategy)
    return (
        f"How much of an outcome's variance over the stated worlds single unknowns explain by themselves, under "
        f"“{strategy}”; in brackets 95\u00a0% intervals. Only those are named that explain more than chance does. "
        f"{IN_PART}"
    )


def driver_lines(findings: Findings, drivers: Drivers) -> list[str]:
    """Name the unknowns that each outcome hangs on, a sentence each; then the outcomes for which none stands out."""
    lines = [
        f"“{findings.outcomes[o].name}”: {'; '.join(driver_words(d) for d in told.drivers[:SHOWN])}."
        for o, told in drivers.outcomes.items()
        if told.drivers
    ]
    silent = {o: told for o, told in drivers.outcomes.items() if not told.drivers and finite(told.floor) is not None}
    if silent:
        names = listed(f"“{findings.outcomes[o].name}”" for o in silent)
        lines.append(f"No single unknown stands out for {names}: {_chance(max(silent.values(), key=_floor))}")
    return lines


def _floor(told: Telling) -> float:
    return told.floor


def _chance(told: Telling) -> str:
    return (
        f"over {count(told.worlds, 'world')} the most telling of {count(told.unknowns, 'unknown')} seems to explain up "
        f"to {percent(told.floor)} by chance."
    )


def driver_words(driver: Driver) -> str:
    """Name an unknown with what it explains, and what its draws cannot be told from."""
    shown = f"{percent(driver.share)} ({interval_of(driver.low, driver.high)})"
    named = f"{driver.unknown.label} ({origin_words(driver.unknown)})"
    if not driver.twins:
        return f"{named} {shown}"
    more = [count(len(driver.twins) - SHOWN, "other")] if len(driver.twins) > SHOWN else []
    twins = listed([*(twin.label for twin in driver.twins[:SHOWN]), *more])
    return f"{named} {shown}, or in part {twins}"


def origin_words(unknown: Number) -> str:
    """Say whose number it is and what it rests on."""
    return f"{unknown.owner}; {_ORIGIN[unknown.origin]}"


def interval_of(low: float, high: float) -> str:
    """Write the interval of a share in per cent; what lies outside 0 and 1 is noise and is not shown."""
    ends = [round(100 * min(max(end, 0.0), 1.0)) for end in (low, high)]
    return f"{ends[0]}–{ends[1]}"
