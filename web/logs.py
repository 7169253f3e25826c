"""The log of the server: on standard error, a line for each request and for whatever else there is to say.

A line on a request has its method, path, status, milliseconds and id; no question, no text, no
token. Everything that is said while it is served bears the same id. What libraries log is heard
from WARNING up whatever the level: below it they tell addresses, headers and bodies.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Literal, TextIO

import structlog
from structlog.typing import Processor

if TYPE_CHECKING:
    from web.served import Served

Form = Literal["text", "json"]
Level = Literal["debug", "info", "warning", "error"]

OURS = ("onrecord", "web", "qa", "index", "uvicorn")
"""The loggers that the level is for."""

_QUIET = ("/health/", "/metrics", "/static/")
"""Routes asked every few seconds, or several times for a page: said at the level debug."""

log = structlog.stdlib.get_logger(__name__)


def configure(form: Form, level: Level, to: TextIO | None = None) -> None:
    """Log to `to`, standard error where none is given, as lines to read or as one JSON object a line."""
    to = to or sys.stderr
    common: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(to)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=common,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_rendering(form, to.isatty())],
        )
    )
    structlog.configure(
        processors=[*common, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for ours in OURS:
        logging.getLogger(ours).setLevel(level.upper())


def told(served: Served) -> None:
    """Log a request that was answered."""
    say = log.debug if served.route.startswith(_QUIET) else log.info
    say(
        "request",
        method=served.method,
        path=served.path,
        status=served.status,
        ms=round(served.seconds * 1e3, 1),
    )


def _rendering(form: Form, coloured: bool) -> list[Processor]:
    """Traces are plain: one that shows the values of variables shows questions and tokens."""
    if form == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    plain = structlog.dev.plain_traceback
    return [structlog.dev.ConsoleRenderer(colors=coloured, pad_event_to=0, sort_keys=False, exception_formatter=plain)]
