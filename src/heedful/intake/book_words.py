"""What an understood workbook asks and answers, in words for people: reasons of rows, questions, choices."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heedful.intake.understanding.model import Question

# Why a row is asked or left out.
REASONS = {
    "date_missing": gettext_lazy("the date is missing"),
    "date_unknown": gettext_lazy("the date is given as not known"),
    "date_unreadable": gettext_lazy("the date cannot be read"),
    "date_impossible": gettext_lazy("there is no such day"),
    "date_in_future": gettext_lazy("the date is after today"),
    "date_out_of_sequence": gettext_lazy("the date does not fit between those of the rows above and below"),
    "date_outside_month_banner": gettext_lazy("the date is not in the month under whose heading it stands"),
    "date_without_year": gettext_lazy("the date has no year, and the rows around it leave more than one"),
    "date_without_month": gettext_lazy("only the day of the month is given"),
    "date_meaning": gettext_lazy("two columns give different dates"),
    "ambiguous_date_order": gettext_lazy("it is not certain whether the day or the month comes first"),
    "reported_before_it_happened": gettext_lazy("it was reported before it happened"),
    "service_missing": gettext_lazy("the service is missing"),
    "service_ambiguous": gettext_lazy("the service is not known, or can be more than one"),
    "service_became_a_date": gettext_lazy("the service was turned into a date by a spreadsheet"),
    "kind_missing": gettext_lazy("nothing says what kind of event it is"),
    "kind_unknown_code": gettext_lazy("the kind of event is given by a word or code that nothing explains"),
    "kind_unclear": gettext_lazy("the kind of event can be read in more than one way"),
    "narrative_missing": gettext_lazy("nothing is told about what happened"),
    "row_shifted_right": gettext_lazy("the cells of this row seem to stand one column too far to the right"),
    "too_many_columns": gettext_lazy("the row has more cells than the table has columns"),
    "possible_duplicate": gettext_lazy("another row may tell of the same event"),
    "maybe_two_events": gettext_lazy("the row may tell of two events"),
    "looks_like_a_compliment": gettext_lazy("it reads like a thank-you, not like a complaint"),
    "entered_in_error": gettext_lazy("the row is marked as entered in error"),
    "hidden_row": gettext_lazy("somebody hid the row"),
    "duplicate_sheet": gettext_lazy("the sheet is a copy of another one"),
    "exact_duplicate": gettext_lazy("the same row stands in the file already"),
    "test_row": gettext_lazy("it is a test entry"),
    "nil_return": gettext_lazy("it says that nothing happened"),
}

QUESTIONS = {
    "duplicate_sheet": gettext_lazy("Nearly all rows of “%(copy)s” stand in “%(original)s” too. Is it an old copy?"),
    "date_order": gettext_lazy("Some dates can be read day first or month first. Which comes first in this file?"),
    "date_exchanged": gettext_lazy(
        "Some dates stand out of place and fit when day and month change places, as after an American setting. "
        "Change them?"
    ),
    "date_meaning": gettext_lazy("Two columns can be the day on which it happened: %(value)s. Which one is it?"),
    "strike_meaning": gettext_lazy("What does it mean when a row is crossed out?"),
    "void": gettext_lazy("Some accounts begin with a word like VOID. What does it mean?"),
    "hidden_rows": gettext_lazy("Some rows are hidden by hand. Shall they be imported?"),
    "service_value": gettext_lazy("Which service is “%(value)s”?"),
    "service_sheet": gettext_lazy("Which service is the sheet “%(value)s” for?"),
    "service_dates": gettext_lazy("A spreadsheet turned the name of a service into a date: “%(value)s”. Which is it?"),
    "kind_code": gettext_lazy("What kind of event is “%(value)s”?"),
    "colour_meaning": gettext_lazy("What does the colour %(colour)s mean?"),
    "harm_scale": gettext_lazy("Which levels of harm do these marks stand for in “%(column)s”: %(value)s?"),
}

CHOICES = {
    "by_row": gettext_lazy("It differs: ask me row by row"),
    "error": gettext_lazy("Entered in error: leave the row out"),
    "keep": gettext_lazy("Nothing: import the row"),
    "import": gettext_lazy("Yes, import"),
    "leave_out": gettext_lazy("No, leave them out"),
    "old_copy": gettext_lazy("Yes, leave it out"),
    "closed": gettext_lazy("The case is closed"),
    "open": gettext_lazy("The case is open"),
    "with_others": gettext_lazy("The case is with somebody outside"),
    "discussed": gettext_lazy("It was talked about; that does not close it"),
    "nothing": gettext_lazy("Nothing that matters here"),
    "day_first": gettext_lazy("The day"),
    "month_first": gettext_lazy("The month"),
    "day_first_except": gettext_lazy("The day, but for some people the month"),
    "exchange": gettext_lazy("Yes, change them"),
    "as_written": gettext_lazy("No, they are right as written"),
    "scale": gettext_lazy("I will say what each one means"),
    "unknown": gettext_lazy("Leave them as not known"),
    "account": gettext_lazy("Take it from the account"),
}

COLOURS = {
    "red": gettext_lazy("red"),
    "orange": gettext_lazy("orange"),
    "yellow": gettext_lazy("yellow"),
    "green": gettext_lazy("green"),
    "blue": gettext_lazy("blue"),
    "purple": gettext_lazy("purple"),
    "grey": gettext_lazy("grey"),
}


def question(asked: Question) -> str:
    """The question in one sentence."""
    facts = dict(asked.facts)
    if asked.topic == "colour_meaning":
        facts["colour"] = str(COLOURS.get(asked.scope, asked.scope))
    said = str(QUESTIONS[_sentence(asked)]) % facts
    hint = str(facts.get("said", ""))
    return f"{said} " + _("The file says: %(said)s.") % {"said": hint} if hint else said


def _sentence(asked: Question) -> str:
    if asked.topic == "date_order" and asked.scope == "exchanged":
        return "date_exchanged"
    if asked.topic == "service_value" and asked.scope == "dates":
        return "service_dates"
    if asked.topic == "service_value" and asked.scope.startswith("sheet "):
        return "service_sheet"
    return asked.topic


def reason(code: str) -> str:
    return str(REASONS.get(code, code))


def choice(code: str, values: tuple[str, ...]) -> str:
    """A choice as a person reads it: a service, a column or a scale by its names, the others by what they do."""
    if code == "day_first_except" and values:
        return _("The day, but %(names)s put the month first") % {"names": ", ".join(values)}
    return ", ".join(values) if values and (code not in CHOICES or code == "scale") else str(CHOICES.get(code, code))
