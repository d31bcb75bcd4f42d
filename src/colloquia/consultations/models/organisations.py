"""What officers decided about names that may stand for one organisation."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colloquia.consultations.models.consultation import Consultation


class OrganisationVerdict(models.TextChoices):
    """What was decided about a set of names."""

    SAME = "same", _("the same organisation")
    DIFFERENT = "different", _("different organisations")
    PART = "part", _("a part of the other")
    SPLIT = "split", _("an organisation of its own")


class OrganisationDecision(models.Model):
    """Names that are, or are not, one organisation.

    ``keys`` are those of the analysis, which stay the same from run to run; ``names`` how each was shown when
    it was decided. ``name`` is how the organisation is shown from now on. ``number`` is its place among the
    decisions of the consultation and their undoing, ``undone_number`` that of its undoing. Undone decisions
    stay, with who undid them.
    """

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="organisation_decisions"
    )
    verdict = models.CharField(_("decision"), max_length=10, choices=OrganisationVerdict.choices)
    number = models.PositiveIntegerField(_("number"), default=0)
    keys = models.JSONField(_("names, folded"))
    names = models.JSONField(_("names, as shown"), default=list, blank=True)
    name = models.CharField(_("shown as"), max_length=300, blank=True)
    reasons = models.JSONField(_("reasons of the proposal"), default=list, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_number = models.PositiveIntegerField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("decision on an organisation")
        verbose_name_plural = _("decisions on organisations")
        ordering: ClassVar = ["consultation", "number", "pk"]

    def __str__(self) -> str:
        return self.name or ", ".join(self.names or self.keys)
