"""Addresses and keys that can't be used are named before anything is sent, and none is ever repeated or logged."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest

from qa.errors import ModelBrokeOff, ModelNotReady
from qa.models import ModelSettings, Request, Said, load
from tests.qa.models.servers import Reply, Scripted

Hear = Callable[..., list[Said]]
Asking = Callable[..., Request]

PROVIDERS = pytest.mark.parametrize("model", ["openai:m", "anthropic:m"])


@PROVIDERS
@pytest.mark.parametrize(
    "address",
    ["127.0.0.1:9/v1", "http://", "http://[::1", "http://h:port", "http://h:99999", "http://a b", "user:secret@h/v1"],
)
@pytest.mark.parametrize("of_the_environment", [True, False])
def test_what_is_no_address_is_said(
    monkeypatch: pytest.MonkeyPatch, model: str, address: str, of_the_environment: bool
) -> None:
    variable = f"{model.split(':')[0].upper()}_BASE_URL"
    monkeypatch.setenv(variable, address if of_the_environment else "http://127.0.0.1:1")
    settings = ModelSettings(api_key="k", base_url=None if of_the_environment else address)
    with pytest.raises(ModelNotReady, match=variable if of_the_environment else "base_url") as raised:
        load(model, settings)
    assert "http://" in str(raised.value)
    assert "secret" not in str(raised.value)


@PROVIDERS
@pytest.mark.parametrize("key", ["sk-schlüssel", "sk-a\nsk-b", "“sk-a”", "sk-\x00"])
def test_what_is_no_key_is_said_and_not_repeated(model: str, key: str) -> None:
    with pytest.raises(ModelNotReady, match="set its key again") as raised:
        load(model, ModelSettings(base_url="http://127.0.0.1:1", api_key=key))
    assert "sk-" not in str(raised.value)


@PROVIDERS
def test_a_variable_that_is_named_and_not_set_is_said(monkeypatch: pytest.MonkeyPatch, model: str) -> None:
    monkeypatch.delenv("MY_KEY", raising=False)
    settings = ModelSettings(base_url="http://127.0.0.1:1", api_key_variable="MY_KEY")
    with pytest.raises(ModelNotReady, match="`api_key_variable`"):
        load(model, settings)
    monkeypatch.setenv("MY_KEY", "k\n")  # as a file ends that it was read from
    assert load(model, settings).id == model


@PROVIDERS
def test_a_name_and_password_are_sent_and_never_logged(
    server: Scripted, asking: Asking, hear: Hear, caplog: pytest.LogCaptureFixture, model: str
) -> None:
    caplog.set_level(logging.DEBUG)
    for path in ("/v1/chat/completions", "/v1/messages"):
        server.script[f"POST {path}"] = [Reply(404, [b"{}"])]
    address = server.address.replace("http://", "http://reader:geheim@") + ("/v1" if model == "openai:m" else "")
    with pytest.raises(ModelNotReady) as raised:
        hear(load(model, ModelSettings(base_url=address, api_key="k")), asking())
    assert server.received[-1].headers["authorization"] == "Basic cmVhZGVyOmdlaGVpbQ=="
    assert "geheim" not in caplog.text + str(raised.value)
    with pytest.raises(ModelNotReady, match="no server answers") as raised:
        hear(load(model, ModelSettings(base_url="http://reader:geheim@127.0.0.1:1", api_key="k")), asking())
    assert "geheim" not in caplog.text + str(raised.value)


@PROVIDERS
def test_a_server_that_hangs_up_before_it_replies_broke_off(asking: Asking, hear: Hear, model: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hang_up() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1)

        thread = Thread(target=hang_up)
        thread.start()
        settings: dict[str, Any] = {"base_url": f"http://127.0.0.1:{listener.getsockname()[1]}/v1", "api_key": "k"}
        with pytest.raises(ModelBrokeOff, match="before it replied"):
            hear(load(model, ModelSettings(**settings)), asking())
        thread.join()
