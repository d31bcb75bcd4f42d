"""The secretariat at the end: a summary that cites, outcomes, and the revised paper."""

from __future__ import annotations

from tests.e2e.story.people import Person
from tests.e2e.story.words import Words


def summarised(first: Person, second: Person, slug: str, words: Words) -> None:
    """One sentence: refused without a citation, then with one; reviewed by one, signed by the other."""
    first.go(first.page.locator(f'nav a[href="/consultations/{slug}/summary/edit/"]').first)
    first.press_in("act", "begin")
    block = first.page.locator('details.add:has(input[name="question_id"][value="XX-01.q1"])')
    block.locator("summary").click()
    block.locator("textarea").fill(words.sentence)
    first.go(block.locator("button"))
    first.press("act", "review")
    assert first.page.locator("article.sentence.faulty").count() == 1
    first.look("summary-faulty")
    assert first.page.locator('button[value="sign"]').count() == 0
    first.follow("/summary/cite/?run=1&language=" + first.stage.language + "&sentence=")
    first.go(first.page.locator("form.search button"))
    first.look("passages")
    first.follow("?passage=")
    words_quoted = first.page.locator('main [name="words"]')
    first.look("words")
    words_quoted.fill(words_quoted.input_value()[:30])
    first.submit()
    assert first.page.locator("article.sentence.faulty").count() == 0
    first.press("act", "review")
    first.look("summary-edit")
    second.at(first.page.url.removeprefix(first.stage.site))
    second.press("act", "sign")


def decided(first: Person, second: Person, slug: str, words: Words) -> None:
    """Outcomes of two themes, one reflected in a paragraph; proposed by one officer, published by another."""
    first.go(first.page.locator(f'nav a[href="/consultations/{slug}/outcomes/edit/"]').first)
    count = first.page.locator("ul.outcomes a[href*='/outcomes/edit/']").count()
    assert count > 1
    for place in range(2):
        label = first.page.locator("ul.outcomes label bdi[dir=auto]").nth(place).inner_text()
        first.go(first.page.locator("ul.outcomes a[href*='/outcomes/edit/']").nth(place))
        assert label in first.page.locator("h1").inner_text()
        reflected = place == 0
        first.choose("term", "reflected" if reflected else "noted")
        if reflected:
            first.fill("paragraph", "8")
        first.fill(f"reason_{first.stage.language}", words.why)
        first.look("outcome-edit")
        first.submit()
    first.press("act", "propose")
    first.look("outcomes-edit")
    assert first.page.locator('button[value="publish"]').count() == 0
    second.at(f"/consultations/{slug}/outcomes/edit/")
    second.press("act", "publish")


def revised(first: Person, second: Person, slug: str, words: Words) -> None:
    """One question is reworded, citing the outcome; reviewed by one officer, published by another."""
    first.go(first.page.locator(f'nav a[href="/consultations/{slug}/revision/edit/"]').first)
    first.fill("key", "revised")
    for code in ("en", "ar"):
        first.fill(f"title_{code}", words.title)
    first.submit()
    first.follow("change/?question=XX-01.q1")
    first.choose("kind", "reword")
    first.fill(f"text_{first.stage.language}", words.reworded)
    first.fill(f"reason_{first.stage.language}", words.why)
    first.page.locator('main input[name="outcomes"]').first.check()
    first.look("change")
    first.submit()
    first.press("act", "review")
    first.look("revision-edit")
    second.at(first.path)
    second.press("act", "publish")
