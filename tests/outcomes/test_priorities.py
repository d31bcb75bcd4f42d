"""Rounds of priorities: each state answers once, counts are published, and no state is found by counting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from colloquia.accounts.models import RoleGrant, User
from colloquia.consultations.models import Consultation
from colloquia.core.models import LedgerEntry, Territory
from colloquia.issues.models import Issue, IssuePlacement, Paper, PaperVersion
from colloquia.outcomes.models import PriorityAnswer, PriorityRound
from colloquia.outcomes.priority_counts import counted, told
from colloquia.outcomes.queries.priorities import answers_of, results_of, stamp
from colloquia.outcomes.services.priorities import (
    announce_round,
    answer_round,
    publish_results,
    review_results,
    save_round,
)
from colloquia.outcomes.services.refusals import OutcomeConflict, OutcomeRefused

pytestmark = pytest.mark.django_db
STATES = ("CH", "FR", "JP", "KE", "SA", "BR")
LEVELS = [
    {"code": "level-1", "labels": {"en": "High", "ar": "مرتفعة"}},
    {"code": "level-2", "labels": {"en": "Low", "ar": "منخفضة"}},
]


@pytest.fixture
def paper(db: None) -> PaperVersion:
    """Two issues; the second of the ids stands first in the paper."""
    row = Paper.objects.create(slug="small-paper", prefix="XX", titles={"en": "A small paper"})
    version = PaperVersion.objects.create(paper=row, key="draft", position=1, titles={"en": "Draft"})
    for place, issue in enumerate(("XX-02", "XX-01"), start=1):
        made = Issue.objects.create(pk=issue, paper=row)
        IssuePlacement.objects.create(version=version, issue=made, position=place)
    return version


@pytest.fixture
def focal(db: None) -> Callable[[str], User]:
    """Makes focal points of states."""
    for code in STATES:
        Territory.objects.create(code=code, kind="territory", name=f"State {code}")

    def make(code: str, name: str = "first") -> User:
        person = User.objects.create_user(f"{name}.{code.lower()}@mission.example", name=f"{name} {code}")
        RoleGrant.objects.create(user=person, role="focal_point", territory_id=code)
        return person

    return make


@pytest.fixture
def draft(paper: PaperVersion, focal: Callable[[str], User], bruno: User) -> PriorityRound:
    """A round that is not announced."""
    now = timezone.now()
    consultation = Consultation.objects.create(slug="small", titles={"en": "Small"}, paper="small-paper")
    return save_round(
        consultation=consultation, by=bruno, paper_version=paper, titles={"en": "First round"},
        introductions={}, issue_ids=["XX-01", "XX-02"], levels=LEVELS, invited=STATES, shows_states=False,
        opens_at=now - timedelta(hours=1), closes_at=now + timedelta(days=7), time_zone="UTC",
    )  # fmt: skip


@pytest.fixture
def round_(draft: PriorityRound, bruno: User) -> PriorityRound:
    """An open round."""
    return announce_round(round_=draft, by=bruno)


def answer(round_: PriorityRound, person: User, code: str, level: str = "level-1", **more: Any) -> Any:
    held = answers_of(round_, code)
    return answer_round(
        round_=round_, territory=Territory.objects.get(pk=code), by=person,
        **{"levels": {"XX-01": level}, "remarks": {}, "seen": stamp(held), **more},
    )  # fmt: skip


def close(round_: PriorityRound) -> None:
    PriorityRound.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    round_.refresh_from_db()


def publish(round_: PriorityRound, by: User) -> None:
    review_results(
        round_=round_, by=User.objects.create_user("olga@secretariat.example", name="Olga", is_officer=True)
    )
    publish_results(round_=round_, by=by)


def test_a_state_answers_once_and_changes_it_until_the_close(
    round_: PriorityRound, focal: Callable[..., User]
) -> None:
    kenya = focal("KE")
    answer(round_, kenya, "KE", "level-1")
    answer(round_, kenya, "KE", "level-2", levels={"XX-02": "level-2"})
    assert list(PriorityAnswer.objects.values_list("territory", "issue_id", "level")) == [
        ("KE", "XX-02", "level-2")
    ]
    answer(round_, kenya, "KE", levels={"XX-02": "level-2"})
    assert LedgerEntry.objects.filter(kind="priorities.answered").count() == 2
    close(round_)
    with pytest.raises(OutcomeRefused, match="not open"):
        answer(round_, kenya, "KE", "level-1")


def test_two_focal_points_of_a_state_are_told_of_each_other(
    round_: PriorityRound, focal: Callable[..., User]
) -> None:
    first, second = focal("KE"), focal("KE", "second")
    seen = stamp({})
    answer(round_, first, "KE", "level-1")
    with pytest.raises(OutcomeConflict, match="first KE") as met:
        answer(round_, second, "KE", "level-2", seen=seen)
    assert PriorityAnswer.objects.get().level == "level-1"
    answer(round_, second, "KE", "level-2", seen=met.value.seen)
    assert PriorityAnswer.objects.get().by == second


def test_nobody_else_answers(
    round_: PriorityRound, focal: Callable[..., User], bruno: User, amara: User, chen: User
) -> None:
    for person in (bruno, amara, chen, focal("FR")):
        with pytest.raises(OutcomeRefused, match="Only the focal point"):
            answer(round_, person, "KE")
    PriorityRound.objects.update(invited=["FR"])
    with pytest.raises(OutcomeRefused, match="Only the focal point"):
        answer(round_, focal("KE"), "KE")


def test_what_states_were_told_stays(
    round_: PriorityRound, paper: PaperVersion, bruno: User, chen: User
) -> None:
    fields = {
        "consultation": round_.consultation, "round_": round_, "seen": round_.version, "paper_version": paper,
        "titles": {"en": "Other"}, "introductions": {}, "issue_ids": ["XX-01"], "levels": LEVELS,
        "invited": STATES, "shows_states": True, "opens_at": round_.opens_at, "closes_at": round_.closes_at,
        "time_zone": "UTC",
    }  # fmt: skip
    with pytest.raises(OutcomeRefused, match="announced"):
        save_round(by=bruno, **fields)
    with pytest.raises(OutcomeRefused, match="Only an officer"):
        save_round(by=chen, **fields)
    for act in (review_results, publish_results):
        with pytest.raises(OutcomeRefused, match="once the round is closed"):
            act(round_=round_, by=bruno)


def test_results_stand_in_the_order_of_the_paper_with_their_base(
    round_: PriorityRound, focal: Callable[..., User], bruno: User, chen: User, client: Client
) -> None:
    for code in STATES[:5]:
        answer(round_, focal(code), code, "level-1" if code != "CH" else "level-2")
    close(round_)
    client.force_login(chen)
    assert client.get(f"/consultations/small/priorities/{round_.pk}/").status_code == 404
    publish(round_, bruno)
    page = client.get(f"/consultations/small/priorities/{round_.pk}/").content.decode()
    assert "5 of 6 invited states answered." in page
    assert page.index("XX-02") < page.index("XX-01")
    assert "State CH" not in page
    (data,) = client.get("/consultations/small/priorities.json").json()["rounds"]
    assert data["counts"] == [
        {"issue": "XX-02", "states": {"level-1": None, "level-2": None, "no_level": None}},
        {"issue": "XX-01", "states": {"level-1": None, "level-2": None, "no_level": 0}},
    ]
    assert data["states"] is None
    address = f"/consultations/small/priorities/{round_.pk}/?table=priorities&format="
    for kind in ("csv", "json", "xlsx"):
        assert b"".join(client.get(address + kind).streaming_content)[:2] in (b"\xef\xbb", b'{"', b"PK")  # type: ignore[attr-defined]
    assert client.get(address.replace("=priorities", "=states") + "csv").status_code == 404


def test_one_officer_reviews_the_results_and_another_publishes_them(
    round_: PriorityRound, focal: Callable[..., User], bruno: User, client: Client
) -> None:
    address = f"/consultations/small/priorities/{round_.pk}/"
    answer(round_, focal("KE"), "KE")
    close(round_)
    with pytest.raises(OutcomeRefused, match="must review"):
        publish_results(round_=round_, by=bruno)
    client.force_login(bruno)
    assert "These results are not published yet" in client.get(address).content.decode()
    assert client.post(f"{address}review/").status_code == 302
    assert "so another officer must publish them" in client.get(address).content.decode()
    client.post(f"{address}publish/")
    round_.refresh_from_db()
    assert (round_.reviewed_by, round_.published_at) == (bruno, None)
    olga = User.objects.create_user("olga@secretariat.example", name="Olga", is_officer=True)
    client.force_login(olga)
    client.post(f"{address}publish/")
    round_.refresh_from_db()
    assert round_.published_by == olga
    with pytest.raises(IntegrityError), transaction.atomic():
        PriorityRound.objects.update(published_by=bruno)


def test_answers_are_shown_by_name_where_states_were_told_so(
    draft: PriorityRound, focal: Callable[..., User], bruno: User, client: Client
) -> None:
    PriorityRound.objects.update(shows_states=True)
    round_ = announce_round(round_=draft, by=bruno)
    answer(round_, focal("KE"), "KE", remarks={"XX-01": "It matters."})
    close(round_)
    publish(round_, bruno)
    page = client.get(f"/consultations/small/priorities/{round_.pk}/").content.decode()
    assert ("It matters." in page, "1 of 6 invited states answered." in page) == (True, True)
    assert results_of(PriorityRound.objects.get()).counts["XX-01"] == {"level-1": 1, "level-2": 0, "": 0}


def test_small_counts_are_kept_back_so_that_nothing_follows_from_the_rest() -> None:
    def row(**counts: int) -> dict[str, int | None]:
        return told({"I": counts}, sum(counts.values()))["I"]

    assert row(high=4, low=0) == {"high": None, "low": None}
    assert row(high=6, low=0) == {"high": None, "low": None}
    assert row(high=6, low=4) == {"high": 6, "low": 4}
    assert row(high=6, middle=5, low=1) == {"high": 6, "middle": None, "low": None}
    assert row(high=6, middle=1, low=1) == {"high": None, "middle": None, "low": None}
    assert row(high=6, middle=2, low=2) == {"high": 6, "middle": None, "low": None}


def test_states_are_counted_once_for_an_issue() -> None:
    answers = [("KE", "I", "high"), ("FR", "I", "low"), ("FR", "J", "low"), ("JP", "K", "high")]
    assert counted(answers, ["I", "J"], ["high", "low"]) == {
        "I": {"high": 1, "low": 1, "": 1},
        "J": {"high": 0, "low": 1, "": 2},
    }


def test_the_form_is_for_the_focal_points_of_invited_states(
    round_: PriorityRound, focal: Callable[..., User], client: Client, bruno: User, chen: User
) -> None:
    address = f"/consultations/small/priorities/{round_.pk}/"
    assert client.get(address).status_code == 302
    client.force_login(chen)
    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    assert client.get("/consultations/small/priorities/").status_code == 404
    assert client.post(f"{address}publish/").status_code == 403
    kenya = focal("KE")
    client.force_login(kenya)
    page = client.get(address).content.decode()
    assert "Only counts of states are published" in page
    form = {"territory": "KE", "seen": stamp({}), "level-XX-01": "level-2", "remark-XX-01": "Because"}
    assert client.post(address, form).status_code == 302
    again = client.post(address, form | {"level-XX-01": "level-1"})
    assert again.status_code == 409
    assert 'value="level-1" checked' in again.content.decode()
    assert PriorityAnswer.objects.get().level == "level-2"
    client.force_login(bruno)
    assert "5 invited states have not answered" in client.get(address).content.decode()


def test_an_officer_drafts_and_announces_a_round_on_the_page(
    paper: PaperVersion, focal: Callable[..., User], client: Client, bruno: User
) -> None:
    focal("KE")
    Consultation.objects.create(slug="small", titles={"en": "Small"}, paper="small-paper")
    client.force_login(bruno)
    address = "/consultations/small/priorities/new/"
    assert "High priority" in client.get(address).content.decode()
    form = {
        "version": paper.pk, "title_en": "Round", "issues": ["XX-01"], "invite": "focal_points",
        "levels_en": "High\nLow", "levels_ar": "مرتفعة", "time_zone": "Africa/Nairobi",
        "opens_at": "2030-01-01T09:00", "closes_at": "2030-02-01T09:00",
    }  # fmt: skip
    refused = client.post(address, form)
    assert (refused.status_code, "levels here and" in refused.content.decode()) == (409, True)
    assert client.post(address, form | {"levels_ar": "مرتفعة\nمنخفضة"}).status_code == 302
    made = PriorityRound.objects.get()
    assert (made.invited, [level["labels"]["ar"] for level in made.levels]) == (["KE"], ["مرتفعة", "منخفضة"])
    client.post(f"/consultations/small/priorities/{made.pk}/announce/")
    made.refresh_from_db()
    assert made.announced_at is not None


def test_counting_takes_one_query_however_many_states_answered(
    round_: PriorityRound, focal: Callable[..., User], django_assert_num_queries: Any
) -> None:
    answer(round_, focal("KE"), "KE")
    with django_assert_num_queries(1):
        results_of(round_)
    answer(round_, focal("FR"), "FR")
    answer(round_, focal("JP"), "JP")
    with django_assert_num_queries(1):
        assert results_of(round_).answered == 3


def test_states_are_named_in_the_language_of_the_page(
    round_: PriorityRound, focal: Callable[..., User], client: Client
) -> None:
    client.force_login(focal("KE"))
    address = f"/consultations/small/priorities/{round_.pk}/"
    assert "The answer of <bdi>Kenya</bdi>" in client.get(address).content.decode()
    assert "<bdi>كينيا</bdi>" in client.get(address, headers={"accept-language": "ar"}).content.decode()
