"""The pages of reading and double coding: for officers, nothing lost by an error, blind where they say so."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.test import Client

from colloquia.accounts.models import RoleGrant, User
from colloquia.consultations.models import Batch, Coding, ReadMark, Run, Sample
from colloquia.consultations.services.batches import Draw, make_batches
from colloquia.consultations.services.double_coding import close, code, draw_sample, finish
from colloquia.consultations.services.reading import mark_read
from colloquia.engines.bulk import Filters
from colloquia.engines.bulk.readers import Wish

pytestmark = pytest.mark.django_db

HERE = "/consultations/example"
QUESTION = "IP-08.q1"
PAGES = [
    "/workspace/",
    "/workspace.json",
    f"{HERE}/reading/",
    f"{HERE}/reading.json",
    f"{HERE}/reading/batches/",
    f"{HERE}/reading/batches.json",
    f"{HERE}/reading/batches/new/",
    f"{HERE}/reading/1/",
    f"{HERE}/reading/1.json",
    f"{HERE}/reading/1/1/",
    f"{HERE}/reading/queue/",
    f"{HERE}/reading/queue.json",
    f"{HERE}/reading/samples/",
    f"{HERE}/reading/samples.json",
    f"{HERE}/reading/samples/new/",
    f"{HERE}/reading/samples/1/",
    f"{HERE}/reading/samples/1.json",
    f"{HERE}/reading/samples/1/1/",
    f"{HERE}/sign/",
]
POSTS = [
    *(page for page in PAGES if "json" not in page),
    f"{HERE}/reading/mark/",
    f"{HERE}/reading/samples/1/finished/",
]


@pytest.fixture
def batch(stored_run: Run, bruno: User) -> Batch:
    """Three submissions for Bruno: 1, 2 and 3."""
    draw = Draw(Wish(), each=3, order="received")
    return make_batches(run=stored_run, draw=draw, readers=[bruno], by=bruno).batches[0]


@pytest.fixture
def sample(stored_run: Run, bruno: User, olga: User) -> Sample:
    """Three passages for Bruno and Olga."""
    return draw_sample(run=stored_run, question_id=QUESTION, size=3, seed=1, coders=[bruno, olga], by=bruno)


def text(response: Any) -> str:
    """The body; of a file, read to its end, which closes it."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return str(content.decode(errors="replace"))


@pytest.mark.parametrize("page", PAGES)
def test_strangers_and_delegates_are_refused(
    page: str, client: Client, batch: Batch, sample: Sample, amara: User, chen: User
) -> None:
    response = client.get(page)
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={page}")
    for person in (amara, chen):
        client.force_login(person)
        assert client.get(page).status_code == 403


@pytest.mark.parametrize("page", POSTS)
def test_strangers_change_nothing(
    page: str, client: Client, batch: Batch, sample: Sample, chen: User, bruno: User
) -> None:
    client.force_login(chen)
    data = {"act": "read", "submission": "S-2026-00001", "language": "sw", "readers": bruno.pk}
    assert client.post(page, data).status_code in {403, 405}
    assert (ReadMark.objects.count(), Coding.objects.count(), Batch.objects.count()) == (0, 0, 1)
    batch.refresh_from_db()
    sample.refresh_from_db()
    assert (batch.withdrawn_at, sample.closed_at) == (None, None)


@pytest.mark.parametrize("page", PAGES)
def test_officers_see_every_page(page: str, officer: Client, batch: Batch, sample: Sample) -> None:
    response = officer.get(page)
    assert response.status_code == 200
    if page.endswith(".json"):
        assert json.loads(response.content)["ok"] is True
    else:
        assert text(response).count("<h1") == 1


def test_what_is_not_there_is_not_found(officer: Client, batch: Batch, sample: Sample) -> None:
    for page in ("9/", "1/9/", "1/0/", "samples/9/", "samples/1/9/", "9.json"):
        assert officer.get(f"{HERE}/reading/{page}").status_code == 404


