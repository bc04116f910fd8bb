"""Judged rows of a dry run, kept aside until the file is read: in memory while few, then in a nameless file."""

import pickle
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO

from heedful.intake.candidates import Candidate
from heedful.intake.refusals import FileRefused

IN_MEMORY = 1_000_000
TOGETHER = 250


class Spool:
    """Takes candidates one by one and gives them back in their order, as often as asked.

    Nobody else can open it and it is gone with the process: it holds people's words.
    """

    def __init__(self) -> None:
        # Closed with the spool itself.
        self._file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self._waiting: list[Candidate] = []

    def add(self, candidate: Candidate) -> None:
        self._waiting.append(candidate)
        if len(self._waiting) >= TOGETHER:
            self._put_away()

    def rest(self) -> None:
        """Nobody waits for it."""

    def __iter__(self) -> Iterator[Candidate]:
        if self._waiting:
            self._put_away()
        self._file.seek(0)
        while True:
            try:
                # Our own nameless file, written by `_put_away` in this process.
                rows: list[Candidate] = pickle.load(self._file)  # noqa: S301
            except EOFError:
                return
            yield from rows

    def _put_away(self) -> None:
        try:
            pickle.dump(self._waiting, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise FileRefused("no_room_for_reading") from error
        self._waiting = []
