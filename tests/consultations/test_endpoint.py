"""The client of the language model: off by default, bounded, silent about its key."""

from __future__ import annotations

import json
import logging
import socket
import sys
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from typing import Any

import pytest
from django.utils import translation

from colloquia.consultations import endpoint
from colloquia.consultations.endpoint import Endpoint
from colloquia.drafting_settings import DraftingSettings, Secret
from tests import stand_in
from tests.stand_in import StandIn, says

KEY = "sk-only-for-this-test-93f1"
ASK = [{"role": "user", "content": "Name the theme."}]

_opened: list[str] = []
_watching = False


def _watch(event: str, _: tuple[Any, ...]) -> None:
    if _watching and event in {"socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"}:
        _opened.append(event)


sys.addaudithook(_watch)


@pytest.fixture
def opened() -> Iterator[list[str]]:
    """What the interpreter does with sockets while the test runs."""
    global _watching  # noqa: PLW0603 -- a hook of the interpreter cannot be removed, only told to look away
    _opened.clear()
    _watching = True
    yield _opened
    _watching = False


def client(server: StandIn, **changed: Any) -> Endpoint:
    pauses: list[float] = []
    given: dict[str, Any] = {"timeout": 20, "key": Secret(KEY), "wait": pauses.append, **changed}
    return Endpoint(server.url, "small", **given)


def ask_as_configured() -> str:
    """What a service does: asks where there is somebody to ask."""
    configured = Endpoint.from_settings()
    return configured.complete(ASK, max_tokens=10).text if configured else "by hand"


def test_by_default_there_is_nobody_to_ask_and_no_socket_is_opened(settings: Any, opened: list[str]) -> None:
    assert settings.DRAFTING is None
    assert ask_as_configured() == "by hand"
    assert Endpoint.from_settings("translation") is None
    assert opened == []


def test_the_watch_on_sockets_sees_one_where_a_model_is_configured(settings: Any, opened: list[str]) -> None:
    with StandIn(says("Licences")) as server:
        opened.clear()
        settings.DRAFTING = DraftingSettings(server.url, model="small")
        assert ask_as_configured() == "Licences"
    assert "socket.connect" in opened


def test_each_purpose_has_its_own_model(settings: Any) -> None:
    settings.DRAFTING = DraftingSettings("http://localhost/v1", model="small", timeout=7, key=Secret(KEY))
    assert Endpoint.from_settings() == Endpoint("http://localhost/v1", "small", 7, Secret(KEY))
    assert Endpoint.from_settings("translation") is None
    settings.DRAFTING = DraftingSettings("http://localhost/v1", translation_model="polyglot")
    assert Endpoint.from_settings() is None
    assert Endpoint.from_settings("translation") == Endpoint("http://localhost/v1", "polyglot")


def test_request_and_provenance() -> None:
    with StandIn(says("Licences für alle")) as server:
        answer = client(server).complete(ASK, max_tokens=30, seed=4)
        (request,) = server.requests
    assert request.path == "/v1/chat/completions"
    assert request.headers["authorization"] == f"Bearer {KEY}"
    assert request.body == {
        "model": "small", "messages": ASK, "max_tokens": 30, "seed": 4, "temperature": 0,
        "response_format": {"type": "json_object"}, "stream": False,
    }  # fmt: skip
    assert json.loads(answer.request) == request.body
    assert (answer.text, answer.model, answer.asked_model, answer.is_whole) == (
        "Licences für alle", "stand-in-1", "small", True,
    )  # fmt: skip
    assert answer.provenance("name-1") == {
        "prompt_version": "name-1",
        "model": "stand-in-1",
        "asked_model": "small",
        "finish_reason": "stop",
        "prompt_tokens": 11,
        "answer_tokens": 7,
        "request_sha256": sha256(answer.request.encode()).hexdigest(),
        "answer_sha256": sha256("Licences für alle".encode()).hexdigest(),
    }


def test_without_a_key_none_is_sent() -> None:
    with StandIn() as server:
        client(server, key=Secret()).complete(ASK, max_tokens=30)
        assert "authorization" not in server.requests[0].headers


