"""What is searched holds each word once, and PostgreSQL keeps it as it is: unpacking took most of a search."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

_BATCH = 200


def _keep_plain(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 -- Django's
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE submissions_publishedsubmission ALTER COLUMN search_text SET STORAGE EXTERNAL"
        )


def _pack_again(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 -- Django's
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE submissions_publishedsubmission ALTER COLUMN search_text SET STORAGE EXTENDED"
        )


def _write_once(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 -- Django's
    """As ``folding.searched`` writes it now."""
    rows = apps.get_model("submissions", "PublishedSubmission").objects
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), _BATCH):
        batch = list(rows.filter(pk__in=keys[start : start + _BATCH]).only("pk", "search_text"))
        for row in batch:
            row.search_text = " ".join(dict.fromkeys(row.search_text.split()))
        rows.bulk_update(batch, ["search_text"])


class Migration(migrations.Migration):
    """How one column is kept, and what is in it. Back again, the words stay as they are."""

    dependencies: ClassVar = [("submissions", "0012_deadlines_in_consultations")]

    operations: ClassVar = [
        migrations.RunPython(_keep_plain, _pack_again),
        migrations.RunPython(_write_once, migrations.RunPython.noop),
    ]
