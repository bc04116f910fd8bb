"""XML read in passing: one look at each element, nothing kept, no document type, no entity, no outside file."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from xml.parsers import expat

from heedful.intake.refusals import FileRefused
from heedful.intake.sheets.archive import soundness

Attributes = Mapping[str, str]
Start = Callable[[str, dict[str, str]], object]
End = Callable[[str], object]
Text = Callable[[str], object]
Depth = Callable[[], int]

# One tag with its attributes. Text comes in pieces, so this does not limit it.
_LONGEST_TAG = 500_000
# Elements inside each other, and different names of elements and attributes: the parser keeps them all.
_DEEPEST, _MOST_NAMES = 1_000, 20_000


class Reader:
    """Hears the elements of one part. Names come as `namespace name`.

    `depth` is for handlers that count for themselves how deep they are, because they are called millions of times.
    """

    def __init__(
        self, start: Start, end: End | None = None, text: Text | None = None, depth: Depth | None = None
    ) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.buffer_size = 1 << 16
        self._parser.StartDoctypeDeclHandler = _refuse_declarations
        self._parser.StartNamespaceDeclHandler = self._space
        counted = _Counted(start, end)
        self._parser.StartElementHandler = start if depth else counted.start
        self._parser.EndElementHandler = end if depth else counted.end
        self._parser.CharacterDataHandler = text
        self._depth = depth or counted.how_deep
        # Each prefix and what it stands for.
        self.spaces: dict[str, str] = {}

    @property
    def place(self) -> int:
        """Where in the part the element begins that is being heard."""
        return self._parser.CurrentByteIndex

    def passing(self, chunks: Iterable[bytes], part: str, *, to_the_end: bool = True) -> Iterator[None]:
        """Feed it; hands over after every piece."""
        fed = 0
        with soundness(part):
            for chunk in chunks:
                self._parser.Parse(chunk)
                fed += len(chunk)
                if (
                    fed - self.place > _LONGEST_TAG
                    or self._depth() > _DEEPEST
                    or len(self._parser.intern) > _MOST_NAMES
                ):
                    raise FileRefused("workbook_damaged", part=part)
                yield
            if to_the_end:
                self._parser.Parse(b"", True)
                yield

    def _space(self, prefix: str | None, name: str | None) -> None:
        self.spaces[prefix or ""] = name or ""
        if len(self.spaces) > _DEEPEST:
            raise ValueError(prefix)


def passing(chunks: Iterable[bytes], part: str, start: Start, end: End | None = None, text: Text | None = None,
            depth: Depth | None = None) -> Iterator[None]:  # fmt: skip
    """Feed a whole part to its handlers; hands over after every piece."""
    return Reader(start, end, text, depth).passing(chunks, part)


def whole(chunks: Iterable[bytes], part: str, start: Start, end: End | None = None, text: Text | None = None) -> None:
    """The same, from beginning to end at once."""
    for _ in passing(chunks, part, start, end, text):
        pass


class _Counted:
    """Handlers that count how deep they are."""

    def __init__(self, start: Start, end: End | None) -> None:
        self._start, self._end, self._depth = start, end, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._start(name, attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        if self._end:
            self._end(name)

    def how_deep(self) -> int:
        return self._depth


def _refuse_declarations(*_: object) -> None:
    raise FileRefused("workbook_declares_entities")
