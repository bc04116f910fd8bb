"""Every refusal, problem and question of the import in words: what is wrong, and how to mend it."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heedful.intake import book_words, file_words
from heedful.intake.problems import Problem, Question
from heedful.intake.refusals import Refused

# code: (what is wrong, how to mend it)
PROBLEMS = {
    "broken_quotes": (
        gettext_lazy("the quotation marks in this row do not match, so it cannot be split into columns"),
        gettext_lazy("double every quotation mark that stands inside a text"),
    ),
    "too_few_values": (
        gettext_lazy("the row has %(found)s values where the header has %(expected)s"),
        gettext_lazy("a value is missing, or a line break cut the row in two"),
    ),
    "too_many_values": (
        gettext_lazy("the row has %(found)s values where the header has %(expected)s"),
        gettext_lazy("put quotation marks around a text that holds the separator"),
    ),
    "nul": (
        gettext_lazy("the text holds a NUL byte, which no text may hold"),
        gettext_lazy("the file was damaged or is not a text: export it again"),
    ),
    "control_character": (
        gettext_lazy("the text holds the control character %(character)s"),
        gettext_lazy("remove it; several of these mean that the map names the wrong encoding"),
    ),
    "direction_marks": (
        gettext_lazy("the text holds invisible marks that change the order in which it is read"),
        gettext_lazy("remove the marks, or leave them in an account: they are shown there"),
    ),
    "too_long": (
        gettext_lazy("the text has %(length)s characters; the most is %(longest)s"),
        gettext_lazy("shorten it, or attach the whole text to the event afterwards"),
    ),
    "missing": (
        gettext_lazy("nothing is given"),
        gettext_lazy("fill it in, or say in the map what a blank means (`when_blank`)"),
    ),
    "record_twice": (
        gettext_lazy("the same record id stands in row %(row)s already"),
        gettext_lazy("remove one of the two, or give it an id of its own"),
    ),
    "service_unknown": (
        gettext_lazy("no service has this name or id%(near)s"),
        gettext_lazy("correct it, add it to `services > aliases` in the map, or set `services > create: true`"),
    ),
    "date_unreadable": (
        gettext_lazy("this is not a date as the map describes it"),
        gettext_lazy("correct the date, or add its pattern to `format` in the map"),
    ),
    "date_impossible": (
        gettext_lazy("there is no such day or time"),
        gettext_lazy("correct the date"),
    ),
    "date_ambiguous": (
        gettext_lazy("the date can be read in two ways"),
        gettext_lazy("say in the map which one is right (`format`)"),
    ),
    "time_unreadable": (
        gettext_lazy("this is not a time as the map describes it"),
        gettext_lazy("correct the time, or add its pattern to `time_format` in the map"),
    ),
    "time_skipped": (
        gettext_lazy("the clocks went forward over this time: it did not exist"),
        gettext_lazy("correct the time"),
    ),
    "too_early": (
        gettext_lazy("the date is before %(earliest)s"),
        gettext_lazy("correct the date, or set `earliest` in the map"),
    ),
    "in_future": (
        gettext_lazy("the date is after today (%(today)s)"),
        gettext_lazy("correct the date"),
    ),
    "lag_negative": (
        gettext_lazy("it was recorded before it happened"),
        gettext_lazy("correct one of the two dates"),
    ),
    "lag_long": (
        gettext_lazy("it was recorded more than %(longest)s days after it happened, which is unlikely"),
        gettext_lazy("check the years of both dates"),
    ),
    "code_unknown": (
        gettext_lazy("the map does not say what this means"),
        gettext_lazy("add it under `values` in the map or to its lookup file; known are: %(known)s"),
    ),
    "value_unexpected": (
        gettext_lazy("this is not one of the values that the map expects here"),
        gettext_lazy("check it against the source; expected are: %(known)s"),
    ),
    "words_short": (
        gettext_lazy("the account has only %(length)s characters"),
        gettext_lazy("it is kept as it is; add to it if the source holds more"),
    ),
    "words_twice": (
        gettext_lazy("row %(row)s has exactly the same account"),
        gettext_lazy("if both tell the same event, link them as duplicates after the import"),
    ),
}

# Rows of an understood workbook are left out until somebody answers or corrects them.
_OF_BOOKS = {
    code: (said, gettext_lazy("answer the question about it, or correct the row"))
    for code, said in book_words.REASONS.items()
}

SERVICES_LEFT_OUT = {
    "unsplit": gettext_lazy("cannot be split into its columns"),
    "id_blank": gettext_lazy("has no id"),
    "id_odd": gettext_lazy("has an id that is too long or cannot be shown"),
    "capacity_odd": gettext_lazy("has a capacity that is not a whole number from 1 to 5,000"),
    "listed_twice": gettext_lazy("repeats an id"),
}

QUESTIONS = {
    "date_order": gettext_lazy(
        "Which comes first in “%(column)s”, the day or the month? “%(value)s” could be either.\n"
        "Put one of these under fields > %(field)s in the map:  format: DD/MM/YYYY   or   format: MM/DD/YYYY"
    ),
}

REFUSALS = {
    "no_such_file": gettext_lazy("There is no file “%(path)s”."),
    "a_folder": gettext_lazy("“%(path)s” is a folder. Name the file in it."),
    "may_not_read": gettext_lazy("The file “%(path)s” may not be read by this user."),
    "cannot_write": gettext_lazy("The file “%(path)s” cannot be written. Does its folder exist?"),
    "rejects_would_replace_the_file": gettext_lazy(
        "“%(path)s” is the file being imported. Name another file for the rejected rows."
    ),
    "empty_file": gettext_lazy("The file is empty."),
    "is_a_workbook": gettext_lazy("This is a workbook or a zip file. Save the sheet as “CSV UTF-8” and import that."),
    "is_a_pdf": gettext_lazy("This is a PDF, not a table. Ask the source for a CSV file."),
    "is_a_web_page": gettext_lazy(
        "This is a web page, not a table. Some systems give such a file another name: open it in a spreadsheet and "
        "save it as “CSV UTF-8”."
    ),
    "is_a_picture": gettext_lazy("This is a picture, not a table. Ask the source for a CSV file."),
    "is_utf_16": gettext_lazy("The file is written in UTF-16. Set `encoding: utf-16` in the map, or save it as UTF-8."),
    "no_utf_16_mark": gettext_lazy("The map says UTF-16, and the file does not begin with its mark. Is it UTF-8?"),
    "not_this_encoding": gettext_lazy(
        "Line %(line)s is not written in %(encoding)s%(byte)s. A CSV that Excel saved without “UTF-8” in the type is "
        "usually windows-1252: set `encoding: windows-1252` in the map, or save the file as “CSV UTF-8”."
    ),
    "gzip_cut_off": gettext_lazy("The gzip file ends too early: it was cut off. Copy or download it again."),
    "gzip_broken": gettext_lazy("The gzip file is damaged. Copy or download it again."),
    "unpacks_too_large": gettext_lazy(
        "The gzip file unpacks to far more than a table of events would. If it is genuine, unpack it and split it."
    ),
    "record_too_long": gettext_lazy(
        "The row that begins in line %(line)s is longer than %(limit)s characters. "
        "Usually a quotation mark was opened there and never closed."
    ),
    "ends_inside_quotes": gettext_lazy(
        "The file ends inside a text that was opened with a quotation mark in line %(line)s. "
        "The file was cut off, or the mark was never closed."
    ),
    "another_separator": gettext_lazy(
        "The columns of this file stand apart by another sign than the map says. Set `delimiter: %(name)s` in the map."
    ),
    "header_further_down": gettext_lazy(
        "The names of the columns stand in line %(line)s. Remove the lines above it, for the first line must hold them."
    ),
    "header_broken": gettext_lazy("The first line should hold the names of the columns, and cannot be split."),
    "too_many_columns": gettext_lazy("The file has %(count)s columns; the most is %(limit)s."),
    "column_without_name": gettext_lazy("Column %(place)s has no name in the first line."),
    "odd_column_name": gettext_lazy("The name of column %(place)s holds characters that cannot be shown."),
    "column_twice": gettext_lazy("These column names stand twice in the first line: %(columns)s."),
    "columns_missing": gettext_lazy("The map is for another file: it needs the columns %(missing)s. Found: %(found)s."),
    "columns_not_in_map": gettext_lazy(
        "The map does not say what these columns are: %(columns)s.\n"
        "Name them under `keep` or `ignore`, or set `other_columns: keep` or `other_columns: ignore`."
    ),
    "map_unreadable": gettext_lazy("There is no map “%(path)s”."),
    "map_too_large": gettext_lazy("The map %(path)s is larger than %(limit)s bytes."),
    "map_has_alias": gettext_lazy("The map %(path)s uses & and * references. Write the text out instead."),
    "map_no_yaml": gettext_lazy("The map %(path)s cannot be read: %(why)s"),
    "map_no_yaml_line": gettext_lazy(
        "The map %(path)s cannot be read in line %(line)s. Look at the blanks at its beginning, and put quotation "
        "marks around a text that holds a colon. (%(why)s)"
    ),
    "map_key_twice": gettext_lazy("“%(key)s” stands twice in the map %(path)s (line %(line)s)."),
    "map_wrong": gettext_lazy("The map %(path)s needs mending:\n%(lines)s"),
    "codes_unknown": gettext_lazy("The map %(map)s gives codes that Heedful does not have:\n%(lines)s"),
    "lookup_not_in_map": gettext_lazy("The map %(map)s has no lookup called %(names)s."),
    "lookup_file_missing": gettext_lazy("The map %(map)s needs a file of codes: give --lookup %(name)s=FILE."),
    "lookup_columns_missing": gettext_lazy("The file of codes %(path)s has no column %(columns)s."),
    "lookup_row_broken": gettext_lazy("Line %(line)s of the file of codes %(path)s cannot be split into its columns."),
    "lookup_code_twice": gettext_lazy("The code “%(code)s” stands twice in %(path)s (line %(line)s)."),
    "lookup_too_long": gettext_lazy("The file of codes %(path)s has more than %(limit)s rows."),
    "lookup_leads_nowhere": gettext_lazy(
        "The file of codes gives values that the map does not know for `%(field)s`: %(values)s. "
        "Add them under fields > %(field)s > values."
    ),
    "lookup_option_wrong": gettext_lazy("“%(text)s” should be a name and a file, for example outcomes=codes.csv."),
    "services_columns_missing": gettext_lazy("The file of services %(path)s has no column %(columns)s."),
    "services_file_not_in_map": gettext_lazy("The map %(map)s does not say how to read a file of services."),
    "organisation_unknown": gettext_lazy(
        "There is no organisation with the code “%(code)s”. To make it now, add --create “Its name”."
    ),
    "reader_unknown": gettext_lazy("Nobody signs in as “%(name)s”."),
    "reader_only_when_created": gettext_lazy(
        "The organisation is there already: its administrator says who may read it. Leave out --reader."
    ),
    "organisation_code_wrong": gettext_lazy("“%(code)s” cannot be a code: use small letters, digits and hyphens."),
    "time_zone_unknown": gettext_lazy("There is no time zone “%(zone)s”. Write for example Europe/London."),
    "already_undone": gettext_lazy("The import of %(file)s was undone already."),
    "import_unknown": gettext_lazy("There is no such import in this organisation. `heedful import list` shows them."),
    "organisation_not_there": gettext_lazy("There is no organisation with the code “%(code)s”."),
    "already_importing": gettext_lazy("Another import into this organisation is running. Try again when it is done."),
    "file_changed": gettext_lazy("The file changed while it was being read. Start again when it is complete."),
    "no_room_for_reading": gettext_lazy(
        "There is no room left for reading this file: it is kept aside while it is checked. Free some space on the "
        "disk that holds temporary files, or name another one in TMPDIR."
    ),
    **file_words.REFUSALS,
}


def refusal(refused: Refused) -> str:
    """One clear message for a file or map that cannot be used."""
    facts = {**refused.facts}
    byte = facts.get("byte", "")
    facts["byte"] = _(" (byte %(byte)s)") % {"byte": byte} if byte else ""
    part = facts.get("part", "")
    facts["where"] = _(" (in its part “%(part)s”)") % {"part": part} if part else ""
    return str(REFUSALS[refused.code]) % facts


def remark(code: str) -> str:
    """What a person should know of how a file was read."""
    return str(file_words.REMARKS[code])


def _facts(problem: Problem) -> Mapping[str, object]:
    facts = dict(problem.facts)
    near = facts.get("near")
    facts["near"] = _("; is it “%(near)s”?") % {"near": near} if near else ""
    return facts


def reason(problem: Problem) -> str:
    """What is wrong."""
    return str((PROBLEMS.get(problem.code) or _OF_BOOKS[problem.code])[0]) % _facts(problem)


def mend(problem: Problem) -> str:
    """How to mend it."""
    return str((PROBLEMS.get(problem.code) or _OF_BOOKS[problem.code])[1]) % _facts(problem)


def whole(problem: Problem) -> str:
    """Field, value, reason and mend in one line, for the file of rejected rows."""
    where = f"{problem.column}: " if problem.column else ""
    value = f"“{problem.value}” – " if problem.value and problem.column else ""
    return f"{where}{value}{reason(problem)}. {mend(problem).capitalize()}."


def question(asked: Question) -> str:
    """What the owner of the file has to answer, and where."""
    return str(QUESTIONS[asked.code]) % {"column": asked.column, "value": asked.value, "field": asked.field}


# Why something that an undone import brought is kept, and how many there are.
STAYED = {
    "worked_on": gettext_lazy("%(count)s events kept: somebody worked on them since."),
    "changed": gettext_lazy("%(count)s events kept: somebody corrected them since."),
    "another_import": gettext_lazy("%(count)s events kept: another import says something about them, too."),
    "months": gettext_lazy("%(count)s months of exposure kept: they were changed since."),
    "services": gettext_lazy("%(count)s services kept: something else uses them."),
}


def stayed(reasons: Mapping[str, int]) -> list[str]:
    """What an undone import left behind, each reason with its number."""
    return [str(STAYED[name]) % {"count": f"{count:,}"} for name, count in reasons.items()]
