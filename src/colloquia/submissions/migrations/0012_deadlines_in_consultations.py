"""The consultations of calls that there are already get the deadlines of their calls."""

from __future__ import annotations

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import migrations


def _tell(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 -- Django's
    for call in apps.get_model("submissions", "Call").objects.select_related("consultation"):
        row, deadline = call.consultation, call.closed_early_at or call.closes_at
        row.closed_on = deadline.astimezone(ZoneInfo(call.time_zone)).date()
        row.closes_at, row.time_zone = deadline, call.time_zone
        row.save(update_fields=["closed_on", "closes_at", "time_zone"])


class Migration(migrations.Migration):
    """One field of a call's consultation, out of the call. Back again, it stays."""

    dependencies: ClassVar = [
        ("consultations", "0009_deadlines_of_calls"),
        ("submissions", "0011_wishes_and_languages_by_index"),
    ]

    operations: ClassVar = [migrations.RunPython(_tell, migrations.RunPython.noop)]
