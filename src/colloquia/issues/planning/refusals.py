"""Why an import would not be made, each with its remedy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from colloquia.engines.papers.matching import Match, taken_twice
from colloquia.engines.papers.records import DraftIssue, DraftPaper, DraftQuestion
from colloquia.issues.models import Origin, Paper, PaperImport, PaperVersion, QuestionWording
from colloquia.issues.planning.records import Given
from colloquia.issues.planning.shelf import Shelf

RESERVED = frozenset({"imports", "compare"})
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PREFIX = re.compile(r"[A-Z][A-Z0-9]{0,7}")


def refusals(
    given: Given,
    known: Shelf,
    ids: Mapping[str, str],
    matches: Mapping[str, Match],
    draft: DraftPaper,
    sha256: str,
    *,
    adds_language: bool,
) -> list[str]:
    found = _about_names(given, known)
    again = PaperImport.objects.filter(sha256=sha256, state=PaperImport.State.IMPORTED).first()
    if again:
        found.append(
            _("This very file was imported already, as version “%(version)s” of “%(paper)s” on %(day)s.")
            % {
                "version": again.version_key,
                "paper": again.paper_slug,
                "day": formats.date_format(again.ended_at or again.begun_at, "j F Y"),
            }
        )
    if known.version and _is_held(known.version, given.language):
        found.append(
            _(
                "The official text of version “%(version)s” in this language (%(language)s) is held already. "
                "Give another key to import another version."
            )
            % {"version": given.version, "language": given.language}
        )
    for identifier, places in taken_twice(matches):
        found.append(
            _("The id %(id)s is given to several places: %(places)s. Give each its own.")
            % {"id": identifier, "places": ", ".join(places)}
        )
    found += _about_ids(given, known, ids, draft)
    if adds_language:
        here = {each.id for each in (*known.issues, *known.questions) if each.here}
        for place, identifier in ids.items():
            if identifier not in here:
                found.append(
                    _(
                        "%(place)s would become %(id)s, which the official text of this version does not "
                        "have in its other language. Match it by hand, or leave it out."
                    )
                    % {"place": place, "id": identifier}
                )
    return found


def _about_names(given: Given, known: Shelf) -> list[str]:
    found = []
    for label, key in ((_("address of the paper"), given.paper), (_("key of the version"), given.version)):
        if not _KEY.fullmatch(key) or key in RESERVED or len(key) > 60:
            found.append(
                _(
                    "“%(key)s” cannot be the %(label)s: use small letters, digits and dashes, such as "
                    "revised-2020."
                )
                % {"key": key, "label": label}
            )
    if not given.title:
        found.append(_("The version has no title in the file; state it."))
    if given.date:
        try:
            date.fromisoformat(given.date)
        except ValueError:
            found.append(_("“%(date)s” is not a date; write it as 2020-05-21.") % {"date": given.date})
    if not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})?", given.language):
        found.append(_("“%(code)s” is not a language code; write en, fr, ar …") % {"code": given.language})
    if known.paper is None:
        if not _PREFIX.fullmatch(given.prefix):
            found.append(
                _("“%(prefix)s” cannot begin ids: use one to eight capital letters or digits, such as IP.")
                % {"prefix": given.prefix}
            )
        elif Paper.objects.filter(prefix=given.prefix).exists():
            found.append(
                _("Ids beginning with “%(prefix)s” belong to another paper; state another beginning.")
                % {"prefix": given.prefix}
            )
    return found


def _about_ids(given: Given, known: Shelf, ids: Mapping[str, str], draft: DraftPaper) -> list[str]:
    """Ids that were written by hand and fit neither this paper nor the form of an id."""
    mine = {each.id for each in (*known.issues, *known.questions)}
    prefix = re.escape(given.prefix)
    found = []
    parts: list[DraftIssue | DraftQuestion] = []
    for issue in draft.issues:
        parts += [issue, *issue.questions]
    for part in parts:
        identifier = ids.get(part.place, "")
        if not identifier or identifier in mine:
            if identifier and (".q" in identifier) != isinstance(part, DraftQuestion):
                found.append(
                    _("%(place)s cannot be %(id)s: one is an issue and the other a question.")
                    % {"place": part.where or part.place, "id": identifier}
                )
            continue
        pattern = (
            rf"{prefix}-\d{{2,4}}\.q\d{{1,4}}" if isinstance(part, DraftQuestion) else rf"{prefix}-\d{{2,4}}"
        )
        if not re.fullmatch(pattern, identifier):
            found.append(
                _(
                    "%(place)s: “%(id)s” is neither a known id of this paper nor a new one such as "
                    "%(example)s."
                )
                % {
                    "place": part.where or part.place,
                    "id": identifier,
                    "example": f"{given.prefix}-08.q2"
                    if isinstance(part, DraftQuestion)
                    else f"{given.prefix}-08",
                }
            )
    return found


def _is_held(version: PaperVersion, language: str) -> bool:
    return QuestionWording.objects.filter(
        placement__version=version, language=language, grade="authentic", origin=Origin.IMPORT
    ).exists()
