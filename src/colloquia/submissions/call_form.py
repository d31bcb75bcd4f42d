"""The answer form of a call: what is printed in it, in the words of a language."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from colloquia.engines.answer_forms.records import CHOICES, Form, FormField, FormIssue, FormQuestion
from colloquia.issues.presentation.sentences import grade_sentence, not_held
from colloquia.issues.records import IssueIn, grades
from colloquia.submissions.call_times import on_clock, zone_words
from colloquia.submissions.models import Call, Publication, RespondentKind, in_language
from colloquia.submissions.queries.calls import asked_of


def words_language(language: str) -> str:
    """The language of labels and instructions: the one asked for where it is complete, else English."""
    return language if language in settings.COMPLETE_LANGUAGES else "en"


def form_of(call: Call, language: str, asked: list[IssueIn] | None = None) -> Form:
    """The form in one language of the call. Five queries, none where the questions are given."""
    issues = asked_of(call) if asked is None else asked
    with translation.override(words_language(language)):
        return Form(
            call=call.consultation.slug,
            version=call.version,
            language=language,
            words_language=words_language(language),
            title=in_language(call.titles, language)[0],
            head=_head(call),
            introduction=_paragraphs(in_language(call.introductions, language)[0]),
            sections=_sections(call, language, issues),
            respondent_title=_("Who answers"),
            fields=_fields(call),
            questions_title=_("Questions"),
            issues=tuple(_issue(each, language) for each in issues),
            tick_here=_("Tick one."),
            remarks_title=_("Anything else that you want to say"),
        )


def _head(call: Call) -> tuple[str, ...]:
    deadline = _("Answers are taken until %(time)s (%(zone)s).") % {
        "time": on_clock(call.deadline, call.zone),
        "zone": zone_words(call.deadline, call.zone),
    }
    # The marks keep an address whole in a line that goes from right to left.
    address = f"\u200e{settings.PUBLIC_URL}{reverse('call', args=[call.consultation.slug])}\u200e"
    sending = _("Send the filled-in form on this page: %(address)s") % {"address": address}
    lines = [_("Answer form. %(site)s asks.") % {"site": settings.SITE_NAME}, deadline, sending]
    if call.contact:
        lines.append(_("Questions about the call: %(contact)s") % {"contact": call.contact})
    return tuple(lines)


def _sections(
    call: Call, language: str, issues: list[IssueIn]
) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    words = words_language(language)
    filling = (
        _("Write in the empty box below a question. You need not answer every question."),
        _("Leave the codes such as R1 or the id of a question where they are; answers are found by them."),
        _("Paragraphs, lists and tables are taken over. Pictures are not; send them as files of their own."),
        _("What stands outside the boxes is kept with the remarks at the end."),
        _(
            "To keep a single answer confidential, or to submit together with others, say so on the page on "
            "which you send the form."
        ),
        _("Save the form as a Word document (DOCX)."),
    )
    found: list[tuple[str, tuple[str, ...], str]] = [(_("How to fill in this form"), filling, words)]
    shown = [each.wording(language) for issue in issues for each in issue.questions]
    about = [grade_sentence(grade) for grade in grades(shown) if grade != "authentic"]
    if about:
        found.append((_("About the wording of the questions"), tuple(about), words))
    for heading, texts in (
        (_("How we use your data"), call.privacy_notices),
        (_("What is published"), call.publication_notices),
        (_("How long data are kept"), call.retention_notices),
    ):
        text, code = in_language(texts, language)
        if text:
            found.append((heading, _paragraphs(text), code))
    return tuple(found)


def _fields(call: Call) -> tuple[FormField, ...]:
    kinds = {value: str(label) for value, label in RespondentKind.choices}
    wishes = {value: str(label) for value, label in Publication.choices}
    return (
        FormField("kind", _("Who answers"), choices=tuple(kinds[each] for each in CHOICES["kind"])),
        FormField("name", _("Your name")),
        FormField("organisation", _("Organisation, office or company")),
        FormField("on_behalf_of", _("On whose behalf you answer, where that is somebody else")),
        FormField("territory", _("Country"), _("For a state or an office, the state; else where you are.")),
        FormField("stakeholder", _("Stakeholder group"), choices=tuple(call.stakeholders)),
        FormField("language", _("Language in which you answer")),
        FormField(
            "publication",
            _("How your answers may be published"),
            choices=tuple(wishes[each] for each in CHOICES["publication"]),
        ),
    )


def _issue(issue: IssueIn, language: str) -> FormIssue:
    heading = issue.wording(language)
    questions = []
    for each in issue.questions:
        held = each.wording(language)
        questions.append(
            FormQuestion(each.id, held.text, held.language)
            if held
            else FormQuestion(each.id, not_held(), words_language(language))
        )
    return FormIssue(
        issue.id, heading.title if heading else "", heading.language if heading else "en", tuple(questions)
    )


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())
