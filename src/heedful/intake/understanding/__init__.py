"""From a messy workbook to events, questions and named other rows: pure Python, no database, no wording."""
