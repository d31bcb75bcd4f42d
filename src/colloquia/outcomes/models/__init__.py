"""Tables of the room: summaries, outcomes, revisions of the paper, priorities and considerations."""

from colloquia.outcomes.models.priorities import (
    Consideration,
    ConsiderationComment,
    ConsiderationState,
    ConsiderationVersion,
    PriorityAnswer,
    PriorityRound,
)
from colloquia.outcomes.models.results import (
    Outcome,
    OutcomePublication,
    OutcomeTerm,
    Suggestion,
)
from colloquia.outcomes.models.revisions import Change, ChangeKind, Revision
from colloquia.outcomes.models.summaries import Citation, Sentence, Summary, SummaryStatus
from colloquia.outcomes.models.telling import SenderTold

__all__ = [
    "Change",
    "ChangeKind",
    "Citation",
    "Consideration",
    "ConsiderationComment",
    "ConsiderationState",
    "ConsiderationVersion",
    "Outcome",
    "OutcomePublication",
    "OutcomeTerm",
    "PriorityAnswer",
    "PriorityRound",
    "Revision",
    "SenderTold",
    "Sentence",
    "Suggestion",
    "Summary",
    "SummaryStatus",
]
