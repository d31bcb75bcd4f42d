"""How long the server works on a page of a large consultation, by page: ``python -m bench.pages``."""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

from bench.stored import at, stored_run

TARGET = 150
"""Milliseconds at the 95th percentile, from the request to the last byte, gzip included."""
HERE = "/consultations/bench/"


def pages(run: Any, random: Random) -> dict[str, Callable[[], str]]:
    """For each kind of page a function that draws an address of it."""
    from colloquia.consultations.models import SharedText, ThemeInEffect
    from colloquia.consultations.queries import bulk_of

    bulk = bulk_of(run)
    themes = list(ThemeInEffect.objects.filter(run=run, is_live=True).values_list("theme_id", "passages"))
    questions = list(run.questions.values_list("question_id", flat=True))
    shared = list(
        SharedText.objects.filter(run=run).exclude(kind="similar").values_list("group_id", flat=True)
    )
    stakeholders = bulk.stakeholders()
    words = ("licence", "authors", "permission", "training", "données", "права")
    received = int(run.funnel["received"])
    first = bulk.submissions(limit=1)[0][0].submission_id.rpartition("-")[0]
    largest = [theme for theme, count in sorted(themes, key=lambda item: -item[1])[:10]]

    def filtered() -> str:
        return urlencode(
            {"stakeholder": random.choice(stakeholders), **random.choice([{}, {"without_shared": "1"}])}
        )

    return {
        "consultation": lambda: HERE,
        "consultation, filtered": lambda: f"{HERE}?{filtered()}",
        "question": lambda: f"{HERE}questions/{random.choice(questions)}/",
        "question, filtered": lambda: f"{HERE}questions/{random.choice(questions)}/?{filtered()}",
        "theme": lambda: f"{HERE}themes/{random.choice(themes)[0]}/",
        "theme, one of the largest ten": lambda: f"{HERE}themes/{random.choice(largest)}/",
        "theme, filtered": lambda: f"{HERE}themes/{random.choice(themes)[0]}/?{filtered()}",
        "theme, a later page": lambda: f"{HERE}themes/{random.choice(largest)}/?page=3",
        "shared texts": lambda: f"{HERE}shared/",
        "shared text": lambda: f"{HERE}shared/{random.choice(shared)}/",
        "submissions": lambda: f"{HERE}submissions/?page={random.randint(1, 1000)}",
        "submissions, filtered": lambda: f"{HERE}submissions/?{filtered()}",
        "submissions, words": lambda: f"{HERE}submissions/?q={random.choice(words)}",
        "submission": lambda: f"{HERE}submissions/{first}-{random.randint(1, received):05d}/",
        "method": lambda: f"{HERE}method/",
        "runs": lambda: f"{HERE}runs/",
        "page of the question": lambda: f"/questions/{random.choice(questions)}/",
        "workspace": lambda: "/workspace/",
        "corrections": lambda: f"{HERE}corrections/",
        "reading": lambda: f"{HERE}reading/",
        "translations": lambda: f"{HERE}translations/",
        "organisations": lambda: f"{HERE}organisations/",
    }


def timed(client: Any, draw: Callable[[], str], count: int) -> list[float]:
    """Milliseconds of each request; another answer than 200 ends the benchmark."""
    taken = []
    for _ in range(count):
        address = draw()
        begun = time.perf_counter()
        response = client.get(address, headers={"accept-encoding": "gzip"})
        length = len(response.getvalue())
        taken.append(1000 * (time.perf_counter() - begun))
        if response.status_code != 200 or not length:
            raise SystemExit(f"{address} answered {response.status_code}.")
    return taken


def main() -> None:
    """Store the results as a run, look at its pages as the public and as an officer, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="comments of the docket that is made")
    parser.add_argument("--results", type=Path, help="results of an analysis, instead of making a docket")
    parser.add_argument("--requests", type=int, default=40, help="requests of each kind of page")
    arguments = parser.parse_args()
    with stored_run(arguments.size, arguments.results) as (run, officer):
        from django.test import Client

        public, inside = Client(HTTP_HOST="localhost"), Client(HTTP_HOST="localhost")
        inside.force_login(officer)
        print(f"{'page':<32}{'for':<9}{'first ms':>9}{'p50 ms':>8}{'p95 ms':>8}")
        slow = []
        for name, draw in pages(run, Random(1)).items():
            closed = name in {"workspace", "corrections", "reading", "translations", "organisations"}
            for who, client in (
                (("officer", inside),) if closed else (("public", public), ("officer", inside))
            ):
                first, taken = timed(client, draw, 1)[0], timed(client, draw, arguments.requests)
                slow += [f"{name} ({who})"] * (at(taken, 0.95) > TARGET)
                print(
                    f"{name:<32}{who:<9}{first:>9.0f}{at(taken, 0.5):>8.0f}{at(taken, 0.95):>8.0f}",
                    flush=True,
                )
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"\npeak {memory:,.0f} MiB; target: p95 under {TARGET} ms; missed by: {', '.join(slow) or 'none'}"
        )


if __name__ == "__main__":
    main()
