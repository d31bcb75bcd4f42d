from __future__ import annotations

import json
from pathlib import Path

import pytest

from colloquia.engines.paper import Number, PaperError, read_paper
from colloquia.engines.records import Question

GOOD = """
title: Paper on machines that write
symbol: X/1
language: en
issues:
  - id: IP-01
    title: Ownership
    context: Machines write. Somebody owns it.
    numbers: {draft: 7, revised: 8}
    questions:
      - id: IP-01.q1
        text: Who should own it?
        evidence: verified
      - id: IP-01.q2
        text: "No"
        number: 2
"""


@pytest.fixture
def write(tmp_path):
    def write(content: str | bytes, name: str = "paper.yaml") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def problems(path: Path) -> list[str]:
    with pytest.raises(PaperError) as raised:
        read_paper(path)
    return [f"{problem.where}: {problem.message}" for problem in raised.value.problems]


def test_yaml_paper_is_read(write):
    paper = read_paper(write(GOOD))

    assert (paper.title, paper.symbol, paper.language) == ("Paper on machines that write", "X/1", "en")
    assert paper.questions == (
        Question(
            "IP-01.q1",
            "Who should own it?",
            "IP-01",
            "Ownership",
            "Machines write. Somebody owns it.",
            "verified",
        ),
        Question("IP-01.q2", "No", "IP-01", "Ownership", "Machines write. Somebody owns it.", ""),
    )
    assert paper.numbers == (
        Number("IP-01", "7", "draft"), Number("IP-01", "8", "revised"), Number("IP-01.q2", "2"),
    )  # fmt: skip


def test_words_that_yaml_would_turn_into_values_stay_words(write):
    paper = read_paper(
        write("title: 2024\nissues:\n- id: 1.10\n  title: No\n  questions:\n  - {id: 1.10.1, text: yes}\n")
    )

    (question,) = paper.questions
    assert (paper.title, question.issue_id, question.issue_title, question.text) == (
        "2024",
        "1.10",
        "No",
        "yes",
    )


@pytest.mark.parametrize("escape", [True, False])
def test_json_paper_gives_the_same_as_yaml(write, escape):
    value = {
        "title": "Papier 😀 é",
        "issues": [{"id": "A", "title": "T", "questions": [{"id": "A.1", "text": "W\u2019?"}]}],
    }
    paper = read_paper(write(json.dumps(value, ensure_ascii=escape, indent="\t"), "paper.json"))

    assert (paper.title, paper.questions) == ("Papier 😀 é", (Question("A.1", "W\u2019?", "A", "T"),))


def test_list_of_questions_without_issues(write):
    paper = read_paper(write('title: Survey\nquestions:\n- {id: Q1, text: "What do you think?"}\n'))

    assert paper.questions == (Question("Q1", "What do you think?", "paper", "Survey"),)


def test_all_problems_are_told_at_once_with_line_field_and_remedy(write):
    path = write(
        "titel: x\nissues:\n- id: a b\n  question:\n  - id: q\n- foo\n- id: IP-1\n  title: t\n  questions:\n"
        "   - id: IP-1\n   - {id: z, text: [a]}\n"
    )
    assert problems(path) == [
        'paper.yaml, line 1, title: is missing; give the paper its title. Was "titel" meant to be "title"?',
        (
            'paper.yaml, line 3, issue 1, id: "a b" cannot be a label; '
            "use letters, digits, dots and dashes only, such as IP-01."
        ),
        "paper.yaml, line 3, issue a b, title: is missing; give the issue its title.",
        (
            "paper.yaml, line 3, issue a b, questions: is missing; list "
            'at least one question. Was "question" meant to be "questions"?'
        ),
        "paper.yaml, line 6, issue 2: must have fields such as id, title and questions.",
        (
            'paper.yaml, line 10, issue IP-1, question 1, id: "IP-1" '
            "is used already in line 7; every label may stand once."
        ),
        "paper.yaml, line 10, question IP-1, text: is missing; write the question as it was put.",
        (
            "paper.yaml, line 11, question z, text: must be text; "
            "put the text behind the colon, in quotation marks."
        ),
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("title: x\nissues:\n\t- id: a\n", "paper.yaml, line 3: a tab is used for indentation"),
        ("title: a: b\n", "paper.yaml, line 1: is not valid YAML"),
        ("", "paper.yaml: is empty"),
        ("title: x\n", "paper.yaml, line 1, issues: is missing"),
        ("title: x\nissues: []\n", "paper.yaml, line 1, issues: holds no question"),
        ("title: x\nissues: many\n", "paper.yaml, line 2, issues: must be a list"),
        ("- a\n- b\n", "paper.yaml, line 1: must start with fields"),
        ("title: x\ntitle: y\nissues: []\n", "paper.yaml, line 2, title: is given twice"),
        (b"title: caf\xe9\n", "paper.yaml, byte 11: is not UTF-8"),
        ('{"title": "x",}', "paper.yaml, line 1, column 15: is not valid JSON"),
        ("[" * 5000, "paper.yaml: is n"),
        ("a: !!python/object/apply:os.system [x]\n", "paper.yaml, line 1, title: is missing"),
        (
            "title: x\nlanguage: english please\nquestions:\n- {id: a, text: b}\n",
            'line 2, language: "english please" is not',
        ),
    ],
)
def test_broken_paper_is_refused_with_a_sentence(write, content, expected):
    assert [problem for problem in problems(write(content)) if expected in problem]


def test_missing_file_is_told(tmp_path):
    assert problems(tmp_path / "none.yaml") == [
        "none.yaml: cannot be opened (No such file or directory); check the path and the permissions."
    ]


def test_layout_of_the_starter_data_is_read():
    path = Path(__file__).parents[3] / "shared" / "data" / "programme" / "issues_paper.json"
    if not path.exists():
        pytest.skip("issues_paper.json is not in ../shared/data/programme")

    paper = read_paper(path)
    assert (len(paper.questions), len({question.issue_id for question in paper.questions})) == (68, 16)
    assert Number("IP-08", "7", "draft") in paper.numbers
    assert Number("IP-08", "8", "rev") in paper.numbers


def test_paper_that_repeats_itself_without_end_is_refused(write):
    """A few lines of references would otherwise stand for thousands of millions of values."""
    lines = ["title: T", "a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    (problem,) = problems(write("\n".join(lines)))
    assert "repeats its own parts too often" in problem
