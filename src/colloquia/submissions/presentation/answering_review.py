"""A draft as it would be sealed now and, row by row beside it, what of it the public would see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colloquia.core.queries import profile
from colloquia.submissions.models import AnswerDraft, Publication, RespondentKind, Secrecy
from colloquia.submissions.presentation.answering import part_of_field
from colloquia.submissions.queries.drafts import AskedIssue
from colloquia.submissions.records import AnswerIn, Content, FileIn, Incoming
from colloquia.submissions.services.drafting import aside_of

WHOLE = 40_000
"""Characters of all answers up to which each is shown whole."""
EXCERPT = 600


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the review.

    ``public`` is what the public sees; ``same`` where that is word for word what is sealed; both blank and
    ``why`` set where it sees nothing. ``more_url`` shows the text whole where it is cut here.
    """

    label: str
    sealed: str
    public: str = ""
    same: bool = False
    why: str = ""
    language: str = ""
    url: str = ""
    more_url: str = ""
    note: str = ""
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is missing, with the field where it is put right."""

    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Review:
    """The review of a draft."""

    respondent: tuple[Row, ...]
    answers: tuple[Row, ...]
    files: tuple[Row, ...]
    missing: tuple[Missing, ...]
    unanswered: int
    aside: tuple[Missing, ...]
    is_confidential: bool
    is_anonymous: bool


def review_of(
    draft: AnswerDraft,
    token: str,
    incoming: Incoming,
    asked: list[AskedIssue],
    problems: Mapping[str, str],
    *,
    only: str = "",
) -> Review:
    """The review. ``only`` is the id of a question that is shown whole, however long; or ``remarks``."""
    content = incoming.content
    texts = {each.id: each for issue in asked for each in issue.questions}
    size = sum(len(each.text) + len(each.public_text) for each in content.answers)
    answers = []
    for answer in content.answers:
        label = texts[answer.question].text if answer.question in texts else _("Remarks on the whole")
        cut = size > WHOLE and only != (answer.question or "remarks")
        answers.append(_answer(answer, content, label or answer.question, token, asked, cut=cut))
    written = {each.question for each in content.answers}
    return Review(
        respondent=tuple(_respondent(content, _field_url(token, "kind", asked))),
        answers=tuple(answers),
        files=tuple(
            _file(each, place, incoming, token) for place, each in enumerate(incoming.files, start=1)
        ),
        missing=tuple(
            Missing(sentence, _field_url(token, name, asked)) for name, sentence in problems.items()
        ),
        unanswered=sum(1 for identifier in texts if identifier not in written),
        aside=tuple(
            Missing(_("A text that somebody else typed at the same time is kept beside this field."), url)
            for url in (_field_url(token, name, asked) for name in aside_of(draft))
        ),
        is_confidential=content.publication == Publication.CONFIDENTIAL,
        is_anonymous=content.publication == Publication.ANONYMOUS,
    )


def _respondent(content: Content, url: str) -> list[Row]:
    named = content.publication == Publication.NAMED
    hidden = content.publication == Publication.CONFIDENTIAL
    names = profile()
    language = get_language() or "en"

    def place(code: str) -> str:
        return names.name(code, language) if code else ""

    person = content.kind == RespondentKind.PERSON
    rows = [
        (_("Who answers"), _label(RespondentKind, content.kind), True),
        (_("Name"), content.name, named and person),
        (_("Organisation"), content.organisation, named),
        (_("On behalf of"), content.on_behalf_of, named),
        (_("Country or territory"), place(content.territory), named),
        *(
            (_("Party to the submission"), _joined(each.name, place(each.territory)), named)
            for each in content.parties
        ),
        (_("Stakeholder group"), content.stakeholder, True),
        (_("Wish"), _label(Publication, content.publication), None),
    ]
    found = []
    for label, value, shown in rows:
        if not value:
            continue
        if hidden or shown is None:
            why = "" if shown is None else _("Not published: the submission is confidential.")
        else:
            why = "" if shown else _("Not published.")
        found.append(Row(label, value, same=bool(shown) and not hidden, why=why, url=url))
    return found


def _answer(
    answer: AnswerIn, content: Content, label: str, token: str, asked: list[AskedIssue], *, cut: bool
) -> Row:
    url = _field_url(token, f"answers.{answer.question}", asked)
    more = reverse("draft_review", args=[token], query={"part": answer.question or "remarks"})
    secret = answer.secrecy == Secrecy.CONFIDENTIAL
    if content.publication == Publication.CONFIDENTIAL:
        public, same, why = "", False, _("Not published: the submission is confidential.")
    elif not secret:
        public, same, why = "", True, ""
    elif answer.public_text.strip():
        public, same, why = answer.public_text, False, ""
    else:
        public, same, why = "", False, _("Not published: this answer is confidential.")
    long = cut and max(len(answer.text), len(public)) > EXCERPT
    return Row(
        label=label,
        sealed=_excerpt(answer.text) if long else answer.text,
        public=_excerpt(public) if long else public,
        same=same,
        why=why,
        language=answer.language or content.language,
        url=url,
        more_url=more if long else "",
        note=_("Confidential: %(reason)s") % {"reason": answer.secrecy_reason} if secret else "",
        identifier=answer.question,
    )


def _file(given: FileIn, place: int, incoming: Incoming, token: str) -> Row:
    wish = incoming.content.publication
    secret = given.secrecy == Secrecy.CONFIDENTIAL
    stands = next((each for each in incoming.files if each.public_version_of == place), None)
    public, same, why = "", False, ""
    if given.is_original:
        why = _("Not published: the form as you filled it in stays sealed. Your answers were read from it.")
    elif wish == Publication.CONFIDENTIAL:
        why = _("Not published: the submission is confidential.")
    elif secret:
        why = (
            _("Not published; “%(name)s” is published in its place.") % {"name": stands.attachment.name}
            if stands
            else _("Not published: this file is confidential.")
        )
    elif wish == Publication.ANONYMOUS:
        public = _("Its text, without its title. The file itself only where an officer finds no name in it.")
    else:
        same = True
    notes = [
        _("Confidential: %(reason)s") % {"reason": given.secrecy_reason} if secret else "",
        _("Rights: %(statement)s") % {"statement": given.rights_statement} if given.rights_statement else "",
        _("Text and data mining is reserved.") if given.mining_reserved else "",
    ]
    return Row(
        label=given.title or given.attachment.name,
        sealed=given.attachment.name,
        public=public,
        same=same,
        why=why,
        language=given.language,
        url=f"{reverse('draft_files', args=[token])}#file-{place}",
        note=" ".join(each for each in notes if each),
    )


def _field_url(token: str, name: str, asked: list[AskedIssue]) -> str:
    if not name:
        return reverse("draft", args=[token])
    if name.startswith("files."):
        return f"{reverse('draft_files', args=[token])}#file-{name.removeprefix('files.')}"
    anchor = "parties" if name.startswith("parties") else name
    if name.startswith("answers.") and not name.endswith(("text", "language", "secrecy", "secrecy_reason")):
        anchor = f"{name}.text"
    query = {"part": part_of_field(name, asked), "check": "1"}
    return f"{reverse('draft', args=[token], query=query)}#{anchor}"


def _excerpt(text: str) -> str:
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT]}…"


def _joined(*parts: str) -> str:
    return " · ".join(each for each in parts if each)


def _label(kind: type[Publication | RespondentKind], value: str) -> str:
    return str(kind(value).label) if value in kind.values else ""
