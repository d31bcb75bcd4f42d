"""The administration of reference data: officers only, and every change in the audit."""

import pytest
from django.urls import reverse

from colloquia.accounts.models import User
from colloquia.core import audit, services
from colloquia.core.models import AuditEntry, Grouping, NamingProfile

pytestmark = pytest.mark.django_db
LISTS = (
    "namingprofile", "territory", "subnationalunit", "grouping", "membership", "language", "attachment",
    "auditentry", "schedule", "workerheartbeat",
)  # fmt: skip


@pytest.fixture
def staff(db):
    """Administers the site without being an officer."""
    return User.objects.create_user("staff@secretariat.example", name="Staff", is_staff=True)


def address(model, page="changelist", *arguments):
    return reverse(f"admin:core_{model}_{page}", args=arguments)


@pytest.mark.parametrize("model", LISTS)
def test_lists_open_for_officers_and_for_nobody_else(client, bruno, staff, chen, model):
    statuses = []
    for person in (bruno, staff, chen):
        client.force_login(person)
        statuses.append(client.get(address(model)).status_code)
    assert statuses == [200, 403, 302]


def test_the_audit_is_read_and_not_written(client, bruno):
    entry = audit.record(bruno, "tests.act", by=bruno)
    client.force_login(bruno)
    assert client.get(address("auditentry", "change", entry.pk)).status_code == 200
    assert client.post(address("auditentry", "change", entry.pk), {"verb": "other"}).status_code == 403
    assert client.post(address("auditentry", "delete", entry.pk), {"post": "yes"}).status_code == 403
    assert client.get(address("auditentry", "add")).status_code == 403


def test_own_groupings_are_added_changed_and_removed_with_entries(client, bruno):
    client.force_login(bruno)
    form = {"code": "OURS", "kind": "own", "names": '{"en": "Our group"}', "grade": "recalled", "source": ""}
    client.post(address("grouping", "add"), form)
    client.post(address("grouping", "change", "OURS"), form | {"names": '{"en": "Our new group"}'})
    client.post(address("grouping", "delete", "OURS"), {"post": "yes"})
    entries = AuditEntry.objects.filter(object_type="core.grouping").order_by("pk")
    assert [entry.verb for entry in entries] == ["admin.add", "admin.change", "admin.delete"]
    assert entries[1].changes == {"names": [{"en": "Our group"}, {"en": "Our new group"}]}
    assert Grouping.objects.count() == 0


def test_packaged_groupings_cannot_be_changed_or_removed(client, bruno):
    Grouping.objects.create(code="LDC", names={"en": "LDC"}, origin="packaged")
    client.force_login(bruno)
    assert client.post(address("grouping", "change", "LDC"), {"code": "LDC"}).status_code == 403
    assert client.post(address("grouping", "delete", "LDC"), {"post": "yes"}).status_code == 403
    assert Grouping.objects.count() == 1


def test_the_profile_in_force_is_signed_off_by_an_action(client, bruno):
    old = NamingProfile.objects.create(title="Old", fingerprint="1")
    new = NamingProfile.objects.create(title="New", fingerprint="2", is_current=True)
    client.force_login(bruno)
    for chosen in ([old.pk], [old.pk, new.pk], [new.pk]):
        assert list(NamingProfile.objects.exclude(signed_off_by="")) == []
        client.post(address("namingprofile"), {"action": "sign_off", "_selected_action": chosen})
    assert NamingProfile.objects.get(signed_off_by="Bruno") == new


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_memberships_costs_the_same_for_one_and_three(
    client, bruno, django_assert_num_queries, count
):
    services.define_grouping(code="OURS", names={"en": "Our group"}, by=bruno)
    from colloquia.core.models import Territory

    for code in ("FR", "DE", "JP")[:count]:
        Territory.objects.create(code=code, kind="territory", name=code)
        services.place_in_grouping(grouping="OURS", territory=code, by=bruno)
    client.force_login(bruno)
    with django_assert_num_queries(6):
        assert client.get(address("membership")).status_code == 200
