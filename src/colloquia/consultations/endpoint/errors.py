"""What can go wrong with the endpoint of a language model, each with its place and its remedy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class EndpointError(Exception):
    """A request to the model failed. ``code`` and ``details`` may be stored; `describe` says them in words.

    ``str()`` is in the language that is active at that moment. Nothing here holds the access key.
    """

    code: ClassVar[str] = "failed"
    sentence: ClassVar[str | Promise] = _(
        "The language model at %(where)s could not be asked. Try again later, or do this step by hand."
    )
    may_be_tried_again: ClassVar[bool] = False

    def __init__(
        self,
        where: str = "",
        *,
        status: str = "",
        message: str = "",
        seconds: str = "",
        retry_after: float | None = None,
    ) -> None:
        self.details = {"where": where, "status": status, "message": message, "seconds": seconds}
        self.retry_after = retry_after
        super().__init__(self.code)

    def __str__(self) -> str:
        return describe(self.code, self.details)


class Unreachable(EndpointError):
    """No connection: nothing listens, the name is unknown, or the certificate is not trusted."""

    code = "unreachable"
    sentence = _(
        "No connection to the language model at %(where)s (%(message)s). Check that it runs, that "
        "DRAFTING_URL is right, and that its certificate is trusted."
    )
    may_be_tried_again = True


class TimedOut(EndpointError):
    """No whole answer within the time set."""

    code = "timed-out"
    sentence = _(
        "The language model at %(where)s gave no whole answer within %(seconds)s seconds. Raise "
        "DRAFTING_TIMEOUT or take a smaller model."
    )


class CutOff(EndpointError):
    """The connection ended before the answer did."""

    code = "cut-off"
    sentence = _(
        "The language model at %(where)s ended the connection before its answer was whole. Look at its "
        "log, and try again."
    )
    may_be_tried_again = True


class Busy(EndpointError):
    """429 or 503. ``retry_after`` holds the seconds that the endpoint asked for, where it did."""

    code = "busy"
    sentence = _(
        "The language model at %(where)s is busy or its quota is used up (status %(status)s). Try again "
        "later."
    )
    may_be_tried_again = True


class ServerFailed(EndpointError):
    """Any other 5xx."""

    code = "server-failed"
    sentence = _(
        "The language model at %(where)s failed (status %(status)s). %(message)s Look at its log, and try"
        " again."
    )
    may_be_tried_again = True


class KeyRefused(EndpointError):
    """401 or 403; what the endpoint said is left out, since it may repeat parts of the key."""

    code = "key-refused"
    sentence = _(
        "The language model at %(where)s refused access (status %(status)s). Check DRAFTING_KEY and what "
        "it may use."
    )


class NotFound(EndpointError):
    """404: the address or the name of the model is wrong."""

    code = "not-found"
    sentence = _(
        "Nothing was found at %(where)s (status %(status)s). %(message)s Check that DRAFTING_URL ends as "
        "the endpoint wants, often in /v1, and that the model is installed there."
    )


class RequestRefused(EndpointError):
    """Another 4xx: the endpoint does not accept what was asked."""

    code = "request-refused"
    sentence = _(
        "The language model at %(where)s did not accept the request (status %(status)s). %(message)s "
        "Check the name of the model, and how long a text it can read."
    )


class Redirected(EndpointError):
    """The endpoint points elsewhere; passages are sent to no address but the one that was set."""

    code = "redirected"
    sentence = _(
        "The address %(where)s points to another one (status %(status)s), which is not followed. Set "
        "DRAFTING_URL to the address of the endpoint itself."
    )


class AnswerTooLarge(EndpointError):
    """The answer is longer than any draft could be."""

    code = "answer-too-large"
    sentence = _(
        "The language model at %(where)s sent more than any draft could need; the answer was thrown away."
        " Check that DRAFTING_URL is the address of a language model."
    )


class AnswerUnreadable(EndpointError):
    """The answer is not what an OpenAI-compatible endpoint sends."""

    code = "answer-unreadable"
    sentence = _(
        "What %(where)s sent is not the answer of an OpenAI-compatible endpoint (%(message)s). Check "
        "DRAFTING_URL."
    )


_KINDS = (
    EndpointError, Unreachable, TimedOut, CutOff, Busy, ServerFailed, KeyRefused, NotFound, RequestRefused,
    Redirected, AnswerTooLarge, AnswerUnreadable,
)  # fmt: skip
_SENTENCES = {kind.code: kind.sentence for kind in _KINDS}


def describe(code: str, details: Mapping[str, str]) -> str:
    """A stored error in the language that is active now."""
    whole = {"where": "", "status": "", "message": "", "seconds": "", **details}
    text = str(_SENTENCES.get(code, EndpointError.sentence)) % whole
    return " ".join(text.split())
