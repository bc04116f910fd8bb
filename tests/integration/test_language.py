"""A made-up language that puts brackets around every sentence: what stands outside them cannot be translated."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html.parser import HTMLParser
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, JSONField, TextField
from django.utils.translation import _trans  # type: ignore[attr-defined]

from heedful.foundation.access.protection import UNREADABLE
from heedful.foundation.access.roles import PERMISSIONS
from heedful.foundation.policies import shipped
from tests.integration.test_matrix import FIXED, ROLES, address, client_for, ids_for, ours, pages

OPEN, CLOSE = "⟦", "⟧"
# Said the same in every language.
SAME_EVERYWHERE = re.compile(
    r"Heedful|RIDDOR|GOV\.UK|CSV|PDF|QR|NHS|LFPSE|https?://\S+|[\w.+-]+@[\w.-]+|\bv?\d[\w.:–-]*|[A-Z\d]{3} [A-Z\d]{3}"
)
SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-missing", "data-label")
# Not for the people of a provider: the components' own page, and what a machine reads.
LEFT_OUT = {"gallery", "healthz", "reporting:worker", "reporting:api_token", "measures:table", "files:download"}
# What people write is kept in these.
KEPT = (CharField, TextField, JSONField, ArrayField)
# A code on a wall, a name in a language of its own.
NO_WORDS = {"script", "style", "code", "svg"}


class Seen(HTMLParser):
    """Each text of a page that somebody reads or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in NO_WORDS:
            self.inside.append(tag)
        self.texts += [value for name, value in attrs if name in SPOKEN and value]

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.texts.append(data)


@contextmanager
def bracketed() -> Iterator[None]:
    """Every sentence that is asked for in the reader's language comes between brackets."""
    one = lambda text: f"{OPEN}{text}{CLOSE}"  # noqa: E731
    made = {
        "gettext": one,
        "pgettext": lambda context, text: one(text),
        "ngettext": lambda text, many, number: one(text if number == 1 else many),
        "npgettext": lambda context, text, many, number: one(text if number == 1 else many),
    }
    _trans.gettext("")  # the real functions are put in place at the first call
    with patch.multiple(_trans, **made):
        yield


def outside(text: str) -> str:
    """What stands outside the brackets, which may stand in one another."""
    deep, found = 0, []
    for sign in text:
        deep += sign == OPEN
        if not deep:
            found.append(sign)
        deep -= sign == CLOSE
    return "".join(found)


@cache
def written_by_people() -> tuple[str, ...]:
    """Names, titles and words of this organisation, the longest first."""
    found: set[str] = set()
    with ours().world.use():
        for model in apps.get_models():
            ours_to_read = model.__module__.startswith("heedful.") and model._meta.db_table not in UNREADABLE
            if not ours_to_read or not {"organisation", "name"} & {one.name for one in model._meta.fields}:
                continue
            fields = [
                one.name
                for one in model._meta.fields
                if isinstance(one, CharField | TextField | JSONField | ArrayField)
            ]
            for row in model._default_manager.values_list(*fields):
                found.update(text for value in row for text in _texts(value))
    # What a published source is called, and the words of the source about itself, stay as they were published.
    found |= {source.title for policy in shipped() for source in policy.sources.values()}
    found |= {account.name for account in ours().world.accounts.values()}
    parts = {part for value in found for part in (value, *value.splitlines())}
    return tuple(sorted((one for one in parts if len(one) > 2 and not one.islower()), key=len, reverse=True))


def _texts(value: object) -> Iterator[str]:
    """The texts of a column, also of one that holds lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def untranslated(body: str) -> list[str]:
    seen = Seen()
    seen.feed(body)
    found = []
    for text in seen.texts:
        rest = outside(text)
        for known in written_by_people():
            rest = rest.replace(known, "")
        rest = SAME_EVERYWHERE.sub("", rest)
        if re.search(r"[^\W\d_]{2}", rest):
            found.append(" ".join(text.split()))
    return found


def shown_to(key: str) -> Iterator[tuple[str, str]]:
    client, held = client_for(key), PERMISSIONS[ROLES[key]]
    for name, needed, arguments in pages():
        if name in LEFT_OUT or not held & set(needed):
            continue
        ids: dict[str, Any] = ids_for(ours(), "own", arguments) | {"attachment_id": uuid4()}
        if not set(arguments) <= set(ids):
            continue
        with bracketed():
            response = client.get(address(name, arguments, ids))
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            yield name, response.content.decode()


@pytest.mark.parametrize(
    "key", ["care_worker", "registered_manager", "independent_contact", "administrator", "inspector"]
)
def test_no_page_shows_a_sentence_that_cannot_be_translated(key: str) -> None:
    wrong, pages_seen = {}, 0
    written_by_people()
    for name, body in shown_to(key):
        pages_seen += 1
        if texts := untranslated(body):
            wrong[name] = texts[:6]
    assert wrong == {}
    assert pages_seen > 3, f"{FIXED} leads nowhere: nothing was looked at"


def test_numbers_choose_between_one_and_many_in_the_readers_language() -> None:
    client = client_for("registered_manager")
    with bracketed():
        body = client.get("/decide/").content.decode()
    assert f"{OPEN}%(" not in body
    assert re.search(rf"<h1[^>]*>\s*{OPEN}", body)
