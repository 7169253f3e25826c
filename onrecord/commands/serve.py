"""`onrecord serve`: the page and the HTTP endpoint over an archive."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import click

from onrecord.exits import DONE
from onrecord.options import archive, data_option
from onrecord.terminal import note

if TYPE_CHECKING:
    from web.services import Services


@click.command("serve", short_help="Serve the page and the HTTP endpoint.")
@click.option("--host", metavar="ADDRESS", help="Where to listen; 127.0.0.1 unless the settings say otherwise.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help="8000 unless the settings say otherwise; 0 takes a free one.",
)
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar="PROVIDER:NAME",
    help="A model that may be asked. The first is the default. May be repeated.",
)
@data_option
def command(host: str | None, port: int | None, models: tuple[str, ...]) -> int:
    """Serve the page and the HTTP endpoint, until it is stopped (Ctrl-C).

    \b
    Examples:
      onrecord serve
      onrecord serve --port 8080 --model openai:llama3.2 --model extractive
    """
    import uvicorn

    from web import logs
    from web.app import create_app

    services = _services(models)
    settings = services.settings
    logs.configure(settings.log_form, settings.log_level)
    where = (host or settings.host, settings.port if port is None else port)
    listener = socket.create_server(where, family=_family(where[0]), backlog=1024)
    address = f"http://{_shown(where[0])}:{listener.getsockname()[1]}/"
    config = uvicorn.Config(
        create_app(services),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=int(settings.grace),
    )
    note(f"serving {services.folder} at {address} (Ctrl-C stops)")
    uvicorn.Server(config).run(sockets=[listener])
    return DONE


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _services(models: tuple[str, ...]) -> Services:
    return archive().services(models)
