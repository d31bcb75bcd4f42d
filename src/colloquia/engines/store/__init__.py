"""An analysis on disk: Parquet tables of a stable schema, JSON, and the manifest."""

from colloquia.engines.store.manifest import write_manifest
from colloquia.engines.store.summary import write_summary
from colloquia.engines.store.tables import SCHEMAS, write_tables

__all__ = ["SCHEMAS", "write_manifest", "write_summary", "write_tables"]
