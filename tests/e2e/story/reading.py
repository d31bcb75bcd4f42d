"""A stranger, and the respondent afterwards: what the public reads, and what became of a submission."""

from __future__ import annotations

import io
import zipfile

from tests.e2e.story.people import Person
from tests.e2e.story.words import CANARY, TELEPHONE, Words


def after_publication(stranger: Person, slug: str, words: Words) -> list[str]:
    """The list, a submission, its text and the feed; what is sealed is nowhere. Addresses of submissions."""
    stranger.at(f"/calls/{slug}/submissions/")
    stranger.look("submissions")
    found = stranger.page.locator('main a[href^="/submissions/S-"]')
    addresses = list(dict.fromkeys(each.get_attribute("href") or "" for each in found.all()))
    assert len(addresses) == 2
    pages = [stranger.page.content()]
    for address in addresses:
        stranger.at(address)
        pages.append(stranger.page.content())
        if stranger.page.locator('main a[href$="/text/"]').count():
            assert words.public in stranger.text
            stranger.look("submission", check=True)
            stranger.follow("/text/")
            pages.append(stranger.page.content())
            assert stranger.page.locator("main .text").count() > 0
            stranger.look("text")
    lists = ("submissions.atom", "submissions.json", "submissions.csv")
    pages.extend(stranger.get(f"/calls/{slug}/{end}").text() for end in lists)
    packed = zipfile.ZipFile(io.BytesIO(stranger.get(f"/calls/{slug}/submissions.zip").body()))
    pages.extend(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    everything = "\n".join(pages)
    assert words.better in everything
    for sealed in (CANARY, TELEPHONE, words.reason, "Eve Example", "Max Example", "ada@example.org"):
        assert sealed not in everything, sealed
    return addresses


def at_the_end(stranger: Person, slug: str, words: Words) -> None:
    """Summary, outcomes, and the comparison with the passages that led to the change."""
    stranger.at(f"/consultations/{slug}/summary/")
    assert words.sentence in stranger.text
    stranger.look("summary")
    stranger.go(stranger.page.locator(f'nav a[href="/consultations/{slug}/outcomes/"]').first)
    assert words.why in stranger.text
    stranger.look("outcomes")
    stranger.go(stranger.page.locator(f'nav a[href="/consultations/{slug}/revision/"]').first)
    assert stranger.page.locator("article.change ins").count() > 0
    assert stranger.page.locator("article.change .led blockquote").count() > 0
    stranger.look("revision", check=True)


def what_became(respondent: Person, receipt: str, words: Words) -> None:
    """From the receipt to what became of the submission."""
    respondent.at(receipt)
    respondent.look("receipt-at-the-end")
    respondent.follow(f"{receipt}outcome/")
    assert words.why in respondent.text
    respondent.look("became", check=True)
