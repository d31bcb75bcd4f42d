"""Turns what the queries give into what a page, its tables and its JSON show."""
