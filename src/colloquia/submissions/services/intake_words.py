"""What is said to officers about items of an import, in their language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from colloquia.engines.mailbox import Trouble as MailTrouble


def left_behind() -> str:
    """Why a file such as Thumbs.db is left out."""
    return _("was left there by a system or a word processor, not written by anybody, and was left out.")


def received_by(source: str) -> str:
    """Where the time at which something was received was taken from."""
    return {
        "server": _("by the mail server"),
        "sender": _("by the sender’s own date"),
        "mailbox": _("by the mailbox"),
        "default": _("as given for the import"),
    }.get(source, _("as it states"))


def automatic(kind: str) -> str:
    """Why a message that no person wrote is left out."""
    return {
        "reply": _("is an automatic reply, so it was left out. Enter it by hand if it is a submission."),
        "report": _("is a report of a mail server and was left out. Enter it by hand if it is a submission."),
        "folder": _("is no message but a note of the mail program, so it was left out."),
    }[kind]


def mail(trouble: MailTrouble) -> str:
    """What the reading of a message found, as a sentence."""
    detail = {"detail": trouble.detail}
    match trouble.kind:
        case "charset":
            return (
                _("holds characters that do not fit its encoding (read as %(detail)s). Check the text.")
                % detail
            )
        case "deep":
            return _("is nested more deeply than can be read. Its original is kept whole; look at it.")
        case "dropped":
            return (
                _("brings more than can be taken out of it; %(detail)s files stay in the original.") % detail
            )
        case "encrypted":
            return _("is encrypted. Its original is kept; ask the sender for a copy that can be read.")
        case "tnef":
            return (
                _(
                    "brings “%(detail)s”, in which Outlook hides text and files. It is kept unread; "
                    "ask the sender to write as plain text or HTML."
                )
                % detail
            )
        case "pictures":
            return _("shows pictures within its text (%(detail)s); they stay in the original.") % detail
        case "long_html":
            return _("has a page so long that it was not read; it is kept as a file.")
        case "broken":
            return _("is not well formed (%(detail)s). Compare the text with the original.") % detail
        case "no_sender":
            return _("names no sender.")
        case _:
            return _("does not say when it was sent.")
