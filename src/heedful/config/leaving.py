"""Names that a case brings along: looked for in every text about it that goes out, besides those of everybody here."""

from heedful.loop.incidents.queries import names_in

NAMES_OF = {"event": names_in}
