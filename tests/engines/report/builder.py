"""A made-up consultation with everything in it that a real one holds, for the report's tests."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

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

SENTENCES = {
    "en": "We ask that developers keep a record of the works used for training, in a form authors can read.",
    "fr": "Nous demandons que les développeurs tiennent un registre des œuvres utilisées pour entraîner.",
    "es": "Pedimos que los desarrolladores lleven un registro de las obras utilizadas para entrenar.",
    "ru": "Мы просим, чтобы разработчики вели перечень произведений, использованных для обучения моделей.",
    "zh": "我们请求开发者保存用于训练模型的作品清单，并以作者能够阅读的形式公布。",
    "ar": "نطلب من مطوري النماذج الاحتفاظ بسجل للمصنفات المستخدمة في التدريب، بصيغة يستطيع المؤلفون قراءتها.",
    "sw": "Tunaomba watengenezaji waweke orodha ya kazi zilizotumika kufundisha mifumo yao.",
}
NAMES = {
    "en": "English",
    "fr": "French",
    "es": "Spanish",
    "ru": "Russian",
    "zh": "Chinese",
    "ar": "Arabic",
    "sw": "Swahili",
}
TERRITORIES = {
    "KE": "Kenya",
    "FR": "France",
    "MX": "Mexico",
    "RU": "Russian Federation",
    "CN": "China",
    "EG": "Egypt",
    "JP": "Japan",
}
GROUPS = {"AFR": "African Group", "GRULAC": "Latin American and Caribbean Group", "B": "Group B"}
STAKEHOLDERS = ["Member State", "Rights holders' organisation", "Company", "University", "", "Individual"]
TOPICS = [
    "records of training works",
    "remuneration",
    "text and data mining",
    "small firms",
    "disclosure of sources",
    "inventorship",
    "oversight",
    "access to data",
    "moral rights",
    "enforcement",
]


@dataclass
class TestNames:
    """A naming profile for the tests."""

    __test__ = False
    territories: dict[str, str] = field(default_factory=lambda: dict(TERRITORIES))

    def territory(self, code: str) -> str:
        return self.territories.get(code, code)

    def language(self, code: str) -> str:
        return NAMES.get(code, code)

    def group(self, code: str) -> str:
        return GROUPS.get(code, code)


ISSUES = ["Works used for training", "Inventions made with machines", "Further matters"]


def sentence(language: str, number: int) -> str:
    """A sentence in ``language``, different for every ``number``."""
    return f"{SENTENCES[language]} ({number})"


def paper(questions: int = 6) -> Paper:
    """A paper of two issues."""
    return Paper(
        "Issues paper on artificial intelligence and intellectual property",
        tuple(
            Question(
                f"IP-{1 + number // 3:02d}.q{1 + number % 3}",
                f"Question {number + 1}: what should be done about {TOPICS[number % 10]}, and by whom?",
                f"IP-{1 + number // 3:02d}",
                ISSUES[min(number // 3, 2)],
            )
            for number in range(questions)
        ),
        symbol="TEST/IP/AI/1",
    )


def consultation(submissions: int = 60, questions: int = 6, themes_per_question: int = 9) -> Analysis:
    """A consultation in seven languages, one of them unsupported, with shared texts and a broken file."""
    asked = paper(questions)
    order = [language for language in SENTENCES if language != "sw"]
    countries = [*TERRITORIES, ""]
    sent: list[Submission] = []
    passages: list[Passage] = []
    for number in range(submissions):
        identifier = f"S-2026-{number + 1:05d}"
        language = "sw" if number % 29 == 28 else order[number % 6]
        lines = [sentence(language, number * 10 + position) for position in range(4)]
        text = "\n\n".join(lines)
        name = "response.pdf" if number % 3 == 0 else f"responses.csv, row {number + 2}"
        document = Document(
            f"{identifier}.d1",
            identifier,
            name,
            hashlib.sha256(text.encode()).hexdigest(),
            "application/pdf" if number % 3 == 0 else "text/csv",
            text=text,
            page_starts=(0, len(lines[0]) + 2) if number % 3 == 0 else (),
            language=language,
        )
        sent.append(
            Submission(
                identifier,
                f"R{number + 1}",
                [document],
                person=f"Person {number}" if number % 5 == 0 else "",
                organisation=f"Organisation {number % 17}" if number % 4 else "",
                country=countries[number % len(countries)],
                stakeholder=STAKEHOLDERS[number % len(STAKEHOLDERS)],
                channel="web" if number % 2 else "e-mail",
                date="2026-10-01",
                language=language,
                position="should be regulated" if number % 7 == 0 else "",
                closed={"Q3 Do you train models?": "yes" if number % 3 else "no"},
            )
        )
        start = 0
        for position, line in enumerate(lines):
            page = (1 if position == 0 else 2) if number % 3 == 0 else 0
            passages.append(
                Passage(
                    f"{identifier}.p{position + 1}",
                    identifier,
                    document.document_id,
                    page,
                    start,
                    start + len(line),
                    line,
                    language,
                )
            )
            start += len(line) + 2
    broken = Document(
        "S-2026-99999.d1",
        "S-2026-99999",
        "scan.pdf",
        hashlib.sha256(b"broken").hexdigest(),
        "application/pdf",
        status="unreadable",
        problem="The file is locked with a password; ask the sender for an open copy.",
    )
    sent.append(
        Submission(
            "S-2026-99999", "R-broken", [broken], organisation="Guild of Examples", status="unreadable"
        )
    )
    return _with_themes(asked, sent, passages, themes_per_question)


def _with_themes(
    asked: Paper,
    sent: list[Submission],
    passages: list[Passage],
    per_question: int,
) -> Analysis:
    supported = [one for one in passages if one.language != "sw"]
    answers = [
        PassageQuestion(one.passage_id, asked.questions[position % max(len(asked.questions) - 1, 1)].id, 0.7)
        for position, one in enumerate(supported)
    ]
    themes: list[Theme] = []
    links: list[PassageTheme] = []
    quotes: list[Quote] = []
    of_question: dict[str, list[Passage]] = {}
    by_id = {one.passage_id: one for one in supported}
    for answer in answers:
        of_question.setdefault(answer.question_id, []).append(by_id[answer.passage_id])
    for question, members in of_question.items():
        for rank in range(per_question):
            mine = members[rank::per_question]
            if not mine:
                continue
            identifier = f"{question}.t{rank + 1}"
            parent = f"{question}.t1" if rank in (2, 5) else None
            senders = len({one.submission_id for one in mine})
            themes.append(
                Theme(
                    identifier,
                    question,
                    parent,
                    f"{TOPICS[rank % len(TOPICS)].capitalize()}, {rank + 1}",
                    ("record", "œuvres", "训练", "تدريب", "модели"),
                    senders,
                    max(senders - rank % 2, 1),
                    max(0.95 - 0.09 * rank, 0.1),
                )
            )
            links += [PassageTheme(one.passage_id, identifier, 0.8) for one in mine[:-1] or mine]
            for number, one in enumerate(mine[:4]):
                end = len(one.text) - 4
                quotes.append(
                    Quote(
                        f"{identifier}.c{number + 1}",
                        identifier,
                        question,
                        one.passage_id,
                        0,
                        end,
                        one.text[:end],
                    )
                )
    total = len(sent)
    readers = {one.submission_id for one in passages if one.language == "sw"}
    base = total - 1 - len(readers)
    groups, members_of = _groups(sent)
    return Analysis(
        title="Consultation on artificial intelligence and intellectual property",
        paper=asked,
        parameters={"seed": 7, "encoder": "universal sentence encoder 3", "themes": "auto"},
        submissions=sent,
        passages=passages,
        passage_questions=answers,
        themes=themes,
        passage_themes=links,
        groups=groups,
        group_members=members_of,
        quotes=quotes,
        funnel=Funnel(total, total - 1, 1, len(readers), base, max(base - 9, 0)),
        question_counts=[
            QuestionCount(
                question,
                len({one.submission_id for one in members}),
                max(len({one.submission_id for one in members}) - 5, 1),
                len(members),
            )
            for question, members in of_question.items()
        ],
        breakdowns=_breakdowns(sent, asked),
        closed=[
            ClosedAnswers(
                "Q3 Do you train models?",
                (Count("yes", "yes", 40, 35), Count("no", "no", 20, 18)),
                total,
                total - 60 if total > 60 else 0,
            )
        ],
        languages=[
            LanguageCount(
                code,
                NAMES[code],
                code != "sw",
                sum(1 for one in sent if one.language == code),
                sum(1 for one in passages if one.language == code),
                sum(len(one.text) for one in passages if one.language == code),
            )
            for code in NAMES
        ],
        problems=[
            Problem(
                "unreadable file",
                "S-2026-99999, scan.pdf",
                "The file is locked with a password; ask the sender for an open copy.",
            ),
            Problem(
                "unsupported language",
                "S-2026-00029",
                "Swahili is not supported; a person must read this submission.",
            ),
            Problem(
                "input",
                "responses.csv, row 17, field country",
                "“Atlantis” is not a known country; write a code such as KE.",
            ),
        ],
        quality={
            "mean theme stability": 0.6123,
            "share of passages in no theme": 0.114,
            "passages": len(passages),
        },
    )


def _groups(sent: list[Submission]) -> tuple[list[Group], list[GroupMember]]:
    names = [one.submission_id for one in sent]
    if len(names) < 20:
        return [], []
    kinds = [
        ("G-001", "exact", names[0:4]),
        ("G-002", "edited", names[4:9]),
        ("G-003", "similar", names[9:13]),
    ]
    groups = [Group(identifier, kind, len(members), members[0]) for identifier, kind, members in kinds]
    members_of = [
        GroupMember(
            identifier,
            member,
            ""
            if kind == "exact" or number % 2 == 0
            else f"As a teacher of {number} years, I add my own view ({kind}).",
        )
        for identifier, kind, members in kinds
        for number, member in enumerate(members)
    ]
    return groups, members_of


def _breakdowns(sent: list[Submission], asked: Paper) -> list[Breakdown]:
    found: list[Breakdown] = []
    for dimension in ("country", "stakeholder", "language", "channel", "position"):
        values = [str(getattr(one, dimension)) for one in sent]
        stated = sorted({one for one in values if one}, key=lambda one: (-values.count(one), one))
        rows = tuple(Count(one, one, values.count(one), max(values.count(one) - 1, 1)) for one in stated)
        found.append(Breakdown(dimension, None, None, rows, len(sent), values.count("")))
        found += [
            Breakdown(dimension, question.id, None, rows[:3], len(sent) // 2, 3)
            for question in asked.questions[:2]
        ]
    rows = (
        Count("AFR", "African Group", 18, 15),
        Count("B", "Group B", 12, 12),
        Count("GRULAC", "GRULAC", 9, 8),
    )
    found.append(Breakdown("group", None, None, rows, len(sent), 9, overlapping=True))
    return found


def empty() -> Analysis:
    """A docket in which nothing was received."""
    return Analysis(
        "Empty consultation", paper(), {}, [], [], [], [], [], [], [], [], Funnel(0, 0, 0, 0, 0, 0)
    )


def without_paper() -> Analysis:
    """A docket without questions: one set of themes for the whole of it."""
    analysis = consultation(40, questions=2)
    analysis.paper = None
    question = analysis.themes[0].question_id
    analysis.themes = [_moved(one) for one in analysis.themes if one.question_id == question]
    known = {one.theme_id for one in analysis.themes}
    analysis.passage_themes = [one for one in analysis.passage_themes if one.theme_id in known]
    analysis.quotes = [one for one in analysis.quotes if one.theme_id in known]
    analysis.passage_questions = []
    analysis.question_counts = []
    analysis.breakdowns = [one for one in analysis.breakdowns if one.question_id is None]
    return analysis


def _moved(theme: Theme) -> Theme:
    return Theme(
        theme.theme_id,
        None,
        theme.parent_id,
        theme.label,
        theme.terms,
        theme.submissions,
        theme.distinct_messages,
        theme.stability,
    )
