"""Loading what the first page of patterns needs while nobody waits for it: seconds of imports, once a process."""

import threading

from heedful.foundation.ui import charts


def start() -> None:
    """In the background, so that the first page of all is not held up either."""
    threading.Thread(target=load, name="warm", daemon=True).start()


def load() -> None:
    from heedful.loop.measures.definitions import compiled  # noqa: PLC0415  (this import is the point)

    compiled("monthly", "")
    charts.load_library()
