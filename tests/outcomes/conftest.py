"""A signed run of the small docket, two officers, a paper, and outcomes of two themes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from colloquia.accounts.models import User
from colloquia.consultations.models import Run, ThemeInEffect
from colloquia.consultations.queries import bulk_of
from colloquia.engines.bulk import PassageRow
from colloquia.issues.models import (
    Issue,
    IssuePlacement,
    IssueWording,
    Paper,
    PaperVersion,
    Question,
    QuestionPlacement,
    QuestionWording,
)
from colloquia.outcomes import services
from colloquia.outcomes.models import Outcome, OutcomeTerm, Revision, Summary
from colloquia.submissions.models import Call, Submission
from colloquia.submissions.records import Content, Incoming
from colloquia.submissions.services import receive
from tests.consultations.conftest import (
    consultation,
    hidden_run,
    kept_runs,
    olga,
    run_folder,
    runs,
    stored_run,
)

__all__ = ["consultation", "hidden_run", "kept_runs", "olga", "run_folder", "runs", "stored_run"]


@pytest.fixture
def signed_run(stored_run: Run, bruno: User, olga: User) -> Run:
    """Run 1, shown and signed."""
    now = timezone.now()
    Run.objects.filter(pk=stored_run.pk).update(
        status="signed", reviewed_by=bruno, reviewed_at=now, signed_by=olga, signed_at=now
    )
    stored_run.refresh_from_db()
    return stored_run


@pytest.fixture
def passages(stored_run: Run) -> list[PassageRow]:
    """The passages that answer the question on training, best placed first."""
    return bulk_of(stored_run).passages(question="IP-08.q1", limit=0)[0]


@pytest.fixture
def themes(stored_run: Run) -> list[ThemeInEffect]:
    """The themes of that question."""
    return list(
        ThemeInEffect.objects.filter(run=stored_run, question_id="IP-08.q1", is_live=True, is_parent=False)
    )


@pytest.fixture
def terms(db: None) -> None:
    """The terms with which a site begins, which tests with a live server wipe away."""
    for code, labels, needs in (
        (
            "reflected",
            {"en": "Reflected in paragraph {paragraph}", "ar": "انعكس في الفقرة {paragraph}"},
            True,
        ),
        ("noted", {"en": "Noted", "ar": "أُحيط به علماً"}, False),
    ):
        OutcomeTerm.objects.get_or_create(
            code=code, defaults={"labels": labels, "needs_paragraph": needs, "position": 1}
        )


@pytest.fixture
def summary(signed_run: Run, passages: list[PassageRow], bruno: User) -> Summary:
    """A summary of one sentence that cites one passage."""
    row = services.begin_summary(run=signed_run, language="en", by=bruno)
    sentence = services.add_sentence(
        summary=row, question_id="IP-08.q1", text="Permission is asked for.", by=bruno
    )
    services.cite(
        summary=row,
        sentence=sentence.pk,
        passage_id=passages[0].passage_id,
        words=passages[0].text[:40],
        by=bruno,
    )
    row.refresh_from_db()
    return row


@pytest.fixture
def sign(bruno: User, olga: User) -> Callable[[Summary], Summary]:
    """Reviews by one officer and signs by another."""

    def make(row: Summary) -> Summary:
        row.refresh_from_db()
        services.review_summary(summary=row, seen=row.version, by=bruno)
        return services.sign_summary(summary=row, seen=row.version, by=olga)

    return make


@pytest.fixture
def decide(signed_run: Run, terms: None, bruno: User) -> Callable[..., Outcome]:
    """Gives outcomes."""

    def make(
        theme: str = "", *, suggestion: int | None = None, code: str = "noted", **options: Any
    ) -> Outcome:
        return services.decide(
            run=options.get("run", signed_run),
            subject=services.Subject(theme=theme, suggestion=suggestion),
            decision=services.Decision(
                code, options.get("paragraph", ""), options.get("reasons", {"en": "It was looked at."})
            ),
            seen=options.get("seen"),
            by=options.get("by", bruno),
        )

    return make


@pytest.fixture
def publish(signed_run: Run, bruno: User, olga: User) -> Callable[[], Any]:
    """Publishes all outcomes by two officers."""

    def make() -> Any:
        proposal = services.propose_publication(run=signed_run, by=bruno)
        return services.publish_outcomes(proposal=proposal, by=olga)

    return make


NAMED = Content(kind="organisation", name="Ada Example", organisation="Example Publishers", language="en")


@pytest.fixture
def received(signed_run: Run, bruno: User) -> Callable[..., Submission]:
    """Seals submissions to a call of the consultation."""
    now = timezone.now()
    call = Call.objects.create(
        consultation=signed_run.consultation,
        titles={"en": "A call"},
        languages=["en"],
        opens_at=now - timedelta(days=2),
        closes_at=now - timedelta(days=1),
        announced_at=now - timedelta(days=2),
        created_by=bruno,
    )

    def make(content: Content = NAMED, *, email: str = "ada@example.org") -> Submission:
        incoming = Incoming(content=content, email=email)
        return receive(call=call, incoming=incoming, received_at=now, confirmed_at=now)

    return make


@dataclass
class SmallPaper:
    """A version of the paper of the consultation."""

    paper: Paper
    base: PaperVersion


@pytest.fixture
def paper(db: None) -> SmallPaper:
    """Two issues with official questions in English, one of them in Arabic too."""
    paper = Paper.objects.create(slug="ip-policy-and-ai", prefix="IP", titles={"en": "A paper"})
    base = PaperVersion.objects.create(
        paper=paper, key="draft", position=1, titles={"en": "Draft"}, is_authentic=True
    )
    texts = {
        "IP-07.q1": {"en": "Must a human being have made the work?"},
        "IP-08.q1": {"en": "Should works train machines without permission?", "ar": "هل يلزم إذن؟"},
        "IP-08.q2": {"en": "Who should keep a register?"},
    }
    for place, identifier in enumerate(("IP-07", "IP-08"), start=1):
        issue = Issue.objects.create(pk=identifier, paper=paper)
        placed = IssuePlacement.objects.create(version=base, issue=issue, number=str(place), position=place)
        IssueWording.objects.create(placement=placed, language="en", grade="authentic", title=identifier)
    for place, (identifier, wordings) in enumerate(texts.items(), start=1):
        question = Question.objects.create(pk=identifier, issue_id=identifier[:5])
        row = QuestionPlacement.objects.create(
            version=base, question=question, issue_id=identifier[:5], number=str(place), position=place
        )
        for code, text in wordings.items():
            QuestionWording.objects.create(placement=row, language=code, grade="authentic", text=text)
    return SmallPaper(paper, base)


@pytest.fixture
def told(
    decide: Callable[..., Outcome],
    publish: Callable[[], Any],
    themes: list[ThemeInEffect],
    paper: SmallPaper,
    passages: list[PassageRow],
    summary: Summary,
    sign: Callable[[Summary], Summary],
    signed_run: Run,
    bruno: User,
    olga: User,
) -> Revision:
    """Everything is published: the summary, outcomes of a theme and of a suggestion, a revised paper."""
    sign(summary)
    suggestion = services.mark_suggestion(
        run=signed_run,
        passage_id=passages[0].passage_id,
        words=passages[0].text[:20],
        question_id="IP-08.q1",
        note="Ask first.",
        by=bruno,
    )
    outcome = decide(
        themes[0].theme_id, code="reflected", paragraph="8", reasons={"en": "It led to a question."}
    )
    decide(suggestion=suggestion.pk)
    publish()
    revision = services.begin_revision(
        consultation=signed_run.consultation,
        base=paper.base,
        key="revised",
        titles={"en": "Revised"},
        symbol="",
        by=bruno,
    )
    wish = services.Wish(
        "reword", "IP-08.q1", "IP-08", {"en": "Should works train machines with permission?"}, None,
        {"en": "To be clear."}, [outcome.pk],
    )  # fmt: skip
    services.save_change(revision=revision, wish=wish, seen="", by=bruno)
    revision.refresh_from_db()
    services.review_revision(revision=revision, seen=revision.version, by=bruno)
    services.publish_revision(revision=revision, seen=revision.version, by=olga)
    revision.refresh_from_db()
    return revision


@pytest.fixture
def officer(client: Client, bruno: User) -> Client:
    """A browser in which an officer is signed in."""
    client.force_login(bruno)
    return client
