"""One board page, put together for one viewer: what we learned, what changed, did it work, what worries us."""

from dataclasses import replace
from typing import Any

from django.utils.dateformat import format as formatted
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heedful.foundation.ui.charts import ChartSpec, Flag, Point
from heedful.foundation.ui.filters import in_words
from heedful.loop.feedback import queries as feedback
from heedful.loop.measures import drawing
from heedful.loop.measures import months as calendar
from heedful.loop.measures import words as lines
from heedful.loop.measures.words import Line
from heedful.loop.reviews import queries as reviews
from heedful.oversight.governance import asks, evidence, sentences
from heedful.oversight.governance.figures import figures, said
from heedful.oversight.governance.queries import changes as changed
from heedful.oversight.governance.queries import counts
from heedful.oversight.governance.queries.counts import Rows, Seen
from heedful.oversight.governance.queries.scope import Scope
from heedful.oversight.governance.queries.signs import Signs, signs
from heedful.oversight.governance.rules import is_small
from heedful.oversight.governance.values import Chart, Pack, Theme, chart

THEMES_SHOWN = 12
MONTHS_SHOWN = 24


def pack(scope: Scope, *, outside: bool = False) -> Pack:
    """`outside`: to be taken away, so that small numbers of events and of people are kept back."""
    rows = Seen(scope)
    found, seen = changed.changes(rows), signs(scope)
    numbers, behind = _numbers(scope, seen), all_rows(rows, found)
    numbers |= {code: one.count for code, one in behind.items()}
    share = feedback.share_of(rows.heard, scope.period.ends_on)
    heard_title, heard = sentences.heard(share, outside=outside)
    finished = [row for row in rows.reviews if row.pk in behind["reviews.finished"].ids]
    names = {place.id: place.name for place in scope.places}
    return Pack(
        provider=scope.viewer.organisation_name,
        where=where(scope),
        span=span(scope),
        known_on=formatted(scope.today, "j F Y"),
        outside=outside,
        heading=sentences.heading(numbers),
        lead=sentences.lead(numbers, outside=outside),
        changes=tuple(evidence.told(one, names, outside=outside) for one in found),
        learned=sentences.learned(numbers, finished),
        themes=tuple(_themes(rows, names, outside=outside)),
        worries=sentences.worries(numbers, seen, outside=outside),
        heard_title=heard_title,
        heard=heard,
        told=sentences.told(seen, outside=outside),
        charts=tuple(_charts(seen, outside=outside)),
        figures=figures(numbers, outside=outside),
        # What the house has to decide is nobody else's business.
        asks=() if outside else asks.of(rows, found, numbers, seen, names),
    )


def all_rows(seen: Seen, found: list[changed.Change]) -> dict[str, Rows]:
    """The rows behind every number but those of what people told us, the verdicts too."""
    rows = counts.behind(seen)
    answers: dict[str, list[Any]] = {key: [] for key in ("worked", "no_change", "worse", "not_enough", "")}
    for one in found:
        answers[one.answer].append(one.action.pk)
    for answer, ids in answers.items():
        rows[f"verdict.{answer or 'uncounted'}"] = Rows("action", tuple(ids))
    return rows


def rows_of(code: str, scope: Scope) -> Rows | None:
    """What stands behind one number; None for a number that there is not."""
    if code in counts.TOLD:
        return counts.told(scope)[code]
    seen = Seen(scope)
    found = changed.changes(seen) if code.startswith("verdict.") else []
    return all_rows(seen, found).get(code)


def _numbers(scope: Scope, seen: Signs) -> dict[str, int]:
    """What people told us, from the same series as the charts."""
    return {code: seen.told(slug, scope.period.months) for code, slug in counts.TOLD.items()}


def where(scope: Scope) -> str:
    """The services by name, or that it is all of them."""
    if scope.organisation_wide and len(scope.places) > 1:
        return _("All %(n)s services") % {"n": in_words(len(scope.places))}
    return ", ".join(place.name for place in scope.places)


def span(scope: Scope) -> str:
    values = {"first": calendar.long(scope.period.first), "last": calendar.long(scope.period.last)}
    return _("%(first)s to %(last)s") % values


def _themes(seen: Seen, names: dict[Any, str], *, outside: bool) -> list[Theme]:
    """Open ones, those opened again first: by what they are about, never by the name that somebody gave them."""
    rows = sorted((row for row in seen.themes if row.state == "open"), key=lambda row: row.reopened_at is None)
    shown = rows[:THEMES_SHOWN]
    types = reviews.types_in([row.pk for row in shown], seen.scope.viewer)
    told = []
    for row in shown:
        about = ", ".join(names[one] for one in row.service_ids if one in names)
        text = _theme_text(row, len(types[row.pk]), outside)
        told.append(Theme(str(row.pk), f"{evidence.about(row, types[row.pk])}, {about}", text))
    return told


def _theme_text(row: Any, count: int, outside: bool) -> str:
    opened = _("Opened %(day)s.") % {"day": formatted(row.opened_at, "j F Y")}
    if row.reopened_at:
        opened = _("Opened again %(day)s.") % {"day": formatted(row.reopened_at, "j F Y")}
    kept_back = outside and is_small(count)
    if not count and not kept_back:
        return _("Nothing that people told us belongs to it.") + " " + opened
    words = ngettext("%(n)s thing that people told us.", "%(n)s things that people told us.", 2 if kept_back else count)
    n = said(count, True) if kept_back else in_words(count)
    return sentences.capital(words % {"n": n}) + " " + opened


def _charts(seen: Signs, *, outside: bool) -> list[Chart]:
    """What went wrong and what was told early: both or none, on the same months."""
    found = [one for one in (seen.wrong, seen.early) if one]
    drawn = [_chart(one) for one in found]
    if outside and any(value is not None and is_small(int(value)) for one in drawn for value in one.values):
        return []
    return drawn if any(any(one.values) for one in drawn) else []


def _chart(line: Line) -> Chart:
    reading = line.reading
    flags = [drawing.FLAGS[one] for one in reading.findings] if reading.kind in ("xmr", "run") else []
    flags = flags or [Flag.USUAL] * len(line.months)
    points = [
        Point(calendar.short(month), count, flag)
        for month, count, flag in zip(line.months, line.counts, flags, strict=True)
    ][-MONTHS_SHOWN:]
    label = str(line.measure.label)
    spec = ChartSpec(
        finding=label, sentence=f"{label}: {sentences.small(lines.numbers(line))}", points=tuple(points),
        value_name=label, centre=reading.usual if reading.kind in ("xmr", "run") else None, small=True,
    )  # fmt: skip
    return replace(chart(spec), said=tuple("" for _point in points))
