"""A translation service in words: where it is, how far it has come, what a person should look at."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colloquia.consultations.endpoint import Endpoint, describe
from colloquia.consultations.models import TranslationRequest
from colloquia.consultations.models.translations import ServiceState
from colloquia.core.components import Progress
from colloquia.core.tables import Words

_HERE = {"localhost", "127.0.0.1", "::1"}
_REASONS: dict[str, Words] = {
    "unknown": gettext_lazy("There is no such passage in the run."),
    "held": gettext_lazy("Passed over: there is a translation already."),
    "length": gettext_lazy("Too long or too short beside the original. Translate it by hand."),
    "unreadable": gettext_lazy("The service's answer could not be read. Ask again, or translate by hand."),
    "declined": gettext_lazy("The service gave no translation. Translate it by hand."),
    "markup": gettext_lazy(
        "The answer held addresses or tags that the original does not. Translate by hand."
    ),
    "characters": gettext_lazy("The answer held signs that no text needs. Translate it by hand."),
    "language": gettext_lazy("The answer was in another script than was asked for. Translate it by hand."),
    "not translated": gettext_lazy("The answer repeated the original. Translate it by hand."),
    "copy": gettext_lazy("The answer repeated the original. Translate it by hand."),
}
MOST_REMARKS = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with how far it has come, and what a person should look at."""

    row: TranslationRequest
    progress: Progress
    remarks: list[tuple[str, str]]
    more: int

    @property
    def is_open(self) -> bool:
        """Whether it may still go on by itself."""
        return self.row.state in (ServiceState.WAITING, ServiceState.RUNNING)

    @property
    def can_resume(self) -> bool:
        """Whether an officer may go on with it."""
        return self.row.state in (ServiceState.STOPPED, ServiceState.FAILED)


def host_of(endpoint: Endpoint) -> str:
    """The host to which texts are sent, with its port where one is named."""
    return urlsplit(endpoint.url).netloc


def is_here(endpoint: Endpoint) -> bool:
    """Whether the service runs on this machine, so that texts do not leave it."""
    return urlsplit(endpoint.url).hostname in _HERE


def asked(row: TranslationRequest, url: str) -> Asked:
    """A request for a page; ``url`` leads to the page itself."""
    total = len(row.passages)
    remarks = [(name, _remark(row.remarks[name])) for name in row.passages if row.remarks.get(name)]
    progress = Progress(
        label=_("Machine translation"),
        state=row.state,  # type: ignore[arg-type]  # the states bear the same names
        done=row.done,
        total=total,
        rate=_rate(row),
        message=problem_of(row),
        url=url if row.state in (ServiceState.WAITING, ServiceState.RUNNING) else "",
    )
    return Asked(row, progress, remarks[:MOST_REMARKS], max(0, len(remarks) - MOST_REMARKS))


def problem_of(row: TranslationRequest) -> str:
    """Why it failed, in the language of the page; "" where it did not."""
    code = str(row.problem.get("code", ""))
    if not code:
        return ""
    if code == "off":
        return _("The translation service was switched off. Set it up again, then go on.")
    return describe(code, row.problem.get("details", {}))


def _rate(row: TranslationRequest) -> float | None:
    if row.state != ServiceState.DONE or not row.begun_at or not row.ended_at or not row.done:
        return None
    seconds = (row.ended_at - row.begun_at).total_seconds()
    return row.done / seconds if seconds >= 1 else None


def _remark(remark: dict[str, object]) -> str:
    if "reason" in remark:
        return str(_REASONS.get(str(remark["reason"]), remark["reason"]))
    words = []
    for name, sentence in (
        ("missing", _("Numbers of the original that the translation lacks: %(numbers)s.")),
        ("added", _("Numbers in the translation that the original lacks: %(numbers)s.")),
    ):
        numbers = remark.get(name)
        if isinstance(numbers, list) and numbers:
            words.append(sentence % {"numbers": ", ".join(map(str, numbers))})
    return " ".join(words)
