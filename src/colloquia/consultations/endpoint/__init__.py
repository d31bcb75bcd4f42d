"""The language model over the network: only the operator's address, and nothing at all unless it is set."""

from colloquia.consultations.endpoint.answer import Completion
from colloquia.consultations.endpoint.client import Endpoint, nonce
from colloquia.consultations.endpoint.errors import (
    AnswerTooLarge,
    AnswerUnreadable,
    Busy,
    CutOff,
    EndpointError,
    KeyRefused,
    NotFound,
    Redirected,
    RequestRefused,
    ServerFailed,
    TimedOut,
    Unreachable,
    describe,
)

__all__ = [
    "AnswerTooLarge",
    "AnswerUnreadable",
    "Busy",
    "Completion",
    "CutOff",
    "Endpoint",
    "EndpointError",
    "KeyRefused",
    "NotFound",
    "Redirected",
    "RequestRefused",
    "ServerFailed",
    "TimedOut",
    "Unreachable",
    "describe",
    "nonce",
]
