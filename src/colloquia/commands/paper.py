"""``colloquia paper``: list the papers of questions, import an official text, take a version away."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from colloquia.issues.planning import Plan

HELP = "List, import and export papers of questions"


def configure(parser: argparse.ArgumentParser) -> None:
    """Three verbs."""
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    verbs.add_parser("list", help="list every paper with its versions")
    bring = verbs.add_parser("import", help="import the official text of a version (YAML, JSON or DOCX)")
    bring.add_argument("file", type=Path, metavar="FILE", help="the paper")
    bring.add_argument("--paper", required=True, metavar="SLUG", help="address of the paper, new or known")
    bring.add_argument("--version", required=True, metavar="KEY", help="key of the version, new or known")
    bring.add_argument("--title", default="", metavar="TITLE", help="title of the version (from the file)")
    bring.add_argument(
        "--symbol", default="", metavar="SYMBOL", help="symbol of the document (from the file)"
    )
    bring.add_argument("--date", default="", metavar="YYYY-MM-DD", help="date of the version")
    bring.add_argument("--language", default="", metavar="CODE", help="language of the file (en)")
    bring.add_argument(
        "--status", default="", choices=["draft", "revised", "final"], help="what it is (final)"
    )
    bring.add_argument("--prefix", default="", metavar="IP", help="beginning of the ids of a new paper")
    bring.add_argument(
        "--match",
        action="append",
        default=[],
        metavar="PLACE=ID",
        help="what a place of the file is: an id, “new” or “skip”; may be given several times",
    )
    bring.add_argument(
        "--accept-proposals", action="store_true", help="take every proposal by number and by likeness"
    )
    bring.add_argument("--dry-run", action="store_true", help="say what would be made, and write nothing")
    bring.add_argument("--by", default="", metavar="EMAIL", help="the officer in whose name it is done")
    take = verbs.add_parser("export", help="write a version as YAML in the form of a paper")
    take.add_argument("paper", metavar="SLUG")
    take.add_argument("version", metavar="KEY")
    take.add_argument("--language", default="", metavar="CODE", help="language of the wordings")
    take.add_argument("--out", type=Path, metavar="FILE", help="where to write it (standard output)")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked."""
    import django

    django.setup()
    from colloquia import preparation

    preparation.migrate()
    return {"list": _list, "import": _import, "export": _export}[arguments.verb](arguments)


def _list(_arguments: argparse.Namespace) -> int:
    from colloquia.issues import queries

    for paper in queries.papers():
        print(f"{paper.slug}: {paper}")
        for version in queries.versions_of(paper):
            held = "official text" if version.is_authentic else "not the official text"
            day = version.date.isoformat() if version.date else "no date"
            print(f"  {version.key}  {version.symbol or 'no symbol'}  {day}  {held}")
    return 0


def _import(arguments: argparse.Namespace) -> int:
    from colloquia.cli import CommandError
    from colloquia.core.attachments import AttachmentRefused
    from colloquia.issues import services
    from colloquia.issues.planning import Given

    path: Path = arguments.file
    if not path.is_file():
        raise CommandError(f"there is no file {path}; check the path.")
    given = Given(
        paper=arguments.paper, version=arguments.version, title=arguments.title, symbol=arguments.symbol,
        date=arguments.date, language=arguments.language, status=arguments.status, prefix=arguments.prefix,
    )  # fmt: skip
    choices = dict(_pairs(arguments.match))
    plan = services.preview(path=path, name=path.name, given=given, choices=choices)
    _show(plan)
    if arguments.dry_run:
        for reason in plan.refusals:
            print(f"colloquia: {reason}", file=sys.stderr)
        print("Nothing was written.")
        return 1 if plan.refusals else 0
    try:
        version = services.import_paper(
            path=path,
            name=path.name,
            given=given,
            by=_officer(arguments.by),
            choices=choices,
            accept_proposals=arguments.accept_proposals,
        )
    except services.ImportRefused as error:
        hint = ""
        if plan.undecided and not arguments.accept_proposals:
            hint = "\nConfirm each with --match PLACE=ID, or all with --accept-proposals."
        raise CommandError(f"nothing was imported. {error}{hint}") from error
    except AttachmentRefused as error:
        raise CommandError(str(error)) from error
    print(f"Imported as version {version.key} of {plan.given.paper}.")
    return 0


def _officer(email: str) -> Any:
    """The officer of this address, None where none was named."""
    if not email:
        return None
    from colloquia.accounts.models import User
    from colloquia.cli import CommandError

    found = User.objects.filter(email=email.strip().lower(), is_officer=True, is_active=True).first()
    if found is None:
        raise CommandError(f"there is no officer with the address {email}.")
    return found


def _pairs(given: Iterable[str]) -> Iterable[tuple[str, str]]:
    from colloquia.cli import CommandError

    for pair in given:
        place, equals, identifier = pair.partition("=")
        if not equals or not place.strip() or not identifier.strip():
            raise CommandError(f"--match {pair}: write a place and an id, such as i3.q2=IP-08.q2.")
        yield place.strip(), identifier.strip()


def _show(plan: Plan) -> None:
    """What would be made, line by line."""
    for remark in plan.draft.remarks:
        if not remark.serious:
            print(f"note: {remark.where}: {remark.message}")
    for issue in plan.draft.issues:
        _line(plan, issue.place, issue.title, f"issue {issue.number}".strip())
        for question in issue.questions:
            where = f"paragraph {question.paragraphs}" if question.paragraphs else "no paragraph number"
            _line(plan, question.place, question.text, where)
    if plan.withdrawn:
        print("In the starter set and not in this file, so withdrawn from this version:")
        print(f"  {', '.join(plan.withdrawn)}")
    counts = plan.counts
    print(
        f"{counts['issues_known']} issues known, {counts['issues_new']} new; "
        f"{counts['questions_known']} questions known, {counts['questions_new']} new; "
        f"{counts['left_out']} left out."
    )


def _line(plan: Plan, place: str, text: str, where: str) -> None:
    found = plan.matches[place]
    identifier = plan.ids.get(place, "left out")
    how = {
        "given": "id in the file",
        "chosen": "as chosen",
        "number": "by its number, to be confirmed",
        "similar": f"by likeness {found.score:.2f}, to be confirmed",
        "new": "new",
    }[found.how]
    indent = "  " if "." in place else ""
    shown = text if len(text) <= 70 else f"{text[:69]}…"
    print(f"{indent}{place} → {identifier} ({how}; {where}): {shown}")


def _export(arguments: argparse.Namespace) -> int:
    from colloquia.cli import CommandError
    from colloquia.issues import queries
    from colloquia.issues.presentation.as_yaml import version_yaml

    version = queries.find_version(arguments.paper, arguments.version)
    if version is None:
        raise CommandError(
            f"there is no version {arguments.version} of {arguments.paper}; “colloquia paper list” shows all."
        )
    text = version_yaml(version, language=arguments.language)
    if arguments.out is None:
        sys.stdout.write(text)
        return 0
    try:
        arguments.out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{arguments.out} cannot be written: {error.strerror}.") from error
    print(f"Written to {arguments.out}.")
    return 0
