"""Which texts were sent by several people: exact, edited and similar messages."""
