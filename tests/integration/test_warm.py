"""What the first page of patterns would have to load is loaded before."""

import sys
import time

from heedful.config import warm


def test_after_warming_up_the_measures_are_compiled_and_the_chart_library_is_there() -> None:
    warm.load()
    assert "vl_convert" in sys.modules
    from heedful.loop.measures.definitions import compiled

    start = time.process_time()
    text, columns = compiled("monthly", "")
    assert time.process_time() - start < 0.05, "compiled anew instead of remembered"
    assert "measured_events" in text
    assert columns
