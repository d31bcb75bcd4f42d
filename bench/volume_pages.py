"""The pages and lists that the submissions of a call touch, with targets, for the benchmark of volume."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from bench.filled_site import SLUG, Site

LIST, FILE, EVERYTHING = 100, 5000, 60_000
"""Milliseconds at the 95th percentile: of a page, of a whole list as a file, of a whole archive."""
HERE = f"/calls/{SLUG}/"


@dataclass(frozen=True, slots=True)
class Page:
    """An address to draw, for whom it is, its target in milliseconds and how often it is asked for."""

    name: str
    who: str
    draw: Callable[[], str]
    target: int = LIST
    times: int = 0
    method: str = "get"


def pages(made: Site, random: Random) -> list[Page]:
    """Every list and page that submissions touch."""
    from colloquia.core import ledger
    from colloquia.submissions.models import IntakeImport, PublishedPart, PublishedSubmission, Submission
    from colloquia.submissions.services.receipts import private_token

    public = list(PublishedSubmission.objects.values_list("identifier", flat=True))
    files = list(
        PublishedPart.objects.filter(is_file=True).values_list("published__identifier", "position")[:500]
    )
    received = list(Submission.objects.filter(confirmed_at__isnull=False)[:500])
    question = made.call.questions.order_by("position").values_list("question_id", flat=True)[1]
    last = len(public) // 50 + 1
    lists, queue, api = f"{HERE}submissions/", f"{HERE}queue/", f"/api/v1/calls/{SLUG}"
    entries = ledger.size()
    imports = list(IntakeImport.objects.values_list("pk", flat=True))
    words = {
        "Latin": ("licence", "authors", "données", "transparency"),
        "Arabic": ("المؤلفين", "الإبداعية", "ترخيص"),
        "Chinese": ("作品", "版权", "训练"),
        "no match": ("zyzzyva",),
    }

    def each(*names: str) -> Callable[[], str]:
        return lambda: random.choice(names)

    def filtered() -> str:
        return random.choice(
            (
                "?kind=state",
                "?language=ar",
                "?stakeholder=Academia&kind=person",
                f"?question={question}",
                "?late=1",
            )
        )

    return [
        Page("home", "public", each("/")),
        Page("calls", "public", each("/calls/")),
        Page("call", "public", each(HERE)),
        Page("call", "officer", each(HERE)),
        Page("public list", "public", each(lists)),
        Page("public list", "officer", each(lists)),
        Page("public list, last page", "public", each(f"{lists}?page={last}")),
        Page("public list, latest first", "public", each(f"{lists}?order=latest")),
        Page("public list, filtered", "public", lambda: f"{lists}{filtered()}"),
        *(
            Page(
                f"public list, {name} words",
                "public",
                lambda found=found: f"{lists}?search={random.choice(found)}",
            )  # type: ignore[misc]  # a default binds the loop's value
            for name, found in words.items()
        ),
        Page("public list, two words", "public", each(f"{lists}?search=the+authors")),
        Page("submission", "public", lambda: f"/submissions/{random.choice(public)}/"),
        Page("submission.json", "public", lambda: f"/submissions/{random.choice(public)}.json"),
        Page(
            "text of a file", "public", lambda: "/submissions/{}/files/{}/text/".format(*random.choice(files))
        ),
        Page("list as JSON, a page", "public", each(f"{HERE}submissions.json")),
        Page("list as CSV, whole", "public", each(f"{HERE}submissions.csv"), FILE, 3),
        Page("list as JSON, whole", "public", each(f"{lists}?table=submissions&format=json"), FILE, 3),
        Page("list as XLSX, whole", "public", each(f"{HERE}submissions.xlsx"), FILE, 3),
        Page("archive, whole", "public", each(f"{HERE}submissions.zip"), EVERYTHING, 1),
        Page("feed", "public", each(f"{HERE}submissions.atom")),
        Page("mining reserved", "public", each("/.well-known/tdmrep.json")),
        Page("API: calls", "public", each("/api/v1/calls")),
        Page("API: call", "public", each(api)),
        Page("API: submissions", "public", lambda: f"{api}/submissions?page={random.randint(1, last)}"),
        Page("API: submissions, searched", "public", each(f"{api}/submissions?search=licence")),
        Page(
            "API: parts", "public", lambda: f"{api}/parts?page={random.randint(1, 100)}&question={question}"
        ),
        Page("API: submission", "public", lambda: f"/api/v1/submissions/{random.choice(public)}"),
        Page("question", "public", each(f"/questions/{question}/")),
        Page("question", "officer", each(f"/questions/{question}/")),
        Page("ledger", "public", each("/ledger/")),
        Page("ledger: heads", "public", each(f"/ledger/heads.json?start={entries // 2}")),
        Page("ledger: entries", "public", each(f"/ledger/entries.json?start={entries // 2}")),
        Page("ledger: feed", "public", each("/ledger/heads.atom")),
        Page(
            "ledger: inclusion", "public", lambda: f"/ledger/inclusion.json?index={random.randrange(entries)}"
        ),
        Page(
            "ledger: consistency",
            "public",
            lambda: f"/ledger/consistency.json?old={random.randint(1, entries)}",
        ),
        Page("receipt", "public", lambda: f"/receipts/{private_token(random.choice(received))}/"),
        Page("my submissions", "owner", each("/my/submissions/")),
        *_of_the_check(queue, random, received),
        Page("imports", "officer", each(f"{HERE}import/")),
        Page("import, a page", "officer", lambda: f"{HERE}import/{random.choice(imports)}/"),
        Page("publish", "officer", each(f"{HERE}publish/")),
        Page("analyse", "officer", each(f"{HERE}analyse/")),
        Page("retention", "officer", each("/retention/")),
        Page("edit the call", "officer", each(f"{HERE}edit/")),
        Page("workspace", "officer", each("/workspace/")),
    ]


def _of_the_check(queue: str, random: Random, received: list[Any]) -> Iterator[Page]:
    def one(more: str = "") -> Callable[[], str]:
        return lambda: f"{queue}{random.choice(received).identifier}/{more}"

    filters = ("?state=waiting", "?language=ar", "?wish=confidential", "?late=1", "?assigned=me")
    for who in ("officer", "reviewer"):
        yield Page("queue", who, lambda: queue)
        yield Page("queue, last page", who, lambda: f"{queue}?page=9999")
        yield Page("queue, filtered", who, lambda: queue + random.choice(filters))
        yield Page("queue, with findings", who, lambda: f"{queue}?findings=1")
        yield Page("queue, with hints", who, lambda: f"{queue}?hints=1")
        yield Page("queue, next", who, lambda: f"{queue}next/", method="post")
        yield Page("check of one", who, one())
    yield Page("queue as CSV, whole", "officer", lambda: f"{queue}?table=queue&format=csv", FILE, 2)
