"""What numbers are known by: all that they depend on, and nothing that they do not."""

from __future__ import annotations

import numpy as np
import pytest

from offramp.casefile import parse_case
from offramp.ensemble import Job, Keys, play_digest, run_jobs
from offramp.expressions import Constant
from offramp.model.variants import Variant
from offramp.worlds import axes_of, draw, redraw

TEXT = """\
offramp: 1
name: small
title: Small
about: A case.
time: {unit: month, horizon: 3, foresight: 4}
sources: {paper: {title: A paper}}
unknowns:
  gain: {range: [-1, 1], origin: guess, mechanism: [hope]}
  twice: {is: 2 * gain}
settings: {offer: {levels: [none, some], name: The offer}}
players:
  us: {options: {push: {}}, wants: [{id: win, that: us.push, worth: twice, source: paper, quote: we win}]}
  them: {name: They, options: {bow: {}}, wants: [{that: "them.bow and not us.push", worth: 0.7}]}
conditions: {dread: {levels: [low, high], rises: 0.2}}
outcomes:
  pushed: {name: Pushed, of: us.push, measure: average}
  bowed: {of: them.bow, measure: average}
strategies:
  free: {}
  hold: {player: us, does: [{otherwise: {push: no}}]}
  maybe: {player: us, does: [{when: them.bow, chance: [0.1, 0.6], set: {push: yes}}]}
views: {hopeful: {gain: [0, 1]}}
claims:
  pays: {says: It pays., test: "bowed[hold] > bowed[free]"}
"""
FREE, HOLD, MAYBE = Variant("free"), Variant("hold"), Variant("maybe")
BOTH = ("pushed", "bowed")


def key(text=TEXT, job=None, worlds=4, seed=3, view=None, keep=None) -> tuple[str, str]:
    case = parse_case(text).case
    sample = draw(case, worlds, seed, view=case.views[view] if view else None)
    if keep is not None:
        sample = redraw(sample, axes_of(sample, keep))
    return play_digest(case), Keys(case).of(job or Job(FREE, "main", BOTH), sample)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Small", "title: Other"),
        ("about: A case.\n", ""),
        ("A paper", "Another paper"),
        ("we win", "we gain"),
        ("origin: guess", "origin: literature"),
        ("origin: guess", "origin: guess, effort: 3"),
        ("name: They, ", "name: Them, "),
        ("The offer", "An offer"),
        ("name: Pushed, ", "better: low, "),
        ("bowed[hold] > bowed[free]", "bowed[hold] < bowed[free]"),
        ("claims:\n", 'claims:\n  more: {says: More., test: "mean(bowed[free]) > 0"}\n'),
        ("views: {", "views: {other: {gain: [0.5, 1]}, "),
        ("{otherwise: {push: no}}", "{otherwise: {push: yes}}"),
        ("chance: [0.1, 0.6]", "chance: [0.1, 0.7]"),
        ("  hold: {", "  more: {player: us, does: [{set: {push: yes}}]}\n  hold: {"),
        ("outcomes:\n", "outcomes:\n  more: {of: us.push, measure: final}\n"),
        ("claims:\n", "levers: {table: {by: us, sets: offer}}\nclaims:\n"),
    ],
)
def test_what_a_number_does_not_depend_on(old, new) -> None:
    assert old in TEXT
    assert key(TEXT.replace(old, new)) == key()
    assert key(worlds=9) == key()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("horizon: 3", "horizon: 3.5"),
        ("range: [-1, 1]", "range: [-1, 1.5]"),
        ("2 * gain", "3 * gain"),
        ("worth: 0.7", "worth: 0.8"),
        ("them.bow and not us.push", "them.bow or not us.push"),
        ("rises: 0.2", "rises: 0.3"),
        ("levels: [low, high]", "levels: [low, middle, high]"),
        ("us: {options", "us: {pace: 2, options"),
        ("unknowns:\n", "unknowns:\n  more: {range: [0, 1]}\n"),
        ("  hold: {", "  more: {player: us, does: [{chance: [0, 1], set: {push: yes}}]}\n  hold: {"),
        ("of: us.push, measure: average", "of: us.push, measure: final"),
        ("of: us.push, measure: average", "of: us.push, measure: average, from: 1"),
        ("free: {}", "free: {settings: {offer: some}}"),
    ],
)
def test_what_a_number_depends_on(old, new) -> None:
    assert old in TEXT
    assert key(TEXT.replace(old, new)) != key()


