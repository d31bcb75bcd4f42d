"""Colloquia: an international policy conversation and its public record."""

__version__ = "0.1.0"
