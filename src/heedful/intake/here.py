"""Which service here a service of a file is. What the file calls otherwise is asked about, never guessed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from heedful.intake.understanding.model import Choice, Question, Read
from heedful.intake.understanding.servicewords import Services

TOPIC = "service_here"
NEW = "new"


def together(named: Sequence[str], known: Sequence[str]) -> list[str]:
    """The services here, and those of the file that are none of them: what its rows are read by."""
    ours = Services(known)
    return [*known, *(name for name in named if not ours.match(name).name)]


def questions(reads: Iterable[Read], known: Sequence[str]) -> list[Question]:
    """One for each service that is not here. Where none is here yet, all of them are new, and nothing is asked."""
    if not known:
        return []
    asked: dict[str, Question] = {}
    choices = (*(Choice("service", (name,)) for name in known), Choice(NEW))
    for read in reads:
        name = read.event.service
        if read.outcome == "import" and name and name not in known:
            first = Question(TOPIC, name, choices, {"value": name}, 0, (read.sheet, read.row))
            asked.setdefault(name, first).rows += 1
    return list(asked.values())


def called(answers: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """What services of the file are called here, as it was answered."""
    found = {}
    for key, answer in answers.items():
        topic, _, name = key.partition("/")
        if topic == TOPIC and answer["choice"] == "service":
            found[name] = str(answer["values"][0])
    return found
