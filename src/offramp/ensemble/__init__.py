"""A lens over worlds x strategies: units of work, threads, progress, a clean stop."""

from offramp.ensemble.jobs import Job, Movers
from offramp.ensemble.run import Prepared, Progress, outcomes_of, prepare, run_jobs
from offramp.ensemble.table import Failure, Table
from offramp.ensemble.workers import worker_count

__all__ = [
    "Failure",
    "Job",
    "Movers",
    "Prepared",
    "Progress",
    "Table",
    "outcomes_of",
    "prepare",
    "run_jobs",
    "worker_count",
]
