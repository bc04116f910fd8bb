"""Months as whole numbers: year x 12 + month - 1."""

from datetime import date

from django.utils.dateformat import format as formatted

EARLIEST = 1900


def number(day: date) -> int:
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def read(text: str) -> int | None:
    """2026-03; None for anything else, and for times before any log."""
    try:
        day = date.fromisoformat(f"{text.strip()}-01")
    except ValueError:
        return None
    return number(day) if day.year >= EARLIEST else None


def code(month: int) -> str:
    """2026-03"""
    return f"{first_day(month):%Y-%m}"


def short(month: int) -> str:
    """Mar 2026"""
    return formatted(first_day(month), "M Y")


def long(month: int) -> str:
    """March 2026"""
    return formatted(first_day(month), "F Y")


def name(month: int) -> str:
    """March"""
    return formatted(first_day(month), "F")
