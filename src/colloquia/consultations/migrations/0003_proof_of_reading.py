import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0002_analysis_request"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="chosen",
            field=models.JSONField(blank=True, default=dict, verbose_name="how they were chosen"),
        ),
        migrations.AddField(
            model_name="sample",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="closed"),
        ),
        migrations.AddField(
            model_name="sample",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sample",
            name="finished",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="sample",
            name="machine",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="sample",
            name="population",
            field=models.PositiveIntegerField(default=0, verbose_name="drawn from"),
        ),
        migrations.AddField(
            model_name="sample",
            name="result",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="sample",
            name="stratified_by",
            field=models.CharField(blank=True, max_length=20, verbose_name="stratified by"),
        ),
        migrations.AddField(
            model_name="sample",
            name="without_shared",
            field=models.BooleanField(default=False, verbose_name="without repetitions of shared text"),
        ),
        migrations.CreateModel(
            name="ReadingLanguages",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("codes", models.JSONField(default=list, verbose_name="codes of languages")),
                (
                    "reader",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reading_languages",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "languages that a person reads",
                "verbose_name_plural": "languages that people read",
                "ordering": ("reader",),
            },
        ),
    ]
