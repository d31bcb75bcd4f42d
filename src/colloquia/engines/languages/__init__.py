"""Languages: their names, scripts, and which one a passage is in."""
