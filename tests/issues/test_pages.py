"""The public pages and their twins: what they say of a wording, and how many queries they cost."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client

from colloquia.core import registry
from colloquia.core.registry import Absence, QuestionCount, QuestionSection
from colloquia.issues.models import Issue, IssuePlacement, PaperVersion, Question, QuestionPlacement
from tests.issues.conftest import SLUG

pytestmark = pytest.mark.usefixtures("only_this_room")
PLAIN = "Not the official text."


def test_question_page_says_everything_in_order(starter: None, client: Client) -> None:
    text = client.get("/questions/IP-08.q1/").content.decode()
    body = text.partition("<body")[2]
    order = [
        "An informal exchange of views.",
        "IP-08.q1",
        "Is unauthorised use of works for machine learning an infringement?",
        PLAIN,
        "Stands in the latest version of the paper",
        "WIPO/IP/AI/2/GE/20/1 REV.",
        "What is open now",
        "What is here",
        "not kept on this site yet",
        "History",
    ]
    places = [body.index(words) for words in order]
    assert places == sorted(places)
    assert text.count("not kept on this site yet") == 5
    assert 'rel="alternate" type="application/json" href="/questions/IP-08.q1.json"' in text


@pytest.mark.parametrize(
    ("question", "grade", "sentence"),
    [
        ("IP-02.q1", "verified", "A source with the wording was seen, and put into our own words."),
        ("IP-08.q1", "secondary", "It says in our own words what a secondary source reports."),
        ("IP-08.q2", "recalled", "It is recalled from general knowledge of the public document;"),
    ],
)
def test_grade_stands_on_every_surface(
    starter: None, client: Client, question: str, grade: str, sentence: str
) -> None:
    page = client.get(f"/questions/{question}/").content.decode()
    assert f'badge grade {grade}"' in page
    assert sentence in page
    twin = client.get(f"/questions/{question}.json").json()
    assert (twin["grade"], twin["versions"][-1]["wordings"][0]["is_official_text"]) == (grade, False)
    assert sentence in twin["grade_meaning"]
    file = client.get(f"/papers/{SLUG}/revised-2020/?table=questions&format=csv")
    rows = list(csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig"))))  # type: ignore[attr-defined]
    row = next(row for row in rows if row["id"] == question)
    assert row["grade"] == grade
    assert sentence in row["about"]
    assert f'badge grade {grade}"' in client.get(f"/issues/{question[:5]}/").content.decode()


def test_wording_that_is_not_held_is_said(starter: None, client: Client) -> None:
    page = client.get("/questions/IP-08.q2/?version=draft-2019").content.decode()
    assert "Wording not held" in page
    assert "its wording is not held here" in page
    assert "If not, should an express exception say so?" not in page.split("<main")[1]
    twin = client.get("/questions/IP-08.q2.json?version=draft-2019").json()
    assert (twin["text"], twin["grade"], twin["version"]) == (None, None, "draft-2019")


def test_issue_has_the_number_of_the_version_asked_for(starter: None, client: Client) -> None:
    assert "Issue 7" in client.get("/issues/IP-08/?version=draft-2019").content.decode()
    twin = client.get("/issues/IP-08.json").json()
    assert [(each["version"], each["number"]) for each in twin["versions"]] == [
        ("draft-2019", "7"),
        ("revised-2020", "8"),
    ]
    assert [each["version"] for each in client.get("/issues/IP-13.json").json()["versions"]] == [
        "revised-2020"
    ]


def test_version_and_paper_twins(starter: None, client: Client) -> None:
    version = client.get(f"/papers/{SLUG}/draft-2019.json").json()
    assert (version["ok"], version["counts"], version["is_official_text"]) == (
        True,
        {"issues": 13, "questions": 50},
        False,
    )
    paper = client.get(f"/papers/{SLUG}.json").json()
    assert [each["key"] for each in paper["versions"]] == ["draft-2019", "revised-2020"]
    assert len(paper["reported_changes"]) == 8
    assert client.get("/papers.json").json()["count"] == 1


def test_comparison_of_the_starter_set(starter: None, client: Client) -> None:
    twin = client.get(f"/papers/{SLUG}/compare.json?from=draft-2019&to=revised-2020").json()
    assert twin["counts"]["issues"] == {"added": 3, "renumbered": 13, "widened": 4}
    assert twin["counts"]["questions"] == {"added": 18, "kept": 50}
    assert {each["wording"]["state"] for each in twin["questions"] if each["wording"]} == {
        "own_words",
        "one_held",
    }
    page = client.get(f"/papers/{SLUG}/compare/").content.decode()
    assert "The timetable slipped" in page
    assert "<ins>" not in page


def test_comparison_of_official_texts_shows_words(two_versions: Any, client: Client) -> None:
    twin = client.get("/papers/machines/compare.json").json()
    found = {each["id"]: each for each in twin["questions"]}
    assert {key: each["kinds"] for key, each in found.items()} == {
        "EX-03.q1": ["added"],
        "EX-01.q2": ["merged", "renumbered", "reworded"],
        "EX-01.q1": ["moved", "renumbered"],
        "EX-02.q1": ["merged"],
    }
    assert found["EX-01.q2"]["wording"]["difference"] == [
        {"kind": "same", "text": "Who may use them"},
        {"kind": "added", "text": ", and for what"},
        {"kind": "same", "text": "?"},
    ]
    page = client.get("/papers/machines/compare/").content.decode()
    assert "<ins>, and for what</ins>" in page


def test_official_text_says_so(two_versions: Any, client: Client) -> None:
    page = client.get("/questions/EX-01.q1/").content.decode()
    assert "Official text, imported from the document by an officer." in page
    assert PLAIN not in page
    assert '<bdi dir="ltr">10</bdi>' in page


def test_removed_question_keeps_its_page(two_versions: Any, client: Client) -> None:
    page = client.get("/questions/EX-02.q1/").content.decode()
    assert "Not in the latest version of the paper" in page
    assert "Merged in" in page


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/questions/IP-99.q9/", "There is no question “IP-99.Q9” here."),
        ("/questions/x/", "There is no question “X” here."),
        ("/issues/IP-99/", "There is no issue “IP-99” here."),
        ("/papers/none/", "There is no paper “none” here."),
        (f"/papers/{SLUG}/none/", "The paper has no version “none”."),
        (f"/papers/{SLUG}/compare/?from=none", "The paper has no version “none”."),
    ],
)
def test_nothing_at_an_address_is_said_kindly(starter: None, client: Client, path: str, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert words.lower() in answer.content.decode().lower()
    twin = client.get(path.replace("/?", ".json?") if "?" in path else path.rstrip("/") + ".json")
    assert twin.status_code == 404
    body = twin.json()
    assert (body["ok"], body["status"], body["error"].lower().startswith(words.lower()[:12])) == (
        False,
        404,
        True,
    )


def test_ids_in_small_letters_lead_to_the_page(starter: None, client: Client) -> None:
    assert client.get("/questions/ip-08.Q2/")["Location"] == "/questions/IP-08.q2/"
    assert client.get("/issues/ip-08/")["Location"] == "/issues/IP-08/"


def test_page_without_any_paper_says_so(db: None, client: Client) -> None:
    assert "No paper has been loaded or imported here yet." in client.get("/papers/").content.decode()


def test_only_one_version_has_nothing_to_compare(bring: Any, client: Client) -> None:
    bring()
    assert "nothing to compare it with" in client.get("/papers/machines/compare/").content.decode()


def test_arabic_page_keeps_the_direction_of_the_wording(starter: None, client: Client) -> None:
    page = client.get("/questions/IP-08.q1/?lang=ar&wording=en").content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert '<h1 lang="en"><bdi dir="auto">Is unauthorised use' in page


def test_rooms_add_sections_and_counts(starter: None, client: Client) -> None:
    from datetime import date

    registry.register_question_section(
        QuestionSection(
            "example.law",
            "Law",
            lambda _request, identifier: f"<p>About {identifier}</p>",
            counts=lambda _request, _identifier: [
                QuestionCount("law", 3, on=date(2026, 5, 1), url="/law/"),
                QuestionCount("evidence", absence=Absence.SEARCHED, on=date(2026, 5, 2)),
                QuestionCount("options", 0, Absence.STATED_NONE),
            ],
        )
    )
    registry.register_question_section(
        QuestionSection("example.open", "Open", lambda *_: "<p>Open until Friday</p>", place="open")
    )
    registry.register_question_section(QuestionSection("example.silent", "Silent", lambda *_: ""))
    page = client.get("/questions/IP-08.q1/").content.decode()
    assert '<section class="room" id="example-law"' in page
    assert "<p>About IP-08.q1</p>" in page
    assert "Silent" not in page
    assert page.index("Open until Friday") < page.index("What is here")
    counts = {each["kind"]: each for each in client.get("/questions/IP-08.q1.json").json()["counts"]}
    assert [counts["law"][key] for key in ("number", "on", "url")] == [3, "2026-05-01", "/law/"]
    assert {kind: each["words"] for kind, each in counts.items()} == {
        "answers": "not kept on this site yet",
        "law": None,
        "interventions": "not kept on this site yet",
        "evidence": "searched on 2 May 2026, none found",
        "options": "stated that there is none",
    }


def shrink(keep: int) -> None:
    """Leave so many issues, each with so many questions, in every version."""
    kept = list(Issue.objects.order_by("pk").values_list("pk", flat=True)[1 : keep + 1])
    IssuePlacement.objects.exclude(issue__in=kept).delete()
    for issue in kept:
        few = list(Question.objects.filter(issue=issue).order_by("pk").values_list("pk", flat=True)[:keep])
        QuestionPlacement.objects.filter(issue=issue).exclude(question__in=few).delete()
    QuestionPlacement.objects.exclude(issue__in=kept).delete()


QUERIES = {
    "/papers/": 2,
    f"/papers/{SLUG}/": 7,
    f"/papers/{SLUG}/revised-2020/": 7,
    f"/papers/{SLUG}/compare/": 14,
    "/issues/IP-02/": 11,
    "/questions/IP-02.q1/": 15,
}


@pytest.mark.parametrize("item_count", [1, 3])
@pytest.mark.parametrize("path", QUERIES)
def test_number_of_queries(
    starter: None, client: Client, django_assert_num_queries: Any, path: str, item_count: int
) -> None:
    shrink(item_count)
    if path == "/papers/":
        paper = PaperVersion.objects.get(key="draft-2019").paper
        for number in range(item_count - 1):
            PaperVersion.objects.create(paper=paper, key=f"v{number}", position=9 + number)
    with django_assert_num_queries(QUERIES[path]):
        assert client.get(path).status_code == 200
