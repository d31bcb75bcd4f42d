"""Every rule over one text, and which of overlapping findings stands."""

from __future__ import annotations

from colloquia.engines.personal_data.mail import mail_addresses
from colloquia.engines.personal_data.records import Finding


def find(text: str, language: str = "") -> list[Finding]:  # noqa: ARG001
    """What in a text looks like personal data, in order and without overlaps.

    Args:
        text: any text; the time is linear in its length.
        language: the text's, ``fr`` or ``zh-hans``; blank or another one leaves out rules that need words.
    """
    return sorted(mail_addresses(text))
