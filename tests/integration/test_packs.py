"""The three questions on paper and as a table: tagged, reproducible, and without anything that somebody typed."""

import csv
import json
import re
from datetime import timedelta
from functools import cache
from io import BytesIO, StringIO
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from heedful.foundation.exits.models import Exit
from heedful.foundation.ledger.models import Entry
from heedful.oversight.governance import pack as packs
from heedful.oversight.governance import sheets, typesetting
from heedful.oversight.governance.operations import prepare_meeting
from heedful.oversight.governance.queries import scope as scopes
from tests.support import verdicts
from tests.support.canaries import MARK, plant, tables, typed
from tests.support.matrix import populate
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world

NOW = verdicts.NOW
PAPER, SHEET = "/board/three-questions/paper/", "/board/three-questions/table/"


@pytest.fixture(scope="module")
def worked() -> tuple[World, verdicts.Change]:
    world = make_world(at=NOW - timedelta(days=10))
    verdicts.years(world)
    return world, verdicts.change(world, at=NOW - timedelta(days=240))


def take(world: World, role: str, where: str, at: Any = NOW, **asked: str) -> Any:
    with time_machine.travel(at, tick=False):
        return sign_in(Client(), world.accounts[role]).post(where, query_params=asked)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def insides_of(pdf: bytes) -> bytes:
    """Every object and every stream of the file as it is after it was unpacked."""
    reader, found = PdfReader(BytesIO(pdf)), [pdf]
    for number in range(1, int(reader.trailer["/Size"])):
        one = reader.get_object(number)
        found.append(repr(one).encode())
        if hasattr(one, "get_data"):
            found.append(one.get_data())
    return b"\n".join(found)


def tags_of(pdf: bytes) -> list[tuple[str, Any]]:
    """(role, alternative text) of every element of the structure, in the order of reading."""
    found: list[tuple[str, Any]] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, dict) and "/S" in node:
            found.append((node["/S"], node.get("/Alt")))
        inside = node.get("/K") if isinstance(node, dict) else None
        for each in inside if isinstance(inside, list) else [inside]:
            if hasattr(each, "get_object") and isinstance(each.get_object(), dict):
                walk(each)

    walk(PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"])
    return found


def test_the_paper_is_tagged_has_a_language_and_a_title_and_every_picture_is_said_in_words(worked) -> None:
    answer = take(worked[0], "nominated_individual", PAPER)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(answer.content))
    root, tags = reader.trailer["/Root"], tags_of(answer.content)
    assert bool(root["/MarkInfo"]["/Marked"].value) and root["/Lang"] == "en-GB"
    assert reader.metadata is not None and "What we learned" in str(reader.metadata.title)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()
    pictures = [alt for role, alt in tags if role == "/Figure"]
    assert pictures and all(pictures)
    assert "Two bars: 9 counted, 21.8 expected." in pictures
    assert [role for role, _alt in tags if role == "/H1"] == ["/H1"]
    assert sum(role == "/Table" for role, _alt in tags) == 1 and ("/TH", None) in tags


def test_it_answers_the_three_questions_and_says_how_strong_the_evidence_is(worked) -> None:
    text = re.sub(r"\s+", " ", text_of(take(worked[0], "registered_manager", PAPER).content))
    for words in (
        "1. What did you learn?", "2. How did practice change?", "3. How do you know it worked?",
        "9 falls in 8 months, where about 22 were expected.", "Near misses and worries stayed at about 4 a month",
        "Counted, against what was expected", "What we do not know yet, and what worries us", "Page 1 of",
    ):  # fmt: skip
        assert words in text, words


def test_the_same_pack_at_the_same_moment_is_the_same_bytes(worked) -> None:
    first, second = (take(worked[0], "nominated_individual", PAPER).content for _turn in range(2))
    assert first == second


def test_what_leaves_stands_in_the_register_and_the_ledger_before_it_does(worked) -> None:
    world = worked[0]
    with world.use():
        before = Exit.objects.count()
    take(world, "registered_manager", PAPER)
    answer = take(world, "registered_manager", SHEET)
    with world.use():
        rows = list(Exit.objects.order_by("at", "id"))[before:]
        assert {row.what for row in rows} == {"pack.pdf", "pack.csv"} and {row.door for row in rows} == {"release"}
        assert Entry.objects.filter(kind="exit.release").count() >= 2
    lines = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert next(row.rows for row in rows if row.what == "pack.csv") == len(lines) - 1


