"""What is said about a filled-in form, with place and remedy."""

from __future__ import annotations

from django.utils.translation import gettext as _

from colloquia.engines.answer_forms.layout import code_of_box
from colloquia.engines.answer_forms.records import REMARKS, FormProblem
from colloquia.submissions.models import Publication, RespondentKind


def place(after: str) -> str:
    """Where a text stands that is in no box."""
    if not after:
        return _("before the first box")
    return _("after the last box") if after == REMARKS else _("after %(id)s") % {"id": after}


def listed(ids: list[str]) -> str:
    """Ids in a sentence: the first eight, and how many more."""
    shown = ", ".join(ids[:8])
    if len(ids) <= 8:
        return shown
    return _("%(some)s and %(number)s more") % {"some": shown, "number": len(ids) - 8}


def other_call(name: str, other: str) -> str:
    """The form was made for another call."""
    return _(
        "“%(name)s” is the form of another call (%(other)s). What answers questions of this call was taken; "
        "download the form of this call if that was not meant."
    ) % {"name": name, "other": other}


def sentence(problem: FormProblem, name: str) -> str:
    """A problem of the file in words."""
    values = {"name": name, "where": problem.where, "detail": _detail(problem)}
    match problem.kind:
        case "unreadable":
            return _("“%(name)s” could not be read. %(detail)s") % values
        case "not_word":
            return (
                _(
                    "“%(name)s” is no Word document (DOCX), which the answer form is. Fill the form in and "
                    "save it as DOCX, or send this file as it is."
                )
                % values
            )
        case "not_a_form":
            return (
                _(
                    "“%(name)s” is no answer form: no box of a question is in it. Send it as a file, or "
                    "copy the answers into the form."
                )
                % values
            )
        case "twice":
            return _("There are two boxes for %(where)s; both texts were taken. Check the answer.") % values
        case "several":
            return _("%(where)s: more than one choice is ticked (%(detail)s). Choose one here.") % values
        case "unclear":
            return _("%(where)s: “%(detail)s” is none of the choices. Choose one here.") % values
        case "pictures":
            return _("%(where)s: pictures stand in the answer (%(detail)s). Add them as a file.") % values
        case "deletions":
            return (
                _("“%(name)s” has tracked deletions (%(detail)s). They count as deleted; check the answers.")
                % values
            )
        case "boxes":
            return (
                _(
                    "“%(name)s” has floating text boxes (%(detail)s). Their text is with the remarks; put it "
                    "into the answer where it belongs."
                )
                % values
            )
        case _:
            return (
                _("“%(name)s” holds more text than one form may; the rest is left out. Send the file too.")
                % values
            )


def _detail(problem: FormProblem) -> str:
    """Choices by the words in which the form prints them."""
    words = {
        code_of_box("kind"): dict(RespondentKind.choices),
        code_of_box("publication"): dict(Publication.choices),
    }.get(problem.where, {})
    if problem.kind != "several" or not words:
        return problem.detail
    return " · ".join(str(words.get(each, each)) for each in problem.detail.split(", "))
