"""Making Data Count dialects: how many points make a trend and a shift."""

from dataclasses import dataclass

from heedful.stats.charts.vocabulary import DialectName


@dataclass(frozen=True)
class Dialect:
    """`trend` and `shift` are counts of points, not of increments: a trend of 7 points has 6 rises or falls."""

    name: str
    trend: int = 7
    shift: int = 7

    def __post_init__(self) -> None:
        if not (3 <= self.trend <= 100 and 2 <= self.shift <= 100):
            raise ValueError("a trend takes 3 to 100 points and a shift 2 to 100")


# mdc is what NHSRplotthedots 0.2.2 computes. mdc6 is the "6 point trend" of the Excel tool (its issues 195 and 202).
DIALECTS: dict[DialectName, Dialect] = {"mdc": Dialect("mdc"), "mdc6": Dialect("mdc6", trend=6)}


def dialect_of(dialect: DialectName | Dialect) -> Dialect:
    """The dialect itself, looked up by name if need be; ValueError when the name is unknown."""
    if isinstance(dialect, Dialect):
        return dialect
    if dialect not in DIALECTS:
        raise ValueError(f"unknown dialect {dialect!r}; known: {', '.join(DIALECTS)}")
    return DIALECTS[dialect]
