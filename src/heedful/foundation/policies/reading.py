"""Reads a YAML data file: no duplicate keys, no surprises, messages that name the file and the line."""

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from heedful.foundation.policies.errors import PolicyDataError


class _Loader(yaml.SafeLoader):
    """YAML where yes and no are words (the answers of a form), and a key may stand once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise PolicyDataError(f"line {key_node.start_mark.line + 1}: the key “{key}” stands twice")
            seen.add(key)
        return super().construct_mapping(node, deep)


# Plain yes, no, on and off stay strings; only true and false are booleans.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_BOOLEAN = re.compile(r"^(?:true|false)$")
for _first in "tf":
    _Loader.yaml_implicit_resolvers.setdefault(_first, []).insert(0, ("tag:yaml.org,2002:bool", _BOOLEAN))


def parse_yaml(text: str, where: str) -> object:
    """The data in `text`; `where` names it in messages."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except PolicyDataError as error:
        raise PolicyDataError(f"{where}, {error}") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark else ""
        raise PolicyDataError(
            f"{where}{place}: this is not valid YAML ({getattr(error, 'problem', error)})."
        ) from error


def read_yaml(path: Path) -> object:
    """The data in a file."""
    return parse_yaml(path.read_text(encoding="utf-8"), path.name)
