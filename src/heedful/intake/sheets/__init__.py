"""Workbooks as they lie in their files: every sheet, row and cell, with the marks that people make on them."""
