"""No term, reason or consideration gives a verdict on what a state or anybody else said."""

import pytest
from django.urls import reverse

from colloquia.consultations.models import Consultation
from colloquia.issues.models import Issue, Paper
from colloquia.outcomes.models import Consideration, Outcome
from colloquia.outcomes.services.refusals import OutcomeDoubted, OutcomeRefused
from colloquia.outcomes.services.wording import (
    ask_about_words,
    refuse_states_and_verdicts,
    refuse_verdicts,
)
from colloquia.outcomes.verdicts import verdict_in, verdicts_in

VERDICTS = {
    "Adopted": "Adopted", "Declined": "Declined", "Turned down": "Turned down", "Upheld": "Upheld",
    "Granted": "Granted", "Not taken up": "Not taken up", "Overruled": "Overruled", "Conceded": "Conceded",
    "A c c e p t e d": "Accepted", "A.c.c.e.p.t.e.d in part": "Accepted", "Ac\u00adcepted": "Accepted",
    "\u0410ccepted": "Accepted", "接 受": "接受", "م ق ب و ل": "مقبول",
    "لم يُقبل": "يقبل", "قُبل": "قبل", "يقبل": "يقبل", "اعتمد": "اعتمد",
    "Adopté": "Adopté", "Retenues": "Retenues", "Écarté": "Écarté", "Accueillie": "Accueillie",
    "Adoptado": "Adoptado", "Acogida": "Acogida", "Desestimado": "Desestimado",
    "Принято": "Принято", "Утверждено": "Утверждено", "Поддержано": "Поддержано",
    "采用": "采用", "通过": "通过", "批准": "批准", "支持": "支持", "不采纳": "采纳",
}  # fmt: skip
NONE = (
    "Noted", "Taken note of", "Reflected in paragraph {paragraph}", "Covered elsewhere", "Outside scope",
    "Принято к сведению", "Согласно пункту {paragraph}", "De acuerdo con el párrafo {paragraph}",
    "Pris en compte", "在第{paragraph}段反映", "通过第{paragraph}段反映",
    "يعتمد على الفقرة {paragraph}", "في المستقبل",
)  # fmt: skip


@pytest.mark.parametrize(("label", "word"), [*VERDICTS.items(), *((label, "") for label in NONE)])
def test_labels_that_give_a_verdict(label, word):
    assert verdict_in(label) == word


@pytest.mark.parametrize(
    ("prose", "words"),
    [
        ("The paper uses agreed language.", ()),
        ("The TRIPS Agreement binds its parties, and patents are granted.", ()),
        ("日本通过立法采用技术支持。", ()),
        ("Сказано о принятии решений согласно тексту.", ()),
        ("It was agreed, and then turned down.", ("agreed", "turned down")),
        ("该提案获通过。", ("通过",)),
    ],
)
def test_prose_is_looked_at_more_mildly(prose, words):
    assert verdicts_in(prose) == words


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sentence",
    [
        "The position of Japan was rejected.",
        "Japan’s wish was granted.",
        "The proposal of the publishers is not taken up.",
        "Позиция Японии отклонена.",
        "La position de l’Allemagne est écartée.",
        "Se aceptó la propuesta de los autores.",
        "رُفض مقترح اليابان.",
        "日本的提案不采纳。",
    ],
)
def test_reason_with_a_verdict_on_somebody_is_refused_with_its_sentence(sentence):
    with pytest.raises(OutcomeRefused, match="gives a verdict") as refused:
        refuse_verdicts({"en": f"It is in paragraph 3. {sentence}"})
    assert f"“{sentence}”" in str(refused.value)
    assert "It is in paragraph 3. " not in str(refused.value)


@pytest.mark.django_db
def test_other_words_are_asked_about_once():
    text = {"en": "Japan spoke first. It was agreed to say more; agreed language is used."}
    refuse_verdicts(text)
    with pytest.raises(OutcomeDoubted, match="“agreed”"):
        ask_about_words(text, ())
    ask_about_words(text, ("agreed",))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sentence",
    ["Japan is right and its proposal is accepted.", "Kenya has a law.", "The proposal is upheld."],
)
def test_consideration_names_no_state_and_gives_no_verdict(sentence):
    with pytest.raises(OutcomeRefused, match="verdict"):
        refuse_states_and_verdicts({"en": sentence})
    refuse_states_and_verdicts({"en": "Member States may find agreed language. The text is granted room."})


@pytest.mark.django_db
def test_words_come_back_with_a_tick_and_are_kept_with_it(officer, signed_run, themes, terms):
    one = reverse("outcome_edit", args=["example", "theme", themes[0].theme_id])
    typed = {"term": "noted", "reason_en": "It was agreed to say more.", "seen": ""}
    asked = officer.post(one, typed)
    text = asked.content.decode()
    assert (asked.status_code, "It was agreed to say more." in text, 'name="keeps"' in text) == (
        400, True, True,
    )  # fmt: skip
    assert "I looked at these words and keep them" in text
    other = typed | {"looked_at": "agreed", "keeps": "on", "reason_en": "It was dismissed."}
    assert officer.post(one, other).context["form"]["looked_at"].value() == "dismissed"
    assert officer.post(one, typed | {"looked_at": "agreed"}).status_code == 400
    assert Outcome.objects.count() == 0
    assert officer.post(one, typed | {"looked_at": "agreed", "keeps": "on"}).status_code == 302
    many = reverse("outcomes_edit", args=["example"])
    bulk = {"act": "bulk", "subject": f"theme:{themes[1].theme_id}", "bulk-term": "noted"}
    page = officer.post(many, bulk | {"bulk-reason_en": "It was agreed."}).content.decode()
    assert ('name="bulk-keeps"' in page, 'value="agreed"' in page) == (True, True)
    bulk |= {"bulk-reason_en": "It was agreed.", "bulk-looked_at": "agreed", "bulk-keeps": "on"}
    assert officer.post(many, bulk).status_code == 302
    assert Outcome.objects.count() == 2


@pytest.mark.django_db
def test_consideration_comes_back_filled_in(officer):
    paper = Paper.objects.create(slug="small-paper", prefix="XX", titles={"en": "A small paper"})
    Issue.objects.create(pk="XX-01", paper=paper)
    Consultation.objects.create(slug="small", titles={"en": "Small"}, paper="small-paper")
    url = reverse("consideration_new", args=["small"])
    typed = {"issue_id": "XX-01", "passages": "", "seen": "0"}
    wrong = "Japan is right and its proposal is accepted."
    refused = officer.post(url, typed | {"text_en": wrong})
    assert (refused.status_code, refused.content.decode().count(wrong) > 1) == (409, True)
    assert b'name="keeps"' not in refused.content
    doubted = officer.post(url, typed | {"text_en": "It is agreed."})
    assert (doubted.status_code, b'name="keeps"' in doubted.content) == (409, True)
    kept = typed | {"text_en": "It is agreed.", "looked_at": "agreed", "keeps": "on"}
    assert officer.post(url, kept).status_code == 302
    assert Consideration.objects.get().texts == {"en": "It is agreed."}
