"""The cards under the chart: how much, why fewer was expected anyway, and when there is or will be an answer."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from heedful.foundation.ui.filters import number
from heedful.loop.effects import words
from heedful.loop.effects.analysis import Finding
from heedful.loop.effects.presenters import pictures
from heedful.loop.effects.words import Said
from heedful.loop.measures import months as calendar


@dataclass(frozen=True)
class Card:
    """One thought, with a picture of it where there is one."""

    title: str
    text: list[str]
    strong: str = ""
    picture: SafeString | None = None


def of(said: Said) -> list[Card]:
    return [card for card in (_how_much(said), _anyway(said), _settled(said)) if card]


def _how_much(said: Said) -> Card | None:
    if not said.finding.looks:
        return None
    seen, between = words.how_much(said)
    title = _("How much fewer?") if (said.finding.ratio or 0) < 1 else _("How much more?")
    text = [between]
    if said.finding.answer == "not_enough" and seen:
        title = _("Why not just say yes?") if words.good_so_far(said.finding) else title
        text.append(_("While “as usual” is inside that range, we do not say that it worked."))
    strong = _("About %(share)s.") % {"share": seen} if seen else ""
    strong = _("None so far.") if said.finding.ratio == 0 else strong
    return Card(title, text, strong, pictures.bar(said.finding))


def _anyway(said: Said) -> Card | None:
    """Regression to the mean, and the claim that we could have made and did not."""
    finding = said.finding
    spell = finding.spell_events / finding.spell_exposure if finding.spell_exposure else 0.0
    if not said.fewer or not finding.expected_rate or spell <= finding.expected_rate:
        return None
    acted = _("We acted after a bad spell: %(told)s in %(spell)s.") % {
        "told": said.measure.counted(round(finding.spell_events)),
        "spell": words.spell(finding.spell),
    }
    after = _("After a bad spell the next months are usually better, whatever you do. So we leave it out.")
    return Card(_("Fewer was expected anyway"), [f"{acted} {after}", *_naive(finding, spell), *_gap(said)])


def _naive(finding: Finding, spell: float) -> list[str]:
    """The share fewer that a comparison with the bad spell alone would have promised."""
    if not finding.looks or not finding.expected:
        return []
    share = round(100 * (1 - finding.observed * finding.expected_rate / (finding.expected * spell)))
    if share <= 0:
        return []
    return [
        _("Against it we could have claimed “%(share)s%% fewer”. That would not be fair.") % {"share": number(share)}
    ]


def _gap(said: Said) -> list[str]:
    """What nobody chose: a second thing to compare with."""
    finding = said.finding
    if not finding.gap_months or not finding.gap_exposure:
        return []
    return [
        _("Between the bad spell and the change there were %(told)s in %(months)s, where about %(usual)s are usual.")
        % {
            "told": said.measure.counted(round(finding.gap_events)),
            "months": words.months(finding.gap_months),
            "usual": words.about(finding.gap_exposure * finding.expected_rate),
        }
    ]


def _settled(said: Said) -> Card | None:
    finding = said.finding
    if finding.answer == "worked" and finding.decided_on is not None:
        return Card(_("When were we sure?"), [_when_sure(said)], picture=pictures.sure(finding))
    if finding.answer != "not_enough" or said.no_care or not finding.expected_rate:
        return None
    return Card(_("What would settle it"), _what_settles(finding), picture=pictures.sure(finding))


def _when_sure(said: Said) -> str:
    finding = said.finding
    number_of = next(n for n, look in enumerate(finding.looks, 1) if look.month == finding.decided_on)
    sentence = (
        _("In month %(n)s, %(month)s. Before that, the total was not low enough.")
        if said.fewer
        else _("In month %(n)s, %(month)s. Before that, the total was not high enough.")
    )
    return sentence % {"n": number(number_of), "month": calendar.long(finding.decided_on or 0)}


def _what_settles(finding: Finding) -> list[str]:
    month = words.next_answer(finding)
    if not month:
        return [_("Nothing within two years, at this rate. Check the practice itself, or add similar services.")]
    expected = (
        _("If the change does what was aimed for, we expect an answer in %(month)s.")
        if finding.to_target
        else _("If events have halved, we expect an answer in %(month)s.")
    )
    return [expected % {"month": month}, _("We look at the end of every month, and allow for looking often.")]
