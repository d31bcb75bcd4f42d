"""Asks the language model that the operator configured. There is none unless ``DRAFTING_URL`` is set."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.conf import settings
from django.utils.crypto import salted_hmac

from colloquia.consultations.endpoint.answer import Completion, completion, failure, refused_parameter
from colloquia.consultations.endpoint.errors import Busy, EndpointError
from colloquia.consultations.endpoint.transport import Received, post
from colloquia.drafting_settings import DraftingSettings, Secret

ATTEMPTS = 3
LONGEST_WAIT = 20.0
"""Seconds before another attempt at most; an endpoint that asks for more is reported as busy."""
LARGEST_ANSWER = 2_000_000
"""Bytes."""
_FIRST_WAIT = 1.0
# Parameters that some endpoints do not know or refuse: the request is repeated without the one they name.
_DISPENSABLE = ("response_format", "seed", "temperature")


def nonce(*parts: str) -> str:
    """A fence for a prompt: nobody outside can guess it, and the same ``parts`` give the same."""
    return salted_hmac("colloquia.drafting", "\x1f".join(parts), algorithm="sha256").hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible endpoint and one model there. ``wait`` sleeps; ``timeout`` is for one attempt."""

    url: str
    model: str
    timeout: float = 120
    key: Secret = field(default_factory=Secret)
    wait: Callable[[float], None] = field(default=time.sleep, repr=False, compare=False)

    @classmethod
    def from_settings(cls, purpose: Literal["drafting", "translation"] = "drafting") -> Endpoint | None:
        """The configured endpoint with the model for ``purpose``; None where that is off, as by default."""
        given: DraftingSettings | None = settings.DRAFTING
        if given is None:
            return None
        model = given.model if purpose == "drafting" else given.translation_model
        return cls(given.url, model, given.timeout, given.key) if model else None

    def complete(
        self,
        messages: Sequence[Mapping[str, str]],
        *,
        max_tokens: int,
        seed: int = 0,
        temperature: float = 0,
    ) -> Completion:
        """The model's answer to ``messages``, which have ``role`` and ``content``.

        A JSON object is asked for and not relied upon. Busy and failing endpoints are tried three times,
        after the time that they ask for, up to 20 seconds each; this may take three times ``timeout``.
        Raises an EndpointError with its remedy.
        """
        body: dict[str, Any] = {
            "model": self.model,
            "messages": [dict(message) for message in messages],
            "max_tokens": max_tokens,
            "seed": seed,
            "temperature": temperature,
            "response_format": {"type": "json_object"},
            "stream": False,
        }
        while True:
            request = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            received = self._send(request.encode("utf-8", "replace"))
            unwanted = refused_parameter(received, body)
            if unwanted == "max_tokens":
                body["max_completion_tokens"] = body.pop("max_tokens")
            elif unwanted in _DISPENSABLE:
                del body[unwanted]
            elif received.status == 200:
                return completion(received.body, request, self.model, self._address, self.key)
            else:
                raise failure(received, self._address, self.key)

    @property
    def _address(self) -> str:
        return f"{self.url}/chat/completions"

    def _send(self, body: bytes) -> Received:
        """The answer, whatever its status, after as many attempts as its kind of failure deserves."""
        for attempt in range(1, ATTEMPTS + 1):
            problem: EndpointError
            try:
                received = post(
                    self._address, body, key=self.key, timeout=self.timeout, largest=LARGEST_ANSWER
                )
            except EndpointError as error:
                problem = error
            else:
                if received.status < 429:
                    return received
                problem = failure(received, self._address, self.key)
            pause = _FIRST_WAIT * 2 ** (attempt - 1) if problem.retry_after is None else problem.retry_after
            if not problem.may_be_tried_again or attempt == ATTEMPTS or pause > LONGEST_WAIT:
                raise problem
            self.wait(pause)
        raise Busy(where=self._address)
