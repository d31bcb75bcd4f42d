"""A consultation knows the deadline of its call, and the clocks that it is told by."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two fields."""

    dependencies: ClassVar = [("consultations", "0008_decisions_on_organisations")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="consultation",
            name="closes_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="deadline"),
        ),
        migrations.AddField(
            model_name="consultation",
            name="time_zone",
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name="time zone"),
        ),
    ]
