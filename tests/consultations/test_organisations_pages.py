"""Pages of organisations: who may open which, what they say, what is done on them, what they cost."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from colloquia.consultations.models import OrganisationDecision, Run
from colloquia.consultations.models.organisations import OrganisationVerdict as Verdict
from colloquia.consultations.presentation.grounds import GROUNDS
from colloquia.consultations.queries.organisations import open_proposals, organisations_bulk
from colloquia.consultations.services.organisations import Choice, decide, decide_one
from colloquia.engines.bulk.proposals import proposals_file
from colloquia.engines.organisations import REASONS
from tests.consultations.named import (
    FACULTY,
    HERON,
    KESTREL,
    KESTREL_SLIP,
    OTTER,
    OTTER_SLIP,
    OTTER_UGANDA,
    fresh,
    named_folder,
    named_run,
)

if TYPE_CHECKING:
    from django.test import Client

    from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db
__all__ = ["named_folder", "named_run"]
LIST = "/consultations/example/organisations/"
PROPOSALS, DECISIONS, MERGE = f"{LIST}proposals/", f"{LIST}decisions/", f"{LIST}merge/"


def text_of(response: Any) -> str:
    """The words of a page, without markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def written(run: Run, name: str) -> str:
    """The key of a name as written."""
    bulk = organisations_bulk(run)
    return next(row.key for key in bulk.named(name) for row in bulk.written([key]) if row.name == name)


def answers(run: Run, *given: tuple[str, str, str], seen: int = 0, name: str = "Kestrel") -> dict[str, str]:
    """What the form of proposals sends: (answer, one, other) for each."""
    data = {"run": str(run.number), "seen": str(seen)}
    for number, (answer, one, other) in enumerate(given):
        data |= {
            f"answer-{number}": answer,
            f"one-{number}": one,
            f"other-{number}": other,
            f"name-{number}": name,
        }
    return data


def test_every_ground_of_the_engine_has_words_with_its_value() -> None:
    assert set(GROUNDS) == set(REASONS)
    assert all(str(words) % {"value": "x"} for words in GROUNDS.values())


OFFICE = [PROPOSALS, DECISIONS, MERGE, f"{DECISIONS}1/undo/", "/consultations/example/settings/"]


@pytest.mark.parametrize("address", OFFICE)
def test_strangers_are_refused_and_visitors_asked_to_sign_in(
    client: Client, named_run: Run, chen: User, amara: User, bruno: User, address: str
) -> None:
    decide_one(run=named_run, choice=Choice(Verdict.SAME, (KESTREL, KESTREL_SLIP), "K"), by=bruno, seen=0)
    assert client.get(address).status_code == 302
    for person in (chen, amara):
        client.force_login(person)
        assert (client.get(address).status_code, client.post(address).status_code) == (403, 403)
    client.force_login(bruno)
    assert client.get(address).status_code == 200


def test_nobody_but_officers_takes_names_out_or_has_proposals_looked_for(
    client: Client, named_run: Run, chen: User
) -> None:
    client.force_login(chen)
    key = written(named_run, "Kestrel Pres")
    for address in (f"{LIST}{key}/split/", f"{PROPOSALS}look/"):
        assert client.post(address).status_code == 403
    assert OrganisationDecision.objects.count() == 0


@pytest.mark.parametrize("page", ["", f"{'0' * 20}/", "not-a-key/"])
def test_organisations_of_a_run_that_is_not_shown_are_for_officers(
    client: Client, hidden_run: Run, page: str
) -> None:
    assert client.get(f"{LIST}{page}").status_code == 404


def test_the_public_list_says_organisations_and_submissions(client: Client, named_run: Run) -> None:
    response = client.get(LIST)
    text = text_of(response)
    assert response.status_code == 200
    assert "submissions name an organisation" in text
    assert "By officers: nothing was decided." in text
    assert "KESTREL PRESS LIMITED" in text
    assert "kestrelpress.example" not in response.content.decode()
    assert "Choose organisations" not in text
    assert "proposal" not in text.lower()


def test_what_officers_joined_is_said_and_counted(client: Client, named_run: Run, bruno: User) -> None:
    before = client.get(f"{LIST[:-1]}.json").json()
    decide_one(
        run=named_run, choice=Choice(Verdict.SAME, (KESTREL, KESTREL_SLIP), "Kestrel House"), by=bruno, seen=0
    )
    after = client.get(f"{LIST[:-1]}.json").json()
    assert (before["organisations_in_effect"] - after["organisations_in_effect"], after["count"]) == (
        1, after["organisations_in_effect"],
    )  # fmt: skip
    assert (before["joined_by_machine_to"], before["decisions_of_officers"]) == (
        after["joined_by_machine_to"], 0,
    )  # fmt: skip
    first = next(row for row in after["organisations"] if row["name"] == "Kestrel House")
    assert (first["submissions"], first["joined_by"]) == (3, "officers")
    assert first["names"] == ["KESTREL PRESS LIMITED", "Kestrel Pres", "Kestrel Press Ltd"]
    method = text_of(client.get("/consultations/example/method/"))
    assert "decisions that names are one organisation: 1" in method
    assert "Bruno" not in text_of(client.get(f"{LIST}{first['id']}/"))


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_the_whole_list_can_be_taken_away(client: Client, named_run: Run, kind: str) -> None:
    response = client.get(f"{LIST}?table=organisations&format={kind}")
    body = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert response.status_code == 200
    if kind == "json":
        rows = {row["name"]: row for row in json.loads(body)["rows"]}
        assert rows["Kestrel Pres"]["submissions"] == 1
        assert rows["Kestrel Press Ltd"]["other_names"] == "KESTREL PRESS LIMITED"
    if kind == "csv":
        assert "Kestrel Press Ltd" in body.decode()