def test_mark_as_read_and_go_on(officer: Client, batch: Batch, bruno: User) -> None:
    mark_read(run=Run.objects.get(), submission_id="S-2026-00002", by=bruno)
    first = officer.get(f"{HERE}/reading/1/1/")
    assert "The ministry sees two needs." in text(first)
    assert "Mark as read and go on" in text(first)
    gone_on = officer.post(f"{HERE}/reading/1/1/", {"act": "read"})
    assert gone_on["Location"] == f"{HERE}/reading/1/3/"
    last = officer.post(f"{HERE}/reading/1/3/", {"act": "read"}, follow=True)
    assert last.redirect_chain == [(f"{HERE}/reading/1/", 302)]
    assert "That was the last submission of this batch." in text(last)
    assert ReadMark.objects.filter(reader=bruno, withdrawn_at=None).count() == 3
    again = officer.get(f"{HERE}/reading/1/1/")
    assert "Withdraw my mark" in text(again)
    officer.post(f"{HERE}/reading/1/1/", {"act": "withdraw"})
    assert json.loads(officer.get(f"{HERE}/reading/1.json").content)["submissions"] == [
        {"position": 1, "submission": "S-2026-00001", "read": False},
        {"position": 2, "submission": "S-2026-00002", "read": True},
        {"position": 3, "submission": "S-2026-00003", "read": True},
    ]


def test_in_anothers_batch_ones_mark_is_ones_own(client: Client, batch: Batch, olga: User) -> None:
    client.force_login(olga)
    assert "This batch is Bruno’s." in text(client.get(f"{HERE}/reading/1/1/"))
    assert client.post(f"{HERE}/reading/1/1/", {"act": "read"})["Location"] == f"{HERE}/reading/1/2/"
    assert ReadMark.objects.get().reader == olga
    assert json.loads(client.get(f"{HERE}/reading/1.json").content)["batch"]["read"] == 0


def test_a_mark_on_the_submissions_own_page(officer: Client, stored_run: Run) -> None:
    page = f"{HERE}/submissions/S-2026-00012/"
    assert "Mark as read" in text(officer.get(page))
    data = {"act": "read", "submission": "S-2026-00012", "next": page}
    assert officer.post(f"{HERE}/reading/mark/", data)["Location"] == page
    shown = text(officer.get(page))
    assert "You have marked this submission as read." in shown
    officer.post(f"{HERE}/reading/mark/", data | {"act": "withdraw"})
    assert "You have marked" not in text(officer.get(page))
    elsewhere = officer.post(f"{HERE}/reading/mark/", data | {"next": "https://elsewhere.example/"})
    assert elsewhere["Location"] == f"{HERE}/reading/"
    refused = officer.post(
        f"{HERE}/reading/mark/", data | {"submission": "S-2026-99999"}, headers={"accept": "application/json"}
    )
    assert (refused.status_code, json.loads(refused.content)["ok"]) == (422, False)


def test_the_public_sees_no_button_and_no_reader(client: Client, stored_run: Run, bruno: User) -> None:
    mark_read(run=stored_run, submission_id="S-2026-00012", by=bruno)
    for page in ("/", "/submissions/S-2026-00012/", "/method/"):
        shown = text(client.get(f"{HERE}{page}"))
        assert "Mark as read" not in shown
        assert "Bruno" not in shown


def test_batches_are_made_from_the_filters_of_the_list(
    officer: Client, stored_run: Run, bruno: User, olga: User
) -> None:
    page = f"{HERE}/reading/batches/new/?stakeholder=Civil+society&language=en"
    assert "9 submissions match these filters." in text(officer.get(page))
    data = {
        "readers": [bruno.pk, olga.pk],
        "size": 50,
        "order": "received",
        "one_of_each": "1",
        "unread": "1",
        "unassigned": "1",
        "due_on": "2026-12-24",
        "title": "Letters",
    }
    response = officer.post(page, data, follow=True)
    assert response.redirect_chain == [(f"{HERE}/reading/batches/", 302)]
    assert "2 batches were made" in text(response)
    first = Batch.objects.get(number=1)
    assert (first.reader, str(first.due_on), first.title) == (bruno, "2026-12-24", "Letters")
    assert first.chosen["filters"] == {"stakeholders": ["Civil society"], "languages": ["en"]}
    shown = text(officer.get(f"{HERE}/reading/1/"))
    assert "stakeholder group: Civil society" in shown
    assert "language: English" in shown


def test_an_error_loses_nothing_that_was_typed(officer: Client, stored_run: Run) -> None:
    response = officer.post(
        f"{HERE}/reading/batches/new/", {"size": 500, "order": "lot", "title": "My ⟨title⟩"}
    )
    shown = text(response)
    assert response.status_code == 422
    assert "My ⟨title⟩" in shown
    assert "Ensure this value is less than or equal to 200." in shown
    response = officer.post(f"{HERE}/reading/samples/new/", {"size": 12, "seed": 5, "question": QUESTION})
    assert response.status_code == 422
    assert 'value="12"' in text(response)


