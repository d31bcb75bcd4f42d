"""``colloquia consultation``: store the results of an analysis as a run, and list them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from colloquia.accounts.models import User
    from colloquia.consultations.models import Consultation, Run
    from colloquia.consultations.models.requests import RunRequest

HELP = "Store an analysis as a run of a consultation, or list consultations"


def configure(parser: argparse.ArgumentParser) -> None:
    """Four acts: ``store``, ``again``, ``call`` and ``list``."""
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    store = acts.add_parser("store", help="store the results of “colloquia analyse” as the next run")
    store.add_argument(
        "folder", type=Path, metavar="DIR", help="the folder given to “colloquia analyse --out”"
    )
    store.add_argument(
        "slug", metavar="ADDRESS", help="address of the consultation, for instance ai-and-ip-2026"
    )
    store.add_argument(
        "--title",
        action="append",
        default=[],
        metavar="[LANG=]TEXT",
        help="title of a new consultation; ar=… for that in Arabic",
    )
    store.add_argument(
        "--originals",
        action="append",
        default=[],
        type=Path,
        metavar="PATH",
        help="a file or folder that was analysed; files that documents were read from are kept",
    )
    store.add_argument("--show", action="store_true", help="show this run to the public, as a draft")
    acts.add_parser("list", help="list consultations and their runs")
    again = acts.add_parser("again", help="analyse again, learning from the corrections of the latest run")
    call = acts.add_parser("call", help="analyse what is published of the consultation's call")
    for act in (again, call):
        act.add_argument("slug", metavar="ADDRESS", help="address of the consultation")
        act.add_argument("--by", required=True, metavar="EMAIL", help="the officer who asks for it")
        act.add_argument("--request", type=int, help=argparse.SUPPRESS)  # the worker passes on what was asked


def run(arguments: argparse.Namespace) -> int:
    """Do it on the site's database and data folder."""
    import django

    django.setup()
    from colloquia import preparation

    preparation.migrate()
    return {"store": _store, "again": _again, "call": _call, "list": _list}[arguments.act](arguments)


def _store(arguments: argparse.Namespace) -> int:
    from django.core.exceptions import ValidationError

    from colloquia.cli import CommandError
    from colloquia.consultations import services
    from colloquia.consultations.models import Consultation
    from colloquia.engines.intake.files import walk

    try:
        found = Consultation.objects.filter(slug=arguments.slug).first() or _create(arguments)
        stored = services.store_run(consultation=found, folder=arguments.folder)
        files = [
            file
            for path in arguments.originals
            for file in ([item.path for item in walk(path).files] if path.is_dir() else [path])
        ]
        kept, refused = services.keep_originals(run=stored, files=files)
        if arguments.show:
            services.show_run(run=stored)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    except services.RunNotWhole as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        raise CommandError(
            f"{error.filename or arguments.folder}: {error.strerror}. Put that right."
        ) from error
    print(f"Run {stored.number} of {found.slug}: {stored.funnel.get('received', 0):,} submissions stored.")
    if arguments.originals:
        print(f"{kept:,} documents have their original file.")
    for reason in refused:
        print(f"Not kept: {reason}", file=sys.stderr)
    return 0


def _create(arguments: argparse.Namespace) -> Consultation:
    from colloquia.cli import CommandError
    from colloquia.consultations import services

    if not arguments.title:
        raise CommandError(f"there is no consultation {arguments.slug}; add --title to make it.")
    titles = {}
    for given in arguments.title:
        before, equals, after = given.partition("=")
        known = bool(equals) and before in {"en", "ar", "es", "fr", "ru", "zh-hans"}
        titles[before if known else "en"] = after if known else given
    return services.create_consultation(slug=arguments.slug, titles=titles)


def _again(arguments: argparse.Namespace) -> int:
    from colloquia.cli import CommandError
    from colloquia.consultations.models import Run
    from colloquia.consultations.services import again

    def ask(officer: User) -> RunRequest:
        runs = Run.objects.filter(consultation__slug=arguments.slug, is_complete=True)
        latest = runs.order_by("-number").first()
        if latest is None:
            raise CommandError(f"{arguments.slug} has no run to go on from; store one first.")
        try:
            return again.request_analysis(run=latest, by=officer, here=True)
        except again.AnalysisRefused as error:
            raise CommandError(str(error)) from error

    return _make(arguments, ask, again.perform)


def _call(arguments: argparse.Namespace) -> int:
    from colloquia.cli import CommandError
    from colloquia.submissions.models import Call
    from colloquia.submissions.services import analysing
    from colloquia.submissions.services.refusals import SubmissionRefused

    def ask(officer: User) -> RunRequest:
        calls = Call.objects.filter(consultation__slug=arguments.slug).select_related("consultation")
        found = calls.first()
        if found is None:
            raise CommandError(f"{arguments.slug} has no call; draft one on the site first.")
        try:
            return analysing.request_analysis(call=found, by=officer, here=True)
        except SubmissionRefused as error:
            raise CommandError(str(error)) from error

    return _make(arguments, ask, analysing.perform)


def _make(
    arguments: argparse.Namespace,
    ask: Callable[[User], RunRequest],
    perform: Callable[[int], Run | None],
) -> int:
    """Do what was asked for on the site, or ask for it in the name of the officer and do that."""
    from colloquia.accounts.models import User
    from colloquia.cli import CommandError

    if arguments.request:
        perform(arguments.request)
        return 0
    officer = User.objects.filter(email=arguments.by.strip().lower(), is_officer=True).first()
    if officer is None:
        raise CommandError(f"{arguments.by} is no officer; name the address of one with --by.")
    stored = perform(ask(officer).pk)
    if stored is not None:
        print(
            f"Run {stored.number} of {arguments.slug} is stored. It is not shown before an officer says so."
        )
    return 0


def _list(_arguments: argparse.Namespace) -> int:
    from colloquia.consultations.models import Consultation

    for row in Consultation.objects.prefetch_related("runs"):
        standing = "public, no run shown at present" if row.is_hidden else "public"
        print(f"{row.slug}  {row}  {standing if row.is_public else 'not public'}")
        for item in row.runs.all():
            shown = ", shown" if item.pk == row.shown_run_id else ""
            print(f"  run {item.number}  {item.get_status_display()}{shown}  {item.sequence} corrections")
    return 0
