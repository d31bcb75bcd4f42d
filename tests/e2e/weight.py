"""How much a page sends over the line, with everything that it loads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MOST_BYTES = 60 * 1024


def weight(browser: Browser, address: str, **options: Any) -> int:
    """Bytes received for a page and all its files, as compressed, by a browser that has nothing of it yet.

    ``options`` go to the browser's context, for instance ``storage_state`` of a person who is signed in.
    A page that loads no style sheet is refused, since something of it would be missing.
    """
    context = browser.new_context(**options)
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        received: list[float] = []
        kinds: list[str] = []
        session.on("Network.responseReceived", lambda event: kinds.append(event["type"]))
        session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        page.goto(address, wait_until="networkidle")
        if "Stylesheet" not in kinds:
            raise AssertionError(f"{address} loaded no style sheet, so this is not its whole weight.")
        return round(sum(received))
    finally:
        context.close()
