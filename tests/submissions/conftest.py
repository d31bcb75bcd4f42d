"""An open call on two questions, a draft that can be sent, and people who check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone

from colloquia.accounts.models import RoleGrant, User
from colloquia.consultations.models import Consultation
from colloquia.core import attachments, private_links
from colloquia.core.models import Attachment, Territory
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
from colloquia.submissions import services
from colloquia.submissions.models import AnswerDraft, Call, CallQuestion, Submission
from colloquia.submissions.records import AnswerIn, Content, Incoming

_TERRITORIES = {"CH": "Switzerland", "FR": "France", "JP": "Japan", "KE": "Kenya", "SA": "Saudi Arabia"}

NAMED = Content(
    kind="organisation",
    name="Ada Example",
    organisation="Example Publishers",
    territory="CH",
    stakeholder="Industry",
    language="en",
    answers=(AnswerIn("XX-01.q1", "Rights holders need a register of training data."),),
)


@pytest.fixture
def questions(db: None) -> list[Question]:
    """Two questions of one issue of a small paper."""
    paper = Paper.objects.create(slug="small-paper", prefix="XX", titles={"en": "A small paper"})
    PaperVersion.objects.create(paper=paper, key="draft", position=1, titles={"en": "Draft"})
    issue = Issue.objects.create(pk="XX-01", paper=paper)
    return [Question.objects.create(pk=f"XX-01.q{number}", issue=issue) for number in (1, 2)]


@pytest.fixture
def placed(questions: list[Question]) -> list[str]:
    """The questions stand in the version of the paper, with wordings in English and Arabic; their ids."""
    version = PaperVersion.objects.get()
    issue = IssuePlacement.objects.create(version=version, issue_id="XX-01", number="1", position=1)
    IssueWording.objects.create(placement=issue, language="en", grade="recalled", title="Training data")
    for place, each in enumerate(questions, start=1):
        stands = QuestionPlacement.objects.create(
            version=version, question=each, issue_id="XX-01", number=str(place), position=place
        )
        for language, text in (("en", f"What is asked, {place}?"), ("ar", f"ما السؤال {place}؟")):
            QuestionWording.objects.create(placement=stands, language=language, grade="recalled", text=text)
    return [each.pk for each in questions]


@pytest.fixture
def territories(db: None) -> None:
    """Some territories of the naming profile; all of them take a second."""
    Territory.objects.bulk_create(
        [Territory(code=code, kind="territory", name=name) for code, name in _TERRITORIES.items()]
    )


@pytest.fixture
def make_call(questions: list[Question], bruno: User, territories: None) -> Callable[..., Call]:
    """Makes calls; open since an hour and for a week, unless told otherwise."""

    def make(slug: str = "small-call", **fields: Any) -> Call:
        now = timezone.now()
        consultation = Consultation.objects.create(slug=slug, titles={"en": "A small call"})
        call = Call.objects.create(
            consultation=consultation,
            **{
                "titles": {"en": "A small call"},
                "languages": ["en"],
                "paper_version": PaperVersion.objects.get(),
                "opens_at": now - timedelta(hours=1),
                "closes_at": now + timedelta(days=7),
                "announced_at": now - timedelta(hours=1),
                "created_by": bruno,
                **fields,
            },
        )
        for place, question in enumerate(questions, start=1):
            CallQuestion.objects.create(call=call, question=question, position=place)
        return call

    return make


@pytest.fixture
def call(make_call: Callable[..., Call]) -> Call:
    """An open call."""
    return make_call()


@pytest.fixture
def make_draft(call: Call) -> Callable[..., AnswerDraft]:
    """Makes drafts of a named organisation whose address is confirmed."""

    def make(content: Content = NAMED, **fields: Any) -> AnswerDraft:
        draft = AnswerDraft(
            call=call,
            content=content.as_json(),
            **{"email": "ada@example.org", "confirmed_at": timezone.now(), **fields},
        )
        draft.token_digest = private_links.digest(private_links.token("draft", draft.pk))
        draft.save()
        return draft

    return make


@pytest.fixture
def draft(make_draft: Callable[..., AnswerDraft]) -> AnswerDraft:
    """A draft that can be sent."""
    return make_draft()


@pytest.fixture
def receive(call: Call) -> Callable[..., Submission]:
    """Seals submissions without a draft."""

    def make(content: Content = NAMED, *, files: tuple[Any, ...] = (), **options: Any) -> Submission:
        now = timezone.now()
        return services.receive(
            call=options.pop("call", call),
            incoming=Incoming(content=content, files=files, email=options.pop("email", "ada@example.org")),
            **{"received_at": now, "confirmed_at": now, **options},
        )

    return make


@pytest.fixture
def attach(db: None) -> Callable[..., Attachment]:
    """Receives files."""

    def make(
        name: str = "annex.txt", content: bytes = b"An annex of one line.\n", **options: Any
    ) -> Attachment:
        return attachments.receive(BytesIO(content), name=name, **options)

    return make


@pytest.fixture
def olga(db: None) -> User:
    """A second officer."""
    return User.objects.create_user("olga@secretariat.example", name="Olga", is_officer=True)


@pytest.fixture
def rui(db: None) -> User:
    """A reviewer: checks submissions, and publishes nothing."""
    person = User.objects.create_user("rui@secretariat.example", name="Rui")
    RoleGrant.objects.create(user=person, role="reviewer")
    return person
