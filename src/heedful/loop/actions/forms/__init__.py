"""Forms of actions."""

from heedful.loop.actions.forms import aiming, steps
from heedful.loop.actions.forms.agreeing import Agree, agreeing
from heedful.loop.actions.forms.aiming import ChangeAim
from heedful.loop.actions.forms.small import Done, Drop, Extend, PlanDone, SendBack

__all__ = ["Agree", "ChangeAim", "Done", "Drop", "Extend", "PlanDone", "SendBack", "agreeing", "aiming", "steps"]
