"""Everything that hands out a file, a mail or a feed is listed with its door."""

import ast
from collections.abc import Iterator
from pathlib import Path

import heedful
from heedful.foundation.exits.doors import EMITTERS, Door

SOURCE = Path(heedful.__file__).parent
SENDS = {
    "FileResponse",
    "StreamingHttpResponse",
    "EmailMessage",
    "EmailMultiAlternatives",
    "send_mail",
    "send_mass_mail",
    "mail_admins",
    "mail_managers",
    "smtplib.SMTP",
    "smtplib.SMTP_SSL",
    "SyndicationFeed",
    "Feed",
    "as_attachment",
}


def marks(tree: ast.AST) -> Iterator[str]:
    """Names and header texts in this code that hand something out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.alias):
            yield getattr(node, "id", "") or getattr(node, "name", "")
        elif isinstance(node, ast.Attribute):
            yield node.attr
            if isinstance(node.value, ast.Name):
                yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value.lower() == "content-disposition":
                yield "Content-Disposition"
            if node.value in (
                "text/csv",
                "application/pdf",
                "application/zip",
                "application/rss+xml",
                "application/atom+xml",
            ):
                yield node.value


def sends_something(source: str) -> set[str]:
    found = set(marks(ast.parse(source)))
    # Naming a media type is not sending; answering a request with it is.
    media = {mark for mark in found if "/" in mark}
    answers = media if "HttpResponse" in found else set()
    return (found & (SENDS | {"Content-Disposition"})) | answers


def emitting_modules() -> dict[str, set[str]]:
    found = {}
    for path in SOURCE.rglob("*.py"):
        if marked := sends_something(path.read_text(encoding="utf-8")):
            found[".".join(["heedful", *path.relative_to(SOURCE).with_suffix("").parts])] = marked
    return found


def test_every_module_that_hands_something_out_is_listed_with_its_door() -> None:
    listed = {emitter.module for emitter in EMITTERS}
    found = emitting_modules()
    assert {module: marked for module, marked in found.items() if module not in listed} == {}


def test_no_door_is_listed_for_code_that_is_gone() -> None:
    assert {emitter.module for emitter in EMITTERS} - set(emitting_modules()) == set()


def test_each_entry_says_why_and_what_has_no_door_says_that_it_carries_no_case() -> None:
    assert len({emitter.module for emitter in EMITTERS}) == len(EMITTERS)
    for emitter in EMITTERS:
        assert emitter.why.endswith(".")
        assert emitter.door in set(Door) | {None}


def test_the_search_itself_finds_each_way_of_sending() -> None:
    for code in (
        "from django.http import FileResponse",
        "import django.core.mail\ndjango.core.mail.send_mail('', '', '', [])",
        "r['content-disposition'] = 'attachment'",
        "import smtplib\nsmtplib.SMTP('x')",
        "HttpResponse(b'', content_type='text/csv')",
        "FileResponse(f, as_attachment=True)",
    ):
        assert sends_something(code), code
    assert not sends_something("KINDS = ('application/pdf',)\nfrom django.http import HttpRequest")