def test_a_batch_is_given_to_another_and_withdrawn(officer: Client, batch: Batch, olga: User) -> None:
    response = officer.post(f"{HERE}/reading/1/", {"act": "reassign", "to": olga.pk})
    assert response["Location"] == f"{HERE}/reading/2/"
    officer.post(f"{HERE}/reading/2/", {"act": "withdraw"})
    assert list(Batch.objects.filter(withdrawn_at=None)) == []
    refused = officer.post(f"{HERE}/reading/2/", {"act": "reassign", "to": ""})
    assert refused.status_code == 422


def test_the_queue_says_who_can_read_and_takes_marks(officer: Client, stored_run: Run, bruno: User) -> None:
    officer.post("/workspace/", {"language": ["sw"]})
    shown = text(officer.get(f"{HERE}/reading/queue/"))
    assert "Tunaomba watengenezaji" in shown
    assert "Swahili" in shown
    assert "Bruno" in shown
    data = {"act": "read", "submission": "S-2026-00011", "passage": "S-2026-00011.p1"}
    officer.post(f"{HERE}/reading/mark/", data)
    rows = json.loads(officer.get(f"{HERE}/reading/queue.json").content)["waiting"]
    assert [(row["id"], row["state"]) for row in rows] == [
        ("S-2026-00011.p1", "read"),
        ("S-2026-00026.d1", "waiting"),
    ]
    only = json.loads(officer.get(f"{HERE}/reading/queue.json?state=waiting").content)
    assert (only["count"], only["waiting"][0]["kind"]) == (1, "document")
    file = officer.get(f"{HERE}/reading/queue/?table=queue&format=csv")
    rows = list(csv.DictReader(io.StringIO(text(file).lstrip("\ufeff"))))
    assert rows[0]["readers"] == "Bruno"


def test_coding_is_blind(client: Client, sample: Sample, bruno: User, olga: User) -> None:
    """Bruno has said that no theme applies; neither that nor the machine's themes show to Olga."""
    for name in sample.passages:
        code(sample=sample, by=bruno, passage_id=name, themes=[])
    finish(sample=sample, by=bruno)
    client.force_login(olga)
    page = f"{HERE}/reading/samples/1/1/?run=1"
    shown = text(client.get(page))
    assert "checked" not in shown
    assert "by machine" not in shown
    assert "Bruno" not in shown
    about = text(client.get(f"{HERE}/reading/samples/1/?run=1"))
    assert "Nobody sees a code of anybody" in about
    assert "alpha" not in about
    twin = json.loads(client.get(f"{HERE}/reading/samples/1.json?run=1").content)
    assert (twin["agreement"], twin["differences"]) == (None, [])
    refused = client.get(f"{HERE}/reading/samples/1/?run=1&table=differences-1&format=csv")
    assert refused.status_code == 404


def test_a_passage_is_coded_or_said_to_be_of_no_theme(client: Client, sample: Sample, olga: User) -> None:
    client.force_login(olga)
    page = f"{HERE}/reading/samples/1/{{}}/?run=1"
    empty = client.post(page.format(1), {})
    assert (empty.status_code, "Choose at least one theme" in text(empty)) == (422, True)
    both = client.post(page.format(1), {"themes": ["none", f"{QUESTION}.t1"]})
    assert (both.status_code, "and not both" in text(both)) == (422, True)
    assert client.post(page.format(1), {"themes": [f"{QUESTION}.t1"]})["Location"] == page.format(2)
    assert client.post(page.format(3), {"themes": ["none"]})["Location"] == page.format(2)
    done = client.post(page.format(2), {"themes": ["none"]}, follow=True)
    assert "I have finished" in text(done)
    assert [row.themes for row in Coding.objects.order_by("pk")] == [[f"{QUESTION}.t1"], [], []]
    client.post(f"{HERE}/reading/samples/1/finished/?run=1")
    sample.refresh_from_db()
    assert sample.finished == [olga.pk]
    ended = client.get(page.format(1), follow=True)
    assert "Your coding of this sample has ended." in text(ended)


def test_who_is_no_coder_does_not_code(client: Client, stored_run: Run, bruno: User, olga: User) -> None:
    third = User.objects.create_user("dara@secretariat.example", name="Dara", is_officer=True)
    draw_sample(run=stored_run, question_id=QUESTION, size=3, seed=1, coders=[olga, third], by=bruno)
    client.force_login(bruno)
    response = client.get(f"{HERE}/reading/samples/1/1/", follow=True)
    assert "You are not a coder of this sample." in text(response)


