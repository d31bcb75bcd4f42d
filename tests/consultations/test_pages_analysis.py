"""The analysis page: who sees it, its order, its counts under filters, its twin, its files."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from colloquia.consultations import services
from colloquia.consultations.models import Consultation, Run
from colloquia.consultations.queries import bulk_of
from colloquia.engines.bulk import Filters

if TYPE_CHECKING:
    from django.test import Client

    from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db
PAGE = "/consultations/example/"


def text_of(response: Any) -> str:
    """The words of a page, without markup."""
    body = re.sub(r"<script.*?</script>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def rows_of(response: Any) -> list[dict[str, Any]]:
    """The rows of a table that was taken away as JSON."""
    return list(json.loads(b"".join(response.streaming_content))["rows"])


@pytest.mark.parametrize("person", [None, "chen", "amara"])
def test_nobody_but_officers_sees_a_run_that_is_not_shown(
    client: Client, hidden_run: Run, person: str | None, request: pytest.FixtureRequest
) -> None:
    if person:
        client.force_login(request.getfixturevalue(person))
    response = client.get(PAGE)
    assert response.status_code == 404
    assert "An example" not in text_of(response)
    assert client.get(f"{PAGE}analysis.json").json()["ok"] is False
    assert "An example" not in text_of(client.get("/consultations/"))


def test_officer_sees_a_run_that_is_not_shown(officer: Client, hidden_run: Run) -> None:
    assert "An example" in text_of(officer.get(PAGE))


def test_public_sees_the_shown_run_and_no_other(client: Client, second_run: Run) -> None:
    assert "Run 1: a draft" in text_of(client.get(PAGE))
    assert "Run 1: a draft" in text_of(client.get(f"{PAGE}?run=1"))
    assert client.get(f"{PAGE}?run=2").status_code == 404
    assert client.get(f"{PAGE}?run=two").status_code == 404


def test_officer_sees_the_latest_run_and_keeps_the_one_named(officer: Client, second_run: Run) -> None:
    assert "Run 2: a draft" in text_of(officer.get(PAGE))
    page = officer.get(f"{PAGE}?run=1").content.decode()
    assert 'href="/consultations/example/method/?run=1"' in page
    assert '<meta name="robots" content="noindex">' in page


def test_sections_stand_in_their_order(client: Client, stored_run: Run) -> None:
    page = client.get(PAGE).content.decode()
    headings = re.findall(r'<h2 id="([a-z]+)">', page)
    assert headings == ["received", "questions", "themes", "filters", "who", "closed", "limits"]
    assert page.index('class="standing"') < page.index('<h2 id="received">')


def test_funnel_says_only_what_is_known(client: Client, stored_run: Run) -> None:
    page = text_of(client.get(PAGE))
    assert "Received Every submission that came in. 28" in page
    assert "No text could be read; a person has to ask the sender for it. 1" in page
    assert "withheld" not in page.lower()


def test_every_question_stands_with_submissions_and_messages(officer: Client, stored_run: Run) -> None:
    rows = rows_of(officer.get(f"{PAGE}?table=questions&format=json"))
    counted = bulk_of(stored_run).by_question()
    assert {row["question_id"]: (row["submissions"], row["messages"]) for row in rows} == {
        name: (size.submissions, size.messages) for name, size in counted.items()
    }


def test_states_are_senders_of_the_stakeholder_values_that_are_states(
    client: Client, stored_run: Run
) -> None:
    counted = bulk_of(stored_run).by_theme("")
    data = client.get(f"{PAGE}analysis.json").json()
    assert {theme["id"]: theme["states"] for theme in data["themes"]} == {
        name: size.states for name, size in counted.items()
    }
    assert "Raised by a state" in text_of(client.get(PAGE))


def test_filters_narrow_every_count_and_name_their_base(client: Client, stored_run: Run) -> None:
    response = client.get(f"{PAGE}?stakeholder=Business")
    base = bulk_of(stored_run).total(Filters(stakeholders=("Business",))).submissions
    page = text_of(response)
    assert f"{base} submissions match the filters; everything below is counted over them." in page
    assert "Shown only: Stakeholder group: Business" in page
    data = client.get(f"{PAGE}analysis.json?stakeholder=Business").json()
    assert data["base"] == base
    assert data["filters"] == [{"name": "stakeholder", "value": "Business"}]
    country = next(item for item in data["breakdowns"] if item["dimension"] == "country")
    assert (country["base"], sum(row["submissions"] for row in country["rows"])) == (base, base)


def test_values_that_the_run_does_not_have_are_said(client: Client, stored_run: Run) -> None:
    page = text_of(client.get(f"{PAGE}?stakeholder=Wizards&organisation=Nobody+at+all"))
    assert "This run has nothing under Stakeholder group: “Wizards”." in page
    assert "This run has nothing under Organisation: “Nobody at all”." in page


def test_group_of_states_takes_in_its_members_and_narrows_a_territory(
    client: Client, stored_run: Run
) -> None:
    data = client.get(f"{PAGE}analysis.json?group=M49-002").json()
    countries = next(item for item in data["breakdowns"] if item["dimension"] == "country")
    assert {row["value"] for row in countries["rows"]} == {"EG", "KE", "MU", "NG", "SN", "TZ", "ZA"}
    assert client.get(f"{PAGE}analysis.json?group=M49-002&territory=KE").json()["base"] == 1
    assert client.get(f"{PAGE}analysis.json?group=M49-002&territory=FR").json()["base"] == 0


def test_without_shared_text_repeated_passages_are_left_out(client: Client, stored_run: Run) -> None:
    whole = client.get(f"{PAGE}analysis.json").json()
    less = client.get(f"{PAGE}analysis.json?without_shared=1").json()
    assert less["base"] == bulk_of(stored_run).total(Filters(without_shared=True)).submissions
    assert less["base"] < whole["base"]


def test_few_submissions_do_not_tell_how_many_messages_they_are(
    client: Client, stored_run: Run, bruno: User
) -> None:
    """Otherwise a filter that leaves two senders would show that their messages are similar."""
    address = f"{PAGE}analysis.json?channel=e-mail&language=es"
    questions = client.get(address).json()["questions"]
    assert {row["distinct_messages"] for row in questions if row["submissions"]} == {None}
    client.force_login(bruno)
    questions = client.get(address).json()["questions"]
    assert all(row["distinct_messages"] > 0 for row in questions if row["submissions"])


def test_only_officers_filter_by_what_was_read(client: Client, stored_run: Run, bruno: User) -> None:
    from colloquia.consultations.models import ReadMark

    ReadMark.objects.create(consultation=stored_run.consultation, submission_id="S-2026-00001", reader=bruno)
    assert client.get(f"{PAGE}analysis.json?unread=1").json()["base"] == 28
    client.force_login(bruno)
    assert client.get(f"{PAGE}analysis.json?unread=1").json()["base"] == 27


def test_reader_has_the_page_until_something_changes(client: Client, stored_run: Run, bruno: User) -> None:
    first = client.get(PAGE)
    again = client.get(PAGE, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    theme = stored_run.themes.filter(is_live=True).first()
    assert theme is not None
    services.rename_theme(run=stored_run, theme=theme.theme_id, label="A better name", by=bruno, seen=0)
    after = client.get(PAGE, headers={"if-none-match": first["ETag"]})
    assert after.status_code == 200
    assert "A better name" in text_of(after)


def test_signed_run_says_by_whom_where_the_name_is_known(
    client: Client, stored_run: Run, bruno: User, amara: User
) -> None:
    services.review_run(run=stored_run, by=bruno)
    services.sign_run(run=stored_run, by=amara, seen_read=0)
    assert "by the secretariat (Amara)." in text_of(client.get(PAGE))
    amara.name = ""
    amara.save()
    page = text_of(client.get(f"{PAGE}?order=name"))
    assert "by the secretariat." in page
    assert amara.email not in page


def test_order_of_themes_is_the_readers(officer: Client, stored_run: Run) -> None:
    rows = rows_of(officer.get(f"{PAGE}?order=name&table=themes&format=json"))
    labels = [row["label"].casefold() for row in rows]
    assert labels == sorted(labels)
    rows = rows_of(officer.get(f"{PAGE}?order=messages&table=themes&format=json"))
    assert [row["messages"] for row in rows] == sorted((row["messages"] for row in rows), reverse=True)


def test_description_for_programs_cannot_end_its_element(client: Client, stored_run: Run) -> None:
    consultation = stored_run.consultation
    consultation.titles = {"en": "</script><script>alert(1)</script>"}
    consultation.save()
    page = client.get(PAGE).content.decode()
    assert "<script>alert(1)" not in page
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert json.loads(data)["name"] == "</script><script>alert(1)</script>"


@pytest.mark.parametrize("item_count", [1, 3])
def test_list_asks_the_database_as_often_for_one_as_for_three(
    client: Client, stored_run: Run, django_assert_num_queries: Any, item_count: int
) -> None:
    for number in range(1, item_count):
        other = services.create_consultation(slug=f"other-{number}", titles={"en": f"Other {number}"})
        Consultation.objects.filter(pk=other.pk).update(is_public=True, shown_run=stored_run)
    client.get("/consultations/")
    with django_assert_num_queries(2):
        page = client.get("/consultations/").content.decode()
    assert page.count('<li><h2><a href="/consultations/') == item_count
    assert client.get("/consultations/index.json").json()["count"] == item_count


def test_page_asks_the_database_a_fixed_number_of_times(
    client: Client, stored_run: Run, django_assert_num_queries: Any
) -> None:
    client.get(PAGE)
    with django_assert_num_queries(15):
        client.get(f"{PAGE}?order=name")


def test_officer_of_a_consultation_without_a_run_is_told_what_to_do(
    officer: Client, consultation: Consultation
) -> None:
    assert "colloquia consultation store" in text_of(officer.get(PAGE))


def test_stranger_is_not_told_of_a_consultation_without_a_run(
    client: Client, consultation: Consultation, chen: User
) -> None:
    client.force_login(chen)
    assert client.get(PAGE).status_code == 404


def test_files_of_breakdowns_hold_whole_addresses(officer: Client, stored_run: Run, settings: Any) -> None:
    row = rows_of(officer.get(f"{PAGE}?table=by-channel&format=json"))[0]
    assert row["label_url"] == f"{settings.PUBLIC_URL}{PAGE}?{urlencode({'channel': row['value']})}"
