"""The secretariat before the outcome: the call, the check, publication, the analysis and its signatures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.e2e.story.people import Person, work
from tests.e2e.story.words import TELEPHONE, Words


def announced(officer: Person, slug: str, words: Words) -> None:
    """A call on a version of the paper: drafted, looked at, announced."""
    officer.look("calls-office")
    officer.follow("/calls/new/")
    now = datetime.now(UTC)
    officer.fill("title", words.title)
    officer.fill("slug", slug)
    for code in ("en", "ar"):
        officer.tick("languages", code)
    officer.fill("time_zone", "UTC")
    officer.fill("opens_at", f"{now - timedelta(hours=2):%Y-%m-%dT%H:%M}")
    officer.fill("closes_at", f"{now + timedelta(days=30):%Y-%m-%dT%H:%M}")
    officer.look("call-new")
    officer.submit()
    assert officer.path == f"/calls/{slug}/edit/"
    for code in ("en", "ar"):
        officer.fill(f"titles_{code}", words.title)
    officer.fill("contact", "calls@secretariat.example")
    officer.fill("stakeholders", "Industry\nAcademia")
    officer.look("call-edit")
    officer.submit()
    officer.follow(f"/calls/{slug}/")
    officer.look("call-preview")
    officer.follow(f"/calls/{slug}/announce/")
    officer.look("call-announce")
    officer.submit()
    assert officer.page.locator(f'main a[href="/calls/{slug}/answer/"]').count() == 1
    officer.look("call-office")


def checked(officer: Person, slug: str) -> list[str]:
    """From the queue: one after the other is taken; the telephone number is redacted; ready."""
    officer.at(f"/calls/{slug}/")
    officer.follow(f"/calls/{slug}/queue/")
    officer.look("queue")
    officer.submit("/queue/next/")
    seen = []
    while "/next/" not in officer.path and officer.path != f"/calls/{slug}/queue/":
        seen.append(officer.path.rstrip("/").rpartition("/")[2])
        for place in range(officer.page.locator(".check-parts a").count()):
            officer.go(officer.page.locator(".check-parts a").nth(place))
            lines = officer.page.locator(".check-lines li")
            for number in range(lines.count()):
                line = lines.nth(number)
                found = TELEPHONE in line.locator("legend").inner_text()
                line.locator(f'input[value="{"redact" if found else "keep"}"]').check()
            if lines.count():
                officer.look("check", check=place > 0)
                officer.press("act", "findings")
        officer.press("act", "ready")
    return seen


def published(officer: Person, slug: str) -> None:
    """What passed the check becomes public."""
    officer.follow(f"/calls/{slug}/publish/")
    for box in officer.page.locator('main input[name="submission"]').all():
        box.check()
    officer.look("publish")
    officer.submit()


def analysed(officer: Person, slug: str) -> None:
    """The analysis is asked for, done by the worker, and found from the same page."""
    officer.follow(f"/calls/{slug}/analyse/")
    officer.submit()
    assert officer.page.locator("section.request").count() == 1
    work()
    officer.at(f"/calls/{slug}/analyse/")
    officer.look("analyse")
    officer.follow(f"/consultations/{slug}/?run=1")
    officer.look("run")
    # Who answered as a state counts as one.
    senders = officer.get(f"/consultations/{slug}/submissions.json?run=1").json()
    assert "State" in {row["stakeholder"] for row in senders["submissions"]}, senders


def signed(first: Person, second: Person, slug: str) -> None:
    """One officer reviews the run and shows it, another signs."""
    first.follow(f"/consultations/{slug}/sign/")
    first.press_in("act", "show")
    first.press_in("act", "review")
    assert first.page.locator('input[value="sign"]').count() == 0
    address = first.page.url.removeprefix(first.stage.site)
    second.at(address)
    second.press_in("act", "sign")
    second.look("signed")
