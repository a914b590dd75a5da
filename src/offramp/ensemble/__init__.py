"""A lens over worlds x strategies: units of work, threads or a cluster, what is kept, progress, a clean stop."""

from offramp.ensemble.cluster import crew_of
from offramp.ensemble.gpu import gpu_crew
from offramp.ensemble.jobs import Job, Movers
from offramp.ensemble.kept import Computed, Due, Kept, Remembered
from offramp.ensemble.keys import Keyed, Keys, play_digest
from offramp.ensemble.run import Crew, Planned, Pool, Progress, run_jobs
from offramp.ensemble.table import Failure, Table
from offramp.ensemble.work import Prepared, Row, Work, outcomes_of, prepare
from offramp.ensemble.workers import worker_count

__all__ = [
    "Computed",
    "Crew",
    "Due",
    "Failure",
    "Job",
    "Kept",
    "Keyed",
    "Keys",
    "Movers",
    "Planned",
    "Pool",
    "Prepared",
    "Progress",
    "Remembered",
    "Row",
    "Table",
    "Work",
    "crew_of",
    "gpu_crew",
    "outcomes_of",
    "play_digest",
    "prepare",
    "run_jobs",
    "worker_count",
]
