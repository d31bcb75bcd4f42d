"""The queue and the page of a check: who may, what is shown, what is done, and that nothing typed is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse

from colloquia.accounts.models import User
from colloquia.core.models import AuditEntry, Language, OutgoingMail
from colloquia.submissions.models import CheckNote, RedactionDecision, Submission, TextVersion
from colloquia.submissions.queries.checking import public_parts
from colloquia.submissions.records import AnswerIn, FileIn
from colloquia.submissions.services.preparing import prepare
from colloquia.submissions.services.publishing import publish
from colloquia.submissions.services.withdrawing import withdraw
from tests.submissions.conftest import NAMED

Receive = Callable[..., Submission]
TEXT = "My name is Jane Doe. Write to jane@example.org or call +41 22 338 91 11. A register helps Old Smith."
CONTENT = replace(NAMED, answers=(AnswerIn("XX-01.q1", TEXT, "en"),))


@pytest.fixture
def submission(receive: Receive) -> Submission:
    """One with three findings."""
    received = receive(CONTENT)
    prepare(received.pk)
    return received


def address(submission: Submission, name: str = "check", *more: Any) -> str:
    return reverse(name, args=[submission.call.consultation.slug, submission.identifier, *more])


def post(client: Client, submission: Submission, act: str, **values: Any) -> Any:
    submission.refresh_from_db()
    given = {"act": act, "changed": submission.changed, "part": 1, **values}
    return client.post(address(submission), given)


def pages(submission: Submission) -> list[str]:
    slug = submission.call.consultation.slug
    return [
        reverse("queue", args=[slug]),
        address(submission),
        address(submission, "check_preview"),
        address(submission, "seal"),
    ]


def test_strangers_delegates_and_visitors_are_refused(
    client: Client, submission: Submission, chen: User, amara: User
) -> None:
    for page in pages(submission):
        assert client.get(page).status_code == 302
    for person in (chen, amara):
        client.force_login(person)
        assert [client.get(page).status_code for page in pages(submission)] == [403] * 4
        assert client.post(address(submission), {"act": "ready"}).status_code == 403
    submission.refresh_from_db()
    assert submission.check_state == "waiting"


def test_a_reviewer_checks_and_neither_opens_nor_destroys(
    client: Client, submission: Submission, rui: User
) -> None:
    client.force_login(rui)
    assert [client.get(page).status_code for page in pages(submission)] == [200, 200, 200, 403]


def test_accepting_keeping_and_redacting_by_hand(client: Client, submission: Submission, bruno: User) -> None:
    client.force_login(bruno)
    text = submission.versions.get().texts.get()
    name, mail, phone = text.findings.all()
    page = client.get(address(submission)).content.decode()
    assert '<mark class="found" title="Name of a person">Jane Doe</mark>' in page
    assert post(client, submission, "findings", **{f"f{name.pk}": "redact"}).status_code == 302
    assert post(client, submission, "keep-kind:email").status_code == 302
    assert post(client, submission, "redact-kind:all").status_code == 302
    response = post(client, submission, "words", words="Old Smith", category="name")
    assert response.status_code == 302
    assert [(each.start, each.redact) for each in RedactionDecision.objects.order_by("pk")] == [
        (name.start, True),
        (mail.start, False),
        (phone.start, True),
        (TEXT.index("Old Smith"), True),
    ]
    assert text.findings.count() == 3
    preview = client.get(address(submission, "check_preview")).content.decode()
    assert "My name is [personal data removed: name of a person]. Write to jane@example.org" in preview
    assert post(client, submission, "ready", part=0).status_code == 302
    submission.refresh_from_db()
    (part,) = public_parts(submission)
    assert part.text_version.text == (
        "My name is [personal data removed: name of a person]. Write to jane@example.org or call "
        "[personal data removed: telephone number]. A register helps "
        "[personal data removed: name of a person]."
    )
    entries = AuditEntry.objects.filter(verb="submissions.redact")
    place = f"part 1, characters {name.start} to {name.end}"
    assert entries.order_by("pk")[0].changes == {place: [None, "name redacted"]}
    assert not any(secret in str(entry.changes) for entry in entries for secret in ("Jane", "Smith", "@"))


def test_what_was_done_is_read_with_its_values_by_who_checks_and_nobody_else(
    client: Client, submission: Submission, bruno: User, chen: User
) -> None:
    client.force_login(bruno)
    start = TEXT.index("Old Smith")
    post(client, submission, "words", words="Smith", category="name", start=start + 4)
    post(client, submission, f"keep:{start + 4}-{start + 9}")
    page = client.get(address(submission, "check_history"))
    text = page.content.decode()
    assert [act.what for act in page.context["acts"]][:2] == ["Personal data was decided on"] * 2
    before, after = "Name of a person: redacted", "Name of a person: kept"
    assert f"<td><bdi>{before}</bdi></td><td><bdi>{after}</bdi></td>" in text
    assert f"Part 1, characters {start + 4} to {start + 9}" in text
    assert "Smith" not in text
    client.force_login(chen)
    assert client.get(address(submission, "check_history")).status_code == 403


def test_a_redaction_can_be_taken_back(client: Client, submission: Submission, bruno: User) -> None:
    client.force_login(bruno)
    start = TEXT.index("Old Smith")
    post(client, submission, "words", words="Smith", category="name", start=start + 4)
    post(client, submission, f"keep:{start + 4}-{start + 9}")
    post(client, submission, "keep-kind:all")
    post(client, submission, "ready", part=0)
    submission.refresh_from_db()
    (part,) = public_parts(submission)
    assert (part.text_version.text, part.is_redacted) == (TEXT, False)


def test_words_that_are_not_there_are_refused_and_stay_in_the_form(
    client: Client, submission: Submission, bruno: User
) -> None:
    client.force_login(bruno)
    response = post(client, submission, "words", words="Nobody Here", category="address")
    page = response.content.decode()
    assert response.status_code == 422
    assert ">Nobody Here</textarea>" in page
    assert '<option value="address" selected>' in page


def test_two_people_on_one_submission_are_told_and_lose_nothing(
    client: Client, submission: Submission, bruno: User, olga: User
) -> None:
    client.force_login(bruno)
    stale = submission.changed
    post(client, submission, "take", part=0)
    post(client, submission, "redact-kind:email")
    client.force_login(olga)
    page = client.get(address(submission)).content.decode()
    assert "Bruno is checking this submission." in page
    given = {"act": "withhold", "changed": stale, "reason": "Written by a program alone."}
    response = client.post(address(submission), given)
    assert response.status_code == 422
    assert ">Written by a program alone.</textarea>" in response.content.decode()
    submission.refresh_from_db()
    assert (submission.check_state, RedactionDecision.objects.count()) == ("checking", 1)
    assert post(client, submission, "withhold", reason="Written by a program alone.").status_code == 302
    submission.refresh_from_db()
    assert (submission.check_state, submission.withheld_reason) == (
        "withheld",
        "Written by a program alone.",
    )
    assert not AuditEntry.objects.filter(changes__icontains="program alone").exists()


def test_a_closed_check_takes_no_decision_until_it_is_taken_up_again(
    client: Client, submission: Submission, bruno: User
) -> None:
    client.force_login(bruno)
    post(client, submission, "keep-kind:all")
    post(client, submission, "ready", part=0)
    assert post(client, submission, "redact-kind:all").status_code == 422
    assert post(client, submission, "words", words="Jane", category="name").status_code == 422
    assert post(client, submission, "reopen", part=0).status_code == 302
    assert post(client, submission, "words", words="Jane", category="name").status_code == 302


def test_the_sender_is_asked_without_being_named(client: Client, receive: Receive, bruno: User) -> None:
    submission = receive(replace(CONTENT, publication="anonymous"))
    prepare(submission.pk)
    client.force_login(bruno)
    page = client.get(address(submission)).content.decode()
    assert "Example Publishers" not in page
    assert "ada@example.org" not in page
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    post(client, submission, "question", question="Which register do you mean?", part=0)
    message = OutgoingMail.objects.exclude(pk__in=before).get()
    assert message.recipient == "ada@example.org"
    assert "Which register do you mean?" in message.text
    assert "/receipts/" in message.text
    assert CheckNote.objects.get().text == "Which register do you mean?"
    assert "ada@example.org" not in client.get(address(submission)).content.decode()
    assert outbox.outbox == []


def test_a_file_is_given_out_or_its_text_alone(
    client: Client, receive: Receive, bruno: User, attach: Callable[..., Any]
) -> None:
    file = attach("Ada Example.txt")
    submission = receive(replace(NAMED, publication="anonymous", answers=()), files=(FileIn(file),))
    prepare(submission.pk)
    client.force_login(bruno)
    assert client.get(reverse("attachment", args=[file.pk])).status_code == 404
    response = client.get(address(submission, "check_file", 1))
    assert response.getvalue() == b"An annex of one line.\n"
    assert "Ada" not in response["Content-Disposition"]
    assert post(client, submission, "file-out").status_code == 302
    assert post(client, submission, "ready", part=0).status_code == 302
    submission.refresh_from_db()
    assert [each.attachment for each in public_parts(submission)] == [file]


def test_the_queue_takes_as_many_queries_for_three_as_for_one(
    client: Client, receive: Receive, bruno: User, django_assert_num_queries: Any
) -> None:
    prepare(receive(CONTENT).pk)
    client.force_login(bruno)
    slug = Submission.objects.get().call.consultation.slug
    page = reverse("queue", args=[slug])
    client.get(page)
    with django_assert_num_queries(QUEUE_QUERIES):
        client.get(page)
    for _each in range(2):
        prepare(receive(CONTENT).pk)
    with django_assert_num_queries(QUEUE_QUERIES):
        shown = client.get(page).content.decode()
    assert shown.count("Nearly the same text") + shown.count("Same text") >= 2


QUEUE_QUERIES = 14


def test_the_queue_is_narrowed_and_taken_away(
    client: Client, receive: Receive, bruno: User, olga: User
) -> None:
    first = receive(CONTENT)
    prepare(first.pk)
    sealed = receive(replace(NAMED, publication="confidential"), channel="mail")
    prepare(sealed.pk)
    client.force_login(bruno)
    page = reverse("queue", args=[first.call.consultation.slug])

    def rows(query: str) -> list[dict[str, Any]]:
        response = client.get(f"{page}?{query}&table=queue&format=json")
        return json.loads(response.getvalue())["rows"]

    def listed(query: str) -> list[str]:
        return [row["identifier"] for row in rows(query)]

    assert listed("") == [first.identifier, sealed.identifier]
    assert listed("findings=1") == [first.identifier]
    assert listed("wish=confidential") == [sealed.identifier]
    assert listed("channel=web&assigned=nobody&language=en&state=waiting") == [first.identifier]
    assert listed("late=1") == []
    assert [(row["sender"], row["findings"]) for row in rows("")] == [
        ("Example Publishers", 3),
        ("Confidential sender", 0),
    ]
    lines = client.get(f"{page}?table=queue&format=csv").getvalue().decode().splitlines()
    assert len(lines) == 3
    client.post(page, {"submission": [first.identifier, sealed.identifier], "to": olga.pk})
    assert listed("assigned=others") == [first.identifier, sealed.identifier]
    client.post(page, {"submission": [sealed.identifier], "to": ""})
    assert client.post(reverse("queue_next", args=[first.call.consultation.slug])).url == address(sealed)
    assert listed("assigned=me") == [sealed.identifier]


def test_the_queue_names_states_and_their_offices_unless_they_asked_not_to_be(
    client: Client, receive: Receive, bruno: User
) -> None:
    state = replace(NAMED, kind="state", name="Wanjiru Example", organisation="", territory="KE")
    for content in (
        state,
        replace(state, organisation="Ministry of Example"),
        replace(state, kind="office", territory="JP"),
        replace(state, publication="anonymous"),
        replace(state, publication="confidential"),
    ):
        receive(content)
    client.force_login(bruno)
    page = reverse("queue", args=[Submission.objects.first().call.consultation.slug])  # type: ignore[union-attr]
    rows = json.loads(client.get(f"{page}?table=queue&format=json").getvalue())["rows"]
    assert [row["sender"] for row in rows] == [
        "Kenya",
        "Ministry of Example",
        "Japan",
        "Anonymous sender",
        "Confidential sender",
    ]
    shown = client.get(page).content.decode()
    assert "State · Kenya" in shown
    assert "Wanjiru" not in shown


def test_an_officer_says_in_which_language_a_short_text_is(
    client: Client, receive: Receive, bruno: User, chen: User
) -> None:
    text = "Ola, o meu nome é Rui Alves."
    received = receive(
        replace(NAMED, language="", answers=(AnswerIn("XX-01.q1", text), AnswerIn("", "Nei.")))
    )
    prepare(received.pk)
    TextVersion.objects.update(language="")
    Language.objects.get_or_create(code="pt", defaults={"endonym": "português", "name": "Portuguese"})
    client.force_login(chen)
    assert post(client, received, "language", language="pt").status_code == 403
    client.force_login(bruno)
    assert "Language not known" in client.get(address(received)).text
    assert post(client, received, "language", language="xx").status_code == 422
    assert post(client, received, "language", language="pt").status_code == 302
    assert post(client, received, "language", part=2, language="pt").status_code == 302
    entry = AuditEntry.objects.filter(verb="submissions.say_language").earliest("pk")
    assert entry.changes["language"] == ["", "pt"]
    post(client, received, "redact-kind:all")
    post(client, received, "ready")
    received.refresh_from_db()
    public = publish(submission=received, by=bruno)
    assert public.language == "pt"
    shown = list(public.parts.order_by("position"))
    assert [part.language for part in shown] == ["pt", "pt"]
    assert "[dados pessoais removidos: " in shown[0].text_version.text


def test_a_submission_that_was_withdrawn_waits_for_nothing(
    client: Client, submission: Submission, rui: User
) -> None:
    client.force_login(rui)
    assert "Waiting for a check</p>" in client.get(address(submission)).content.decode()
    withdraw(submission=submission)
    page = client.get(address(submission)).content.decode()
    assert ("Withdrawn</p>" in page, "Waiting for a check</p>" in page) == (True, False)