@pytest.mark.parametrize(
    ("behaviour", "kind", "requests"),
    [
        (stand_in.raw(b"<html>a page</html>"), endpoint.AnswerUnreadable, 1),
        (stand_in.raw(b'{"choices": []}'), endpoint.AnswerUnreadable, 1),
        (stand_in.raw(b'{"choices": [{"message": "text"}]}'), endpoint.AnswerUnreadable, 1),
        (stand_in.raw(b"[" * 100_000), endpoint.AnswerUnreadable, 1),
        (stand_in.raw(b"", status=204), endpoint.AnswerUnreadable, 1),
        (stand_in.fails(400, "No such thing"), endpoint.RequestRefused, 1),
        (stand_in.fails(413), endpoint.RequestRefused, 1),
        (stand_in.fails(404, "model “small” not found"), endpoint.NotFound, 1),
        (stand_in.fails(403), endpoint.KeyRefused, 1),
        (stand_in.fails(429), endpoint.Busy, 3),
        (stand_in.fails(429, Retry_After="3600"), endpoint.Busy, 1),
        (stand_in.fails(503, Retry_After="soon"), endpoint.Busy, 3),
        (stand_in.fails(500, "out of memory"), endpoint.ServerFailed, 3),
        (stand_in.cut, endpoint.CutOff, 3),
        (stand_in.hangs_up, endpoint.CutOff, 3),
        (stand_in.endless, endpoint.AnswerTooLarge, 1),
        (stand_in.raw(b" " * 2_000_001), endpoint.AnswerTooLarge, 1),
    ],
)
def test_misbehaviour_is_named_with_its_place(
    behaviour: stand_in.Behaviour, kind: type[endpoint.EndpointError], requests: int
) -> None:
    with StandIn(behaviour) as server:
        with pytest.raises(kind) as failed:
            client(server).complete(ASK, max_tokens=30)
        assert type(failed.value) is kind
        assert len(server.requests) == requests
        assert server.url in str(failed.value)


@pytest.mark.parametrize("behaviour", [stand_in.silent, stand_in.dripping])
def test_a_slow_answer_ends_at_the_deadline_and_is_not_asked_for_again(
    behaviour: stand_in.Behaviour,
) -> None:
    with StandIn(behaviour) as server:
        with pytest.raises(endpoint.TimedOut, match=r"within 0\.4 seconds\. Raise DRAFTING_TIMEOUT"):
            client(server, timeout=0.4).complete(ASK, max_tokens=30)
        assert len(server.requests) == 1


def test_nothing_listens() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{reserved.getsockname()[1]}/v1"
        with pytest.raises(endpoint.Unreachable, match="Connection refused"):
            Endpoint(url, "small", 5, wait=lambda _: None).complete(ASK, max_tokens=30)


def test_https_to_a_server_without_it_is_unreachable() -> None:
    with StandIn() as server:
        url = server.url.replace("http:", "https:")
        with pytest.raises(endpoint.Unreachable, match="certificate is trusted"):
            Endpoint(url, "small", 5, wait=lambda _: None).complete(ASK, max_tokens=30)
        assert server.requests == []


def test_a_busy_endpoint_is_given_the_time_it_asks_for() -> None:
    pauses: list[float] = []
    busy = [stand_in.fails(429, Retry_After="2"), stand_in.fails(503)]
    with StandIn(*busy, says("Licences")) as server:
        answer = client(server, wait=pauses.append).complete(ASK, max_tokens=30)
        assert len(server.requests) == 3
    assert answer.text == "Licences"
    assert pauses == [2.0, 2.0]


def test_retry_after_may_be_a_date() -> None:
    past = format_datetime(datetime.now(UTC) - timedelta(days=1), usegmt=True)
    pauses: list[float] = []
    with StandIn(stand_in.fails(429, Retry_After=past), says("Licences")) as server:
        assert client(server, wait=pauses.append).complete(ASK, max_tokens=30).text == "Licences"
    assert pauses == [0.0]


def test_how_long_a_busy_endpoint_asks_to_wait_is_told() -> None:
    with StandIn(stand_in.fails(429, Retry_After="3600")) as server, pytest.raises(endpoint.Busy) as busy:
        client(server).complete(ASK, max_tokens=30)
    assert busy.value.retry_after == 3600.0


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(status: int) -> None:
    with StandIn() as elsewhere:
        target = f"{elsewhere.url}/chat/completions"
        with StandIn(stand_in.fails(status, Location=target)) as server:
            with pytest.raises(endpoint.Redirected) as redirected:
                client(server).complete(ASK, max_tokens=30)
            assert len(server.requests) == 1
        assert elsewhere.requests == []
    assert target not in str(redirected.value)


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with StandIn() as proxy, StandIn(says("Licences")) as server:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "")
        assert client(server).complete(ASK, max_tokens=30).text == "Licences"
        assert proxy.requests == []


