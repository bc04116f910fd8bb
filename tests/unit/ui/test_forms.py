"""Typed text is kept safe, and nothing that was typed is lost."""

from datetime import date, time

import pytest
from django import forms as django_forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from heedful.foundation.ui import forms
from heedful.foundation.ui.text import BIDI_CONTROLS, tidy


class Words(forms.Form):
    words = forms.Narrative(label="Words")
    name = forms.Line(label="Name", required=False)
    on = forms.DateField(label="Which day?", required=False)
    at = forms.TimeField(label="What time?", required=False)
    secret = django_forms.CharField(label="Password", required=False, widget=django_forms.PasswordInput)


def sent(**typed: str) -> Words:
    query = QueryDict(mutable=True)
    query.update(typed)
    return Words(query)


def test_nul_is_refused_and_the_words_around_it_are_shown_again() -> None:
    form = sent(words="He fell\0 at tea")
    assert not form.is_valid()
    assert "cannot be stored" in str(form.errors["words"])
    assert "He fell at tea</textarea>" in form.as_govuk()


def test_nul_in_a_date_or_a_name_is_refused_too() -> None:
    form = sent(words="x", name="A\0", on_day="1\0", on_month="2", on_year="2026")
    assert set(form.errors) == {"name", "on"}


def test_marks_that_reorder_words_are_taken_out_and_named_and_the_words_stay() -> None:
    form = sent(words="safe \u202eereh ton\u202c now \u2067x\u2069")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["words"] == "safe ereh ton now x"
    assert form.had_bidi == {"words"}


def test_emoji_and_joined_emoji_are_kept() -> None:
    typed = "He was 😀 with 👩‍⚕️ and 🏴󠁧󠁢󠁷󠁬󠁳󠁿"
    form = sent(words=typed)
    assert form.is_valid() and form.cleaned_data["words"] == typed


def test_letters_are_stored_in_one_form() -> None:
    form = sent(words="Siân a\u0302\r\nline")
    assert form.is_valid() and form.cleaned_data["words"] == "Siân â\nline"


def test_text_that_is_too_long_says_both_numbers_and_is_shown_again_whole() -> None:
    form = sent(words="a" * 10_001)
    assert not form.is_valid()
    assert "10001 characters long and we can keep 10000" in str(form.errors["words"])
    assert "a" * 10_001 in form.as_govuk()


def test_no_text_field_is_without_a_limit() -> None:
    class Plain(forms.Form):
        line = django_forms.CharField()
        box = django_forms.CharField(widget=django_forms.Textarea)

    form = Plain({"line": "a" * 201, "box": "b" * 10_000})
    assert set(form.errors) == {"line"}


def test_a_plain_dict_may_hold_several_answers() -> None:
    class Kinds(forms.Form):
        kinds = django_forms.MultipleChoiceField(choices=(("fall", "A fall"), ("worry", "A worry")))

    form = Kinds({"kinds": ["fall", "worry"]})
    assert form.is_valid() and form.cleaned_data["kinds"] == ["fall", "worry"]


def test_a_password_is_taken_as_it_was_typed() -> None:
    form = sent(words="x", secret="a\u0302\u202e")
    assert form.is_valid() and form.cleaned_data["secret"] == "a\u0302\u202e"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("31", "6", "2026"), "There is no such day"),
        (("1", "13", "2026"), "There is no such day"),
        (("1", "6", "0002"), "4 numbers"),
        (("1", "6", "26"), "4 numbers"),
        (("1", "6", "1066"), "too long ago"),
        (("1", "", ""), "Add the month and the year"),
        (("1", "jx", "2026"), "There is no such day"),
        (("٣", "6", "2026"), "There is no such day"),
    ],
)
def test_a_date_that_cannot_be_says_why(typed: tuple[str, str, str], said: str) -> None:
    form = sent(words="x", **dict(zip(("on_day", "on_month", "on_year"), typed, strict=True)))
    assert said in str(form.errors["on"])


def test_a_date_reads_numbers_and_names() -> None:
    for month in ("6", "06", "June", "jun", "JUN."):
        form = sent(words="x", on_day="14", on_month=month, on_year="2026")
        assert form.is_valid() and form.cleaned_data["on"] == date(2026, 6, 14), month


def test_a_day_to_come_is_refused_once_the_form_knows_today() -> None:
    form = sent(words="x", on_day="15", on_month="6", on_year="2026")
    form.fields["on"].latest = date(2026, 6, 14)  # type: ignore[attr-defined]
    assert "still to come" in str(form.errors["on"])


@pytest.mark.parametrize(
    ("typed", "read"),
    [("07:40", time(7, 40)), ("7.40", time(7, 40)), ("0740", time(7, 40)), ("3pm", time(15)), ("12 am", time(0))],
)
def test_a_time_is_read_kindly(typed: str, read: time) -> None:
    form = sent(words="x", at=typed)
    assert form.is_valid() and form.cleaned_data["at"] == read


@pytest.mark.parametrize("typed", ["25:00", "7:61", "soon", "13pm", "7:4:1"])
def test_a_time_that_is_none_is_said(typed: str) -> None:
    assert "Write a time like 07:40" in str(sent(words="x", at=typed).errors["at"])


@given(st.text(max_size=200))
def test_tidied_text_holds_no_forbidden_mark_and_tidying_again_changes_nothing(typed: str) -> None:
    once = tidy(typed)
    assert not (BIDI_CONTROLS | {"\0", "\r"}) & set(once.text)
    again = tidy(once.text)
    assert again.text == once.text and not again.had_nul and not again.had_bidi
