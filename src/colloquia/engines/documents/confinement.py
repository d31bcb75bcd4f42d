"""What a child process may not do: bounds by the kernel, and a guard inside Python."""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from typing import Any

from colloquia.engines.documents.limits import Limits

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_NO_NEW_PRIVILEGES = 38
_FORBIDDEN = (
    "socket.", "ftplib.", "http.client.", "urllib.", "smtplib.", "webbrowser.", "os.system", "os.exec",
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.symlink", "os.link", "os.chmod", "os.chown",
    "os.truncate", "shutil.",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine(limits: Limits) -> None:
    """Bound memory, files and privileges of this process, and cut it off from the network.

    The kernel's bounds hold for libraries too. A network of its own is asked for and
    does without where the system refuses; Python code is held back by an audit hook.
    """
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        library = ctypes.CDLL(None, use_errno=True)
        library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        # Where the network alone may be left, the right to read others' files is kept.
        if library.unshare(_NEW_NETWORK) != 0:
            library.unshare(_NEW_USER | _NEW_NETWORK)
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"not allowed while reading a document: {event}")
    if event != "open" or len(arguments) != 3 or not isinstance(arguments[2], int):
        return
    # A number is a descriptor that is open already, a pipe to Tesseract for instance.
    if arguments[2] & _WRITING and not isinstance(arguments[0], int) and arguments[0] != os.devnull:
        raise PermissionError("not allowed while reading a document: writing")
