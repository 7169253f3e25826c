"""How things stand: the archive's size, questions and files in line, looked up whenever the metrics are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import get_args

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from index.errors import OnrecordError
from index.filters import Filters
from index.store import LocalStore
from web.jobs.job import Job
from web.jobs.job import State as JobState
from web.limits.line import Line


class State(Collector):
    """Of `line` and `jobs`, and of the newest whole generation of `store`; where that can't be read, only that."""

    def __init__(self, store: LocalStore, line: Line, jobs: Callable[[], Iterable[Job]]) -> None:
        self._store = store
        self._line = line
        self._jobs = jobs

    def collect(self) -> Iterator[Metric]:
        yield _gauge("questions_at_work", "Questions, searches and checks being answered.", self._line.at_work)
        yield _gauge("questions_waiting", "Questions, searches and checks in line.", self._line.waiting)
        yield self._files()
        try:
            view = self._store.view()
            held = view.scope(Filters())
        except OnrecordError:
            yield _gauge("archive_readable", "Whether the archive can be read: 1 or 0.", 0)
            return
        yield _gauge("archive_readable", "Whether the archive can be read: 1 or 0.", 1)
        yield _gauge("transcripts", "Transcripts in the archive.", held.transcripts)
        yield _gauge("passages", "Passages in the archive.", held.passages)
        yield _gauge("generation", "The archive's generation: it grows with every change.", view.generation)

    def _files(self) -> Metric:
        family = GaugeMetricFamily("onrecord_jobs", "Uploaded files that are still told of.", labels=["state"])
        states = Counter(job.state for job in self._jobs())
        for state in get_args(JobState):
            family.add_metric([state], states[state])
        return family


def _gauge(name: str, said: str, value: float) -> Metric:
    return GaugeMetricFamily(f"onrecord_{name}", said, value)
