"""The application: everything that is served, over one archive."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from litestar import Litestar
from litestar.di import Provide
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ASGIApp, ControllerRouterHandler

from web import logs, problems
from web.api import adding, health, questions
from web.api import jobs as jobs_api
from web.jobs.jobs import Jobs
from web.jobs.spool import Spool
from web.jobs.worker import Worker
from web.metrics.exposition import metrics
from web.metrics.state import State
from web.openai import routes as openai
from web.pages import pages
from web.pages.static import static_files
from web.served import telling
from web.services import Services

ROUTES: tuple[ControllerRouterHandler, ...] = (
    questions.ask,
    adding.add,
    adding.remove,
    jobs_api.list_jobs,
    jobs_api.get_job,
    health.live,
    health.ready,
    metrics,
    openai.ROUTES,
    *pages.ROUTES,
)


def create_app(services: Services) -> ASGIApp:
    """The application over `services`, within what sees every request, those that no route takes among them."""
    services.metrics.built(services.version)
    services.metrics.register(State(services.store, services.line))
    return telling(routed(services), logs.told, services.metrics.told)


def routed(services: Services) -> Litestar:
    """The routes over `services`."""
    settings = services.settings
    jobs = Jobs(Worker(services.worker, settings.worker_idle), Spool(services.folder), settings.grace)

    @asynccontextmanager
    async def threads(_: Litestar) -> AsyncGenerator[None]:
        """Search and the gate are work for a processor: more threads than those only take turns."""
        wanted = services.settings.threads or os.cpu_count() or 1
        with ThreadPoolExecutor(wanted, "answering") as pool:
            asyncio.get_running_loop().set_default_executor(pool)
            services.readiness.load()
            yield

    return Litestar(
        [*ROUTES, static_files()],
        dependencies={
            "services": Provide(lambda: services, sync_to_thread=False),
            "jobs": Provide(lambda: jobs, sync_to_thread=False),
        },
        exception_handlers=problems.HANDLERS,
        lifespan=[threads, lambda _: jobs.at_work()],
        logging_config=None,
        openapi_config=OpenAPIConfig(
            "Onrecord", services.version, path="/schema", render_plugins=[JsonRenderPlugin(path="/")]
        ),
    )
