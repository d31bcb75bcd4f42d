
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


FIRST = (
    (
        "reflected",
        {"en": "Reflected in paragraph {paragraph}", "ar": "انعكس في الفقرة {paragraph}"},
        True,
    ),
    ("noted", {"en": "Noted", "ar": "أُحيط به علماً"}, False),
    ("covered-elsewhere", {"en": "Covered elsewhere", "ar": "تناوله موضع آخر"}, False),
    ("outside-scope", {"en": "Outside scope", "ar": "خارج النطاق"}, False),
)


def add_first_terms(apps, schema_editor):
    """The terms with which a site begins; an operator changes them."""
    terms = apps.get_model("outcomes", "OutcomeTerm")
    for position, (code, labels, needs_paragraph) in enumerate(FIRST, start=1):
        terms.objects.get_or_create(
            code=code, defaults={"labels": labels, "needs_paragraph": needs_paragraph, "position": position}
        )


class Migration(migrations.Migration):

    dependencies = [
        ('consultations', '0008_decisions_on_organisations'),
        ('issues', '0002_starter_hash'),
        ('outcomes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='OutcomePublication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcomes', models.JSONField(default=list, verbose_name='outcomes')),
                ('proposed_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='proposed')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='published')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn')),
                ('told_up_to', models.PositiveBigIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'publication of outcomes',
                'verbose_name_plural': 'publications of outcomes',
                'ordering': ('run', 'pk'),
            },
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.CheckConstraint(condition=models.Q(('published_by__isnull', True), models.Q(('published_by', models.F('reviewed_by')), _negated=True), _connector='OR'), name='outcomes_revision_two_officers', violation_error_message='Another officer than the one who reviewed publishes.'),
        ),
        migrations.AddField(
            model_name='outcomepublication',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='outcomepublication',
            name='published_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='outcomepublication',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consultations.run'),
        ),
        migrations.AddConstraint(
            model_name='outcomepublication',
            constraint=models.CheckConstraint(condition=models.Q(('published_by__isnull', True), models.Q(('published_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='outcomes_publication_two_officers', violation_error_message='Another officer than the one who proposed publishes.'),
        ),
        migrations.AddConstraint(
            model_name='outcomepublication',
            constraint=models.UniqueConstraint(condition=models.Q(('published_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('run',), name='outcomes_one_proposal'),
        ),
        migrations.RunPython(add_first_terms, migrations.RunPython.noop),
    ]
