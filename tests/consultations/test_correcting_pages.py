"""The pages on which officers correct: what fits, what will change; refusals that keep what was typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from colloquia.consultations import services
from colloquia.consultations.models import Correction, Run, ThemeInEffect
from colloquia.consultations.queries import bulk_of

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db

Q7, Q8 = "IP-07.q1", "IP-08.q1"
ONE, TWO, THREE = f"{Q8}.t1", f"{Q8}.t2", f"{Q8}.t3"
BASE = "/consultations/example/correct"
BACK = f"/consultations/example/questions/{Q8}/"


def passages(run: Run, theme: str = ONE) -> list[str]:
    return [row.passage_id for row in bulk_of(run).passages(question=Q8, theme=theme, limit=0)[0]]


def text(response: Any) -> str:
    page = response.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<main") :]).split())


def merging(**more: Any) -> dict[str, Any]:
    return {"question": Q8, "theme": [ONE, TWO], "into": ONE, "label": "Both", "seen": 0, "run": 1} | more


@pytest.mark.parametrize(
    "address",
    [
        f"{BASE}/",
        *(
            f"{BASE}/{kind}/"
            for kind in (
                "rename", "merge", "split", "group", "reparent", "move", "answer", "not-opinion", "opinion",
            )
        ),
        f"{BASE}/split/parts/",
        "/consultations/example/corrections/1/undo/",
        "/consultations/example/corrections/1/again/",
    ],
)  # fmt: skip
def test_strangers_delegates_and_the_public_are_refused(
    client: Client, stored_run: Run, chen: User, amara: User, bruno: User, address: str
) -> None:
    services.rename_theme(run=stored_run, theme=ONE, label="Secret words", by=bruno, seen=0)
    given = merging(passages=passages(stored_run)[0], of=ONE, to=TWO, parent="-")
    assert client.get(address, given).url.startswith("/accounts/login/?next=")
    assert client.post(address, given).url.startswith("/accounts/login/?next=")
    for person in (chen, amara):
        client.force_login(person)
        for response in (client.get(address, given), client.post(address, given)):
            assert response.status_code == 403
            assert "Secret words" not in response.content.decode()
    assert Correction.objects.filter(undone_at=None).count() == 1


def test_form_without_its_token_is_refused(stored_run: Run, bruno: User) -> None:
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bruno)
    assert strict.post(f"{BASE}/merge/", merging()).status_code == 403
    assert Correction.objects.count() == 0


def test_choice_offers_what_fits(officer: Client, stored_run: Run) -> None:
    one = officer.get(f"{BASE}/", {"question": Q8, "theme": ONE})
    assert [form.kind for form, _url in one.context["fitting"]] == ["rename", "group", "reparent"]
    two = officer.get(f"{BASE}/", {"question": Q8, "theme": [ONE, TWO]})
    assert [form.kind for form, _url in two.context["fitting"]] == ["merge", "group", "reparent"]
    some = officer.get(f"{BASE}/", {"question": Q8, "of": ONE, "passage": passages(stored_run)[:2]})
    assert [form.kind for form, _url in some.context["fitting"]] == ["split", "move", "answer", "not_opinion"]


def test_choice_of_nothing_says_how_to_choose(officer: Client, stored_run: Run) -> None:
    assert "Nothing was chosen." in text(officer.get(f"{BASE}/"))


def test_passages_without_a_question_are_asked_for_one(officer: Client, stored_run: Run) -> None:
    response = officer.get(f"{BASE}/", {"passage": passages(stored_run)[:1]})
    assert Q8 in [question for question, _text in response.context["questions"]]


def test_confirming_page_shows_before_and_after_and_writes_nothing(officer: Client, stored_run: Run) -> None:
    response = officer.get(f"{BASE}/merge/", {"question": Q8, "theme": [ONE, TWO]})
    rows = {row["id"]: row for row in response.context["changes"].rows}
    assert (rows[ONE]["passages"], rows[ONE]["passages_after"]) == (8, 11)
    assert (rows[TWO]["passages"], rows[TWO]["passages_after"]) == (3, None)
    assert rows[TWO]["what"] == f"merged into “train · register · works used” ({ONE})"
    assert Correction.objects.count() == 0


def test_merge_leads_back_with_what_was_done_and_undo(officer: Client, stored_run: Run, bruno: User) -> None:
    response = officer.post(f"{BASE}/merge/", merging(note="Same", back=BACK), follow=True)
    assert response.redirect_chain == [(BACK, 302)]
    message = str(next(iter(response.context["messages"])))
    assert message.startswith(f"Merged “training · authors” ({TWO}) into “Both” ({ONE}).")
    assert "/consultations/example/corrections/1/undo/?run=1" in message
    row = Correction.objects.get()
    assert (row.by, row.note, row.kind) == (bruno, "Same", "merge")
    assert ThemeInEffect.objects.get(theme_id=ONE).label == "Both"
    assert "Both" in text(response)


def test_back_from_the_page_of_a_theme_merged_away_is_the_theme_that_goes_on(
    officer: Client, stored_run: Run
) -> None:
    there = f"/consultations/example/themes/{TWO}/"
    response = officer.post(f"{BASE}/merge/", merging(back=there))
    assert response.url == f"/consultations/example/themes/{ONE}/?run=1"


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_back_never_leaves_the_site(officer: Client, stored_run: Run, back: str) -> None:
    response = officer.post(f"{BASE}/merge/", merging(back=back))
    assert response.url == f"{BACK}?run=1"


def test_every_kind_by_its_form(officer: Client, stored_run: Run) -> None:
    names = passages(stored_run)
    sent: list[tuple[str, dict[str, Any]]] = [
        ("rename", {"theme": ONE, "label": "New"}),
        ("group", {"theme": [ONE, TWO], "label": "Group"}),
        ("reparent", {"theme": [ONE], "parent": "-"}),
        ("split", {"of": ONE, "passages": " ".join(names[:2]), "label": "Part"}),
        ("move", {"of": ONE, "passages": names[2], "to": THREE}),
        ("move", {"of": ONE, "passages": names[3], "to": "-"}),
        ("answer", {"of": ONE, "passages": names[4], "to": f"{Q7} {Q7}.t2"}),
        ("answer", {"of": ONE, "passages": names[5], "to": "-"}),
        ("not-opinion", {"of": ONE, "passages": names[6]}),
        ("opinion", {"passages": names[6]}),
    ]
    for number, (kind, values) in enumerate(sent, start=1):
        shown = officer.get(f"{BASE}/{kind}/", {"question": Q8, **values})
        assert (shown.status_code, shown.context["refusal"]) == (200, "")
        done = officer.post(f"{BASE}/{kind}/", {"question": Q8, "seen": number - 1, **values})
        assert done.status_code == 302, text(done)
    kinds = Correction.objects.order_by("number").values_list("kind", flat=True)
    assert list(kinds) == [
        "rename", "group", "reparent", "split", "move", "move", "answer", "answer", "not_opinion",
        "not_opinion",
    ]  # fmt: skip


def test_all_passages_of_the_list_under_its_filters(officer: Client, stored_run: Run) -> None:
    every = officer.get(f"{BASE}/not-opinion/", {"question": Q8, "of": ONE, "all": "1"})
    assert every.context["things"].count == 8
    some = officer.get(f"{BASE}/not-opinion/", {"question": Q8, "of": ONE, "all": "1", "search": "song"})
    sent = dict(some.context["chosen"].final)
    assert 0 < len(sent["passages"].split()) < 8
    assert "all" not in sent


def test_two_thousand_passages_in_one_form(officer: Client, stored_run: Run) -> None:
    """None of them exists, so that it is refused; but the form is read and its fields are kept."""
    names = [f"S-2026-{number:05d}.p9" for number in range(2000)]
    response = officer.post(f"{BASE}/not-opinion/", {"question": Q8, "passage": names, "note": "Headers"})
    assert response.status_code == 422
    assert "There is no passage S-2026-00000.p9 in this run." in text(response)
    assert len(dict(response.context["chosen"].final)["passages"].split()) == 2000


def test_refusal_is_said_on_the_form_and_keeps_what_was_typed(officer: Client, stored_run: Run) -> None:
    response = officer.post(
        f"{BASE}/rename/", {"question": Q8, "theme": ONE, "label": " ", "note": "My reason"}
    )
    assert response.status_code == 422
    assert "This field is required." in text(response)
    assert "My reason</textarea>" in response.content.decode()
    too_long = officer.post(f"{BASE}/rename/", {"question": Q8, "theme": ONE, "label": "x" * 301})
    assert "x" * 301 in too_long.content.decode()
    alone = officer.post(f"{BASE}/merge/", {"question": Q8, "theme": ONE, "into": ONE})
    assert "Choose two themes at least." in text(alone)


def test_signed_run_says_why(officer: Client, stored_run: Run, bruno: User, amara: User) -> None:
    services.review_run(run=stored_run, by=amara)
    services.sign_run(run=stored_run, by=bruno, seen_read=0)
    assert "This run is signed" in text(officer.get(f"{BASE}/merge/", {"question": Q8, "theme": [ONE, TWO]}))
    assert "This run is signed" in text(officer.post(f"{BASE}/merge/", merging()))


def test_conflict_shows_theirs_beside_yours_and_sends_again_knowingly(
    officer: Client, stored_run: Run, amara: User
) -> None:
    services.rename_theme(run=stored_run, theme=ONE, label="Theirs", by=amara, seen=0, note="Clearer")
    met = officer.post(f"{BASE}/merge/", merging(note="Mine", back=BACK))
    assert met.status_code == 409
    page = text(met)
    for words in (
        "While you were looking",
        "Amara",
        f"Named {ONE} “Theirs”.",
        "Clearer",
        "Yours, not done yet",
    ):
        assert words in page
    assert 'value="Both"' in met.content.decode()
    assert "Mine</textarea>" in met.content.decode()
    assert Correction.objects.count() == 1
    seen = dict(met.context["chosen"].final)["seen"]
    assert seen == "1"
    again = officer.post(f"{BASE}/merge/", merging(note="Mine", back=BACK, seen=seen))
    assert (again.status_code, again.url) == (302, BACK)
    assert list(Correction.objects.order_by("number").values_list("kind", flat=True)) == ["rename", "merge"]


def test_move_shows_where_the_program_had_put_a_passage(
    officer: Client, stored_run: Run, bruno: User
) -> None:
    name = passages(stored_run)[0]
    services.move_passages(run=stored_run, question=Q8, passages=[name], theme=TWO, by=bruno, seen=0)
    page = text(officer.get(f"{BASE}/move/", {"question": Q8, "of": TWO, "passage": name}))
    assert f"The program had put it in “train · register · works used” ({ONE})." in page


def test_program_proposes_parts_and_an_officer_takes_some_out(officer: Client, stored_run: Run) -> None:
    address = f"{BASE}/split/parts/"
    page = officer.get(address, {"question": Q8, "theme": ONE, "parts": 2, "step": "propose"})
    parts = page.context["parts"]
    assert sum(part.count for part in parts) == 8
    names = parts[1].form.initial["passages"].split()
    sent = {
        "question": Q8, "theme": ONE, "parts": 2, "step": "split", "seen": 0, "run": 1,
        "part-2-label": "Second", "part-2-passages": " ".join(names), "part-2-shown": " ".join(names),
        "part-2-keep": names[1:],
    }  # fmt: skip
    done = officer.post(address, sent)
    assert done.status_code == 302
    row = Correction.objects.get()
    assert [item[1] for item in row.values["parts"][0]["passages"]] == names[1:]


def test_split_refused_keeps_labels_and_boxes(officer: Client, stored_run: Run) -> None:
    names = passages(stored_run)
    sent = {
        "question": Q8, "theme": ONE, "parts": 2, "step": "split", "run": 1, "note": "Kept words",
        "part-2-label": "", "part-2-passages": " ".join(names[:3]), "part-2-shown": " ".join(names[:3]),
        "part-2-keep": names[:2],
    }  # fmt: skip
    refused = officer.post(f"{BASE}/split/parts/", sent)
    assert refused.status_code == 422
    assert [kept for _row, kept in refused.context["parts"][0].shown] == [True, True, False]
    assert "Kept words</textarea>" in refused.content.decode()


def test_examples_place_the_others(officer: Client, stored_run: Run) -> None:
    names = passages(stored_run)
    sent = {"question": Q8, "theme": ONE, "parts": 2, "step": "place", "run": 1}
    few = officer.post(f"{BASE}/split/parts/", sent | {f"example-{names[0]}": "1"})
    assert few.status_code == 422
    assert "Give at least one example for each part." in text(few)
    placed = officer.post(
        f"{BASE}/split/parts/", sent | {f"example-{names[0]}": "1", f"example-{names[1]}": "2"}
    )
    assert placed.status_code == 200
    assert sum(part.count for part in placed.context["parts"]) == 8


def test_split_of_a_group_or_of_nothing_is_not_found(officer: Client, stored_run: Run) -> None:
    assert officer.get(f"{BASE}/split/parts/", {"question": Q8}).status_code == 404
    assert officer.get(f"{BASE}/split/parts/", {"question": Q8, "theme": "T99"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_confirming_page_do_not_grow(
    officer: Client,
    stored_run: Run,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    given = {"question": Q8, "of": ONE, "passage": passages(stored_run)[:count], "to": TWO}
    officer.get(f"{BASE}/move/", given)
    with django_assert_num_queries(16):
        officer.get(f"{BASE}/move/", given)
