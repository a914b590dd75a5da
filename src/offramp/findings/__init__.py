"""Claims -> verdicts, and everything else that a run finds.

* results.py   what a run found, as frozen values
* analyse.py   the main job, from a case to its findings
* check.py     what can be told of a case without running it
* plan.py      which variants the claims ask for
* testing.py   the test of a claim, world by world
* verdicts.py  how often it holds, and what decides it
"""

from offramp.findings.results import Findings, Verdict

__all__ = ["Findings", "Verdict"]
