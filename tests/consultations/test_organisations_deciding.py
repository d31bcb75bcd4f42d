"""Decisions on organisations: what they come to, what is refused and why, and that counts follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from colloquia.consultations import services
from colloquia.consultations.models import OrganisationDecision, Run
from colloquia.consultations.models.consultation import RunStatus
from colloquia.consultations.models.organisations import OrganisationVerdict as Verdict
from colloquia.consultations.queries import bulk_of, settlement_of
from colloquia.consultations.queries.organisations import (
    listed_organisations,
    open_proposals,
    organisations_bulk,
    organisations_meant,
)
from colloquia.consultations.services.organisation_refusals import OrganisationsRefused
from colloquia.consultations.services.organisations import Choice, decide, decide_one, undo_decision
from colloquia.consultations.services.proposing import look
from colloquia.consultations.services.recounting import TASK, recount
from colloquia.core.models import AuditEntry
from colloquia.engines.bulk import Filters
from colloquia.engines.bulk.proposals import proposals_file
from tests.consultations.counted import by_hand, stored
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
    from colloquia.accounts.models import User

pytestmark = pytest.mark.django_db
__all__ = ["named_folder", "named_run"]


def same(run: Run, by: Any, *keys: str, name: str = "Shown", seen: int = 1000) -> OrganisationDecision:
    return decide_one(run=run, choice=Choice(Verdict.SAME, keys, name), by=by, seen=seen)


def apart(run: Run, by: Any, *keys: str, verdict: Verdict = Verdict.DIFFERENT) -> OrganisationDecision:
    return decide_one(run=run, choice=Choice(verdict, keys), by=by, seen=1000)


def refusal(run: Run, choice: Choice, by: Any, seen: int = 1000) -> OrganisationsRefused:
    with pytest.raises(OrganisationsRefused) as refused:
        decide_one(run=run, choice=choice, by=by, seen=seen)
    return refused.value


def sizes(run: Run, *keys: str) -> list[int]:
    bulk = bulk_of(fresh(run))
    return [bulk.total(Filters(organisations=(key,))).submissions for key in keys]


def test_names_written_alike_count_as_one_without_an_officer(named_run: Run) -> None:
    assert sizes(named_run, KESTREL, KESTREL_SLIP, OTTER, OTTER_UGANDA) == [2, 1, 1, 1]
    assert organisations_meant(named_run, "kestrel  press LIMITED") == (KESTREL,)
    assert organisations_meant(named_run, "Otter Songwriters Union") == (OTTER, OTTER_UGANDA)
    assert organisations_meant(named_run, "Nobody") == ()


def test_portal_and_e_mail_meet_in_a_proposal_by_their_domain(named_run: Run) -> None:
    row = open_proposals(named_run).between(KESTREL, KESTREL_SLIP)
    assert row is not None
    assert ("same e-mail domain", "kestrelpress.example") in [(one.ground, one.value) for one in row.reasons]


def test_joined_organisations_count_once_everywhere_after_the_recount(named_run: Run, bruno: User) -> None:
    before = bulk_of(named_run).total().organisations
    row = same(named_run, bruno, KESTREL, KESTREL_SLIP, name="  Kestrel   Press ")
    assert (row.number, row.name, row.names) == (
        1,
        "Kestrel Press",
        ["Kestrel Press Ltd", "Kestrel Pres"],
    )
    run = fresh(named_run)
    assert bulk_of(run).total().organisations == before - 1
    assert sizes(run, KESTREL, KESTREL_SLIP) == [3, 0]
    assert [item.name for item in listed_organisations(run, search="kestrel")[0]] == ["Kestrel Press"]
    assert organisations_meant(run, "Kestrel Press") == organisations_meant(run, "Kestrel Pres") == (KESTREL,)
    assert open_proposals(run).between(KESTREL, KESTREL_SLIP) is None
    assert (run.counted_sequence, run.sequence) == (-1, 0)
    recount(run.consultation_id)
    assert fresh(run).counted_sequence == 0
    assert stored(fresh(run)) == by_hand(fresh(run))


def test_a_decision_is_audited_with_names_and_reasons(named_run: Run, bruno: User) -> None:
    row = same(named_run, bruno, KESTREL, KESTREL_SLIP)
    entry = AuditEntry.objects.filter(verb="consultations.join_organisations").get()
    assert (entry.actor, entry.object_id) == (bruno, str(row.pk))
    assert entry.changes["names"] == [None, ["Kestrel Press Ltd", "Kestrel Pres"]]


def test_the_first_key_leads_whoever_is_larger(named_run: Run, bruno: User) -> None:
    same(named_run, bruno, KESTREL_SLIP, KESTREL)
    assert sizes(named_run, KESTREL, KESTREL_SLIP) == [0, 3]


def test_who_accepts_what_another_refused_is_told(named_run: Run, bruno: User, amara: User) -> None:
    apart(named_run, bruno, OTTER, OTTER_UGANDA)
    told = refusal(named_run, Choice(Verdict.SAME, (OTTER, OTTER_UGANDA), "Otter"), amara)
    assert told.code == "contradiction"
    assert "Bruno" in str(told)
    assert "different organisations" in str(told)
    assert sizes(named_run, OTTER, OTTER_UGANDA) == [1, 1]


@pytest.mark.parametrize("verdict", [Verdict.DIFFERENT, Verdict.PART])
def test_what_would_join_by_a_third_is_refused_with_the_chain(
    named_run: Run, bruno: User, verdict: Verdict
) -> None:
    same(named_run, bruno, OTTER, OTTER_SLIP, name="First")
    apart(named_run, bruno, OTTER_SLIP, OTTER_UGANDA, verdict=verdict)
    told = refusal(named_run, Choice(Verdict.SAME, (OTTER, OTTER_UGANDA), "Otter"), bruno)
    assert told.code == "contradiction"
    kestrel = refusal(named_run, Choice(verdict, (OTTER, OTTER_SLIP)), bruno)
    assert kestrel.code == "joined"
    assert "shown as “\u2068First\u2069”" in str(kestrel)


def test_a_chain_of_three_names_every_decision_that_plays_a_part(named_run: Run, bruno: User) -> None:
    same(named_run, bruno, OTTER, OTTER_SLIP, name="First")
    apart(named_run, bruno, OTTER, HERON)
    told = refusal(named_run, Choice(Verdict.SAME, (OTTER_SLIP, HERON), "Second"), bruno)
    assert told.code == "contradiction"
    assert "shown as" not in str(told), "the organisation is one by now; no chain is needed"
    assert "different organisations" in str(told)


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        (Choice(Verdict.SAME, (KESTREL,), "Name"), "too few"),
        (Choice(Verdict.SAME, (KESTREL, KESTREL), "Name"), "one already"),
        (Choice(Verdict.SAME, (KESTREL, "no such|GB"), "Name"), "unknown"),
        (Choice(Verdict.SAME, (KESTREL, KESTREL_SLIP), " "), "no name"),
        (Choice(Verdict.SAME, (KESTREL, KESTREL_SLIP), "n" * 301), "long name"),
        (Choice(Verdict.SPLIT, (), "Name"), "no names"),
        (Choice(Verdict.SPLIT, ("0" * 20,), "Name"), "unknown"),
        (Choice(Verdict.DIFFERENT, (KESTREL, KESTREL)), "machine"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(
    named_run: Run, bruno: User, choice: Choice, code: str
) -> None:
    version = named_run.consultation.organisations_version
    assert refusal(named_run, choice, bruno).code == code
    assert OrganisationDecision.objects.count() == 0
    run = fresh(named_run)
    assert (run.consultation.organisations_version, run.counted_sequence) == (version, 0)


def test_several_at_once_are_done_but_those_that_disagree(named_run: Run, bruno: User) -> None:
    found = decide(
        run=named_run,
        choices=[
            Choice(Verdict.SAME, (KESTREL, KESTREL_SLIP), "Kestrel"),
            Choice(Verdict.DIFFERENT, (KESTREL_SLIP, KESTREL)),
            Choice(Verdict.PART, (HERON, FACULTY)),
            Choice(Verdict.SAME, (HERON, FACULTY), "Heron"),
            Choice(Verdict.DIFFERENT, (OTTER, OTTER_UGANDA)),
            Choice(Verdict.DIFFERENT, (OTTER_UGANDA, OTTER)),
        ],
        by=bruno,
        seen=0,
    )
    codes = [outcome.refusal.code if outcome.refusal else None for outcome in found]
    assert codes == [None, "joined", None, "contradiction", None, "apart already"]
    assert list(OrganisationDecision.objects.values_list("number", "verdict")) == [
        (1, "same"), (2, "part"), (3, "different"),
    ]  # fmt: skip
    assert fresh(named_run).consultation.organisations_sequence == 3


def test_who_looked_before_another_decided_on_the_same_is_told_and_may_then_decide(
    named_run: Run, bruno: User, amara: User
) -> None:
    same(named_run, bruno, OTTER, OTTER_SLIP, seen=0)
    choice = Choice(Verdict.SAME, (OTTER, OTTER_UGANDA), "Otter")
    told = refusal(named_run, choice, amara, seen=0)
    assert told.code == "conflict"
    assert "Bruno" in str(told)
    assert decide_one(run=named_run, choice=choice, by=amara, seen=1).number == 2
    other = Choice(Verdict.SAME, (KESTREL, KESTREL_SLIP), "Kestrel")
    assert decide_one(run=named_run, choice=other, by=amara, seen=0).number == 3, "about others: not told"


def test_names_taken_out_are_an_organisation_and_cannot_come_back_by_the_back_door(
    named_run: Run, bruno: User
) -> None:
    written = {row.name: row.key for row in organisations_bulk(named_run).written([KESTREL])}
    upper = written["KESTREL PRESS LIMITED"]
    row = decide_one(run=named_run, choice=Choice(Verdict.SPLIT, (upper,), "Another"), by=bruno, seen=0)
    assert row.names == ["KESTREL PRESS LIMITED"]
    assert sizes(named_run, KESTREL, upper) == [1, 1]
    run = fresh(named_run)
    assert settlement_of(run).names == {upper: "Another"}
    assert refusal(run, Choice(Verdict.SAME, (upper, KESTREL), "x"), bruno).code == "contradiction"
    rest = written["Kestrel Press Ltd"]
    assert refusal(run, Choice(Verdict.SPLIT, (rest,), "x"), bruno).code == "all names"
    assert refusal(run, Choice(Verdict.SPLIT, (rest, upper), "x"), bruno).code == "several"
    same(run, bruno, upper, KESTREL_SLIP)
    assert sizes(run, KESTREL, upper) == [1, 2]


def test_taking_a_name_out_of_what_officers_joined_is_for_undoing(named_run: Run, bruno: User) -> None:
    same(named_run, bruno, KESTREL, KESTREL_SLIP)
    slip = next(
        row.key
        for row in organisations_bulk(fresh(named_run)).written([KESTREL])
        if row.name == "Kestrel Pres"
    )
    decide_one(run=fresh(named_run), choice=Choice(Verdict.SPLIT, (slip,), "Slip"), by=bruno, seen=9)
    assert sizes(named_run, KESTREL, slip) == [2, 1]


def test_an_undone_decision_stays_on_record_and_no_longer_counts(
    named_run: Run, bruno: User, amara: User
) -> None:
    same(named_run, bruno, KESTREL, KESTREL_SLIP)
    recount(named_run.consultation_id)
    undo_decision(run=named_run, number=1, by=amara)
    row = OrganisationDecision.objects.get()
    assert (row.undone_by, row.undone_number) == (amara, 2)
    assert sizes(named_run, KESTREL, KESTREL_SLIP) == [2, 1]
    assert fresh(named_run).counted_sequence == -1
    for number, code in ((1, "undone"), (7, "no decision")):
        with pytest.raises(OrganisationsRefused) as refused:
            undo_decision(run=named_run, number=number, by=amara)
        assert refused.value.code == code


def test_a_split_that_others_rest_on_is_not_undone(named_run: Run, bruno: User) -> None:
    written = {row.name: row.key for row in organisations_bulk(named_run).written([KESTREL])}
    upper = written["KESTREL PRESS LIMITED"]
    decide_one(run=named_run, choice=Choice(Verdict.SPLIT, (upper,), "Another"), by=bruno, seen=0)
    same(named_run, bruno, upper, OTTER)
    apart(named_run, bruno, OTTER, KESTREL)
    with pytest.raises(OrganisationsRefused) as refused:
        undo_decision(run=named_run, number=1, by=bruno)
    assert refused.value.code == "contradiction"
    assert sizes(named_run, KESTREL, upper) == [1, 2]


def test_a_review_falls_away_and_the_run_is_reviewed_again(named_run: Run, bruno: User) -> None:
    services.review_run(run=named_run, by=bruno)
    same(named_run, bruno, KESTREL, KESTREL_SLIP)
    run = fresh(named_run)
    assert (run.status, run.reviewed_by, run.reviewed_at) == (RunStatus.DRAFT, None, None)
    assert AuditEntry.objects.filter(verb="consultations.review_again", object_id=str(run.pk)).count() == 1


def sign(run: Run, reviewer: Any, signer: Any) -> Run:
    services.review_run(run=run, by=reviewer)
    return services.sign_run(run=run, by=signer, seen_read=0)


def test_counts_that_are_behind_are_not_signed(named_run: Run, bruno: User, amara: User) -> None:
    same(named_run, bruno, KESTREL, KESTREL_SLIP)
    with pytest.raises(services.SigningRefused, match="being brought up to date"):
        sign(named_run, bruno, amara)
    recount(named_run.consultation_id)
    assert sign(named_run, bruno, amara).signed_with == {"organisations": 1, "states": ["Member state"]}


def test_a_signed_run_keeps_what_it_was_signed_with(
    named_run: Run, named_folder: Any, bruno: User, amara: User, tmp_path: Any
) -> None:
    import shutil

    same(named_run, bruno, KESTREL, KESTREL_SLIP)
    recount(named_run.consultation_id)
    sign(named_run, bruno, amara)
    folder = tmp_path / "next"
    shutil.copytree(named_folder, folder)
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    later = services.store_run(consultation=named_run.consultation, folder=folder, prior=named_run)
    assert sizes(later, KESTREL, OTTER) == [3, 1], "the next run begins with what was decided"
    before = stored(fresh(named_run))
    same(later, bruno, OTTER, OTTER_SLIP)
    undo_decision(run=later, number=1, by=bruno)
    later.consultation.refresh_from_db()
    later.consultation.state_stakeholders = []
    later.consultation.save()
    recount(later.consultation_id)
    assert sizes(later, KESTREL, OTTER) == [2, 2]
    assert sizes(named_run, KESTREL, OTTER) == [3, 1]
    services.count_themes(named_run)
    assert stored(fresh(named_run)) == before
    assert bulk_of(fresh(named_run)).total().states == 2
    assert refusal(named_run, Choice(Verdict.SAME, (OTTER, OTTER_SLIP), "x"), bruno).code == "signed"


def test_proposals_are_looked_for_once_by_the_worker(named_run: Run) -> None:
    proposals_file(named_run.folder).unlink()
    look(named_run.pk)
    at = proposals_file(named_run.folder).stat().st_mtime_ns
    look(named_run.pk)
    look(named_run.pk + 1)
    assert proposals_file(named_run.folder).stat().st_mtime_ns == at


def test_the_work_that_follows_is_in_the_queue_of_the_same_transaction(named_run: Run, bruno: User) -> None:
    from django_tasks_db.models import DBTaskResult

    def asked(name: str) -> int:
        return sum(row.args_kwargs["args"][0] == name for row in DBTaskResult.objects.all())

    assert (asked(TASK), asked("consultations.propose_organisations")) == (0, 1)
    same(named_run, bruno, KESTREL, KESTREL_SLIP)
    assert asked(TASK) == 1
