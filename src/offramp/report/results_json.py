"""results.json: everything a run found, without anything that differs between two runs of the same case and seed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from offramp.findings.results import Findings
from offramp.findings.sentences.weight_values import Weight
from offramp.report.schemas import read_schema

__all__ = ["SCHEMA", "plain_data", "results_schema", "to_json"]

SCHEMA = 1
"""Version of the layout of results.json; a field may be added without a new one."""


def to_json(findings: Findings) -> dict[str, Any]:
    """
    Turn findings into the content of results.json.

    Parameters
    ----------
    findings
        What a run found.

    Returns
    -------
    dict
        Plain lists, mappings and numbers; what is not a number is None. Keys come in the order of the case. How long
        the run took is left out, so that the same case and seed give the same text on any number of workers. The
        layout is described by `results_schema`.
    """
    f = findings
    outcomes = {
        s: {o: f.outcomes_by[s][o] for o in _ordered(f.outcomes_by[s], f.outcomes)}
        for s in _ordered(f.outcomes_by, f.strategies)
    }
    numerics = {key: value for key, value in plain_data(f.numerics).items() if key != "seconds"}
    content = {
        "schema": SCHEMA,
        "offramp": f.version,
        "case": f.case,
        "title": f.title,
        "about": f.about,
        "digest": f.digest,
        "seed": f.seed,
        "worlds": f.worlds,
        "done": f.done,
        "time": {"unit": f.unit, "horizon": f.horizon, "foresight": f.foresight},
        "strategies": dict(f.strategies),
        "outcome_info": f.outcomes,
        "outcomes": outcomes,
        "verdicts": f.verdicts,
        "assumptions": {a.claim: {"says": a.says, "quote": a.quote, "source": a.source} for a in f.assumptions},
        "baselines": f.baselines,
        "views": f.views,
        "paths": f.paths,
        "maps": f.maps,
        "stories": f.stories,
        "origins": f.origins,
        "sources": f.sources,
        "names": f.names,
        "numerics": numerics,
        "focal": f.focal,
        "sentences": f.sentences,
        "left_out": f.left_out,
        "elsewhere": f.elsewhere,
        "tensions": f.tensions,
        "advice": f.advice,
        "drivers": f.drivers,
        "guesses": f.guesses,
        "weights": [_weighed(weight) for weight in f.weights],
        "lenses": f.lenses,
        "no_lenses": f.no_lenses or None,
        "robust": f.robust,
        "flips": f.flips,
        "failing": f.failing,
        "blind": f.blind,
        "failed": sorted(f.failed, key=lambda w: (list(f.strategies).index(w.strategy) if w.strategy in f.strategies
                                                  else len(f.strategies), w.world)),
    }  # fmt: skip
    plain: dict[str, Any] = plain_data(content)
    return plain


def results_schema() -> dict[str, Any]:
    """Return the JSON Schema of results.json."""
    return read_schema("results")


def _weighed(weight: Weight) -> dict[str, Any]:
    """Tell a weight by the outcome that it moves most; a trace tells all of them."""
    largest = weight.largest
    assert largest is not None
    return {
        "mechanism": weight.mechanism,
        "says": weight.says,
        "quote": weight.quote,
        "source": weight.source,
        "passage": weight.passage,
        "weight": weight.weight,
        "low": weight.low,
        "high": weight.high,
        "outcome": largest.outcome,
        "effect": largest.effect,
        "effect_low": largest.low,
        "effect_high": largest.high,
        "worlds": weight.worlds,
        "same_as": weight.same_as,
        "note": weight.note,
    }


def _ordered(keys: Iterable[str], order: Iterable[str]) -> list[str]:
    there = set(keys)
    known = [key for key in order if key in there]
    return known + sorted(there.difference(known))


def plain_data(value: Any) -> Any:
    """Turn values into plain lists, mappings and numbers; what is not finite becomes None."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain_data(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain_data(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_data(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return value.item()
