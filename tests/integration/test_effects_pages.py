"""The page of a verdict, asked as the app serves it."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from heedful.loop.effects import lines
from heedful.loop.effects.models import Verdict
from tests.support import histories, verdicts
from tests.support.signing_in import sign_in
from tests.support.world import World, make_world

# An inspector looks for thirty days.
MADE = verdicts.NOW - timedelta(days=10)


def ask(world: World, role: str, change: verdicts.Change, more: str = "", method: str = "get") -> tuple[int, str]:
    with time_machine.travel(verdicts.NOW, tick=False):
        client = sign_in(Client(), world.accounts[role])
        answer = getattr(client, method)(f"/verdicts/{change.action_id}/{more}")
    return answer.status_code, answer.content.decode()


def text_of(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    bare = re.sub(r"<svg.*?</svg>", "", main, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare)).replace(" .", ".").replace("&#x27;", "'")


@pytest.fixture(scope="module")
def worked() -> tuple[World, verdicts.Change]:
    world = make_world(at=MADE)
    verdicts.years(world)
    return world, verdicts.change(world)


def test_the_title_is_the_answer_and_both_numbers_follow(worked) -> None:
    status, page = ask(worked[0], "registered_manager", worked[1])
    text = text_of(page)
    assert status == 200 and "<title>It worked: recorded falls fell" in page
    assert "9 falls in 8 months, where about 22 were expected." in text
    assert "Chance, the bad spell before it and checking every month do not explain this." in text
    assert "About 59% fewer. It could be anything from 6% fewer to 86% fewer." in text
    assert "We acted after a bad spell: 13 falls in January 2026 to February 2026." in text
    assert "Against it we could have claimed “83% fewer”. That would not be fair." in text
    assert "In month 8, October 2026." in text
    assert "Goal, set before the change of 2 March 2026: falls, at least 30% fewer." in text


def test_near_misses_and_everything_else_told_stand_beside_it(worked) -> None:
    text = text_of(ask(worked[0], "inspector", worked[1])[1])
    assert "Did people just stop telling us? Near misses and worries stayed at about 4 a month (4 before)." in text
    assert "Everything else that is told stayed at about 4 a month" in text


def test_every_month_is_in_the_table_and_leads_to_its_cases(worked) -> None:
    page = ask(worked[0], "registered_manager", worked[1])[1]
    assert f'href="/verdicts/{worked[1].action_id}/2026-04/"' in page
    rows = re.findall(r"<tr[^>]*>.*?</tr>", page, flags=re.S)
    assert sum("bad spell, left out" in row for row in rows) == 2 * 2  # also in the table of near misses
    assert sum("since the change" in row for row in rows) == 2 * 8
    status, cases = ask(worked[0], "registered_manager", worked[1], "2026-04/")
    assert status == 200 and "1 fall in April 2026" in text_of(cases) and "/cases/" in cases


def test_less_told_of_everything_is_said_beside_a_success() -> None:
    world = make_world(at=MADE)
    verdicts.years(world, early=6, early_after=1)
    text = text_of(ask(world, "nominated_individual", verdicts.change(world))[1])
    assert "It worked: recorded falls fell" in text
    assert "Near misses and worries went down, from about 6 a month to about 1." in text
    assert "So fewer recorded may only mean fewer told." in text


def test_too_early_says_when_there_will_be_an_answer() -> None:
    world = make_world(at=MADE)
    verdicts.years(world, [1, 1, 1, 2, 1, 1, 2, 1])
    text = text_of(ask(world, "registered_manager", verdicts.change(world))[1])
    assert "Too early to say. Next answer in January 2027." in text
    assert "That looks promising. About 3 more months at the rate aimed for would settle it." in text
    assert "While “as usual” is inside that range, we do not say that it worked." in text


def test_none_in_three_months_is_no_proof() -> None:
    world = make_world(at=MADE)
    verdicts.years(world, [0, 0, 0], before=[1, 0] * 6 + [1, 0, 1, 0, 1, 0, 1, 0, 1, 1], spell=[2])
    change = verdicts.change(world, starts_on=date(2026, 8, 1), trigger=(date(2026, 7, 1), date(2026, 7, 31)))
    text = text_of(ask(world, "registered_manager", change)[1])
    assert "Too early to say" in text
    assert "None in 3 months is no proof: if nothing had changed, that would still happen 22 times in 100." in text
    assert "None so far. It could be anything from none at all to" in text and "100% fewer to" not in text


def test_worse_and_no_change_are_said_plainly() -> None:
    for after, title, what in (
        ([8] * 8, "Worse: recorded falls rose", "Review now."),
        ([4] * 8, "No change: not the 30% fewer you aimed for", "Consider a different action."),
    ):
        world = make_world(at=MADE)
        verdicts.years(world, after)
        text = text_of(ask(world, "registered_manager", verdicts.change(world))[1])
        assert title in text and what in text


def test_without_care_given_it_says_so_and_asks_for_it() -> None:
    world = make_world(at=MADE)
    verdicts.years(world, care=None)
    change = verdicts.change(world)
    status, page = ask(world, "registered_manager", change)
    text = text_of(page)
    assert status == 200 and "We cannot say: nobody has entered how much care there was" in text
    assert "Say how much care there was" in text and "% fewer." not in text.replace("30% fewer.", "")
    assert "Say how much care there was" not in text_of(ask(world, "inspector", change)[1])


def test_an_action_that_has_not_started_says_when_it_will() -> None:
    world = make_world(at=MADE)
    verdicts.years(world, [])
    text = text_of(
        ask(world, "registered_manager", verdicts.change(world, starts_on=date(2026, 12, 1), trigger=None))[1]
    )
    assert "Too early to say. The first month ends in December 2026." in text
    assert "Nobody said which months made us act" in text


def test_counting_again_keeps_an_answer_once_and_says_what_came() -> None:
    world = make_world(at=MADE)
    verdicts.years(world)
    change = verdicts.change(world)
    for _ in range(2):
        assert ask(world, "registered_manager", change, "again", "post")[0] == 302
    with world.use():
        assert Verdict.objects.filter(action_id=change.action_id).count() == 1
    page = ask(world, "registered_manager", change)[1]
    assert "What we said, month by month" in page and "October 2026" in page
    assert ask(world, "inspector", change, "again", "post")[0] == 403
    assert "Count again now" not in ask(world, "inspector", change)[1]


def test_who_may_not_see_the_action_or_the_patterns_finds_nothing(worked) -> None:
    for role, status in (
        ("manager_elsewhere", 404),
        ("care_worker", 403),
        ("administrator", 403),
        ("commissioner", 403),
    ):
        assert ask(worked[0], role, worked[1])[0] == status
        assert ask(worked[0], role, worked[1], "2026-04/")[0] == status


def test_rates_are_drawn_where_care_changed(worked) -> None:
    world = make_world(at=MADE)
    verdicts.years(world, care=None)
    histories.care(world, world.home, verdicts.CARE, 24, last=date(2026, 2, 1))
    histories.care(world, world.home, verdicts.CARE // 2, 8, last=verdicts.LAST)
    page = ask(world, "registered_manager", verdicts.change(world))[1]
    text = text_of(page)
    assert "9 falls in 8 months, where about 11 were expected." in text and "Too early to say" in text
    assert "Falls per 1,000 occupied bed days" in text


def register(world: World, role: str) -> tuple[int, str]:
    with time_machine.travel(verdicts.NOW, tick=False):
        answer = sign_in(Client(), world.accounts[role]).get("/verdicts/")
    return answer.status_code, text_of(answer.content.decode())


def test_the_register_says_how_many_worked_and_leads_to_each_answer(worked) -> None:
    status, text = register(worked[0], "registered_manager")
    assert status == 200 and "One change worked." in text
    assert "It worked: recorded falls fell 9 falls in 8 months, where about 22 were expected." in text
    assert "Lounge lights and an earlier tea round, " in text


def test_the_register_of_somebody_elsewhere_names_no_change(worked) -> None:
    text = register(worked[0], "manager_elsewhere")[1]
    assert "Nothing is measured yet" in text and "Lounge lights" not in text


def test_what_asks_for_somebody_stands_first_and_none_of_a_kind_is_not_said() -> None:
    assert lines.tally({"worked": 2, "worse": 1, "not_enough": 3}) == (
        "Two changes worked. One did not. For three it is too early to say."
    )
    assert lines.tally({"no_change": 1}) == "One change did not work."
    assert lines.tally({"not_enough": 1}) == "For one change it is too early to say."
    assert lines.tally({}) == ""