def _coded(sample: Sample, bruno: User, olga: User) -> None:
    one, two = f"{QUESTION}.t1", f"{QUESTION}.t2"
    for person, codes in ((bruno, (one, one, two)), (olga, (one, two, two))):
        for name, theme in zip(sample.passages, codes, strict=True):
            code(sample=sample, by=person, passage_id=name, themes=[theme])
        finish(sample=sample, by=person)


def test_agreement_and_differences_after_all_have_finished(
    officer: Client, sample: Sample, bruno: User, olga: User
) -> None:
    _coded(sample, bruno, olga)
    shown = text(officer.get(f"{HERE}/reading/samples/1/?run=1"))
    assert "The machine with Olga" in shown
    name = sample.passages[1]
    assert f"/correct/move/?run=1&amp;question={QUESTION}" in shown
    assert f"passage={name}" in shown
    correct = officer.get(f"{HERE}/correct/move/?run=1&question={QUESTION}&passage={name}")
    assert (correct.status_code, name in text(correct)) == (200, True)
    file = officer.get(f"{HERE}/reading/samples/1/?run=1&table=differences-1&format=json")
    assert [row["passage_id"] for row in json.loads(text(file))["rows"]] == [name]


def test_the_method_page_prints_agreement_without_names_for_the_public(
    client: Client, sample: Sample, bruno: User, olga: User
) -> None:
    before = text(client.get(f"{HERE}/method/"))
    assert "nothing can be said of how far people agree" in before
    _coded(sample, bruno, olga)
    public = text(client.get(f"{HERE}/method/"))
    assert "Agreement on sample 1" in public
    assert "3 of 14, by hash with the seed 1" in public
    for name in ("Bruno", "Olga"):
        assert name not in public
    table = text(client.get(f"{HERE}/method/?table=agreement-1&format=csv"))
    assert "The machine with people" in table
    assert "Olga" not in table
    client.force_login(bruno)
    assert "The machine with Olga" in text(client.get(f"{HERE}/method/"))


def test_everything_is_shown_before_a_signature(
    client: Client, stored_run: Run, bruno: User, olga: User
) -> None:
    mark_read(run=stored_run, submission_id="S-2026-00012", by=bruno)
    client.force_login(bruno)
    client.post(f"{HERE}/sign/", {"act": "review", "run": "1"})
    client.force_login(olga)
    shown = text(client.get(f"{HERE}/sign/"))
    for words in (
        "1 of 28 submissions were read by a person.",
        "another with the very same text was",
        "Passages in unsupported languages: waiting",
        "Read, by question",
        "Read, by language",
        "Read, by stakeholder group",
    ):
        assert words in shown
    client.post(f"{HERE}/sign/", {"act": "sign", "run": "1", "seen_read": "1"})
    stored_run.refresh_from_db()
    assert (stored_run.is_signed, stored_run.signed_coverage["same_text"]) == (True, 2)
    assert "Read whole by a person" in text(client.get(f"{HERE}/sign/"))


@pytest.mark.parametrize("page", [f"{HERE}/reading/", f"{HERE}/reading/batches/", "/workspace/"])
@pytest.mark.parametrize("count", [1, 3])
def test_lists_of_batches_take_the_same_queries(
    page: str, count: int, officer: Client, stored_run: Run, bruno: User, django_assert_num_queries: Any
) -> None:
    draw = Draw(Wish(Filters(languages=("en",))), each=count, size=1, order="received")
    make_batches(run=stored_run, draw=draw, readers=[bruno], by=bruno)
    assert Batch.objects.count() == count
    officer.get(page)
    expected = {f"{HERE}/reading/": 10, f"{HERE}/reading/batches/": 8, "/workspace/": 10}[page]
    with django_assert_num_queries(expected):
        officer.get(page)


@pytest.mark.parametrize("count", [1, 3])
def test_lists_of_samples_take_the_same_queries(
    count: int, officer: Client, stored_run: Run, bruno: User, olga: User, django_assert_num_queries: Any
) -> None:
    for seed in range(count):
        drawn = draw_sample(
            run=stored_run, question_id=QUESTION, size=3, seed=seed, coders=[bruno, olga], by=bruno
        )
        close(sample=drawn, by=bruno)
    pages = {f"{HERE}/reading/samples/": 8}
    for page, expected in pages.items():
        officer.get(page)
        with django_assert_num_queries(expected):
            officer.get(page)


