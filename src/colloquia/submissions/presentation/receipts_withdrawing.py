"""What taking a submission back does, said before it is done; and what stands once the call is closed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from colloquia.core.written import day_and_time
from colloquia.submissions.models import CheckState, Publication, Submission, SubmissionVersion
from colloquia.submissions.queries.retention import due_on


def what_happens(submission: Submission, latest: SubmissionVersion, *, has_draft: bool) -> list[str]:
    """Everything that withdrawing does to this submission, one sentence or two for each thing."""
    said = [_public(submission)]
    if submission.confirmed_at is not None:
        said.append(_("It is counted no longer, neither in the totals of the call nor in a new analysis."))
    said += [
        _(
            "It is not deleted: your words and files stay sealed, byte for byte. Nobody checks or publishes "
            "them any more, and two officers have to agree before one of them may open them."
        ),
        _destroyed(submission),
        _(
            "The ledger gets an entry that a submission was withdrawn. It holds neither your name nor your "
            "words. This page and your receipt stay."
        ),
    ]
    if has_draft:
        said.append(_("The draft that you began to replace it is kept, and can no longer be sent."))
    if latest.email:
        said.append(_("You get a message that says that it was withdrawn."))
    said.append(
        _("It cannot be undone. Until the call closes you may send a new submission, which gets another id.")
    )
    return said


def what_stands(submission: Submission, latest: SubmissionVersion) -> list[str]:
    """What goes on being so after the close, when nothing can be withdrawn any more."""
    if submission.withdrawn_at is not None or submission.destroyed_at is not None:
        return []
    if getattr(submission, "published", None) is not None:
        now = _("It is published, and stays so unless the secretariat takes it out of the public.")
    elif latest.publication == Publication.CONFIDENTIAL:
        now = _("It is counted, and nothing of it is published: you asked that it stay confidential.")
    elif submission.check_state == CheckState.WITHHELD:
        now = _("It is counted, and the secretariat has withheld it from publication.")
    else:
        now = _("It is counted, and it is published as you wished once the secretariat has checked it.")
    return [now, _destroyed(submission)]


def _public(submission: Submission) -> str:
    if getattr(submission, "published", None) is None:
        return _("Nothing of it is public now, and nothing of it will be.")
    return _(
        "It is public now. Its page, texts and files are taken down at once, from lists, search and "
        "downloads too; its address stays and says that it is not public any more. An analysis in which "
        "it stands is shown no longer. Copies that others made cannot be taken back."
    )


def _destroyed(submission: Submission) -> str:
    return _(
        "What is sealed is destroyed on %(day)s, unless the secretariat has a reason to hold it longer."
    ) % {"day": day_and_time(due_on(submission.call))}
