"""The command ``colloquia``. Nothing slow is imported before a subcommand is chosen."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

# Name, and what it does; the module is ``colloquia.commands.<name>``, with ``-`` as ``_``.
COMMANDS: dict[str, str] = {
    "analyse": "Analyse responses to a consultation, offline",
    "backup": "Copy everything that the site keeps, while it runs",
    "consultation": "Store an analysis as a run of a consultation, or list consultations",
    "intake": "Take in submissions that came by post or mail",
    "load": "Load reference data and the illustrative consultation",
    "mail-test": "Send a test message and say what the mail server answers",
    "manage": "Run a management command of Django",
    "paper": "List, import and export papers of questions",
    "retention": "Destroy sealed personal data whose retention is over",
    "restore": "Put a backup back onto an empty machine",
    "serve": "Serve the site and do its background work",
    "sign-in": "Print a link with which one person signs in once",
    "verify": "Compare everything with the ledger, or check one receipt offline",
    "work": "Do background work until told to stop",
}

# One thread in each process: several processes with a pool of threads each are slower, and a
# different number of threads may round differently.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class CommandError(Exception):
    """Something a person can put right; the message says what and how."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand. Gives its exit status: 0 done, 1 not done, 2 not understood, 130 interrupted."""
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colloquia.settings")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A name in another script must not end the work where the terminal cannot show it.
            stream.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] == "manage":  # its arguments belong to Django, --help included
        return _run(_module("manage").run, argparse.Namespace(arguments=given[1:]))
    parser = _parser(given[0] if given else "")
    parsed = parser.parse_args(given)
    if not hasattr(parsed, "run"):
        parser.print_help()
        return 0
    return _run(parsed.run, parsed)


def _parser(chosen: str) -> argparse.ArgumentParser:
    from colloquia import __version__

    parser = argparse.ArgumentParser(
        prog="colloquia",
        description="An international policy conversation and its public record.",
        epilog="“colloquia COMMAND --help” explains a command.",
    )
    parser.add_argument("--version", action="version", version=f"colloquia {__version__}")
    subparsers = parser.add_subparsers(metavar="COMMAND", title="commands")
    for name, help_text in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=help_text, description=help_text + ".")
        if name == chosen:
            module = _module(name)
            module.configure(subparser)
            subparser.set_defaults(run=module.run)
    return parser


def _module(name: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 -- a module with HELP, configure and run
    return import_module(f"colloquia.commands.{name.replace('-', '_')}")


def _run(run, arguments: argparse.Namespace) -> int:  # type: ignore[no-untyped-def]  # noqa: ANN001
    from colloquia.configuration import ConfigurationError

    try:
        return int(run(arguments) or 0)
    except (CommandError, ConfigurationError) as error:
        print(f"colloquia: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader of our output has gone, for instance `colloquia … | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("colloquia: interrupted.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
