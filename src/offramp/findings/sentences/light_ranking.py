"""What the sentences of a case carry, for a run: the light ranking, in few worlds."""

from __future__ import annotations

from offramp.ensemble import Progress
from offramp.errors import WorldError
from offramp.findings.sentences.carriers import sentences_of
from offramp.findings.sentences.weighing import bench_for, weigh
from offramp.findings.sentences.weight_values import Weight
from offramp.model import Case
from offramp.model.variants import Variant
from offramp.worlds import Worlds

__all__ = ["Carrying"]


class Carrying:
    """Each sentence switched off in turn under one strategy, over the first worlds of a sample.

    Parameters
    ----------
    strategy
        Empty where there is none: then nothing is weighed.
    most
        How many worlds, the best guess apart.
    """

    def __init__(
        self,
        case: Case,
        strategy: str,
        worlds: Worlds,
        most: int,
        *,
        workers: int | None = None,
        progress: Progress | None = None,
    ) -> None:
        self._strategy, self._most = strategy, min(most, worlds.count)
        self._progress, self._before = progress, 0
        self._ids = [m.id for m in sentences_of(case).values() if m.left_out is None] if strategy else []
        self._main = tuple(id_ for id_, outcome in case.outcomes.items() if outcome.main)
        self._bench = bench_for(case, worlds, (), workers=workers, progress=self._after if progress else None)
        keys = self._bench.want(Variant(strategy), self._main, off=self._ids) if self._ids and self._main else []
        self._later = len(set(keys)) * (self._most + 1)

    def before(self, done: int, total: int) -> None:
        """Show the progress of what comes before, with what is still to come here."""
        self._before = total
        if self._progress is not None:
            self._progress(done, total + self._later)

    def _after(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress(self._before + done, self._before + total)

    def weights(self) -> tuple[Weight, ...]:
        """Weigh the sentences, the heaviest first; those of which no world could be computed are left out.

        Raises
        ------
        KeyboardInterrupt
            If the reader stopped it: fewer worlds for some than for others would be no ranking.
        """
        if not self._later:
            return ()
        try:
            found = weigh(self._bench, self._ids, (self._strategy,), self._main, most=self._most)
        except WorldError:
            return ()
        if self._bench.interrupted:
            raise KeyboardInterrupt
        return tuple(weight for weight in found if weight.worlds)
