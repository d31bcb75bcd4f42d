"""Who sees a run, and how it comes to be signed: reviewed by one, signed by another, coverage before them."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from colloquia.accounts.models import User
from colloquia.consultations import services
from colloquia.consultations.models import Consultation, ReadMark, Run, ThemeInEffect
from colloquia.consultations.queries import NotShown, run_for, visible_consultations
from colloquia.core.models import AuditEntry


@pytest.fixture
def olga(db: None) -> User:
    """A second officer."""
    return User.objects.create_user("olga@secretariat.example", name="Olga", is_officer=True)


def test_the_public_sees_the_shown_run_alone(second_run: Run, bruno: User, chen: User) -> None:
    assert run_for(bruno, "example").number == 2
    assert run_for(bruno, "example", 1).number == 1
    for person in (AnonymousUser(), chen):
        assert run_for(person, "example").number == 1
        assert run_for(person, "example", 1).number == 1
        with pytest.raises(NotShown):
            run_for(person, "example", 2)


def test_before_anything_is_shown_a_stranger_finds_nothing(hidden_run: Run, chen: User, bruno: User) -> None:
    assert [row.slug for row in visible_consultations(bruno)] == ["example"]
    assert list(visible_consultations(chen)) == []
    with pytest.raises(NotShown):
        run_for(chen, "example")


def test_one_reviews_and_another_signs(stored_run: Run, bruno: User, olga: User) -> None:
    with pytest.raises(services.SigningRefused, match="must review"):
        services.sign_run(run=stored_run, by=olga, seen_read=0)
    services.review_run(run=stored_run, by=bruno)
    with pytest.raises(services.SigningRefused, match="second officer"):
        services.sign_run(run=stored_run, by=bruno, seen_read=0)
    signed = services.sign_run(run=stored_run, by=olga, seen_read=0)
    assert (signed.status, signed.signed_by, signed.signed_coverage["read"]) == ("signed", olga, 0)
    assert list(
        AuditEntry.objects.filter(verb__startswith="consultations.")
        .order_by("pk")
        .values_list("verb", flat=True)
    )[-2:] == ["consultations.review_run", "consultations.sign_run"]
    with pytest.raises(services.SigningRefused, match="signed already"):
        services.review_run(run=stored_run, by=bruno)


def test_coverage_that_changed_under_ones_eyes_stops_the_signature(
    stored_run: Run, bruno: User, olga: User
) -> None:
    services.review_run(run=stored_run, by=bruno)
    ReadMark.objects.create(consultation=stored_run.consultation, submission_id="S-2026-00001", reader=bruno)
    with pytest.raises(services.SigningRefused, match="Look at it again"):
        services.sign_run(run=stored_run, by=olga, seen_read=0)
    assert services.sign_run(run=stored_run, by=olga, seen_read=1).signed_coverage["read"] == 1


def test_a_correction_takes_the_review_back_and_a_signed_run_takes_no_correction(
    stored_run: Run, bruno: User, olga: User
) -> None:
    theme = ThemeInEffect.objects.filter(run=stored_run, is_parent=False)[0].theme_id
    services.review_run(run=stored_run, by=bruno)
    services.rename_theme(run=stored_run, theme=theme, label="Another label", by=bruno, seen=0)
    stored_run.refresh_from_db()
    assert (stored_run.status, stored_run.reviewed_by) == ("draft", None)
    services.review_run(run=stored_run, by=bruno)
    services.sign_run(run=stored_run, by=olga, seen_read=0)
    with pytest.raises(services.CorrectionRefused) as refusal:
        services.rename_theme(run=stored_run, theme=theme, label="Later", by=bruno, seen=1)
    assert refusal.value.code == "signed"


def test_a_consultation_needs_a_title_and_an_address_of_its_own(consultation: Consultation) -> None:
    for slug, titles in (("example", {"en": "Again"}), ("other", {"en": " "}), ("no good", {"en": "T"})):
        with pytest.raises(ValidationError):
            services.create_consultation(slug=slug, titles=titles)
    assert Consultation.objects.count() == 1
