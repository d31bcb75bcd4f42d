"""Words for what the check shows: kinds of personal data, and hints as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.submissions.models import Channel, Hint

KINDS: dict[str, str | Promise] = {
    "name": gettext_lazy("Name of a person"),
    "email": gettext_lazy("E-mail address"),
    "phone": gettext_lazy("Telephone number"),
    "address": gettext_lazy("Postal address"),
    "identity": gettext_lazy("Identity number"),
    "birth": gettext_lazy("Date of birth"),
    "passport": gettext_lazy("Passport number"),
    "ip": gettext_lazy("Network address"),
    "other": gettext_lazy("Other personal detail"),
}
_HINTS: dict[str, str | Promise] = {
    "same_text": gettext_lazy("Same text"),
    "similar_text": gettext_lazy("Nearly the same text"),
    "same_file": gettext_lazy("Same file"),
    "same_sender": gettext_lazy("Same address"),
    "links_only": gettext_lazy("Links only"),
    "burst": gettext_lazy("Several at once"),
    "malware": gettext_lazy("Malware"),
}
_BESIDE: dict[str, str | Promise] = {
    "comments": gettext_lazy("Comments: %(number)s"),
    "changes": gettext_lazy("Tracked changes: %(number)s"),
    "hidden": gettext_lazy("Hidden parts: %(number)s"),
    "properties": gettext_lazy("Entries in its properties, such as the author: %(number)s"),
    "links": gettext_lazy("Addresses behind links: %(number)s"),
    "headers": gettext_lazy("Lines of an e-mail on sender, recipients and its way: %(number)s"),
    "inside": gettext_lazy("Files inside it: %(number)s"),
    "pictures": gettext_lazy("Pictures: %(number)s"),
    "form": gettext_lazy("It is a filled-in answer form."),
    "unread": gettext_lazy("It was not read, or not whole."),
}
_CHANNELS = dict(Channel.choices)


def hint_names(kinds: Iterable[str]) -> list[str]:
    """The kinds of hints in a few words, each once."""
    return [str(_HINTS.get(kind, kind)) for kind in dict.fromkeys(kinds)]


def beside_sentences(holds: Mapping[str, int]) -> list[str]:
    """What a file holds beside its text, a line for each kind."""
    return [str(_BESIDE[kind]) % {"number": holds[kind]} for kind in _BESIDE if kind in holds]


def hint_sentence(hint: Hint) -> str:
    """What was noticed, as a reason that an officer can check."""
    detail = hint.detail
    match hint.kind:
        case "same_text":
            text = _("A text of it stands in another submission too, letter by letter.")
        case "similar_text":
            share = round(100 * float(detail.get("share", 0)))
            text = _("A text of it agrees in %(share)s %% with one of another submission.") % {"share": share}
        case "same_file":
            text = _("A file of it came with another submission too, byte by byte.")
        case "same_sender":
            text = _("Another submission came from the same e-mail address.")
        case "links_only":
            text = _("Its texts hold links and hardly any other words: %(n)s links.") % {
                "n": detail.get("links", 0)
            }
        case "burst":
            text = _("The same text came from %(n)s addresses within a minute.") % {
                "n": detail.get("addresses", 0)
            }
        case "malware":
            text = _(
                "The virus scanner found %(name)s in a file. The file is kept, not read and not given out."
            )
            text %= {"name": detail.get("signature") or "?"}
        case _:
            text = hint.kind
    channels = [str(_CHANNELS.get(each, each)) for each in detail.get("channels", [])]
    if len(channels) > 1:
        across = _("They came through different channels: %(channels)s.") % {"channels": ", ".join(channels)}
        return f"{text} {across}"
    return str(text)
