"""One row, message or group of files to a plan of a submission, with all that is to be known about it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from colloquia.core.filenames import safe_name, storable
from colloquia.core.models import Attachment
from colloquia.engines.mailbox import Span, content_key, message_at, read
from colloquia.engines.records import Incoming as EngineIncoming
from colloquia.engines.records import IncomingFile
from colloquia.submissions.models import Channel
from colloquia.submissions.records import Content, FileIn, Incoming
from colloquia.submissions.services import intake_words
from colloquia.submissions.services.completeness import LONGEST_ANSWER, LONGEST_NAME, problems_of
from colloquia.submissions.services.intake_fields import storable_text
from colloquia.submissions.services.intake_forms import Forms
from colloquia.submissions.services.intake_records import Plan, PlannedFile, Trouble, key_of
from colloquia.submissions.services.intake_staging import Stage

_UNNAMED = ("name", "organisation")
LARGEST_MESSAGE = 150 << 20


class Planner(Forms):
    """Makes the plans of one import."""

    def of_row(self, stage: Stage, incoming: EngineIncoming, *, identified: bool) -> Plan:
        """A row of a table, with the files that it names."""
        where = incoming.place or incoming.source_id
        plan = self._plan(where, Channel.SPREADSHEET)
        plan.files = self._files(stage, plan, incoming.files)
        plan.troubles += [Trouble(where, each.removeprefix(f"{where} ")) for each in incoming.problems]
        self._address(plan, incoming.mail_address)
        self._moment(plan, incoming.stated_date, incoming.date)
        content = Content(
            publication=self.options.get("publication", "confidential"),
            name=self._cut(plan, incoming.person, "name"),
            organisation=self._cut(plan, incoming.organisation, "organisation"),
            territory=self._territory(plan, incoming.country),
            stakeholder=storable(incoming.stakeholder)[:100],
            language=self._language(plan, incoming.language),
            answers=self._answers([(each.question_id or "", each.text) for each in incoming.answers]),
        )
        plan.content = self._who(content)
        plan.extra |= {
            name: value
            for name, value in (
                ("row", incoming.source_id if identified else ""),
                ("closed", dict(incoming.closed)),
                ("left_out", dict(incoming.left_out)),
                ("position", incoming.position),
                ("country", incoming.country),
            )
            if value
        }
        plan.key = key_of(
            "row",
            json.dumps([
                incoming.source_id if identified else "", incoming.person, incoming.organisation,
                incoming.country, incoming.stakeholder, incoming.stated_date, incoming.language,
                # As before such cells were kept, so that a row that was taken in then is known again.
                incoming.mail_address if "@" in incoming.mail_address else "", incoming.closed,
                [(each.question_id, each.text) for each in incoming.answers],
                sorted(file.sha256 for file in plan.files),
            ]),
        )  # fmt: skip
        return self._checked(plan)

    def of_files(self, stage: Stage, incoming: EngineIncoming) -> Plan:
        """A group of files that came together; a filled-in answer form among them is read."""
        plan = self._plan(incoming.source_id, Channel.FOLDER)
        plan.files = self._files(stage, plan, incoming.files)
        plan.key = key_of("files", *sorted(file.sha256 for file in plan.files))
        label = Path(incoming.source_id).stem if len(plan.files) == 1 else Path(incoming.source_id).name
        name = label if self.options.get("named_by_file") else ""
        plan.content = self._who(
            Content(publication=self.options.get("publication", "confidential"), name=name[:LONGEST_NAME])
        )
        for file in incoming.files:
            self._form(plan, file.path, file.name)
            if file.path.suffix.lower() == ".msg":
                plan.troubles.append(
                    Trouble(file.name, _("is a message of Outlook and stays unread; save it there as EML."))
                )
        plan.received_by = "default"
        return self._checked(plan)

    def of_letter(
        self,
        stage: Stage,
        file: IncomingFile,
        span: Span,
        number: int,
        *,
        beside: list[IncomingFile] | None = None,
    ) -> Plan:
        """A message, with the files in it and, where it lies in a folder with others, those beside it."""
        place, path = stage.place_of(file.path)
        is_box = bool(span.separator)
        where = (
            _("%(name)s, message %(number)s") % {"name": file.name, "number": number} if is_box else file.name
        )
        plan = self._plan(where, Channel.MAIL)
        if span.end - span.start > LARGEST_MESSAGE:
            plan.key = key_of("mail", path, str(span.start), str(span.end))
            plan.troubles.append(
                Trouble(
                    where,
                    _("is larger than %(size)s MiB; enter it by hand.") % {"size": LARGEST_MESSAGE >> 20},
                    True,
                )
            )
            return plan
        data = message_at(file.path, span)
        letter = read(data, separator=span.separator)
        plan.key = key_of("mail", content_key(data))
        subject = storable(letter.subject)
        base: dict[str, Any] = {
            "source": place, "path": path, "start": span.start, "end": span.end, "separator": span.separator,
        }  # fmt: skip
        name = safe_name(f"{subject[:80] or 'message'}.eml" if is_box else Path(file.name).name)
        plan.files = [
            PlannedFile(**base, name=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data),
                        title=subject[:300], is_original=True),
            *(
                PlannedFile(**base, name=part.name, sha256=hashlib.sha256(part.data).hexdigest(),
                            size=len(part.data), part=number)
                for number, part in enumerate(letter.parts, start=1)
            ),
            *self._files(stage, plan, beside or []),
        ]  # fmt: skip
        if letter.automatic:
            plan.troubles.append(Trouble(where, intake_words.automatic(letter.automatic), True))
        plan.troubles += [Trouble(where, intake_words.mail(each)) for each in letter.troubles]
        self._letter_moment(plan, letter)
        self._address(plan, letter.sender_address)
        text = storable_text(letter.text) if len(letter.text) <= LONGEST_ANSWER else ""
        if letter.text and not text:
            plan.troubles.append(
                Trouble(where, _("is too long for an answer; its text stays in the original."))
            )
        plan.content = self._who(
            Content(
                publication=self.options.get("publication", "confidential"),
                name=self._cut(plan, letter.sender_name, "name"),
                language=letter.language.partition("-")[0] or self.options.get("language", ""),
                answers=self._answers([("", text)]),
            )
        )
        plan.extra |= {
            key: value for key, value in (("subject", subject), ("message_id", letter.message_id)) if value
        }
        for part in letter.parts:
            if part.name.lower().endswith(".docx"):
                self._form_in_mail(plan, part.data, part.name)
        for other in beside or ():
            self._form(plan, other.path, other.name)
        return self._checked(plan)

    def _plan(self, where: str, channel: str) -> Plan:
        wish = "officer" if self.options.get("publication", "confidential") != "confidential" else "default"
        plan = Plan(
            where, "", Content(), self.received, channel=self.options.get("channel") or channel, wish=wish
        )
        note = self.options.get("note", "")
        plan.extra = {"wish": wish} | ({"note": note} if note else {})
        return plan

    def _files(self, stage: Stage, plan: Plan, files: list[IncomingFile]) -> list[PlannedFile]:
        """Those that can be opened; what cannot is told."""
        found = []
        for file in files:
            try:
                found.append(self._file(stage, file))
            except OSError as error:
                reason = error.strerror or type(error).__name__
                plan.troubles.append(
                    Trouble(
                        file.name,
                        _("cannot be opened (%(reason)s); check the permissions.") % {"reason": reason},
                    )
                )
        return found

    def _file(self, stage: Stage, file: IncomingFile) -> PlannedFile:
        place, path = stage.place_of(file.path)
        with file.path.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        return PlannedFile(place, path, safe_name(Path(file.name).name), sha256, file.path.stat().st_size)

    def _checked(self, plan: Plan) -> Plan:
        """Everything that would be refused when it is sealed, and that would be wrong unsaid."""
        files = tuple(FileIn(Attachment(name=file.name)) for file in plan.files)
        for field, sentence in problems_of(self.call, Incoming(plan.content, files)).items():
            unnamed = field in _UNNAMED and not getattr(plan.content, field)
            if unnamed and plan.email:
                plan.troubles.append(
                    Trouble(plan.where, _("gives no name, only an address. It would be taken in like that."))
                )
            elif unnamed:
                plan.troubles.append(
                    Trouble(plan.where, _("does not say who sent it. It would be taken in without a name."))
                )
            if unnamed:
                continue
            plan.troubles.append(Trouble(f"{plan.where}, {field}" if field else plan.where, sentence, True))
        for file in plan.files:
            if not file.size:
                plan.troubles.append(
                    Trouble(file.name, _("is empty and would be left out. Ask the sender for it again."))
                )
        plan.files = [file for file in plan.files if file.size]
        if not plan.files and not plan.content.written_answers and not plan.is_refused:
            plan.troubles.append(Trouble(plan.where, _("There is no text and no file in it."), True))
        if plan.received_at < self.call.opens_at:
            plan.troubles.append(Trouble(plan.where, _("was received before the call opened.")))
        plan.extra["received_by"] = plan.received_by
        plan.extra = json.loads(json.dumps(plan.extra).replace("\\u0000", "\\ufffd"))
        return plan
