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
from litestar.types import ASGIApp, ControllerRouterHandler

from web import logs, problems
from web.access.door import Door
from web.access.exposure import Exposure
from web.access.headers import protected
from web.access.needs import guard
from web.access.sessions import Sessions
from web.access.tokens import Tokens
from web.api import health
from web.api.body import read_aside
from web.api.routes import API
from web.heads import answering_heads
from web.jobs.jobs import Jobs
from web.jobs.refreshing import Refreshing
from web.jobs.spool import Spool
from web.jobs.worker import Worker
from web.limits.bodies import bounded
from web.limits.rate import Rate
from web.mcp.route import Protocol
from web.metrics.exposition import metrics
from web.metrics.state import State
from web.openai import routes as openai
from web.openai.shaping import shaped
from web.pages import pages, sign_in
from web.pages.static import static_files
from web.schema import Described
from web.served import telling
from web.services import Services
from web.stopping import telling_the_broken_off

ROUTES: tuple[ControllerRouterHandler, ...] = (
    API,
    health.live,
    health.ready,
    metrics,
    openai.ROUTES,
    *pages.ROUTES,
    *sign_in.ROUTES,
)


def create_app(services: Services, exposed: Exposure) -> ASGIApp:
    """The application over `services`, within what sees every request, those that no route takes among them."""
    settings = services.settings
    sessions = Sessions(settings.session_hours * 3600)
    door = Door(exposed, Tokens(services.folder), sessions, Rate(settings.sign_ins))
    services.metrics.built(services.version)
    behind = telling_the_broken_off(door.before(bounded(routed(services, door), settings)))
    return telling(answering_heads(protected(shaped(behind))), logs.told, services.metrics.told)


def routed(services: Services, door: Door) -> Litestar:
    """The routes over `services`, behind `door`."""
    settings = services.settings
    protocol = Protocol(services)
    worker = Worker(services.worker, settings.worker_idle)
    jobs = Jobs(worker, Spool(services.folder), Refreshing(services.store), settings.grace)
    services.metrics.register(State(services.store, services.line, jobs.all))

    @asynccontextmanager
    async def threads(_: Litestar) -> AsyncGenerator[None]:
        """Search and the gate are work for a processor: more threads than those only take turns."""
        wanted = services.settings.threads or os.cpu_count() or 1
        with ThreadPoolExecutor(wanted, "answering") as pool:
            asyncio.get_running_loop().set_default_executor(pool)
            services.readiness.load()
            yield

    return Litestar(
        [*ROUTES, protocol.route(), static_files()],
        dependencies={
            "services": Provide(lambda: services, sync_to_thread=False),
            "jobs": Provide(lambda: jobs, sync_to_thread=False),
            "door": Provide(lambda: door, sync_to_thread=False),
        },
        guards=[guard],
        before_request=read_aside,
        request_max_body_size=None,  # `bounded` bounds all bodies, a mounted application's too.
        exception_handlers=problems.HANDLERS,
        lifespan=[threads, lambda _: jobs.at_work(), lambda _: protocol.at_work()],
        logging_config=None,
        openapi_config=OpenAPIConfig(
            "Onrecord",
            services.version,
            path="/schema",
            render_plugins=[Described(list(services.answerers))],
            use_handler_docstrings=True,
            operation_id_creator=lambda handler, *_: handler.handler_name,
        ),
    )
