"""The text of a map as plain strings and lists: no type guessing (`no` stays “no”), no repeated key, no alias."""

from pathlib import Path

import yaml

from heedful.intake.refusals import MapRefused

LARGEST = 1_000_000


def parsed(path: Path) -> object:
    """The map file as nested dicts, lists and strings."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise MapRefused("map_unreadable", path=str(path)) from error
    if len(raw) > LARGEST:
        raise MapRefused("map_too_large", path=path.name, limit=LARGEST)
    try:
        text = raw.decode("utf-8-sig")
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.BaseLoader)):
            raise MapRefused("map_has_alias", path=path.name)
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except (UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        if mark is not None:
            raise MapRefused("map_no_yaml_line", path=path.name, line=mark.line + 1, why=error.problem) from error  # type: ignore[union-attr]
        raise MapRefused("map_no_yaml", path=path.name, why=str(error)) from error
    return _plain(root, path.name) if root is not None else {}


def _plain(node: yaml.Node, name: str) -> object:
    if isinstance(node, yaml.MappingNode):
        found: dict[str, object] = {}
        for key, value in node.value:
            if key.value in found:
                raise MapRefused("map_key_twice", path=name, key=key.value, line=key.start_mark.line + 1)
            found[str(key.value)] = _plain(value, name)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, name) for item in node.value]
    return str(node.value)
