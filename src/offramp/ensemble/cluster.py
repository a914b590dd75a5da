"""Worlds computed by the workers of a Dask cluster, on this machine or many."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any

from offramp.ensemble.run import Crew, Pool
from offramp.ensemble.work import Work, made
from offramp.errors import StoppedError, UsageError

__all__ = ["crew_of"]

_PATIENCE = 30
"""Seconds to wait for the scheduler, and then for a first worker."""
_RETRIES = 3
"""How often a unit is tried again."""


def crew_of(address: str) -> Crew:
    """Return a crew of all workers of a cluster.

    Each worker builds the case's graphs once and computes units as threads here do. A worker that dies is replaced by
    the others, one that joins is given work; the numbers are the same as long as all have the same code and processor.

    Parameters
    ----------
    address : str
        Of the scheduler, such as ``tcp://10.0.0.1:8786``.

    Raises
    ------
    UsageError
        If Dask is not installed; later, if no such cluster with workers is found.
    StoppedError
        Later, if the cluster is lost while it computes.
    """
    try:
        import distributed
    except ImportError as e:
        raise UsageError("Dask is not installed", code="no-cluster",
                         hint="install it with `pip install 'offramp[cluster]'`") from e  # fmt: skip

    from distributed.comm import CommClosedError

    lost = (CommClosedError, distributed.KilledWorker, CancelledError)

    @contextmanager
    def crew(work: Work) -> Iterator[Pool]:
        client = None
        try:
            asyncio.run(_scheduler_answers(address))
            client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
            client.wait_for_workers(1, timeout=_PATIENCE)
        except Exception as e:  # a server of another kind makes Dask fail in many ways
            if client is not None:
                client.close()
            why = str(e) or ("nothing answers" if isinstance(e, TimeoutError) else type(e).__name__)
            raise UsageError(f"no cluster with workers at {address}: {why}", code="no-cluster",
                             hint="start one with `dask scheduler` and `dask worker`") from e  # fmt: skip
        try:
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", "Sending large graph")
                there = client.submit(made, *work.recipe, pure=False)
            yield Pool(
                executor=client.get_executor(pure=False, retries=_RETRIES),
                work=there,
                threads=lambda: sum(client.nthreads().values()),
                check=lambda: _check(client),
            )
        except Exception as e:
            # Dask's executor has trouble of its own with futures of a scheduler that is gone.
            if not isinstance(e, lost) and client.status == "running":
                raise
            raise StoppedError(f"the cluster at {address} was lost: {e or type(e).__name__}", code="no-cluster",
                               hint="`offramp resume` goes on, here or on another cluster") from e  # fmt: skip
        finally:
            client.close()

    return crew


async def _scheduler_answers(address: str) -> None:
    """Raise unless a scheduler is at an address: a client without one would keep the process up for a minute."""
    import distributed

    async def ask() -> str:
        async with distributed.rpc(address) as there:
            return str((await there.identity())["type"])

    if (kind := await asyncio.wait_for(ask(), _PATIENCE)) != "Scheduler":
        raise OSError(f"a {kind.lower()} is there, and no scheduler")


def _check(client: Any) -> None:
    """Raise if the scheduler is gone: what it was to compute is not computed by another that may take its place."""
    if client.status != "running":
        raise OSError("its scheduler is gone")
