"""XML read in passing: one look at each element, nothing kept, no document type, no entity, no outside file."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from xml.parsers import expat

from heedful.intake.refusals import FileRefused
from heedful.intake.sheets.archive import soundness

Attributes = Mapping[str, str]
Start = Callable[[str, dict[str, str]], object]
End = Callable[[str], object]
Text = Callable[[str], object]

# One tag with its attributes. Text comes in pieces, so this does not limit it.
_LONGEST_TAG = 2_000_000


def passing(chunks: Iterable[bytes], part: str, start: Start, end: End | None = None,
            text: Text | None = None) -> Iterator[None]:  # fmt: skip
    """Feed a part to its handlers; hands over after every piece. Names come as `namespace name`."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartDoctypeDeclHandler = _refuse_declarations
    parser.StartElementHandler = start
    if end:
        parser.EndElementHandler = end
    if text:
        parser.CharacterDataHandler = text
    fed = 0
    with soundness(part):
        for chunk in chunks:
            parser.Parse(chunk)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > _LONGEST_TAG:
                raise FileRefused("workbook_damaged", part=part)
            yield
        parser.Parse(b"", True)
        yield


def whole(chunks: Iterable[bytes], part: str, start: Start, end: End | None = None, text: Text | None = None) -> None:
    """The same, from beginning to end at once."""
    for _ in passing(chunks, part, start, end, text):
        pass


def _refuse_declarations(*_: object) -> None:
    raise FileRefused("workbook_declares_entities")
