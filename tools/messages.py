"""Write the catalogue of everything that a page may say. `--check` only says whether the file is as it should be.

Sentences come from templates, from Python and from the policy data. A translation is `locale/cy/LC_MESSAGES/django.po`,
made from this file, and its `django.mo` beside it: a language is offered once that is there.
"""

import ast
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment
from jinja2.ext import extract_from_ast

from heedful.foundation.policies import reference

SOURCE = Path("src/heedful")
CATALOGUE = SOURCE / "locale" / "django.pot"
POLICIES = "foundation/policies/data"
# What each function takes before the numbers: a context, one sentence, or one and its plural.
SHAPES = {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
WITH_CONTEXT = {"pgettext": 1, "pgettext_lazy": 1, "npgettext": 2, "npgettext_lazy": 2}
# (context, one, plural)
Message = tuple[str, str, str]
HEADER = """# Everything that a page of Heedful may say. Made by `make messages`.
msgid ""
msgstr ""
"Project-Id-Version: Heedful\\n"
"PO-Revision-Date: \\n"
"Last-Translator: \\n"
"Language-Team: \\n"
"Language: \\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


def main() -> int:
    text = catalogue()
    if "--check" not in sys.argv:
        CATALOGUE.parent.mkdir(exist_ok=True)
        CATALOGUE.write_text(text, encoding="utf-8")
        return 0
    if CATALOGUE.is_file() and CATALOGUE.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write(f"{CATALOGUE} is not what the sentences give: run `make messages` and commit it.\n")
    return 1


def catalogue() -> str:
    """The whole file: sorted, with the files of each sentence and no line numbers, so that it changes seldom."""
    found: dict[Message, set[str]] = defaultdict(set)
    for where, message in [*_templates(), *_code(), *_policies()]:
        found[message].add(where)
    return HEADER + "".join(_entry(message, found[message]) for message in sorted(found))


def _templates() -> Iterator[tuple[str, Message]]:
    parser = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"])  # noqa: S701 - nothing is rendered
    for path in sorted(SOURCE.glob("**/templates/**/*.html")):
        tree = parser.parse(path.read_text(encoding="utf-8"))
        for _line, name, said in extract_from_ast(tree, [*SHAPES, *WITH_CONTEXT]):
            texts = [one for one in (said if isinstance(said, tuple) else (said,)) if isinstance(one, str)]
            if message := _message(name, texts):
                yield _short(path), message


def _code() -> Iterator[tuple[str, Message]]:
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if message := _message(name, texts):
                yield _short(path), message


def _policies() -> Iterator[tuple[str, Message]]:
    for text in reference.messages():
        yield POLICIES, ("", text, "")


def _message(name: str, texts: list[str]) -> Message | None:
    """None when what is translated is not written here, but comes from data."""
    count, context = SHAPES.get(name) or WITH_CONTEXT.get(name, 0), int(name in WITH_CONTEXT)
    if not count or len(texts) < count + context:
        return None
    said = texts[context : count + context]
    return texts[0] if context else "", said[0], said[1] if count == 2 else ""


def _entry(message: Message, files: set[str]) -> str:
    context, one, plural = message
    lines = [f"#: {where}" for where in sorted(files)]
    if "%(" in one or "%(" in plural:
        lines.append("#, python-format")
    if context:
        lines.append(f"msgctxt {_quoted(context)}")
    lines.append(f"msgid {_quoted(one)}")
    lines += [f"msgid_plural {_quoted(plural)}", 'msgstr[0] ""', 'msgstr[1] ""'] if plural else ['msgstr ""']
    return "\n" + "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _short(path: Path) -> str:
    return str(path.relative_to(SOURCE))


if __name__ == "__main__":
    raise SystemExit(main())
