"""``colloquia manage``: a management command of Django, with its own arguments."""

from __future__ import annotations

import argparse

HELP = "Run a management command of Django"


def configure(parser: argparse.ArgumentParser) -> None:
    """Everything behind ``manage`` goes to Django unread."""
    parser.add_argument("arguments", nargs=argparse.REMAINDER)


def run(arguments: argparse.Namespace) -> int:
    """Run it. Django prints its own errors and sets the exit status."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["colloquia manage", *arguments.arguments])
    return 0
