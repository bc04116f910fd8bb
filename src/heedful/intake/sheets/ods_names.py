"""Names in OpenDocument files, as the parser gives them: namespace and name with a blank between."""

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
OFFICE, TABLE, TEXT, STYLE = (f"{_OASIS}:{part}:1.0" for part in ("office", "table", "text", "style"))
FO = f"{_OASIS}:xsl-fo-compatible:1.0"
DRAW = f"{_OASIS}:drawing:1.0"
MANIFEST = f"{_OASIS}:manifest:1.0"
EXT = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
LINK = "http://www.w3.org/1999/xlink href"
