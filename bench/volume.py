"""How long the server works on pages of a call with ten thousand submissions: ``python -m bench.volume``.

The site is one of its own, on SQLite, or on PostgreSQL where DATABASE_URL names a database that is empty.
"""

from __future__ import annotations

import argparse
import resource
import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from bench.filled_site import site
from bench.stored import at
from bench.volume_pages import Page, pages


@dataclass(slots=True)
class Times:
    """Of requests of one kind: milliseconds to the first byte, to the last, and of computing in this process;
    queries of the first request, bytes of the last.
    """

    first: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    computed: list[float] = field(default_factory=list)
    queries: int = 0
    size: int = 0


def timed(client: Any, page: Page, count: int) -> Times:
    """Ask for a kind of page once to warm up and to count queries, then ``count`` times."""
    times = Times()
    times.queries = _ask(client, page, Times(), counted=True)
    for _each in range(count):
        _ask(client, page, times)
    return times


def _ask(client: Any, page: Page, times: Times, *, counted: bool = False) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = page.draw()
    counting: Any = CaptureQueriesContext(connection) if counted else nullcontext(())
    with counting as captured:
        begun, busy = time.perf_counter(), time.process_time()
        response = getattr(client, page.method)(address, headers={"accept-encoding": "gzip"})
        pieces = iter(response.streaming_content if response.streaming else (response.content,))
        times.size = len(next(pieces, b""))
        times.first.append(1000 * (time.perf_counter() - begun))
        times.size += sum(len(piece) for piece in pieces)
        response.close()
        times.whole.append(1000 * (time.perf_counter() - begun))
        times.computed.append(1000 * (time.process_time() - busy))
    if response.status_code not in (200, 302) or (page.method == "get" and not times.size):
        raise SystemExit(f"{address} answered {response.status_code}.")
    return len(captured)


def main() -> None:
    """Make the site, look at its pages as the public and as staff, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=10_000, help="submissions of the call")
    parser.add_argument("--requests", type=int, default=20, help="requests of each kind of page")
    parser.add_argument("--only", default="", help="only pages whose name holds this")
    parser.add_argument("--folder", type=Path, help="keep the site here, or use the one that is here")
    parser.add_argument("--verify", action="store_true", help="then check the whole record")
    arguments = parser.parse_args()
    with site(arguments.size, arguments.folder) as made:
        _table(made, arguments)
        if arguments.verify:
            _verify()


def _table(made: Any, arguments: argparse.Namespace) -> None:
    from django.test import Client

    clients = {who: Client(HTTP_HOST="localhost") for who in ("public", "officer", "reviewer", "owner")}
    for who in ("officer", "reviewer", "owner"):
        clients[who].force_login(getattr(made, who))
    headings = ("queries", "KB", "1st byte", "p50 ms", "p95 ms", "p50 cpu", "p95 cpu", "target")
    print(f"{'page':<30}{'for':<9}" + "".join(f"{each:>9}" for each in headings))
    slow = []
    for page in pages(made, Random(1)):
        if arguments.only not in page.name:
            continue
        times = timed(clients[page.who], page, page.times or arguments.requests)
        if at(times.whole, 0.95) > page.target:
            slow.append(f"{page.name} ({page.who})")
        figures = (
            times.queries, times.size / 1000, at(times.first, 0.5), at(times.whole, 0.5),
            at(times.whole, 0.95), at(times.computed, 0.5), at(times.computed, 0.95), page.target,
        )  # fmt: skip
        print(f"{page.name:<30}{page.who:<9}" + "".join(f"{each:>9,.0f}" for each in figures), flush=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak {memory:,.0f} MiB; p95 above the target: {', '.join(slow) or 'none'}")
    print("cpu: milliseconds that this process computed, whatever else the machine was doing.")


def _verify() -> None:
    """The whole record against itself, as ``colloquia verify`` does."""
    from colloquia.cli import main as colloquia

    begun = time.perf_counter()
    status = colloquia(["verify"])
    print(f"verified in {time.perf_counter() - begun:.0f} s, status {status}")


if __name__ == "__main__":
    main()
