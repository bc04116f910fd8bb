"""The pages of whoever told us, after sending: questions, corrections, files, and the name that is kept back."""

import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from heedful.foundation.files.models import Attachment
from heedful.foundation.ledger.models import Entry
from heedful.loop.incidents import operations, queries
from heedful.loop.incidents.models import Reporter
from tests.integration.test_incidents_pages import SAFE, TOLD, about, begin, client_of, on, text_of
from tests.support.reports import NOW, told
from tests.support.world import make_world


def test_a_question_sent_back_is_answered_by_the_reporter_alone() -> None:
    world = make_world()
    event = told(world).event
    with world.use():
        asked = operations.send_back(
            event_id=event.pk, words="Which chair was it?", by=world.viewer("registered_manager"), at=NOW
        )
    client = client_of(world)
    assert "Which chair was it?" in text_of(client.get("/reports/"))
    path = f"/reports/{event.pk}/questions/{asked.pk}/"
    assert "Write your answer" in text_of(client.post(path, {"answer": ""}))
    assert client_of(world, "registered_manager").post(path, {"answer": "The blue one"}).status_code == 404
    assert client.post(path, {"answer": "The blue one"}).status_code == 302
    with world.use():
        event.refresh_from_db()
        assert event.status == "corrected"
        assert queries.questions_of(event)[0].answer == "The blue one"


def test_a_report_not_sent_yet_is_known_by_its_first_words_wherever_it_waits() -> None:
    client = client_of(make_world())
    begin(client, "She slipped at the back door. It was raining.")
    for where in ("/", "/reports/", "/report/"):
        assert "She slipped at the back door" in text_of(client.get(where)), where
    assert "without words" not in text_of(client.get("/"))


def test_a_reporter_puts_their_report_right_and_the_first_words_stay_in_view() -> None:
    world = make_world()
    event = told(world).event
    client = client_of(world)
    path = f"/reports/{event.pk}/correct/"
    assert "Tell us what happened" in text_of(client.post(path, {"words": ""}))
    client.post(path, {"words": "It was the other chair.", "made_safe": event.made_safe, "place": "Dining room"})
    page = text_of(client.get(f"/reports/{event.pk}/"))
    assert "It was the other chair." in page and "slid off the chair in the lounge" in page


@pytest.mark.parametrize("name", ["own", "receipt", "correct"])
def test_somebody_elses_report_is_as_absent_as_none(name: str) -> None:
    world, other = make_world(), make_world()
    event, foreign = told(world).event, told(other).event
    client = client_of(world, "colleague")
    absent = client.get(reverse(f"reporting:{name}", args=[uuid4()]))
    for one in (event, foreign):
        reply = client.get(reverse(f"reporting:{name}", args=[one.pk]))
        assert (reply.status_code, len(reply.content)) == (404, len(absent.content))


def test_who_sees_the_name_is_said_from_real_memberships() -> None:
    world = make_world()
    client = client_of(world)
    path = begin(client)
    on(client, path, "about", **about(world))
    on(client, path, "safe", **SAFE)
    on(client, path, "who")
    on(client, path, "told", **TOLD)
    said = text_of(client.get(f"{path}name/"))
    assert "Only Nominated Individual Person and Safeguarding Lead Person can see your name" in said
    assert "Registered Manager Rowan" in said and "of you work there" in said
    assert "Morwen Tarrant" not in said


def test_the_reporters_name_is_in_no_page_of_those_who_may_not_see_it() -> None:
    world = make_world()
    told(world, confidential=True, aware_at=NOW - timedelta(minutes=5))
    with world.use():
        assert Reporter.objects.get().name == "Joss Pellow"
    for role in ("registered_manager", "team_leader", "colleague", "safeguarding_lead", "independent_contact"):
        client = client_of(world, role)
        for path in ("/reports/", "/names/", "/shut-outs/"):
            assert "Joss Pellow" not in client.get(path).content.decode()


def test_a_file_that_a_confidential_reporter_adds_names_nobody() -> None:
    world = make_world()
    event = told(world, confidential=True).event
    client = client_of(world)
    address = reverse("files:add", args=["event", event.pk])
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    page = client.get(address).content.decode()
    key = re.search(r'name="client_key" value="([^"]+)"', page)[1]
    file = SimpleUploadedFile("chair.png", picture.getvalue(), content_type="image/png")
    assert client.post(address, {"client_key": key, "file": file}).status_code == 302
    shown = client.get(f"/reports/{event.pk}/").content.decode()
    assert client.get(re.search(r'href="(/files/[0-9a-f-]{36}/)"', shown)[1]).status_code == 200
    reporter = world.accounts["care_worker"].pk
    with world.use():
        entries = Entry.objects.filter(subject_id=event.pk, kind__startswith="attachment.")
        assert entries.count() == 2 and not entries.filter(actor_id=reporter).exists()
        assert Attachment.objects.get(subject_id=event.pk).added_by is None
    case = client_of(world, "registered_manager").get(reverse("casefile:show", args=[event.pk]))
    assert case.status_code == 200 and "Joss Pellow" not in case.content.decode()
