from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0004_reading_sequence"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="batchitem",
            index=models.Index(fields=["submission_id"], name="consultations_batched"),
        ),
    ]
