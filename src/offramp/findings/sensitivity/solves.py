"""Outcomes of strategies over samples of worlds, asked for in steps that share one count of what is still to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from offramp.ensemble import Job, Progress, run_jobs
from offramp.model import Case
from offramp.model.variants import Variant
from offramp.shapes import Floats
from offramp.worlds import Worlds

__all__ = ["Solves"]


class Solves:
    """What is solved for one question, and how much of it is done.

    Parameters
    ----------
    expected
        Solves reckoned with in all, for the progress shown.
    """

    def __init__(
        self, case: Case, outcomes: Sequence[str], expected: int, workers: int | None, progress: Progress | None
    ) -> None:
        self.case, self.outcomes, self.expected = case, tuple(outcomes), expected
        self.done = 0
        self.failure: str | None = None
        """What went wrong in the first world that could not be computed."""
        self.interrupted = False
        self._workers, self._progress = workers, progress

    def over(self, samples: Mapping[str, tuple[str, Worlds]]) -> dict[str, dict[str, Floats]]:
        """Solve strategies over samples.

        Parameters
        ----------
        samples
            Name -> strategy and worlds.

        Returns
        -------
        dict
            Name -> outcome -> its value by world, the best guess first; NaN where a world failed, and as many worlds
            for each as were done for all where the reader stopped it.
        """
        before, todo = self.done, sum(worlds.count + 1 for _, worlds in samples.values())

        def shown(done: int, _: int) -> None:
            self.done = before + done
            if self._progress:
                self._progress(self.done, max(self.expected, before + todo))

        jobs = {name: Job(Variant(strategy), name, self.outcomes) for name, (strategy, _) in samples.items()}
        table = run_jobs(
            self.case,
            list(jobs.values()),
            {name: worlds for name, (_, worlds) in samples.items()},
            workers=self._workers,
            progress=shown,
        )
        self.interrupted = self.interrupted or table.interrupted
        if table.failures and self.failure is None:
            self.failure = table.failures[0].message
        return {
            name: {o: np.asarray(table.column(job.variant, o, name)) for o in self.outcomes}
            for name, job in jobs.items()
        }
