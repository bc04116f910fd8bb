"""Names in OpenDocument files, as the parser gives them: namespace and name with a blank between."""

from collections.abc import Mapping

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE, TABLE, TEXT, STYLE = (f"{_OASIS}:{part}:1.0" for part in ("office", "table", "text", "style"))
FO = f"{_OASIS}:xsl-fo-compatible:1.0"
DRAW = f"{_OASIS}:drawing:1.0"
MANIFEST = f"{_OASIS}:manifest:1.0"
LINK = "http://www.w3.org/1999/xlink href"

CELLS = ("table-cell", "covered-table-cell")
TABLES = {f"{TABLE} {name}": name for name in ("table", "table-column", "table-row", *CELLS, "shapes")}
NAME, STYLE_NAME, DEFAULT_STYLE = (f"{TABLE} {name}" for name in ("name", "style-name", "default-cell-style-name"))
REPEATED_COLUMNS, REPEATED_ROWS = (f"{TABLE} number-{what}-repeated" for what in ("columns", "rows"))
SPANNED_COLUMNS, SPANNED_ROWS = (f"{TABLE} number-{what}-spanned" for what in ("columns", "rows"))
VISIBILITY, FORMULA, VALUE_TYPE = f"{TABLE} visibility", f"{TABLE} formula", f"{OFFICE} value-type"
WHY_HIDDEN = {"filter": "filter", "collapse": "hand"}


def count(attributes: Mapping[str, str], name: str) -> int:
    """How often it is repeated, or how far it reaches: once where nothing is said."""
    return max(int(attributes[name]), 1) if name in attributes else 1
