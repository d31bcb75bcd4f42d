"""Reads what the endpoint sent: a completion with its provenance, or what went wrong."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from colloquia.consultations.endpoint import errors
from colloquia.consultations.endpoint.transport import Received
from colloquia.drafting_settings import Secret

_LONGEST_MESSAGE = 300
_TELLING_KEY = 8
"""Characters of a key from which on its appearance in a text is no accident."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A model's answer. ``request`` is the JSON that was sent; the digests are SHA-256 in hexadecimal digits.

    ``asked_model`` is what was asked for, ``model`` what the endpoint says it used. Token counts are
    None where the endpoint does not tell. Nothing here holds the access key.
    """

    text: str
    model: str
    asked_model: str
    finish_reason: str
    prompt_tokens: int | None
    answer_tokens: int | None
    request: str
    request_sha256: str
    answer_sha256: str

    @property
    def is_whole(self) -> bool:
        """Whether the model ended of itself and was not cut at the number of tokens or by a filter."""
        return self.finish_reason in {"stop", ""}

    def provenance(self, prompt_version: str) -> dict[str, str | int | None]:
        """What to store beside whatever is made of this answer; ``prompt_version`` names the wording."""
        return {
            "prompt_version": prompt_version,
            "model": self.model,
            "asked_model": self.asked_model,
            "finish_reason": self.finish_reason,
            "prompt_tokens": self.prompt_tokens,
            "answer_tokens": self.answer_tokens,
            "request_sha256": self.request_sha256,
            "answer_sha256": self.answer_sha256,
        }


def completion(body: bytes, request: str, asked_model: str, where: str, key: Secret) -> Completion:
    """The completion in ``body``. Raises AnswerUnreadable."""
    value = _json(body)
    choices = value.get("choices") if isinstance(value, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, dict) else None
    if not isinstance(value, dict) or not isinstance(first, dict) or not isinstance(message, dict):
        raise errors.AnswerUnreadable(where=where, message="choices[0].message")
    content = message.get("content")
    # A model that only thinks, or refuses, sends no content; then there is an answer, and it is empty.
    text = _whole(content if isinstance(content, str) else "")
    if len(key.reveal()) >= _TELLING_KEY and key.reveal() in text:
        raise errors.AnswerUnreadable(where=where, message="DRAFTING_KEY")
    counted = value.get("usage")
    usage = counted if isinstance(counted, dict) else {}
    return Completion(
        text=text,
        model=_short(value.get("model"), key) or asked_model,
        asked_model=asked_model,
        finish_reason=_short(first.get("finish_reason"), key),
        prompt_tokens=_count(usage.get("prompt_tokens")),
        answer_tokens=_count(usage.get("completion_tokens")),
        request=request,
        request_sha256=hashlib.sha256(request.encode("utf-8", "replace")).hexdigest(),
        answer_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def failure(received: Received, where: str, key: Secret) -> errors.EndpointError:
    """The error that the status of ``received`` stands for."""
    status = received.status
    told = str(status)
    if status in {429, 503}:
        return errors.Busy(
            where, status=told, retry_after=_retry_after(received.headers.get("retry-after", ""))
        )
    if status in {401, 403}:
        return errors.KeyRefused(where, status=told)
    if 300 <= status < 400:
        return errors.Redirected(where, status=told)
    if status == 404:
        return errors.NotFound(where, status=told, message=_message(received.body, key))
    if status >= 500:
        return errors.ServerFailed(where, status=told, message=_message(received.body, key))
    if status >= 400:
        return errors.RequestRefused(where, status=told, message=_message(received.body, key))
    return errors.AnswerUnreadable(where=where, message=f"HTTP {status}")


def refused_parameter(received: Received, body: dict[str, Any]) -> str:
    """The parameter of ``body`` that the endpoint names as the reason of its refusal, or ""."""
    if received.status not in {400, 422}:
        return ""
    told = received.body[:20_000].decode("utf-8", "replace")
    candidates = ("response_format", "max_tokens", "seed", "temperature")
    return next((name for name in candidates if name in body and name in told), "")


def _json(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None


def _message(body: bytes, key: Secret) -> str:
    value = _json(body[:20_000])
    error = value.get("error") if isinstance(value, dict) else None
    told = error.get("message") if isinstance(error, dict) else error
    return _short(told, key)


def _short(value: Any, key: Secret) -> str:
    """A word of the endpoint, safe to show: bounded, on one line, without the key and without controls."""
    if not isinstance(value, str):
        return ""
    plain = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in value[:20_000])
    line = " ".join(plain.split())
    return (line.replace(key.reveal(), "…") if key else line)[:_LONGEST_MESSAGE]


def _whole(text: str) -> str:
    """``text`` without half pairs, which cannot be stored."""
    return text.encode("utf-8", "replace").decode()


def _count(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value < 2**31 else None


def _retry_after(value: str) -> float | None:
    """Seconds; None where the header is absent or means nothing."""
    if value.isascii() and value.isdigit() and len(value) < 10:
        return float(value)
    try:
        when = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())
