"""What two officers published stays when a submission in it is taken out of the public; its words do not."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from html import escape, unescape
from typing import Any

import pyarrow.compute
import pyarrow.parquet
import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from colloquia.accounts.models import User
from colloquia.consultations.models import MachineQuote, Run, ThemeInEffect
from colloquia.consultations.presentation.answers import counts
from colloquia.consultations.presentation.hidden import sentence
from colloquia.consultations.queries import bulk_of
from colloquia.consultations.services import show_run
from colloquia.core import registry
from colloquia.engines.bulk import PassageRow
from colloquia.outcomes import services
from colloquia.outcomes.models import Revision, Summary
from colloquia.outcomes.services.considerations import publish_consideration, write_consideration
from colloquia.submissions.models import (
    Call,
    CallAnalysis,
    CheckState,
    PublicAddress,
    PublishedSubmission,
    Submission,
)
from colloquia.submissions.services import publishing, withdrawing
from colloquia.submissions.services.receiving import private_token
from tests.consultations.conftest import second_run
from tests.leaks.canaries import Canaries
from tests.leaks.crawling import Crawler

__all__ = ["second_run"]
pytestmark = pytest.mark.django_db
RECORD = ("summary", "outcomes", "revision")
HELD_IN = {
    "/consultations/example/summary/",
    "/consultations/example/summary.json",
    "/consultations/example/summary.docx",
    "/consultations/example/outcomes/",
    "/consultations/example/outcomes.json",
    "/consultations/example/outcomes/?table=outcomes&format=csv",
    "/consultations/example/outcomes/?table=outcomes&format=xlsx",
    "/consultations/example/revision/",
    "/consultations/example/revision.json",
}
BY_SENDER = "These words were taken back by their sender."
BY_OFFICE = "These words are not shown: their submission was taken out of the public, or changed since."
CANARIES = Canaries()
CANARY = CANARIES.word("a cited submission")
QUESTION = "IP-08.q1"


def plant(run: Run) -> None:
    """The canary at the head of the passage that the machine quotes first, in its theme and in its quote."""
    theme = ThemeInEffect.objects.filter(run=run, question_id=QUESTION, is_live=True, is_parent=False).first()
    quote = MachineQuote.objects.filter(run=run, theme_id=theme.theme_id).first()
    file = run.folder / "passages.parquet"
    table = pyarrow.parquet.read_table(file)
    planted = [
        f"{CANARY} {text}" if name == quote.passage_id else text
        for name, text in zip(table["passage_id"].to_pylist(), table["text"].to_pylist(), strict=True)
    ]
    column = table.schema.get_field_index("text")
    pyarrow.parquet.write_table(table.set_column(column, "text", pyarrow.array(planted)), f"{file}.new")
    os.replace(f"{file}.new", file)
    text = next(text for text in planted if text.startswith(CANARY))[:60]
    MachineQuote.objects.filter(pk=quote.pk).update(start=0, end=len(text), text=text)
    ThemeInEffect.objects.filter(pk=theme.pk).update(label=f"{CANARY} · {theme.label}")


@pytest.fixture
def stored_run(hidden_run: Run) -> Run:
    """Run 1, shown, with a canary in one passage."""
    plant(hidden_run)
    show_run(run=hidden_run)
    hidden_run.refresh_from_db()
    return hidden_run


@pytest.fixture
def passages(stored_run: Run) -> list[PassageRow]:
    """The passage with the canary, and those of others that answer the question."""
    rows = bulk_of(stored_run).passages(question=QUESTION, limit=0)[0]
    first = next(row for row in rows if row.text.startswith(CANARY))
    return [first, *(row for row in rows if row.submission_id != first.submission_id)]


@pytest.fixture
def summary(signed_run: Run, passages: list[PassageRow], bruno: User) -> Summary:
    """A sentence that rests on two submissions."""
    row = services.begin_summary(run=signed_run, language="en", by=bruno)
    made = services.add_sentence(summary=row, question_id=QUESTION, text="Permission is asked for.", by=bruno)
    for each in passages[:2]:
        services.cite(
            summary=row, sentence=made.pk, passage_id=each.passage_id, words=each.text[:40], by=bruno
        )
        row.refresh_from_db()
    return row


@pytest.fixture
def both(
    told: Revision,
    received: Callable[..., Submission],
    passages: list[PassageRow],
    signed_run: Run,
    bruno: User,
    olga: User,
) -> tuple[Submission, Submission]:
    """Two published submissions of an open call that the run was made from, and a consideration on them."""
    consideration = write_consideration(
        consultation=told.consultation,
        issue_id="IP-08",
        texts={"en": "A register may help."},
        passages=[each.passage_id for each in passages[:2]],
        run=signed_run,
        by=bruno,
    )
    publish_consideration(consideration=consideration, seen=1, by=olga)
    made = []
    for each in passages[:2]:
        row = received()
        Submission.objects.filter(pk=row.pk).update(
            identifier=each.submission_id, check_state=CheckState.PUBLISHED
        )
        row.refresh_from_db()
        make_public(row, bruno)
        made.append(row)
    call = Call.objects.get()
    Call.objects.filter(pk=call.pk).update(closes_at=timezone.now() + timedelta(days=3))
    analysed(call, signed_run, bruno)
    return made[0], made[1]


def make_public(row: Submission, by: User) -> None:
    PublishedSubmission.objects.create(
        submission=row, identifier=row.identifier, call=row.call, version=1, kind="organisation",
        channel="web", received_on=timezone.localdate(), published_by=by,
    )  # fmt: skip
    PublicAddress.objects.get_or_create(pk=row.identifier, defaults={"call_id": row.call_id})


def analysed(call: Call, run: Run, by: User) -> None:
    CallAnalysis.objects.create(call=call, result=run, asked_at=timezone.now(), state="done", asked_by=by)


def take_back(way: str, row: Submission, by: User) -> None:
    row = Submission.objects.get(pk=row.pk)
    if way == "withdrawn":
        withdrawing.withdraw(submission=row)
    else:
        publishing.unpublish(submission=row, by=by, reason="A name was left in it.")


def addresses() -> list[str]:
    found = [each for surface in registry.registered_leak_surfaces() for each in surface.addresses()]
    return [*found, "/", *sorted(HELD_IN), "/consultations/example/considerations/"]


def dead_links(client: Client, urls: Iterable[str]) -> dict[str, int]:
    """The addresses of consultations to which pages lead and that do not answer 200, with their status."""
    links = {
        unescape(link)
        for url in urls
        for link in re.findall(r'href="(/consultations/[^"#]*)', client.get(url).content.decode())
    }
    statuses = {link: client.get(link, follow=True).status_code for link in links}
    return {link: status for link, status in statuses.items() if status != 200}


def pages(*more: str) -> list[str]:
    return [*(f"/consultations/example/{name}/" for name in (*RECORD, "considerations")), *more]


@pytest.mark.parametrize("way", ["withdrawn", "unpublished"])
def test_no_word_of_it_is_found_and_the_record_stays(
    way: str, both: tuple[Submission, Submission], bruno: User, client: Client
) -> None:
    """Found by everybody before, by nobody but those who work on the analysis after."""
    stranger = Crawler(CANARIES, "stranger", client)
    known = addresses()
    control = {leak.where.removeprefix("GET ") for leak in stranger.crawl(HELD_IN)}
    assert control == HELD_IN
    take_back(way, both[0], bruno)
    after = [*known, *addresses(), reverse("receipt_outcome", args=[private_token(both[1])])]
    assert stranger.crawl(after, conditional=True) == set()
    assert {stranger.statuses[f"GET {url}"] for url in HELD_IN} == {200}
    exported = [row for each in registry.registered_exports() for row in each.rows(AnonymousUser())]
    assert CANARIES.found_in(exported) == set()
    found = [each for source in registry.registered_search_sources() for each in source.every()]
    assert CANARIES.found_in([each.body for each in found]) == set()
    client.force_login(bruno)
    officer = {leak.where.removeprefix("GET ") for leak in stranger.crawl(sorted(HELD_IN))}
    assert officer == HELD_IN


@pytest.mark.parametrize(("way", "note"), [("withdrawn", BY_SENDER), ("unpublished", BY_OFFICE)])
def test_plain_words_stand_in_their_place(
    way: str,
    note: str,
    both: tuple[Submission, Submission],
    passages: list[PassageRow],
    bruno: User,
    client: Client,
) -> None:
    before = client.get(reverse("summary", args=["example"]))
    take_back(way, both[0], bruno)
    stale = client.get(reverse("summary", args=["example"]), headers={"if-none-match": before["ETag"]})
    assert stale.status_code == 200
    for language in ("en", "ar"):
        with translation.override(language):
            said, hidden = escape(translation.gettext(note)), escape(sentence())
        for name in RECORD:
            page = client.get(reverse(name, args=["example"]), headers={"accept-language": language})
            text = page.content.decode()
            assert (name, page.status_code, said in text) == (name, 200, True)
            assert passages[0].passage_id not in text
        page = client.get("/consultations/example/", headers={"accept-language": language})
        assert (page.status_code, hidden in page.content.decode()) == (200, True)
    text = client.get(reverse("summary", args=["example"])).content.decode()
    assert (passages[1].passage_id in text, escape(passages[1].text[:40]) in text) == (True, True)
    assert f'href="{reverse("consultation_passage", args=["example", passages[1].passage_id])}"' not in text
    assert ("are one click away" in text, "The whole passage is not shown at present." in text) == (
        False,
        True,
    )
    [first, second] = client.get(reverse("summary_json", args=["example"])).json()["parts"][0]["sentences"][
        0
    ]["citations"]
    assert (first["quote"], first["passage"], first["instead"]) == (None, None, note)
    assert (second["quote"], second["url"]) == (passages[1].text[:40], None)
    rested = client.get(reverse("considerations_json", args=["example"])).json()["considerations"][0]
    assert (rested["passages"], rested["passages_not_shown"]) == ([passages[1].passage_id], 1)
    own = reverse("submission_outcome", args=[both[1].identifier])
    became = client.get(own).content.decode()
    assert (escape(sentence()) in became, "No analysis of this consultation" in became) == (True, False)
    assert "1 of them is cited in the published summary" in became
    assert [count.absence for count in counts(None, QUESTION)] == ["not_shown"]
    if way == "withdrawn":
        assert dead_links(client, pages(own, "/consultations/example/", "/consultations/")) == {}


def test_the_second_one_taken_back_is_not_read_from_a_kept_page(
    both: tuple[Submission, Submission], passages: list[PassageRow], bruno: User, client: Client
) -> None:
    """The state of a page has in it what is gone, also where no run is shown any more."""
    take_back("unpublished", both[0], bruno)
    kept = client.get(reverse("summary", args=["example"]))
    again = client.get(reverse("summary", args=["example"]), headers={"if-none-match": kept["ETag"]})
    assert again.status_code == 304
    take_back("withdrawn", both[1], bruno)
    page = client.get(reverse("summary", args=["example"]), headers={"if-none-match": kept["ETag"]})
    text = page.content.decode()
    assert (page.status_code, BY_SENDER in text, escape(passages[1].text[:40]) in text) == (200, True, False)


@pytest.mark.parametrize("same_words", [True, False])
def test_when_a_new_run_is_shown_everything_leads_again(
    same_words: bool,
    both: tuple[Submission, Submission],
    passages: list[PassageRow],
    second_run: Run,
    bruno: User,
    olga: User,
    client: Client,
) -> None:
    """The earlier summary stays as that of its run; words that are public again are read again."""
    take_back("unpublished", both[0], bruno)
    make_public(both[0], bruno)
    if same_words:
        plant(second_run)
    analysed(both[0].call, second_run, bruno)
    show_run(run=second_run, by=bruno)
    assert client.get("/consultations/example/").status_code == 200
    page = client.get(reverse("summary", args=["example"])).content.decode()
    assert (escape(BY_OFFICE) in page, CANARY in page) == (not same_words, same_words)
    assert f'href="{reverse("consultation_passage", args=["example", passages[1].passage_id])}"' in page
    now = timezone.now()
    Run.objects.filter(pk=second_run.pk).update(
        status="signed", reviewed_by=bruno, reviewed_at=now, signed_by=olga, signed_at=now
    )
    second_run.refresh_from_db()
    new = services.begin_summary(run=second_run, language="en", by=bruno)
    made = services.add_sentence(summary=new, question_id=QUESTION, text="It is asked anew.", by=bruno)
    one = passages[1]
    services.cite(summary=new, sentence=made.pk, passage_id=one.passage_id, words=one.text[:30], by=bruno)
    new.refresh_from_db()
    services.review_summary(summary=new, seen=new.version, by=bruno)
    services.sign_summary(summary=new, seen=new.version, by=olga)
    latest = client.get(reverse("summary", args=["example"])).content.decode()
    assert ("It is asked anew." in latest, 'href="?run=1"' in latest) == (True, True)
    earlier = client.get(reverse("summary", args=["example"]), {"run": 1})
    text = earlier.content.decode()
    assert ("Permission is asked for." in text, escape(BY_OFFICE) in text) == (True, not same_words)
    for name in ("summary_json", "summary_word"):
        assert client.get(reverse(name, args=["example"]), {"run": 1}).status_code == 200
    assert client.get(reverse("summary", args=["example"]), {"run": 3}).status_code == 404
    own = reverse("submission_outcome", args=[both[1].identifier])
    urls = [*pages(own), f"{reverse('summary', args=['example'])}?run=1"]
    if same_words:
        assert dead_links(client, urls) == {}


def test_label_of_a_theme_that_an_officer_wrote_stays(
    both: tuple[Submission, Submission], themes: list[ThemeInEffect], bruno: User, client: Client
) -> None:
    """Of the machine's labels only terms go that nobody else said."""

    def label() -> Any:
        listed = client.get(reverse("outcomes_json", args=["example"])).json()["outcomes"]
        return next(each["label"] for each in listed if each["id"] == themes[0].theme_id)

    whole = label()
    assert whole.startswith(f"{CANARY} · ")
    take_back("withdrawn", both[0], bruno)
    assert (CANARY in label(), set(label().split(" · ")) - set(whole.split(" · "))) == (False, set())
    ThemeInEffect.objects.filter(pk=themes[0].pk).update(label="A register of works", label_by_officer=True)
    assert label() == "A register of works"
    ThemeInEffect.objects.filter(pk=themes[0].pk).update(label=CANARY, label_by_officer=False)
    assert label() == "A theme whose label is not shown"


def test_files_that_are_lost_are_said_to_be(
    both: tuple[Submission, Submission], bruno: User, client: Client, settings: Any, tmp_path: Any
) -> None:
    """In doubt the run is hidden; what needs its files cannot be made, and says so."""
    settings.RUNS = tmp_path / "nowhere"
    take_back("withdrawn", both[0], bruno)
    for name in (*RECORD, *(f"{name}_json" for name in RECORD)):
        assert (name, client.get(reverse(name, args=["example"])).status_code) == (name, 503)
    assert client.get("/consultations/example/").status_code == 200
    own = reverse("submission_outcome", args=[both[1].identifier])
    for url in ("/consultations/example/considerations/", own):
        assert client.get(url).status_code == 200
