"""`GET /api/jobs`: uploaded files on their way into the archive, and what became of them."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, SkipValidation
from msgspec import Struct, structs

from web.jobs.job import Job
from web.jobs.jobs import MOST_REMEMBERED, Jobs


class AllJobs(Struct, frozen=True):
    """The newest first."""

    jobs: list[Job]


@get("/api/jobs")
async def list_jobs(jobs: NamedDependency[SkipValidation[Jobs]]) -> AllJobs:
    """Every job that is still known, those at work or in line and the last that are settled, without its report."""
    return AllJobs([structs.replace(job, report=None) for job in jobs.all()])


@get("/api/jobs/{id:str}")
async def get_job(id: FromPath[str], jobs: NamedDependency[SkipValidation[Jobs]]) -> Job:
    """How far a file is, and in the end what became of it."""
    job = jobs.get(id)
    if job is None:
        raise NotFoundException(
            f"no job is called {id!r}; the server remembers the last {MOST_REMEMBERED:,} since it was started"
        )
    return job
