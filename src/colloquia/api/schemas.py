"""What the interface answers, as records that its description is made from."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema


class Refusal(Schema):
    """Why there is no answer, in a sentence that repeats nothing of what was asked."""

    ok: bool = False
    error: str
    errors: list[str] = Field(default_factory=list)
    status: int


class CallOut(Schema):
    """A call for submissions. Titles are by language code; ``state`` is announced, open or closed."""

    slug: str
    url: str
    titles: dict[str, str]
    languages: list[str]
    opens_at: datetime
    closes_at: datetime
    time_zone: str
    state: str
    questions: list[str]


class CountsOut(Schema):
    """Totals of a call; null where a part is too small to be told by itself."""

    received: int
    published: int
    not_published: int
    being_checked: int | None
    confidential: int | None
    withheld: int | None


class CallDetail(CallOut):
    """A call with its totals."""

    counts: CountsOut


class Respondent(Schema):
    """Who sent it, as far as that is public. ``territory`` is a code of the naming profile."""

    kind: str
    anonymous: bool
    name: str | None
    organisation: str | None
    on_behalf_of: str | None
    territory: str | None
    stakeholder: str | None
    parties: list[dict[str, Any]]


class SubmissionOut(Schema):
    """A public submission without its parts."""

    id: str
    url: str
    version: int
    respondent: Respondent
    language: str | None
    channel: str
    received_on: date
    is_late: bool
    parts_not_published: int
    redactions: int
    published_at: datetime
    changed_at: datetime


class FileOut(Schema):
    """A file as it is given out."""

    url: str
    media_type: str
    size: int
    sha256: str


class PartOut(Schema):
    """A public answer or file. ``text`` is null where there is none, or ``text_left_out`` says why."""

    submission: str
    position: int
    question: str | None
    title: str | None
    is_file: bool
    language: str | None
    redacted: bool
    public_version: bool
    rights_statement: str | None
    mining_reserved: bool
    file: FileOut | None
    text_url: str | None
    text_sha256: str | None
    text: str | None = None
    text_left_out: str | None = None


class SubmissionDetail(SubmissionOut):
    """A public submission with its parts."""

    call: str
    parts: list[PartOut]


class Page(Schema):
    """Where in a list an answer stands. ``next`` is the address of what follows, null at the end."""

    ok: bool = True
    count: int
    page: int
    pages: int
    next: str | None


class CallPage(Page):
    """Calls, latest first."""

    calls: list[CallOut]


class SubmissionPage(Page):
    """Public submissions in the order of receipt."""

    submissions: list[SubmissionOut]


class PartPage(Page):
    """Public parts in the order of submissions."""

    parts: list[PartOut]


class HeadOut(Schema):
    """A signed head of the ledger. ``signature`` is over the canonical JSON of the other members."""

    size: int
    root: str
    at: str
    key: str
    signature: str
    public_key: str
