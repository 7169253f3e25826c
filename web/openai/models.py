"""`GET /v1/models`: the models that can be asked, as OpenAI's protocol lists them."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from qa.errors import UnknownModel
from web.openai.given import ModelCard, Models
from web.services import Services


@get("/models", include_in_schema=False, sync_to_thread=False)
def listed(services: NamedDependency[SkipValidation[Services]]) -> Models:
    """Those configured, the default first."""
    return Models(data=tuple(ModelCard(id=id) for id in services.answerers))


@get("/models/{model:path}", include_in_schema=False, sync_to_thread=False)
def one(model: FromPath[str], services: NamedDependency[SkipValidation[Services]]) -> ModelCard:
    """The one with that id; UnknownModel."""
    id = model.lstrip("/")
    if id not in services.answerers:
        raise UnknownModel(f"model: no model is called {id!r} here; there is: {', '.join(services.answerers)}")
    return ModelCard(id=id)
