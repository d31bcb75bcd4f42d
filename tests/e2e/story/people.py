"""A person before a browser: goes by address, name and order, so that the language does not matter."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.core import mail

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page


PATIENCE = 15_000
"""Milliseconds until something that should be there is missed."""


@dataclass
class Stage:
    """Where the story plays: the site, the language of its readers, and whether scripts run."""

    site: str
    browser: Browser
    open_page: Callable[..., Page]
    axe: Any
    language: str
    scripts: bool
    width: int
    looked: list[str] = field(default_factory=list)

    def person(self, **options: Any) -> Person:
        """Somebody who reads in this language; ``options`` sign the person in."""
        page = self.open_page(
            f"{self.site}/calls/",
            locale=self.language,
            java_script_enabled=self.scripts,
            viewport={"width": self.width, "height": 900},
            **options,
        )
        page.set_default_timeout(PATIENCE)
        return Person(self, page, options)


@dataclass
class Person:
    """A browser in somebody's hands."""

    stage: Stage
    page: Page
    options: dict[str, Any]

    @property
    def path(self) -> str:
        """Where the person is, without the site."""
        return urlsplit(self.page.url).path

    def at(self, path: str) -> None:
        """Open an address that was given: a link in a message, or one that was kept."""
        answer = self.page.goto(f"{self.stage.site}{path}")
        assert answer is not None
        assert answer.status == 200, path
        assert self.page.locator("html").get_attribute("lang") == self.stage.language, path
        direction = "rtl" if self.stage.language == "ar" else "ltr"
        assert self.page.locator("html").get_attribute("dir") == direction, path

    def link(self, part: str) -> Locator:
        """The first link of the page's content whose address holds this."""
        return self.page.locator(f'main a[href*="{part}"]:visible').first

    def follow(self, part: str) -> None:
        """Click that link."""
        self.go(self.link(part))

    def go(self, place: Locator) -> None:
        """Click what leads to another page, and wait for that."""
        self.unfold(place)
        with self.page.expect_navigation():
            place.click()

    def fill(self, name: str, text: str) -> None:
        """Write into the field of this name, folded away or not."""
        shown = self.page.locator(f'main [name="{name}"]').first
        self.unfold(shown)
        shown.fill(text)

    def choose(self, name: str, value: str) -> None:
        """Choose from a list."""
        shown = self.page.locator(f'main select[name="{name}"]').first
        self.unfold(shown)
        shown.select_option(value)

    def tick(self, name: str, value: str) -> None:
        """Tick a box or a choice."""
        self.page.locator(f'main input[name="{name}"][value="{value}"]').first.check()

    def press(self, name: str, value: str) -> None:
        """Press the button of this name and value."""
        button = self.page.locator(f'main button[name="{name}"][value="{value}"]:not(.hidden)').first
        self.go(button)

    def press_in(self, name: str, value: str) -> None:
        """Press the button of the form that holds this hidden field."""
        form = self.page.locator(f'main form:has(input[name="{name}"][value="{value}"])').first
        self.go(form.locator('button[type="submit"]').first)

    def submit(self, action: str = "") -> None:
        """Press the only plain button of a form that posts to where this is in the address, or here."""
        chosen = f'main form[method="post"][action*="{action}"]' if action else 'main form[method="post"]'
        self.go(self.page.locator(f'{chosen} button[type="submit"]:not([name]):visible').first)

    def unfold(self, place: Locator) -> None:
        """Open what the place is folded away in."""
        folded = place.locator("xpath=ancestor::details[not(@open)]/summary")
        for each in reversed(folded.all()):
            each.click()

    @property
    def text(self) -> str:
        """What the content says."""
        return self.page.locator("main").inner_text()

    def get(self, path: str) -> Any:
        """A file, fetched with the person's cookies."""
        answer = self.page.request.get(f"{self.stage.site}{path}")
        assert answer.ok, (path, answer.status)
        return answer

    def look(self, name: str, *, check: bool = False) -> None:
        """Fits the width; with ``check`` accessible too. A picture where LOOK names a folder."""
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.stage.width, name
        if check:
            self._accessible(name)
        if folder := os.environ.get("LOOK"):
            number = len(self.stage.looked)
            self.page.screenshot(
                path=f"{folder}/{self.stage.language}-{number:02}-{name}.png", full_page=True
            )
        self.stage.looked.append(name)

    def _accessible(self, name: str) -> None:
        page = self.page
        if not self.stage.scripts:
            # The checker is a script itself, so it looks at the same address in a browser that runs them.
            page = self.stage.open_page(
                self.page.url,
                storage_state=self.page.context.storage_state(),
                locale=self.stage.language,
                viewport={"width": self.stage.width, "height": 900},
            )
        found = self.stage.axe.run(page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        if page is not self.page:
            page.close()


def told(recipient: str, pattern: str) -> str:
    """The last address like this in the messages to somebody, without the site."""
    for message in reversed(mail.outbox):
        if recipient in message.to and (found := re.search(pattern, str(message.body))):
            return found.group()
    raise AssertionError((recipient, pattern, [each.body for each in mail.outbox if recipient in each.to]))


def work() -> None:
    """Do what waits in the queue, as the worker does, in this process; a task that fails fails the test."""
    from colloquia.core.jobs import leases
    from colloquia.submissions.models import CallAnalysis
    from colloquia.submissions.services import analysing

    # The worker starts another process for it, which would look into another database than this test's.
    for row in CallAnalysis.objects.filter(state="waiting"):
        analysing.perform(row.pk)
    while (task := leases.claim("story")) is not None:
        task.task.call(*task.args_kwargs["args"], **task.args_kwargs["kwargs"])
        leases.finish(task, "story", None)
