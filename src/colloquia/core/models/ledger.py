"""The ledger: entries that are added and never changed, and the salts that open them."""

from __future__ import annotations

import base64
from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from colloquia.engines.ledger import TreeHead


class LedgerIsAppendOnly(Exception):
    """Something tried to change or remove what stands in the ledger."""


def _refuse(*_arguments: Any, **_options: Any) -> NoReturn:
    raise LedgerIsAppendOnly(
        "What stands in the ledger is never changed; destroy the salt of an entry instead."
    )


class LedgerQuerySet(models.QuerySet[Any]):
    """Reads and adds, and nothing else."""

    update = delete = bulk_update = update_or_create = _refuse
    aupdate = adelete = abulk_update = aupdate_or_create = _refuse


class Permanent(models.Model):
    """A row that is added and never changed."""

    objects: ClassVar = LedgerQuerySet.as_manager()

    class Meta:
        abstract = True
        default_manager_name = "objects"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; one that exists is refused."""
        if not self._state.adding or kwargs.get("force_update"):
            _refuse()
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused."""
        _refuse()


class LedgerEntry(Permanent):
    """One entry. ``index`` counts from 0; ``at`` is UTC to the second as it stands in the entry; the hash
    is that of the leaf. The bytes of the entry follow from kind, time and commitment.
    """

    index = models.PositiveBigIntegerField(_("number"), primary_key=True)
    kind = models.CharField(_("act"), max_length=60)
    at = models.CharField(_("time"), max_length=20)
    commitment = models.CharField(_("commitment"), max_length=64)
    leaf_hash = models.BinaryField(_("hash of the leaf"), max_length=32)

    class Meta(Permanent.Meta):
        verbose_name = _("entry of the ledger")
        verbose_name_plural = _("ledger")
        ordering = ("index",)

    def __str__(self) -> str:
        return f"{self.index} {self.kind}"


class LedgerNode(Permanent):
    """The hash of a perfect subtree (``engines.ledger.tree``)."""

    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta(Permanent.Meta):
        verbose_name = _("node of the ledger")
        verbose_name_plural = _("nodes of the ledger")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["level", "index"], name="core_ledger_node"),
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class LedgerHead(Permanent):
    """A signed head. There is one for a size, so that the operator never signed two trees of one size."""

    size = models.PositiveBigIntegerField(_("entries"), primary_key=True)
    root = models.CharField(_("root"), max_length=64)
    at = models.CharField(_("time"), max_length=20)
    key = models.CharField(_("key"), max_length=16)
    signature = models.CharField(_("signature"), max_length=88)

    class Meta(Permanent.Meta):
        verbose_name = _("head of the ledger")
        verbose_name_plural = _("heads of the ledger")
        ordering = ("-size",)

    def __str__(self) -> str:
        return f"{self.size} {self.root[:12]}"

    def as_head(self) -> TreeHead:
        """As the engine knows it."""
        return TreeHead(self.size, self.root, self.at, self.key, self.signature)


class LedgerKey(Permanent):
    """A public key under which heads were signed, in base64."""

    key = models.CharField(_("key"), max_length=16, primary_key=True)
    public = models.CharField(_("public key"), max_length=44)
    first_used = models.CharField(_("first used"), max_length=20)

    class Meta(Permanent.Meta):
        verbose_name = _("key of the ledger")
        verbose_name_plural = _("keys of the ledger")

    def __str__(self) -> str:
        return self.key

    def public_bytes(self) -> bytes:
        """The 32 bytes. Raises ValueError where what is stored is no base64."""
        return base64.b64decode(self.public, validate=True)


class LedgerOpening(models.Model):
    """Salt and content that open the commitment of an entry. Destroyed with the data that they speak of."""

    entry = models.OneToOneField(
        LedgerEntry, on_delete=models.PROTECT, primary_key=True, related_name="opening"
    )
    salt = models.BinaryField(max_length=32)
    content = models.JSONField()
    about_type = models.CharField(max_length=100)
    about_id = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("opening of an entry")
        verbose_name_plural = _("openings of entries")
        indexes: ClassVar = [models.Index(fields=["about_type", "about_id"], name="core_ledger_about")]

    def __str__(self) -> str:
        return f"{self.about_type} {self.about_id}"


class LedgerSize(models.Model):
    """One row, which whoever appends locks: the number of entries."""

    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("size of the ledger")
        verbose_name_plural = _("size of the ledger")

    def __str__(self) -> str:
        return str(self.size)
