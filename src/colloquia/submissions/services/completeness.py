"""What is missing or contradictory in a submission before it can be sealed."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from colloquia.core.queries import profile
from colloquia.submissions.models import Call, Publication, RespondentKind, Secrecy
from colloquia.submissions.records import Content, Incoming

LONGEST_ANSWER = 200_000
"""Characters of one answer; longer ones belong into a file."""
LONGEST_NAME = 300
_LONGEST_CODE = 12
_CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)
_SPEAKS_FOR_A_STATE = {RespondentKind.STATE, RespondentKind.OFFICE}


def problems_of(call: Call, incoming: Incoming) -> dict[str, str]:
    """Sentences by field, for the sender; empty where it can be sealed. Two queries.

    Fields are those of ``Content``; answers are ``answers.<question id>`` (``answers.`` for remarks on the
    whole), files ``files.<place from 1>``, parties ``parties.<place from 1>``; the whole is ``""``.
    """
    content, found = incoming.content, {}
    if not content.written_answers and not incoming.files:
        found[""] = _(
            "There is no answer and no file yet. Write an answer to at least one question, or add a file."
        )
    found |= _respondent(content)
    asked = set(call.questions.values_list("question_id", flat=True))
    territories = {row.code for row in profile().territories("en")}
    for name, code in [("territory", content.territory)] + [
        (f"parties.{place}", each.territory) for place, each in enumerate(content.parties, start=1)
    ]:
        if code and code not in territories:
            found[name] = _("Choose a country or territory from the list.")
    found |= _languages(incoming)
    for answer in content.written_answers:
        problem = _answer(answer.question, answer.text, answer.secrecy, answer.secrecy_reason, asked)
        if problem:
            found[f"answers.{answer.question}"] = problem
    for place, file in enumerate(incoming.files, start=1):
        if file.secrecy == Secrecy.CONFIDENTIAL and not file.secrecy_reason.strip():
            found[f"files.{place}"] = _("Say why “%(name)s” is confidential.") % {
                "name": file.attachment.name
            }
    return found


def _respondent(content: Content) -> dict[str, str]:
    found = {}
    if content.publication not in Publication.values:
        found["publication"] = _("Choose how your submission may be published.")
    if content.kind not in RespondentKind.values:
        found["kind"] = _("Say who answers.")
    elif content.kind == RespondentKind.PERSON:
        if not content.name.strip():
            found["name"] = _("Give your name. It is published only if you choose so.")
    elif content.kind in _SPEAKS_FOR_A_STATE:
        if not content.territory:
            found["territory"] = _("Choose the state that answers.")
    elif not content.organisation.strip():
        found["organisation"] = _("Give the name of the organisation.")
    for name in ("name", "organisation", "on_behalf_of"):
        if len(getattr(content, name)) > LONGEST_NAME:
            found[name] = _("This is longer than %(number)s characters; shorten it.") % {
                "number": LONGEST_NAME
            }
    for place, party in enumerate(content.parties, start=1):
        if not party.name.strip() and not party.territory:
            found[f"parties.{place}"] = _("Name each of those who submit together.")
    return found


def _languages(incoming: Incoming) -> dict[str, str]:
    """What was typed for a language and is the name of none stands as it was typed, and is no code."""
    content = incoming.content
    given = {"language": content.language}
    given |= {f"answers.{each.question}.language": each.language for each in content.written_answers}
    given |= {f"files.{place}": each.language for place, each in enumerate(incoming.files, start=1)}
    return {
        name: _(
            "“%(written)s” is no language that is known here. Choose one from the list, or leave it empty."
        )
        % {"written": value}
        for name, value in given.items()
        if value and not (len(value) <= _LONGEST_CODE and _CODE.fullmatch(value))
    }


def _answer(question: str, text: str, secrecy: str, reason: str, asked: set[str]) -> str:
    if question and question not in asked:
        return _("This call does not ask %(question)s.") % {"question": question}
    if secrecy == Secrecy.CONFIDENTIAL and not reason.strip():
        return _("Say why this answer is confidential.")
    if len(text) > LONGEST_ANSWER:
        return _("This answer is longer than %(number)s characters. Put it into a file and add the file.") % {
            "number": f"{LONGEST_ANSWER:,}"
        }
    return ""
