"""The pages of translators: what waits, writing beside the original, and what readers see of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from colloquia.accounts.models import User
from colloquia.consultations.models import Run, Translation
from tests.consultations.test_translating import OTHERS, WORDS, save, waiting

LIST = reverse("consultation_translations", args=["example"])
WRITE = reverse("consultation_translations_write", args=["example"])


def send(client: Client, run: Run, text: str, kind: str = "person", seen: int = 0, **more: str) -> Any:
    name = waiting(run)[0].passage_id
    data = {
        "into": "en",
        "passage": name,
        f"{name}-text": text,
        f"{name}-seen": str(seen),
        "kind": kind,
        **more,
    }
    return client.post(WRITE, data, follow=True)


def test_list_shows_what_waits_and_what_stands_around_it(stored_run: Run, officer: Client) -> None:
    page = officer.get(LIST).content.decode()
    row = waiting(stored_run)[0]
    assert "1 passage waits for a translation." in page
    assert f'lang="{row.language}" dir="ltr">{row.text}' in page
    assert "Wanjiru Tembo" in page


def test_any_passage_can_be_looked_for_to_be_translated_for_readers(stored_run: Run, officer: Client) -> None:
    page = officer.get(LIST, {"source": "fr"}).content.decode()
    assert "S-2026-00006.p1" in page
    assert waiting(stored_run)[0].passage_id not in page
    page = officer.get(LIST, {"every": "1", "words": "calligraph"}).content.decode()
    assert "No passage matches these filters." in page


@pytest.mark.parametrize(("state", "listed"), [("waiting", False), ("person", True), ("machine", False)])
def test_list_is_narrowed_by_state(
    stored_run: Run, officer: Client, bruno: User, state: str, listed: bool
) -> None:
    row = save(stored_run, bruno)
    page = officer.get(LIST, {"state": state}).content.decode()
    assert (f'value="{row.passage_id}"' in page) is listed


def test_list_tells_what_enters_with_the_next_run(stored_run: Run, officer: Client, bruno: User) -> None:
    save(stored_run, bruno)
    page = officer.get(LIST).content.decode()
    assert "1 translation enters the analysis with the next run." in page
    assert "Enters the analysis with the next run." in page
    assert reverse("consultation_analyse", args=["example"]) in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_database_as_often_for_one_passage_as_for_three(
    stored_run: Run, officer: Client, bruno: User, django_assert_num_queries: Any, count: int
) -> None:
    for name in ["S-2026-00006.p1", "S-2026-00007.p1", "S-2026-00002.p1"][:count]:
        save(stored_run, bruno, passage_id=name)
    officer.get(LIST)
    with django_assert_num_queries(7):
        officer.get(LIST, {"every": "1", "state": "person"})


def test_table_and_twin_count_by_language(stored_run: Run, officer: Client, bruno: User) -> None:
    row = save(stored_run, bruno)
    table = officer.get(LIST, {"table": "languages", "format": "json"})
    rows = b"".join(table.streaming_content).decode()
    assert '"code": "sw"' in rows.replace('":"', '": "')
    found = officer.get(reverse("consultation_translations_json", args=["example"])).json()
    swahili = next(item for item in found["languages"] if item["language"] == "sw")
    assert swahili == {
        "language": "sw",
        "supported": False,
        "passages": 1,
        "waiting": 0,
        "translations": {"person": 1},
        "in_run": 0,
    }
    assert [
        (item["passage"], item["enters_next_run"], item["entered_in_run"]) for item in found["translations"]
    ] == [(row.passage_id, True, None)]


def test_what_is_written_is_kept_and_marked(stored_run: Run, officer: Client, bruno: User) -> None:
    page = send(officer, stored_run, WORDS, "machine", tool="A program").content.decode()
    assert "1 translation was kept." in page
    row = Translation.objects.get()
    assert (row.text, row.kind, row.tool, row.by) == (WORDS, "machine", "A program", bruno)
    assert "Machine translation" in page


def test_nobody_is_named_unless_it_is_said_and_the_words_stay(stored_run: Run, officer: Client) -> None:
    page = send(officer, stored_run, WORDS, kind="")
    assert (page.status_code, Translation.objects.count()) == (400, 0)
    assert "Say who translated" in page.content.decode()
    assert WORDS in page.content.decode()


def test_refused_words_stay_in_the_form(stored_run: Run, officer: Client) -> None:
    source = waiting(stored_run)[0].text
    page = send(officer, stored_run, source)
    assert page.status_code == 400
    assert page.content.decode().count(source) == 2
    assert "This is the original unchanged" in page.content.decode()


def test_second_translator_sees_both_and_decides(stored_run: Run, officer: Client, amara: User) -> None:
    theirs = save(stored_run, amara, OTHERS)
    page = send(officer, stored_run, WORDS)
    text = page.content.decode()
    assert (page.status_code, Translation.objects.get().text) == (409, OTHERS)
    assert (WORDS in text, OTHERS in text, "Somebody else translated" in text) == (True, True, True)
    name = theirs.passage_id
    assert f'name="{name}-seen" value="{theirs.pk}"' in text
    send(officer, stored_run, WORDS, seen=theirs.pk)
    assert Translation.objects.get(replaced_at=None).text == WORDS
    assert "1 earlier translation" in officer.get(WRITE, {"passage": name}).content.decode()


def test_empty_field_changes_nothing(stored_run: Run, officer: Client, bruno: User) -> None:
    row = save(stored_run, bruno)
    page = send(officer, stored_run, "  ", seen=row.pk)
    assert page.redirect_chain == [(LIST, 302)]
    assert list(Translation.objects.values_list("pk", "replaced_at")) == [(row.pk, None)]


def test_machine_translation_is_checked_by_a_person(stored_run: Run, officer: Client, bruno: User) -> None:
    row = save(stored_run, bruno, WORDS, "machine")
    name = row.passage_id
    send(officer, stored_run, WORDS, kind="", seen=row.pk)
    assert Translation.objects.get().kind == "machine"
    send(officer, stored_run, WORDS, kind="", seen=row.pk, **{f"{name}-confirmed": "on"})
    assert list(Translation.objects.order_by("pk").values_list("kind", "text")) == [
        ("machine", WORDS),
        ("corrected", WORDS),
    ]


def test_stale_translation_is_shown_as_such_and_may_be_said_to_fit(
    stored_run: Run, officer: Client, bruno: User
) -> None:
    row = save(stored_run, bruno)
    Translation.objects.update(source_sha256="0" * 64)
    name = row.passage_id
    page = officer.get(WRITE, {"passage": name, "into": "en"}).content.decode()
    assert "Stale: the passage reads otherwise" in page
    submission = reverse("consultation_submission", args=["example", row.submission_id])
    assert WORDS not in officer.get(submission).content.decode()
    send(officer, stored_run, WORDS, kind="", seen=row.pk, **{f"{name}-confirmed": "on"})
    assert WORDS in officer.get(submission).content.decode()
    assert Translation.objects.get(replaced_at=None).kind == "person"


def test_several_are_written_at_once_and_the_good_part_is_kept(stored_run: Run, officer: Client) -> None:
    first, second, third = "S-2026-00006.p1", "S-2026-00007.p1", waiting(stored_run)[0].passage_id
    page = officer.get(WRITE, {"passage": [first, second, third], "into": "en"}).content.decode()
    assert page.count("<textarea") == 3
    data = {
        "into": "en", "passage": [first, second, third], "kind": "person", f"{first}-text": WORDS,
        f"{second}-text": "x" * 20_001, f"{third}-text": "",
    }  # fmt: skip
    answer = officer.post(WRITE, data)
    assert answer.status_code == 400
    assert list(Translation.objects.values_list("passage_id", flat=True)) == [first]
    assert (answer.content.decode().count("<textarea"), "x" * 20_001 in answer.content.decode()) == (1, True)


def test_right_to_left_stands_beside_left_to_right(stored_run: Run, officer: Client) -> None:
    page = officer.get(WRITE, {"passage": waiting(stored_run)[0].passage_id, "into": "ar"}).content.decode()
    assert 'lang="ar" dir="rtl"' in page.split("<textarea")[1].split(">")[0]
    page = officer.get(WRITE, {"passage": "S-2026-00010.p1", "into": "en"}).content.decode()
    assert '<p class="text" lang="ar" dir="rtl">' in page
    assert 'lang="en" dir="ltr"' in page.split("<textarea")[1].split(">")[0]


def test_taking_back_is_asked_first(stored_run: Run, officer: Client, bruno: User) -> None:
    row = save(stored_run, bruno)
    address = reverse("consultation_translations_take_back", args=["example", row.pk])
    assert WORDS in officer.get(address).content.decode()
    assert Translation.objects.get().replaced_at is None
    officer.post(address)
    assert Translation.objects.get().replaced_at is not None
    assert officer.get(address).status_code == 404


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("person", "Translation by a person"),
        ("corrected", "Machine translation, corrected"),
        ("machine", "Machine translation"),
    ],
)
def test_public_sees_original_first_then_the_translation_as_what_it_is(
    stored_run: Run, client: Client, bruno: User, kind: str, words: str
) -> None:
    row = save(stored_run, bruno, kind=kind)
    address = reverse("consultation_submission", args=["example", row.submission_id])
    page = client.get(address).content.decode()
    original = waiting(stored_run)[0].text
    assert 0 < page.index(original) < page.index(words) < page.index(WORDS)
    assert "English" in page[page.index(words) : page.index(WORDS)]
    assert "Bruno" not in page


def test_hostile_words_do_no_harm(stored_run: Run, officer: Client) -> None:
    send(officer, stored_run, "<script>alert(1)</script> \u202e words {{ 7|add:7 }}")
    for address in (LIST, f"{WRITE}?passage={waiting(stored_run)[0].passage_id}"):
        page = officer.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
