"""Look-ups and counts over an analysis that more than one section needs."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from colloquia.engines.organisations import Mention, join_alike
from colloquia.engines.records import Document, Passage, Question, Submission
from colloquia.engines.results import Analysis, Group, GroupMember, QuestionCount, Theme


@dataclass(frozen=True, slots=True)
class Reach:
    """Who raised a theme: distinct organisations, states and countries of respondents."""

    organisations: int
    states: int
    countries: int


class Index:
    """An analysis by its identifiers. Building it reads every record once."""

    def __init__(self, analysis: Analysis, state_words: frozenset[str]) -> None:
        self.analysis = analysis
        self.submissions: dict[str, Submission] = {one.submission_id: one for one in analysis.submissions}
        self.documents: dict[str, Document] = {
            document.document_id: document for one in analysis.submissions for document in one.documents
        }
        self.passages: dict[str, Passage] = {one.passage_id: one for one in analysis.passages}
        self.questions: dict[str, Question] = {
            one.id: one for one in (analysis.paper.questions if analysis.paper else ())
        }
        self.counts: dict[str, QuestionCount] = {one.question_id: one for one in analysis.question_counts}
        self.supported = {one.language: one.supported for one in analysis.languages}
        self._states = {
            one.submission_id
            for one in analysis.submissions
            if one.stakeholder.strip().casefold() in state_words
        }
        mentions = (
            Mention(
                one.submission_id,
                one.organisation,
                one.country,
                one.mail_domain,
                stakeholder=one.stakeholder,
                channel=one.channel,
            )
            for one in analysis.submissions
        )
        self._bodies = {mention: place.body for mention, place in join_alike(mentions).items()}
        self._index_themes()
        self._index_passages()
        self._index_groups()

    def _index_themes(self) -> None:
        self.themes: dict[str, Theme] = {one.theme_id: one for one in self.analysis.themes}
        self.children: dict[str, list[Theme]] = defaultdict(list)
        self.roots: dict[str | None, list[Theme]] = defaultdict(list)
        for theme in self.analysis.themes:
            if theme.parent_id is not None and theme.parent_id in self.themes:
                self.children[theme.parent_id].append(theme)
            else:
                self.roots[theme.question_id].append(theme)
        for siblings in (*self.children.values(), *self.roots.values()):
            siblings.sort(key=lambda theme: (-theme.distinct_messages, -theme.submissions, theme.theme_id))
        senders: dict[str, set[str]] = defaultdict(set)
        for link in self.analysis.passage_themes:
            passage = self.passages.get(link.passage_id)
            if passage is not None:
                senders[link.theme_id].add(passage.submission_id)
        self._senders = senders

    def _index_passages(self) -> None:
        self.languages_of: dict[str, set[str]] = defaultdict(set)
        for passage in self.analysis.passages:
            self.languages_of[passage.submission_id].add(passage.language)
        self.question_senders: dict[str, set[str]] = defaultdict(set)
        for link in self.analysis.passage_questions:
            passage_or_none = self.passages.get(link.passage_id)
            if passage_or_none is not None:
                self.question_senders[link.question_id].add(passage_or_none.submission_id)

    def _index_groups(self) -> None:
        self.members: dict[str, list[GroupMember]] = defaultdict(list)
        for member in self.analysis.group_members:
            self.members[member.group_id].append(member)
        self.groups: dict[str, list[Group]] = defaultdict(list)
        for group in sorted(self.analysis.groups, key=lambda one: (-one.members, one.group_id)):
            self.groups[group.kind].append(group)
        self.named_group: dict[str, str] = {
            member.submission_id: group.group_id
            for kind in ("edited", "exact")
            for group in self.groups[kind]
            for member in self.members[group.group_id]
        }

    def senders(self, theme: Theme) -> set[str]:
        """The submissions with a passage in the theme or in any theme below it."""
        found = set(self._senders.get(theme.theme_id, ()))
        for child in self.children.get(theme.theme_id, ()):
            found |= self.senders(child)
        return found

    def reach(self, theme: Theme) -> Reach:
        """Who raised a theme."""
        senders = [self.submissions[one] for one in self.senders(theme) if one in self.submissions]
        return Reach(
            organisations=len({self._bodies.get(one.submission_id, "") for one in senders} - {""}),
            states=self._distinct_states(senders),
            countries=len({one.country for one in senders if one.country}),
        )

    @property
    def states(self) -> int:
        """How many states wrote in their own name."""
        return self._distinct_states([self.submissions[one] for one in self._states])

    def _distinct_states(self, senders: list[Submission]) -> int:
        return len({one.country or one.submission_id for one in senders if one.submission_id in self._states})

    @property
    def has_states(self) -> bool:
        """Whether any submission was made in a state's own name."""
        return bool(self._states)

    def question_order(self) -> list[str]:
        """Questions in the order of the paper, then any others that were answered."""
        known = list(self.questions)
        seen = set(known)
        others = [
            one for one in (*self.counts, *(str(root) for root in self.roots if root)) if one not in seen
        ]
        return known + list(dict.fromkeys(others))

    def ordered_themes(self, question_id: str | None) -> list[tuple[int, Theme]]:
        """Themes of a question with their depth: largest first, each followed by those below it."""
        ordered: list[tuple[int, Theme]] = []

        def visit(theme: Theme, depth: int) -> None:
            ordered.append((depth, theme))
            for child in self.children.get(theme.theme_id, ()):
                visit(child, depth + 1)

        for root in self.roots.get(question_id, ()):
            visit(root, 0)
        return ordered

    def standing_of(self, submission: Submission) -> str:
        """``unreadable``, ``unsupported``, ``partly`` or ``analysed``: what a person has still to read."""
        languages = self.languages_of.get(submission.submission_id, set())
        if not languages:
            return "unreadable"
        supported = [self.supported.get(language, False) for language in languages]
        if not any(supported):
            return "unsupported"
        return "analysed" if all(supported) else "partly"

    def source_name(self, submission: Submission) -> str:
        """The organisation that sent it, or else the person; empty where neither was given."""
        return submission.organisation.strip() or submission.person.strip()

    def full_text(self, submission: Submission) -> str:
        """The text of all documents of a submission, one after another."""
        return "\n\n".join(one.text.strip() for one in submission.documents if one.text.strip())

    def in_no_theme(self, question_id: str | None) -> int:
        """How many submissions on a question (or analysed at all) have no passage in a theme of it."""
        themed: set[str] = set()
        for root in self.roots.get(question_id, ()):
            themed |= self.senders(root)
        if question_id is None:
            return max(self.analysis.funnel.analysed - len(themed), 0)
        return len(self.question_senders.get(question_id, set()) - themed)

    def kinds_of_problem(self) -> Counter[str]:
        """Problems by kind."""
        return Counter(problem.kind for problem in self.analysis.problems)
