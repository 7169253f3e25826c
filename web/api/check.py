"""`POST /api/check`: a text that somebody wrote in; a verdict on each of its quotations and sentences out."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, SkipValidation
from msgspec import Meta, Struct

from index.filters import Filters
from qa.checked import Checks
from qa.checking import LONGEST_TEXT
from web.access.seen import seen
from web.api.body import LONGEST, Body
from web.leaving import while_there
from web.services import Services


class Text(Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be checked, and the part of the archive it is held against."""

    text: Annotated[str, Meta(min_length=1, max_length=LONGEST_TEXT)]
    filters: Filters = Filters()


@post("/api/check", status_code=200, dto=Body, request_max_body_size=LONGEST)
async def check(
    data: JSONBody[Text],
    request: Request[Any, Any, Any],
    services: NamedDependency[SkipValidation[Services]],
) -> Checks:
    """Each quotation and each other sentence of a text, held against the record."""
    return await while_there(request, services.check(data.text, seen(request, data.filters), request))
