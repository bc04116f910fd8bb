"""The three doors out, and what goes through each. A test finds code that sends something and is not listed here."""

from dataclasses import dataclass
from enum import StrEnum


class Door(StrEnum):
    """How something leaves."""

    DOWNLOAD = "download"  # identified, to somebody here who may, and written in the ledger
    DISCLOSURE = "disclosure"  # identified, to a named body, on a lawful basis
    RELEASE = "release"  # de-identified, after a named person has looked at it


@dataclass(frozen=True)
class Emitter:
    """Code that hands out a file, a mail or a feed. Without a door it may carry nothing of any case."""

    module: str
    door: Door | None
    why: str


EMITTERS = (
    Emitter(
        "heedful.foundation.exits.passage",
        Door.DOWNLOAD,
        "Every file that is taken away or given out: own permission, a row in the register, an entry in the ledger.",
    ),
    Emitter(
        "heedful.foundation.files.views",
        Door.DOWNLOAD,
        "One attachment for somebody who may see the case it hangs on; each look is an entry in the ledger.",
    ),
    Emitter(
        "heedful.oversight.governance.views.packs",
        Door.RELEASE,
        "The three questions on paper and as a table: nothing typed but lines let out before, by `release_figures`.",
    ),
    Emitter(
        "heedful.foundation.notices.letters",
        None,
        "The mail that something needs somebody: the organisation's name and a link, nothing of a case.",
    ),
    Emitter("heedful.foundation.notices.mail", None, "Gives the mails of this room to the mail server."),
    Emitter(
        "heedful.foundation.notices.commands",
        None,
        "The test mail of `heedful doctor --send-test`: fixed words.",
    ),
)
