"""`POST /api/receipts/verify`: a saved answer in; each of its quotes as the record has it today out."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, SkipValidation

from qa.answer import Answer
from qa.bounds import checked_filters
from qa.errors import QuestionRefused
from qa.receipts import CitationToday, Receipt, today
from qa.tampering import problems
from web.api.body import Body
from web.leaving import while_there
from web.services import Services

LONGEST_ANSWER = 1_000_000
"""Bytes."""

MOST_CITATIONS = 500
LONGEST_QUOTES = 50_000
"""Characters of all quotes of an answer together: one that has changed is looked for in all of its transcript."""


@post("/api/receipts/verify", status_code=200, dto=Body, request_max_body_size=LONGEST_ANSWER)
async def verify_receipt(
    data: JSONBody[Answer],
    request: Request[Any, Any, Any],
    services: NamedDependency[SkipValidation[Services]],
) -> Receipt:
    """The citations of an answer that was saved, each as it stands in the record today, and what of the answer they do
    not bear out."""
    checked_filters(data.filters)
    sent = len(data.citations)
    if sent > MOST_CITATIONS:
        raise QuestionRefused(f"citations: {sent:,} are too many; {MOST_CITATIONS} or fewer are taken")
    long = sum(len(one.quote) for one in data.citations)
    if long > LONGEST_QUOTES:
        raise QuestionRefused(f"citations: quotes of {long:,} characters are too long; {LONGEST_QUOTES:,} are taken")
    return await while_there(request, _verified(services, data))


async def _verified(services: Services, answer: Answer) -> Receipt:
    """Each citation by itself, so that others come between, and who leaves is not worked for."""
    async with services.line.place():
        view = await asyncio.to_thread(services.store.view)
        found: list[CitationToday] = []
        for citation in answer.citations:
            found.append(await asyncio.to_thread(today, citation, view))
        wrong = await asyncio.to_thread(problems, answer)
    return Receipt(citations=tuple(found), problems=wrong)