def test_an_organisation_has_its_names_and_submissions_under_an_address_that_stays(
    client: Client, named_run: Run, bruno: User
) -> None:
    slip, upper = written(named_run, "Kestrel Pres"), written(named_run, "KESTREL PRESS LIMITED")
    assert "1 submission." in text_of(client.get(f"{LIST}{slip}/"))
    decide_one(
        run=named_run, choice=Choice(Verdict.SAME, (KESTREL, KESTREL_SLIP), "K House"), by=bruno, seen=0
    )
    for key in (slip, upper):
        text = text_of(client.get(f"{LIST}{key}/"))
        assert "K House" in text
        assert "3 submissions." in text
        assert "joined by officers" in text
    twin = client.get(f"{LIST}{slip}.json").json()
    assert (twin["organisation"]["id"], twin["count"]) == (
        client.get(f"{LIST}{upper}.json").json()["organisation"]["id"], 3,
    )  # fmt: skip
    listed = client.get("/consultations/example/submissions.json?organisation=K+House").json()
    assert listed["count"] == 3
    assert client.get(f"/consultations/example/submissions.json?organisation={slip}").json()["count"] == 3


def test_the_list_is_searched_in_names_as_written_and_as_shown(
    client: Client, named_run: Run, bruno: User
) -> None:
    decide_one(run=named_run, choice=Choice(Verdict.SAME, (KESTREL, KESTREL_SLIP), "Zebra"), by=bruno, seen=0)
    for words, count in (("zebra", 1), ("kestrel press l", 1), ("otter", 3), ("nothing like it", 0)):
        assert client.get(f"{LIST[:-1]}.json?name={words}").json()["count"] == count


def test_proposals_are_shown_with_both_names_and_reasons(officer: Client, named_run: Run) -> None:
    response = officer.get(PROPOSALS)
    text = text_of(response)
    assert "Both wrote from kestrelpress.example, which is not open to everybody." in text
    assert "Are “Kestrel Press Ltd” and “Kestrel Pres” the same?" in text
    assert "The names are the same and the territories differ: Kenya / Uganda." in text
    assert "Also written: KESTREL PRESS LIMITED" in text
    assert "S-2026-" in text
    part = text_of(officer.get(f"{PROPOSALS}?kind=part"))
    assert "Is “Faculty of Law, Heron University” a part of “Heron University”?" in part


def test_several_answers_at_once_are_taken(officer: Client, named_run: Run, bruno: User) -> None:
    data = answers(
        named_run, ("same", KESTREL, KESTREL_SLIP), ("", OTTER, OTTER_SLIP), ("part", HERON, FACULTY)
    )
    response = officer.post(PROPOSALS, data, follow=True)
    assert "2 decisions were made." in text_of(response)
    rows = list(OrganisationDecision.objects.values_list("verdict", "name", "by"))
    assert rows == [("same", "Kestrel", bruno.pk), ("part", "", bruno.pk)]
    stored = OrganisationDecision.objects.get(verdict="same")
    assert ["same e-mail domain", "kestrelpress.example", False] in stored.reasons
    assert "Both wrote from kestrelpress.example" in text_of(officer.get(DECISIONS))
    assert open_proposals(fresh(named_run)).between(KESTREL, KESTREL_SLIP) is None


def test_no_answer_changes_nothing_and_says_so(officer: Client, named_run: Run) -> None:
    response = officer.post(PROPOSALS, answers(named_run, ("", KESTREL, KESTREL_SLIP)), follow=True)
    assert "No proposal was answered" in text_of(response)


def test_an_answer_that_disagrees_is_told_and_kept_while_others_are_taken(
    officer: Client, named_run: Run, amara: User
) -> None:
    decide(
        run=named_run,
        choices=[
            Choice(Verdict.SAME, (OTTER, OTTER_SLIP), "Otter"),
            Choice(Verdict.DIFFERENT, (OTTER, OTTER_UGANDA)),
        ],
        by=amara,
        seen=0,
    )
    data = answers(named_run, ("same", OTTER_SLIP, OTTER_UGANDA), ("same", KESTREL, KESTREL_SLIP), seen=2)
    response = officer.post(PROPOSALS, data)
    text = text_of(response)
    assert response.status_code == 409
    assert "1 answer was not taken." in text
    assert "Amara" in text
    assert "1 decision was made." in text
    assert OrganisationDecision.objects.count() == 3


