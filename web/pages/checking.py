"""`/check`: a text that somebody wrote, and what the record says to each of its quotations and sentences."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from litestar import MediaType, Request, get, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation, URLEncodedBody
from litestar.types import ControllerRouterHandler
from msgspec import Meta, Struct, structs

from index.filters import Filters
from qa.checked import Checked, Checks
from qa.checking import LONGEST_TEXT
from qa.errors import QuestionRefused
from web.access.seen import seen
from web.api.body import LONGEST
from web.leaving import while_there
from web.listing import listed
from web.pages.asked import Asked, asked
from web.pages.facets import facets
from web.pages.holdings import holdings
from web.pages.marked import SIGNS, WORDS, WRONG, counts, marked, reason, shown_as
from web.pages.templates import page
from web.services import Services

Field = Annotated[str, Meta(max_length=1_000)]
Asking = Request[Any, Any, Any]


class Form(Struct, frozen=True):
    """What the page's form sends."""

    text: str = ""
    speaker: Field = ""
    collection: Field = ""
    since: Field = ""
    until: Field = ""


@get("/check", media_type=MediaType.HTML, include_in_schema=False)
async def check_page(request: Asking, services: NamedDependency[SkipValidation[Services]]) -> str:
    """The form."""
    return await asyncio.to_thread(_page, request, services, asked("/check", request.query_params), "", None, "")


@post("/check", status_code=200, media_type=MediaType.HTML, include_in_schema=False, request_max_body_size=LONGEST)
async def checked_page(
    request: Asking, services: NamedDependency[SkipValidation[Services]], data: URLEncodedBody[Form]
) -> str:
    """The text of the form with its verdicts, or the form again with why it was refused."""
    text = data.text.replace("\r\n", "\n")
    wanted = asked("/check", {name: value for name, value in structs.asdict(data).items() if name != "text"})
    checks, refused = None, ""
    try:
        checks = await while_there(request, services.check(text, seen(request, wanted.filters), request))
    except QuestionRefused as error:
        refused = str(error).partition(": ")[2]
    return await asyncio.to_thread(_page, request, services, wanted, text, checks, refused)


def _page(request: Asking, services: Services, wanted: Asked, text: str, checks: Checks | None, refused: str) -> str:
    everything = listed(services.store.view(), seen(request, Filters()))
    found: tuple[Checked, ...] = checks.sentences if checks else ()
    return page(
        request,
        "check.html",
        asked=wanted,
        held=holdings(everything),
        facets=facets(everything),
        text=text,
        refused=refused,
        longest=LONGEST_TEXT,
        checked=checks is not None,
        checks=found,
        pieces=marked(text, found) if checks else (),
        counts=counts(found),
        wrong=sum(shown_as(one) in WRONG for one in found),
        signs=SIGNS,
        words=WORDS,
        is_wrong=WRONG,
        reason=reason,
        shown_as=shown_as,
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (check_page, checked_page)
