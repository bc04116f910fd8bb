"""What could still be wrong: one sentence for each caution of the statistics, and one for what they cannot see."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from heedful.foundation.ui.filters import number
from heedful.loop.effects.queries import Judged
from heedful.loop.effects.words import aim

SAID = {
    "not_lasting": gettext_lazy("It was better at first, and did not stay so."),
    "short_of_target": gettext_lazy("It is better, but surely not by the %(aim)s that was aimed for."),
    "overdispersed": gettext_lazy(
        "Months vary far more than chance explains, often because one person has many events. "
        "The answer allows for it, but is less sure."
    ),
    "short_baseline": gettext_lazy("The time before is short: %(n)s months. A year would hold every season."),
    "few_baseline_events": gettext_lazy("There were only %(n)s before the change: so few can hardly show anything."),
    "no_baseline": gettext_lazy("Nothing of this kind was recorded before the change. There is nothing to compare."),
    "spell_assumed": gettext_lazy("Nobody said which months made us act, so the month before the change is left out."),
    "no_peers": gettext_lazy(
        "There are too few similar services to say what is usual elsewhere. Only this place's own months are compared."
    ),
    "past_horizon": gettext_lazy(
        "The planned two years are over. From here on we go by evidence that may be watched for ever."
    ),
    "missing_exposure": gettext_lazy("%(n)s months are left out, because we do not know how much care there was."),
}


def sentences(judged: Judged) -> list[str]:
    """In the order in which the statistics give them; what holds for every verdict comes last."""
    said = [
        str(SAID[code]) % {"n": number(round(found)), "aim": aim(judged.finding)}
        for code, found, _needed in judged.finding.cautions
        if code in SAID
    ]
    guessed = judged.evidence.estimated
    if guessed:
        words = ngettext(
            "How much care there was is estimated for %(n)s month.",
            "How much care there was is estimated for %(n)s months.",
            guessed,
        )
        said.append(words % {"n": number(guessed)})
    other = _("Other things may have changed too: people who moved in or out, staff, the season. We cannot see that.")
    return [*said, other]
