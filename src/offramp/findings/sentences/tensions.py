"""Where sources disagree: the outcomes of each tension under every view."""

from __future__ import annotations

from collections.abc import Mapping

from offramp.findings.choice.values import Advice, Best
from offramp.findings.outcomes.values import Band, ViewFindings
from offramp.findings.sentences.values import Side, TensionFindings, Under
from offramp.model import Case

__all__ = ["tensions_of"]


def tensions_of(
    case: Case,
    focal: str,
    outcomes_by: Mapping[str, Mapping[str, Band]],
    views: Mapping[str, ViewFindings],
    best: Mapping[str, Advice],
) -> dict[str, TensionFindings]:
    """Return each tension with its outcomes over all worlds and under every view.

    Parameters
    ----------
    focal
        The strategy whose means are told.
    outcomes_by, views
        The bands over all worlds and under each view.
    best
        The best strategies, where an outcome says what is better.
    """
    found = {}
    for tension in case.tensions.values():
        under: dict[str, dict[str, Under]] = {view: {} for view in views}
        everywhere: dict[str, Under] = {}
        for id_ in tension.outcomes:
            told = best.get(id_)
            if id_ in outcomes_by.get(focal, {}):
                everywhere[id_] = _under(outcomes_by[focal][id_], None if told is None else told.all)
            for view, result in views.items():
                if id_ in result.outcomes.get(focal, {}):
                    here = None if told is None else told.views.get(view)
                    under[view][id_] = _under(result.outcomes[focal][id_], here)
        sides = tuple(_side(case, id_) for id_ in tension.between)
        found[tension.id] = TensionFindings(tension.says, sides, everywhere, under, tension.claims)
    return found


def _under(band: Band, best: Best | None) -> Under:
    return Under(band.mean, band.p05, band.p95, () if best is None else (best.strategy, *best.rivals))


def _side(case: Case, id_: str) -> Side:
    if id_ in case.mechanisms:
        mechanism = case.mechanisms[id_]
        return Side(id_, "mechanism", mechanism.says, mechanism.origin.quote, mechanism.origin.source)
    claim = case.claims[id_]
    return Side(id_, "claim", claim.says, claim.origin.quote, claim.origin.source)
