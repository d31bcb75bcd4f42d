"""Benchmarks beside peers, each printing a table."""
