"""The parameters in a request's address: one that the call does not know is refused: it was meant for something."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import ValidationException
from litestar.handlers import BaseRouteHandler
from litestar.params import QueryParameter


def known_parameters(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A guard: ValidationException names the first parameter that `handler` does not take."""
    taken = [
        field.kwarg_definition.name or name
        for name, field in handler.parsed_fn_signature.parameters.items()
        if isinstance(field.kwarg_definition, QueryParameter)
    ]
    for name in connection.query_params:
        if name not in taken:
            why = f"there is no such parameter; there is: {', '.join(taken)}" if taken else "this call takes none"
            raise ValidationException(f"{name}: {why}", extra=[{"key": name, "message": why}])
