"""Nobody is found to have sent a merely similar message by comparing counts that the public is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser

from colloquia.consultations.models import Run, ThemeInEffect
from colloquia.consultations.presentation import registered

if TYPE_CHECKING:
    from django.test import Client

    from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db
PAGE = "/consultations/example/"
EN, EN_ES = "language=en", "language=en&language=es"


def without_similar(run: Run) -> None:
    """Take the similar messages out of the stored tables of a run."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    path = run.folder / "groups.parquet"
    table = pq.read_table(path)
    pq.write_table(table.filter(pc.not_equal(table["kind"], "similar")), path)


def counted(value: Any) -> set[int]:
    """Every number of distinct messages, however deep."""
    if isinstance(value, list):
        return {number for item in value for number in counted(item)}
    if not isinstance(value, dict):
        return set()
    own = {value["distinct_messages"]} if isinstance(value.get("distinct_messages"), int) else set()
    return own | {number for item in value.values() for number in counted(item)}


def told(client: Client, address: str) -> dict[str, Any]:
    data: dict[str, Any] = client.get(f"{PAGE}{address}").json()
    data.pop("funnel", None)
    return data


@pytest.mark.parametrize("query", [EN, EN_ES, "channel=e-mail", "search=the", "without_shared=1"])
def test_part_chosen_by_filters_is_not_told_in_messages(
    client: Client, stored_run: Run, bruno: User, query: str
) -> None:
    """Of two such parts that differ by one sender, the difference would say whether that one is similar."""
    assert counted(told(client, f"analysis.json?{query}")) <= {0}
    client.force_login(bruno)
    assert counted(told(client, f"analysis.json?{query}")) - {0}


def test_small_themes_and_breakdowns_are_not_told_in_messages(
    client: Client, stored_run: Run, bruno: User
) -> None:
    """Two senders of a theme and one message: both are known."""
    small = ThemeInEffect.objects.filter(run=stored_run, is_live=True, submissions__range=(1, 9))
    addresses = ["analysis.json", *(f"themes/{row.theme_id}.json" for row in small)]
    for address in addresses:
        data = told(client, address)
        for row in [data.get("theme"), *data.get("themes", []), *data.get("questions", [])]:
            if row and row["submissions"] in range(1, 10):
                assert row["distinct_messages"] is None
        assert counted(data["breakdowns"]) == set()
        assert counted(data.get("machine")) == set()
        assert counted(data.get("closed")) == set()
    page = client.get(f"{PAGE}themes/{small[0].theme_id}/").content.decode()
    assert "distinct messages. This stays on record." not in page
    client.force_login(bruno)
    assert counted(told(client, addresses[-1])) > set()


def test_part_that_leaves_few_out_is_not_told_in_messages(client: Client, stored_run: Run) -> None:
    """The whole is told, so that the few who are left out would be known."""
    question = stored_run.questions.order_by("-submissions")[0]
    question.submissions, question.messages = 27, 18
    question.save()
    rows = {row["id"]: row["distinct_messages"] for row in told(client, "analysis.json")["questions"]}
    assert rows[question.question_id] is None
    question.submissions = 18
    question.save()
    rows = {row["id"]: row["distinct_messages"] for row in told(client, "analysis.json")["questions"]}
    assert rows[question.question_id] == 18


def test_export_of_themes_tells_the_public_no_more_than_the_pages(stored_run: Run, bruno: User) -> None:
    pages = {row["distinct_messages"] for row in registered.theme_rows(AnonymousUser()) if row["submissions"]}
    assert pages == {None}
    assert None not in {row["distinct_messages"] for row in registered.theme_rows(bruno)}


def test_run_without_similar_messages_tells_everything(client: Client, stored_run: Run) -> None:
    without_similar(stored_run)
    data = told(client, f"analysis.json?{EN}")
    assert None not in {row["distinct_messages"] for item in data["breakdowns"] for row in item["rows"]}