@pytest.mark.parametrize("role", ["inspector", "care_worker", "team_leader", "administrator"])
def test_whoever_may_not_let_anything_out_takes_no_pack(worked, role: str) -> None:
    assert take(worked[0], role, PAPER).status_code == 403
    assert take(worked[0], role, SHEET).status_code == 403


def test_a_pack_of_another_service_is_not_there(worked) -> None:
    answer = take(worked[0], "manager_elsewhere", PAPER, service=str(worked[0].home.pk))
    assert answer.status_code == 404


def test_a_cell_that_would_be_a_formula_is_text(worked) -> None:
    world = make_world(at=NOW - timedelta(days=10))
    from heedful.foundation.people.models import Service

    with world.use():
        Service.objects.filter(pk=world.home.pk).update(name="=cmd|' /C calc'!A0")
        Service.objects.filter(pk=world.other_home.pk).update(name="+1+1")
    for service in (world.home, world.other_home):
        body = take(world, "nominated_individual", SHEET, service=str(service.pk)).content.decode("utf-8-sig")
        cells = [cell for line in csv.reader(StringIO(body)) for cell in line]
        assert any("cmd" in cell or "1+1" in cell for cell in cells)
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_typst_in_a_name_is_shown_and_never_run(worked) -> None:
    from heedful.foundation.people.models import Service

    world = make_world(at=NOW - timedelta(days=10))
    evil = '#read("/etc/passwd") $x$ #[*'
    with world.use():
        Service.objects.filter(pk=world.home.pk).update(name=evil)
    pdf = take(world, "nominated_individual", PAPER, service=str(world.home.pk)).content
    assert evil.replace(" ", "") in re.sub(r"\s", "", text_of(pdf))
    assert "root:" not in text_of(pdf)


@cache
def marked() -> World:
    populated = populate()
    plant(populated.world)
    return populated.world


def figures_of_a_meeting(world: World) -> Any:
    """Prepared after every field was marked."""
    chair = world.viewer("nominated_individual")
    with world.use():
        row = prepare_meeting(
            client_key=uuid4(), held_on=LATER.date(), chair_id=chair.account_id, length=12, by=chair, at=LATER
        )
    return row.figures


def body_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


LATER = timezone.now() + timedelta(days=35)


def test_every_field_that_somebody_could_write_into_is_marked() -> None:
    world = populate().world
    planted = plant(world)
    wanted = {f"{model._meta.label}.{field.name}" for model in tables() for field in typed(model)}
    assert wanted <= planted
    assert {"people.Person.name", "actions.Action.what_will_differ", "reviews.Theme.name"} <= planted


def test_no_mark_is_on_the_board_page_nor_in_a_pack() -> None:
    world = marked()
    for role in ("nominated_individual", "registered_manager"):
        with time_machine.travel(LATER, tick=False):
            client = sign_in(Client(), world.accounts[role])
            board = client.get("/board/").content.decode()
            questions = client.get("/board/three-questions/").content.decode()
            pdf, table = client.post(PAPER).content, client.post(SHEET).content.decode()
        main = body_of(board)
        # A page that shows nothing of the world proves nothing.
        assert "Okx house" in main and "Okx" in text_of(pdf) and "Okx" in table
        assert "chair" not in main.lower()
        everything = {"board": main, "questions": body_of(questions), "paper": text_of(pdf), "table": table}
        for name, found in everything.items():
            assert MARK.lower() not in re.sub(r"\s", "", found).lower(), (name, role)
        inside = insides_of(pdf)
        assert not [one for one in (MARK.encode(), MARK.encode("utf-16-be"), MARK.encode("utf-16-le")) if one in inside]


def test_no_mark_is_in_what_is_kept_for_a_meeting() -> None:
    """All that its page shows, besides the day of the meeting. Nobody may open it here: every name is in doubt."""
    kept = json.dumps(figures_of_a_meeting(marked()), ensure_ascii=False)
    assert "Okx house" in kept and MARK not in kept


def test_the_search_for_marks_finds_one_that_is_there() -> None:
    world = marked()
    with world.use():
        scope = scopes.scope(world.viewer("nominated_individual"), LATER, length=12)
        assert scope is not None
        page = packs.pack(scope, outside=True)
    from dataclasses import replace

    leaky = replace(page, learned=(f"{MARK} told us.",), provider=MARK)
    pdf = typesetting.three_questions(leaky, LATER)
    assert MARK in text_of(pdf) and MARK.encode() in insides_of(pdf)
    assert MARK in str(sheets.rows(leaky))
