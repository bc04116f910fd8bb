"""The same pack as rows: what is counted, in the words of the page, one fact a line."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from heedful.oversight.governance.values import Change, Pack


def columns() -> list[str]:
    return [_("Question"), _("What"), _("Where"), _("Answer"), _("Number"), _("In words")]


def rows(pack: Pack) -> list[list[object]]:
    """Every sentence and every number of the pack; a number that is kept back is an empty cell."""
    return [*_learned(pack), *_changed(pack), *_know(pack), *_numbers(pack)]


def _learned(pack: Pack) -> Iterator[list[object]]:
    for line in pack.learned:
        yield [_("Learned"), _("Reviews"), pack.where, "", "", line]
    for one in pack.themes:
        yield [_("Learned"), _("Theme"), one.what, "", "", one.text]


def _changed(pack: Pack) -> Iterator[list[object]]:
    for one in pack.changes:
        yield [_("Changed"), one.title, one.where, one.basis, "", f"{one.strength} {_first(one)}"]


def _know(pack: Pack) -> Iterator[list[object]]:
    for one in pack.changes:
        told = " ".join([one.numbers, one.meaning, *one.beside, *one.proof]).strip()
        number = "" if one.observed is None else round(one.observed)
        yield [_("How we know"), one.title, one.where, one.word, number, told]
    yield [_("How we know"), pack.heard_title, pack.where, "", "", " ".join(pack.heard)]
    yield [_("How we know"), _("Are people still telling us?"), pack.where, "", "", " ".join(pack.told)]
    for worry in pack.worries:
        yield [_("What worries us"), worry.title, pack.where, "", "", worry.text]


def _numbers(pack: Pack) -> Iterator[list[object]]:
    for one in pack.figures:
        yield [one.part, one.label, pack.where, "", "" if one.number is None else one.number, one.text]


def _first(one: Change) -> str:
    return _("First day: %(day)s.") % {"day": one.first_day}
