"""Files hold more than their text; those that were read before count as not looked into."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations, models


def _tell(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 -- Django's
    texts = apps.get_model("submissions", "TextVersion").objects
    texts.filter(file__isnull=False).exclude(kind="redacted").update(beside={"unread": 1})


class Migration(migrations.Migration):
    """Two fields; an officer decides about each file that was read before, when it is published again."""

    dependencies: ClassVar = [("submissions", "0013_each_searched_word_once")]

    operations: ClassVar = [
        migrations.AddField("textversion", "beside", models.JSONField(blank=True, default=dict)),
        migrations.AddField(
            "draftfile",
            "is_original",
            models.BooleanField(default=False, verbose_name="the answer form as it was filled in"),
        ),
        migrations.RunPython(_tell, migrations.RunPython.noop),
    ]
