"""The read-only interface for programs: the same that the public pages show, under the same rules."""
