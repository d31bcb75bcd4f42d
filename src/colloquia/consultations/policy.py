"""The security policy under which a report is shown: its own styles by hash, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import re

_STYLE = re.compile(rb"<style\b[^>]*>(.*?)</style\s*>", re.DOTALL | re.IGNORECASE)


def policy_of(page: bytes) -> str:
    """The policy for a page of HTML.

    ``sandbox`` takes the page out of the site's origin, so that nothing in it, wherever it came
    from, can run or reach a visitor's session.
    """
    # A browser hashes the text of the element after line ends are normalised.
    texts = [block.replace(b"\r\n", b"\n").replace(b"\r", b"\n") for block in _STYLE.findall(page)]
    hashes = sorted({base64.b64encode(hashlib.sha256(text).digest()).decode() for text in texts})
    styles = " ".join(f"'sha256-{value}'" for value in hashes) or "'none'"
    return (
        "sandbox allow-popups allow-popups-to-escape-sandbox allow-downloads; default-src 'none'; "
        f"style-src {styles}; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
