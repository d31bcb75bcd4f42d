"""Those who answer: an organisation with clearance and a file, a state with the Word form, two persons."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document

from colloquia.receipt_check import Given, check
from tests.e2e.story.people import Person, Stage, told, work
from tests.e2e.story.words import Words
from tests.engines.answer_forms.conftest import fill, saved, tick

_DRAFT = r"/drafts/[^/\s]+/"
_RECEIPT = r"/receipts/[^/\s]+/"
_TYPED: dict[str, Any] = {
    "mimeType": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
}


def begun(stage: Stage, slug: str, email: str) -> Person:
    """Somebody who found the call and began with an e-mail address, and opened the link of the message."""
    person = stage.person()
    person.follow(f"/calls/{slug}/")
    person.look("call", check=email.startswith("ada"))
    person.follow(f"/calls/{slug}/answer/")
    person.fill("email", email)
    person.look("begin")
    person.submit()
    work()
    person.at(told(email, _DRAFT + r"(?=\s)"))
    return person


def who(person: Person, kind: str, name: str, *, organisation: str = "", wish: str = "named") -> None:
    """Say who answers."""
    person.choose("kind", kind)
    person.fill("name", name)
    person.fill("organisation", organisation)
    person.choose("territory", "CH" if kind != "state" else "KE")
    person.tick("publication", wish)


def organisation(stage: Stage, slug: str, words: Words, folder: Path) -> str:
    """Two answers, one of them confidential with a public version; a file; cleared, sent, confirmed."""
    person = begun(stage, slug, "ada@example.org")
    who(person, "organisation", "Ada Example", organisation="Example Publishers")
    person.fill("answers.XX-01.q1.text", words.first)
    person.fill("answers.XX-01.q2.text", words.secret)
    person.choose("answers.XX-01.q2.secrecy", "confidential")
    person.fill("answers.XX-01.q2.secrecy_reason", words.reason)
    person.fill("answers.XX-01.q2.public_text", words.public)
    person.look("draft")
    person.press("do", "files")
    file: Any = {"name": "annex.txt", "mimeType": "text/plain", "buffer": words.file.encode()}
    person.page.locator("#file").set_input_files(file)
    person.page.locator("#upload button").click()
    person.page.locator("section.file").wait_for()
    person.page.locator('section.file input[name$=".title"]').fill(words.title)
    person.look("files")
    person.press("do", "review")
    person.look("review", check=True)
    person.follow("/clearance/")
    cleared(person, words)
    person.follow(r"/drafts/")
    person.go(person.page.locator('nav a[href$="/review/"]'))
    return sent(person, "ada@example.org", folder, words.file)


def cleared(person: Person, words: Words) -> None:
    """A colleague opens the private link, comments and approves; the author reads it."""
    person.fill("note", "Desk")
    person.press_in("act", "make")
    address = person.page.locator("input[readonly]").input_value()
    own = person.path
    colleague = person.stage.person()
    colleague.at("/clearance/" + address.partition("/clearance/")[2])
    colleague.fill("name", "Bo")
    colleague.fill("text", words.remark)
    colleague.press("act", "comment")
    assert words.remark in colleague.text
    colleague.fill("name", "Bo")
    colleague.press("act", "approve")
    assert colleague.page.locator("#approvals ~ ul .badge.sure").count() == 1
    colleague.look("clearance", check=True)
    colleague.page.close()
    person.at(own)
    assert words.remark in person.text
    person.look("clearance-links")


def sent(person: Person, email: str, folder: Path, file: str = "") -> str:
    """Sent, confirmed and verified with nothing but files; the address of the receipt."""
    person.page.locator("#send-form button").click()
    person.page.wait_for_url("**/receipts/**")
    receipt = person.path
    work()
    person.at(told(email, _RECEIPT + r"confirm/[^\s]*"))
    person.submit()
    assert person.path in (receipt, f"{receipt}confirm/")
    person.at(receipt)
    assert person.page.locator(".notice.caution a[href*=confirm]").count() == 0
    verified(person, receipt, folder, file)
    work()
    return receipt


def verified(person: Person, receipt: str, folder: Path, file: str = "") -> None:
    """What the page gives away proves the receipt, as ``colloquia verify --receipt`` reads it."""
    given = {"receipt": "receipt.json", "document": "document.json"}
    places = {}
    for name, end in given.items():
        address = person.link(f"{receipt}{end}").get_attribute("href") or ""
        places[name] = folder / end
        places[name].write_bytes(person.get(address).body())
    key, annex = folder / "key.json", folder / "annex.txt"
    key.write_bytes(person.get("/ledger/key.json").body())
    annex.write_text(file, encoding="utf-8")
    sentences = list(check(Given(key=key, files=[annex] if file else [], **places)))
    assert len(sentences) >= (4 if file else 3), sentences


def state(stage: Stage, slug: str, words: Words, folder: Path) -> str:
    """A state downloads the form, fills it in with Word, gives it back, and later replaces what it sent."""
    email = "mission@state.example"
    person = begun(stage, slug, email)
    person.go(person.page.locator('nav a[href$="/form/"]'))
    address = person.link("form.docx").get_attribute("href") or ""
    document = Document(BytesIO(person.get(address).body()))
    tick(document, "R1.1")
    tick(document, "R8.1")
    fill(document, "R5", "كينيا" if stage.language == "ar" else "Kenya")
    fill(document, "XX-01.q1", words.state_first)
    fill(document, "XX-01.q2", words.state_second)
    form: Any = {"name": "a.docx", "buffer": saved(document), **_TYPED}
    person.page.locator("#file").set_input_files(form)
    person.submit()
    assert words.state_first in person.text
    person.look("form-read", check=True)
    person.submit()
    person.go(person.page.locator('nav a[href$="/review/"]'))
    receipt = sent(person, email, folder)
    person.follow(f"{receipt}replace/")
    person.submit()
    person.fill("answers.XX-01.q1.text", f"{words.better} {words.state_first}")
    person.press("do", "review")
    person.page.locator("#send-form button").click()
    person.page.wait_for_url("**/receipts/**")
    assert person.page.locator("article.version").count() == 2
    person.look("receipt-replaced")
    work()
    return receipt


def confidential(stage: Stage, slug: str, words: Words, folder: Path) -> str:
    """A person whose whole submission is confidential."""
    person = begun(stage, slug, "eve@example.net")
    who(person, "person", "Eve Example", wish="confidential")
    person.fill("answers.XX-01.q1.text", words.person)
    person.press("do", "review")
    return sent(person, "eve@example.net", folder)


def withdrawn(stage: Stage, slug: str, words: Words, folder: Path) -> str:
    """A person who takes everything back."""
    person = begun(stage, slug, "max@example.net")
    who(person, "person", "Max Example")
    person.fill("answers.XX-01.q1.text", words.second)
    person.press("do", "review")
    receipt = sent(person, "max@example.net", folder)
    person.follow(f"{receipt}withdraw/")
    person.submit()
    assert person.path == receipt
    assert person.page.locator('main a[href*="/withdraw/"]').count() == 0
    work()
    return receipt
