"""Every write of the room."""

from __future__ import annotations

from colloquia.issues.services.starter import StarterError, load_starter

__all__ = ["StarterError", "load_starter"]
