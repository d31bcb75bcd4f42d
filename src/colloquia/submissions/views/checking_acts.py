"""What a POST of the check page asks for, and the sentence that says it was done."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from colloquia.submissions.forms.checking import CheckForm
from colloquia.submissions.models import Submission
from colloquia.submissions.services import assigning, checking, wishes
from colloquia.submissions.services import redaction_decisions as decisions
from colloquia.submissions.services.refusals import SubmissionRefused


def perform(submission: Submission, form: CheckForm, person: Any) -> str:
    """Do what was asked for.

    Raises:
        SubmissionRefused: it was not done, and nothing changed.
    """
    call = submission.call
    of_check: dict[str, Any] = {"submission": submission, "by": person, "changed": form.changed}
    of_text = {**of_check, "position": form.position}
    match form.act:
        case "take" | "over":
            assigning.take(submission=submission, by=person, over=form.act == "over")
            return _("You check this submission now.")
        case "give-back":
            assigning.assign(call=call, identifiers=[submission.identifier], to=None, by=person)
            return _("It is back in the queue.")
        case "findings":
            return _decided(decisions.decide_findings(**of_text, choices=form.choices))
        case "redact-kind" | "keep-kind":
            kind = "" if form.category == "all" else form.category
            return _decided(decisions.decide_kind(**of_text, category=kind, redact=form.redact))
        case "words":
            n = decisions.redact_words(**of_text, words=form.words, category=form.category, start=form.start)
            return ngettext("Redacted in %(n)s place.", "Redacted in %(n)s places.", n) % {"n": n}
        case "keep":
            decisions.keep(**of_text, start=form.at[0], end=form.at[1])
            return _("It stays in the text.")
        case "file-out" | "file-in":
            decisions.decide_file(**of_text, give_out=form.act == "file-out")
            return _("Decided about the file.")
        case "language":
            decisions.say_language(**of_text, language=form.language)
            return _("The language of this part is noted.")
        case "note":
            checking.add_note(submission=submission, text=form.note, by=person)
            return _("Your note is kept.")
        case "question":
            checking.ask_sender(submission=submission, question=form.question, by=person)
            return _("The question is on its way to the sender.")
        case "wish":
            wishes.enter_wish(**of_check, wish=form.wish, reason=form.wish_reason)
            return _("The wish is entered. The check begins anew.")
        case "hint":
            for hint in submission.hints.filter(pk=form.hint):
                checking.set_aside(hint=hint, by=person)
            return _("The hint is set aside.")
        case "ready":
            checking.make_ready(**of_check)
            return _("%(id)s is ready to be published.") % {"id": submission.identifier}
        case "withhold":
            checking.withhold(**of_check, reason=form.reason)
            return _("%(id)s is withheld.") % {"id": submission.identifier}
        case "reopen":
            checking.reopen(**of_check)
            return _("Its check is open again.")
    raise SubmissionRefused(_("This button is not known any more. Load the page again."))


def _decided(n: int) -> str:
    return ngettext("%(n)s new decision.", "%(n)s new decisions.", n) % {"n": n}
