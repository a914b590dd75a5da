"""Claims -> verdicts, and everything else that a run finds.

* analyse.py the main job, from a case to its findings
* jobs.py    what it computes; beside.py: what it tells beside outcomes and verdicts
* results.py what it found, as frozen values
* check.py   what can be told of a case without running it

Each kind of findings is a package; `pyproject.toml` has the order in which they may import one another:

* outcomes    how each strategy fares over the worlds, and courses of events
* claims      verdicts on the claims
* choice      which strategy is best, which is safe, and what would be worth knowing
* discovery   where claims flip and strategies fail
* sensitivity what the outcomes hang on
* equilibria  what holds beside where play goes
* sentences   from a sentence of the documents to what it does, and back
* common      what several of them need

`values.py`, and what ends in ``_values.py``, are frozen values, without any code that computes them: reports, charts
and files are written from these alone.
"""

from offramp.findings.claims.values import Verdict
from offramp.findings.results import Findings

__all__ = ["Findings", "Verdict"]
