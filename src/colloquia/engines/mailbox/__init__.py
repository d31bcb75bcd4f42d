"""Mailbox files and single messages to letters: sender, dates, text and the files that came along.

``spans(path)`` finds the messages of a file, ``message_at`` gives the bytes of one, ``read`` what they say.
"""

from colloquia.engines.mailbox.reading import read
from colloquia.engines.mailbox.records import Letter, Part, Span, Trouble
from colloquia.engines.mailbox.splitting import content_key, is_mailbox, message_at, spans

__all__ = [
    "Letter",
    "Part",
    "Span",
    "Trouble",
    "content_key",
    "is_mailbox",
    "message_at",
    "read",
    "spans",
]
