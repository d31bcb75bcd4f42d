"""``colloquia serve``: the site and its background work, as two children of one process."""

from __future__ import annotations

import argparse
import http.client
import socket
import sys
import time

from colloquia import configuration
from colloquia.supervisor import Child, Supervisor
from colloquia.waiting_room import WAITING

HELP = "Serve the site and do its background work"
START_SECONDS = 60


def configure(parser: argparse.ArgumentParser) -> None:
    """Address and port, else from the environment."""
    parser.add_argument("--host", help="address to listen on (HOST, 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (PORT, 8000)")


def run(arguments: argparse.Namespace) -> int:
    """Prepare, start both children, say where the site is, and stay until told to stop."""
    import os

    if arguments.host:
        os.environ["HOST"] = arguments.host
    if arguments.port is not None:
        os.environ["PORT"] = str(arguments.port)
    host, port = configuration.text("HOST"), configuration.port()
    require_free_port(host, port)
    link = _prepare()
    supervisor = Supervisor([Child("web server", web_command(host, port)), Child("worker", WORK_COMMAND)])
    return supervisor.run(lambda: _announce(host, port, link))


WORK_COMMAND = [sys.executable, "-m", "colloquia", "work"]


def web_command(host: str, port: int) -> list[str]:
    """Granian with many threads that wait; the few that work, each with a connection, are ``WEB_THREADS``."""
    return [
        sys.executable, "-m", "granian", "colloquia.wsgi:application",
        "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(max(1, configuration.number("WEB_WORKERS"))),
        "--blocking-threads", str(WAITING),
        "--respawn-failed-workers", "--workers-kill-timeout", "10", "--log-level", "warning",
        # Addresses of drafts and receipts are secrets; no setting of Granian's turns a log of them on.
        "--no-access-log",
    ]  # fmt: skip


def require_free_port(host: str, port: int) -> None:
    """Raise CommandError where the port cannot be listened on; Granian itself would share it silently."""
    from colloquia.cli import CommandError

    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        raise CommandError(
            f"cannot listen on {host} port {port}: {error.strerror or error}."
            f" Stop the program that uses it, or choose another: PORT={port + 1 if port < 65535 else 8001}"
        ) from error


def _prepare() -> str | None:
    print("Preparing tables and static files …", flush=True)
    import django

    django.setup()
    from django.db import connections

    from colloquia import preparation

    preparation.migrate()
    preparation.compile_messages()
    preparation.collect_static_files()
    link = preparation.first_officer_link()
    connections.close_all()
    return link


def _announce(host: str, port: int, link: str | None) -> bool:
    """Print the address once the server answers; False while it does not yet."""
    if not _answers("127.0.0.1" if host == "0.0.0.0" else "::1" if host == "::" else host, port):  # noqa: S104
        return False
    print(f"Colloquia is at {configuration.public_url()}/", flush=True)
    if link:
        from colloquia.accounts.services import LINK_LIFETIME

        minutes = int(LINK_LIFETIME.total_seconds() // 60)
        print(f"No officer yet. Become the first, once, within {minutes} minutes: {link}", flush=True)
    print("Stop it with Ctrl-C.", flush=True)
    return True


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        time.sleep(0.1)
        return False
    finally:
        connection.close()
    return True
