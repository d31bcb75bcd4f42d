"""A filled-in answer form to what a draft or an import takes: answers by question, and what to look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from colloquia.core.models import Attachment, Language
from colloquia.core.queries import profile
from colloquia.engines.answer_forms.layout import code_of_box
from colloquia.engines.answer_forms.records import FIELDS
from colloquia.engines.answer_forms.records import FilledForm as ReadForm
from colloquia.submissions.models import Call
from colloquia.submissions.records import AnswerIn, Content
from colloquia.submissions.services.form_sentences import listed, other_call, place, sentence

__all__ = ["FilledForm", "read_form"]


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What a file says as an answer form of a call.

    Nothing that was written is left out: what belongs to no question of this call stands in the answer
    without a question (``AnswerIn("", …)``), and ``problems`` say so.

    Args:
        is_form: whether it is an answer form; where not, ``content`` is empty, and the file is a file as any.
        call: the address of the call that the form was made for; blank where it no longer says.
        content: respondent and answers; fields that were left empty have the values of ``Content()``, and
            ``given`` names those that were filled in. A wish for publication that is not clear is
            ``confidential`` until somebody chooses.
        unclear: fields about the respondent in which more than one choice is ticked, or none that is offered.
        problems: sentences for the person, each with the place and the remedy, in the reader's language.

    """

    is_form: bool
    call: str = ""
    content: Content = field(default_factory=Content)
    given: frozenset[str] = frozenset()
    unclear: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()


def read_form(attachment: Attachment, call: Call) -> FilledForm:
    """Read a received file as an answer form of a call. Writes nothing; raises nothing for what is in it.

    It takes up to a second, in a process with limits: call it outside a transaction.
    """
    from colloquia.engines.answer_forms.child import read_file

    read = read_file(attachment.path)
    if read.is_form and not read.call:
        # Saved by a program that lost the form's own marks: its texts are known from the call instead.
        read = read_file(attachment.path, known=_printed(call))
    return taken(read, name=attachment.name, call=call)


def _printed(call: Call) -> list[str]:
    """Every text that the form of a call prints, in all its languages."""
    from colloquia.engines.answer_forms.layout import own_texts
    from colloquia.submissions.call_form import form_of
    from colloquia.submissions.queries.calls import asked_of

    asked = asked_of(call)
    return [text for code in call.languages for text in own_texts(form_of(call, code, asked))]


def taken(read: ReadForm, *, name: str, call: Call) -> FilledForm:
    """What was read, as it belongs into this call. ``name`` is the file's. At most four queries."""
    if not read.is_form:
        return FilledForm(False, problems=tuple(sentence(each, name) for each in read.problems))
    slug = call.consultation.slug
    asked = list(call.questions.order_by("position").values_list("question_id", flat=True))
    problems = [sentence(each, name) for each in read.problems if each.kind != "outside"]
    if read.call and read.call != slug:
        problems.insert(0, other_call(name, read.call))
    problems += _boxes(read, asked, name)
    fields, sentences = _respondent(read, call)
    answers = [AnswerIn(each, read.answers[each]) for each in asked if each in read.answers]
    remarks, told = _remarks(read, asked, name)
    if remarks:
        answers.append(AnswerIn("", remarks))
    given = frozenset(fields) | ({"answers"} if answers else frozenset())
    if given and "publication" not in fields:
        sentences.append(
            _("R8: the form does not say how it may be published, so it counts as confidential. Choose here.")
        )
    elif not given:
        problems.append(
            _("“%(name)s”: nothing is filled in. Fill the form in, or answer here.") % {"name": name}
        )
    content = Content(**{"publication": "confidential", **fields}, answers=tuple(answers))
    codes = {each.where for each in read.problems if each.kind in {"several", "unclear"}}
    unclear = frozenset(name for name in FIELDS if code_of_box(name) in codes)
    return FilledForm(True, read.call, content, given, unclear, tuple(problems + told + sentences))


def _respondent(read: ReadForm, call: Call) -> tuple[dict[str, Any], list[str]]:
    fields: dict[str, Any] = {
        name: " ".join(read.respondent[name].split())
        for name in FIELDS
        if read.respondent.get(name, "").strip()
    }
    problems = []
    if "territory" in fields:
        written = fields.pop("territory")
        found = profile().resolve(written)
        if found:
            fields["territory"] = found.code
        else:
            problems.append(
                _("R5: “%(written)s” is no country or territory of the list. Choose it here.")
                % {"written": written[:100]}
            )
    if "language" in fields:
        written = fields.pop("language")
        code = _language(written)
        if code:
            fields["language"] = code
        else:
            problems.append(
                _("R7: “%(written)s” is no language of the list. Choose it here.")
                % {"written": written[:100]}
            )
    for name, most in (("name", 300), ("organisation", 300), ("on_behalf_of", 300), ("stakeholder", 100)):
        if len(fields.get(name, "")) > most:
            problems.append(
                _("%(code)s is longer than %(number)s characters and was cut: “%(whole)s”. Shorten it.")
                % {"code": code_of_box(name), "number": most, "whole": fields[name]}
            )
            fields[name] = fields[name][:most]
    if "stakeholder" in fields and call.stakeholders and fields["stakeholder"] not in call.stakeholders:
        problems.append(
            _("R6: “%(written)s” is none of the groups of this call. Choose one here.")
            % {"written": fields["stakeholder"]}
        )
    return fields, problems


def _language(written: str) -> str:
    wanted = written.casefold()
    for row in Language.objects.order_by("code"):
        if wanted in {row.code.casefold(), row.name.casefold(), row.endonym.casefold()}:
            return row.code
    return ""


def _boxes(read: ReadForm, asked: list[str], name: str) -> list[str]:
    missing = [each for each in asked if each not in read.boxes]
    if not missing:
        return []
    return [
        _("“%(name)s” has no box for %(questions)s. If you want to answer that, do it here.")
        % {"name": name, "questions": listed(missing)}
    ]


def _remarks(read: ReadForm, asked: list[str], name: str) -> tuple[str, list[str]]:
    """The text on no question in particular, and what to tell about how it came together."""
    parts, problems = [read.remarks] if read.remarks else [], []
    unasked = [each for each in read.answers if each not in asked]
    if unasked:
        parts += [f"{each}\n{read.answers[each]}" for each in unasked]
        problems.append(
            _("This call does not ask %(questions)s. What is there is kept with the remarks; check it.")
            % {"questions": listed(unasked)}
        )
    if read.outside:
        parts += [each.text for each in read.outside]
        places = list(dict.fromkeys(each.after for each in read.outside))
        problems.append(
            _(
                "“%(name)s”: text outside the boxes (%(places)s) is kept with the remarks. Move it to the "
                "answer where it belongs."
            )
            % {"name": name, "places": ", ".join(place(each) for each in places)}
        )
    return "\n\n".join(parts), problems
