"""`onrecord serve`: the page and the HTTP endpoint over an archive."""

from __future__ import annotations

import os

import click

from onrecord.exits import DONE
from onrecord.options import archive, data_option
from onrecord.terminal import note


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

    On this machine's own address nobody is asked for a token; on any other every request needs one: see
    onrecord tokens add --help.

    \b
    Examples:
      onrecord serve
      onrecord serve --port 8080 --model openai:llama3.2 --model extractive
      onrecord serve --host 0.0.0.0
    """
    # Said before NumPy is imported. Questions are answered side by side, and a product of matrices that is spread over
    # all processors waits for the other questions: with two processors that cost a third of the answers a second.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    from web import logs
    from web.listening import listen
    from web.serving import serve

    services = archive().services(models)
    settings = services.settings
    logs.configure(settings.log_form, settings.log_level)
    with listen(settings.host if host is None else host, settings.port if port is None else port) as listener:
        serve(services, listener, lambda address: note(f"serving {services.folder} at {address} (Ctrl-C stops)"))
    return DONE
