"""``colloquia intake``: take in what came by post or mail: folders, mailbox files, tables, archives."""

from __future__ import annotations

import argparse
import sys
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from colloquia.submissions.models import Call, IntakeImport

HELP = "Take in submissions that came by post or mail"
SHOWN = 60


def configure(parser: argparse.ArgumentParser) -> None:
    """What to take in, and what holds where it does not say so itself."""
    parser.add_argument("call", metavar="CALL", help="address of the call")
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH",
        help="a folder, a ZIP, a mailbox file (mbox), messages (EML), a table (CSV, XLSX, ODS), documents",
    )  # fmt: skip
    parser.add_argument(
        "--kind", default="", choices=["folder", "mbox", "table"], help="what it is (found out)"
    )
    parser.add_argument("--dry-run", action="store_true", help="list what would be made, and take nothing in")
    parser.add_argument(
        "--channel", default="", choices=["mail", "post", "form", "spreadsheet", "folder"],
        help="how it came (mail, spreadsheet or folder, by what it is)",
    )  # fmt: skip
    parser.add_argument(
        "--received", default="", metavar="WHEN",
        help="when it was received, where it does not say: 2026-11-30 or 2026-11-30T14:05 (now)",
    )  # fmt: skip
    parser.add_argument("--language", default="", metavar="CODE", help="language where none is stated")
    parser.add_argument(
        "--publication", default="confidential", choices=["confidential", "anonymous", "named"],
        help="how it may be published where the sender did not say (confidential); others need --note",
    )  # fmt: skip
    parser.add_argument(
        "--note", default="", metavar="TEXT", help="why the sender's wish is known to be that"
    )
    parser.add_argument(
        "--respondents", default="person", choices=["person", "organisation"],
        help="what senders are where nothing says so (person)",
    )  # fmt: skip
    parser.add_argument(
        "--named-by-file", action="store_true", help="names of files or folders are the senders'"
    )
    parser.add_argument(
        "--folders", default="", choices=["files", "submissions"],
        help="whether each file or each folder of the first level is one submission (by how they look)",
    )  # fmt: skip
    parser.add_argument(
        "--map", action="append", default=[], metavar="FIELD=HEADING",
        help="what a column is, as for “colloquia analyse”; may be given several times",
    )  # fmt: skip
    parser.add_argument(
        "--receipts", action="store_true", help="mail a receipt to each sender with an address"
    )
    parser.add_argument("--by", default="", metavar="EMAIL", help="the officer who stands for it")
    parser.add_argument("--resume", action="store_true", help="go on with the import that was begun last")


def run(arguments: argparse.Namespace) -> int:
    """Look, list, and take in. 0 where everything was taken in, 1 where something was not."""
    import django

    django.setup()
    from colloquia import preparation
    from colloquia.cli import CommandError
    from colloquia.submissions.queries import intake as queries

    preparation.migrate()
    call = queries.call_of(arguments.call)
    if call is None:
        raise CommandError(
            f"there is no call “{arguments.call}”; its address is the last part of its page's."
        )
    by = _officer(arguments.by, needed=not (arguments.dry_run or arguments.resume))
    if arguments.resume:
        return _resume(call, by)
    intake = _look(call, arguments, by)
    taken_in = _list(intake)
    if intake.state == "unusable":
        raise CommandError("nothing was taken in. Mend what is said above, and try again.")
    if arguments.dry_run:
        print("Nothing was taken in.")
        return 0 if taken_in else 1
    from colloquia.submissions.services import intake_taking

    intake_taking.confirm(intake_id=intake.pk, digest=intake.digest, by=by, background=False)
    return _take(intake.pk)


def _look(call: Call, arguments: argparse.Namespace, by: Any) -> IntakeImport:
    from colloquia.cli import CommandError
    from colloquia.core.attachments import AttachmentRefused
    from colloquia.progress import TerminalProgress
    from colloquia.submissions.services import intake_looking

    if not arguments.paths:
        raise CommandError("give a folder or files to take in, or --resume.")
    for path in arguments.paths:
        if not path.exists():
            raise CommandError(f"there is no file or folder {path}; check the path.")
    options = {
        "channel": arguments.channel,
        "language": arguments.language,
        "received": _moment(arguments.received, call),
        "publication": arguments.publication,
        "note": arguments.note,
        "respondents": arguments.respondents,
        "named_by_file": arguments.named_by_file,
        "folders": arguments.folders,
        "receipts": arguments.receipts,
    }
    if arguments.publication != "confidential" and not arguments.note.strip():
        raise CommandError("say with --note why senders who did not say so may be published.")
    with ExitStack() as stack:
        uploads = [
            (stack.enter_context(path.open("rb")), path.name) for path in arguments.paths if path.is_file()
        ]
        try:
            intake = intake_looking.begin(
                call=call, uploads=uploads, folders=[path for path in arguments.paths if path.is_dir()],
                options=options, maps=arguments.map, kind=arguments.kind, by=by, background=False,
            )  # fmt: skip
        except AttachmentRefused as error:
            raise CommandError(str(error)) from error
    with TerminalProgress() as progress:
        intake_looking.look(intake.pk, progress)
    intake.refresh_from_db()
    return intake