def test_an_answer_to_what_another_changed_meanwhile_stays_on_the_page(
    officer: Client, named_run: Run, amara: User
) -> None:
    decide_one(run=named_run, choice=Choice(Verdict.SAME, (OTTER, OTTER_SLIP), "O"), by=amara, seen=0)
    data = answers(named_run, ("different", OTTER, OTTER_UGANDA), seen=0)
    response = officer.post(PROPOSALS, data)
    assert response.status_code == 409
    assert "While you were looking" in text_of(response)
    kept = re.search(r'name="answer-\d+" value="different" checked', response.content.decode())
    assert kept is not None
    data["seen"] = "1"
    assert officer.post(PROPOSALS, data).status_code == 302


def test_without_proposals_they_can_be_asked_for(officer: Client, named_run: Run) -> None:
    from django_tasks_db.models import DBTaskResult

    proposals_file(named_run.folder).unlink()
    assert "Look for proposals now" in text_of(officer.get(PROPOSALS))
    assert "Proposals on names are not there yet" in text_of(officer.get(LIST))
    before = DBTaskResult.objects.count()
    assert officer.post(f"{PROPOSALS}look/").status_code == 302
    assert DBTaskResult.objects.count() == before + 1


def test_chosen_organisations_are_merged_by_hand_under_another_name(officer: Client, named_run: Run) -> None:
    keys = [written(named_run, "Heron University"), written(named_run, "Kestrel Pres")]
    page = officer.get(MERGE, {"organisation": keys[:1], "add": "kestrel pres"})
    assert "Kestrel Pres" in text_of(page)
    unknown = officer.get(MERGE, {"organisation": keys, "add": "Nobody <b>"})
    assert "No organisation of this run has the name “Nobody <b>”." in text_of(unknown)
    empty = officer.post(MERGE, {"organisation": keys, "seen": "0"})
    assert (empty.status_code, "Choose or write the name" in text_of(empty)) == (409, True)
    data = {"organisation": keys, "name": "Heron University", "other_name": "Heron and Kestrel", "seen": "0"}
    response = officer.post(MERGE, data)
    assert response.status_code == 302
    assert "Heron and Kestrel" in text_of(officer.get(response["Location"]))
    again = officer.post(MERGE, data | {"seen": "1"})
    assert (again.status_code, OrganisationDecision.objects.count()) == (409, 1)


def test_names_are_taken_out_and_the_decision_is_undone(officer: Client, named_run: Run) -> None:
    upper, rest = written(named_run, "KESTREL PRESS LIMITED"), written(named_run, "Kestrel Press Ltd")
    address = f"{LIST}{rest}/split/"
    nothing = officer.post(address, {"name": "Kestrel Press Ltd", "seen": "0"})
    assert (nothing.status_code, "Choose the names to take out." in text_of(nothing)) == (409, True)
    assert "Kestrel Press Ltd" in text_of(officer.get(address))
    both = officer.post(address, {"taken": [upper, rest], "name": "Kestrel Press Ltd", "seen": "0"})
    assert "Leave at least one name" in text_of(both)
    assert both.content.decode().count(" checked") == 3
    done = officer.post(address, {"taken": [upper], "other_name": "Another Kestrel", "seen": "0"})
    assert done["Location"] == f"{LIST}{upper}/"
    assert "Another Kestrel" in text_of(officer.get(done["Location"]))
    undo = f"{DECISIONS}1/undo/"
    assert "an organisation of its own, shown as “\u2068Another Kestrel\u2069”" in text_of(officer.get(undo))
    assert officer.post(undo).status_code == 302
    assert "undone by" in text_of(officer.get(DECISIONS))
    assert officer.post(undo).status_code == 409
    assert officer.get(f"{DECISIONS}9/undo/").status_code == 404


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def decided(run: Run, by: User, count: int) -> None:
    pairs = [(KESTREL, KESTREL_SLIP), (OTTER, OTTER_SLIP), (HERON, FACULTY)]
    decide(run=run, choices=[Choice(Verdict.SAME, pair, "N") for pair in pairs[:count]], by=by, seen=0)


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_as_many_queries_for_three_as_for_one(
    officer: Client, client: Client, named_run: Run, bruno: User, count: int
) -> None:
    decided(named_run, bruno, count)
    found = {page: queries(officer, page) for page in (PROPOSALS, f"{PROPOSALS}?kind=part", DECISIONS)}
    assert found == {PROPOSALS: 5, f"{PROPOSALS}?kind=part": 5, DECISIONS: 7}


@pytest.mark.parametrize("names", [("kestrel pres",), ("otter",)])
def test_the_public_list_takes_as_many_queries_for_three_as_for_one(
    client: Client, named_run: Run, names: tuple[str]
) -> None:
    assert queries(client, f"{LIST}?name={names[0]}") == 10
