"""The coercion threshold of section 3.2: the target concedes where its cost is below P (q - p)."""

from __future__ import annotations

import pytest
from scipy.optimize import brentq

from offramp.casefile import parse_case
from offramp.ensemble import Job, outcomes_of, prepare
from offramp.model.variants import Variant
from offramp.worlds import draw

CASE = """\
offramp: 1
time: {{unit: month, horizon: 24, foresight: {foresight}}}
unknowns:
  cost: [0, 3]
players:
  sender:
    pace: {sender}
    options: {{punish: {{}}}}
  target:
    pace: {target}
    lam: {lam}
    discount: 0
    options: {{concede: {{}}}}
    wants:
      - {{id: cost, that: target.concede, worth: "- cost"}}
      - {{id: punishment, that: sender.punish, worth: {P}}}
outcomes:
  concession: {{of: target.concede, measure: average}}
strategies:
  threat:
    player: sender
    does:
      - {{when: target.concede, chance: {p}, set: {{punish: yes}}}}
      - {{when: not target.concede, chance: {q}, set: {{punish: yes}}}}
      - {{otherwise: {{punish: no}}}}
"""


@pytest.mark.parametrize(
    ("q", "p", "P", "lam", "foresight", "sender", "target"),
    [(0.9, 0.1, 1.0, 30, 48, 2, 1), (1.0, 0.0, 1.5, 30, 48, 4, 1), (0.6, 0.2, 2.0, 40, 60, 2, 2)],
)
def test_coercion_threshold_within_2_percent(q, p, P, lam, foresight, sender, target) -> None:
    text = CASE.format(q=q, p=p, P=-P, lam=lam, foresight=foresight, sender=sender, target=target)
    case = parse_case(text).case
    ready = prepare(case, Variant("threat"), draw(case, 0, 0))
    job = Job(Variant("threat"), "main", ("concession",))

    def above_half(cost):
        (share,) = outcomes_of(ready.graph, {"cost": cost}, (case.outcomes["concession"],), job, 1e-6)
        return share - 0.5

    assert above_half(0.5 * P * (q - p)) > 0.3
    assert above_half(1.5 * P * (q - p)) < -0.4
    threshold = brentq(above_half, 0.5 * P * (q - p), 1.5 * P * (q - p), xtol=1e-5)
    assert threshold == pytest.approx(P * (q - p), rel=0.02)
