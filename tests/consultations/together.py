"""Acts of several people at one moment, each in a thread and a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def at_once(*acts: Callable[[threading.Barrier], Any]) -> list[Any]:
    """Each act in a thread of its own, all let go together; what each gave or raised."""
    barrier, came = threading.Barrier(len(acts), timeout=30), [None] * len(acts)

    def work(place: int, act: Callable[[threading.Barrier], Any]) -> None:
        try:
            came[place] = act(barrier)
        except Exception as error:  # noqa: BLE001 -- what was raised is what the test looks at
            came[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return came
