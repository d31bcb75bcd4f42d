"""When a call was changed after it was announced."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """One column."""

    dependencies: ClassVar = [("submissions", "0006_imports_of_mail_and_post")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="call",
            name="changed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="changed after it was announced"),
        ),
    ]
