"""Considerations: written by one officer, published by another, commented by states."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from colloquia.accounts.models import Membership, Organisation, RoleGrant, User
from colloquia.consultations.models import Consultation
from colloquia.core.models import LedgerEntry, Territory
from colloquia.issues.models import Issue, Paper, Question
from colloquia.outcomes.models import Consideration, ConsiderationComment, ConsiderationVersion
from colloquia.outcomes.presentation.priorities_registered import considerations_section
from colloquia.outcomes.services.considerations import (
    comment,
    open_comments,
    publish_consideration,
    show_comment,
    withdraw_comment,
    withdraw_consideration,
    write_consideration,
)
from colloquia.outcomes.services.refusals import OutcomeConflict, OutcomeRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def olga(db: None) -> User:
    """A second officer."""
    return User.objects.create_user("olga@secretariat.example", name="Olga", is_officer=True)


@pytest.fixture
def small(db: None) -> Consultation:
    """A consultation on one issue with one question."""
    paper = Paper.objects.create(slug="small-paper", prefix="XX", titles={"en": "A small paper"})
    issue = Issue.objects.create(pk="XX-01", paper=paper)
    Question.objects.create(pk="XX-01.q1", issue=issue)
    return Consultation.objects.create(slug="small", titles={"en": "Small"}, paper="small-paper")


@pytest.fixture
def written(small: Consultation, bruno: User) -> Consideration:
    """A first version."""
    return write_consideration(
        consultation=small, issue_id="XX-01", texts={"en": "A register may help."}, passages=[], run=None,
        by=bruno,
    )  # fmt: skip


@pytest.fixture
def kenya(db: None) -> User:
    """The focal point of Kenya."""
    person = User.objects.create_user("njeri@mission.example", name="Njeri")
    territory = Territory.objects.create(code="KE", kind="territory", name="Kenya")
    RoleGrant.objects.create(user=person, role="focal_point", territory=territory)
    return person


def rewrite(row: Consideration, by: User, text: str, seen: int) -> Consideration:
    return write_consideration(
        consultation=row.consultation, issue_id="XX-01", texts={"en": text}, passages=[], run=None, by=by,
        consideration=row, seen=seen,
    )  # fmt: skip


def section() -> str:
    return considerations_section(RequestFactory().get("/"), "XX-01.q1")


def test_a_second_officer_publishes_exactly_what_was_read(
    written: Consideration, bruno: User, olga: User, chen: User
) -> None:
    with pytest.raises(OutcomeRefused, match="Another officer"):
        publish_consideration(consideration=written, seen=1, by=bruno)
    with pytest.raises(OutcomeRefused, match="Only an officer"):
        publish_consideration(consideration=written, seen=1, by=chen)
    rewrite(written, bruno, "Another text.", 1)
    with pytest.raises(OutcomeConflict):
        publish_consideration(consideration=written, seen=1, by=olga)
    with pytest.raises(OutcomeConflict):
        rewrite(written, olga, "Meanwhile.", 1)
    assert section() == ""
    publish_consideration(consideration=written, seen=2, by=olga)
    assert "Another text." in section()
    assert LedgerEntry.objects.get().kind == "consideration.published"


def test_what_is_public_stays_while_a_later_version_waits(
    written: Consideration, bruno: User, olga: User, client: Client
) -> None:
    publish_consideration(consideration=written, seen=1, by=olga)
    rewrite(written, bruno, "A later text.", 1)
    assert ("A register may help." in section(), "A later text." in section()) == (True, False)
    (public,) = client.get("/consultations/small/considerations.json").json()["considerations"]
    assert (public["version"], public["texts"]) == (1, {"en": "A register may help."})
    assert list(ConsiderationVersion.objects.values_list("number", flat=True)) == [2, 1]
    withdraw_consideration(consideration=written, reason="Overtaken", by=bruno)
    assert section() == ""
    with pytest.raises(OutcomeRefused, match="withdrawn"):
        rewrite(written, bruno, "Again.", 2)


def test_passages_have_to_be_there(small: Consultation, bruno: User) -> None:
    with pytest.raises(OutcomeRefused, match=r"no passage S-2026-00001\.p1"):
        write_consideration(
            consultation=small, issue_id="XX-01", texts={"en": "x"}, passages=["S-2026-00001.p1"], run=None,
            by=bruno,
        )  # fmt: skip
    with pytest.raises(OutcomeRefused, match="at least one language"):
        write_consideration(
            consultation=small, issue_id="XX-01", texts={"en": " "}, passages=[], run=None, by=bruno
        )


def test_focal_points_comment_and_organisations_where_they_may(
    written: Consideration, bruno: User, amara: User, chen: User, kenya: User
) -> None:
    territory = Territory.objects.get()
    body = Organisation.objects.create(name="Union", kind="other", confirmed_at=timezone.now())
    Membership.objects.create(organisation=body, user=amara, confirmed_at=timezone.now())
    words = {"consideration": written, "text": "We note it.", "language": "en"}
    with pytest.raises(OutcomeRefused, match="not open"):
        comment(territory=territory, by=kenya, **words)
    until = timezone.now() + timedelta(days=1)
    open_comments(consideration=written, until=until, organisations=False, by=bruno)
    comment(territory=territory, by=kenya, **words)
    for person, where in ((chen, {"territory": territory}), (amara, {"organisation": body}), (bruno, {})):
        with pytest.raises(OutcomeRefused, match="do not speak"):
            comment(by=person, **words, **where)
    open_comments(consideration=written, until=until, organisations=True, by=bruno)
    assert comment(organisation=body, by=amara, **words).on_behalf_of == "Union"


def test_comments_are_shown_once_an_officer_publishes_them(
    written: Consideration, bruno: User, olga: User, chen: User, kenya: User, client: Client
) -> None:
    open_comments(
        consideration=written, until=timezone.now() + timedelta(days=1), organisations=False, by=bruno
    )
    publish_consideration(consideration=written, seen=1, by=olga)
    address = f"/consultations/small/considerations/{written.pk}/"
    client.force_login(chen)
    assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]
    assert client.post(f"{address}publish/").status_code == 403
    client.force_login(kenya)
    assert client.post(address, {"body": "state-KE", "text": "The delegation notes it."}).status_code == 302
    assert client.post(address, {"body": "state-FR", "text": "Kept words"}).status_code == 409
    public = "/consultations/small/considerations/"
    assert "The delegation notes it." not in Client().get(public).content.decode()
    row = ConsiderationComment.objects.get()
    client.force_login(bruno)
    client.post(f"{address}show/", {"comment": str(row.pk)})
    assert "The delegation notes it." in Client().get(public).content.decode()
    withdraw_comment(row=row, by=kenya)
    assert "The delegation notes it." not in Client().get(public).content.decode()
    with pytest.raises(OutcomeRefused, match="withdrew"):
        show_comment(row=row, shown=True, by=bruno)


def test_pages_before_anything_is_public(
    small: Consultation, client: Client, bruno: User, chen: User
) -> None:
    assert client.get("/consultations/small/considerations/").status_code == 302
    client.force_login(chen)
    pages = ("/consultations/small/considerations/", "/consultations/small/considerations/new/")
    assert [client.get(page).status_code for page in pages] == [404, 403]
    client.force_login(bruno)
    assert [client.get(page).status_code for page in pages] == [200, 200]
    form = {"issue_id": "XX-01", "text_en": "A register may help.", "seen": "0"}
    assert client.post(pages[1], form).status_code == 302
    page = client.get(f"/consultations/small/considerations/{Consideration.objects.get().pk}/")
    assert "another officer publishes it" in page.content.decode()
