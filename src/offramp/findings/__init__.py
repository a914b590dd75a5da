"""Claims -> verdicts, and everything else that a run finds.

* results.py   what a run found, as frozen values
* analyse.py   the main job, from a case to its findings
* check.py     what can be told of a case without running it
* plan.py      which variants the claims ask for
* testing.py   the test of a claim, world by world
* verdicts.py  how often it holds, and what decides it
* robust.py    which strategy is safe, by many metrics; knowing.py: what would be worth knowing
* judged.py    the same as frozen values; levels.py: what is good enough

What holds:

* holding.py   in which share of the worlds each configuration is an equilibrium
* witnesses.py why, player by player
* ways.py      how configurations are reached, joint moves, players who look further ahead
* lenses.py    what holds beside where play goes, and why they differ
* causes.py    play without noise, without foresight, ...
* standing.py  what both say of a configuration, as frozen values

What the outcomes hang on:

* matters.py       the question and what it costs; answering.py: solving it
* driving.py       shares of variance by groups of unknowns; grouping.py, owners.py: the groups
* swinging.py      one unknown at a time; solves.py: what is solved
* breaking_even.py where another strategy would be preferred; crossings.py: the values
* telling.py       single unknowns that stand out, from the worlds at hand
* mattered.py, drivers.py the same as frozen values

From a sentence to what it does, and back:

* trace.py      the answer to one question about the sentences of a case
* weighing.py   each mechanism switched off in turn, over as many worlds as it takes
* effects.py    what a switch does to an outcome and to a verdict, over the same worlds
* bench.py      outcomes of many variants over common worlds
* touch.py      which outcomes a switch can touch at all
* sentences.py  finding a sentence by its id or by words
* became.py     the elements that a sentence became
* elements.py   elements in words
* mentions.py   the names that expressions, rules and costs mention
* carrying.py   the same ranking in few worlds, for a run
* weights.py    what a sentence moves, as frozen values
* traced.py     what a trace found, as frozen values
"""

from offramp.findings.results import Findings, Verdict

__all__ = ["Findings", "Verdict"]
