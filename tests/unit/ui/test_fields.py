"""Each kind of field draws as correct markup, and its error leads to a control that can be focused."""

from collections.abc import Callable

import pytest
from django import forms as django_forms

from heedful.foundation.ui import forms
from heedful.foundation.ui.errors import error_summary, problems
from heedful.foundation.ui.fields import render
from tests.unit.ui.pages import Page

YES_NO = (("yes", "Yes"), ("no", "No"))


def choice(widget: type[django_forms.Widget]) -> django_forms.ChoiceField:
    return django_forms.ChoiceField(label="Is everyone safe?", choices=YES_NO, widget=widget)


FIELDS: dict[str, Callable[[], django_forms.Field]] = {
    "line": lambda: forms.Line(label="Name"),
    "narrative": lambda: forms.Narrative(label="Words"),
    "email": lambda: django_forms.EmailField(label="E-mail"),
    "password": lambda: django_forms.CharField(label="Password", widget=django_forms.PasswordInput),
    "number": lambda: django_forms.IntegerField(label="How many?"),
    "radios": lambda: choice(django_forms.RadioSelect),
    "select": lambda: choice(django_forms.Select),
    "checkboxes": lambda: django_forms.MultipleChoiceField(
        label="Kinds", choices=YES_NO, widget=django_forms.CheckboxSelectMultiple
    ),
    "tick": lambda: django_forms.BooleanField(label="I agree"),
    "date": lambda: forms.DateField(label="Which day?"),
    "time": lambda: forms.TimeField(label="What time?"),
    "file": lambda: django_forms.FileField(label="Photo"),
}


def form_with(*, data: dict[str, object] | None, prefix: str | None = None, **fields: django_forms.Field) -> forms.Form:
    return type("Made", (forms.Form,), fields)(data, prefix=prefix)


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize("prefix", [None, "person-0"])
def test_every_error_links_to_a_control_that_takes_the_focus(kind: str, prefix: str | None) -> None:
    form = form_with(data={}, prefix=prefix, thing=FIELDS[kind]())
    shown = Page(error_summary(form) + form.as_govuk())
    targets = shown.summary_targets()
    assert len(targets) == 1
    found = shown.by_id(targets[0])
    assert len(found) == 1, f"#{targets[0]} leads nowhere"
    assert found[0].takes_focus


@pytest.mark.parametrize("kind", FIELDS)
def test_hint_and_error_are_named_by_the_control_or_its_group(kind: str) -> None:
    field = FIELDS[kind]()
    field.help_text = "A hint"
    shown = Page(form_with(data={}, thing=field).as_govuk())
    named = {name for one in shown.elements for name in one.attrs.get("aria-describedby", "").split()}
    errors = [one for one in shown.elements if "govuk-error-message" in one.attrs.get("class", "")]
    hints = [one for one in shown.elements if "govuk-hint" in one.attrs.get("class", "").split()]
    assert len(errors) == 1
    assert errors[0].attrs["id"] in named
    assert hints and {one.attrs["id"] for one in hints} <= named


@pytest.mark.parametrize("kind", FIELDS)
def test_every_control_has_a_label_of_its_own_and_no_id_is_used_twice(kind: str) -> None:
    shown = Page(form_with(data=None, thing=FIELDS[kind]()).as_govuk())
    controls = [one for one in shown.elements if one.tag in {"input", "select", "textarea"}]
    labelled = {one.attrs["for"] for one in shown.all("label")}
    assert controls and {one.attrs["id"] for one in controls} <= labelled
    ids = [one.attrs["id"] for one in shown.elements if "id" in one.attrs]
    assert len(ids) == len(set(ids))


def test_a_date_error_leads_to_the_part_that_is_wrong() -> None:
    form = form_with(data={"on_day": "3", "on_month": "6", "on_year": ""}, on=forms.DateField(label="Which day?"))
    assert [(one.text, one.target) for one in problems(form)] == [("Add the year", "id_on-year")]
    marked = [one.attrs["name"] for one in Page(form.as_govuk()).all("input") if "--error" in one.attrs["class"]]
    assert marked == ["on_year"]


