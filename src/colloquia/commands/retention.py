"""``colloquia retention``: destroy what is sealed of calls whose retention is over, or say what would be."""

from __future__ import annotations

import argparse

HELP = "Destroy sealed personal data whose retention is over"


def configure(parser: argparse.ArgumentParser) -> None:
    """Whether to do it, or only to say what would be done."""
    parser.add_argument("--dry-run", action="store_true", help="destroy nothing; say what would be destroyed")


def run(arguments: argparse.Namespace) -> int:
    """Print the schedule, or destroy what is due; the worker does the same once a day."""
    import django

    django.setup()
    from colloquia.submissions.queries.retention import schedule
    from colloquia.submissions.services.retention import destroy_due

    if arguments.dry_run:
        for line in schedule():
            state = "held" if line.hold else "due" if line.is_due and line.remains else "kept"
            if line.is_due and not line.remains:
                state = "destroyed"
            print(
                f"{line.due_on}  {state:9}  {line.call.consultation.slug}: {line.submissions} submissions, "
                f"{line.drafts} drafts, {line.sources} sources of imports"
            )
        return 0
    runs = destroy_due(report=_report)
    for each in runs:
        # A database may keep the members of JSON in an order of its own.
        ordered = sorted(each.counts.items(), key=lambda item: (item[0] != "submissions", item[0]))
        counts = ", ".join(f"{number} {name}" for name, number in ordered if number)
        print(f"{each.call.consultation.slug}: destroyed {counts or 'nothing'}, entry {each.ledger_index}")
    if not runs:
        print("Nothing is due.")
    return 0


def _report(call: object, done: int, total: int) -> None:
    if done % 100 == 0 or done == total:
        print(f"{call}: {done} of {total} submissions")
