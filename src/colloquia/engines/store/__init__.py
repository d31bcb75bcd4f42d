"""An analysis on disk: Parquet tables of a stable schema, JSON, and the manifest."""

from colloquia.engines.store.manifest import write_manifest
from colloquia.engines.store.prior import next_prior, prior_of_run, read_prior, write_prior
from colloquia.engines.store.summary import write_summary
from colloquia.engines.store.tables import SCHEMAS, write_tables
from colloquia.engines.store.vectors import read_vectors, write_vectors

__all__ = [
    "SCHEMAS",
    "next_prior",
    "prior_of_run",
    "read_prior",
    "read_vectors",
    "write_manifest",
    "write_prior",
    "write_summary",
    "write_tables",
    "write_vectors",
]
