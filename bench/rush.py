"""Two hundred people who send in the ten seconds before the deadline: ``python -m bench.rush``.

Each is accepted once and none is lost, also when the server is killed and started again in the middle. The
controls show that the same harness finds doubles and losses where there are some.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

PATIENCE = 90.0
"""Seconds after which a sender gives up; a person would not."""
_CSRF = "c" * 32
CARELESS = "bench.careless:application"
SERVED = "colloquia.wsgi:application"


@dataclass
class Sent:
    """What one sender met. ``identifiers``: one for each tab that got an answer, blank where none came."""

    token: str
    identifiers: list[str] = field(default_factory=list)
    tries: int = 0
    seconds: float = 0.0


class Server:
    """The web child of ``colloquia serve``, with its own flags."""

    def __init__(
        self, environment: Mapping[str, str], *, application: str = SERVED, workers: int = 2
    ) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.environment = os.environ | dict(environment) | {"WEB_WORKERS": str(workers)}
        self.application = application
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        code = (
            "import os, sys; from colloquia.commands.serve import web_command;"
            f"command = web_command('127.0.0.1', {self.port});"
            f"os.execv(command[0], [{self.application!r} if part.startswith('colloquia.wsgi') else part"
            " for part in command])"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", code], env=self.environment, start_new_session=True
        )
        for _ in range(600):
            with suppress(OSError, http.client.HTTPException):
                if request(self.port, "GET", "/robots.txt")[0] == 200:
                    return
            time.sleep(0.05)
        raise SystemExit("The server does not answer.")

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def request(port: int, method: str, path: str) -> tuple[int, bytes]:
    """One request on a line of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        headers = {"Cookie": f"csrftoken={_CSRF}", "X-CSRFToken": _CSRF, "Accept": "application/json"}
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def press_send(port: int, token: str, *, retry: bool) -> tuple[str, int]:
    """Send until there is an answer, as the page's script does; the id, and how many tries it took."""
    ends, tries = time.monotonic() + PATIENCE, 0
    while True:
        tries += 1
        with suppress(OSError, http.client.HTTPException):
            status, body = request(port, "POST", f"/drafts/{token}/send/")
            if status == 200:
                return str(json.loads(body)["id"]), tries
            if status < 500:
                raise AssertionError(f"refused with {status}: {body[:200]!r}")
        if not retry or time.monotonic() > ends:
            return "", tries
        time.sleep(min(0.1 * 2**tries, 2) * random.uniform(0.7, 1.3))


def rush(
    port: int,
    tokens: Sequence[str],
    *,
    within: float,
    tabs: int = 1,
    retry: bool = True,
    seed: int = 1,
    after: tuple[int, Callable[[], None]] | None = None,
) -> list[Sent]:
    """All send within some seconds, each from so many tabs at once; what each met.

    ``after``: what is done as soon as so many answers have come.
    """
    draw = random.Random(seed)
    starts = sorted(draw.uniform(0, within) for _ in tokens)
    results = [Sent(token) for token in tokens]
    lock, answered, begun = threading.Lock(), threading.Semaphore(0), time.monotonic()

    def sender(result: Sent, start: float) -> None:
        time.sleep(max(0.0, begun + start - time.monotonic()))
        pressed = time.monotonic()
        identifier, tries = press_send(port, result.token, retry=retry)
        with lock:
            result.identifiers.append(identifier)
            result.tries += tries
            result.seconds = max(result.seconds, time.monotonic() - pressed)
        answered.release()

    threads = [
        threading.Thread(target=sender, args=(result, start), daemon=True)
        for result, start in zip(results, starts, strict=True)
        for _tab in range(tabs)
    ]
    for thread in threads:
        thread.start()
    if after is not None:
        for _ in range(after[0]):
            answered.acquire(timeout=PATIENCE)
        after[1]()
    for thread in threads:
        thread.join(PATIENCE + 30)
    return results


def problems(results: Sequence[Sent]) -> list[str]:
    """What went wrong, by the database: losses, doubles, drafts and answers that do not agree."""
    from colloquia.core import ledger
    from colloquia.core.models import LedgerEntry
    from colloquia.submissions.models import Submission
    from colloquia.submissions.queries.drafts import draft_of_token

    found = []
    for result in results:
        if "" in result.identifiers:
            found.append("lost: a sender got no answer")
        if len(set(result.identifiers)) > 1:
            found.append("double: a sender got several ids")
        draft = draft_of_token(result.token)
        held = draft.submission.identifier if draft and draft.submission else ""
        if result.identifiers and result.identifiers[0] != held:
            found.append("lost: the draft and the answer do not agree")
    sealed, entries = Submission.objects.count(), LedgerEntry.objects.count()
    if sealed != len(results):
        found.append(
            f"{'double' if sealed > len(results) else 'lost'}: {sealed} submissions of {len(results)}"
        )
    size = ledger.head().size if entries else 0
    if not sealed == entries == size:
        found.append(f"ledger: {entries} entries under a head of {size} for {sealed} submissions")
    return found


