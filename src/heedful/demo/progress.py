"""How far the load has come, on the terminal: one line that fills on a screen, a few lines in a log."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

WIDTH = 30


@contextmanager
def shown(echo: Callable[..., None]) -> Iterator[Callable[[float, str], None]]:
    """A progress function, and at the end how long it took."""
    line = Line(echo, live=sys.stdout.isatty())
    started = time.monotonic()
    yield line
    if line.begun:
        line.end(f"  loaded in {time.monotonic() - started:.0f} s")


class Line:
    """Says something new only when there is something new to say."""

    def __init__(self, echo: Callable[..., None], *, live: bool) -> None:
        self.echo, self.live, self.said, self.begun = echo, live, "", False

    def __call__(self, part: float, what: str) -> None:
        self.begun = True
        step = int(part * WIDTH) if self.live else int(part * 5) * WIDTH // 5
        text = f"  {'#' * step}{'.' * (WIDTH - step)} {int(part * 100) if self.live else step * 100 // WIDTH:3d} %"
        if text == self.said:
            return
        self.said = text
        # The rest of an older, longer line is written over.
        self.echo(f"\r{text}  {what:<28}" if self.live else text, nl=not self.live)

    def end(self, text: str) -> None:
        if self.live:
            self.echo("")
        self.echo(text)
