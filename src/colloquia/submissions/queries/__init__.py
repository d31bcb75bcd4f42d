"""Every reused read of the room."""
