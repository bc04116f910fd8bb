"""What a decider can answer: each question with its answers, under the name of the input that the rules read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

YES_NO, BODY, MIND, DEATH = "answers", "harm_to_body", "harm_to_mind", "death"


@dataclass(frozen=True)
class Asked:
    """One question. `kind` is the list of its answers; `group` says beside which others it stands."""

    label: "str | _StrPromise"
    kind: str = YES_NO
    group: str = ""


# These can be open, and then stand first. The policy words them; here is what to say when it does not ask.
OPEN: Mapping[str, Asked] = {
    "made_safe": Asked(_("Is everyone safe now?")),
    "harm_to_body": Asked(_("Was anyone's body hurt?"), BODY),
    "harm_to_mind": Asked(_("Was anyone upset or frightened?"), MIND),
    "consent": Asked(_("Did the person agree to what happened?")),
    "plan_followed": Asked(_("Was the care plan followed?")),
    "plan_changed": Asked(_("Was the plan changed after the earlier ones?")),
    "safeguarding": Asked(_("Could it be abuse or neglect?")),
    "death": Asked(_("Did somebody die?"), DEATH),
}
MORE: Mapping[str, Asked] = {
    "alleged_source_is_staff": Asked(_("Is the person named a member of staff?"), group="who"),
    "under_18": Asked(_("Is anyone affected under 18?"), group="who"),
    "crime_suspected": Asked(_("Could it be a crime?"), group="who"),
    "police_involved": Asked(_("Have the police been told?"), group="who"),
    "wants_answer": Asked(_("Does someone want an answer or something put right?"), group="who"),
    "lasts_28_days": Asked(_("Will the harm last 28 days or more?"), group="harm"),
    "body_changed": Asked(_("Is the body changed for good?"), group="harm"),
    "life_shortened": Asked(_("Is a shorter life expected because of it?"), group="harm"),
    "treatment_prevented_worse": Asked(_("Was treatment needed to prevent death or lasting injury?"), group="harm"),
    "straight_to_hospital": Asked(_("Was someone who is not staff taken straight to hospital?"), group="work"),
    "staff_harm": Asked(_("Was a member of staff hurt or upset?"), BODY, group="work"),
    "staff_off_over_7_days": Asked(_("Will a member of staff be off for more than 7 days?"), group="work"),
    "work_connected": Asked(_("Did the work, equipment, building or supervision play a part?"), group="work"),
    "dismissed_or_left": Asked(_("Was the person named dismissed or moved, or did they leave?"), group="work"),
    "service_stopped": Asked(_("Could the service not run safely?"), group="service"),
    "utility_loss_over_24h": Asked(_("No power, water or heating for more than 24 hours?"), group="service"),
    "nhs_funded": Asked(_("Does the NHS pay for this care?"), group="service"),
}
GROUPS: Mapping[str, "str | _StrPromise"] = {
    "who": _("Who and what"),
    "harm": _("How lasting the harm is"),
    "work": _("Staff and the work"),
    "service": _("The service"),
}
