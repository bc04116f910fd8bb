"""How much a workbook may hold before it is refused whole: what people keep lies far below."""

from dataclasses import dataclass

from heedful.intake import lines


@dataclass(frozen=True, slots=True)
class Limits:
    """Each is there so that no file can fill the memory or keep the processor for minutes."""

    packed_bytes: int = 100_000_000
    unpacked_bytes: int = 1_000_000_000
    # A sheet packs 5 to 60 times; far above that it is made to fill a memory.
    unpacking_ratio: int = 250
    ratio_looked_at_from: int = 50_000_000
    parts: int = 10_000
    sheets: int = 500
    rows: int = 200_000
    columns: int = 1_000
    cells: int = 6_000_000
    # All different texts of a workbook together: they have to be at hand while its cells are read.
    text_bytes: int = 120_000_000
    # Excel itself takes 32,767.
    characters_per_cell: int = 100_000
    # Comments, links and merged ranges of one sheet.
    marks: int = 100_000
    # Styles, and parts that one part points at.
    kinds: int = 100_000
    text_file_bytes: int = 1_500_000_000
    text: lines.Limits = lines.LIMITS


LIMITS = Limits()
