"""Who did what, when, and what changed. Entries are added; nothing but redaction alters one."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AppendOnly(Exception):
    """Something tried to change or remove an entry of the audit."""


def _refuse(*_arguments: Any, **_options: Any) -> NoReturn:
    raise AppendOnly("Entries of the audit are added and never changed; to hide values, redact them.")


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Reads and adds, and nothing else."""

    update = delete = bulk_update = update_or_create = _refuse
    aupdate = adelete = abulk_update = aupdate_or_create = _refuse


class AuditEntry(models.Model):
    """One act. ``changes`` maps a field to its readable values before and after."""

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    actor_label = models.CharField(_("acting as"), max_length=200, blank=True)
    verb = models.CharField(_("act"), max_length=100)
    object_type = models.CharField(_("kind of object"), max_length=100)
    object_id = models.CharField(_("object"), max_length=100)
    object_label = models.CharField(_("name of the object"), max_length=300, blank=True)
    changes = models.JSONField(_("changes"), default=dict)
    note = models.TextField(_("note"), blank=True)

    objects: ClassVar = AuditQuerySet.as_manager()
    for_redaction: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("entry of the audit")
        verbose_name_plural = _("audit")
        ordering = ("-at", "-pk")
        default_manager_name = "objects"
        indexes: ClassVar = [models.Index(fields=["object_type", "object_id"], name="core_audit_object")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.object_label or self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; an entry that exists is refused."""
        if not self._state.adding or kwargs.get("force_update"):
            _refuse()
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused."""
        _refuse()
