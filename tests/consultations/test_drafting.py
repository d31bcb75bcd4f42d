"""Drafts of a model: kept only with their evidence, decided on by officers, never public before that."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from colloquia.accounts.models import User
from colloquia.consultations.models import Correction, Draft, DraftRequest, Run, ThemeInEffect
from colloquia.consultations.queries import bulk_of
from colloquia.consultations.queries.drafting import brief_of, checked, parties_of
from colloquia.consultations.services import (
    CorrectionConflict,
    draft_decisions,
    drafting,
    merge_themes,
    move_passages,
    rename_theme,
)
from colloquia.consultations.services.draft_decisions import DraftRefused
from colloquia.core.models import AuditEntry
from colloquia.drafting_settings import DraftingSettings, Secret
from tests.stand_in import (
    Behaviour,
    Handler,
    Request,
    StandIn,
    cut,
    dripping,
    endless,
    fails,
    hangs_up,
    honest,
    inventive,
    raw,
    says,
    silent,
    wants_key,
)

KEY = "sk-a-key-that-must-not-show"
NAME = "A name by the stand-in"


def themes_of(run: Run) -> list[ThemeInEffect]:
    """Themes of questions in which several messages stand, the largest first."""
    rows = ThemeInEffect.objects.filter(run=run, is_live=True, is_parent=False, messages__gt=1)
    return list(rows.exclude(question_id="").order_by("-passages", "theme_id"))


def ask(
    settings: Any,
    run: Run,
    by: User,
    *behaviours: Behaviour,
    kind: str = "name",
    themes: list[str] | None = None,
    timeout: float = 20,
) -> DraftRequest:
    """Ask for drafts and do what the worker does."""
    names = themes if themes is not None else [themes_of(run)[0].theme_id]
    with StandIn(*behaviours) as server:
        settings.DRAFTING = DraftingSettings(server.url, "small", timeout=timeout, key=Secret(KEY))
        row = drafting.request_drafts(run=run, kind=kind, themes=names, language="en", by=by, here=True)
        drafting.perform(row.pk)
    row.refresh_from_db()
    return row


def whole_quotes(handler: Handler, request: Request) -> None:
    """A name that rests on whole passages, so that nothing of it is dropped."""
    support = [{"passage": number, "quote": text} for number, text in request.passages]
    says({"name": NAME, "support": support[:8]})(handler, request)


def whole_sentences(handler: Handler, request: Request) -> None:
    """A sentence that rests on the first passage."""
    number, text = request.passages[0]
    sentence = {"text": "It is asked that this be read.", "support": [{"passage": number, "quote": text}]}
    says({"sentences": [sentence]})(handler, request)


def test_a_name_is_kept_with_its_passages_and_where_it_comes_from(
    stored_run: Run, bruno: User, settings: Any
) -> None:
    row = ask(settings, stored_run, bruno, whole_quotes)
    theme = themes_of(stored_run)[0]
    draft = Draft.objects.get()
    assert (row.state, row.outcomes[theme.theme_id]["kept"]) == ("done", 1)
    assert (draft.text, draft.status, draft.theme_id) == (NAME, "proposed", theme.theme_id)
    passages = bulk_of(stored_run).passages_by_id([item["passage_id"] for item in draft.evidence])
    assert [item["quote"] for item in draft.evidence] == [
        passages[item["passage_id"]].text[item["start"] : item["end"]] for item in draft.evidence
    ]
    assert {name: draft.provenance[name] for name in ("model", "asked_model", "prompt_version")} == {
        "model": "stand-in-1",
        "asked_model": "small",
        "prompt_version": "name-1",
    }
    assert len(draft.provenance["request_sha256"]) == len(draft.provenance["answer_sha256"]) == 64
    assert [item.problem for item in checked(stored_run, [draft])] == [""]


def test_many_themes_are_asked_about_one_after_the_other(stored_run: Run, bruno: User, settings: Any) -> None:
    names = [theme.theme_id for theme in themes_of(stored_run)]
    assert len(names) > 1
    row = ask(settings, stored_run, bruno, whole_sentences, kind="sentence", themes=names)
    assert (row.state, sorted(row.outcomes)) == ("done", sorted(names))
    assert list(Draft.objects.values_list("theme_id", flat=True)) == names
    assert set(Draft.objects.values_list("kind", flat=True)) == {"sentence"}


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        (fails(400, "no such model"), "request-refused"),
        (fails(401, KEY), "key-refused"),
        (fails(404), "not-found"),
        (fails(429, Retry_After="600"), "busy"),
        (fails(307, Location="http://127.0.0.1:1/"), "redirected"),
        (raw(b"<html>A portal</html>"), "answer-unreadable"),
        (raw(b"\xff\xfe not JSON"), "answer-unreadable"),
        (endless, "answer-too-large"),
        (silent, "timed-out"),
        (dripping, "timed-out"),
        (wants_key("another key"), "key-refused"),
        (says(f"Your key is {KEY}"), "answer-unreadable"),
    ],
)
def test_an_endpoint_that_misbehaves_ends_in_words(
    stored_run: Run, bruno: User, settings: Any, officer: Client, behaviour: Behaviour, code: str
) -> None:
    row = ask(settings, stored_run, bruno, behaviour, timeout=1)
    assert (row.state, row.problem["code"], Draft.objects.count()) == ("failed", code, 0)
    page = officer.get(reverse("consultation_drafts", args=["example"])).content.decode()
    assert "127.0.0.1" in page
    assert "Go on with the themes that are left" in page
    assert KEY not in page


@pytest.mark.parametrize("behaviour", [cut, hangs_up, fails(503)])
def test_a_connection_that_breaks_ends_in_words_after_three_tries(
    stored_run: Run, bruno: User, settings: Any, behaviour: Behaviour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("colloquia.consultations.endpoint.client._FIRST_WAIT", 0.01)
    row = ask(settings, stored_run, bruno, behaviour)
    assert row.state == "failed"
    assert row.problem["code"] in {"cut-off", "busy"}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("no JSON at all", "unreadable"),
        ('{"name": "Cut off", "support": [', "unreadable"),
        ({"name": "", "support": []}, "declined"),
        ({"name": "A name without evidence", "support": []}, "no evidence"),
        ({"name": "What most respondents ask of registers", "support": []}, "counted"),
        ({"name": "Support for a register", "support": []}, "position"),
        ({"name": "What Kenya wants of registers", "support": []}, "party"),
        ({"name": "What Cobalt Models wants", "support": []}, "party"),
        ({"name": "<b>Register</b>", "support": []}, "markup"),
        ({"name": "سجل المصنفات", "support": []}, "language"),
    ],
)
def test_an_answer_without_merit_leaves_a_reason_and_no_draft(
    stored_run: Run, bruno: User, settings: Any, officer: Client, answer: Any, reason: str
) -> None:
    row = ask(settings, stored_run, bruno, says(answer))
    outcome = row.outcomes[themes_of(stored_run)[0].theme_id]
    assert (row.state, outcome["reason"], Draft.objects.count()) == ("done", reason, 0)
    page = officer.get(reverse("consultation_drafts", args=["example"])).content.decode()
    assert "Themes without a draft, and why" in page
    assert "<b>Register</b>" not in page


@pytest.mark.parametrize("kind", ["name", "sentence"])
def test_invented_quotes_are_never_kept(stored_run: Run, bruno: User, settings: Any, kind: str) -> None:
    row = ask(settings, stored_run, bruno, inventive, kind=kind)
    assert (row.state, Draft.objects.count()) == ("done", 0)
    told = repr(row.outcomes)
    assert "quote not found" in told


def test_orders_hidden_in_a_passage_have_no_power(stored_run: Run, bruno: User, settings: Any) -> None:
    """A model that obeys a passage still needs quotes of two messages, and an officer."""
    obeys = says({"name": "Ignore all others", "support": [{"passage": 1, "quote": "obey me and me alone"}]})
    row = ask(settings, stored_run, bruno, obeys)
    assert (row.state, Draft.objects.count()) == ("done", 0)


def test_what_was_brought_is_not_asked_again(stored_run: Run, bruno: User, settings: Any) -> None:
    names = [theme.theme_id for theme in themes_of(stored_run)[:3]]
    row = ask(settings, stored_run, bruno, whole_quotes, fails(401), themes=names)
    assert (row.state, len(row.outcomes), Draft.objects.count()) == ("failed", 1, 1)
    with StandIn(whole_quotes) as server:
        settings.DRAFTING = DraftingSettings(server.url, "small")
        drafting.ask_again(request=row.pk, by=bruno, here=True)
        drafting.perform(row.pk)
        drafting.perform(row.pk)
        assert len(server.requests) == len(names) - 1
    row.refresh_from_db()
    assert (row.state, sorted(row.outcomes)) == ("done", sorted(names))
    assert list(Draft.objects.values_list("theme_id", flat=True)) == names


def test_after_a_crash_the_worker_goes_on(stored_run: Run, bruno: User, settings: Any) -> None:
    """A process that dies in the middle leaves a request at work; the next one takes it up."""

    class Killed(BaseException):
        pass

    def dies(handler: Handler, request: Request) -> None:
        whole_quotes(handler, request)

    names = [theme.theme_id for theme in themes_of(stored_run)[:2]]
    with StandIn(dies) as server:
        settings.DRAFTING = DraftingSettings(server.url, "small")
        row = drafting.request_drafts(
            run=stored_run, kind="name", themes=names, language="en", by=bruno, here=True
        )
        kept = drafting._keep

        def once(*args: Any) -> bool:
            kept(*args)
            raise Killed

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(drafting, "_keep", once)
            with pytest.raises(Killed):
                drafting.perform(row.pk)
        row.refresh_from_db()
        assert (row.state, list(row.outcomes)) == ("running", names[:1])
        drafting.perform(row.pk)
        assert len(server.requests) == 2
    row.refresh_from_db()
    assert (row.state, Draft.objects.count()) == ("done", 2)


def test_a_request_given_up_brings_nothing_more(stored_run: Run, bruno: User, settings: Any) -> None:
    names = [theme.theme_id for theme in themes_of(stored_run)[:2]]

    def while_asked(handler: Handler, request: Request) -> None:
        whole_quotes(handler, request)

    with StandIn(while_asked) as server:
        settings.DRAFTING = DraftingSettings(server.url, "small")
        row = drafting.request_drafts(
            run=stored_run, kind="name", themes=names, language="en", by=bruno, here=True
        )
        with pytest.raises(DraftRefused, match="already"):
            drafting.request_drafts(
                run=stored_run, kind="name", themes=names[:1], language="en", by=bruno, here=True
            )
        drafting.give_up(request=row.pk, by=bruno)
        drafting.perform(row.pk)
        assert server.requests == []
    with pytest.raises(DraftRefused, match="ended already"):
        drafting.give_up(request=row.pk, by=bruno)


def test_off_means_no_request_and_no_socket(
    stored_run: Run, bruno: User, settings: Any, officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ask(settings, stored_run, bruno, fails(401))
    settings.DRAFTING = None
    opened: list[object] = []
    monkeypatch.setattr("socket.socket.connect", lambda *args: opened.append(args))
    with pytest.raises(DraftRefused, match="DRAFTING_URL"):
        drafting.request_drafts(
            run=stored_run, kind="name", themes=row.themes, language="en", by=bruno, here=True
        )
    with pytest.raises(DraftRefused, match="DRAFTING_URL"):
        drafting.ask_again(request=row.pk, by=bruno, here=True)
    DraftRequest.objects.filter(pk=row.pk).update(state="waiting")
    drafting.perform(row.pk)
    row.refresh_from_db()
    assert (row.state, row.problem["code"], opened) == ("failed", "off", [])
    theme = reverse("consultation_theme", args=["example", row.themes[0]])
    assert "Propose a name" not in officer.get(theme).content.decode()
    page = officer.get(reverse("consultation_drafts", args=["example"])).content.decode()
    assert "Machine drafting is off" in page
    ask_page = officer.get(reverse("consultation_drafts_ask", args=["example"]), {"kind": "name"})
    assert "Machine drafting is off" in ask_page.content.decode()
    assert opened == []


def test_on_shows_buttons_to_officers_and_the_host_before_anything_is_sent(
    stored_run: Run, settings: Any, officer: Client, chen: User
) -> None:
    theme = themes_of(stored_run)[0]
    settings.DRAFTING = DraftingSettings("https://models.example/v1", "large")
    for name, argument in (("theme", theme.theme_id), ("question", theme.question_id)):
        page = officer.get(reverse(f"consultation_{name}", args=["example", argument])).content.decode()
        assert "Propose summary sentences" in page
    given = {"kind": "name", "theme": theme.theme_id, "question": theme.question_id}
    page = officer.get(reverse("consultation_drafts_ask", args=["example"]), given).content.decode()
    assert "leave this machine and go to models.example (model large)" in page
    officer.force_login(chen)
    page = officer.get(reverse("consultation_theme", args=["example", theme.theme_id])).content.decode()
    assert "Propose" not in page


def test_the_model_sees_no_names_and_passages_of_every_language(stored_run: Run) -> None:
    for theme in themes_of(stored_run):
        brief = brief_of(stored_run, theme)
        rows, _ = bulk_of(stored_run).passages(question=theme.question_id, theme=theme.theme_id, limit=0)
        assert {item.language for item in brief.passages} == {row.language for row in rows}
        assert {item.stakeholder for item in brief.passages} == {row.stakeholder for row in rows}
        persons = {row.person for row in rows if row.person}
        assert [item for item in brief.passages if any(name in item.text for name in persons)] == []


def test_no_draft_may_name_who_answered_or_a_territory(stored_run: Run) -> None:
    parties = parties_of(stored_run)
    assert {"Kenya", "كينيا", "肯尼亚", "Cobalt Models", "Peregrine Ashdown"} <= parties


def test_accepting_a_name_renames_the_theme_and_its_history_says_so(
    stored_run: Run, bruno: User, settings: Any
) -> None:
    ask(settings, stored_run, bruno, whole_quotes)
    draft = Draft.objects.get()
    accepted = draft_decisions.accept_draft(draft=draft, text=" Registers  of works ", by=bruno, seen=0)
    assert (accepted.status, accepted.text, accepted.edited_text) == (
        "accepted",
        NAME,
        "Registers of works",
    )
    correction = Correction.objects.get()
    assert correction.values == {"theme": draft.theme_id, "label": "Registers of works"}
    assert correction.note == (
        "Proposed by the model stand-in-1 from quoted passages, checked by an officer."
    )
    assert AuditEntry.objects.filter(verb="consultations.accept_draft", actor=bruno).count() == 1
    with pytest.raises(DraftRefused, match="decided on already"):
        draft_decisions.accept_draft(draft=draft, text=NAME, by=bruno, seen=1)


def test_a_name_that_stands_there_already_is_accepted_once_more(
    stored_run: Run, bruno: User, settings: Any
) -> None:
    """As after a crash between the correction and the mark on the draft."""
    ask(settings, stored_run, bruno, whole_quotes)
    draft = Draft.objects.get()
    rename_theme(run=stored_run, theme=draft.theme_id, label=NAME, by=bruno, seen=0)
    assert draft_decisions.accept_draft(draft=draft, text=NAME, by=bruno, seen=1).status == "accepted"
    assert Correction.objects.count() == 1


def test_another_officers_correction_is_told_and_nothing_is_lost(
    stored_run: Run, bruno: User, settings: Any, officer: Client
) -> None:
    ask(settings, stored_run, bruno, whole_quotes)
    draft = Draft.objects.get()
    dora = User.objects.create_superuser("dora@secretariat.example", name="Dora")
    rename_theme(run=stored_run, theme=draft.theme_id, label="Dora's label", by=dora, seen=0)
    with pytest.raises(CorrectionConflict):
        draft_decisions.accept_draft(draft=draft, text=NAME, by=bruno, seen=0)
    prefix = f"d{draft.pk}"
    url = reverse("consultation_draft", args=["example", draft.pk])
    data = {f"{prefix}-text": "Mine, edited", "act": "accept", "seen": "0", "run": "1"}
    response = officer.post(url, data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Dora&#x27;s label" in page
    assert 'value="Mine, edited"' in page
    assert 'name="seen" value="1"' in page
    assert officer.post(url, {**data, "seen": "1"}).status_code == 302
    label = ThemeInEffect.objects.get(run=stored_run, theme_id=draft.theme_id).label
    assert label == "Mine, edited"


def test_a_passage_moved_out_of_the_theme_makes_the_draft_unacceptable(
    stored_run: Run, bruno: User, settings: Any, officer: Client
) -> None:
    ask(settings, stored_run, bruno, whole_quotes)
    draft = Draft.objects.get()
    moved = draft.evidence[0]["passage_id"]
    move_passages(run=stored_run, question=draft.question_id, passages=[moved], theme="", by=bruno, seen=0)
    run = Run.objects.get(pk=stored_run.pk)
    found = checked(run, [draft])[0]
    assert (found.problem, found.rests[0].problem) == ("evidence", "moved")
    with pytest.raises(DraftRefused, match="moved out of the theme"):
        draft_decisions.accept_draft(draft=draft, text=NAME, by=bruno, seen=1)
    page = officer.get(reverse("consultation_drafts", args=["example"])).content.decode()
    assert "This passage is not in the theme any more." in page
    assert 'value="accept"' not in page


def test_a_changed_text_makes_the_draft_unacceptable(stored_run: Run, bruno: User, settings: Any) -> None:
    ask(settings, stored_run, bruno, whole_quotes)
    draft = Draft.objects.get()
    draft.evidence[0]["quote"] = "words that do not stand there"
    draft.evidence[1]["passage_id"] = "S-2026-99999.p1"
    draft.save()
    found = checked(stored_run, [draft])[0]
    assert [rest.problem for rest in found.rests][:2] == ["changed", "gone"]
    with pytest.raises(DraftRefused, match="rests on"):
        draft_decisions.accept_draft(draft=draft, text=NAME, by=bruno, seen=0)


def test_a_theme_merged_away_takes_its_drafts_with_it(stored_run: Run, bruno: User, settings: Any) -> None:
    ask(settings, stored_run, bruno, whole_quotes)
    draft = Draft.objects.get()
    others = ThemeInEffect.objects.filter(
        run=stored_run, question_id=draft.question_id, is_parent=False, is_live=True
    ).exclude(theme_id=draft.theme_id)
    merge_themes(run=stored_run, themes=[draft.theme_id], into=others[0].theme_id, by=bruno, seen=0)
    run = Run.objects.get(pk=stored_run.pk)
    assert checked(run, [draft])[0].problem == "theme"
    with pytest.raises(DraftRefused, match="merged into another"):
        draft_decisions.accept_draft(draft=draft, text=NAME, by=bruno, seen=1)
    with pytest.raises(DraftRefused, match="Choose at least one theme"):
        ask(settings, run, bruno, whole_quotes, themes=[draft.theme_id])


def test_refusing_needs_a_reason_and_keeps_it(stored_run: Run, bruno: User, settings: Any) -> None:
    ask(settings, stored_run, bruno, whole_sentences, kind="sentence")
    draft = Draft.objects.get()
    with pytest.raises(DraftRefused, match="Say why"):
        draft_decisions.refuse_draft(draft=draft, reason=" ", by=bruno)
    assert draft_decisions.accept_draft(draft=draft, text=draft.text, by=bruno, seen=0).edited_text == ""
    refused = draft_decisions.refuse_draft(draft=draft, reason="It says too much.", by=bruno)
    assert (refused.status, refused.note, refused.decided_by) == ("refused", "It says too much.", bruno)
    with pytest.raises(DraftRefused, match="decided on already"):
        draft_decisions.refuse_draft(draft=draft, reason="Again", by=bruno)


def test_a_refusal_without_a_reason_keeps_what_was_typed(
    stored_run: Run, bruno: User, settings: Any, officer: Client
) -> None:
    ask(settings, stored_run, bruno, whole_quotes)
    draft = Draft.objects.get()
    url = reverse("consultation_draft", args=["example", draft.pk])
    response = officer.post(url, {f"d{draft.pk}-text": "My wording", "act": "refuse", "run": "1"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Say why the draft is refused." in page
    assert 'value="My wording"' in page
    data = {f"d{draft.pk}-reason": "Too broad", "act": "refuse", "run": "1"}
    assert officer.post(url, data).status_code == 302
    draft.refresh_from_db()
    assert (draft.status, draft.note) == ("refused", "Too broad")


def test_the_key_is_in_no_page_log_or_table(
    stored_run: Run, bruno: User, settings: Any, officer: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ask(settings, stored_run, bruno, wants_key(KEY, whole_quotes))
    ask(settings, stored_run, bruno, wants_key("other"), kind="sentence")
    stored = repr([*Draft.objects.values(), *DraftRequest.objects.values(), *AuditEntry.objects.values()])
    pages = [
        officer.get(reverse(name, args=["example"])).content.decode()
        for name in ("consultation_drafts", "consultation_drafts_json")
    ]
    assert "stand-in-1" in stored
    assert [text for text in (stored, caplog.text, *pages) if KEY in text] == []


PUBLIC = ("consultation", "consultation_submissions", "consultation_method", "consultation_files")


def public_pages(client: Client, draft: Draft) -> list[str]:
    """What a stranger gets of every page on which a draft could show."""
    addresses = [reverse(name, args=["example"]) for name in PUBLIC]
    for kind, argument in (("theme", draft.theme_id), ("question", draft.question_id)):
        addresses.append(reverse(f"consultation_{kind}", args=["example", argument]))
        addresses.append(reverse(f"consultation_{kind}_json", args=["example", argument]))
    addresses += [
        reverse("consultation_json", args=["example"]),
        reverse("consultation_word", args=["example"]),
    ]
    pages = []
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        pages.append(response.getvalue().decode("utf-8", "replace"))
    return pages


def test_nothing_is_public_before_an_officer_accepts_and_sentences_never_are(
    stored_run: Run, bruno: User, settings: Any, officer: Client
) -> None:
    ask(settings, stored_run, bruno, whole_quotes)
    ask(settings, stored_run, bruno, whole_sentences, kind="sentence")
    name, sentence = Draft.objects.order_by("pk")
    page = officer.get(reverse("consultation_drafts", args=["example"])).content.decode()
    assert name.text in page
    assert sentence.text in page
    stranger = Client()
    assert [text for text in public_pages(stranger, name) if name.text in text or sentence.text in text] == []
    draft_decisions.accept_draft(draft=name, text=name.text, by=bruno, seen=0)
    draft_decisions.accept_draft(draft=sentence, text=sentence.text, by=bruno, seen=1)
    pages = public_pages(stranger, name)
    assert len([text for text in pages if name.text in text]) > 3
    assert [text for text in pages if sentence.text in text] == []
    accepted = officer.get(reverse("consultation_drafts", args=["example"]), {"show": "accepted"})
    assert sentence.text in accepted.content.decode()


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("consultation_drafts", []),
        ("consultation_drafts_json", []),
        ("consultation_drafts_ask", []),
        ("consultation_draft", [1]),
        ("consultation_drafts_change", [1]),
    ],
)
def test_strangers_are_refused(
    stored_run: Run, client: Client, chen: User, name: str, arguments: list[int]
) -> None:
    url = reverse(name, args=["example", *arguments])
    assert client.get(url).status_code == 302
    client.force_login(chen)
    assert (client.get(url).status_code, client.post(url).status_code) == (403, 403)


def test_the_list_takes_as_many_queries_for_three_as_for_one(
    stored_run: Run, bruno: User, settings: Any, officer: Client, django_assert_num_queries: Any
) -> None:
    names = [theme.theme_id for theme in themes_of(stored_run)[:3]]
    url = reverse("consultation_drafts", args=["example"])
    ask(settings, stored_run, bruno, whole_quotes, themes=names[:1])
    officer.get(url)
    with django_assert_num_queries(10):
        officer.get(url)
    ask(settings, stored_run, bruno, whole_quotes, themes=names[1:])
    officer.get(url)
    with django_assert_num_queries(10):
        officer.get(url)


def test_a_form_asks_the_model_in_the_background(stored_run: Run, settings: Any, officer: Client) -> None:
    theme = themes_of(stored_run)[0]
    settings.DRAFTING = DraftingSettings("http://127.0.0.1:1/v1", "small")
    url = reverse("consultation_drafts_ask", args=["example"])
    data = {"kind": "name", "question": theme.question_id, "theme": [theme.theme_id], "language": "fr"}
    assert officer.post(url, data).status_code == 302
    row = DraftRequest.objects.get()
    assert (row.state, row.themes, row.language) == ("waiting", [theme.theme_id], "fr")
    again = officer.post(url, data)
    assert again.status_code == 422
    assert "being asked about these themes already" in again.content.decode()
    change = reverse("consultation_drafts_change", args=["example", row.pk])
    assert officer.post(change, {"act": "stop"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.problem["code"]) == ("failed", "given up")


def test_honest_stand_in_writes_sentences_with_quotes(stored_run: Run, bruno: User, settings: Any) -> None:
    names = [theme.theme_id for theme in themes_of(stored_run)]
    row = ask(settings, stored_run, bruno, honest, kind="sentence", themes=names)
    assert (row.state, len(row.outcomes)) == ("done", len(names))
