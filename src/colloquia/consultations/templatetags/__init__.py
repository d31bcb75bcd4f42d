"""What the pages of the room are made of, besides Django's own."""
