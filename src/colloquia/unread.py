"""The rest of a request that is refused: read and thrown away, so that the answer reaches its sender.

A web server that is given the answer before the request is over cuts the line, and a browser then shows
nothing but that the connection was reset.
"""

from __future__ import annotations

from django.http import HttpRequest, UnreadablePostError

MOST = 64 * 1024 * 1024
"""Bytes that are waited for; whoever sends more is cut off."""
_PIECE = 64 * 1024


def read_to_end(request: HttpRequest, most: int = MOST) -> int:
    """Read what is left of the request, at most so many bytes; gives their number."""
    read = 0
    try:
        while read < most and (piece := request.read(_PIECE)):
            read += len(piece)
    except UnreadablePostError:
        pass  # the visitor went away; nobody waits for the answer
    return read
