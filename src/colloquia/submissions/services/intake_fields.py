"""The fields of a plan: who sent it, from where, in which language and when; checked and never guessed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from colloquia.core.filenames import storable
from colloquia.core.models import Territory
from colloquia.core.queries import profile
from colloquia.engines.languages.codes import language_code
from colloquia.engines.mailbox import Letter
from colloquia.submissions.models import Call
from colloquia.submissions.records import AnswerIn, Content
from colloquia.submissions.services.completeness import LONGEST_NAME
from colloquia.submissions.services.intake_records import Plan, Trouble
from colloquia.submissions.services.intake_times import is_ahead, stated_moment

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"]+@[^\s@<>()\[\],;:\"]+\.[^\s@<>()\[\],;:\"]+")
LONGEST_ADDRESS = 254
BEFORE_OPENING = timedelta(days=31)
"""A sender's date that lies further before the opening of the call was written by a clock that is wrong."""


class Fields:
    """What the plans of one import have in common. ``options`` are those of ``IntakeImport``."""

    def __init__(self, call: Call, options: dict[str, Any]) -> None:
        self.call = call
        self.zone = call.zone
        self.options = options
        self.asked = list(call.questions.order_by("position").values_list("question_id", flat=True))
        self.territories = set(Territory.objects.values_list("code", flat=True))
        self.names = profile()
        given = options.get("received", "")
        self.received = datetime.fromisoformat(given) if given else timezone.now()

    def _who(self, content: Content) -> Content:
        kind = "organisation" if content.organisation else self.options.get("respondents", "person")
        if kind == "organisation" and not content.organisation:
            content = replace(content, organisation=content.name, name="")
        return replace(content, kind=kind)

    def _answers(self, texts: list[tuple[str, str]]) -> tuple[AnswerIn, ...]:
        """One answer to each question; what belongs to none, or to one that is not asked, is one remark."""
        joined: dict[str, list[str]] = {}
        for question, text in texts:
            if text.strip():
                joined.setdefault(question if question in self.asked else "", []).append(storable_text(text))
        order = [*self.asked, ""]
        return tuple(AnswerIn(each, "\n\n".join(joined[each])) for each in sorted(joined, key=order.index))

    def _cut(self, plan: Plan, text: str, field: str) -> str:
        shown = " ".join(storable(text).split())
        if len(shown) > LONGEST_NAME:
            plan.extra[field] = shown
            plan.troubles.append(
                Trouble(
                    f"{plan.where}, {field}",
                    _("is longer than 300 characters and was cut; the whole is kept."),
                )
            )
        return shown[:LONGEST_NAME]

    def _territory(self, plan: Plan, written: str) -> str:
        if not written.strip():
            return ""
        found = self.names.resolve(written)
        if found is not None and found.code in self.territories:
            return str(found.code)
        plan.troubles.append(
            Trouble(
                _("%(where)s, country") % {"where": plan.where},
                _(
                    "“%(written)s” is no country or territory of the list; it was left open. "
                    "Use the name of the list."
                )
                % {"written": storable(written)[:80]},
            )
        )
        return ""

    def _language(self, plan: Plan, written: str) -> str:
        if not written.strip():
            return str(self.options.get("language", ""))
        code = language_code(written)
        if not code:
            plan.troubles.append(
                Trouble(
                    _("%(where)s, language") % {"where": plan.where},
                    _("“%(written)s” is no language that is known; it was left open. Use a code such as fr.")
                    % {"written": storable(written)[:80]},
                )
            )
        return code

    def _address(self, plan: Plan, written: str) -> None:
        found = _ADDRESS.search(written)
        if found and len(found.group()) <= LONGEST_ADDRESS:
            plan.email = found.group()
        elif written.strip():
            plan.extra["email"] = storable(written)[:LONGEST_NAME]
            plan.troubles.append(
                Trouble(
                    _("%(where)s, e-mail") % {"where": plan.where},
                    _(
                        "“%(written)s” is no e-mail address, so no receipt goes there. It is kept with the "
                        "submission, sealed. Ask for the right one."
                    )
                    % {"written": storable(written)[:80]},
                )
            )

    def _moment(self, plan: Plan, written: str, day: str) -> None:
        moment = stated_moment(written, day, self.zone) if written else None
        if moment is not None and not is_ahead(moment):
            plan.received_at = moment
            return
        plan.received_by = "default"
        if written:
            plan.troubles.append(
                Trouble(
                    _("%(where)s, date") % {"where": plan.where},
                    (
                        _(
                            "“%(written)s” lies in the future; the date given for the import was taken. "
                            "Correct it."
                        )
                        if moment is not None
                        else _(
                            "“%(written)s” is no date that can be read for certain; the date given for the "
                            "import was taken. Write it as 2026-11-30 14:05."
                        )
                    )
                    % {"written": storable(written)[:60]},
                )
            )

    def _letter_moment(self, plan: Plan, letter: Letter) -> None:
        """The time at which our own server took a message; else the sender's date, if that may be right."""
        earliest = self.call.opens_at - BEFORE_OPENING
        sent = letter.sent if letter.sent and letter.sent >= earliest else None
        times = (("server", letter.received), ("sender", sent), ("mailbox", letter.filed))
        plan.received_by = "default"
        for by, moment in times:
            if moment is not None and not is_ahead(moment):
                plan.received_at, plan.received_by = moment, by
                break
        if letter.sent and plan.received_by in ("mailbox", "default"):
            plan.troubles.append(
                Trouble(
                    plan.where,
                    _(
                        "is dated %(date)s, which lies in the future or long before the call opened, so that "
                        "this date was not taken. Correct when it was received."
                    )
                    % {"date": f"{letter.sent.astimezone(self.zone):%Y-%m-%d %H:%M %Z}"},
                )
            )
        deadline, other = self.call.deadline, letter.received or letter.filed
        if sent and other and other > deadline > sent:
            plan.troubles.append(
                Trouble(
                    plan.where,
                    _(
                        "was sent before the deadline by the sender's clock, and received after it by the "
                        "server's."
                    )
                    if letter.received
                    else _(
                        "was sent before the deadline by the sender's clock, and filed in the mailbox after "
                        "it. No server says when it was received."
                    ),
                )
            )


def storable_text(text: str) -> str:
    """A text with only those characters replaced that a database refuses."""
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
