"""Themes: found across languages, named, and given a stability."""