def test_a_job_rests_on_its_own_strategies() -> None:
    edited = TEXT.replace("{otherwise: {push: no}}", "{otherwise: {push: yes}}")
    for variant in (HOLD, Variant("free", also=(("us", "hold"),))):
        assert key(edited, Job(variant, "main", BOTH)) != key(TEXT, Job(variant, "main", BOTH))
    edited = TEXT.replace("chance: [0.1, 0.6]", "chance: [0.1, 0.7]")
    assert key(edited, Job(MAYBE, "main", BOTH)) != key(TEXT, Job(MAYBE, "main", BOTH))
    assert key(edited, Job(HOLD, "main", BOTH)) == key(TEXT, Job(HOLD, "main", BOTH))


def test_an_unknown_of_another_strategy_that_is_used_elsewhere_matters() -> None:
    name = "strategies.maybe.does.0.chance"
    for old, new in (("2 * gain", f"2 * {name}"), ("worth: 0.7", f"worth: {name}")):
        text = TEXT.replace(old, new)
        assert key(text.replace("[0.1, 0.6]", "[0.1, 0.7]")) != key(text)
    job = Job(Variant("free", numbers=(("gain", parse(name)),)), "main", BOTH)
    assert key(TEXT.replace("[0.1, 0.6]", "[0.1, 0.7]"), job) != key(TEXT, job)


def parse(text):
    from offramp.expressions import parse

    return parse(text)


def test_a_key_tells_jobs_and_draws_apart() -> None:
    jobs = [
        Job(FREE, "main", BOTH),
        Job(HOLD, "main", BOTH),
        Job(FREE, "few", BOTH),
        Job(FREE, "main", BOTH[::-1]),
        Job(FREE, "main", BOTH[:1]),
        Job(FREE, "main", BOTH, "myopic"),
        Job(Variant("free", delay=1.0), "main", BOTH),
        Job(Variant("free", delay=1.0 + 1e-12), "main", BOTH),
        Job(Variant("free", numbers=(("gain", Constant(0.1)),)), "main", BOTH),
        Job(Variant("free", levels=(("offer", 1),)), "main", BOTH),
        Job(Variant("free", without=("hope",)), "main", BOTH),
        Job(Variant("free", also=(("us", "hold"),)), "main", BOTH),
    ]
    keys = [key(job=job) for job in jobs]
    keys += [key(view="hopeful"), key(keep=[]), key(seed=4)]
    assert len({play for play, _ in keys}) == 1
    assert len(set(keys)) == len(keys)
    assert key(job=Job(FREE, "main", BOTH, most=3)) == keys[0]
    assert key(TEXT.replace("gain: [0, 1]", "gain: [0, 0.9]"), view="hopeful") != key(view="hopeful")
    for job, same in ((Job(FREE, "main", BOTH), True), (Job(MAYBE, "main", BOTH), False)):
        assert (key(job=job, keep=["gain"]) == key(job=job)) is same, "the chance alone is drawn anew"


def test_jobs_of_one_key_have_the_same_bits() -> None:
    """Of a case edited in all that does not matter, beside other strategies and more worlds."""
    edits = (("title: Small", "title: Other"), ("chance: [0.1, 0.6]", "chance: [0.1, 0.7]"),
             ("{otherwise: {push: no}}", "{otherwise: {push: yes}}"),
             ("outcomes:\n", "outcomes:\n  more: {of: us.push, measure: final}\n"))  # fmt: skip
    text = TEXT
    for edit in edits:
        text = text.replace(*edit)
    case, other = parse_case(TEXT).case, parse_case(text).case
    job = Job(FREE, "main", BOTH)
    one = run_jobs(case, [job], {"main": draw(case, 5, 3)})
    two = run_jobs(other, [Job(HOLD, "main", ("more",)), job], {"main": draw(other, 9, 3)})
    for name in BOTH:
        np.testing.assert_array_equal(one.column(FREE, name), two.column(FREE, name)[:6])
