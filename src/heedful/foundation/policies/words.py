"""The few closed answers that every stage stores: yes and no, how much harm, how a person died, which nation."""

from enum import IntEnum, StrEnum


class Answer(StrEnum):
    """`unsure` is what somebody said; `unknown` means that nobody has answered yet."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"
    UNKNOWN = "unknown"

    @property
    def is_settled(self) -> bool:
        return self in (Answer.YES, Answer.NO)


class Harm(StrEnum):
    """Harm as it was answered. `unknown` was asked and nobody knows yet; `not_asked` was left out of a short report."""

    NONE = "none"
    LOW = "low"
    MODERATE = "moderate"
    SEVERE = "severe"
    FATAL = "fatal"
    UNKNOWN = "unknown"
    NOT_ASKED = "not_asked"

    @property
    def is_settled(self) -> bool:
        return self not in (Harm.UNKNOWN, Harm.NOT_ASKED)


class Death(StrEnum):
    """Whether somebody died, and whether that was expected."""

    NO = "no"
    UNKNOWN = "unknown"
    EXPECTED = "expected"
    UNEXPECTED = "unexpected"


class Nation(StrEnum):
    """Whose law, wording and bank holidays apply. `uk` marks data that holds until a nation has its own."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"
    UK = "uk"


class Level(IntEnum):
    """How serious, on Heedful's own scale; every authority's words map onto it."""

    NOTE = 0
    REFLECT = 1
    REVIEW = 2
    ENQUIRY = 3
    EMERGENCY = 4

    @property
    def code(self) -> str:
        return f"L{self.value}"

    @property
    def word(self) -> str:
        """The slug of the level in the taxonomy `levels`."""
        return self.name.lower()

    @classmethod
    def from_code(cls, code: str) -> "Level":
        return next(level for level in cls if level.code == code)


HARM_ORDER = (Harm.NONE, Harm.LOW, Harm.MODERATE, Harm.SEVERE, Harm.FATAL)


def combined_harm(body: Harm, mind: Harm) -> Harm:
    """The worse of the two, as in the national learning service: there is no fatal harm to the mind.

    If either is open, the other still counts as a floor when it is moderate or worse; else the answer stays open.
    """
    if mind is Harm.FATAL:
        raise ValueError("Harm to the mind cannot be fatal: record the death as harm to the body.")
    settled = [harm for harm in (body, mind) if harm.is_settled]
    worst = max(settled, key=HARM_ORDER.index, default=None)
    if len(settled) == 2 or (worst is not None and HARM_ORDER.index(worst) >= HARM_ORDER.index(Harm.MODERATE)):
        return worst or Harm.UNKNOWN
    return Harm.UNKNOWN if Harm.UNKNOWN in (body, mind) else Harm.NOT_ASKED
