"""One HTTP request to the address that the operator set: bounded in time and size, no redirect, no proxy."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import colloquia
from colloquia.consultations.endpoint.errors import (
    AnswerTooLarge,
    AnswerUnreadable,
    CutOff,
    EndpointError,
    TimedOut,
    Unreachable,
)
from colloquia.drafting_settings import Secret

# OpenSSL's words for "the connection ended", which are no fault of the certificate.
_ENDED = (ssl.SSLEOFError, ssl.SSLZeroReturnError)


@dataclass(frozen=True, slots=True)
class Received:
    """Status, headers by their names in small letters, and the whole body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def post(address: str, body: bytes, *, key: Secret, timeout: float, largest: int) -> Received:
    """Send the JSON ``body`` and receive the answer, both within ``timeout`` seconds and ``largest`` bytes.

    Raises an EndpointError. It is raised outside the handling of what happened, so that no traceback leads to
    variables that hold the key.
    """
    failure: EndpointError | None = None
    try:
        return _post(address, body, key, time.monotonic() + timeout, largest)
    except EndpointError as error:
        failure = error
    except TimeoutError:
        failure = TimedOut(where=address, seconds=f"{timeout:g}")
    except (
        http.client.RemoteDisconnected,
        http.client.IncompleteRead,
        ConnectionResetError,
        BrokenPipeError,
    ):
        failure = CutOff(where=address)
    except _ENDED:
        failure = CutOff(where=address)
    except ssl.SSLError as error:
        failure = Unreachable(where=address, message=error.reason or "TLS")
    except OSError as error:
        failure = Unreachable(where=address, message=error.strerror or type(error).__name__)
    except (http.client.HTTPException, ValueError):
        failure = AnswerUnreadable(where=address, message="HTTP")
    raise failure.with_traceback(None)


def _post(address: str, body: bytes, key: Secret, deadline: float, largest: int) -> Received:
    parts = urlsplit(address)
    remaining = max(0.001, deadline - time.monotonic())
    connection = _connection(parts.scheme, parts.hostname or "", parts.port, remaining)
    opened: socket.socket | None = None
    try:
        connection.connect()
        opened = connection.sock
        # From here on every wait ends at the deadline, however slowly the answer drips.
        connection.sock = _Until(opened, deadline)
        connection.request("POST", parts.path, body=body, headers=_headers(key))
        with connection.getresponse() as response:
            return Received(
                response.status,
                {name.lower(): value for name, value in response.getheaders()},
                _read(response, largest, address),
            )
    finally:
        connection.close()
        if opened is not None:
            opened.close()


def _connection(scheme: str, host: str, port: int | None, timeout: float) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=timeout, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=timeout)


def _read(response: http.client.HTTPResponse, largest: int, address: str) -> bytes:
    announced = response.length
    if announced is not None and announced > largest:
        raise AnswerTooLarge(address)
    body = response.read(largest + 1)
    if len(body) > largest:
        raise AnswerTooLarge(address)
    if announced is not None and len(body) < announced:
        raise CutOff(address)
    return body


def _headers(key: Secret) -> dict[str, str]:
    headers = {
        "Accept": "application/json",
        "Connection": "close",
        "Content-Type": "application/json",
        "User-Agent": f"Colloquia/{colloquia.__version__}",
    }
    return {**headers, "Authorization": f"Bearer {key.reveal()}"} if key else headers


class _Until:
    """What ``http.client`` needs of a socket, with one deadline for all its waits."""

    def __init__(self, opened: socket.socket, deadline: float) -> None:
        self._opened = opened
        self._deadline = deadline

    def sendall(self, data: Any) -> None:
        self._opened.settimeout(_left(self._deadline))
        self._opened.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:  # noqa: ARG002 -- http.client names it; it only reads
        return io.BufferedReader(_Incoming(self._opened, self._deadline))

    def close(self) -> None:
        """The response outlives the connection object; whoever opened the socket closes it."""


class _Incoming(io.RawIOBase):
    def __init__(self, opened: socket.socket, deadline: float) -> None:
        self._opened = opened
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._opened.settimeout(_left(self._deadline))
        return self._opened.recv_into(buffer)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
