"""What the pages of the board ask for."""

from heedful.oversight.governance.forms.asking import Clear, Narrow, Words
from heedful.oversight.governance.forms.meetings import Correct, Decide, Minutes, Prepare

__all__ = ["Clear", "Correct", "Decide", "Minutes", "Narrow", "Prepare", "Words"]
