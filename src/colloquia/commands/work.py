"""``colloquia work``: the background worker, until it is told to stop."""

from __future__ import annotations

import argparse

HELP = "Do background work until told to stop"


def configure(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(_arguments: argparse.Namespace) -> int:
    """Run the worker; SIGTERM and SIGINT end it after the task at hand."""
    import django

    django.setup()
    from colloquia.core.jobs import worker

    return int(worker.run() or 0)
