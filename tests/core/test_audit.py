"""The audit: entries are added, readable, and can be hidden but not changed."""

import pytest

from colloquia.core import audit
from colloquia.core.models import AuditEntry, Language
from colloquia.core.models.audit import AppendOnly

pytestmark = pytest.mark.django_db


@pytest.fixture
def language():
    return Language.objects.create(code="sw", endonym="Kiswahili", name="Swahili")


@pytest.fixture
def entry(language, bruno):
    before = audit.snapshot(language)
    language.name = "Swahili (Kenya)"
    language.is_analysed = True
    language.save()
    return audit.record(language, "core.change_language", by=bruno, before=before, note="asked for")


def test_record_keeps_who_what_and_the_difference(entry, bruno):
    assert (entry.actor, entry.actor_label, entry.verb) == (bruno, "Bruno", "core.change_language")
    assert (entry.object_type, entry.object_id, entry.object_label) == ("core.language", "sw", "Kiswahili")
    assert entry.changes == {"name": ["Swahili", "Swahili (Kenya)"], "is_analysed": [False, True]}


def test_the_program_acts_under_its_own_name(language):
    entry = audit.record(language, "core.load")
    assert (entry.actor, entry.actor_label, entry.changes) == (None, "colloquia", {})


def test_snapshot_leaves_passwords_out_and_cuts_long_texts(bruno, language):
    assert "password" not in audit.snapshot(bruno)
    assert audit.readable("x" * 5000) == "x" * 2000 + "… (5000 characters)"
    assert audit.readable({"set": {"b", "a"}, 1: ("x", None)}) == {"set": ["a", "b"], "1": ["x", None]}
    assert audit.readable("a\x00b") == "a�b"


@pytest.mark.parametrize(
    "act",
    [
        lambda entry: entry.delete(),
        lambda entry: entry.save(),
        lambda entry: AuditEntry.objects.all().delete(),
        lambda entry: AuditEntry.objects.filter(pk=entry.pk).update(note="other"),
        lambda entry: AuditEntry.objects.bulk_update([entry], ["note"]),
        lambda entry: AuditEntry.objects.update_or_create(pk=entry.pk, defaults={"note": "other"}),
        lambda entry: AuditEntry(pk=entry.pk, verb="other").save(force_update=True),
        lambda entry: AuditEntry._default_manager.filter(pk=entry.pk).update(note="other"),
    ],
)
def test_entries_are_never_changed_or_removed(entry, act):
    with pytest.raises(AppendOnly):
        act(entry)
    assert AuditEntry.objects.get().note == "asked for"


def test_an_entry_with_the_id_of_another_does_not_replace_it(entry):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry(pk=entry.pk, verb="other", object_type="x", object_id="y").save()
    assert AuditEntry.objects.get().verb == "core.change_language"


def test_redact_hides_the_values_and_is_an_entry_itself(entry, bruno):
    made = audit.redact(entry=entry, fields=["name", "note"], by=bruno, reason="personal data")
    entry = AuditEntry.objects.get(pk=entry.pk)
    assert entry.changes == {"name": [{"redacted": True}, {"redacted": True}], "is_analysed": [False, True]}
    assert entry.note == "[redacted]"
    assert (made.verb, made.object_id, made.note) == ("audit.redact", str(entry.pk), "personal data")
    assert made.changes == {"redacted": [None, ["name", "note"]]}
    assert "Kenya" not in str(made.changes) + made.note + made.object_label


@pytest.mark.parametrize(("fields", "reason"), [(["name"], " "), (["salary"], "why not"), ([], "why not")])
def test_redact_needs_a_reason_and_a_field_that_is_there(entry, bruno, fields, reason):
    with pytest.raises(ValueError, match="Give a reason"):
        audit.redact(entry=entry, fields=fields, by=bruno, reason=reason)
    assert AuditEntry.objects.count() == 1


def test_audit_of_reads_names_without_a_query_each(entry, language, bruno, django_assert_num_queries):
    from colloquia.core import queries

    for count in (1, 3):
        while AuditEntry.objects.count() < count:
            audit.record(language, "core.look", by=bruno)
        with django_assert_num_queries(1):
            assert {str(row.actor) for row in queries.audit_of("core.language", "sw")} == {"Bruno"}
