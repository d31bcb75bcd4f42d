"""Texts made to break a report, and an analysis that has one in every field."""

from __future__ import annotations

import hashlib

from colloquia.engines.records import Document, Paper, Passage, Question, Submission
from colloquia.engines.results import (
    Analysis,
    Breakdown,
    ClosedAnswers,
    Count,
    Funnel,
    Group,
    GroupMember,
    LanguageCount,
    PassageQuestion,
    PassageTheme,
    Problem,
    QuestionCount,
    Quote,
    Theme,
)
from tests.engines.report.builder import TestNames

HOSTILE = (
    '<script>alert("x")</script><img src=x onerror=alert(1)></blockquote></style></title>'
    "\u202egnp.exe\u2069\u2066 \u0000\u0007\ud800\ufffe {{7*7}} {n} {base} %s _x0041_ "
    '" onmouseover="alert(1)" javascript:alert(1) &amp; ]]> --> ' + "w" * 400 + "\u200b\u200f"
)
FORMULA = '=HYPERLINK("http://example.org","click")'


class HostileNames(TestNames):
    """A naming profile whose names are hostile too."""

    __test__ = False

    def territory(self, code: str) -> str:
        return HOSTILE

    def language(self, code: str) -> str:
        return HOSTILE

    def group(self, code: str) -> str:
        return HOSTILE


def analysis(text: str = HOSTILE) -> Analysis:
    """An analysis with ``text`` in every field that a sender, a paper or a run could fill."""
    digest = hashlib.sha256(b"").hexdigest()
    submissions, passages = [], []
    for number in (1, 2, 3):
        name = f"S-{number}"
        document = Document(
            f"{name}.d1", name, text, digest, text, text=text, language=text, status="partial", problem=text
        )
        passages.append(Passage(f"{name}.p1", name, f"{name}.d1", 1, 0, len(text), text, "en"))
        passages.append(Passage(f"{name}.p2", name, f"{name}.d1", 1, 0, len(text), text, text))
        submissions.append(
            Submission(
                name,
                text,
                [document],
                person=text,
                organisation=text,
                country=text,
                stakeholder=text,
                channel=text,
                date=text,
                language=text,
                position=text,
                closed={text: text},
                status=text,
                problem=text,
            )
        )
    counts = (Count(text, text, 2, 1),)
    return Analysis(
        title=text,
        paper=Paper(text, (Question('Q 1"<i>', text, "I 1", text, text),), language=text, symbol=text),
        parameters={text: text, "list": [text]},
        submissions=submissions,
        passages=passages,
        passage_questions=[PassageQuestion("S-1.p1", 'Q 1"<i>', 1.0)],
        themes=[
            Theme(f"T \"'<{kind}", question, None, text, (text,), 2, 1, 0.5)
            for kind, question in (("a", 'Q 1"<i>'), ("b", None))
        ],
        passage_themes=[PassageTheme("S-1.p1", "T \"'<a", 1.0)],
        groups=[Group(f"G {kind}<b>", kind, 3, "S-1") for kind in ("exact", "edited", "similar")],
        group_members=[
            GroupMember(f"G {kind}<b>", one.submission_id, text)
            for kind in ("exact", "edited", "similar")
            for one in submissions
        ],
        quotes=[
            Quote('C "<1', "T \"'<a", 'Q 1"<i>', "S-1.p1", 0, len(text), text),
            Quote('C "<2', "T \"'<b", None, "S-1.p2", 0, len(text), text),
        ],
        funnel=Funnel(3, 3, 0, 0, 3, 1),
        question_counts=[QuestionCount('Q 1"<i>', 3, 1, 3)],
        breakdowns=[
            Breakdown(dimension, None, None, counts, 3, 1)
            for dimension in ("country", "group", "stakeholder", "language", "channel", "position")
        ],
        closed=[ClosedAnswers(text, counts, 3, 1)],
        languages=[LanguageCount("en", text, True, 3, 3, 10), LanguageCount(text, text, False, 3, 3, 10)],
        problems=[Problem(text, text, text)],
        quality={text: 0.5},
    )
