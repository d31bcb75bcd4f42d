"""What staff and totals ask of versions by wish and language, without reading what was received."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two indexes."""

    dependencies: ClassVar = [("submissions", "0010_order_of_the_queue")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="submissionversion",
            index=models.Index(fields=["publication", "submission", "number"], name="submissions_wishes"),
        ),
        migrations.AddIndex(
            model_name="submissionversion",
            index=models.Index(fields=["language", "submission", "number"], name="submissions_languages"),
        ),
    ]
