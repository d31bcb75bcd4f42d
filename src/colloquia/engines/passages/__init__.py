"""Passages: texts cut into paragraph- or claim-sized pieces, in any script, nothing lost."""

from colloquia.engines.passages.split import split, split_document

__all__ = ["split", "split_document"]
