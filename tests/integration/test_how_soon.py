"""Before a change is agreed the page says how soon anybody could tell: a second reckoning of it, and honest noes."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from scipy.stats import nbinom

from heedful.loop.effects import queries
from tests.support import verdicts
from tests.support.reports import told
from tests.support.reviews import open_theme
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world

# An inspector and a password look back thirty days.
MADE = verdicts.NOW - timedelta(days=10)
STARTS = date(2026, 12, 1)
PARTS = ("day", "month", "year")


def months_until(baseline: list[int], ratio: float, *, alpha: float = 0.05, horizon: int = 24) -> int | None:
    """The twin: walks every total month by month, for one event count and one unit of care a month; no peers.

    Each month adds a negative binomial given the total so far; what reached the boundary is taken out of the walk.
    """
    mean = sum(baseline) / len(baseline)
    phi = max(1.0, sum((one - mean) ** 2 / mean for one in baseline) / (len(baseline) - 1))
    shape, rate = sum(baseline) / phi, len(baseline) / phi
    size = int(mean * horizon * 2) + 40
    paths, spent = [1.0] + [0.0] * size, 0.0
    for month in range(1, horizon + 1):
        before, now = rate + (month - 1) / phi, rate + month / phi
        walked = [0.0] * (size + 1)
        for total, chance in enumerate(paths):
            if chance > 1e-15:
                for more, likely in enumerate(nbinom.pmf(range(size + 1 - total), shape + total, before / now)):
                    walked[total + more] += chance * likely
        cut, reached = -1, 0.0
        for total in range(size + 1):
            if spent + reached + walked[total] > alpha * month / horizon:
                break
            reached, cut = reached + walked[total], total
        spent += reached
        paths = [0.0 if total <= cut else chance for total, chance in enumerate(walked)]
        if ratio * shape / rate * month / phi <= cut + 1e-9:
            return month
    return None


def new_change(world: World, **said: Any) -> tuple[Client, str, dict[str, Any]]:
    """A manager, the page of a new change, and all that could be typed there."""
    at = verdicts.NOW - timedelta(hours=1)
    theme = open_theme(world, [told(world, at=at, type="medication").event.pk], at=at)
    client = sign_in(Client(), world.accounts["registered_manager"])
    typed = {
        "client_key": str(uuid4()), "what_will_differ": "Lights on the stairs", "kind": "building",
        "series_key": "fall", "direction": "fewer", "per_cent": "30", "reaudits": ["six_weeks"],
        "lead_id": str(world.staff["team_leader"].pk), "reaudit_question": "Are they on?", "reaudit_wanted": "90",
        **{f"{name}_{part}": str(getattr(STARTS, part)) for name in ("starts_on", "due_on") for part in PARTS},
    }  # fmt: skip
    return client, f"/actions/new?theme={theme.pk}", {**typed, **said}


def page_at(world: World, step: str, **said: Any) -> str:
    with time_machine.travel(verdicts.NOW, tick=False):
        client, where, typed = new_change(world, **said)
        html = client.post(where, {**typed, "step": step}).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


@pytest.fixture(scope="module")
def world() -> World:
    """24 months of 60 falls up to October 2026, nothing special before the change."""
    made = make_world(at=MADE)
    verdicts.years(made, [3, 2], spell=[], before=verdicts.BEFORE)
    return made


def usual(world: World) -> list[int]:
    """The months before the one that is left out, as the twin reads them."""
    return [*verdicts.BEFORE, 3, 2][-24:]


def test_the_page_says_the_months_that_a_second_reckoning_gives(world: World) -> None:
    target, half = months_until(usual(world), 0.7), months_until(usual(world), 0.5)
    assert target is None and half is not None
    text = page_at(world, "again")
    assert f"A halving could be seen after about {half} months; 30% fewer not within 24 months." in text
    assert "About 3 falls a month here." in text
    assert "This number alone may never tell you." in text
    deep = months_until(usual(world), 0.3)
    assert deep and deep < half
    assert f"70% fewer could be seen after about {deep} months." in page_at(world, "again", per_cent="70")


def test_it_is_the_number_that_the_verdict_of_that_change_begins_with(world: World) -> None:
    """Agreed with the same aim, the verdict's own forecast before its first month is what was said."""
    change = verdicts.change(world, starts_on=STARTS, trigger=None)
    with world.use():
        judged = queries.judged(world.viewer("registered_manager"), change.aim(), verdicts.NOW.date())
    assert judged.finding.to_half is not None
    assert f"A halving could be seen after about {judged.finding.to_half} months" in page_at(world, "again")


def test_beside_the_choice_stands_what_is_told_most_and_how_soon(world: World) -> None:
    text = page_at(world, "change")
    assert "How soon could we tell?" in text and "Falls. About 3 falls a month here." in text


def test_what_is_too_rare_is_said_to_be_and_a_check_is_offered() -> None:
    rare = make_world(at=MADE)
    verdicts.years(rare, [0, 1], spell=[], before=[0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0] * 2, early=0)
    text = page_at(rare, "again")
    assert "About 3 falls a year here." in text
    assert "even a halving could not be told from luck within 24 months" in text
    assert "if 29 are looked at and all are as they should be, that shows 90 of 100 or more" in text


def test_without_care_given_nothing_is_promised() -> None:
    bare = make_world(at=MADE)
    verdicts.years(bare, [3, 2], spell=[], care=None)
    text = page_at(bare, "again")
    assert "Nobody has entered how much care there was here" in text and "could be seen after" not in text


def test_what_cannot_be_counted_gets_no_forecast(world: World) -> None:
    text = page_at(world, "again", series_key="none", not_measured_why="We ask them.")
    assert "We ask them." in text and "could be seen after" not in text and "By how much" not in text
