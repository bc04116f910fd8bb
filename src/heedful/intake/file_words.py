"""What is said of whole files, of workbooks above all: why one cannot be read and what to do, and how it was read."""

from django.utils.translation import gettext_lazy

REFUSALS = {
    "encoding_unknown": gettext_lazy(
        "Line %(line)s holds a byte that is a letter neither in UTF-8 nor in Windows-1252%(byte)s. Open the file in a "
        "spreadsheet, look whether its words are right, and save it as “CSV UTF-8”."
    ),
    "file_too_large": gettext_lazy(
        "The file has %(megabytes)s MB; the most is %(limit)s MB. Save each sheet or year as a file of its own, "
        "or the sheet as “CSV UTF-8”."
    ),
    "is_old_workbook": gettext_lazy(
        "This is a workbook in the format of Excel before 2007 (.xls). It cannot show what is crossed out or "
        "hidden. Open it and save it as “Excel Workbook (.xlsx)”."
    ),
    "is_binary_workbook": gettext_lazy(
        "This is a binary workbook (.xlsb). Open it and save it as “Excel Workbook (.xlsx)”."
    ),
    "is_xml": gettext_lazy(
        "This is an XML file. If a spreadsheet opens it, save it from there as “Excel Workbook (.xlsx)” or “CSV UTF-8”."
    ),
    "zip_without_workbook": gettext_lazy(
        "This is a zip file or another kind of document, and holds no workbook of Excel or OpenDocument. Unpack "
        "it, or save the table in it as “Excel Workbook (.xlsx)”."
    ),
    "workbook_protected": gettext_lazy(
        "The workbook is locked with a password. Open it, remove the password (File > Info > Protect Workbook > "
        "Encrypt with Password: leave it blank), save it and try again."
    ),
    "workbook_damaged": gettext_lazy(
        "The workbook is damaged or was cut off%(where)s. Copy or download it again. If a spreadsheet still opens "
        "it, save it there under a new name."
    ),
    "workbook_declares_entities": gettext_lazy(
        "The workbook holds declarations that no spreadsheet writes, and that can be used to read other files. It "
        "was not opened any further. Save it anew from a spreadsheet."
    ),
    "workbook_odd_part": gettext_lazy(
        "The workbook holds a part that no spreadsheet writes: “%(part)s”. Save it anew from a spreadsheet."
    ),
    "workbook_parts": gettext_lazy(
        "The workbook consists of more than %(limit)s parts, more than any log has. Copy the sheets you need into "
        "a new one."
    ),
    "workbook_unpacks_too_large": gettext_lazy(
        "The workbook unpacks to far more than a log would (the most is %(megabytes)s MB). If it is genuine, save "
        "each sheet as a file of its own."
    ),
    "workbook_too_much_text": gettext_lazy(
        "The workbook holds more than %(megabytes)s MB of text. Save each sheet or year as a file of its own, or "
        "the sheet as “CSV UTF-8”."
    ),
    "workbook_cell_too_long": gettext_lazy("A cell holds more than %(limit)s characters. Shorten it."),
    "workbook_too_many_marks": gettext_lazy(
        "A sheet has more than %(limit)s comments, links and merged cells. Copy what you need into a new workbook."
    ),
    "workbook_sheets": gettext_lazy(
        "The workbook has more than %(limit)s sheets. Copy those you need into a new workbook."
    ),
    "workbook_without_sheet": gettext_lazy("The workbook has no sheet with cells."),
    "sheet_rows": gettext_lazy(
        "The sheet “%(sheet)s” has more than %(limit)s rows with something in them. Save it as “CSV UTF-8”, which "
        "may have a million, or each year as a file of its own."
    ),
    "sheet_columns": gettext_lazy(
        "The sheet “%(sheet)s” has something in column %(count)s; the most is %(limit)s columns. If it stands "
        "there by mistake, delete it; else copy the columns you need into a new sheet."
    ),
    "sheet_cells": gettext_lazy(
        "The sheet “%(sheet)s” has more than %(limit)s cells with something in them. Leave out columns that you "
        "do not need, or save each year as a file of its own."
    ),
}

REMARKS = {
    "macros_never_run": gettext_lazy("The workbook holds macros. Its cells were read; the macros were not looked at."),
    "encoding_ascii": gettext_lazy("The file holds plain letters only."),
    "encoding_marked": gettext_lazy("The file says itself how its letters are written."),
    "encoding_utf_8": gettext_lazy("All letters of the file make sense as UTF-8."),
    "encoding_utf_16_by_zeros": gettext_lazy("Every second byte is nought, so the letters were read as UTF-16."),
    "encoding_not_utf_8": gettext_lazy(
        "The letters make no sense as UTF-8, so they were read as Windows-1252, as Excel saves a plain CSV. Look "
        "whether names with accents are right."
    ),
    "encoding_mixed": gettext_lazy(
        "Most letters are written in UTF-8 and a few are not: those were read as Windows-1252. Look whether names "
        "with accents are right."
    ),
}
