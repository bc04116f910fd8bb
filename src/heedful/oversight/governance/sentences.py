"""What the numbers of a board page say, one plain sentence each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from heedful.foundation.policies import taxonomy
from heedful.foundation.ui.filters import in_words, number
from heedful.loop.feedback.queries import ToldShare
from heedful.loop.measures import months as calendar
from heedful.loop.measures import words as lines
from heedful.loop.measures.catalogue import measures
from heedful.loop.measures.reading import Quiet
from heedful.loop.measures.words import Line
from heedful.oversight.governance.queries.signs import Signs
from heedful.oversight.governance.rules import FEW, is_small
from heedful.oversight.governance.values import Worry

FACTORS_SHOWN = 3
# Why each of these is a worry.
WHY = {
    "themes.again": gettext_lazy("A change did not help, or it came back."),
    "actions.late": gettext_lazy("The day that was agreed is over."),
    "actions.unchecked": gettext_lazy("The first day to look again is over."),
    "audits.late": gettext_lazy("A check of practice was due and is not finished."),
    "reviews.late": gettext_lazy("Until it is finished we do not know why it happened."),
}
Numbers = Mapping[str, int]


def heading(found: Numbers) -> tuple[str, ...]:
    """The answer first: how many changes worked, how many did not, how many are too early to say."""
    n = {answer: found[f"verdict.{answer}"] for answer in ("worked", "no_change", "worse", "not_enough")}
    if not sum(n.values()):
        if found["verdict.uncounted"]:
            return (_("No change can be counted yet."),)
        return (_("No change has been agreed yet."),)
    lines = []
    if n["worked"]:
        lines.append(_count(ngettext("%(n)s change worked.", "%(n)s changes worked.", n["worked"]), n["worked"]))
    if n["no_change"]:
        words = ngettext("%(n)s made no difference.", "%(n)s made no difference.", n["no_change"])
        lines.append(_count(words, n["no_change"]))
    if n["worse"]:
        words = ngettext("After %(n)s it got worse.", "After %(n)s it got worse.", n["worse"])
        lines.append(words % {"n": in_words(n["worse"])})
    if n["not_enough"]:
        words = ngettext(
            "For %(n)s change it is too early to say.", "For %(n)s changes it is too early to say.", n["not_enough"]
        )
        lines.append(words % {"n": in_words(n["not_enough"])})
    return tuple(lines)


def lead(found: Numbers, *, outside: bool) -> tuple[str, ...]:
    """Harm never stands without what was told early."""
    wrong, early = found["told.wrong"], found["told.early"]
    if not wrong and not early:
        return (_("Nothing was told in these months. Is it quiet, or is it hard to speak up?"),)
    values = {"wrong": _kept("all", wrong, outside), "early": _kept("early", early, outside)}
    return (_("Told in these months: %(wrong)s, and %(early)s beside them.") % values,)


def learned(found: Numbers, reviews: Sequence[Any]) -> tuple[str, ...]:
    finished, only = found["reviews.finished"], found["reviews.only_people"]
    if not finished:
        return (_("No review was finished in these months."),)
    sentences = [_count(ngettext("%(n)s review was finished.", "%(n)s reviews were finished.", finished), finished)]
    if only:
        words = ngettext(
            "In %(n)s of them only a person was named as the cause. What made that likely?",
            "In %(n)s of them only a person was named as the cause. What made that likely?",
            only,
        )
        sentences.append(words % {"n": in_words(only)})
    return (*sentences, *_often(reviews))


def _often(reviews: Sequence[Any]) -> list[str]:
    """What keeps playing a part, and which kind of weakness comes back; each with in how many reviews."""
    sentences = []
    for name, field, words in (
        ("factors", "factors", _("What keeps playing a part: %(list)s.")),
        ("weaknesses", "weaknesses", _("What was weak: %(list)s.")),
    ):
        labels = taxonomy(name)
        counted = Counter(slug for row in reviews for slug in getattr(row, field) if slug in labels)
        most = [
            ngettext("%(what)s (in %(n)s review)", "%(what)s (in %(n)s reviews)", count)
            % {"what": small(_(labels.label(slug))), "n": number(count)}
            for slug, count in counted.most_common(FACTORS_SHOWN)
        ]
        if most:
            sentences.append(words % {"list": "; ".join(most)})
    return sentences


def heard(share: ToldShare, *, outside: bool) -> tuple[str, tuple[str, ...]]:
    """(title, sentences) of how many of those who told us heard what was decided, and by when."""
    limit = _limit(share)
    if not share.due:
        return _("Do people hear back?"), (_("Nobody was due to hear what we decided in these months."),)
    if outside and is_small(share.due):
        few = _("Fewer than %(n)s people were due to hear back, so we give no share.") % {"n": number(FEW)}
        return _("Do people hear back?"), (few,)
    title = _("%(n)s in 100 hear back within %(limit)s") % {"n": number(share.per_cent or 0), "limit": limit}
    sentences = []
    if not outside or not any(0 < n < FEW for n in (share.in_time, share.later, share.not_yet)):
        sentences.append(
            _("%(in_time)s of %(due)s were told in time what we decided. %(later)s heard later, %(waits)s still wait.")
            % {
                "in_time": number(share.in_time),
                "due": number(share.due),
                "later": capital(in_words(share.later)),
                "waits": in_words(share.not_yet),
            }
        )
    if share.ours:
        sentences.append(_("The limit is our own. Who was told by whom is not counted."))
    return title, tuple(sentences)


def told(signs: Signs, *, outside: bool) -> tuple[str, ...]:
    """What went wrong and what was told early, always both."""
    found = [one for one in (signs.wrong, signs.early) if one]
    sentences = [f"{one.measure.label}: {_finding(one, outside)}" for one in found]
    if found:
        sentences.append(_("When reports stop, harm only looks smaller. So both stand side by side."))
    return tuple(sentences)


def worries(found: Numbers, signs: Signs, *, outside: bool) -> tuple[Worry, ...]:
    sign = [_sign(line, outside) for line in signs.worse]
    return (*sign, *(_quiet(one) for one in signs.quiet), *_undone(found))


def _sign(line: Line, outside: bool) -> Worry:
    text = lines.short_finding(line) if outside else lines.numbers(line)
    return Worry(f"{line.name}.", text, place=str(line.place.id), slug=line.measure.slug)


def _quiet(one: Quiet) -> Worry:
    values = {"place": one.place.name, "month": calendar.long(one.since - 1), "usual": lines.about(one.usual)}
    what = _("Nothing told since %(month)s") if one.everything else _("No near miss and no worry since %(month)s")
    text = what % values + _(", about %(usual)s a month before. Is it quiet, or hard to speak up?") % values
    slug = "all" if one.everything else "early"
    return Worry(_("%(place)s is quiet.") % values, text, place=str(one.place.id), slug=slug)


def _undone(found: Numbers) -> list[Worry]:
    """What we said we would do. Each with its number, and none about one person."""
    again, late = found["themes.again"], found["actions.late"]
    unchecked, checks, reviews = (found[code] for code in ("actions.unchecked", "audits.late", "reviews.late"))
    lines = [
        ("themes.again", again, ngettext("%(n)s theme is open again.", "%(n)s themes are open again.", again)),
        ("actions.late", late, ngettext("%(n)s change is late.", "%(n)s changes are late.", late)),
        (
            "actions.unchecked",
            unchecked,
            ngettext("%(n)s change was never looked at again.", "%(n)s changes were never looked at again.", unchecked),
        ),
        ("audits.late", checks, ngettext("%(n)s check is late.", "%(n)s checks are late.", checks)),
        ("reviews.late", reviews, ngettext("%(n)s review is late.", "%(n)s reviews are late.", reviews)),
    ]
    return [Worry(_count(words, n), str(WHY[code]), code=code) for code, n, words in lines if n]


def _finding(line: Line, outside: bool) -> str:
    short = small(lines.short_finding(line))
    return short if outside else f"{short} {lines.numbers(line)}"


def _limit(share: ToldShare) -> str:
    words = {
        "working_days": ngettext("%(n)s working day", "%(n)s working days", share.days),
        "days": ngettext("%(n)s day", "%(n)s days", share.days),
        "hours": ngettext("%(n)s hour", "%(n)s hours", share.days),
    }
    return words.get(share.unit, words["days"]) % {"n": in_words(share.days)}


def _kept(slug: str, count: int, outside: bool) -> str:
    """9 events; fewer than 5 events."""
    if outside and is_small(count):
        return _("fewer than %(told)s") % {"told": measures()[slug].counted(FEW)}
    return measures()[slug].counted(count)


def _count(words: str, n: int) -> str:
    return capital(words % {"n": in_words(n)})


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    return text[:1].lower() + text[1:]
