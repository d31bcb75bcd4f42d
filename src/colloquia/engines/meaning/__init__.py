"""Meaning: texts to vectors, the same for any number of processes."""

from colloquia.engines.meaning.encoders import ENCODERS, Encoder, load_encoder

__all__ = ["ENCODERS", "Encoder", "load_encoder"]
