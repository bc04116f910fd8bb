"""A board page as plain values: shown, frozen for a meeting, set as a PDF or a table. Nothing here was typed by hand.

Every text is a sentence of Heedful's own, a code's label, a number, a date, the name of the provider or of a service,
or words that somebody let out through the release door.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from heedful.foundation.ui.charts import ChartSpec, Flag, Point


@dataclass(frozen=True)
class Figure:
    """One number: its code, what it counts, and how it is said. `number` is None where it is kept back."""

    code: str
    part: str
    label: str
    text: str
    number: int | None


@dataclass(frozen=True)
class Chart:
    """A small run chart. `flags` and `said` go with the values, one for each month."""

    title: str
    sentence: str
    name: str
    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    flags: tuple[str, ...]
    said: tuple[str, ...]
    centre: float | None = None
    centre_to: int | None = None
    expected: float | None = None
    change_at: int | None = None
    places: int | None = None
    y_max: float | None = None

    def spec(self) -> ChartSpec:
        """As the pages draw it."""
        each = zip(self.labels, self.values, self.flags, self.said, strict=True)
        points = tuple(Point(label, value, Flag(flag), said=said) for label, value, flag, said in each)
        return ChartSpec(
            finding=self.title, sentence=self.sentence, points=points, value_name=self.name, centre=self.centre,
            centre_to=self.centre_to, expected=self.expected, change_at=self.change_at, places=self.places,
            y_max=self.y_max, small=True,
        )  # fmt: skip


def chart(spec: ChartSpec) -> Chart:
    """What of a drawing is kept."""
    return Chart(
        title=spec.finding, sentence=spec.sentence, name=spec.value_name,
        labels=tuple(point.label for point in spec.points), values=tuple(point.value for point in spec.points),
        flags=tuple(point.flag.value for point in spec.points), said=tuple(point.said for point in spec.points),
        centre=spec.centre, centre_to=spec.centre_to, expected=spec.expected, change_at=spec.change_at,
        places=spec.places, y_max=spec.y_max,
    )  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One change and its answer. `strength`: of the change itself; `proof`: what else is known of it, a line each."""

    action_id: str
    answer: str
    ring: str
    word: str
    title: str
    where: str
    strength: str
    numbers: str
    meaning: str
    beside: tuple[str, ...]
    proof: tuple[str, ...]
    basis: str
    first_day: str
    observed: float | None = None
    expected: float | None = None
    next_answer: str = ""
    chart: Chart | None = None


@dataclass(frozen=True)
class Theme:
    """What belongs together, in codes and counts."""

    theme_id: str
    what: str
    text: str


@dataclass(frozen=True)
class Worry:
    """Something that asks for a question. `code`: the number it rests on; `place` and `slug`: the chart."""

    title: str
    text: str
    code: str = ""
    place: str = ""
    slug: str = ""


@dataclass(frozen=True)
class Ask:
    """A question that only the board can answer, and what it is about: a number, a chart, a change or a theme."""

    text: str
    code: str = ""
    place: str = ""
    slug: str = ""
    action_id: str = ""
    theme_id: str = ""


@dataclass(frozen=True)
class Pack:
    """Everything on one board page."""

    provider: str
    where: str
    span: str
    known_on: str
    outside: bool
    heading: tuple[str, ...]
    lead: tuple[str, ...]
    changes: tuple[Change, ...]
    learned: tuple[str, ...]
    themes: tuple[Theme, ...]
    worries: tuple[Worry, ...]
    heard_title: str
    heard: tuple[str, ...]
    told: tuple[str, ...]
    charts: tuple[Chart, ...]
    figures: tuple[Figure, ...]
    asks: tuple[Ask, ...] = ()

    def kept(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    @property
    def parts(self) -> list[str]:
        """The sections of the table of figures, in their order."""
        return list(dict.fromkeys(figure.part for figure in self.figures))


def restored(kept: Mapping[str, Any]) -> Pack:
    """A page as it was frozen."""
    lists = {name: tuple(kept[name]) for name in ("heading", "lead", "learned", "heard", "told")}
    return Pack(
        **{
            **kept,
            **lists,
            "changes": tuple(_change(one) for one in kept["changes"]),
            "themes": tuple(Theme(**one) for one in kept["themes"]),
            "worries": tuple(Worry(**one) for one in kept["worries"]),
            "charts": tuple(_chart(one) for one in kept["charts"]),
            "figures": tuple(Figure(**one) for one in kept["figures"]),
            "asks": tuple(Ask(**one) for one in kept["asks"]),
        }
    )


def _change(kept: Mapping[str, Any]) -> Change:
    drawn = _chart(kept["chart"]) if kept["chart"] else None
    return Change(**{**kept, "beside": tuple(kept["beside"]), "proof": tuple(kept["proof"]), "chart": drawn})


def _chart(kept: Mapping[str, Any]) -> Chart:
    return Chart(**{**kept, **{name: tuple(kept[name]) for name in ("labels", "values", "flags", "said")}})
