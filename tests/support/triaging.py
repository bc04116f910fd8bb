"""A fall to decide about, and a triage form as a browser would send it."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from heedful.loop.incidents.models import Event
from tests.support.reports import told
from tests.support.world import World

WHY = "Third small fall in four weeks. I want to look at the chair with the team."


def fall(world: World, *, days_ago: float = 0.1, **said: Any) -> Event:
    """In a place of its own, so that events of other tests are no pattern."""
    known = {
        "place": f"Room {uuid4()}",
        "type": "fall.found",
        "harm_body": "none",
        "harm_mind": "none",
        "met_clinical": "no",
        "met_family": "no",
    }
    return told(world, at=timezone.now() - timedelta(days=days_ago), **(known | said)).event


def shown(page: Any) -> dict[str, str]:
    """What the form would send if it were sent as it stands."""
    html = page.content.decode()
    sent: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if said.get("type") in ("radio", "checkbox") and " checked" not in tag:
            continue
        if said.get("name") and said["name"] != "csrfmiddlewaretoken":
            sent[said["name"]] = said.get("value", "")
    for name, options in re.findall(r'<select[^>]*name="(\w+)".*?>(.*?)</select>', html, re.DOTALL):
        found = re.search(r'<option value="([^"]*)" selected', options)
        sent[name] = found.group(1) if found else ""
    return sent
