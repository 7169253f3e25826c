"""`POST /api/receipts/verify`: a saved answer in; each of its quotes as the record has it today out."""

from __future__ import annotations

import asyncio

from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody, SkipValidation

from index.store import LocalStore
from qa.answer import Answer
from qa.receipts import Receipt, verify
from web.api.body import Body
from web.services import Services

LONGEST_ANSWER = 4_000_000
"""Bytes."""


@post("/api/receipts/verify", status_code=200, dto=Body, request_max_body_size=LONGEST_ANSWER)
async def verify_receipt(
    data: JSONBody[Answer],
    services: NamedDependency[SkipValidation[Services]],
) -> Receipt:
    """The citations of an answer that was saved, each as it stands in the record today."""
    return await asyncio.to_thread(today, services.store, data)


def today(store: LocalStore, answer: Answer) -> Receipt:
    """The citations of `answer`, held against the newest generation of `store`."""
    return verify(answer, store.view())
