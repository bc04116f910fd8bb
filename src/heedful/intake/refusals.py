"""A whole file or map that cannot be used: a code with its facts; `wording.py` says it in words."""


class Refused(Exception):
    """Nothing was imported. `code` names the reason, `facts` fill the sentence."""

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts


class FileRefused(Refused):
    """The file cannot be read as a table."""


class MapRefused(Refused):
    """The map is wrong in itself, or is a map for another file."""