@pytest.mark.parametrize("count", [1, 3])
def test_a_batch_takes_the_same_queries(
    count: int, officer: Client, stored_run: Run, bruno: User, django_assert_num_queries: Any
) -> None:
    draw = Draw(Wish(), each=count, order="received")
    make_batches(run=stored_run, draw=draw, readers=[bruno], by=bruno)
    for page, expected in {f"{HERE}/reading/1/": 8, f"{HERE}/reading/1/1/": 12}.items():
        officer.get(page)
        with django_assert_num_queries(expected):
            officer.get(page)


@pytest.mark.parametrize(
    "table", ["my-batches", "read", "read-by-question", "read-by-language", "read-by-stakeholder"]
)
@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_every_list_can_be_taken_away(table: str, kind: str, officer: Client, batch: Batch) -> None:
    response = officer.get(f"{HERE}/reading/?table={table}&format={kind}")
    assert response.status_code == 200
    assert len(text(response)) > 100
    assert f"{table}.{kind}" in response["Content-Disposition"]


@pytest.mark.parametrize("table", ["batches", "samples", "translations", "runs", "requests", "corrections"])
def test_every_list_of_the_workspace_too(table: str, officer: Client, batch: Batch, sample: Sample) -> None:
    response = officer.get(f"/workspace/?table={table}&format=json")
    rows = json.loads(text(response))["rows"]
    expected = {"batches": 1, "samples": 1, "translations": 1, "runs": 1, "requests": 0, "corrections": 0}
    assert len(rows) == expected[table]


def test_the_public_gets_the_method_page_anew_when_something_was_read_or_coded(
    client: Client, stored_run: Run, sample: Sample, bruno: User
) -> None:
    def changed(tag: str) -> tuple[int, str]:
        response = client.get(f"{HERE}/method/", headers={"if-none-match": tag})
        return response.status_code, response["ETag"]

    status, tag = changed("")
    assert (status, changed(tag)) == (200, (304, tag))
    mark_read(run=stored_run, submission_id="S-2026-00012", by=bruno)
    status, after_reading = changed(tag)
    assert status == 200
    close(sample=sample, by=bruno)
    assert changed(after_reading)[0] == 200


def test_an_analyst_reads_the_own_batch_and_nothing_more(
    client: Client, batch: Batch, sample: Sample, bruno: User, chen: User
) -> None:
    analyst = User.objects.create_user("ana@institute.example", name="Ana")
    RoleGrant.objects.create(user=analyst, role="analyst")
    client.force_login(bruno)
    new = client.get(f"{HERE}/reading/batches/new/")
    assert {str(each) for each in new.context["form"].fields["readers"].queryset} == {"Ana", "Bruno", "Olga"}
    dealt = {"readers": analyst.pk, "each": 2, "size": 50, "order": "received", "unread": "on",
             "unassigned": "on"}  # fmt: skip
    assert client.post(f"{HERE}/reading/batches/new/", dealt).status_code == 302
    own = Batch.objects.get(reader=analyst)
    client.force_login(analyst)
    assert f"{HERE}/reading/2/" in client.get(f"{HERE}/reading/").content.decode()
    page = text(client.get(f"{HERE}/reading/2/1/"))
    assert "Mark as read and go on" in page
    assert client.post(f"{HERE}/reading/2/1/", {"act": "read"}).status_code == 302
    assert ReadMark.objects.get().reader == analyst
    assert "Withdraw this batch" not in text(client.get(f"{HERE}/reading/2/"))
    assert client.post(f"{HERE}/reading/2/", {"act": "withdraw"}).status_code == 403
    assert client.post(f"{HERE}/reading/1/", {"act": "withdraw"}).status_code == 404
    for other in ("1/", "1/1/", "1.json"):
        assert client.get(f"{HERE}/reading/{other}").status_code == 404
    for office in ("batches/", "batches.json", "batches/new/", "samples/", "samples/1/1/"):
        assert client.get(f"{HERE}/reading/{office}").status_code == 403
    queue = text(client.get(f"{HERE}/reading/queue/"))
    assert "who say that they read it" not in queue
    assert Batch.objects.filter(withdrawn_at=None).count() == 2
    assert own.items.count() == 2


def test_names_of_files_are_for_officers_alone(client: Client, batch: Batch, officer: Client) -> None:
    name = next(iter(officer.get(f"{HERE}/reading/queue/?kind=document").context["items"])).item.name
    assert name in text(officer.get(f"{HERE}/reading/queue/?kind=document"))
    analyst = User.objects.create_user("ana@institute.example", name="Ana")
    RoleGrant.objects.create(user=analyst, role="analyst")
    client.force_login(analyst)
    assert name not in text(client.get(f"{HERE}/reading/queue/?kind=document"))