class Revealing(forms.Form):
    safe = django_forms.ChoiceField(label="Safe?", choices=YES_NO, widget=django_forms.RadioSelect)
    made_safe = forms.Narrative(label="What did you do?")
    presentation = {"safe": {"reveals": {"yes": ["made_safe"]}, "hints": {"no": "We ring the manager."}}}


def test_a_field_under_an_answer_stands_there_and_nowhere_else() -> None:
    shown = Page(Revealing({"safe": "yes", "made_safe": "Helped him up"}).as_govuk())
    boxes = shown.all("textarea")
    assert len(boxes) == 1
    assert any("govuk-radios__conditional" in one.attrs.get("class", "") for one in boxes[0].inside)


def test_an_error_in_a_closed_part_leads_to_the_answer_that_opens_it() -> None:
    assert [one.target for one in problems(Revealing({"safe": "yes"}))] == ["id_made_safe"]
    assert [one.target for one in problems(Revealing({"safe": "no"}))] == ["id_safe"]


def test_line_breaks_of_a_nested_box_come_back_as_they_were_typed() -> None:
    typed = "First line\n  second, indented\n\nlast <b>"
    once = Page(Revealing({"safe": "yes", "made_safe": typed}).as_govuk())
    assert once.all("textarea")[0].text == typed


def test_typed_markup_is_shown_as_text() -> None:
    form = form_with(data={"thing": '"><script>alert(1)</script>'}, thing=forms.Line(label="<i>Name</i>"))
    shown = Page(form.as_govuk())
    assert not shown.all("script") and not shown.all("i")
    assert shown.all("input")[0].attrs["value"] == '"><script>alert(1)</script>'


def test_an_error_about_the_whole_form_leads_to_its_first_field() -> None:
    form = form_with(data={"thing": "x"}, thing=forms.Line(label="Name"))
    form.add_error(None, "These two do not fit together")
    assert [(one.text, one.target) for one in problems(form)] == [("These two do not fit together", "id_thing")]


def test_one_message_a_field_and_the_question_goes_before_a_general_one() -> None:
    form = form_with(data={}, one=forms.Line(label="Your name"), two=forms.Line(label="Who was there?"))
    assert [one.text for one in problems(form)] == ["Your name: write an answer", "Who was there? Write an answer"]


def test_a_password_is_never_shown_again() -> None:
    form = form_with(data={"thing": "correct horse"}, thing=FIELDS["password"]())
    assert "correct horse" not in form.as_govuk()


def test_a_picked_choice_stays_picked_after_a_mistake() -> None:
    form = form_with(data={"thing": "no"}, thing=choice(django_forms.RadioSelect), other=forms.Line(label="Name"))
    ticked = [one.attrs["value"] for one in Page(form.as_govuk()).all("input", type="radio") if "checked" in one.attrs]
    assert ticked == ["no"]


def test_a_widget_without_a_drawing_is_refused_by_name() -> None:
    form = form_with(data=None, thing=django_forms.CharField(widget=django_forms.Widget))
    with pytest.raises(TypeError, match="Widget has no"):
        render(form["thing"])


def test_a_hidden_field_draws_without_a_label() -> None:
    form = form_with(data=None, key=django_forms.CharField(widget=django_forms.HiddenInput))
    shown = Page(form.as_govuk())
    assert len(shown.all("input", type="hidden")) == 1 and not shown.all("label")


def test_the_count_is_given_to_boxes_that_ask_for_it() -> None:
    form = form_with(data=None, words=forms.Narrative(label="Words", max_length=500))
    shown = Page(form["words"].as_govuk(count=True))
    assert [one.attrs["data-maxlength"] for one in shown.elements if "data-maxlength" in one.attrs] == ["500"]
    assert "You can write up to 500 characters" in form["words"].as_govuk(count=True)
    assert not any("maxlength" in one.attrs for one in shown.elements), "a browser would cut words in silence"
