"""The forms of the room: what officers send, checked before anything is done."""
