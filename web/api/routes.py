"""The routes under `/api`."""

from __future__ import annotations

from litestar import Router

from web.api import (
    adding,
    answers,
    check,
    collections,
    jobs,
    models,
    questions,
    receipts,
    search,
    speakers,
    transcripts,
)
from web.api.parameters import known_parameters

API = Router(
    "/",
    route_handlers=[
        questions.ask,
        search.search,
        check.check,
        receipts.verify_receipt,
        answers.share,
        answers.shared_answer,
        transcripts.transcripts,
        transcripts.transcript,
        adding.add,
        adding.remove,
        jobs.list_jobs,
        jobs.get_job,
        speakers.speakers,
        collections.collections,
        models.models,
    ],
    guards=[known_parameters],
)
