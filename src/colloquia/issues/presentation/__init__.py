"""How the room's records are put into words, pages, tables and JSON."""
