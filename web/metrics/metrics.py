"""The metrics of one server, in a registry of its own. docs/protocols.md lists them all.

No label holds what a user can choose freely: models are those configured, routes are templates.
"""

from __future__ import annotations

import platform

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, disable_created_metrics
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from web.served import Served

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 180.0)
"""Upper bounds of the buckets of every histogram."""


disable_created_metrics()  # type: ignore[no-untyped-call]  # it has no types there
"""When a series began says nothing here that the process's start does not."""


class Metrics:
    """What is counted. Safe for use from several threads."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._build = Gauge(
            "onrecord_build_info",
            "Always 1; the labels say what runs.",
            ("version", "python"),
            registry=self.registry,
        )
        self.questions = self._counter("questions", "Questions, by how they ended.", "model", "outcome")
        self.abstentions = self._counter("abstentions", "Answers that show nothing, by why.", "model", "reason")
        self.verified = self._counter("sentences_verified", "Sentences shown.", "model", "style")
        self.dropped = self._counter("sentences_dropped", "Sentences kept back, by why.", "model", "reason")
        self.answer_seconds = self._histogram("answer_seconds", "From question to whole answer.", "model")
        self.first_sentence_seconds = self._histogram(
            "first_sentence_seconds", "From question to the first sentence shown.", "model"
        )
        self.stage_seconds = self._histogram("stage_seconds", "The stages of an answer.", "stage")
        self.tools = self._counter("tool_calls", "Calls of a tool by the Model Context Protocol.", "tool", "outcome")
        self.requests = self._counter("requests", "Requests.", "method", "route", "status")
        self.request_seconds = self._histogram(
            "request_seconds", "From a request to the end of its answer.", "method", "route"
        )

    def built(self, version: str) -> None:
        """Say what runs."""
        self._build.labels(version, platform.python_version()).set(1)

    def register(self, collector: Collector) -> None:
        """Let `collector` be asked whenever the metrics are."""
        self.registry.register(collector)

    def told(self, served: Served) -> None:
        """Count a request that was answered."""
        self.requests.labels(served.method, served.route, str(served.status)).inc()
        self.request_seconds.labels(served.method, served.route).observe(served.seconds)

    def exposed(self, accept: str) -> tuple[bytes, str]:
        """All of them, in the form that an Accept header asks for, and its media type."""
        encode, media_type = choose_encoder(accept)
        return encode(self.registry), media_type

    def _counter(self, name: str, said: str, *labels: str) -> Counter:
        return Counter(f"onrecord_{name}", said, labels, registry=self.registry)

    def _histogram(self, name: str, said: str, *labels: str) -> Histogram:
        return Histogram(f"onrecord_{name}", said, labels, buckets=SECONDS, registry=self.registry)