def _list(intake: IntakeImport) -> bool:
    """Every item on a line, every problem on stderr; False where something would not be taken in."""
    from colloquia.submissions.queries import intake as queries
    from colloquia.terminal import printable

    good = True
    for trouble in intake.report.get("troubles", ()):
        good &= not trouble["serious"]
        print(f"colloquia: {printable(trouble['where'])}: {printable(trouble['message'])}", file=sys.stderr)
    for item in queries.items_of(intake).iterator(chunk_size=500):
        summary, content = item.summary, item.summary.get("content", {})
        sender = content.get("organisation") or content.get("name") or "no name"
        answers, files = len(content.get("answers", ())), len(summary.get("files", ()))
        same = ", ".join(f"{identifier} ({why})" for identifier, why in summary.get("same_as", ()))
        becomes = summary.get("expected") or item.get_state_display()
        print(
            f"{item.position}. {printable(item.where)[:SHOWN]} → {becomes}"
            f": {printable(sender)[:SHOWN]}, {_when(intake, summary)}, "
            f"{content.get('language') or 'language not known'}, answers {answers}, files {files}"
            + (f"; may be the same as {same}" if same else "")
        )
        for trouble in item.problems:
            good &= not trouble["serious"]
            print(
                f"colloquia: {printable(trouble['where'])}: {printable(trouble['message'])}", file=sys.stderr
            )
    counts, repeated = queries.counts_of(intake), queries.repeated(intake)
    twice = f"the same as another here: {repeated:,}; " if repeated else ""
    print(
        f"Would be taken in: {counts['waiting'] - repeated:,}; {twice}taken in before: {counts['there']:,}; "
        f"not: {counts['refused']:,}. Ids are those expected if nothing else comes in first."
    )
    return good


def _when(intake: IntakeImport, summary: dict[str, Any]) -> str:
    """When an item was received, on the clocks of the venue, and by what."""
    from colloquia.submissions.services.intake_words import received_by

    if not summary:
        return "received before"
    moment = datetime.fromisoformat(summary["received_at"]).astimezone(intake.call.zone)
    return f"{moment:%Y-%m-%d %H:%M %Z} {received_by(summary['received_by'])}"


def _resume(call: Call, by: Any) -> int:
    from colloquia.cli import CommandError
    from colloquia.submissions.queries import intake as queries
    from colloquia.submissions.services import intake_taking

    intake = queries.unfinished(call)
    if intake is None:
        raise CommandError(f"no import into {call.consultation.slug} was begun and not ended.")
    if intake.state == "stopped":
        intake_taking.go_on(intake_id=intake.pk, by=by or intake.begun_by, background=False)
    return _take(intake.pk)


def _take(intake_id: int) -> int:
    """Take in what waits, and say what was done and what was not."""
    from colloquia.cli import CommandError
    from colloquia.progress import TerminalProgress
    from colloquia.submissions.models import IntakeImport, ItemState
    from colloquia.submissions.queries import intake as queries
    from colloquia.submissions.services import intake_taking
    from colloquia.terminal import printable

    with TerminalProgress() as progress:
        ended = intake_taking.take(intake_id, progress)
    intake = IntakeImport.objects.get(pk=intake_id)
    counts = queries.counts_of(intake)
    for item in queries.items_of(intake).filter(state=ItemState.REFUSED).iterator(chunk_size=500):
        for trouble in item.problems:
            if trouble["serious"]:
                print(
                    f"colloquia: {printable(trouble['where'])}: {printable(trouble['message'])}",
                    file=sys.stderr,
                )
    print(
        f"Taken in: {counts['taken']:,}; taken in before: {counts['there']:,}; "
        f"not taken in: {counts['refused']:,}; waiting: {counts['waiting']:,}."
    )
    if not ended:
        reason = intake.report.get("halted") or "another process is at it, or it was stopped."
        raise CommandError(f"{reason} Go on with --resume.")
    return 1 if counts["refused"] else 0


def _officer(email: str, *, needed: bool) -> Any:
    from colloquia.accounts.models import User
    from colloquia.cli import CommandError

    if not email:
        if needed:
            raise CommandError("name the officer who stands for it: --by EMAIL.")
        return None
    found = User.objects.filter(email=email.strip().lower(), is_officer=True, is_active=True).first()
    if found is None:
        raise CommandError(f"there is no officer with the address {email}.")
    return found


def _moment(written: str, call: Call) -> str:
    """The time given for what states none, at the venue; now where none was given."""
    from django.utils import timezone

    from colloquia.cli import CommandError

    if not written:
        return timezone.now().replace(microsecond=0).isoformat()
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise CommandError(f"--received {written}: write it as 2026-11-30 or 2026-11-30T14:05.") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=call.zone)).isoformat()
