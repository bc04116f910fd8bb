"""What to try with each sign-in: two or three things that can be done today, or a story that came to its end."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from heedful.demo.story_pages import CASE, CHECK, THEME, VERDICT

TODAY, CASES, PATTERNS = "today:today", "casefile:list", "measures:patterns"
CHANGES = "actions:mine"
REPORT, MINE, ROSTER = "reporting:report", "reporting:mine", "notices:roster"
TRIES: dict[str, tuple[tuple[str, object], ...]] = {
    "joss": (
        (REPORT, _("Tell us about something. Your own words first; a near miss takes 20 seconds.")),
        (TODAY, _("Amira asks you something about Mr Jorrocks' bruise. Answer her.")),
        (MINE, _("See what became of what you told us.")),
    ),
    "dawit": (
        (REPORT, _("Write half a report, close the page, sign in again: it is still there.")),
        (MINE, _("You told us about a missed Parkinson's tablet five weeks ago. See what came of it.")),
    ),
    "shanice": (
        (REPORT, _("Tell us something and keep your name to a few people.")),
        (MINE, _("Somebody else at Millbrook told us about Callum in confidence. You do not see it.")),
    ),
    "bronagh": (
        (CHANGES, _("You lead the seven care plans after the falls. One is outstanding.")),
        (CASES, _("Look for the word “landing”. What do you find?")),
        (PATTERNS, _("Look at Rowan House month by month, and at the cases behind a point.")),
    ),
    "gethin": (
        (TODAY, _("Decide about the empty tablet pack. The level is suggested, with reasons; you decide.")),
        (
            CASES,
            _("Find Mrs Marchbank's tea visit: a complaint and a safeguarding question, two answers."),
        ),
    ),
    "tunde": (
        (CASE, _("A Parkinson's tablet missed at handover. Read what “staff error” led to, and what is done now.")),
        (CHECK, _("Forty of 212 visits looked at, none late. What can that not rule out?")),
    ),
    "amira": (
        (TODAY, _("Decide about Miss Nettlefold's fall. It is her second in a month.")),
        (THEME, _("Nine small falls that nobody saw as one. Read what was learned and what changed.")),
        (VERDICT, _("Did it work? See what would have been expected anyway.")),
        (TODAY, _("A deep sore on a heel: what has to be told, to whom, by when.")),
    ),
    "morwen": (
        (TODAY, _("Three worries about Mrs Thackwray in one week. Read them as one picture.")),
        (CASES, _("One case at Elm Court names you. Try to find it.")),
    ),
    "kofi": (
        (TODAY, _("A colleague tells you in confidence that Callum is held too often. Decide what happens.")),
        (CASES, _("Eleven holds in two months. Open one and read its story.")),
    ),
    "imelda": (
        (TODAY, _("Say who “Deb from the agency” is, so that she can be kept away from the case.")),
        (TODAY, _("Decide about the case that names the manager of Elm Court.")),
        (PATTERNS, _("All services, side by side on one scale.")),
        (CHECK, _("A sample without a miss: what it shows, and what it cannot.")),
    ),
    "suresh": (
        (VERDICT, _("One change and its verdict: the bad weeks are no part of what is usual.")),
        (THEME, _("From nine small falls to what is different at night.")),
        (PATTERNS, _("Near misses rise. Is that worse, or do people dare to tell?")),
        (CASES, _("Any case of any service, with who has read it.")),
    ),
    "agnieszka": (
        ("incidents:shut_outs", _("Who is kept away from which case, and why. You may lift it, with a reason.")),
        (CASES, _("Read the case as somebody outside the line of management.")),
    ),
    "lorna": (
        ("people:staff", _("Give somebody a sign-in: a card to print, with a first password.")),
        (ROSTER, _("See who is on duty now. You keep the system; no case opens for you.")),
    ),
    "inspector": (
        (CASES, _("Read cases without the reporter's name. Ask for one: it is written down that you did.")),
        (VERDICT, _("A change that was aimed at something, and what the months since show.")),
        (PATTERNS, _("Rates with what they are counted against.")),
    ),
    "commissioner": ((TODAY, _("Sign in and see that there is nothing yet: nobody shares anything by accident.")),),
}


@dataclass(frozen=True)
class Try:
    """One thing to do, and where."""

    text: object
    url: str


def for_part(key: str, stories: Mapping[str, str]) -> list[Try]:
    """What is not built or not there is not shown. `stories`: where the worked stories stand."""
    return [Try(text, url) for name, text in TRIES.get(key, ()) if (url := stories.get(name) or _address(name))]


def _address(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
