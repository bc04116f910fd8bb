"""What to try with each sign-in: two or three things that can be done today."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

TODAY, CASES, PATTERNS = "today:today", "casefile:list", "measures:patterns"
REPORT, MINE, ROSTER = "incidents:report", "incidents:mine", "notices:roster"
TRIES: dict[str, tuple[tuple[str, object], ...]] = {
    "joss": (
        (REPORT, _("Tell us about something. Your own words first; a near miss takes 20 seconds.")),
        (TODAY, _("Amira asks you something about Mr Jorrocks' bruise. Answer her.")),
        (MINE, _("See what became of what you told us.")),
    ),
    "dawit": (
        (REPORT, _("Write half a report, close the page, sign in again: it is still there.")),
        (MINE, _("You told us about a missed Parkinson's tablet. See who decides, and by when.")),
    ),
    "shanice": (
        (REPORT, _("Tell us something and keep your name to a few people.")),
        (MINE, _("Somebody else at Millbrook told us about Callum in confidence. You do not see it.")),
    ),
    "bronagh": (
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
    "amira": (
        (TODAY, _("Decide about Miss Nettlefold's fall. It is her second in a month.")),
        (PATTERNS, _("Patterns counts whole months. Has it seen the falls of the last weeks yet?")),
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
    ),
    "suresh": (
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
        (PATTERNS, _("Rates with what they are counted against.")),
    ),
    "commissioner": ((TODAY, _("Sign in and see that there is nothing yet: nobody shares anything by accident.")),),
}


@dataclass(frozen=True)
class Try:
    """One thing to do, and where."""

    text: object
    url: str


def for_part(key: str) -> list[Try]:
    """What is not built is not shown."""
    return [Try(text, url) for name, text in TRIES.get(key, ()) if (url := _address(name))]


def _address(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