@pytest.mark.parametrize("name", ["response_format", "seed", "temperature"])
def test_a_parameter_that_is_refused_is_left_out(name: str) -> None:
    with StandIn(stand_in.refuses_parameter(name, says("Licences"))) as server:
        answer = client(server).complete(ASK, max_tokens=30)
        assert [name in request.body for request in server.requests] == [True, False]
    assert answer.text == "Licences"
    assert name not in json.loads(answer.request)


def test_the_other_name_of_the_number_of_tokens_is_tried() -> None:
    with StandIn(stand_in.refuses_parameter("max_tokens", says("Licences"))) as server:
        client(server).complete(ASK, max_tokens=30)
        assert server.requests[-1].body["max_completion_tokens"] == 30


def test_an_answer_that_was_cut_at_the_number_of_tokens_says_so() -> None:
    choice = {"message": {"content": '{"name": "Lic'}, "finish_reason": "length"}
    with StandIn(says("", choices=[choice])) as server:
        assert client(server).complete(ASK, max_tokens=3).is_whole is False


def test_odd_values_do_not_break_the_record() -> None:
    with StandIn(says("a\ud800b", model="x\u202e\n" * 400, usage={"prompt_tokens": -1})) as server:
        answer = client(server).complete(ASK, max_tokens=3)
    assert answer.text == "a?b"
    assert (answer.prompt_tokens, answer.answer_tokens) == (None, None)
    assert len(answer.model) <= 300
    assert "\u202e" not in answer.model


def test_a_model_that_says_nothing_gives_an_empty_text() -> None:
    with StandIn(says(None)) as server:
        assert client(server).complete(ASK, max_tokens=3).text == ""


@pytest.mark.parametrize(
    "behaviour",
    [
        stand_in.wants_key("another"),
        stand_in.fails(400, f"bad request by {KEY}"),
        stand_in.fails(404, f"not found for {KEY}"),
        stand_in.fails(500, f"failed for {KEY}"),
        stand_in.fails(429, f"quota of {KEY}"),
        stand_in.fails(302, Location=f"http://elsewhere.example/{KEY}"),
        stand_in.says(f"the key is {KEY}"),
        stand_in.raw(f"{KEY} is no JSON".encode()),
        stand_in.hangs_up,
        stand_in.cut,
        stand_in.endless,
    ],
)
def test_the_key_leaks_nowhere(behaviour: stand_in.Behaviour, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with StandIn(behaviour) as server:
        asking = client(server)
        with pytest.raises(endpoint.EndpointError) as failed:
            asking.complete(ASK, max_tokens=30)
        assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"
    error = failed.value
    assert (error.__cause__, error.__context__) == (None, None)
    logging.getLogger("colloquia").error("failed", exc_info=error)
    shown = [str(error), repr(error), repr(asking), repr(error.details), caplog.text]
    assert [text for text in shown if KEY in text] == []


def test_no_frame_of_a_failed_connection_holds_the_key() -> None:
    """Django shows the variables of every frame to developers."""
    with StandIn(stand_in.hangs_up) as server, pytest.raises(endpoint.CutOff) as failed:
        client(server).complete(ASK, max_tokens=30)
    frames = traceback.TracebackException.from_exception(failed.value, capture_locals=True).stack
    ours = [frame for frame in frames if "colloquia" in frame.filename]
    assert [frame.name for frame in ours] == ["complete", "_send", "_send", "post"]
    assert server.url in str(ours[-1].locals)
    assert [frame.name for frame in ours if KEY in str(frame.locals)] == []


def test_a_key_in_the_name_of_a_model_is_taken_out() -> None:
    with StandIn(says("Licences", model=f"model of {KEY}")) as server:
        assert client(server).complete(ASK, max_tokens=3).model == "model of …"


def test_an_error_is_told_in_the_language_of_its_reader() -> None:
    with StandIn(stand_in.fails(404, "no model")) as server, pytest.raises(endpoint.NotFound) as failed:
        client(server).complete(ASK, max_tokens=3)
    with translation.override("en"):
        told = endpoint.describe(failed.value.code, failed.value.details)
        assert told == str(failed.value)
        assert told.startswith("Nothing was found at http://127.0.0.1:")
        assert "no model" in told
        assert endpoint.describe("a code of another version", {}).startswith("The language model at")


def test_a_fence_is_the_same_for_the_same_matter_and_differs_otherwise() -> None:
    assert endpoint.nonce("run 1", "T3") == endpoint.nonce("run 1", "T3")
    assert (
        len({endpoint.nonce("run 1", "T3"), endpoint.nonce("run 1T", "3"), endpoint.nonce("run 2", "T3")})
        == 3
    )
    assert len(endpoint.nonce("run 1")) == 32