def make_site(number: int, *, seconds: float) -> list[str]:
    """A call that closes in some seconds, and so many complete drafts; their private tokens."""
    from django.db import transaction
    from django.utils import timezone

    from colloquia.consultations.models import Consultation
    from colloquia.issues.models import Issue, Paper, PaperVersion, Question
    from colloquia.submissions.models import Call, CallQuestion
    from colloquia.submissions.records import AnswerIn, Content
    from colloquia.submissions.services import begin, draft_token

    now = timezone.now()
    with transaction.atomic():
        paper = Paper.objects.create(slug="rush-paper", prefix="RU", titles={"en": "A paper"})
        version = PaperVersion.objects.create(paper=paper, key="draft", position=1, titles={"en": "Draft"})
        issue = Issue.objects.create(pk="RU-01", paper=paper)
        questions = [Question.objects.create(pk=f"RU-01.q{place}", issue=issue) for place in range(1, 13)]
        call = Call.objects.create(
            consultation=Consultation.objects.create(slug="rush", titles={"en": "Rush"}),
            titles={"en": "Rush"},
            languages=["en"],
            paper_version=version,
            opens_at=now - timedelta(days=7),
            closes_at=now + timedelta(seconds=seconds),
            announced_at=now - timedelta(days=8),
        )
        for place, question in enumerate(questions, start=1):
            CallQuestion.objects.create(call=call, question=question, position=place)
        tokens = []
        for sender in range(number):
            answers = tuple(
                AnswerIn(each.pk, f"Sender {sender}. " + "A sentence. " * 200) for each in questions
            )
            content = Content(organisation=f"Organisation {sender}", language="en", answers=answers)
            draft = begin(call=call, email=f"sender{sender}@example.org", content=content, confirmed_at=now)
            tokens.append(draft_token(draft))
    return tokens


@contextmanager
def site() -> Iterator[Mapping[str, str]]:
    """An empty site in a folder of its own; the environment of its server."""
    with tempfile.TemporaryDirectory() as name:
        given = {"COLLOQUIA_DATA": name, "DJANGO_SETTINGS_MODULE": "colloquia.settings", "LOG_LEVEL": "error"}
        os.environ.update(given)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        Path(name, "static").mkdir(exist_ok=True)
        yield given


def run(case: str, senders: int, within: float, threads: str) -> dict[str, Any]:
    """One case in this process; its figures."""
    with site() as environment:
        server = Server(
            environment | {"WEB_THREADS": threads}, application=CARELESS if case == "careless" else SERVED
        )
        tokens = make_site(senders, seconds=3600)
        server.start()
        from django.utils import timezone

        from colloquia.submissions.models import Call, Submission

        def again() -> None:
            server.kill()
            if case != "unanswered":
                server.start()

        after = (senders // 3, again) if case in ("killed", "unanswered") else None
        Call.objects.update(closes_at=timezone.now() + timedelta(seconds=within))
        results = rush(
            server.port, tokens, within=within, tabs=2 if case == "careless" else 1,
            retry=case != "unanswered", after=after,
        )  # fmt: skip
        server.kill()
        waited = sorted(result.seconds for result in results)
        return {
            "case": case,
            "submissions": Submission.objects.count(),
            "late": Submission.objects.filter(is_late=True).count(),
            "median s": round(waited[len(waited) // 2], 3),
            "95 % s": round(waited[int(0.95 * len(waited))], 3),
            "longest s": round(waited[-1], 3),
            "tries": sum(result.tries for result in results),
            "problems": len(problems(results)),
        }


def main() -> int:
    """Every case in a process of its own; 1 where the site failed or a control did not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--senders", type=int, default=200)
    parser.add_argument("--within", type=float, default=10.0, help="seconds")
    parser.add_argument("--threads", default="4", help="WEB_THREADS")
    parser.add_argument("--case", choices=("rush", "killed", "careless", "unanswered"))
    given = parser.parse_args()
    if given.case:
        print(json.dumps(run(given.case, given.senders, given.within, given.threads)))
        return 0
    status = 0
    for case in ("rush", "killed", "careless", "unanswered"):
        command = [sys.executable, "-m", "bench.rush", "--case", case, "--senders", str(given.senders),
                   "--within", str(given.within), "--threads", given.threads]  # fmt: skip
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(done.stderr)
        figures = json.loads(done.stdout.splitlines()[-1])
        print(" · ".join(f"{name} {value}" for name, value in figures.items()), flush=True)
        status |= (figures["problems"] > 0) != (case in ("careless", "unanswered"))
    return status


if __name__ == "__main__":
    raise SystemExit(main())
