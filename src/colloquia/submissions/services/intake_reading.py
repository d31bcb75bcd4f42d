"""What lies in the sources of an import, as plans of submissions, one after the other; nothing is written."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from colloquia.core.filenames import storable
from colloquia.engines.documents import mediatypes
from colloquia.engines.documents.sniffing import HEAD, sniff
from colloquia.engines.intake import Understanding, collect, understand
from colloquia.engines.intake.files import walk
from colloquia.engines.intake.left_over import is_left_over
from colloquia.engines.intake.ownership import group_files
from colloquia.engines.intake.probe import WORKBOOKS, too_much
from colloquia.engines.intake.understanding import TableUnderstanding
from colloquia.engines.mailbox import is_mailbox, spans
from colloquia.engines.records import Incoming as EngineIncoming
from colloquia.engines.records import IncomingFile
from colloquia.submissions.models import Call
from colloquia.submissions.services.intake_planning import Planner
from colloquia.submissions.services.intake_records import Plan, Trouble, key_of
from colloquia.submissions.services.intake_staging import Stage, Unusable
from colloquia.submissions.services.intake_words import left_behind

MAIL_ENDINGS = frozenset((".eml", ".mbox", ".mbx"))
_MAYBE = frozenset(("", ".mail", ".txt"))


@dataclass(slots=True)
class Reading:
    """What was found before any item is planned. ``errors`` forbid the work; ``tables`` can be corrected."""

    kind: str
    tables: list[dict[str, Any]] = field(default_factory=list)
    errors: list[Trouble] = field(default_factory=list)
    warnings: list[Trouble] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    incoming: Iterable[EngineIncoming] = ()


def survey(call: Call, stage: Stage, *, kind: str, maps: list[str], folders: str = "") -> Reading:
    """Look at every source. ``kind`` is ``folder`` (tables are files as any), ``mbox``, ``table``, or blank
    to find out. ``folders``: ``files``, ``submissions``, or blank to go by how they look.
    """
    if kind == "mbox":
        return Reading(kind, incoming=list(_single_files(stage)), warnings=list(_left_out(stage)))
    if kind == "folder":
        return _groups(stage, folders)
    _refuse_bombs(stage)
    chosen = [f"folders={folders}"] if folders else []
    found = understand(stage.inputs, maps=[*maps, *chosen], paper=_paper(call), hidden=True)
    reading = Reading(
        kind or _kind(found),
        tables=[_table(table) for table in found.tables],
        errors=[Trouble(each.where, each.message, True) for each in found.errors],
        # What cannot be read by the analysis is kept all the same.
        warnings=[
            *_left_out(stage),
            *(told for table in found.tables for told in _of_columns(table)),
            *(Trouble(each.where, each.message) for each in found.warnings if each.kind != "file"),
        ],
        notes=[note for note in found.notes if "left out as personal data" not in note],
    )
    if not reading.errors:
        reading.incoming = collect(found, addresses=True)
    return reading


def plans(call: Call, stage: Stage, reading: Reading, options: dict[str, Any]) -> Iterator[Plan]:
    """Every submission as it would be made, in order. The same sources give the same plans and keys."""
    planner = Planner(call, options)
    identified = any(column["role"] == "id" for table in reading.tables for column in table["columns"])
    seen: Counter[str] = Counter()
    for incoming in reading.incoming:
        for plan in _of_one(planner, stage, incoming, identified=identified):
            if plan.channel != "mail":
                # Ten equal letters without a name are ten submissions; a message is the same anywhere.
                seen[plan.key] += 1
                if seen[plan.key] > 1:
                    plan.key = key_of("again", plan.key, str(seen[plan.key]))
            plan.where = storable(plan.where)[:300]
            yield plan


def _of_one(planner: Planner, stage: Stage, incoming: EngineIncoming, *, identified: bool) -> Iterator[Plan]:
    if incoming.answers or _has_fields(incoming):
        yield planner.of_row(stage, incoming, identified=identified)
        return
    letters = [file for file in incoming.files if is_mail(file.path)]
    others = [file for file in incoming.files if file not in letters]
    if not letters:
        yield planner.of_files(stage, incoming)
    elif others and len(letters) == 1:
        for place, span in enumerate(spans(letters[0].path), start=1):
            yield planner.of_letter(stage, letters[0], span, place, beside=others if place == 1 else [])
    else:
        for file in letters:
            for place, span in enumerate(spans(file.path), start=1):
                yield planner.of_letter(stage, file, span, place)
        if others:
            yield planner.of_files(stage, EngineIncoming(incoming.source_id, files=others))


def is_mail(path: Path) -> bool:
    """Whether a file holds messages: by its name, or by its beginning where the name says nothing."""
    ending = path.suffix.lower()
    if ending in MAIL_ENDINGS:
        return os.access(path, os.R_OK)
    if ending not in _MAYBE and not path.name.lower().startswith(("inbox", "mbox")):
        return False
    if not os.access(path, os.R_OK):
        return False
    with path.open("rb") as file:
        head = file.read(HEAD)
    return is_mailbox(head) or (ending != ".txt" and sniff(path.name, head) == mediatypes.EML)


def _has_fields(incoming: EngineIncoming) -> bool:
    return any((
        incoming.person, incoming.organisation, incoming.country, incoming.stakeholder, incoming.date,
        incoming.language, incoming.closed, incoming.mail_address, incoming.position,
    ))  # fmt: skip


def _single_files(stage: Stage) -> Iterator[EngineIncoming]:
    for path in stage.inputs:
        files = [found.path for found in walk(path, hidden=True).files] if path.is_dir() else [path]
        for each in files:
            yield EngineIncoming(each.name, files=[IncomingFile(each.name, each)])


def _groups(stage: Stage, folders: str) -> Reading:
    reading, groups = Reading("folder", warnings=list(_left_out(stage))), []
    for path in stage.inputs:
        if path.is_file():
            groups.append(EngineIncoming(path.name, files=[IncomingFile(path.name, path)]))
            continue
        found, notes = group_files(walk(path, hidden=True).files, folders)
        reading.notes += notes
        for name, members in found:
            files = [IncomingFile(member.name, member.path) for member in members]
            groups.append(EngineIncoming(name, files=files))
    reading.incoming = groups
    if not groups:
        reading.errors.append(Trouble("", _("There is no file in what was given. Check it."), True))
    return reading


def _left_out(stage: Stage) -> Iterator[Trouble]:
    """Each name in a folder that is not taken in, and why. Unreadable files are told by their item."""
    for path in stage.inputs:
        if not path.is_dir():
            continue
        folder = walk(path, hidden=True)
        told = [(name, left_behind()) for name in folder.skipped]
        told += [(name, _("is neither a file nor a folder and was left out.")) for name in folder.special]
        told += [
            (name, _("is a link and was not followed; put the file itself there.")) for name in folder.links
        ]
        told += [
            (name, _("cannot be opened (%(reason)s); check the permissions.") % {"reason": reason})
            for name, reason in folder.closed
        ]
        yield from (Trouble(storable(name)[:300], message) for name, message in told)


def _of_columns(table: TableUnderstanding) -> Iterator[Trouble]:
    """Which columns of a table answer no question of the call, and where what stands in them goes."""
    filled = [column for column in table.columns if column.filled and column.sure != "mapped"]
    unknown = [column for column in filled if is_left_over(column)]
    closed = [column for column in filled if column.role == "closed"]
    others = [
        column
        for column in filled
        if column.role == "ignored" and column not in unknown and not column.gives_domain
    ]
    said = (
        (
            unknown,
            _(
                "Columns that fit no question of the call and no field: %(names)s. What stands in them is "
                "kept with each submission, sealed, and not published. Say what a column is if that is wrong."
            ),
        ),
        (
            closed,
            _(
                "Columns of closed answers, kept with each submission, sealed, and not published: %(names)s. "
                "Say what a column is if that is wrong."
            ),
        ),
        (
            others,
            _(
                "Columns of personal data, or written for machines; they stay in the file that was sent in: "
                "%(names)s."
            ),
        ),
    )
    for columns, message in said:
        if columns:
            names = ", ".join(f"“{storable(column.heading)[:100]}”" for column in columns)
            yield Trouble(storable(table.name)[:300], message % {"names": names})


def _refuse_bombs(stage: Stage) -> None:
    paths = []
    for given in stage.inputs:
        paths += [found.path for found in walk(given, hidden=True).files] if given.is_dir() else [given]
    refused = too_much([path for path in paths if path.suffix.lower() in WORKBOOKS])
    if refused:
        raise Unusable(" ".join(f"“{path.name}” {reason}." for path, reason in list(refused.items())[:20]))


def _paper(call: Call) -> Any:
    """The questions that the call asks, as the tables are understood by them."""
    from dataclasses import replace

    from colloquia.engines.paper import NumberedPaper
    from colloquia.engines.records import Question
    from colloquia.issues.queries.labels import paper_as_records

    asked = list(call.questions.order_by("position").values_list("question_id", "question__issue_id"))
    known = (
        paper_as_records(call.paper_version)
        if call.paper_version
        else NumberedPaper(title="", questions=(), numbers=())
    )
    worded = {each.id: each for each in known.questions}
    return replace(
        known,
        questions=tuple(
            worded.get(question) or Question(question, question, issue, issue) for question, issue in asked
        ),
    )


def _kind(found: Understanding) -> str:
    if found.tables:
        return "table"
    files = [file for file in found.files if not is_mail(file.path)]
    return "folder" if files or not found.files else "mbox"


def _table(table: Any) -> dict[str, Any]:
    """A table as the page shows it: its columns and how each was understood."""
    return {
        "name": storable(table.name)[:300],
        "rows": table.rows,
        "columns": [
            {
                "heading": storable(column.heading)[:300],
                "role": column.role,
                "sure": column.sure,
                "question": column.question_id or "",
                "reason": storable(column.reason)[:300],
                "filled": column.filled,
                "address": column.gives_domain,
            }
            for column in table.columns
        ],
    }


def sha256_of(path: Path) -> str:
    """The hash of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
